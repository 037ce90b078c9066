import type { NoticeBlock, NoticeCell, NoticeDocument, NoticeParagraph } from '@bihuan/domain'
import { OfficeRefusal } from '../refusal.js'
import type { NoticeLimits } from './notice-limits.js'

/** How a paragraph stands, as far as the file says so. */
export type ParagraphLook = Pick<NoticeParagraph, 'level' | 'align' | 'pageBreakBefore'>

/** A cell before its place in the text is known. */
export interface CellDraft {
  readonly text: string
  readonly column: number
  readonly colSpan: number
  readonly rowSpan: number
}

/** A table whose last row and column are reached by nothing: spans may be as wide as a stranger wrote them. */
export type TableDraft = readonly (readonly CellDraft[])[]

export const PLAIN: ParagraphLook = { level: null, align: null, pageBreakBefore: false }

/**
 * Writes the text of a notice and the blocks into it, the same way for every form of file:
 *
 * - a paragraph is one line (or several, where it is broken by hand); an empty one is an empty line, and no block;
 * - a table is its rows, one after the other; cells are parted by `\t`, rows by `\n`. What a merged cell covers in the rows below it is
 *   an empty place, as Word has it when a table is turned into text, so that columns stay where they are. Inside a cell lines are
 *   broken by `\n` and a tab is a space: who needs to know where a cell ends takes its offsets.
 */
export class NoticeWriter {
  private readonly pieces: string[] = []
  private readonly blocks: NoticeBlock[] = []
  private length = 0
  private count = 0
  private breaks = false

  constructor(private readonly limits: NoticeLimits) {}

  /** What comes next begins on a new page. */
  breakPage(): void {
    this.breaks = true
  }

  /** How many blocks there are, to name the next one by. */
  get blockCount(): number {
    return this.blocks.length
  }

  /** The block of that number begins on a new page; said afterwards, because Word tells how a section began at its end. */
  breakPageBefore(block: number): void {
    const found = this.blocks[block]
    if (found?.kind === 'paragraph') this.blocks[block] = { ...found, pageBreakBefore: true }
  }

  paragraph(raw: string, look: ParagraphLook = PLAIN): void {
    this.spend(1)
    if (look.pageBreakBefore) this.breaks = true
    const text = legible(raw)
    const start = this.length
    this.write(text)
    if (text.trim() !== '') {
      this.blocks.push({ kind: 'paragraph', start, end: this.length, ...look, pageBreakBefore: this.breaks })
      this.breaks = false
    }
    this.write('\n')
  }

  table(drafts: TableDraft): void {
    const start = this.length
    const open: { column: number; rows: number }[] = []
    const rows = drafts.map((draft, row) => {
      this.spend(1 + draft.length)
      if (row > 0) this.write('\n')
      const cells = draft.map((cell) => ({
        ...cell,
        colSpan: Math.min(cell.colSpan, this.limits.maxColumns),
        rowSpan: Math.min(cell.rowSpan, drafts.length - row),
      }))
      const covered = open.filter(({ rows: left }) => left > 0)
      open.length = 0
      for (const { column, rows: left } of covered) open.push({ column, rows: left - 1 })
      for (const { column, rowSpan } of cells) if (rowSpan > 1) open.push({ column, rows: rowSpan - 1 })
      return this.row(cells, covered)
    })
    if (rows.length === 0) return
    this.blocks.push({ kind: 'table', start, end: this.length, rows })
    this.breaks = false
    this.write('\n')
  }

  finish(form: NoticeDocument['form']): NoticeDocument {
    return { form, text: this.pieces.join(''), blocks: this.blocks }
  }

  private row(cells: readonly CellDraft[], covered: readonly { column: number }[]): NoticeCell[] {
    const places: { readonly column: number; readonly cell: CellDraft | null }[] = [
      ...cells.map((cell) => ({ column: cell.column, cell })),
      ...covered.map(({ column }) => ({ column, cell: null })),
    ].sort((a, b) => a.column - b.column)
    const written: NoticeCell[] = []
    places.forEach(({ cell }, place) => {
      if (place > 0) this.write('\t')
      if (cell === null) return
      const start = this.length
      this.write(cellText(cell.text))
      const { column, colSpan, rowSpan } = cell
      written.push({ start, end: this.length, column, colSpan, rowSpan })
    })
    return written
  }

  private write(text: string): void {
    if (text === '') return
    this.length += text.length
    if (this.length > this.limits.maxCharacters) throw tooLong()
    this.pieces.push(text)
  }

  private spend(pieces: number): void {
    this.count += pieces
    if (this.count > this.limits.maxPieces) throw tooLong()
  }
}

export function tooLong(): OfficeRefusal {
  return new OfficeRefusal('text-too-long', '文件内容太多，不像一份通知。请只保留通知正文和附件后再上传。')
}

const INVISIBLE = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2060\ufeff\ufffe\uffff]/g

/** Without what nobody sees, and with one kind of line end and of breakable space. */
export function legible(text: string): string {
  return text
    .replace(/\r\n?|[\u000b\u000c\u2028\u2029]/g, '\n')
    .replace(INVISIBLE, '')
    .replaceAll('\u00a0', ' ')
    .replace(/\p{Surrogate}/gu, '\ufffd')
}

/** Lines of a cell without those that are empty, and without the white space around each. */
function cellText(text: string): string {
  return legible(text)
    .replaceAll('\t', ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')
}
