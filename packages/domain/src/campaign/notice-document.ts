/**
 * A notice as it was read from a file: its text, and where in it the paragraphs and tables stand. `packages/office` makes it from the
 * bytes of a file, `packages/plan-reader` makes a `Plan` of it.
 *
 * All offsets are UTF-16 units into `text`, end exclusive; every block and every cell is a stretch of `text`, so that an item of the
 * plan can be shown where it stands.
 */
export interface NoticeDocument {
  readonly form: 'docx' | 'doc' | 'pdf' | 'html' | 'text'
  /** Lines end with `\n`. Numbers that the word processor generates are part of it; headers, footers and page numbers are not. */
  readonly text: string
  /** In reading order, without gaps that hold words: whatever stands in `text` stands in a block. */
  readonly blocks: readonly NoticeBlock[]
}

export type NoticeBlock = NoticeParagraph | NoticeTable

export interface NoticeStretch {
  readonly start: number
  readonly end: number
}

export interface NoticeParagraph extends NoticeStretch {
  readonly kind: 'paragraph'
  /** The outline level that the file states (1 is the highest), or null: most notices state none. */
  readonly level: number | null
  readonly align: 'left' | 'center' | 'right' | null
  /** A new page begins before it, as far as the file says so. */
  readonly pageBreakBefore: boolean
}

/** A table that the file itself marks as one (or, in a PDF, that its positions show). Flattened tables are paragraphs. */
export interface NoticeTable extends NoticeStretch {
  readonly kind: 'table'
  readonly rows: readonly (readonly NoticeCell[])[]
}

/** One cell, once: a merged one stands in its first row and column, and spans the rest. Lines inside are broken by `\n`. */
export interface NoticeCell extends NoticeStretch {
  /** From 0, counted in the columns of the grid. */
  readonly column: number
  readonly colSpan: number
  readonly rowSpan: number
}
