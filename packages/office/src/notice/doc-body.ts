import type { NoticeDocument } from '@bihuan/domain'
import type { DocPiece } from './doc-pieces.js'
import { byteOf, isSet, runAt, SPRM, sprmsIn, type PropertyRun, type Sprm } from './doc-properties.js'
import type { DocStyle } from './doc-styles.js'
import { DocTableDraft } from './doc-table.js'
import type { NoticeLimits } from './notice-limits.js'
import type { NoticeWriter, ParagraphLook } from './notice-writer.js'
import { withNumber, type NumberingLists } from './numbering-lists.js'
import { WordFields } from './word-fields.js'
import { symbolText } from './word-symbols.js'

/** What the file says of its text, apart from it. */
export interface DocLook {
  readonly characters: readonly PropertyRun[]
  readonly paragraphs: readonly PropertyRun[]
  readonly style: (number: number) => DocStyle
  readonly lists: NumberingLists
  /** Properties that are too long for their place. */
  readonly data: Buffer
}

/** Characters that are marks, and no text ([MS-DOC] 2.4.3). */
const CELL = 0x07
const LINE = 0x0b
const PAGE = 0x0c
const PARAGRAPH = 0x0d
const COLUMN = 0x0e
const FIELD_BEGIN = 0x13
const FIELD_SEPARATOR = 0x14
const FIELD_END = 0x15
const NO_BREAK_HYPHEN = 0x1e
const SYMBOL = 0x28

/** The text of a Word 97 file, character by character, as Word shows it when all tracked changes are accepted. */
export class DocBody {
  private line: string[] = []
  private readonly fields = new WordFields()
  private table: DocTableDraft | null = null
  private run: PropertyRun | null = null
  private isShown = true
  private isDeleted = false

  constructor(
    private readonly writer: NoticeWriter,
    private readonly limits: NoticeLimits,
    private readonly look: DocLook,
  ) {}

  read(pieces: readonly DocPiece[]): void {
    for (const { text, at, bytesEach } of pieces) {
      this.run = null
      for (let i = 0; i < text.length; i++) this.character(text.charCodeAt(i), text[i] ?? '', at + i * bytesEach)
    }
    if (this.line.length > 0) this.endParagraph(null)
    this.endTable()
  }

  finish(): NoticeDocument {
    return this.writer.finish('doc')
  }

  private character(code: number, character: string, place: number): void {
    if (this.run === null || place >= this.run.to || place < this.run.from) this.enterRun(place)
    switch (code) {
      case PARAGRAPH:
        // One whose mark was deleted goes on in the next.
        if (!this.isDeleted) this.endParagraph(place)
        return
      case CELL:
        return this.endCell(place)
      case PAGE:
        this.endParagraph(place)
        return this.writer.breakPage()
      case FIELD_BEGIN:
        return this.fields.begin()
      case FIELD_SEPARATOR:
        return this.fields.separate()
      case FIELD_END:
        return this.add(this.fields.end())
      case LINE:
      case COLUMN:
        return this.add('\n')
      case NO_BREAK_HYPHEN:
        return this.add('-')
      case SYMBOL:
        return this.add(this.symbol() ?? character)
      default:
        if (code < 32 && code !== 9) return
        this.fields.instruct(character)
        this.add(character)
    }
  }

  private add(text: string): void {
    if (text !== '' && this.isShown && this.fields.isShown) this.line.push(text)
  }

  private enterRun(place: number): void {
    const { characters } = this.look
    this.run = runAt(characters, place) ?? { from: place, to: place + 1, style: null, sprms: [] }
    this.isDeleted = isSet(this.run.sprms, SPRM.CFRMarkDel)
    this.isShown = !this.isDeleted && !isSet(this.run.sprms, SPRM.CFVanish)
  }

  /** A bracket may stand for a character of a symbol font. */
  private symbol(): string | null {
    const operand = this.run?.sprms.findLast(({ code }) => code === SPRM.CSymbol)?.operand
    if (operand === undefined || operand.length < 4) return null
    return symbolText('Wingdings', operand.readUInt16LE(2).toString(16))
  }

  private propertiesAt(place: number | null): { sprms: readonly Sprm[]; style: DocStyle } {
    const run = place === null ? null : runAt(this.look.paragraphs, place)
    const style = this.look.style(run?.style ?? 0)
    return { sprms: [...style.sprms, ...(run?.sprms ?? []), ...this.longProperties(run)], style }
  }

  private longProperties(run: PropertyRun | null): Sprm[] {
    const operand = run?.sprms.findLast(({ code }) => code === SPRM.PHugePapx)?.operand
    if (operand === undefined || operand.length < 4) return []
    const { data } = this.look
    const at = operand.readUInt32LE(0)
    return at + 2 > data.length ? [] : sprmsIn(data.subarray(at + 2, at + 2 + data.readUInt16LE(at)))
  }

  private endParagraph(place: number | null): void {
    const { sprms, style } = this.propertiesAt(place)
    const text = this.numbered(this.taken(), sprms)
    if (depthOf(sprms) > 0) {
      // What ends a row of a table inside a cell says nothing.
      if (!isSet(sprms, SPRM.PFInnerTtp)) this.tableHere().addLine(text)
      return
    }
    this.endTable()
    this.writer.paragraph(text, lookOf(sprms, style))
  }

  private endCell(place: number): void {
    const { sprms } = this.propertiesAt(place)
    const table = this.tableHere()
    if (isSet(sprms, SPRM.PFTtp)) {
      this.taken()
      table.endRow(sprms)
      return
    }
    table.addLine(this.numbered(this.taken(), sprms))
    table.endCell()
  }

  private tableHere(): DocTableDraft {
    this.table ??= new DocTableDraft()
    return this.table
  }

  private endTable(): void {
    if (this.table === null) return
    const { table, left } = this.table.finish(this.limits.maxColumns)
    this.table = null
    this.writer.table(table)
    for (const line of left) this.writer.paragraph(line)
  }

  private taken(): string {
    this.fields.endParagraph()
    const text = this.line.join('')
    this.line = []
    return text
  }

  private numbered(text: string, sprms: readonly Sprm[]): string {
    const operand = sprms.findLast(({ code }) => code === SPRM.PIlfo)?.operand
    const list = operand === undefined || operand.length < 2 ? 0 : operand.readInt16LE(0)
    if (list <= 0) return text
    const number = this.look.lists.next(String(list), Math.min(8, byteOf(sprms, SPRM.PIlvl) ?? 0))
    return number === null ? text : withNumber(number, text)
  }
}

function depthOf(sprms: readonly Sprm[]): number {
  return byteOf(sprms, SPRM.PItap) ?? (isSet(sprms, SPRM.PFInTable) ? 1 : 0)
}

function lookOf(sprms: readonly Sprm[], { heading }: DocStyle): ParagraphLook {
  const outline = byteOf(sprms, SPRM.POutLvl)
  const stated = byteOf(sprms, SPRM.PJc) ?? byteOf(sprms, SPRM.PJc80)
  return {
    level: outline === null ? heading : outline > 8 ? null : outline + 1,
    align: stated === null ? null : stated === 1 ? 'center' : stated === 2 ? 'right' : 'left',
    pageBreakBefore: isSet(sprms, SPRM.PFPageBreakBefore),
  }
}
