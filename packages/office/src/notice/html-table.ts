import type { CellDraft, NoticeWriter, ParagraphLook, TableDraft } from './notice-writer.js'

export interface HtmlParagraph {
  readonly text: string
  readonly look: ParagraphLook
}

/** What can stand in a cell, and in the page itself. */
export type HtmlPiece = { readonly paragraph: HtmlParagraph } | { readonly table: TableDraft }

interface OpenCell {
  readonly column: number
  readonly colSpan: number
  readonly rowSpan: number
  readonly pieces: HtmlPiece[]
}

/** One `<table>` while it is read: its cells in the grid as HTML lays them out (HTML 4.9.12, forming a table). */
export class HtmlTableDraft {
  private readonly rows: OpenCell[][] = []
  /** For each column, how many rows further down are taken by a cell above. */
  private reserved: number[] = []
  private row: OpenCell[] | null = null
  private cell: OpenCell | null = null

  constructor(private readonly maxColumns: number) {}

  openRow(): void {
    this.closeRow()
    this.row = []
  }

  openCell(colSpan: number, rowSpan: number): void {
    if (this.row === null) this.openRow()
    const row = this.row ?? []
    const last = row.at(-1)
    let column = last === undefined ? 0 : last.column + last.colSpan
    while ((this.reserved[column] ?? 0) > 0) column++
    if (column >= this.maxColumns) {
      // Wider than any table of a notice: what comes is kept in the last cell.
      this.cell = last ?? null
      return
    }
    let width = 1
    while (width < colSpan && column + width < this.maxColumns && (this.reserved[column + width] ?? 0) === 0) width++
    this.cell = { column, colSpan: width, rowSpan, pieces: [] }
    row.push(this.cell)
  }

  closeCell(): void {
    this.cell = null
  }

  closeRow(): void {
    const { row } = this
    this.cell = null
    this.row = null
    if (row === null || row.length === 0) return
    this.reserved = this.reserved.map((rows) => Math.max(0, rows - 1))
    for (const { column, colSpan, rowSpan } of row) {
      for (let at = column; at < column + colSpan; at++) this.reserved[at] = rowSpan - 1
    }
    // Columns that no cell has reached yet are holes, not numbers.
    for (let at = 0; at < this.reserved.length; at++) this.reserved[at] ??= 0
    this.rows.push(row)
  }

  /** Text between cells is not lost: browsers show it before the table. */
  add(piece: HtmlPiece): boolean {
    this.cell?.pieces.push(piece)
    return this.cell !== null
  }

  get isInCell(): boolean {
    return this.cell !== null
  }

  /**
   * What the table turns out to be. One that only holds others, or a single column, lays out a page: what it holds is a part of the
   * page itself, and not a table of the notice.
   */
  finish(): readonly HtmlPiece[] {
    this.closeRow()
    const cells = this.rows.flat()
    const filled = cells.filter(({ pieces }) => pieces.length > 0)
    const isLayout =
      this.rows.every((row) => row.length <= 1) ||
      (filled.length <= 3 && filled.some(({ pieces }) => pieces.some((piece) => 'table' in piece)))
    if (isLayout) return filled.flatMap(({ pieces }) => pieces)
    const table = this.rows.map((row) => row.map(draftOf))
    return [{ table }]
  }
}

function draftOf({ column, colSpan, rowSpan, pieces }: OpenCell): CellDraft {
  const lines = pieces.flatMap((piece) =>
    'paragraph' in piece
      ? [piece.paragraph.text]
      : piece.table.map((row) => row.map(({ text }) => text.replaceAll('\n', ' ')).join(' ')),
  )
  return { text: lines.join('\n'), column, colSpan, rowSpan }
}

export function writePiece(writer: NoticeWriter, piece: HtmlPiece): void {
  if ('paragraph' in piece) writer.paragraph(piece.paragraph.text, piece.paragraph.look)
  else writer.table(piece.table)
}
