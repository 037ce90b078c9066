/** Which campaign a plan stands under: the one whose notice it names as the superior's. */
import { plainWords } from './phrase.js'

interface NamedCampaign {
  readonly name: string
  readonly title: string
}

/** 《关于印发某区专项行动工作方案的通知》 and 某区专项行动实施方案 are of one campaign. */
function core(title: string): string {
  return plainWords(title)
    .replace(/^.*?关于(?:印发|转发|开展|做好)/u, '')
    .replace(/的通知$/u, '')
    .replace(/(?:总体|工作|实施|行动|活动)?方案$/u, '')
}

/** Null where none is named so, or several are. */
export function parentNamed<C extends NamedCampaign>(parentPlan: string | null, campaigns: readonly C[]): C | null {
  const wanted = parentPlan === null ? '' : core(parentPlan)
  if (wanted.length < 6) return null
  const named = campaigns.filter(({ name, title }) => [core(title), core(name)].includes(wanted))
  return named.length === 1 ? (named[0] ?? null) : null
}
