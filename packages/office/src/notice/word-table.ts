import type { CellDraft, TableDraft } from './notice-writer.js'

type Merge = 'start' | 'continue' | null

interface OpenCell {
  readonly lines: string[]
  /** Text of a paragraph whose mark was deleted: it goes on in the next one. */
  carried: string
  colSpan: number
  vertical: Merge
  horizontal: Merge
}

interface OpenRow {
  readonly cells: OpenCell[]
  before: number
  isDeleted: boolean
}

/** One table while it is read. Cells are told by their place in the grid, which Word gives only by what stands before them. */
export class WordTableDraft {
  private readonly rows: OpenRow[] = []
  private row: OpenRow = { cells: [], before: 0, isDeleted: false }
  cell: OpenCell | null = null

  constructor(private readonly maxColumns: number) {}

  openRow(): void {
    this.row = { cells: [], before: 0, isDeleted: false }
  }

  skipColumns(count: number): void {
    this.row.before = count
  }

  deleteRow(): void {
    this.row.isDeleted = true
  }

  get isRowDeleted(): boolean {
    return this.row.isDeleted
  }

  openCell(): void {
    this.cell = { lines: [], carried: '', colSpan: 1, vertical: null, horizontal: null }
  }

  closeCell(): void {
    const { cell } = this
    if (cell === null) return
    if (cell.carried !== '') cell.lines.push(cell.carried)
    const last = this.row.cells.at(-1)
    if (cell.horizontal === 'continue' && last !== undefined) last.colSpan += cell.colSpan
    else if (this.row.cells.length < this.maxColumns) this.row.cells.push(cell)
    // Beyond the last column that Word can have: the text is kept where it can be seen.
    else last?.lines.push(...cell.lines)
    this.cell = null
  }

  /** A cell that a tracked change took away. */
  dropCell(): void {
    this.cell = null
  }

  closeRow(): void {
    if (!this.row.isDeleted && this.row.cells.length > 0) this.rows.push(this.row)
  }

  /** The text of the table, for a cell around it. */
  lines(): string[] {
    return this.rows.map(({ cells }) =>
      cells
        .map(({ lines }) => lines.join(' ').trim())
        .filter((text) => text !== '')
        .join(' '),
    )
  }

  /** Cells that are merged downwards stand once, in their first row; what a merged cell still holds below Word does not show. */
  finish(): TableDraft {
    let above = new Map<number, { colSpan: number; rowSpan: number }>()
    return this.rows.map(({ cells, before }) => {
      const merged = new Map<number, { colSpan: number; rowSpan: number }>()
      const row: CellDraft[] = []
      let column = before
      for (const cell of cells) {
        const begun = cell.vertical === 'continue' ? above.get(column) : undefined
        // Of another width it would cover its neighbours: it stands alone then.
        if (begun !== undefined && begun.colSpan === cell.colSpan) {
          begun.rowSpan++
          merged.set(column, begun)
        } else {
          const draft = { text: cell.lines.join('\n'), column, colSpan: cell.colSpan, rowSpan: 1 }
          row.push(draft)
          if (cell.vertical !== null) merged.set(column, draft)
        }
        column += cell.colSpan
      }
      above = merged
      return row
    })
  }
}
