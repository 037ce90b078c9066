import { numberOf } from '../lexicon/rule.js'
import type { Words } from '../normalise/canonical-text.js'
import type { DeclaredAnnex } from '../outline/annex-region.js'

interface MentionRule {
  readonly pattern: RegExp
  readonly example: readonly [text: string, ordinal: number, title: string]
}

const NUMBER = '附[件表](?<n>\\d{1,2}|[一二三四五六七八九十])(?![\\d月日号])'
const SEEN = '（(?:详见|见|格式见|样式见|样表见|表样见|填写)?'

/** Ways in which a text speaks of an annex by its number. A new one is a new line. */
export const MENTION_RULES: readonly MentionRule[] = [
  {
    pattern: new RegExp(`《(?<title>[^《》]{2,60})》${SEEN}${NUMBER}`, 'g'),
    example: ['填写《自查表》（见附件3）', 3, '自查表'],
  },
  {
    pattern: new RegExp(
      `(?<title>[^，。；：、（）《》将把的填写报送按照]{2,24}(?:表|清单|台账|名单|回执|要点|承诺书|模板|目录))${SEEN}${NUMBER}`,
      'g',
    ),
    example: ['各镇填写自查情况表（附件1）', 1, '自查情况表'],
  },
  {
    pattern: new RegExp(`(?<=[按见将照]|填写|填报)(?<title>)${NUMBER}`, 'g'),
    example: ['各镇按附件2填报', 2, ''],
  },
]

/** The annexes that a text names by number, the first mention of each. */
export function mentionedAnnexes(passages: readonly Words[]): DeclaredAnnex[] {
  const found = new Map<number, Words>()
  for (const { pattern } of MENTION_RULES) {
    for (const words of passages) {
      for (const match of words.text.matchAll(pattern)) {
        const ordinal = numberOf(match.groups?.n ?? '')
        // 按照省通知附件1要求: of another document.
        if (
          ordinal === null ||
          found.has(ordinal) ||
          /(?:通知|方案|文件|意见)》?(?:的|中)?$/.test(words.text.slice(0, match.index))
        )
          continue
        const title = match.groups?.title ?? ''
        const start = match.index + match[0].indexOf(title)
        found.set(ordinal, words.slice(start, start + title.length))
      }
    }
  }
  return [...found].map(([ordinal, title]) => ({ ordinal, title }))
}
