import type { PdfText } from './pdf-page.js'

/** One line of text, as it stands on the page. */
export interface PdfLine {
  readonly text: string
  readonly x: number
  readonly right: number
  readonly y: number
  readonly size: number
}

/** Lines from the top; what stands on one base line is one line, however far apart. */
export function linesOf(texts: readonly PdfText[]): PdfLine[] {
  return rowsOf(texts).map(lineOf)
}

/** Texts by their base lines: a small one that is raised or lowered stays with the line. */
export function rowsOf(texts: readonly PdfText[]): PdfText[][] {
  const sorted = texts.filter(({ text }) => text.trim() !== '').sort((a, b) => a.y - b.y || a.x - b.x)
  const rows: { y: number; size: number; texts: PdfText[] }[] = []
  for (const text of sorted) {
    const row = rows.at(-1)
    if (row !== undefined && text.y - row.y <= 0.5 * Math.max(row.size, text.size)) {
      row.texts.push(text)
      if (text.size > row.size) Object.assign(row, { size: text.size, y: text.y })
    } else rows.push({ y: text.y, size: text.size, texts: [text] })
  }
  return rows.map((row) => row.texts.sort((a, b) => a.x - b.x))
}

export function lineOf(row: readonly PdfText[]): PdfLine {
  let text = ''
  let right = Number.NEGATIVE_INFINITY
  let size = 0
  for (const piece of row) {
    if (text !== '') text += spaceBetween(text, piece.text, piece.x - right, Math.max(size, piece.size))
    text += tidied(piece.text)
    right = Math.max(right, piece.x + piece.width)
    size = Math.max(size, piece.size)
  }
  return { text: text.trim(), x: row[0]?.x ?? 0, right, y: row.at(-1)?.y ?? 0, size }
}

const WIDE = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]/

/** A gap is a space between words; between Chinese characters, or where Word parts them from figures, it takes a wide one. */
function spaceBetween(before: string, after: string, gap: number, size: number): string {
  const isWide = WIDE.test(before.at(-1) ?? '') || WIDE.test(after[0] ?? '')
  const em = gap / size
  if (em < (isWide ? 0.4 : 0.15)) return ''
  return ' '.repeat(Math.min(20, Math.max(1, Math.round(em * 2))))
}

/** Spaces of the layout between Chinese characters and figures, which pdf.js writes where a gap is. */
function tidied(text: string): string {
  return text.replace(LAYOUT_SPACES, '')
}

const LAYOUT_SPACES = new RegExp(`(?<=${WIDE.source}) (?=\\S)|(?<=\\S) (?=${WIDE.source})`, 'g')

/** How wide the first character or word is, which did not find room on the line before. */
export function firstWidth({ text, size }: PdfLine): number {
  // A sign behind the word may not begin a line either.
  const word = /^[\x21-\x7e]+[，。；：、）]?/.exec(text)?.[0]
  return word === undefined ? size : Math.min(word.length * 0.6 * size, 14 * size)
}

/** What a point, a heading or a note begins with. */
export const BEGINS_POINT =
  /^(?:第[一二三四五六七八九十百]+[章节条编部]|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}(?:[.．、]|[)）])(?!\d)|[①-⑳]|注[:：]|附件\s*\d*[:：]?)/

/** What a sentence ends with. */
export const ENDS_SENTENCE = /[。！？；：:;!?][”’）)》]*$/
