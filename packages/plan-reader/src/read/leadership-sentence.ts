import type { PlanLeader } from '@bihuan/domain'
import type { Words } from '../normalise/canonical-text.js'
import { sentencesOf } from '../outline/sentence.js'
import type { Part } from '../outline/paragraph.js'
import { peopleIn, personOrPost, ROLE } from './leadership-member.js'

const BODY =
  '(?:工作专班|(?:推进|攻坚|行动|整治|排查)组|领导小组|专班|工作组|指挥部|工作小组|专项小组|领导机构|工作机构)'
const GROUP = new RegExp(`${BODY}|办公室设在|组织领导|组织机构|领导机构|工作专班|组长`)

/** What sentences say: 由…任组长, 办公室设在…, 由…成立工作专班, 由…负责日常工作. The parts `role` and `who` are what is read. */
const SENTENCES: readonly { readonly pattern: RegExp; readonly isPerson: boolean }[] = [
  {
    // 办公室主任由某某（post）担任
    pattern: new RegExp(
      `(?<role>${ROLE}|(?:办公室|专班)?副?主任)(?:分别)?由(?<who>(?:[^，；。：（）]|（[^（）]{1,30}）){2,80}?)(?:同志)?(?:共同|分别|兼职)?(?:担任|兼任|任)(?=[，；。、]|$)`,
      'dg',
    ),
    isPerson: true,
  },
  {
    // 某某兼任办公室主任
    pattern:
      /(?:^|[，；。：、]|由)(?<who>[^，；。：由]{2,40}?)(?:同志)?兼任?(?<role>办公室(?:副)?主任|组长|副?主任)(?=[，；。、]|$)/dg,
    isPerson: true,
  },
  {
    // 办公室设在某某局
    pattern: new RegExp(
      `(?:^|[，；。：])[^，；。：]{0,40}?(?<role>工作专班|专班|办公室|日常办事机构|办事机构)(?:（[^（）]{2,24}）)?(?:，办公地点|，地点|，|（|地点)?(?:日常工作)?(?:设|挂靠|设立|挂|设置)[在于](?<who>[^，；。：（）]{2,40}(?:（(?!以下|联系|电话|地点|设)[^，（）]{2,12}）)?)`,
      'dg',
    ),
    isPerson: false,
  },
  {
    // 下设办公室于某某局
    pattern: /(?:下设|设立|设)(?<role>办公室)[在于](?<who>[^，；。：（）]{2,40})/dg,
    isPerson: false,
  },
  {
    // 日常工作由某某承担
    pattern: /(?<role>日常工作)由(?<who>[^，；。：由]{2,40}?)(?:具体)?(?:负责|承担)/dg,
    isPerson: false,
  },
  {
    // 由某某成立工作专班
    pattern: new RegExp(
      `由(?<who>[^，；。：由]{2,40}?)(?:牵头)?(?:成立|组建|设立)[^，；。]{0,30}?(?<role>${BODY})(?=[，；。]|$)`,
      'dg',
    ),
    isPerson: false,
  },
  {
    // 由某某负责日常工作
    pattern: /(?:由|，|。|^)(?<who>[^，；。：由]{4,40}?)(?:具体)?(?<role>(?:负责|承担)[^，；。]{0,8}?日常工作)/dg,
    isPerson: false,
  },
  {
    // 领导小组组长为总经理
    pattern: new RegExp(
      `(?<!任|成员)(?<role>(?!成员|组员)${ROLE})(?:为|是)(?<who>[^，；。：]{2,60}?)(?=[，；。]|$)`,
      'dg',
    ),
    isPerson: true,
  },
  {
    // 组员为安全科全体人员
    pattern:
      /(?:^|[，；。])(?<role>组员|成员|成员单位)(?:为|包括|由|有)：?(?<who>[^；。]{2,120}?)(?:组成)?(?=[，；。]|$)/dg,
    isPerson: true,
  },
]

/** What a role that is told in part is called. */
const ROLES_IN_SHORT: Readonly<Record<string, string>> = {
  主任: '办公室主任',
  日常工作: '负责日常工作',
}

/** 由局长任组长，副局长任副组长，各科室负责人为成员 */
const NAMED_TO = new RegExp(
  `(?<!兼)(?:(?<!负责|领导)同志)?(?:担任|(?<!主)任|为|当|都是|均为)(?<role>${ROLE}|副主任)(?=[，；、。的]|$)`,
  'dg',
)

function namedTo(sentence: Words): PlanLeader[] {
  let reached = 0
  return [...sentence.text.matchAll(NAMED_TO)].flatMap((match) => {
    const before = sentence.slice(reached, match.index)
    reached = match.index + match[0].length
    const who = afterLead(before)
    const role = partOf(sentence, match, 'role')
    return role === null || who.length < 2 || /^(?:其|本|该)$/.test(who.text)
      ? []
      : personOrPost(ROLES_IN_SHORT[role.text] ?? role.own, who)
  })
}

/** Without what is set up, and the sign that divides it from the one before. */
function afterLead(words: Words): Words {
  let comma = words.text.lastIndexOf('，') + 1
  // 书记甲某，主任乙某任组长: whoever stands with name before the sign is one of them.
  for (let before = comma - 1; before > 0;) {
    const from = words.text.lastIndexOf('，', before - 1) + 1
    if (peopleIn(words.slice(from, before)).length === 0) break
    comma = from
    before = from - 1
  }
  const lead =
    /^(?:[、；。：]|.*(?:成立|组建|设立|建立|调整)(?:了)?(?=由|以)|由|以|.*(?<![自事缘]|(?<![治管整受])理)由(?!于))+/.exec(
      words.text.slice(comma),
    )?.[0].length ?? 0
  return words.slice(comma + lead)
}

function partOf(words: Words, match: RegExpExecArray, name: string): Words | null {
  const place = match.indices?.groups?.[name]
  return place === undefined ? null : words.slice(place[0], place[1])
}

export function leadersTold(words: Words, before: Part | undefined): PlanLeader[] {
  const context = `${words.text}${before?.kind === 'paragraph' ? before.words.text : ''}`
  if (!GROUP.test(context)) return []
  const leaders = sentencesOf(words).flatMap((sentence) => [
    ...namedTo(sentence),
    ...SENTENCES.flatMap(({ pattern, isPerson }) =>
      [...sentence.text.matchAll(pattern)].flatMap((match) => {
        const [role, who] = [partOf(sentence, match, 'role'), partOf(sentence, match, 'who')]
        // The group's own office holds nothing but itself.
        if (role === null || who === null || /^(?:具体|主要)|(?:^|领导小组|专班|指挥部|工作组)办公室$/.test(who.text))
          return []
        const named = ROLES_IN_SHORT[role.text] ?? role.own
        return isPerson ? personOrPost(named, who) : [holder(named, who)]
      }),
    ),
  ])
  return leaders.sort((one, other) => (one.source?.start ?? 0) - (other.source?.start ?? 0))
}

function holder(role: string, words: Words): PlanLeader {
  return { role, name: null, post: words.own, source: words.source, confidence: 0.9 }
}
