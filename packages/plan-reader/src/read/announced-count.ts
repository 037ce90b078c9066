import { numberOf } from '../lexicon/rule.js'
import type { Words } from '../normalise/canonical-text.js'
import type { Paragraph, Part } from '../outline/paragraph.js'
import { isOrdinal, recordsOf } from '../table/records.js'

/** A number that the text says, and how many things follow it. */
export interface AnnouncedCount {
  readonly words: string
  readonly stated: number
  readonly listed: number
  /** The last of what follows. */
  readonly last: string | null
}

interface CountRule {
  readonly pattern: RegExp
  readonly example: string
}

const N = '(?<n>\\d{1,2}|[一二三四五六七八九十]{1,3}|两)'
const MEASURE =
  '(?:场(?!所)|个方面|方面|大方面|大专项行动|大专项|大攻坚行动|个专项行动|专项行动|个行动|大行动|行动|大任务|大工程|大措施|项|个专项|条|点|类|种|个环节|个重点|个层面|个工作组|个小组|个专班|个组|张清单|件事|个不放过|个必须|个到位|个一律|个问题|种情形|大类|个领域|个重点领域|个行业领域)'
const THINGS = '(?:家|栋|处|座|所|户|名|台|个|艘|条|间|座次)'

/** Words that announce so many things. A new spelling is a new line. */
export const COUNT_RULES: readonly CountRule[] = [
  {
    pattern: new RegExp(
      `(?:(?:以下|如下|下列|下面|抓好|做好|开展|围绕|分为?|划分为|按照|实施|完成|落实|突出|重点|做到|建立|明确|严格|严把|聚焦|推进|推动|下设|设立|成立|组建|强化|采取|坚持|打好|从|共|等)[^，。；：]{0,12}?)“?${N}(?:${MEASURE})(?<what>[^，。；：]{0,16})`,
      'g',
    ),
    example: '重点推进以下八项行动',
  },
  {
    pattern: new RegExp(`(?:[^，。；：“]{0,6})“${N}(?:个|项|条|大)[^”]{1,8}”(?<what>[^，。；：]{0,8})`, 'g'),
    example: '落实“四个一”要求',
  },
  {
    pattern: new RegExp(
      `(?<=^|、|）|\\.)${N}(?:大|项|个)(?<what>[^，。；：]{0,4}(?:行动|任务|措施|工程|机制|重点|专项|要求))$`,
      'g',
    ),
    example: '八大专项行动',
  },
  {
    pattern: new RegExp(
      `[^，。；：]{2,20}?${N}${THINGS}(?<what>[^。；：]{0,24}(?:名单|清单|情况|明细|目录|具体)(?:如下|见下表|附后|为))`,
      'g',
    ),
    example: '辖区现有高层建筑12栋，全部纳入治理范围，名单如下',
  },
]

/** Numbers said, with the number of items that follow, inline, below or in a table. Phases are counted by their own reader. */
export function announcedCounts(paragraphs: readonly Paragraph[], parts: readonly Part[]): AnnouncedCount[] {
  return paragraphs.flatMap((paragraph, at) => {
    const found: AnnouncedCount[] = []
    const taken: number[] = []
    for (const { pattern } of COUNT_RULES) {
      for (const match of paragraph.words.text.matchAll(pattern)) {
        const stated = numberOf(match.groups?.n ?? '')
        const isRead = taken.some((index) => index >= match.index && index < match.index + match[0].length)
        if (stated === null || stated < 2 || isRead || /简称|阶段|步骤|年/.test(match[0])) continue
        taken.push(match.index)
        const rest = paragraph.words.slice(match.index + match[0].length)
        const items =
          itemsBehind(rest, isTitled(paragraph, match)) ?? itemsBelow(paragraphs, parts, at, match[0], rest.text)
        if (items === null || items.count < 2 || items.count === stated || items.others?.includes(stated) === true)
          continue
        found.push({ words: match[0].replace(/，.*$/, ''), stated, listed: items.count, last: items.last })
      }
    }
    return found
  })
}

/** （一）落实“六项措施”。…做到：一是…: what a paragraph is called says what it lists. */
const isTitled = ({ words, numbering }: Paragraph, match: RegExpExecArray) =>
  numbering !== null && match[0].includes('“') && !/[。；]/.test(words.text.slice(0, match.index))

interface Items {
  readonly count: number
  /** Other counts at which the same words can be read: 甲、乙和丙 is two or three. */
  readonly others?: readonly number[]
  readonly last: string | null
}

/** Items told in the same sentence: 1.…2.…, 一是…二是…, or a list behind the colon. */
function itemsBehind(rest: Words, isTitled: boolean): Items | null {
  for (const pattern of [
    /(?:^|(?<=[。；：，]))([一二三四五六七八九十])是/g,
    /(?:^|(?<=[。；：，、]))(\d{1,2})[.、](?!\d)/g,
    /([①②③④⑤⑥⑦⑧⑨⑩])/g,
    /（(\d{1,2})）/g,
  ]) {
    const marks = [...rest.text.matchAll(pattern)]
    const first = marks[0]?.index ?? Infinity
    const isNear = first <= 24 || (isTitled && first <= 100 && rest.text.charAt(first - 1) === '：')
    if (marks.length < 2 || !isNear) continue
    const ordinals = marks.map((mark) =>
      /[①-⑩]/.test(mark[1] ?? '') ? '①②③④⑤⑥⑦⑧⑨⑩'.indexOf(mark[1] ?? '') + 1 : (numberOf(mark[1] ?? '') ?? 0),
    )
    if (ordinals.every((ordinal, at) => ordinal === at + 1)) return { count: marks.length, last: null }
  }
  const list =
    /^(?:[^，。；：]{0,8}，?(?:即|包括|分别是|分别为|具体为|具体是)：?|：)(?<list>[^。；：，]{4,200})(?:。|$)/.exec(
      rest.text,
    )?.groups?.list
  if (list === undefined || !list.includes('、') || /等$/.test(list)) return null
  const pieces = list.replace(/（[^（）]*）/g, '').split('、')
  const joints = (pieces.at(-1)?.match(/[和及与]/g)?.length ?? 0) + (list.match(/以及/g)?.length ?? 0)
  return pieces.every((piece) => piece.length <= 20)
    ? { count: pieces.length, others: [pieces.length + joints], last: pieces.at(-1) ?? null }
    : null
}

/** What stands below was announced: 以下…, a colon at the end, or a paragraph that says no more than the number. */
function itemsBelow(
  paragraphs: readonly Paragraph[],
  parts: readonly Part[],
  at: number,
  words: string,
  rest: string,
): Items | null {
  if (!/^[^。]*[。：；]?$/.test(rest)) return null
  const paragraph = paragraphs[at] as Paragraph
  const isAnnounced =
    /以下|如下|下列|下面|见下表|附后/.test(words) ||
    /[：]$/.test(rest) ||
    (paragraph.isHeading && rest === '') ||
    (/(?:抓好|做好|开展|完成|落实|实施|推进|推动|采取|强化|坚持)[^，。；：]{0,12}$/.test(
      words.replace(/(?:“?\d{1,2}|“?[一二三四五六七八九十]{1,3}).*$/, ''),
    ) &&
      /^[^，；]{0,20}[。：]?$/.test(rest))
  if (!isAnnounced) return null
  return tableBelow(parts, paragraph) ?? childrenBelow(paragraphs, at)
}

/** The rows of a table that follows at once. */
function tableBelow(parts: readonly Part[], paragraph: Paragraph): Items | null {
  const next = parts[parts.indexOf(paragraph) + 1]
  if (!parts.includes(paragraph) || next?.kind !== 'table') return null
  const rows = recordsOf(next.grid).rows.filter((row) => row.some((cell) => (cell?.length ?? 0) > 0))
  const numbered = rows.filter((row) => isOrdinal(row[0] ?? null))
  const counted = numbered.length > 0 ? numbered : rows
  return counted.length < 2 ? null : { count: counted.length, last: null }
}

/** The paragraphs of the next level that stand directly below. */
function childrenBelow(paragraphs: readonly Paragraph[], at: number): Items | null {
  const paragraph = paragraphs[at] as Paragraph
  const level = paragraph.numbering?.level ?? paragraph.under.at(-1)?.numbering?.level ?? -1
  const children: Paragraph[] = []
  let next = at + 1
  while (next < paragraphs.length && paragraphs[next]?.numbering === null) next++
  const first = paragraphs[next]?.numbering
  if (first === null || first === undefined || first.level <= level) return null
  // Numbers that run through the sections (4.… 5.…) go on from the last of the section before.
  const before = paragraphs.slice(0, at).findLast(({ numbering }) => numbering?.level === first.level)
  if (first.ordinal !== 1 && before?.numbering?.ordinal !== first.ordinal - 1) return null
  for (let index = next; index < paragraphs.length; index++) {
    const numbering = paragraphs[index]?.numbering
    if (numbering === null || numbering === undefined || numbering.level > first.level) continue
    if (numbering.level < first.level || numbering.ordinal !== children.length + first.ordinal) break
    children.push(paragraphs[index] as Paragraph)
  }
  return { count: children.length, last: children.at(-1)?.title.own ?? null }
}
