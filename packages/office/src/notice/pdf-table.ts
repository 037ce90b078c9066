import type { CellDraft } from './notice-writer.js'
import type { GridCell, PdfGrid } from './pdf-grid.js'
import { BEGINS_POINT, ENDS_SENTENCE, firstWidth, linesOf, type PdfLine } from './pdf-line.js'
import type { PdfText } from './pdf-page.js'

/** A table as it stands on a page; the next page may go on with it. */
export interface PdfTable {
  readonly columns: readonly number[]
  rows: CellDraft[][]
}

/** Fills the cells of a grid. Gives back what lies outside of it. */
export function tableOf(grid: PdfGrid, texts: readonly PdfText[]): { table: PdfTable; rest: PdfText[] } {
  const inCells = new Map<GridCell, PdfText[]>()
  const rest: PdfText[] = []
  for (const text of texts) {
    const middle = text.y - text.size * 0.35
    if (middle < grid.top || middle > grid.bottom) {
      rest.push(text)
      continue
    }
    const row = grid.cells.filter(({ top, bottom }) => middle >= top && middle < bottom)
    for (const piece of cutAt(text, row)) {
      const centre = piece.x + piece.width / 2
      const cell = row.find(({ left, right }) => centre >= left && centre < right)
      if (cell === undefined) rest.push(piece)
      else inCells.set(cell, [...(inCells.get(cell) ?? []), piece])
    }
  }
  const rows: CellDraft[][] = Array.from({ length: grid.rowCount }, () => [])
  for (const cell of grid.cells) {
    const { column, colSpan, rowSpan } = cell
    const text = cellText(linesOf(inCells.get(cell) ?? []), cell.right - cell.left)
    rows[cell.row]?.push({ text, column, colSpan, rowSpan })
  }
  return { table: { columns: grid.columns, rows }, rest }
}

/** pdf.js joins texts that follow each other closely, the last of one cell and the first of the next among them. */
function cutAt(text: PdfText, cells: readonly GridCell[]): PdfText[] {
  const borders = cells
    .map(({ left }) => left)
    .filter((left) => left > text.x + text.size * 0.4 && left < text.x + text.width - text.size * 0.4)
    .sort((a, b) => a - b)
  const [border] = borders
  if (border === undefined || text.text.length < 2) return [text]
  const widths = [...text.text].map((character) => (/[\x20-\x7e]/.test(character) ? 0.5 : 1))
  const whole = widths.reduce((sum, width) => sum + width, 0)
  let cut = 0
  let x = text.x
  const characters = [...text.text]
  while (cut < characters.length && x + ((widths[cut] ?? 1) / whole) * text.width <= border + text.size * 0.3) {
    x += ((widths[cut] ?? 1) / whole) * text.width
    cut++
  }
  if (cut === 0 || cut === characters.length) return [text]
  const first = { ...text, text: characters.slice(0, cut).join(''), width: x - text.x }
  const second = {
    ...text,
    text: characters.slice(cut).join(''),
    x: Math.max(x, border),
    width: text.x + text.width - x,
  }
  return [first, ...cutAt(second, cells)]
}

/** Lines of a cell; one that had no room for the next character goes on. */
function cellText(lines: readonly PdfLine[], width: number): string {
  return lines
    .map((line, i) => {
      const before = lines[i - 1]
      if (before === undefined) return line.text
      const isFull = before.right - before.x + firstWidth(line) + before.size > width - 12
      const isPoint = BEGINS_POINT.test(line.text) && ENDS_SENTENCE.test(before.text)
      return (isFull && !isPoint ? joint(before.text, line.text) : '\n') + line.text
    })
    .join('')
}

/** Between two lines of one paragraph: a space where two words of letters meet. */
export function joint(before: string, after: string): string {
  return /[A-Za-z,.;]$/.test(before) && /^[A-Za-z]/.test(after) ? ' ' : ''
}

/** Whether the table on a page goes on with the one before it: the same columns. */
export function goesOn(before: PdfTable, after: PdfTable): boolean {
  return (
    before.columns.length === after.columns.length &&
    before.columns.every((at, i) => Math.abs(at - (after.columns[i] ?? 0)) <= 4)
  )
}

/** Puts the next page's part below: without the head that is repeated, and with what the end of the page cut in two put together. */
export function continued(before: PdfTable, after: PdfTable): void {
  const rows = after.rows.slice(repeatedHead(before.rows, after.rows))
  const [first] = rows
  const rest = first === undefined ? null : restOfRow(before.rows, first)
  if (rest !== null) {
    for (const { row, cell, more } of rest) Object.assign(row, { [row.indexOf(cell)]: joinedCell(cell, more) })
    rows.shift()
  }
  const [next] = rows
  if (next !== undefined) rows[0] = withSpansContinued(before.rows, next)
  before.rows.push(...rows)
}

function repeatedHead(before: readonly (readonly CellDraft[])[], after: readonly (readonly CellDraft[])[]): number {
  const said = (row: readonly CellDraft[] | undefined) =>
    (row ?? []).map(({ text }) => text.replace(/\s/g, '')).join('|')
  let rows = 0
  while (rows < Math.min(4, after.length) && said(after[rows]) === said(before[rows]) && /[^|]/.test(said(after[rows])))
    rows++
  return rows
}

interface CutCell {
  readonly row: CellDraft[]
  readonly cell: CellDraft
  readonly more: CellDraft
}

/**
 * A row that the page cut: it has no number of its own, and nothing but the rest of what the last one holds. Each of its cells with
 * the one that it goes on with; null where it is a row of its own.
 */
function restOfRow(before: readonly CellDraft[][], first: readonly CellDraft[]): CutCell[] | null {
  const [number, last] = [first[0], before.at(-1)]
  if (number?.column !== 0 || number.text !== '' || number.rowSpan > 1 || (last?.[0]?.text ?? '') === '') return null
  const cut: CutCell[] = []
  for (const more of first) {
    const row = before.findLast((one, at) =>
      one.some(({ column, rowSpan }) => column === more.column && at + rowSpan >= before.length),
    )
    const cell = row?.find(({ column, colSpan }) => column === more.column && colSpan === more.colSpan)
    if (row === undefined || cell === undefined || (more.text !== '' && cell.text === '')) return null
    cut.push({ row, cell, more })
  }
  const goesOn = cut.some(({ cell, more }) => more.text !== '' && !ENDS_SENTENCE.test(cell.text))
  const isEmpty = cut.every(({ more }) => more.text === '') && /^\d+$/.test(last?.[0]?.text ?? '')
  return goesOn || isEmpty ? cut : null
}

/** A cell over several rows of the next page is over the rows below the cut one. */
const joinedCell = (cell: CellDraft, more: CellDraft): CellDraft => ({
  ...cell,
  text: cell.text + joint(cell.text, more.text) + more.text,
  rowSpan: cell.rowSpan + more.rowSpan - 1,
})

/** A cell that is merged over the end of a page is drawn anew on the next, empty or with the rest of its text. */
function withSpansContinued(before: CellDraft[][], next: readonly CellDraft[]): CellDraft[] {
  if (next.every(({ text }) => text === '')) return [...next]
  return next.filter((cell) => {
    const above = before.findLastIndex((row, at) =>
      row.some(({ column, rowSpan }) => column === cell.column && at + rowSpan === before.length),
    )
    const row = before[above]
    const at = row?.findIndex(({ column, colSpan }) => column === cell.column && colSpan === cell.colSpan) ?? -1
    const merged = row?.[at]
    if (row === undefined || merged === undefined || merged.text === '') return true
    if (cell.text === '' ? merged.rowSpan < 2 : !isCutOff(merged.text, cell.text, before, cell.column)) return true
    const text = merged.text + joint(merged.text, cell.text) + cell.text
    row[at] = { ...merged, text, rowSpan: merged.rowSpan + cell.rowSpan }
    return false
  })
}

/** Whether a text is the rest of another: in a column of numbered points it is none itself, elsewhere the other stops within a long sentence. */
function isCutOff(text: string, rest: string, rows: readonly (readonly CellDraft[])[], column: number): boolean {
  if (ENDS_SENTENCE.test(text) || BEGINS_POINT.test(rest)) return false
  const filled = rows.flatMap((row) => row.filter((cell) => cell.column === column && cell.text !== ''))
  const points = filled.filter((cell) => BEGINS_POINT.test(cell.text))
  return points.length > 1 && points.length * 2 > filled.length ? BEGINS_POINT.test(text) : text.length >= 30
}
