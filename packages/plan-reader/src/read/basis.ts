import type { Words } from '../normalise/canonical-text.js'

/** Titles in 《》, also where the brackets inside were written as those outside. */
const TITLED =
  /《((?:关于)?(?:印发|转发|批转)?《[^《》]{2,120}》[^《》]{0,30}|[^《》]{2,160}(?:关于[^《》]{0,20})?《[^《》]{2,120}》[^《》]{0,20}|[^《》]{2,160})》/g

export function titlesIn(words: Words): Words[] {
  return [...words.text.matchAll(TITLED)].map((match) =>
    words.slice(match.index + 1, match.index + match[0].length - 1),
  )
}

const plain = (text: string) => text.replace(/[《》〈〉“”（）、，。：〔〕\s-]/g, '')

/** The documents that a plan is made under: those that the notice and the opening paragraph name, the plan itself apart. */
export function readBasis(passages: readonly Words[], planTitle: Words): Words[] {
  const own = plain(planTitle.text)
  const found: Words[] = []
  for (const passage of passages) {
    for (const title of titlesIn(passage)) {
      const key = plain(title.text)
      const before = passage.text.slice(0, title.start - passage.start - 1)
      const isIssued = /(?:现将|印发|下发|制定了?|制订了?|起草了?|形成了?|拟定了?|研究制定|简称)$/.test(before)
      if (key === own || isIssued || /以下简称$/.test(before) || /^(?:本?方案|通知)$/.test(key)) continue
      if (!found.some((one) => plain(one.text) === key)) found.push(title)
    }
  }
  return found
}

const LAW =
  /(?:法|条例|规定|规程|规范|标准|准则|导则|通则|规则|指南|指引|手册|办法|细则|决定|讲话|摘编|汇编|规划)(?:（[^）]*）)?$/

/** The nearest superior's plan of the same campaign: the last title that is a plan and shares the campaign's words. */
export function parentPlanOf(basis: readonly Words[], planTitle: string, campaign: string): string | null {
  const own = subject(`${campaign}${planTitle}`)
  const plans = basis
    .map((title) => bare(title))
    .filter((title) => !LAW.test(title) && /方案|计划|行动|整治|排查|攻坚|大检查|安排|部署|要点|通知/.test(title))
  const same = plans.filter((title) => isAbout(own, subject(title), 0.3))
  return same.at(-1) ?? plans.filter((title) => isAbout(own, subject(title), 0)).at(-1) ?? null
}

function bare(title: Words): string {
  const inner = /(?:印发|转发)[《〈](.+)[》〉][^《》〈〉]*$/.exec(title.own)?.[1]
  if (inner !== undefined) return inner
  const unquoted = /^(?:.{0,40}?)关于(?:印发|转发)(?![《〈])(.+?)的通知$/.exec(title.own)?.[1]
  return unquoted ?? title.own
}

/** What is common to all such plans says nothing of which campaign it is. */
function subject(title: string): Set<string> {
  const words = title
    .replace(/[《》〈〉“”（）、，。：〔〕\s\d-年]/g, '')
    .replace(/关于|印发|开展|的通知|方案|工作|实施|总体|行动|计划|安全生产|专项|全国|全省|全市|全区|全县/g, '|')
  const pairs = new Set<string>()
  for (const word of words.split('|')) for (let at = 0; at + 1 < word.length; at++) pairs.add(word.slice(at, at + 2))
  return pairs
}

function isAbout(own: ReadonlySet<string>, other: ReadonlySet<string>, share: number): boolean {
  if (other.size === 0) return true
  const common = [...other].filter((pair) => own.has(pair)).length
  return common >= Math.max(2, other.size * share)
}
