import type { PlanMetricTable } from '@bihuan/domain'
import type { Paragraph } from 'docx'
import type { FormFill } from './form-line.js'
import { defaultMetricLayout, withoutSpace, type MetricTableLayout } from './form-layout.js'
import { lineParagraphs, noteLines, noteParagraphs, spacedLine, titleParagraphs } from './form-text.js'
import { metricGrid, type MetricGridRow, type MetricValues } from './metric-table-grid.js'
import type { MergedRange } from './sheet-merges.js'
import type { SheetFrame, WrittenCell, WrittenRow } from './sheet-xml.js'
import { breakEvenly, breakGroupName } from './text-break.js'
import { wrappedLines } from './text-width.js'
import { borderedTable, packWord, paragraph, tableCell, tableRow, type WordSection } from './word-parts.js'
import { collectBytes } from './workbook-writer.js'
import { packWorkbook } from './xlsx-package.js'

export interface MetricTableForm {
  readonly table: PlanMetricTable
  readonly values: MetricValues
  readonly fill?: FormFill
  /** What differs from `defaultMetricLayout`; `layoutFromNotice` gives that of the notice itself. */
  readonly layout?: Partial<MetricTableLayout>
}

/** The official 调度表 as a Word document. */
export async function writeMetricTableWord(form: MetricTableForm): Promise<Uint8Array> {
  return packWord([metricTableSection(form)], form.table.title)
}

/** The form on a page of its own: a document, or an annex of one. */
export function metricTableSection(form: MetricTableForm): WordSection {
  const { table, fill = {} } = form
  const { layout, rows } = laidOut(form)
  const { columnWidths, notes } = layout
  const cells = cellParagraphs(layout)
  const written = rows.map((row) => {
    const [groupWidth = 0, ...widths] = columnWidths
    const group =
      row.group === null
        ? tableCell([cells('')], { width: groupWidth, merge: 'continue' })
        : tableCell([cells(row.group.name, 'group')], {
            width: groupWidth,
            ...(row.group.rows > 1 ? { merge: 'start' } : {}),
          })
    const triples = row.triples.flatMap(({ ordinal, label, value }, p) => [
      tableCell([cells(ordinal)], { width: widths[p * 3] ?? 0 }),
      tableCell([cells(label, 'label')], { width: widths[p * 3 + 1] ?? 0 }),
      tableCell([cells(value)], { width: widths[p * 3 + 2] ?? 0 }),
    ])
    return tableRow([group, ...triples], { height: layout.rowHeight })
  })
  const noteLinesBelow = noteParagraphs(table.notes, notes)
  const isInside = notes.place === 'inside' && noteLinesBelow.length > 0
  if (isInside) {
    const width = columnWidths.reduce((sum, each) => sum + each, 0)
    written.push(tableRow([tableCell(noteLinesBelow, { width, span: columnWidths.length })], { mayBreak: true }))
  }
  const children = [
    ...titleParagraphs(table.title, layout),
    ...lineParagraphs(table.head, fill, layout),
    borderedTable(written, columnWidths),
    ...(isInside ? [] : noteLinesBelow),
    ...lineParagraphs(table.foot, fill, layout, 240),
  ]
  return { page: layout.page, children }
}

function laidOut({ table, values, layout: wanted = {} }: MetricTableForm): {
  layout: MetricTableLayout
  rows: readonly MetricGridRow[]
} {
  const pairs = wanted.pairsPerRow ?? 2
  const rows = metricGrid(table, values, pairs)
  return { rows, layout: { ...defaultMetricLayout(rows.length, pairs), ...wanted } }
}

type CellKind = 'group' | 'label'

function cellParagraphs(layout: MetricTableLayout): (text: string, kind?: CellKind) => Paragraph {
  const { fontSize, lineHeight } = layout
  const style = { face: '仿宋', size: fontSize, line: lineHeight, lineRule: 'atLeast', align: 'center' } as const
  return (text, kind) => paragraph(kind === undefined ? text : cellLines(text, kind, layout), style)
}

/** Broken where the notice breaks it by hand, otherwise evenly. */
function cellLines(
  text: string,
  kind: CellKind,
  { columnWidths, fontSize, brokenCells }: MetricTableLayout,
): readonly string[] {
  const byHand = brokenCells.get(withoutSpace(text))
  if (byHand !== undefined) return byHand
  const room = ((columnWidths[kind === 'group' ? 0 : 2] ?? 0) - 120) / (fontSize * 5)
  return kind === 'group' ? breakGroupName(text, Math.floor(room / 2)) : breakEvenly(text, Math.floor(room))
}

const TWIPS_PER_CHARACTER = 105

/** The same form as an Excel sheet on one page. */
export async function writeMetricTableExcel(form: MetricTableForm): Promise<Uint8Array> {
  const { table, fill = {} } = form
  const { layout, rows } = laidOut(form)
  const widths = layout.columnWidths.map((width) => Math.round((width / TWIPS_PER_CHARACTER) * 10) / 10)
  const total = widths.reduce((sum, width) => sum + width, 0)
  const merges: MergedRange[] = []
  const written: WrittenRow[] = []

  const across = (text: string, style: WrittenCell['style'], height: number, columns: number) => {
    const row = written.length + 1
    merges.push({ top: row, left: 1, bottom: row, right: widths.length })
    const cells = widths.map((_, i): WrittenCell => ({ value: i === 0 ? text : null, style }))
    written.push({ cells, height: height * wrappedLines(text, columns) })
  }
  if (layout.annexLabel !== null) across(layout.annexLabel, 'annex', 22, total)
  across(table.title, 'title', 26, total * 0.6)
  for (const line of table.head) across(spacedLine(line, fill, total * 0.9), 'line', 22, Infinity)
  for (const row of rows) {
    const top = written.length + 1
    if (row.group !== null && row.group.rows > 1)
      merges.push({ top, left: 1, bottom: top + row.group.rows - 1, right: 1 })
    written.push({ cells: sheetCells(row, layout), height: Math.max(34, layout.rowHeight / 20) })
  }
  const notes = noteLines(table.notes, layout.notes)
  for (const note of notes) across(note, layout.notes.place === 'inside' ? 'boxedNote' : 'note', 15, total * 0.9)
  for (const line of table.foot) across(spacedLine(line, fill, total * 0.9), 'line', 26, Infinity)

  const frame: SheetFrame = {
    name: '调度表',
    widths,
    hiddenColumns: [],
    frozenRows: 0,
    printTitleRow: null,
    isLandscape: layout.page.isLandscape,
    onOnePage: true,
  }
  return collectBytes(packWorkbook(frame, written, () => ({ merges, lists: [], filter: null }), []))
}

function sheetCells({ group, triples }: MetricGridRow, layout: MetricTableLayout): WrittenCell[] {
  const cell = (value: string, kind: CellKind): WrittenCell => ({
    value: value === '' ? null : sheetLines(value, kind, layout).join('\n'),
    style: 'centred',
  })
  return [
    cell(group?.name ?? '', 'group'),
    ...triples.flatMap(({ ordinal, label, value }) => [figureCell(ordinal), cell(label, 'label'), figureCell(value)]),
  ]
}

/** Word leaves no bracket alone on a line; a sheet does, so a label that the notice leaves to Word is broken here. */
function sheetLines(text: string, kind: CellKind, layout: MetricTableLayout): readonly string[] {
  const lines = cellLines(text, kind, layout)
  return lines.length > 1 ? lines : cellLines(text, kind, { ...layout, brokenCells: new Map() })
}

/** A plain figure is a number, so that a clerk's sum counts it; 12，3.50 and 是 are text. */
function figureCell(value: string): WrittenCell {
  const isPlain = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,4})?$/.test(value) && String(Number(value)) === value
  return isPlain ? { value: Number(value), style: 'number' } : { value: value === '' ? null : value, style: 'centred' }
}
