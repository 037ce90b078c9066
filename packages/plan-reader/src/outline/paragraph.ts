import type { Words } from '../normalise/canonical-text.js'
import { readNumbering, titleOf, type Numbered } from './heading.js'
import type { Item, Line, TableItem } from './line.js'

/** A paragraph as it was meant: broken lines are one again. */
export interface Paragraph {
  readonly kind: 'paragraph'
  readonly words: Words
  /** The lines it was broken into: members of a group stand on lines of their own. */
  readonly lines: readonly Words[]
  readonly numbering: Numbered | null
  /** What it is called, if it is numbered or a heading. */
  readonly title: Words
  readonly isHeading: boolean
  /** The headings that it stands under, the highest first; without itself. */
  readonly under: readonly Paragraph[]
}

export type Part = Paragraph | TableItem

/**
 * The width at which lines of this document were broken by a program, or null where each line is a paragraph. A page of body text has
 * most of its lines equally long, and none longer.
 */
export function wrapWidth(lines: readonly Line[]): number | null {
  const lengths = lines.map(lengthOf).filter((length) => length >= 8)
  if (lengths.length < 12) return null
  lengths.sort((one, other) => one - other)
  // A few lines are longer than the page, such as those with narrow figures.
  const width = lengths[lengths.length - 1 - Math.max(2, Math.floor(lengths.length * 0.04))] ?? 0
  if (width > 70) return null
  const full = lines.filter((line) => lengthOf(line) >= width - 3)
  // A line that a person ends is at the end of a sentence; one that a program breaks is mostly not.
  const broken = full.filter(({ words }) => !ENDED.test(words.text))
  return full.length >= 4 && broken.length >= full.length * 0.6 ? width : null
}

/** In characters of full width, the indent of a first line included. */
const lengthOf = ({ words, indent }: Line) => words.length + Math.min(indent, 4) / 2

const ENDED = /[。：；！？”]$|……$/
const BEGINS =
  /^(?:附件|附表|附：|注：|备注：|联系人|联系电话|抄送|报送：|抄报|主送|第[一二三四五六七八九十\d]+(?:阶段|步)|[一二三四五六七八九十]是|组长|副组长|成员|组员|办公室主任|总指挥|牵头单位|配合单位|责任单位|完成时限|时限要求|填报|\*|●|■|◆|★|-)/

/** Whether a line goes on with the one before it. */
export function continues(before: Line, after: Line, width: number | null): boolean {
  const [one, other] = [before.words.text, after.words.text]
  if (isWholeHeading(one) && readNumbering(other) !== null) return false
  // A full line that ends in mid-sentence goes on, whatever word the next begins with.
  if (width !== null && lengthOf(before) >= width - 1 && !ENDED.test(one)) return !/^附[件表]/.test(other)
  if (BEGINS.test(other) || readNumbering(other) !== null || after.align === 'center' || after.align === 'right')
    return false
  if (/^(?:19|20)\d{2}年\d{1,2}月\d{1,2}日$/.test(other) && after.indent > 4) return false
  const isBareHeading = readNumbering(one) !== null && !/[，。；：]/.test(one)
  if (width !== null && before.blanks <= 1) {
    if (lengthOf(before) < width - 4) return false
    if (ENDED.test(one)) return !/[：]$/.test(one) && after.indent < 2 && after.blanks === 0 && !isBareHeading
    return after.indent < 6
  }
  if (/；$/.test(one) && after.indent <= before.indent) return true
  // 四、及时报送，确保畅通: a short numbered line above a longer one is its heading, with commas too.
  if ((readNumbering(one)?.level ?? 9) <= 2 && one.length <= 26 && !/[。；：]/.test(one) && other.length > one.length)
    return false
  if (ENDED.test(one) || isBareHeading || after.indent > 6) return false
  if (after.indent >= 2 && before.indent >= 2 && !/[，、]$/.test(one)) return false
  return one.length >= 16 || /[，、]/.test(one)
}

/** 2. 自查自改阶段（4月至6月）: no marks but those in brackets that are closed. What has a number below it is not its rest. */
function isWholeHeading(text: string): boolean {
  const numbering = readNumbering(text)
  if (numbering === null || !text.endsWith('）')) return false
  return !/[，。；：（）]/.test(text.slice(numbering.length).replace(/（[^（）]*）/g, ''))
}

/** A line goes on while a bracket is open, unless that was never closed. */
function goesOnInBracket(open: readonly Line[], after: Line): boolean {
  if (open.length > 12 || readNumbering(after.words.text)?.level === 1 || /^附[件表]/.test(after.words.text))
    return false
  const text = open.map(({ words }) => words.text).join('')
  const depth = (text.match(/（/g)?.length ?? 0) - (text.match(/）/g)?.length ?? 0)
  return depth === 1 && text.length - text.lastIndexOf('（') < 400 && after.words.text.includes('）')
}

const HEADING_WORDS =
  /(?:要求|思想|目标|原则|领导|机构|安排|步骤|阶段|措施|任务|重点|内容|分工|范围|保障|依据|进度|报送|责任|标准|对象|方法|方式|督导|考核)$/

/** Paragraphs and tables of a stretch of items, each with the headings above it. */
export function partsOf(items: readonly Item[], width: number | null): Part[] {
  const groups: (Line[] | TableItem)[] = []
  for (const item of items) {
    const open = groups.at(-1)
    if (item.kind === 'table') groups.push(item)
    else if (Array.isArray(open) && (goesOnInBracket(open, item) || continues(open.at(-1) as Line, item, width)))
      open.push(item)
    else groups.push([item])
  }
  const above: Paragraph[] = []
  return groups.map((group, at): Part => {
    if (!Array.isArray(group)) return group
    const first = group[0] as Line
    const words = first.words.upTo((group.at(-1) as Line).words)
    const numbering = readNumbering(words.text) ?? unnumberedHeading(words, groups[at + 1])
    while (numbering !== null && (above.at(-1)?.numbering?.level ?? -1) >= numbering.level) above.pop()
    const paragraph: Paragraph = {
      kind: 'paragraph',
      words,
      lines: group.map((line) => line.words),
      numbering,
      title: numbering === null ? words.slice(0, 0) : titleOf(words),
      isHeading: numbering !== null && words.length - numbering.length <= 45 && !/[。；].*[。；，]/.test(words.text),
      under: [...above],
    }
    if (numbering !== null) above.push(paragraph)
    return paragraph
  })
}

/** A heading whose number was left out: a short line without marks that is called as headings are, above a longer one. */
function unnumberedHeading(words: Words, next: Line[] | TableItem | undefined): Numbered | null {
  if (words.length > 14 || words.length < 4 || /[，。；：、]/.test(words.text)) return null
  if (!HEADING_WORDS.test(words.text)) return null
  if (next === undefined || (Array.isArray(next) && (next[0]?.words.length ?? 0) <= words.length)) return null
  return { level: 1, ordinal: 1, length: 0 }
}
