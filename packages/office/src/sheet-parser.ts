import type { CellValue } from './cell-value.js'
import { OfficeRefusal } from './refusal.js'
import { parseCellReference } from './sheet-merges.js'
import { RichText, unescapeCharacters, type WorkbookParts } from './workbook-parts.js'
import { attribute, decodeText, type XmlSink } from './xml-tokens.js'

export interface ParsedRow {
  readonly row: number
  readonly cells: CellValue[]
  readonly hidden: boolean
}

const MAX_ROW = 1_048_576

/** Turns the tokens of one sheet into rows. Cells out of their place (`B5` in row 3) and rows out of order are refused. */
export class SheetParser implements XmlSink {
  private rows: ParsedRow[] = []
  private inRows = false
  private row = 0
  private column = 0
  private hidden = false
  private cells: CellValue[] = []
  private type = ''
  private isDate = false
  private isValue = false
  private raw = ''
  private inline: string | undefined
  private inInline = false
  private readonly rich = new RichText((text) => void (this.inline = text), 'is')

  constructor(
    private readonly sheet: string,
    private readonly parts: WorkbookParts,
    private readonly maxColumns: number,
  ) {}

  /** Rows that are complete since the last call. */
  takeRows(): ParsedRow[] {
    const rows = this.rows
    if (rows.length > 0) this.rows = []
    return rows
  }

  open(name: string, raw: string): void {
    if (this.inInline) return this.rich.open(name)
    switch (name) {
      case 'c':
        if (this.inRows) this.openCell(raw)
        return
      case 'v':
        this.isValue = this.inRows
        this.raw = ''
        return
      case 'row':
        if (this.inRows) this.openRow(raw)
        return
      case 'is':
        this.inInline = this.inRows
        this.rich.open(name)
        return
      case 'sheetData':
        this.inRows = true
    }
  }

  text(raw: string): void {
    if (this.isValue) {
      this.raw += raw
      if (this.raw.length > 100_000)
        throw new OfficeRefusal('text-too-long', '单元格文字过长，请删减后再上传。', this.place())
    } else if (this.inInline) this.rich.text(raw)
  }

  close(name: string): void {
    if (this.inInline) {
      this.rich.close(name)
      if (name === 'is') this.inInline = false
      return
    }
    switch (name) {
      case 'c':
        if (this.inRows) this.closeCell()
        return
      case 'v':
        this.isValue = false
        return
      case 'row':
        if (this.inRows && this.cells.length > 0)
          this.rows.push({ row: this.row, cells: this.cells, hidden: this.hidden })
        return
      case 'sheetData':
        this.inRows = false
    }
  }

  private openRow(raw: string): void {
    const number = attribute(raw, 'r')
    const row = number === undefined ? this.row + 1 : Number(number)
    if (!Number.isInteger(row) || row <= this.row || row > MAX_ROW) throw this.misplaced()
    this.row = row
    this.column = 0
    this.cells = []
    this.hidden = /^(1|true)$/.test(attribute(raw, 'hidden') ?? '')
  }

  private openCell(raw: string): void {
    const ref = attribute(raw, 'r')
    if (ref === undefined) this.column++
    else {
      const at = parseCellReference(ref)
      if (at === null || at.row !== this.row || at.column <= this.column) throw this.misplaced()
      this.column = at.column
    }
    this.type = attribute(raw, 't') ?? 'n'
    this.isDate = this.type === 'n' && (this.parts.dateFormats[Number(attribute(raw, 's') ?? -1)] ?? false)
    this.raw = ''
    this.inline = undefined
  }

  private closeCell(): void {
    const value = this.value()
    if (value === null || value === '') return
    if (this.column > this.maxColumns) {
      throw new OfficeRefusal(
        'too-many-columns',
        `超出可读取的列数（${this.maxColumns} 列）。请删去右侧多余的内容后再上传。`,
        this.place(),
      )
    }
    while (this.cells.length < this.column - 1) this.cells.push(null)
    this.cells.push(value)
  }

  private value(): CellValue {
    const raw = this.raw
    switch (this.type) {
      case 'inlineStr':
        return this.inline === undefined ? null : detached(this.inline)
      case 's': {
        if (raw === '') return null
        const text = this.parts.sharedStrings.get(Number(raw))
        if (text === undefined)
          throw new OfficeRefusal(
            'broken-workbook',
            '单元格指向的文字不存在，文件已损坏。请另存后再上传。',
            this.place(),
          )
        return text
      }
      case 'str':
        return detached(unescapeCharacters(decodeText(raw)))
      case 'b':
        return raw === '' ? null : raw.trim() === '1' || raw.trim() === 'true'
      case 'e':
        return raw === '' ? null : { error: detached(decodeText(raw)) }
      case 'd':
        return raw === '' ? null : detached(raw)
      default:
        return this.number(raw)
    }
  }

  private number(raw: string): CellValue {
    if (raw.trim() === '') return null
    const value = Number(raw)
    if (!Number.isFinite(value))
      throw new OfficeRefusal('broken-workbook', '单元格中的数字无法识别，文件已损坏。请另存后再上传。', this.place())
    return this.isDate ? { serial: value, system: this.parts.dateSystem } : value
  }

  private place() {
    return { sheet: this.sheet, row: this.row, column: this.column }
  }

  private misplaced(): OfficeRefusal {
    return new OfficeRefusal(
      'broken-workbook',
      '单元格位置错乱，文件可能被改动过。请用 Excel 或 WPS 另存后再上传。',
      this.place(),
    )
  }
}

/**
 * A copy that does not share memory: V8 cuts strings of 13 characters and more as views, and one kept name would keep 32 KB and
 * more of XML alive with it.
 */
function detached(text: string): string {
  return text.length < 13 ? text : Buffer.from(text, 'utf16le').toString('utf16le')
}
