import type { CellDraft } from './notice-writer.js'
import { lineOf, rowsOf, type PdfLine } from './pdf-line.js'
import type { PdfText } from './pdf-page.js'
import type { PdfTable } from './pdf-table.js'

/** A row whose words stand in columns. */
interface SpacedRow {
  readonly texts: readonly PdfText[]
  readonly cells: readonly PdfLine[]
}

/** What stands in no ruled table: lines as they are, and tables that only their columns show. */
export type Stretch = { readonly texts: readonly PdfText[] } | { readonly table: PdfTable; readonly top: number }

const LEAST_ROWS = 3
const LEAST_COLUMNS = 3

/**
 * Finds tables without lines: three rows or more, one below the other, of the same three columns or more. A list of names behind
 * their offices (组长：甲  某部主任) stands in columns too, and is none: its first column ends with a colon.
 */
export function alignedTables(texts: readonly PdfText[]): Stretch[] {
  const rows = rowsOf(texts).map((row) => ({ texts: row, cells: cellsOf(row) }))
  const stretches: Stretch[] = []
  let plain: PdfText[] = []
  for (let at = 0; at < rows.length;) {
    const run = alignedRun(rows, at)
    if (run.length < LEAST_ROWS) {
      plain.push(...(rows[at]?.texts ?? []))
      at++
      continue
    }
    if (plain.length > 0) stretches.push({ texts: plain })
    plain = []
    stretches.push({ table: tableOfRows(run), top: run[0]?.cells[0]?.y ?? 0 })
    at += run.length
  }
  if (plain.length > 0) stretches.push({ texts: plain })
  return stretches
}

function cellsOf(row: readonly PdfText[]): PdfLine[] {
  const cells: PdfText[][] = []
  let right = Number.NEGATIVE_INFINITY
  for (const text of row) {
    const last = cells.at(-1)
    if (last !== undefined && text.x - right < text.size * 1.2) last.push(text)
    else cells.push([text])
    right = Math.max(right, text.x + text.width)
  }
  return cells.map(lineOf)
}

function alignedRun(rows: readonly SpacedRow[], from: number): SpacedRow[] {
  const first = rows[from]
  if (first === undefined || !couldBegin(first)) return []
  const run = [first]
  for (let at = from + 1; at < rows.length; at++) {
    const row = rows[at]
    const above = run.at(-1)
    if (row === undefined || above === undefined || !standsBelow(above, row)) break
    run.push(row)
  }
  return run
}

function couldBegin({ cells }: SpacedRow): boolean {
  return cells.length >= LEAST_COLUMNS && cells.every(({ text }) => text.length <= 40 && !/[：:]$/.test(text))
}

function standsBelow(above: SpacedRow, row: SpacedRow): boolean {
  const gap = (row.cells[0]?.y ?? 0) - (above.cells[0]?.y ?? 0)
  return (
    row.cells.length === above.cells.length &&
    gap < 4 * (row.cells[0]?.size ?? 0) &&
    !/[：:]$/.test(row.cells[0]?.text ?? '') &&
    row.cells.every((cell, i) => isAligned(cell, above.cells[i]))
  )
}

/** By its beginning, its middle or its end. */
function isAligned(cell: PdfLine, above: PdfLine | undefined): boolean {
  if (above === undefined) return false
  const near = cell.size * 0.6
  return (
    Math.abs(cell.x - above.x) < near ||
    Math.abs(cell.right - above.right) < near ||
    Math.abs(cell.x + cell.right - above.x - above.right) < near * 2
  )
}

function tableOfRows(run: readonly SpacedRow[]): PdfTable {
  const rows = run.map(({ cells }) =>
    cells.map(({ text }, column): CellDraft => ({ text, column, colSpan: 1, rowSpan: 1 })),
  )
  const columns = (run[0]?.cells ?? []).map((_, column) => Math.min(...run.map(({ cells }) => cells[column]?.x ?? 0)))
  return { columns, rows }
}
