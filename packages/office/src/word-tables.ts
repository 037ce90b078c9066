import { DEFAULT_ARCHIVE_LIMITS, inflateChunks, InflateBudget, openArchive, type ArchiveLimits } from './archive.js'
import { LANDSCAPE, type FormPage } from './form-layout.js'
import { OfficeRefusal } from './refusal.js'
import { decodeText, localAttribute, tokenizeAll, type XmlSink } from './xml-tokens.js'

export interface WordCell {
  /** Without white space. */
  readonly text: string
  /** As broken by hand, by paragraphs or line breaks. */
  readonly lines: readonly string[]
  readonly colSpan: number
  readonly vMerge: 'start' | 'continue' | null
  /** Half-points and twips of its first run and paragraph; null where a style gives them. */
  readonly fontSize: number | null
  readonly lineHeight: number | null
}

export interface WordRow {
  readonly cells: readonly WordCell[]
  readonly height: number | null
  readonly isHeader: boolean
}

export interface WordTable {
  readonly columnWidths: readonly number[]
  readonly rows: readonly WordRow[]
}

export interface WordParagraph {
  /** With its white space; a line break is `\n`. */
  readonly text: string
  readonly fontSize: number | null
  readonly lineHeight: number | null
}

export type BodyItem = { readonly paragraph: WordParagraph } | { readonly table: WordTable }

export interface WordTables {
  readonly paragraphs: readonly WordParagraph[]
  readonly tables: readonly WordTable[]
  /** Both, in their order. */
  readonly body: readonly BodyItem[]
  /** The page that each item of `body` stands on, by its index. */
  pageOf(item: number): FormPage
}

/** Paragraphs and tables of a .docx. A table inside a cell counts as text of the cell. Throws `OfficeRefusal`. */
export function readWordTables(bytes: Uint8Array, limits: ArchiveLimits = DEFAULT_ARCHIVE_LIMITS): WordTables {
  const entry = openArchive(bytes, limits).entry('word/document.xml')
  if (entry === undefined)
    throw new OfficeRefusal('broken-document', '不是完整的 Word 文档。请用 Word 或 WPS 另存为 .docx 后再上传。')
  const sink = new DocumentSink()
  tokenizeAll(inflateChunks(entry, new InflateBudget(limits)), sink)
  const { body, sections } = sink
  return {
    body,
    paragraphs: body.flatMap((item) => ('paragraph' in item ? [item.paragraph] : [])),
    tables: body.flatMap((item) => ('table' in item ? [item.table] : [])),
    pageOf: (item) => sections.find(({ end }) => item < end)?.page ?? sections.at(-1)?.page ?? LANDSCAPE,
  }
}

interface OpenCell {
  paragraphs: string[]
  colSpan: number
  vMerge: 'start' | 'continue' | null
  fontSize: number | null
  lineHeight: number | null
}

interface OpenRow {
  cells: WordCell[]
  height: number | null
  isHeader: boolean
}

/** What Word shows is not the only text in a document: alternatives, deleted text and field codes are passed over. */
const UNSHOWN = new Set(['Fallback', 'del', 'moveFrom', 'instrText', 'delText', 'txbxContent'])

class DocumentSink implements XmlSink {
  readonly body: BodyItem[] = []
  readonly sections: { end: number; page: FormPage }[] = []
  private tableDepth = 0
  private widths: number[] = []
  private rows: OpenRow[] = []
  private row: OpenRow | undefined
  private cell: OpenCell | undefined
  private shown = ''
  private size: number | null = null
  private line: number | null = null
  private inText = false
  private unshown = 0
  private readonly page = { isLandscape: false, margin: { top: 0, right: 0, bottom: 0, left: 0 } }

  open(name: string, raw: string): void {
    if (UNSHOWN.has(name)) this.unshown++
    if (this.unshown > 0) return
    const value = () => localAttribute(raw, 'val')
    switch (name) {
      case 'tbl':
        if (++this.tableDepth === 1) {
          this.rows = []
          this.widths = []
        }
        return
      case 'gridCol':
        if (this.tableDepth === 1) this.widths.push(Number(localAttribute(raw, 'w') ?? 0))
        return
      case 'tr':
        if (this.tableDepth === 1) this.row = { cells: [], height: null, isHeader: false }
        return
      case 'trHeight':
        if (this.row !== undefined && this.tableDepth === 1) this.row.height = Number(value() ?? 0)
        return
      case 'tblHeader':
        if (this.row !== undefined) this.row.isHeader = !/^(0|off|false)$/.test(value() ?? 'on')
        return
      case 'tc':
        if (this.tableDepth === 1)
          this.cell = { paragraphs: [], colSpan: 1, vMerge: null, fontSize: null, lineHeight: null }
        return
      case 'gridSpan':
        if (this.cell !== undefined && this.tableDepth === 1) this.cell.colSpan = Number(value() ?? 1)
        return
      case 'vMerge':
        if (this.cell !== undefined && this.tableDepth === 1)
          this.cell.vMerge = value() === 'restart' ? 'start' : 'continue'
        return
      case 'p':
        this.shown = ''
        this.size = null
        this.line = null
        return
      case 'spacing':
        this.line ??= numberOrNull(localAttribute(raw, 'line'))
        return
      case 'sz':
        this.size ??= numberOrNull(value())
        return
      case 't':
        this.inText = true
        return
      case 'br':
      case 'cr':
        this.shown += '\n'
        return
      case 'tab':
        // The same name defines a tab stop, with a place.
        if (localAttribute(raw, 'pos') === undefined) this.shown += '\t'
        return
      case 'pgSz':
        this.page.isLandscape = Number(localAttribute(raw, 'w') ?? 0) > Number(localAttribute(raw, 'h') ?? 0)
        return
      case 'pgMar':
        for (const side of ['top', 'right', 'bottom', 'left'] as const) {
          this.page.margin[side] = Number(localAttribute(raw, side) ?? 0)
        }
    }
  }

  text(raw: string): void {
    if (this.inText && this.unshown === 0) this.shown += decodeText(raw)
  }

  close(name: string): void {
    if (UNSHOWN.has(name)) this.unshown--
    else if (this.unshown > 0) return
    else if (name === 't') this.inText = false
    else if (name === 'p') this.closeParagraph()
    else if (name === 'tc' && this.tableDepth === 1) this.closeCell()
    else if (name === 'tr' && this.tableDepth === 1 && this.row !== undefined) this.rows.push(this.row)
    else if (name === 'tbl' && --this.tableDepth === 0) {
      this.body.push({ table: { columnWidths: this.widths, rows: this.rows } })
    } else if (name === 'sectPr') this.sections.push({ end: this.body.length + 1, page: structuredClone(this.page) })
  }

  private closeParagraph(): void {
    if (this.cell === undefined) {
      if (this.tableDepth === 0)
        this.body.push({ paragraph: { text: this.shown, fontSize: this.size, lineHeight: this.line } })
      return
    }
    this.cell.paragraphs.push(this.shown)
    this.cell.fontSize ??= this.size
    this.cell.lineHeight ??= this.line
  }

  private closeCell(): void {
    const cell = this.cell
    this.cell = undefined
    if (cell === undefined || this.row === undefined) return
    const { paragraphs, ...rest } = cell
    const lines = paragraphs.flatMap((text) => text.split('\n')).filter((line) => line.trim() !== '')
    this.row.cells.push({ ...rest, lines, text: paragraphs.join('').replace(/\s+/g, '') })
  }
}

function numberOrNull(text: string | undefined): number | null {
  return text === undefined || !Number.isFinite(Number(text)) ? null : Number(text)
}
