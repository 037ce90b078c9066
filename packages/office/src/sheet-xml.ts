import { columnName } from './refusal.js'
import type { MergedRange } from './sheet-merges.js'
import { styleIndex, type CellStyleName } from './sheet-style.js'

/** One cell to be written. A string is always text and never a formula, whatever it begins with. */
export interface WrittenCell {
  readonly value: string | number | boolean | null
  readonly style: CellStyleName
}

export interface WrittenRow {
  readonly cells: readonly (WrittenCell | null)[]
  /** In points. */
  readonly height?: number
  /** The height is an estimate: shown so at first, fitted again when the row is edited. */
  readonly isFitted?: boolean
}

export interface SheetFrame {
  readonly name: string
  /** Width of each column, in characters of the default font. */
  readonly widths: readonly number[]
  /** Columns, counted from 1, that are not shown. */
  readonly hiddenColumns: readonly number[]
  /** Rows from the top that stay in view. */
  readonly frozenRows: number
  /** The row printed at the head of every page, counted from 1. */
  readonly printTitleRow: number | null
  readonly isLandscape: boolean
  /** Whether the whole sheet goes on one page; otherwise only its width does. */
  readonly onOnePage: boolean
}

/** A list to choose from, for a range of rows in one column; the list stands in that column of the hidden sheet. */
export interface ListRule {
  readonly column: number
  readonly firstRow: number
  readonly lastRow: number
  readonly listColumn: number
  readonly listLength: number
}

export interface SheetTail {
  readonly merges: readonly MergedRange[]
  readonly lists: readonly ListRule[]
  readonly filter: MergedRange | null
}

export const LISTS_SHEET = '选项'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

/** All that stands before the rows. */
export function sheetOpening(frame: SheetFrame): string {
  const hidden = new Set(frame.hiddenColumns)
  const columns = frame.widths.map((width, i) => {
    const isHidden = hidden.has(i + 1) ? ' hidden="1"' : ''
    return `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"${isHidden}/>`
  })
  const { frozenRows } = frame
  const pane =
    frozenRows === 0
      ? ''
      : `<pane ySplit="${frozenRows}" topLeftCell="A${frozenRows + 1}" activePane="bottomLeft" state="frozen"/>` +
        '<selection pane="bottomLeft"/>'
  return (
    `${XML_HEAD}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>` +
    `<sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews>` +
    `<sheetFormatPr defaultRowHeight="14.25"/><cols>${columns.join('')}</cols><sheetData>`
  )
}

/** All that stands behind the rows, in the order that the schema asks for. */
export function sheetClosing(frame: SheetFrame, { merges, lists, filter }: SheetTail): string {
  const filtered = filter === null ? '' : `<autoFilter ref="${rangeReference(filter)}"/>`
  const merged =
    merges.length === 0
      ? ''
      : `<mergeCells count="${merges.length}">${merges.map((m) => `<mergeCell ref="${rangeReference(m)}"/>`).join('')}</mergeCells>`
  const rules = lists.filter((rule) => rule.lastRow >= rule.firstRow).map(listRule)
  const validations =
    rules.length === 0 ? '' : `<dataValidations count="${rules.length}">${rules.join('')}</dataValidations>`
  return (
    `</sheetData>${filtered}${merged}${validations}<printOptions horizontalCentered="1"/>` +
    '<pageMargins left="0.7874" right="0.7874" top="0.7874" bottom="0.7874" header="0.3937" footer="0.3937"/>' +
    `<pageSetup paperSize="9" orientation="${frame.isLandscape ? 'landscape' : 'portrait'}"` +
    ` fitToWidth="1" fitToHeight="${frame.onOnePage ? 1 : 0}"/>` +
    '<headerFooter><oddFooter>&amp;C— &amp;P —</oddFooter></headerFooter></worksheet>'
  )
}

function listRule({ column, firstRow, lastRow, listColumn, listLength }: ListRule): string {
  const letters = columnName(column)
  const list = columnName(listColumn)
  return (
    `<dataValidation type="list" allowBlank="1" showErrorMessage="1" errorTitle="请从列表中选择"` +
    ` error="此列只能填写列表中的内容。" sqref="${letters}${firstRow}:${letters}${lastRow}">` +
    `<formula1>'${LISTS_SHEET}'!$${list}$1:$${list}$${listLength}</formula1></dataValidation>`
  )
}

export function rangeReference({ top, left, bottom, right }: MergedRange): string {
  return `${columnName(left)}${top}:${columnName(right)}${bottom}`
}

const LETTERS = Array.from({ length: 256 }, (_, i) => columnName(i + 1))

export function rowXml(row: WrittenRow, number: number): string {
  const height =
    row.height === undefined ? '' : ` ht="${row.height}"${row.isFitted === true ? '' : ' customHeight="1"'}`
  let xml = `<row r="${number}"${height}>`
  for (let i = 0; i < row.cells.length; i++) {
    const cell = row.cells[i]
    if (cell === null || cell === undefined) continue
    const { value } = cell
    const place = `<c r="${LETTERS[i] ?? columnName(i + 1)}${number}" s="${styleIndex(quotedIfSign(cell))}"`
    if (value === null || value === '') xml += `${place}/>`
    else if (typeof value === 'string')
      xml += `${place} t="inlineStr"><is><t xml:space="preserve">${escapeText(value)}</t></is></c>`
    else if (typeof value === 'boolean') xml += `${place} t="b"><v>${value ? 1 : 0}</v></c>`
    else if (Number.isFinite(value)) xml += `${place}><v>${value}</v></c>`
    else throw new RangeError('a cell cannot hold a number that is not finite')
  }
  return `${xml}</row>`
}

/** Text that a program could take for a formula when it is edited or saved as CSV carries the mark of text (`'`). */
function quotedIfSign({ value, style }: WrittenCell): CellStyleName {
  if (typeof value !== 'string' || !/^[=+\-@\t\r]/.test(value)) return style
  if (style === 'text') return 'quoted'
  return style === 'centred' ? 'centredQuoted' : style
}

const NEEDS_ESCAPE = /[&<>\r\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ud800-\udfff]|_x[0-9A-Fa-f]{4}_/

/** Text for XML. What XML cannot hold is left out; a text that looks like Excel's own escape (`_x000D_`) is escaped itself. */
export function escapeText(text: string): string {
  if (!NEEDS_ESCAPE.test(text)) return text
  return text
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
}

export function escapeAttribute(text: string): string {
  return escapeText(text).replace(/"/g, '&quot;').replace(/\n/g, '&#10;')
}
