import { serialOf } from './excel-date.js'
import { OfficeRefusal } from './refusal.js'
import { formatRowIdentity, type RowIdentity } from './row-identity.js'
import type { MergedRange } from './sheet-merges.js'
import type { CellStyleName } from './sheet-style.js'
import type { ListRule, SheetFrame, WrittenCell, WrittenRow } from './sheet-xml.js'
import { textWidth, wrappedLines } from './text-width.js'
import { packWorkbook } from './xlsx-package.js'

export interface WorkbookColumn {
  readonly header: string
  /** In Western characters of 宋体 11; from the header if not given. */
  readonly width?: number
  /** `date` takes civil dates and writes them as Excel dates; what is no date stays text. */
  readonly kind?: 'text' | 'centred' | 'date'
  /** The only values that may be chosen in this column. */
  readonly choices?: readonly string[]
}

export interface WorkbookSpec {
  readonly sheetName: string
  /** 附件2; stands above the title. */
  readonly annexLabel?: string
  readonly title: string
  /** Lines between title and table, already filled in. */
  readonly head?: readonly string[]
  readonly columns: readonly WorkbookColumn[]
  readonly notes?: readonly string[]
  readonly foot?: readonly string[]
  /** A hidden last column with the identity of each row, so that it goes with the row when the user sorts or inserts rows. */
  readonly carriesIdentity?: boolean
  /** Arrows to filter and sort by, over the data and its hidden column; not printed. */
  readonly isFilterable?: boolean
  /** Bordered rows without data below the data, for rows to be added by hand. */
  readonly blankRows?: number
  readonly isLandscape?: boolean
}

export interface WorkbookRow {
  readonly cells: readonly (string | number | boolean | null)[]
  readonly identity?: RowIdentity
}

export const IDENTITY_HEADER = '行标识（请勿改动）'
const MAX_CELL_CHARS = 32_767
const MAX_ROWS = 1_048_576

/**
 * An .xlsx file of one list: title, lines, column heads (frozen, printed on each page), rows, notes, lines. Written while the rows arrive.
 * Throws `OfficeRefusal` for a text longer than a cell holds or rows beyond a sheet.
 */
export function writeWorkbook(
  spec: WorkbookSpec,
  rows: AsyncIterable<WorkbookRow> | Iterable<WorkbookRow>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const sheet = new ListSheet(spec)
  return packWorkbook(sheet.frame, sheet.rows(rows), () => sheet.tail(), sheet.lists)
}

/** The bytes of a workbook as a web stream, for an HTTP answer. */
export function toReadableStream(chunks: AsyncGenerator<Uint8Array, void>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next()
      if (done === true) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await chunks.return()
    },
  })
}

/** All bytes of a workbook, for one that is known to be small. */
export async function collectBytes(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const chunk of chunks) parts.push(chunk)
  const whole = Buffer.concat(parts)
  return new Uint8Array(whole.buffer, whole.byteOffset, whole.length)
}

class ListSheet {
  readonly frame: SheetFrame
  readonly lists: readonly (readonly string[])[]
  private readonly shown: number
  private readonly widths: readonly number[]
  private readonly headerRow: number
  private readonly merges: MergedRange[] = []
  private row = 0
  private lastDataRow = 0

  constructor(private readonly spec: WorkbookSpec) {
    this.shown = spec.columns.length
    this.widths = spec.columns.map(({ header, width }) => width ?? Math.min(40, Math.max(6, textWidth(header) + 2)))
    this.headerRow = 2 + (spec.head?.length ?? 0) + (spec.annexLabel === undefined ? 0 : 1)
    this.lists = spec.columns.flatMap(({ choices }) => (choices === undefined || choices.length === 0 ? [] : [choices]))
    this.frame = {
      name: spec.sheetName,
      widths: this.hasIdentity ? [...this.widths, 24] : this.widths,
      hiddenColumns: this.hasIdentity ? [this.shown + 1] : [],
      frozenRows: this.headerRow,
      printTitleRow: this.headerRow,
      isLandscape: spec.isLandscape ?? true,
      onOnePage: false,
    }
  }

  private get hasIdentity(): boolean {
    return this.spec.carriesIdentity === true
  }

  async *rows(rows: AsyncIterable<WorkbookRow> | Iterable<WorkbookRow>): AsyncGenerator<WrittenRow> {
    const { annexLabel, title, head = [], columns, notes = [], foot = [], blankRows = 0 } = this.spec
    if (annexLabel !== undefined) yield this.merged(annexLabel, 'annex', 22)
    yield this.merged(title, 'title', 26)
    for (const line of head) yield this.merged(line, 'line', 20)
    yield this.headerCells(columns)
    for await (const row of rows) yield this.dataRow(row)
    for (let i = 0; i < blankRows; i++) yield this.dataRow({ cells: [] })
    this.lastDataRow = this.row
    for (const note of notes) yield this.merged(note, 'boxedNote', 15)
    for (const line of foot) yield this.merged(line, 'line', 24)
  }

  tail() {
    const rules: ListRule[] = []
    this.spec.columns.forEach(({ choices }, i) => {
      if (choices === undefined || choices.length === 0) return
      const place = { column: i + 1, firstRow: this.headerRow + 1, lastRow: this.lastDataRow }
      rules.push({ ...place, listColumn: this.lists.indexOf(choices) + 1, listLength: choices.length })
    })
    const right = this.shown + (this.hasIdentity ? 1 : 0)
    const range = { top: this.headerRow, left: 1, bottom: Math.max(this.headerRow, this.lastDataRow), right }
    return { merges: this.merges, lists: rules, filter: this.spec.isFilterable === true ? range : null }
  }

  private next(): number {
    if (++this.row > MAX_ROWS)
      throw new OfficeRefusal('too-many-rows', '数据超过一张工作表的行数。请缩小导出范围后再导出。')
    return this.row
  }

  /** A line over all shown columns. The style stands on every cell of it, or the border has gaps. */
  private merged(text: string, style: CellStyleName, lineHeight: number): WrittenRow {
    const row = this.next()
    if (this.shown > 1) this.merges.push({ top: row, left: 1, bottom: row, right: this.shown })
    const wide =
      this.widths.reduce((sum, width) => sum + width, 0) * (style === 'title' ? 0.6 : style === 'annex' ? 0.68 : 0.9)
    const cells = this.widths.map((_, i): WrittenCell => ({ value: i === 0 ? text : null, style }))
    return { cells, height: Math.min(400, lineHeight * wrappedLines(text, wide)) }
  }

  private headerCells(columns: readonly WorkbookColumn[]): WrittenRow {
    this.next()
    const lines = Math.max(1, ...columns.map(({ header }, i) => wrappedLines(header, (this.widths[i] ?? 8) - 1)))
    const cells = columns.map(({ header }): WrittenCell => ({ value: header, style: 'header' }))
    if (this.hasIdentity) cells.push({ value: IDENTITY_HEADER, style: 'header' })
    return { cells, height: Math.max(28, 14 * lines) }
  }

  private dataRow({ cells, identity }: WorkbookRow): WrittenRow {
    const row = this.next()
    const written = this.spec.columns.map((column, i) => this.dataCell(column, cells[i] ?? null, row, i + 1))
    if (this.hasIdentity) {
      written.push({ value: identity === undefined ? null : formatRowIdentity(identity), style: 'text' })
    }
    return { cells: written, height: this.fittedHeight(cells), isFitted: true }
  }

  /** No program fits wrapped rows reliably when it opens a file, so their height is reckoned here. */
  private fittedHeight(cells: WorkbookRow['cells']): number {
    let lines = 1
    for (let i = 0; i < cells.length; i++) {
      const value = cells[i]
      if (typeof value !== 'string' || value.length < 4) continue
      lines = Math.max(lines, wrappedLines(value, (this.widths[i] ?? 8) * 1.1 - 1))
    }
    return Math.min(409, Math.max(18, lines * 13 + 4))
  }

  private dataCell(
    column: WorkbookColumn,
    value: string | number | boolean | null,
    row: number,
    at: number,
  ): WrittenCell {
    if (typeof value === 'number') return { value, style: 'number' }
    if (typeof value === 'string' && value.length > MAX_CELL_CHARS) {
      throw new OfficeRefusal('text-too-long', '文字超过单元格上限 32,767 字，无法导出为 Excel。', { row, column: at })
    }
    if (column.kind === 'date' && typeof value === 'string') {
      const serial = serialOf(value)
      if (serial !== null) return { value: serial, style: 'date' }
    }
    return { value, style: column.kind === 'text' || column.kind === undefined ? 'text' : 'centred' }
  }
}
