import type { PlanLeader } from '@bihuan/domain'
import type { Words } from '../normalise/canonical-text.js'
import { sentencesOf } from '../outline/sentence.js'
import type { Paragraph, Part } from '../outline/paragraph.js'
import { recordsOf } from '../table/records.js'
import { isPersonName } from './names.js'

const ROLE =
  '(?:(?:总|执行|联席|轮值|副总)召集人|专班(?:副)?主任|常务副组长|执行副组长|第一副组长|副组长|联合组长|双组长|第一组长|组长|副总指挥长|总指挥长|副总指挥|总指挥|副指挥长|指挥长|副召集人|召集人|副主任委员|主任委员|办公室副主任|办公室主任|专班班长|副班长|班长|组员|成员单位|成员|联络员|秘书长|领队)'
const LABEL = new RegExp(`^(?:（?[一二三四五六七八九十\\d]{1,2}[）、.])?(${ROLE})：`)
const BODY =
  '(?:工作专班|(?:推进|攻坚|行动|整治|排查)组|领导小组|专班|工作组|指挥部|工作小组|专项小组|领导机构|工作机构)'
const GROUP = new RegExp(`${BODY}|办公室设在|组织领导|组织机构|领导机构|工作专班|组长`)

/** Who leads the campaign: people by name, offices named in their place, and bodies with those who hold or set them up. */
export function readLeadership(parts: readonly Part[]): PlanLeader[] {
  const leaders: PlanLeader[] = []
  let role: string | null = null
  parts.forEach((part, at) => {
    if (part.kind === 'table') {
      leaders.push(...tabled(part))
      return
    }
    const isLabelled = part.lines.some((line) => LABEL.test(line.text) || roleInFront(line) !== null)
    if (isLabelled || role !== null) {
      const read = labelled(part, role)
      leaders.push(...read.leaders)
      role = read.role
      if (read.rest === null) return
      leaders.push(...told(read.rest, part))
      return
    }
    leaders.push(...told(part.words, parts[at - 1]))
  })
  return unique(leaders)
}

const unique = (leaders: readonly PlanLeader[]): PlanLeader[] =>
  leaders.filter(
    (one, at) =>
      leaders.findIndex(({ role, name, post }) => role === one.role && name === one.name && post === one.post) === at,
  )

/** 组长：… with the people below it, each on a line of its own, or several in one. `rest` is what follows them in the paragraph. */
function labelled(
  paragraph: Paragraph,
  before: string | null,
): { leaders: PlanLeader[]; role: string | null; rest: Words | null } {
  const leaders: PlanLeader[] = []
  let role = before
  for (const line of paragraph.lines) {
    const pieces = labelsIn(line)
    for (const { role: own, words } of pieces) {
      if (own === null && (role === null || paragraph.numbering !== null || !isMember(words))) {
        return { leaders, role: null, rest: words.upTo(paragraph.words) }
      }
      role = own ?? role
      if (words.length > 0) leaders.push(...membersOf(role ?? '', words))
    }
  }
  return { leaders, role, rest: null }
}

/** The labels of a line: 组长：… 副组长：… may stand in one. */
function labelsIn(line: Words): { role: string | null; words: Words }[] {
  const marks = [
    ...line.text.matchAll(
      new RegExp(
        `(?:^|(?<=[。；，、]|[^办常执第联行一务公室合]))(?:（?[一二三四五六七八九十\\d]{1,2}[）、.])?(${ROLE})：`,
        'g',
      ),
    ),
  ]
  const first = marks[0]
  if (first === undefined || first.index > 0) {
    const role = first === undefined ? roleInFront(line) : null
    return [{ role: role?.own ?? null, words: role === null ? line : line.slice(role.length) }]
  }
  return marks.map((mark, at) => ({
    role: line.slice(mark.index + mark[0].length - 1 - (mark[1] ?? '').length, mark.index + mark[0].length - 1).own,
    words: trimmed(line.slice(mark.index + mark[0].length, marks[at + 1]?.index ?? line.length)),
  }))
}

const FRONT = new RegExp(`^${ROLE}`)

/** 组长  甲某  局长: white space in place of the colon. */
function roleInFront(line: Words): Words | null {
  const length = FRONT.exec(line.text)?.[0].length ?? 0
  if (length === 0 || length >= line.length || !line.gapBefore(length)) return null
  return isMember(line.slice(length)) ? line.slice(0, length) : null
}

const trimmed = (words: Words) => words.slice(0, words.length - (/[。；，]+$/.exec(words.text)?.[0].length ?? 0))

/** A line below a role that begins with a name and goes on with a post. */
function isMember(words: Words): boolean {
  const [first] = byGaps(words)
  if (first === undefined || /[。：]/.test(words.text) || words.length > 60) return false
  return nameIn(words) !== null || OFFICES.test(words.text)
}

/** Members named by their offices: 各乡镇（街道）主要负责人 */
const OFFICES = /^(?:各|县|区|市|镇|乡|街道|局|其他|有关|相关)[^，]{2,36}(?:负责人|负责同志|领导|分管领导|单位|部门)$/

interface Member {
  readonly name: Words
  readonly post: Words | null
}

/** Name and post by the white space between them; a space within a name of two characters joins them. */
function nameIn(words: Words): Member | null {
  const pieces = byGaps(words)
  for (const take of [1, 2, 3]) {
    const end = pieces.slice(0, take).reduce((sum, piece) => sum + piece.length, 0)
    const name = words.slice(0, end)
    if (pieces.length < take || !isPersonName(name.text)) continue
    const post = words.slice(end)
    if (take === 1 && pieces.length === 1) break
    return { name, post: post.length === 0 ? null : cleanPost(post) }
  }
  const lead = /^(.{2,4}?)(?:（([^）]+)）|[，、-])(.*)$/.exec(words.text)
  if (lead?.[1] !== undefined && isPersonName(lead[1])) {
    const post = words.slice(lead[1].length)
    return { name: words.slice(0, lead[1].length), post: cleanPost(post) }
  }
  if (isPersonName(words.text)) return { name: words, post: null }
  // The post in front: 县长 张某某, or run together with it.
  const last = pieces.at(-1)
  if (last !== undefined && pieces.length > 1 && isPersonName(last.text)) {
    return { name: last, post: cleanPost(words.slice(0, words.length - last.length)) }
  }
  return personIn(words)
}

function cleanPost(words: Words): Words | null {
  const lead = /^[（，、：-]+/.exec(words.text)?.[0].length ?? 0
  const tail = /[，、；。]+$/.exec(words.text)?.[0].length ?? 0
  let post = words.slice(lead, words.length - tail)
  if (words.text.startsWith('（') && post.text.endsWith('）')) post = post.slice(0, post.length - 1)
  return post.length === 0 ? null : post
}

function byGaps(words: Words): Words[] {
  const pieces: Words[] = []
  let from = 0
  for (let at = 1; at < words.length; at++) {
    if (!words.gapBefore(at)) continue
    pieces.push(words.slice(from, at))
    from = at
  }
  pieces.push(words.slice(from))
  return pieces
}

function membersOf(role: string, words: Words): PlanLeader[] {
  const pieces = words.split(/[、，；]/)
  if (pieces.length > 1 && pieces.filter((piece) => isPersonName(piece.text)).length * 2 > pieces.length) {
    return pieces.map((piece) => leaderOf(role, piece))
  }
  const gaps = byGaps(words)
  if (gaps.length > 1 && gaps.every((piece) => isPersonName(piece.text)))
    return gaps.map((piece) => leaderOf(role, piece))
  const several = severalMembers(words)
  if (several !== null) return several.map(({ name, post }) => leader(role, name, post))
  const one = nameIn(words)
  if (one !== null) return [leader(role, one.name, one.post)]
  return [{ role, name: null, post: words.own, source: words.source }]
}

/** 张某（局长）、李某（副局长） */
function severalMembers(words: Words): Member[] | null {
  const pieces = words.split(/[、；，]/)
  if (pieces.length < 2) return null
  const members = pieces.map((piece) => (/^.{2,4}（[^）]+）$/.test(piece.text) ? nameIn(piece) : personIn(piece)))
  return members.every((member) => member !== null) ? members : null
}

function leaderOf(role: string, piece: Words): PlanLeader {
  const one = nameIn(piece)
  return one === null ? { role, name: null, post: piece.own, source: piece.source } : leader(role, one.name, one.post)
}

function leader(role: string, name: Words, post: Words | null): PlanLeader {
  return { role, name: name.own.replace(/同志$/, ''), post: post?.own ?? null, source: name.source, confidence: 0.95 }
}

/** What sentences say: 由…任组长, 办公室设在…, 由…成立工作专班, 由…负责日常工作. The parts `role` and `who` are what is read. */
const SENTENCES: readonly { readonly pattern: RegExp; readonly isPerson: boolean }[] = [
  {
    // 办公室主任由某某（post）担任
    pattern: new RegExp(
      `(?<role>${ROLE}|(?:办公室|专班)?副?主任)由(?<who>[^，；。：]{2,40}?)(?:同志)?(?:担任|兼任|任)(?=[，；。、]|$)`,
      'dg',
    ),
    isPerson: true,
  },
  {
    // 某某兼任办公室主任
    pattern:
      /(?:^|[，；。：、]|由)(?<who>[^，；。：由]{2,40}?)(?:同志)?兼任?(?<role>办公室(?:副)?主任|组长|主任)(?=[，；。、]|$)/dg,
    isPerson: true,
  },
  {
    // 办公室设在某某局
    pattern: new RegExp(
      `(?:${BODY}|”|下设|其|^|[，；。])(?:下设|设立|设)?(?<role>工作专班|专班|办公室|日常办事机构|办事机构)(?:，|（|地点)?(?:日常工作)?(?:设|挂靠|设立|挂)在(?<who>[^，；。：（）]{2,40})`,
      'dg',
    ),
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
    pattern: /(?:由|，|。|^)(?<who>[^，；。：由]{4,40}?)(?:具体)?(?<role>负责日常工作|承担日常工作)/dg,
    isPerson: false,
  },
  {
    // 组员为安全科全体人员
    pattern: /(?:^|[，；。])(?<role>组员|成员|成员单位)(?:为|包括|由)(?<who>[^；。]{2,120}?)(?:组成)?(?=[，；。]|$)/dg,
    isPerson: true,
  },
]

/** 由局长任组长，副局长任副组长，各科室负责人为成员 */
const NAMED_TO = new RegExp(
  `(?<!兼)(?:(?<!负责|领导)同志)?(?:担任|(?<!主)任|为|当|都是|均为)(?<role>${ROLE})(?=[，；、。的]|$)`,
  'dg',
)

function namedTo(sentence: Words): PlanLeader[] {
  let reached = 0
  return [...sentence.text.matchAll(NAMED_TO)].flatMap((match) => {
    const before = sentence.slice(reached, match.index)
    reached = match.index + match[0].length
    const who = afterLead(before)
    const role = partOf(sentence, match, 'role')
    return role === null || who.length < 2 || /^(?:其|本|该)$/.test(who.text) ? [] : personOrPost(role.own, who)
  })
}

/** Without what is set up, and the sign that divides it from the one before. */
function afterLead(words: Words): Words {
  const comma = words.text.lastIndexOf('，') + 1
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

function told(words: Words, before: Part | undefined): PlanLeader[] {
  const context = `${words.text}${before?.kind === 'paragraph' ? before.words.text : ''}`
  if (!GROUP.test(context)) return []
  const leaders = sentencesOf(words).flatMap((sentence) => [
    ...namedTo(sentence),
    ...SENTENCES.flatMap(({ pattern, isPerson }) =>
      [...sentence.text.matchAll(pattern)].flatMap((match) => {
        const [role, who] = [partOf(sentence, match, 'role'), partOf(sentence, match, 'who')]
        if (role === null || who === null || /^(?:具体|主要)|^办公室$/.test(who.text)) return []
        const named = role.text === '主任' ? '办公室主任' : role.own
        return isPerson ? personOrPost(named, who) : [holder(named, who)]
      }),
    ),
  ])
  return leaders.sort((one, other) => (one.source?.start ?? 0) - (other.source?.start ?? 0))
}

function personOrPost(role: string, words: Words): PlanLeader[] {
  const people = peopleIn(words)
  if (people.length > 1) return people.map(({ name, post }) => leader(role, name, post))
  const bracketed = /^(.{2,4})（(.+)）$/.exec(words.text)
  if (bracketed?.[1] !== undefined && isPersonName(bracketed[1])) {
    return [leader(role, words.slice(0, bracketed[1].length), words.slice(bracketed[1].length + 1, words.length - 1))]
  }
  const person = personIn(words)
  if (person !== null) return [leader(role, person.name, person.post)]
  return [{ role, name: null, post: words.own, source: words.source, confidence: 0.9 }]
}

/** 党委委员、副镇长甲某和派出所所长乙某: a post of several words goes on up to the name behind it. Nobody where the last is no person. */
function peopleIn(words: Words): Member[] {
  const people: Member[] = []
  let from: Words | null = null
  for (const piece of words.split(/[、和]/)) {
    const stretch: Words = from === null ? piece : from.upTo(piece)
    const person = personIn(stretch)
    if (person !== null) people.push(person)
    from = person === null ? stretch : null
  }
  return from === null ? people : []
}

/** 甲某同志, 县应急局局长甲某 */
function personIn(words: Words): Member | null {
  const bare = words.text.endsWith('同志') ? words.slice(0, words.length - 2) : words
  if (isPersonName(bare.text)) return { name: bare, post: null }
  for (const length of [3, 2, 4]) {
    const name = bare.slice(bare.length - length)
    const post = bare.slice(0, bare.length - length)
    if (post.length >= 2 && POST_END.test(post.text) && isPersonName(name.text)) return { name, post }
  }
  return null
}

const POST_END = /(?:长|任|记|员|理|席|事|总监|师|政委|主管|干部)$/

function holder(role: string, words: Words): PlanLeader {
  return { role, name: null, post: words.own, source: words.source, confidence: 0.9 }
}

/** 职务 | 姓名 | 单位及职务 */
function tabled(part: Extract<Part, { kind: 'table' }>): PlanLeader[] {
  const { headings, rows } = recordsOf(part.grid)
  const column = (pattern: RegExp) => headings.findIndex((heading) => pattern.test(heading?.text ?? ''))
  const name = column(/姓名/)
  const role = column(/(?:小组|专班|组内|指挥部|机构)(?:内)?(?:职务|分工|任职)|角色|职责|岗位|任职/)
  const post = headings.findIndex((heading, at) => at !== role && /单位|职务|职位/.test(heading?.text ?? ''))
  if (name < 0 || role < 0) return []
  return rows.flatMap((row): PlanLeader[] => {
    const who = row[name] ?? null
    if (who === null || who.length === 0) return []
    return [{ role: row[role]?.own ?? '', name: who.own, post: row[post]?.own ?? null, source: who.source }]
  })
}
