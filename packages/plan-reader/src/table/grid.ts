import type { NoticeCell } from '@bihuan/domain'
import type { CanonicalText, Words } from '../normalise/canonical-text.js'

/** A cell where it begins; what it spans is its own as well. */
export interface GridCell {
  readonly words: Words
  readonly row: number
  readonly column: number
  readonly rowSpan: number
  readonly colSpan: number
}

/** A table as a grid, whether the file marked it as one or it was put together from lines. */
export interface Grid {
  readonly rows: readonly (readonly GridCell[])[]
  readonly columns: number
  readonly words: Words
  /** Put together from lines: merged cells are not known as such, and come as empty ones. */
  readonly isFlattened: boolean
}

export function gridOfCells(rows: readonly (readonly NoticeCell[])[], canonical: CanonicalText): Grid {
  const cells = rows.map((row, index) =>
    row.map((cell): GridCell => {
      const words = canonical.wordsBetween(cell.start, cell.end)
      return { words, row: index, column: cell.column, rowSpan: cell.rowSpan, colSpan: cell.colSpan }
    }),
  )
  return gridOf(cells, canonical, false)
}

export function gridOf(rows: readonly (readonly GridCell[])[], canonical: CanonicalText, isFlattened: boolean): Grid {
  const all = rows.flat()
  const columns = all.reduce((most, cell) => Math.max(most, cell.column + cell.colSpan), 0)
  const start = Math.min(...all.map(({ words }) => words.start))
  const end = all.reduce((last, { words }) => Math.max(last, words.end), 0)
  return { rows, columns, words: canonical.words(all.length === 0 ? 0 : start, end), isFlattened }
}

/**
 * The cell that covers a place: its own, or one merged into it from above or from the left. In a flattened table an empty cell of a
 * column is taken for the continuation of the one above only where `carriesDown` says so.
 */
export function covering(grid: Grid): (row: number, column: number) => GridCell | null {
  const table: (GridCell | undefined)[][] = grid.rows.map(() => [])
  for (const row of grid.rows) {
    for (const cell of row) {
      for (let down = 0; down < cell.rowSpan; down++) {
        const line = table[cell.row + down]
        if (line === undefined) continue
        for (let right = 0; right < cell.colSpan; right++) line[cell.column + right] ??= cell
      }
    }
  }
  return (row, column) => table[row]?.[column] ?? null
}

/** Rows that one cell fills from side to side; written out as lines, it is the only cell of its row. */
export function isFullWidth(grid: Grid, row: readonly GridCell[]): boolean {
  const filled = row.filter(({ words }) => words.length > 0)
  const [only] = filled
  if (only === undefined || filled.length > 1) return false
  const isAlone = grid.isFlattened && row.length === 1 && grid.columns >= 4
  return grid.columns > 1 && (only.colSpan >= grid.columns || isAlone)
}

/** Rows that a page's end parted from their table: those of one width that begin with a number, or with what is merged from above. */
export function joinedOverPages(grids: readonly Grid[], canonical: CanonicalText): Grid[] {
  const joined: Grid[] = []
  for (const grid of grids) {
    const above = joined.at(-1)
    const first = grid.rows[0]?.find(({ column }) => column === 0)?.words.text ?? ''
    if (above?.columns !== grid.columns || !/^\d{0,3}$/.test(first) || grid.columns < 3) joined.push(grid)
    else joined[joined.length - 1] = joinedGrid(above, grid, canonical)
  }
  return joined
}

function joinedGrid(above: Grid, below: Grid, canonical: CanonicalText): Grid {
  const offset = above.rows.length
  const moved = below.rows.map((row) => row.map((cell) => ({ ...cell, row: cell.row + offset })))
  const at = covering(above)
  // An empty cell at the top of a page goes on with the one that ended the page before, unless a row is missing in between.
  const numberOf = (row: readonly GridCell[] | undefined) => Number(row?.find(({ column }) => column === 0)?.words.text)
  const isNext = !(numberOf(below.rows[0]) > numberOf(above.rows.at(-1)) + 1)
  const rows = moved.map((row, index) =>
    row.map((cell) => {
      const over = index === 0 && isNext && cell.words.length === 0 ? at(offset - 1, cell.column) : null
      return over === null ? cell : { ...cell, words: over.words }
    }),
  )
  return gridOf([...above.rows, ...rows], canonical, above.isFlattened)
}
