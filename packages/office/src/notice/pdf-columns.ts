import { rowsOf } from './pdf-line.js'
import type { PdfText } from './pdf-page.js'

/** Fewer lines side by side than this are a form or a list. */
const LEAST_LINES = 8

/**
 * The texts of a page in stretches that are read one after the other: a page set in two columns is read down the left one, then
 * down the right one, from one line that goes across to the next. Any other page is one stretch.
 */
export function columnsOf(texts: readonly PdfText[], pageWidth: number): (readonly PdfText[])[] {
  const rows = rowsOf(texts)
  const gutter = gutterOf(rows, pageWidth)
  if (gutter === null) return [texts]
  const stretches: PdfText[][] = []
  let left: PdfText[] = []
  let right: PdfText[] = []
  const flush = () => {
    for (const side of [left, right]) if (side.length > 0) stretches.push(side)
    left = []
    right = []
  }
  for (const row of rows) {
    if (row.some((text) => crosses(text, gutter))) {
      flush()
      stretches.push(row)
    } else for (const text of row) (text.x + text.width / 2 < gutter ? left : right).push(text)
  }
  flush()
  return stretches
}

function crosses({ x, width, size }: PdfText, gutter: number): boolean {
  return x < gutter - size * 0.3 && x + width > gutter + size * 0.3
}

/** The middle of the white stripe between two columns; null where there is none. */
function gutterOf(rows: readonly (readonly PdfText[])[], pageWidth: number): number | null {
  const candidates = new Map<number, number>()
  for (const row of rows) {
    for (let i = 1; i < row.length; i++) {
      const before = row[i - 1]
      const after = row[i]
      if (before === undefined || after === undefined) continue
      const end = before.x + before.width
      const middle = (end + after.x) / 2
      if (after.x - end < before.size || middle < pageWidth * 0.35 || middle > pageWidth * 0.65) continue
      const place = Math.round(middle / 8)
      candidates.set(place, (candidates.get(place) ?? 0) + 1)
    }
  }
  const [best] = [...candidates].sort((a, b) => b[1] - a[1])
  if (best === undefined) return null
  const gutter = best[0] * 8
  const sides = rows.map((row) => ({
    isAcross: row.some((text) => crosses(text, gutter)),
    left: extent(row.filter((text) => text.x + text.width / 2 < gutter)),
    right: extent(row.filter((text) => text.x + text.width / 2 >= gutter)),
  }))
  const double = sides.filter(({ isAcross, left, right }) => !isAcross && left > 0 && right > 0)
  const across = sides.filter(({ isAcross }) => isAcross)
  if (double.length < LEAST_LINES || double.length < across.length) return null
  // Columns of text are full of lines; columns of a list are not.
  const widest = (of: (side: (typeof sides)[number]) => number) => Math.max(...double.map(of))
  const isFull = (of: (side: (typeof sides)[number]) => number) =>
    double.filter((side) => of(side) > widest(of) * 0.8).length > double.length * 0.55 && widest(of) > pageWidth * 0.25
  return isFull(({ left }) => left) && isFull(({ right }) => right) ? gutter : null
}

function extent(texts: readonly PdfText[]): number {
  if (texts.length === 0) return 0
  return Math.max(...texts.map(({ x, width }) => x + width)) - Math.min(...texts.map(({ x }) => x))
}
