import type { PlanLedger } from '@bihuan/domain'
import type { Paragraph } from 'docx'
import type { FormFill } from './form-line.js'
import { defaultLedgerLayout, withoutSpace, type LedgerLayout } from './form-layout.js'
import { lineParagraphs, noteLines, noteParagraphs, spacedLine, titleParagraphs } from './form-text.js'
import { borderedTable, packWord, paragraph, tableCell, tableRow, type WordSection } from './word-parts.js'
import { textWidth } from './text-width.js'
import { writeWorkbook, type WorkbookColumn, type WorkbookRow, type WorkbookSpec } from './workbook-writer.js'

export interface LedgerForm {
  readonly ledger: PlanLedger
  readonly fill?: FormFill
  /** What differs from `defaultLedgerLayout`; `layoutFromNotice` gives that of the notice itself. */
  readonly layout?: Partial<LedgerLayout>
}

/**
 * The official 清单 as a Word document. A row's cells follow the ledger's columns; a cell may hold several lines. If the first column is
 * 序号 and the row leaves it empty, it is numbered.
 */
export async function writeLedgerWord(form: LedgerForm, rows: readonly (readonly string[])[]): Promise<Uint8Array> {
  return packWord([ledgerSection(form, rows)], form.ledger.title)
}

/** The list on pages of its own: a document, or an annex of one. */
export function ledgerSection(form: LedgerForm, rows: readonly (readonly string[])[]): WordSection {
  const { ledger, fill = {} } = form
  const layout = { ...defaultLedgerLayout(ledger.columns), ...form.layout }
  const { columnWidths, fontSize, lineHeight, headerSize, notes } = layout
  const text = { face: '仿宋', size: fontSize, line: lineHeight, lineRule: 'atLeast', align: 'center' } as const
  const heading = { ...text, face: '黑体', size: headerSize } as const
  const isNumbered = ledger.columns[0] === '序号'
  const all = [...rows, ...Array.from({ length: Math.max(0, layout.minimumRows - rows.length) }, () => [])]

  const header = ledger.columns.map((column, i) => {
    const lines = layout.brokenCells.get(withoutSpace(column)) ?? [column]
    return tableCell([paragraph(lines, heading)], { width: columnWidths[i] ?? 0 })
  })
  const written = all.map((row, r) => {
    const cells = ledger.columns.map((_, i) => {
      const value = row[i] ?? ''
      const shown = value === '' && i === 0 && isNumbered ? String(r + 1) : value
      return tableCell(linesOf(shown, text), { width: columnWidths[i] ?? 0 })
    })
    return tableRow(cells, { height: layout.rowHeight, mayBreak: true })
  })
  const noteLinesBelow = noteParagraphs(ledger.notes, notes)
  const isInside = notes.place === 'inside' && noteLinesBelow.length > 0
  if (isInside) {
    const width = columnWidths.reduce((sum, each) => sum + each, 0)
    written.push(tableRow([tableCell(noteLinesBelow, { width, span: columnWidths.length })], { mayBreak: true }))
  }
  const children = [
    ...titleParagraphs(ledger.title, layout),
    ...lineParagraphs(ledger.head, fill, layout),
    borderedTable([tableRow(header, { height: layout.headerHeight, isHeader: true }), ...written], columnWidths),
    ...(isInside ? [] : noteLinesBelow),
    ...lineParagraphs(ledger.foot, fill, layout),
  ]
  return { page: layout.page, children }
}

/** Each line is a paragraph; a long one stands left, where it is easier to read than centred. */
function linesOf(
  value: string,
  style: { face: '仿宋'; size: number; line: number; lineRule: 'atLeast'; align: 'center' },
): Paragraph[] {
  const isLong = value.includes('\n') || textWidth(value) > 40
  return value.split('\n').map((line) => paragraph(line, isLong ? { ...style, align: 'left' } : style))
}

export interface LedgerSheetOptions {
  /** Choices and kind of a column, by its header. */
  readonly columns?: Readonly<Record<string, Pick<WorkbookColumn, 'choices' | 'kind' | 'width'>>>
  readonly carriesIdentity?: boolean
  readonly isFilterable?: boolean
  readonly blankRows?: number
}

/** The same as an Excel workbook, written while the rows arrive. */
export function writeLedgerExcel(
  form: LedgerForm,
  rows: AsyncIterable<WorkbookRow> | Iterable<WorkbookRow>,
  options: LedgerSheetOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const { ledger, fill = {} } = form
  const layout = { ...defaultLedgerLayout(ledger.columns), ...form.layout }
  const columns = ledger.columns.map((header, i): WorkbookColumn => ({
    header,
    width: Math.round(((layout.columnWidths[i] ?? 1000) / 105) * 10) / 10,
    ...(header === '序号' ? { kind: 'centred' as const } : {}),
    ...options.columns?.[header],
  }))
  const width = columns.reduce((sum, column) => sum + (column.width ?? 8), 0) * 0.8
  const spaced = (line: string) => spacedLine(line, fill, width)
  const spec: WorkbookSpec = {
    sheetName: ledger.title,
    title: ledger.title,
    head: ledger.head.map(spaced),
    columns,
    notes: noteLines(ledger.notes, layout.notes),
    foot: ledger.foot.map(spaced),
    isLandscape: layout.page.isLandscape,
    ...(layout.annexLabel === null ? {} : { annexLabel: layout.annexLabel }),
    ...(options.carriesIdentity === undefined ? {} : { carriesIdentity: options.carriesIdentity }),
    ...(options.isFilterable === undefined ? {} : { isFilterable: options.isFilterable }),
    ...(options.blankRows === undefined ? {} : { blankRows: options.blankRows }),
  }
  return writeWorkbook(spec, rows)
}
