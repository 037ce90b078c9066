import type { NoticeDocument } from '@bihuan/domain'
import { HtmlList, withPoint } from './html-list.js'
import { HtmlTableDraft, writePiece, type HtmlPiece } from './html-table.js'
import { wholeNumber } from './nested-sink.js'
import type { NoticeLimits } from './notice-limits.js'
import { legible, type NoticeWriter, type ParagraphLook } from './notice-writer.js'

type Attributes = Readonly<Record<string, string>>

interface OpenElement {
  readonly name: string
  readonly align: ParagraphLook['align']
  readonly level: number | null
  readonly isKept: boolean
  readonly isHidden: boolean
  readonly list: HtmlList | null
  readonly table: HtmlTableDraft | null
}

/** Elements that stand on lines of their own. */
const BLOCKS = new Set(
  (
    'address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 ' +
    'header hgroup hr html legend li main ol p pre section summary table tbody td tfoot th thead tr ul'
  ).split(' '),
)

/** What a page has beside its text, and what was struck out of it. */
const BESIDE = new Set(
  (
    'applet audio button canvas del embed footer frameset head iframe input map math nav noframes noscript object script select style ' +
    'svg template textarea title video rt rp'
  ).split(' '),
)

/** Tables in tables lay out a page; deeper than this nobody does. */
const MAX_TABLES = 16

/** The flow of a page: elements open and close, text runs between them, and paragraphs and tables come out in their order. */
export class HtmlFlow {
  private readonly elements: OpenElement[] = []
  private readonly tables: HtmlTableDraft[] = []
  private line: string[] = []
  private point = ''

  constructor(
    private readonly writer: NoticeWriter,
    private readonly limits: NoticeLimits,
  ) {}

  private get around(): OpenElement | undefined {
    return this.elements.at(-1)
  }

  open(name: string, attributes: Attributes): void {
    const { around } = this
    const style = attributes['style'] ?? ''
    if (around?.isHidden !== true) {
      if (name === 'br') this.lineBreak()
      if (BLOCKS.has(name)) this.flush()
      if (/page-break-before\s*:\s*always|break-before\s*:\s*page/i.test(style)) this.writer.breakPage()
    }
    const isHidden =
      around?.isHidden === true ||
      BESIDE.has(name) ||
      attributes['hidden'] !== undefined ||
      /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)/i.test(style)
    const isOpeningTable = name === 'table' && !isHidden && this.tables.length < MAX_TABLES
    const element: OpenElement = {
      name,
      align: alignOf(name, attributes['align'], style) ?? around?.align ?? null,
      level: /^h[1-6]$/.test(name) ? Number(name[1]) : (around?.level ?? null),
      isKept: name === 'pre' || around?.isKept === true,
      isHidden,
      list: name === 'ol' || name === 'ul' ? new HtmlList(name === 'ol', attributes) : (around?.list ?? null),
      table: isOpeningTable ? new HtmlTableDraft(this.limits.maxColumns) : (around?.table ?? null),
    }
    this.elements.push(element)
    if (isHidden) return
    if (isOpeningTable && element.table !== null) this.tables.push(element.table)
    if (name === 'li') this.point = element.list?.count(attributes) ?? ''
    if (name === 'tr') element.table?.openRow()
    if (name === 'td' || name === 'th') {
      element.table?.openCell(spanOf(attributes['colspan']), spanOf(attributes['rowspan']))
    }
  }

  close(name: string): void {
    const { around } = this
    if (around === undefined) return
    if (!around.isHidden && BLOCKS.has(name)) this.flush()
    this.elements.pop()
    if (around.isHidden) return
    if (name === 'td' || name === 'th') around.table?.closeCell()
    else if (name === 'tr') around.table?.closeRow()
    else if (name === 'table' && around.table !== null && around.table !== this.around?.table) {
      this.tables.pop()
      for (const piece of around.table.finish()) this.put(piece)
    }
  }

  text(text: string): void {
    if (this.around?.isHidden === true) return
    this.line.push(this.around?.isKept === true ? text : text.replace(/[ \t\r\n\f]+/g, blank))
  }

  finish(): NoticeDocument {
    this.flush()
    return this.writer.finish('html')
  }

  /** Pages break paragraphs by `<br>` as often as by `<p>`; a heading, or a cell, may be broken into lines. */
  private lineBreak(): void {
    if ((this.around?.level ?? null) !== null || this.tables.at(-1)?.isInCell === true) this.line.push('\n')
    else this.flush()
  }

  private flush(): void {
    if (this.line.length === 0) return
    const raw = this.line.join('')
    this.line = []
    const text = this.around?.isKept === true ? legible(raw).trim() : unbroken(raw)
    if (text === '') return
    const { level = null, align = null } = this.around ?? {}
    const look: ParagraphLook = { level, align, pageBreakBefore: false }
    for (const one of this.around?.isKept === true ? text.split('\n') : [text]) {
      this.put({ paragraph: { text: withPoint(this.point, one), look } })
      this.point = ''
    }
  }

  private put(piece: HtmlPiece): void {
    if (this.tables.at(-1)?.add(piece) !== true) writePiece(this.writer, piece)
  }
}

/** What is left of white space between two words: whether there was a line end is still of use. */
function blank(space: string): string {
  return /[\r\n]/.test(space) ? '\u2028' : ' '
}

const WIDE = '[\\u2e80-\\u9fff\\uf900-\\ufaff\\ufe30-\\ufe4f\\uff00-\\uffef\\u3000-\\u303f“”‘’…—]'
const BROKEN = new RegExp(`(?<=${WIDE})\\u2028+(?=${WIDE})`, 'g')

/** Lines of the source that end between Chinese characters go on without a space. */
function unbroken(raw: string): string {
  return legible(raw.replace(BROKEN, '').replaceAll('\u2028', ' '))
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')
}

function alignOf(name: string, attribute: string | undefined, style: string): ParagraphLook['align'] {
  const stated = /(?:^|;)\s*text-align\s*:\s*([\w-]+)/i.exec(style)?.[1] ?? attribute
  switch (stated?.toLowerCase()) {
    case 'center':
      return 'center'
    case 'right':
    case 'end':
      return 'right'
    case undefined:
      return name === 'center' ? 'center' : null
    default:
      return 'left'
  }
}

/** 0 is "to the end of the group"; what is too far is cut where the table is written. */
function spanOf(attribute: string | undefined): number {
  const span = wholeNumber(attribute, 0, 65_534) ?? 1
  return span === 0 ? 65_534 : span
}
