import type { Plan, PlanPhase } from '@bihuan/domain'
import { datesOf, readTimes, type Issue } from '../lexicon/date.js'
import type { Words } from '../normalise/canonical-text.js'
import type { NoticeParts } from '../outline/notice-parts.js'
import type { Paragraph } from '../outline/paragraph.js'
import { sentencesOf } from '../outline/sentence.js'

const ACT = '(?:行动|整治|排查|攻坚|活动|大检查|检查|治理|工作|战役|百日|大会战|提升|除患|整改)'
const BEGUN = /(?:开展|实施|推进|制定|制订|部署|启动|组织|做好|抓好|进行|深化|搞好|实行|打好)(?:好|了|一次|一场)?/g
const SHORT = /（以下(?:统一|均)?(?:简)?称(?:为|：)?[“《]?([^”》）]{2,24})[”》]?(?:专项)?(?:工作|行动|活动)?）/g

export interface CampaignName {
  readonly words: Words | null
  readonly name: string
  /** The short names that the plan gives it. */
  readonly aliases: readonly string[]
}

/** What the plan says is carried out: the words that 以下简称 shortens, else what it decides to carry out, else its title without 方案. */
export function readCampaignName(parts: NoticeParts, passages: readonly Words[]): CampaignName {
  const aliases: string[] = []
  let named: Words | null = null
  const plan = parts.plan.flatMap((part) => (part.kind === 'paragraph' ? [part.words] : []))
  for (const passage of [...passages, ...plan]) {
    for (const match of passage.text.matchAll(SHORT)) {
      const alias = match[1] ?? ''
      if (!new RegExp(ACT).test(match[0]) || /[办委局组]$|方案|通知|平台|系统/.test(alias)) continue
      aliases.push(alias)
      named ??= begun(passage.slice(0, match.index))
    }
  }
  named ??= decided(passages, parts.planTitle.text)
  return named === null
    ? { words: null, name: nameFromTitle(parts.planTitle.own), aliases }
    : { words: named, name: named.own, aliases }
}

/** From the last word for beginning something to the end: that which is begun. */
function begun(before: Words): Words | null {
  const sentence = before.slice(Math.max(before.text.lastIndexOf('。'), before.text.lastIndexOf('；')) + 1)
  const verbs = [...sentence.text.matchAll(BEGUN)]
  for (let at = verbs.length - 1; at >= 0; at--) {
    const verb = verbs[at] as RegExpExecArray
    const rest = bareName(sentence.slice(verb.index + verb[0].length))
    if (rest.length >= 4 && !/[，。；]/.test(rest.text)) return rest
  }
  const after = bareName(sentence.slice(sentence.text.lastIndexOf('，') + 1))
  return after.length >= 4 ? after : null
}

const WHERE =
  /^(?:为期[^的，]{1,10}的|在?(?:全|我|本)(?:省|市|区|县|旗|镇|乡|州|盟|街道|园区|局|院|校|集团|公司|系统|行业|辖区|社区|村|办|矿|厂)(?:范围内?|域内?|境内|上下)?(?:的|开展)?|以[^，。]{2,30}为(?:重点|主题|主要内容)的|(?:好|了))/

function bareName(words: Words): Words {
  let rest = words
  for (let lead = WHERE.exec(rest.text); lead !== null; lead = WHERE.exec(rest.text)) rest = rest.slice(lead[0].length)
  const quoted = /^“([^”]+)”$/.exec(rest.text)
  return quoted === null ? rest : rest.slice(1, rest.length - 1)
}

/** 决定…开展X。 or 为…开展X，…制定本方案 */
function decided(passages: readonly Words[], title: string): Words | null {
  const found = (pattern: RegExp, isPurpose: boolean): Words | null => {
    for (const passage of passages) {
      for (const sentence of sentencesOf(passage)) {
        const match = pattern.exec(sentence.text)
        const said = match?.groups?.name
        if (match === null || said === undefined) continue
        const start = match.index + match[0].lastIndexOf(said)
        const name = bareName(sentence.slice(start, start + said.length))
        if (name.length >= 6 && (!isPurpose || isOfTitle(name.text, title))) return name
      }
    }
    return null
  }
  const verb = '(?:组织开展|部署开展|集中开展|深入开展|开展|实施|组织实施|启动)'
  const name = `(?<name>[^，。；：（）《》]{4,60}?(?:行动|整治|排查整治|攻坚|活动|大检查|检查|治理|工作|排查|“[^”，。]{2,10}”))`
  return (
    found(new RegExp(`(?:决定|定于|拟|将|研究)[^。；]{0,60}${verb}${name}(?=[，。；（：]|$)`), false) ??
    found(
      new RegExp(
        `(?:为|按照|根据)[^。；]{0,120}?(?:推进|做好|抓好|落实|开展|组织|实施|深化)(?:好)?${name}(?=[，。；（：]|$)(?=.{0,160}(?:制定|制订|提出|如下))`,
      ),
      true,
    )
  )
}

/** What is begun is what the title speaks of; a purpose (为做好节日安全工作) is not. */
function isOfTitle(name: string, title: string): boolean {
  const pairs = Array.from({ length: Math.max(0, name.length - 1) }, (_, at) => name.slice(at, at + 2))
  return pairs.filter((pair) => title.includes(pair)).length * 2 >= pairs.length
}

export function nameFromTitle(title: string): string {
  const forwarded = /(?:转发|贯彻(?:落实)?|落实|执行)《([^》]+)》/.exec(title)?.[1]
  const bare = (forwarded ?? title)
    .replace(/^.*关于(?:印发|开展|组织开展|深入开展|进一步开展|集中开展|做好|部署)?/, '')
    .replace(/的(?:紧急)?(?:通知|函|通告|公告)$/, '')
    .replace(/（[^）]*）$/, '')
  const whose = /^(?:全|我|本)(?:省|市|区|县|旗|镇|乡|州|盟|街道|园区|局|院|校|集团|公司|系统|社区|村)(?=[^，]{6})/
  return bare
    .replace(whose, '')
    .replace(/(?:的)?(?:总体|实施|工作|专项|具体|落实|推进|组织|任务)*(?:方案|计划|安排|要点|细则|办法|意见)$/, '')
}

/** When the campaign runs, as far as a sentence says it; what it does not say is taken from the phases. */
export function readCampaignDates(
  passages: readonly Words[],
  parts: NoticeParts,
  phases: readonly PlanPhase[],
  issue: Issue,
): Pick<Plan['campaign'], 'startsOn' | 'endsOn'> {
  const isPhase = (paragraph: Paragraph) =>
    phases.some(
      ({ source }) =>
        source !== undefined &&
        source.start >= paragraph.words.source.start &&
        source.start < paragraph.words.source.end,
    )
  const paragraphs = parts.plan.filter((part): part is Paragraph => part.kind === 'paragraph')
  const said = paragraphs.filter(
    (paragraph) => !isPhase(paragraph) && !paragraph.under.some(isPhase) && saysWhen(paragraph),
  )
  let startsOn: string | null = null
  let endsOn: string | null = null
  let fromIssue = false
  for (const words of [...passages, ...said.map((paragraph) => paragraph.words)]) {
    for (const sentence of sentencesOf(words)) {
      if (!isOfCampaign(sentence.text)) continue
      for (const { meaning, start, end } of readTimes(sentence.text)) {
        const isIssue = meaning.from.grain === 'issue'
        const { from, to } = datesOf(meaning, issue)
        const rest = sentence.text.slice(end, end + 24)
        const isLong = meaning.isRange && (isIssue || isWide(from, to))
        if (isIssue) {
          fromIssue = true
          startsOn = issue.issuedOn
          if (meaning.isRange) endsOn ??= to
        } else if (isLong) {
          if (!fromIssue) startsOn ??= from
          endsOn ??= to
        } else if (meaning.bound === 'since' && new RegExp(`${ACT}|开展|实施`).test(rest) && start < 20) {
          if (!fromIssue) startsOn ??= from
        }
      }
    }
  }
  return {
    startsOn: startsOn ?? phases[0]?.startsOn ?? null,
    endsOn: endsOn ?? lastEnd(phases),
  }
}

const lastEnd = (phases: readonly PlanPhase[]) => phases.at(-1)?.endsOn ?? null
const isWide = (from: string | null, to: string | null) => from !== null && to !== null && from < to

function saysWhen(paragraph: Paragraph): boolean {
  const titles = [paragraph, ...paragraph.under].map(({ title }) => title.text)
  return titles.some((title) => /时间|阶段|步骤|期限|时限|安排|总体要求|目标|范围/.test(title))
}

function isOfCampaign(sentence: string): boolean {
  if (/报送|上报|报告|报至|每月|每季|截至|截止/.test(sentence)) return false
  return new RegExp(`时间|期限|阶段|${ACT}|即日起`).test(sentence)
}
