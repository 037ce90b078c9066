import type { ParagraphLook } from './notice-writer.js'
import { BEGINS_POINT, ENDS_SENTENCE, firstWidth, linesOf, type PdfLine } from './pdf-line.js'
import type { PdfText } from './pdf-page.js'
import { joint } from './pdf-table.js'

/** Where the lines of a column begin and end, how far apart they are, and how large their letters. */
export interface TextColumn {
  readonly left: number
  readonly right: number
  readonly pitch: number
  readonly size: number
  /** The middle of the page, where it has one column. */
  readonly middle: number | null
}

export interface PdfParagraph {
  text: string
  readonly align: ParagraphLook['align']
  readonly first: PdfLine
  /** Its last line, by which the next page tells whether it goes on. */
  last: PdfLine
  readonly column: TextColumn
}

/** Lines of one column as paragraphs. */
export function paragraphsOf(texts: readonly PdfText[], page: TextColumn): PdfParagraph[] {
  const paragraphs: PdfParagraph[] = []
  for (const line of linesOf(texts)) {
    const open = paragraphs.at(-1)
    if (open !== undefined && runsOn(open, line)) extend(open, line)
    else paragraphs.push({ text: line.text, align: alignOf(line, page), first: line, last: line, column: page })
  }
  return paragraphs
}

export function extend(paragraph: PdfParagraph, line: PdfLine): void {
  paragraph.text += joint(paragraph.text, line.text) + line.text
  paragraph.last = line
}

/** Whether the first line of a page goes on with the last paragraph of the one before it: lines of two pages have no distance. */
export function runsOverPage(open: PdfParagraph, next: PdfParagraph, line: PdfLine): boolean {
  const moved = { ...open.last, x: open.last.x - open.column.left + next.column.left }
  const right = open.last.right - open.column.left + next.column.left
  return runsOn({ ...open, last: { ...moved, right, y: line.y - next.column.pitch }, column: next.column }, line)
}

/** Whether a line goes on with the paragraph above it: it begins at the margin, and the one above had no room for its first word. */
function runsOn({ first, last, align, column, text }: PdfParagraph, line: PdfLine): boolean {
  const { left, right, pitch, size } = column
  if (Math.abs(line.size - last.size) > 0.12 * last.size) return false
  if (pitch > 0 && line.y - last.y > 1.45 * Math.max(pitch, last.size * 1.2)) return false
  if (isDateGoingOn(text, line.text) || isFormGoingOn(text, last, line, right)) return true
  // Where paragraphs stand in, a number at the margin is in the midst of one: 总结应当包括： 1.…；2.….
  const goesOn = first.x > left + 1.2 * size && line.x < left + 0.8 * size && !/[。！？]$/.test(text)
  if (BEGINS_POINT.test(line.text) && !goesOn) return false
  // Signs that may not begin a line, or a word that may not be cut, take the last one with them.
  const needed = firstWidth(line) + 0.9 * size
  if (align === 'center') return last.right - last.x + needed > right - left && last.size > 1.12 * size
  if (align === 'right' || last.right + needed <= right) return false
  if (line.x < left + 0.8 * size) return true
  // A block that stands in as a whole: its lines begin where the first did, and no sentence ends between them.
  return Math.abs(line.x - last.x) < 0.6 * size && !ENDS_SENTENCE.test(text) && line.x < left + 8 * size
}

/** 填报日期：  年 above 月  日: a date to fill in is one. */
const isDateGoingOn = (text: string, next: string) =>
  (/：[\s\d_]*年(?:[\s\d_]*月)?$/.test(text) && /^月?[\s\d_]*日$/.test(next)) ||
  (/年\s*$/.test(text) && /^月\s*日/.test(next))

/** Labels side by side, of which the last found no room behind the gap that they all have. */
function isFormGoingOn(text: string, last: PdfLine, line: PdfLine, right: number): boolean {
  const gaps = [...text.matchAll(/[：:](\s{2,})(?=\S)/g)].map(({ 1: gap = '' }) => gap.length * 0.5 * last.size)
  if (gaps.length === 0 || !/[：:]$/.test(text) || !/^[^\s，。；：:]{2,8}[：:]$/.test(line.text)) return false
  return last.right + Math.min(...gaps) + line.right - line.x > right
}

/**
 * What most lines have in common. `edges` are how far the tables of the page reach, and `size` what letters they have: a title above
 * a table stands in the middle of it.
 */
export function columnOf(
  texts: readonly PdfText[],
  edges: readonly (readonly [left: number, right: number])[] = [],
  beside: readonly PdfText[] = [],
  middle: number | null = null,
): TextColumn {
  const lines = linesOf(texts)
  const size = commonest([...lines, ...beside].map((line) => [Math.round(line.size * 2) / 2, line.text.length]))
  if (lines.length === 0) return { left: 0, right: 0, pitch: 0, size: size === 0 ? 10 : size, middle }
  const alike = lines.filter((line) => Math.abs(line.size - size) <= 1)
  const body = alike.length > 0 ? alike : lines
  const left = least([...body.map(({ x }) => x), ...edges.map((edge) => edge[0])])
  const right = -least([...body.map((line) => -line.right), ...edges.map((edge) => -edge[1])])
  const steps = body.slice(1).map((line, i) => line.y - (body[i]?.y ?? 0))
  const pitch = commonest(steps.filter((step) => step > 0 && step < 4 * size).map((step) => [Math.round(step), 1]))
  return { left, right, pitch, size, middle }
}

function least(values: readonly number[]): number {
  return values.reduce((so, value) => Math.min(so, value), Number.POSITIVE_INFINITY)
}

function commonest(weighed: readonly (readonly [value: number, weight: number])[]): number {
  const weights = new Map<number, number>()
  for (const [value, weight] of weighed) weights.set(value, (weights.get(value) ?? 0) + weight)
  return [...weights].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0
}

function alignOf({ x, right, size }: PdfLine, column: TextColumn): ParagraphLook['align'] {
  const before = x - column.left
  const after = column.right - right
  const width = column.right - column.left
  const isTitle = size > 1.12 * column.size
  // A page of short lines does not show its right margin, but its middle.
  const isInMiddle = column.middle !== null && Math.abs((x + right) / 2 - column.middle) < 0.5 * size
  if (isInMiddle && before > 2.6 * size) return 'center'
  if ((isTitle || before > 1.2 * size) && Math.abs(before - after) < Math.max(0.8 * size, 0.02 * width)) {
    // A short line that is indented by chance as far as it ends early begins like any paragraph.
    return isTitle || before > 2.6 * size || right - x < 0.5 * width ? 'center' : null
  }
  return before > 0.4 * width ? 'right' : null
}
