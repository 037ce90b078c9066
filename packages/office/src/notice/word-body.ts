import type { NoticeDocument } from '@bihuan/domain'
import { decodeText, localAttribute } from '../xml-tokens.js'
import { isFormerProperty, isOn, NestedSink, wholeNumber } from './nested-sink.js'
import type { NoticeLimits } from './notice-limits.js'
import type { NoticeWriter, ParagraphLook } from './notice-writer.js'
import { WordFields } from './word-fields.js'
import { withNumber, type NumberingLists } from './numbering-lists.js'
import { outlineLevel, type WordStyles } from './word-styles.js'
import { symbolText } from './word-symbols.js'
import { WordTableDraft } from './word-table.js'

interface OpenParagraph {
  text: string
  style: string | null
  level: number | null
  hasLevel: boolean
  align: string | null
  pageBreakBefore: boolean | null
  numberId: string | null
  numberLevel: number | null
  /** Its mark was deleted: it goes on in the next paragraph. */
  isJoined: boolean
  isMarkHidden: boolean
}

/** The main part of a document, in the order of its text, as Word shows it when all tracked changes are accepted. */
export class WordBody extends NestedSink {
  hasBody = false
  private readonly paragraphs: OpenParagraph[] = []
  private readonly tables: WordTableDraft[] = []
  private readonly fields = new WordFields()
  private readonly alternatives: boolean[] = []
  private carried = ''
  private runStyle: string | null = null
  private runHidden: boolean | null = null
  private capture: 'text' | 'instruction' | null = null
  private section = { isFirst: true, firstBlock: 0, isContinuous: false }

  constructor(
    private readonly writer: NoticeWriter,
    private readonly styles: WordStyles,
    private readonly numbering: NumberingLists,
    private readonly limits: NoticeLimits,
    private readonly isGeneratedKept: boolean,
  ) {
    super()
  }

  /** A field that is passed over had no end. */
  get isCutShort(): boolean {
    return !this.isGeneratedKept && this.fields.isUnended
  }

  finish(): NoticeDocument {
    if (this.carried !== '') this.writer.paragraph(this.carried)
    return this.writer.finish('docx')
  }

  private get paragraph(): OpenParagraph | undefined {
    return this.paragraphs.at(-1)
  }

  private get table(): WordTableDraft | undefined {
    return this.tables.at(-1)
  }

  protected begin(name: string, raw: string): boolean | void {
    if (isFormerProperty(name)) return false
    if (this.parent === 'pPr' || this.grandparent === 'pPr') return this.paragraphProperty(name, raw)
    if (this.grandparent === 'sectPr' || this.parent === 'sectPr') return this.sectionProperty(name, raw)
    switch (name) {
      case 'body':
        this.hasBody = true
        return
      case 'AlternateContent':
        this.alternatives.push(false)
        return
      case 'Choice':
      case 'Fallback':
        return this.takeAlternative()
      case 'del':
        if (this.parent === 'trPr') this.table?.deleteRow()
        return this.parent === 'trPr' || this.parent === 'rPr'
      case 'moveFrom':
      case 'delText':
      case 'delInstrText':
      case 'rt':
        return false
      case 'p':
        return this.openParagraph()
      case 'r':
        this.runStyle = null
        this.runHidden = null
        return
      case 'rStyle':
        this.runStyle = localAttribute(raw, 'val') ?? null
        return
      case 'vanish':
        this.runHidden = isOn(raw)
        return
      case 't':
        this.capture = 'text'
        return
      case 'instrText':
        this.capture = 'instruction'
        return
      case 'fldChar':
        return this.fieldMark(localAttribute(raw, 'fldCharType'))
      case 'fldSimple':
        return this.fields.begin(localAttribute(raw, 'instr') ?? ' ')
      case 'br':
        return this.lineBreak(localAttribute(raw, 'type'))
      case 'cr':
        return this.add('\n')
      case 'tab':
      case 'ptab':
        return this.add('\t')
      case 'noBreakHyphen':
        return this.add('-')
      case 'sym':
        return this.add(symbolText(localAttribute(raw, 'font'), localAttribute(raw, 'char')))
      default:
        return this.tablePart(name, raw)
    }
  }

  private takeAlternative(): boolean {
    const last = this.alternatives.length - 1
    if (this.alternatives[last] === true) return false
    if (last >= 0) this.alternatives[last] = true
    return true
  }

  private tablePart(name: string, raw: string): boolean | void {
    const value = () => localAttribute(raw, 'val')
    const { table } = this
    if (name === 'tbl') {
      this.tables.push(new WordTableDraft(this.limits.maxColumns))
      return
    }
    if (table === undefined) return
    const span = () => wholeNumber(value(), 1, this.limits.maxColumns) ?? 1
    if (name === 'tr') table.openRow()
    else if (name === 'gridBefore') table.skipColumns(wholeNumber(value(), 0, this.limits.maxColumns) ?? 0)
    else if (name === 'tc') {
      if (table.isRowDeleted) return false
      table.openCell()
    } else if (table.cell !== null && this.parent === 'tcPr') {
      if (name === 'gridSpan') table.cell.colSpan = span()
      else if (name === 'vMerge') table.cell.vertical = value() === 'restart' ? 'start' : 'continue'
      else if (name === 'hMerge') table.cell.horizontal = value() === 'restart' ? 'start' : 'continue'
      else if (name === 'cellDel') table.dropCell()
    }
  }

  protected end(name: string): void {
    switch (name) {
      case 't':
      case 'instrText':
        this.capture = null
        return
      case 'fldSimple':
        this.fields.end()
        return
      case 'AlternateContent':
        this.alternatives.pop()
        return
      case 'p':
        if (this.parent !== 'pPr' && this.paragraph !== undefined) this.closeParagraph()
        return
      case 'tc':
        this.table?.closeCell()
        return
      case 'tr':
        this.table?.closeRow()
        return
      case 'tbl':
        this.closeTable()
        return
      case 'sectPr':
        this.closeSection()
    }
  }

  protected characters(raw: string): void {
    if (this.capture === 'text') this.add(decodeText(raw))
    else if (this.capture === 'instruction') this.fields.instruct(decodeText(raw))
  }

  private openParagraph(): void {
    this.paragraphs.push({
      text: '',
      style: null,
      level: null,
      hasLevel: false,
      align: null,
      pageBreakBefore: null,
      numberId: null,
      numberLevel: null,
      isJoined: false,
      isMarkHidden: false,
    })
  }

  private paragraphProperty(name: string, raw: string): boolean | void {
    const { paragraph } = this
    if (paragraph === undefined) return
    const value = () => localAttribute(raw, 'val')
    if (name === 'pStyle') paragraph.style = value() ?? null
    else if (name === 'numId') paragraph.numberId = value() ?? null
    else if (name === 'ilvl') paragraph.numberLevel = wholeNumber(value(), 0, 8)
    else if (name === 'outlineLvl') {
      paragraph.level = outlineLevel(value() ?? null)
      paragraph.hasLevel = true
    } else if (name === 'jc') paragraph.align = value() ?? null
    else if (name === 'pageBreakBefore') paragraph.pageBreakBefore = isOn(raw)
    else if (this.parent === 'rPr' && (name === 'del' || name === 'moveFrom')) paragraph.isJoined = true
    else if (this.parent === 'rPr' && name === 'vanish') paragraph.isMarkHidden = isOn(raw)
    else if (name === 'sectPr') this.section.isContinuous = false
    else if (this.parent === 'sectPr') return this.sectionProperty(name, raw)
  }

  private sectionProperty(name: string, raw: string): void {
    if (name === 'type') this.section.isContinuous = /^(continuous|nextColumn)$/.test(localAttribute(raw, 'val') ?? '')
  }

  /** A section says at its end how it began. */
  private closeSection(): void {
    const { isFirst, firstBlock, isContinuous } = this.section
    if (!isFirst && !isContinuous) this.writer.breakPageBefore(firstBlock)
    // The paragraph that holds the end of the section is still open, and belongs to it.
    const firstOfNext = this.writer.blockCount + (this.paragraphs.length > 0 ? 1 : 0)
    this.section = { isFirst: false, firstBlock: firstOfNext, isContinuous: false }
  }

  private fieldMark(kind: string | undefined): void {
    if (kind === 'begin') this.fields.begin()
    else if (kind === 'separate') this.fields.separate()
    else if (kind === 'end') {
      const shown = this.fields.end()
      if (shown !== '') this.add(shown)
    }
  }

  private lineBreak(kind: string | undefined): void {
    if (kind !== 'page') return this.add('\n')
    const { paragraph } = this
    if (paragraph === undefined || this.tables.length > 0) return this.add('\n')
    // What stands before the break is a paragraph of its own; its number belongs to it.
    if (paragraph.text.trim() !== '') {
      this.writeParagraph(paragraph)
      paragraph.numberId = '0'
      paragraph.pageBreakBefore = false
    }
    paragraph.text = ''
    this.writer.breakPage()
  }

  private add(text: string): void {
    const { paragraph } = this
    if (paragraph === undefined || text === '') return
    if (!this.isGeneratedKept && !this.fields.isShown) return
    const isHidden =
      this.runHidden ??
      this.styles.styleOf(this.runStyle).isHidden ??
      this.styles.paragraphStyle(paragraph.style).isHidden
    if (isHidden !== true) paragraph.text += text
  }

  private closeParagraph(): void {
    const paragraph = this.paragraphs.pop()
    if (paragraph === undefined) return
    this.fields.endParagraph()
    if (paragraph.isJoined) return this.carry(paragraph.text)
    if (paragraph.isMarkHidden && paragraph.text === '') return
    const cell = this.table?.cell
    if (cell === undefined || cell === null) {
      paragraph.text = this.carried + paragraph.text
      this.carried = ''
      // A table whose cell was taken away still has paragraphs to come.
      if (this.tables.length === 0) this.writeParagraph(paragraph)
      return
    }
    paragraph.text = cell.carried + paragraph.text
    cell.carried = ''
    cell.lines.push(this.numbered(paragraph))
  }

  private carry(text: string): void {
    const cell = this.table?.cell
    if (cell === undefined || cell === null) this.carried += text
    else cell.carried += text
  }

  private writeParagraph(paragraph: OpenParagraph): void {
    const style = this.styles.paragraphStyle(paragraph.style)
    const look: ParagraphLook = {
      level: paragraph.hasLevel ? paragraph.level : style.level,
      align: alignment(paragraph.align ?? style.align),
      pageBreakBefore: paragraph.pageBreakBefore ?? style.pageBreakBefore ?? false,
    }
    this.writer.paragraph(this.numbered(paragraph), look)
  }

  private numbered(paragraph: OpenParagraph): string {
    const style = this.styles.paragraphStyle(paragraph.style)
    const numberId = paragraph.numberId ?? style.numberId
    if (numberId === null || numberId === '0') return paragraph.text
    // A level that a style states belongs to the list of that style.
    const stated = paragraph.numberLevel ?? (paragraph.numberId === null ? style.numberLevel : null)
    const number = this.numbering.next(numberId, stated, style.line, (id) => this.styles.styleOf(id).numberId)
    return number === null ? paragraph.text : withNumber(number, paragraph.text)
  }

  private closeTable(): void {
    const table = this.tables.pop()
    if (table === undefined) return
    const cell = this.table?.cell
    if (this.tables.length === 0) this.writer.table(table.finish())
    else cell?.lines.push(...table.lines())
  }
}

function alignment(jc: string | null): ParagraphLook['align'] {
  switch (jc) {
    case null:
      return null
    case 'center':
      return 'center'
    case 'right':
    case 'end':
      return 'right'
    default:
      return 'left'
  }
}
