import type { Plan, PlanLedger, PlanMetricTable } from '@bihuan/domain'
import { withoutSpace } from './form-layout.js'
import { collectBytes } from './workbook-writer.js'
import { writeLedgerExcel, writeLedgerWord } from './ledger-form.js'
import { writeMetricTableExcel, writeMetricTableWord } from './metric-table-form.js'
import { findAnnex, ledgerLayoutFromNotice, metricLayoutFromNotice, type FoundAnnex } from './notice-layout.js'
import { readSheetGrid, type GridCell } from './sheet-grid.js'
import { readWordTables, type WordTable } from './word-tables.js'

/** One place where two forms differ. Rows and cells are counted from 1; 0 is the form as a whole. */
export interface Difference {
  readonly what: 'missing' | 'rows' | 'cells' | 'text' | 'colSpan' | 'vMerge' | 'rowSpan' | 'widths' | 'line'
  readonly row: number
  readonly cell: number
  readonly expected: string
  readonly actual: string
}

export interface NoticeComparison {
  readonly ordinal: number
  readonly title: string
  readonly word: readonly Difference[]
  readonly excel: readonly Difference[]
}

/**
 * Compares a form with its model, cell by cell: text without white space, spans and merges. A cell that is blank in the model is there to
 * be filled in, so any text may stand in it.
 */
export function compareTables(model: WordTable, made: WordTable): Difference[] {
  const differences: Difference[] = []
  const differ = (what: Difference['what'], row: number, cell: number, expected: unknown, actual: unknown) => {
    if (expected !== actual) differences.push({ what, row, cell, expected: String(expected), actual: String(actual) })
  }
  differ('widths', 0, 0, model.columnWidths.join(' '), made.columnWidths.join(' '))
  differ('rows', 0, 0, model.rows.length, made.rows.length)
  model.rows.forEach(({ cells }, r) => {
    const others = made.rows[r]?.cells
    if (others === undefined) return
    differ('cells', r + 1, 0, cells.length, others.length)
    cells.forEach((cell, c) => {
      const other = others[c]
      if (other === undefined) return
      if (cell.text !== '') differ('text', r + 1, c + 1, cell.text, other.text)
      differ('colSpan', r + 1, c + 1, cell.colSpan, other.colSpan)
      differ('vMerge', r + 1, c + 1, cell.vMerge, other.vMerge)
    })
  })
  return differences
}

/**
 * Writes each 调度表 and 清单 of a plan, empty, in the layout of its notice, as Word and as Excel, reads both back and compares them with the
 * annex in the notice's own document.
 */
export async function compareWithNotice(plan: Plan, docx: Uint8Array): Promise<readonly NoticeComparison[]> {
  const notice = readWordTables(docx)
  const compared: NoticeComparison[] = []
  for (const annex of plan.annexes) {
    if (annex.kind !== 'metric-table' && annex.kind !== 'ledger') continue
    const { ordinal, title } = annex
    const found = findAnnex(notice, annex)
    if (found === null) {
      const missing: Difference = { what: 'missing', row: 0, cell: 0, expected: title, actual: '' }
      compared.push({ ordinal, title, word: [missing], excel: [missing] })
      continue
    }
    const { word, excel } =
      annex.kind === 'metric-table'
        ? await writtenMetricTable(annex, metricLayoutFromNotice(notice, annex) ?? {})
        : await writtenLedger(annex, ledgerLayoutFromNotice(notice, annex) ?? {})
    compared.push({ ordinal, title, word: compareWord(found, annex, word), excel: await compareExcel(found, excel) })
  }
  return compared
}

async function writtenMetricTable(
  table: PlanMetricTable,
  layout: NonNullable<ReturnType<typeof metricLayoutFromNotice>>,
) {
  const form = { table, values: {}, layout }
  return { word: await writeMetricTableWord(form), excel: await writeMetricTableExcel(form) }
}

async function writtenLedger(ledger: PlanLedger, layout: NonNullable<ReturnType<typeof ledgerLayoutFromNotice>>) {
  const form = { ledger, layout }
  const numbered = Array.from({ length: layout.minimumRows ?? 0 }, (_, i) => ({ cells: [String(i + 1)] }))
  return { word: await writeLedgerWord(form, []), excel: await collectBytes(writeLedgerExcel(form, numbered)) }
}

function compareWord(found: FoundAnnex, annex: PlanMetricTable | PlanLedger, word: Uint8Array): Difference[] {
  const made = readWordTables(word)
  const own = findAnnex(made, annex)
  if (own === null) return [{ what: 'missing', row: 0, cell: 0, expected: annex.title, actual: '' }]
  const differences = compareTables(found.table, own.table)
  const expected = linesAround(found)
  const actual = linesAround(own)
  for (let i = 0; i < Math.max(expected.length, actual.length); i++) {
    if (expected[i] === actual[i]) continue
    differences.push({ what: 'line', row: 0, cell: i + 1, expected: expected[i] ?? '', actual: actual[i] ?? '' })
  }
  return differences
}

function linesAround({ above, below }: FoundAnnex): string[] {
  return [...above, ...below].map(({ text }) => withoutSpace(text)).filter((text) => text !== '')
}

/** Texts and merges of the table's cells; the notes of a last row stand in rows of their own in a sheet, and are compared as text. */
async function compareExcel({ table }: FoundAnnex, bytes: Uint8Array): Promise<Difference[]> {
  const model = gridOfTable(table)
  const sheet = await readSheetGrid(bytes)
  const first = model.find(({ text }) => text !== '')
  const start = sheet.find(({ text, column }) => text === first?.text && column === first.column)
  if (first === undefined || start === undefined) {
    return [{ what: 'missing', row: 0, cell: 0, expected: first?.text ?? '', actual: '' }]
  }
  const down = start.row - first.row
  const byPlace = new Map(sheet.map((cell) => [`${cell.row}:${cell.column}`, cell]))
  const width = table.columnWidths.length
  const differences: Difference[] = []
  for (const cell of model) {
    if (cell.colSpan === width && cell.row === table.rows.length) {
      const below = sheet.filter(({ row, colSpan }) => row >= cell.row + down && colSpan === width)
      if (
        below
          .map(({ text }) => text)
          .join('')
          .startsWith(cell.text)
      )
        continue
    }
    const other = byPlace.get(`${cell.row + down}:${cell.column}`) ?? { text: '', rowSpan: 1, colSpan: 1 }
    for (const what of ['text', 'rowSpan', 'colSpan'] as const) {
      if ((what === 'text' && cell.text === '') || cell[what] === other[what]) continue
      differences.push({
        what,
        row: cell.row,
        cell: cell.column,
        expected: String(cell[what]),
        actual: String(other[what]),
      })
    }
  }
  return differences
}

/** The cells of a Word table by their place in its grid, as a sheet has them. */
export function gridOfTable(table: WordTable): readonly GridCell[] {
  const cells: { row: number; column: number; rowSpan: number; colSpan: number; text: string }[] = []
  const openAt = new Map<number, (typeof cells)[number]>()
  table.rows.forEach((row, r) => {
    let column = 1
    for (const { text, colSpan, vMerge } of row.cells) {
      const above = openAt.get(column)
      if (vMerge === 'continue' && above !== undefined) above.rowSpan++
      else {
        const cell = { row: r + 1, column, rowSpan: 1, colSpan, text }
        cells.push(cell)
        if (vMerge === 'start') openAt.set(column, cell)
        else openAt.delete(column)
      }
      column += colSpan
    }
  })
  return cells
}
