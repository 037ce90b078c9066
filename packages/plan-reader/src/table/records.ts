import type { Words } from '../normalise/canonical-text.js'
import { covering, isFullWidth, type Grid } from './grid.js'

/** A table that says the same of many things: a heading for each column, a row for each thing. */
export interface Records {
  readonly headings: readonly (Words | null)[]
  /** For each row the words of each column; what is merged over several rows stands in each. */
  readonly rows: readonly (readonly (Words | null)[])[]
  /** For each row the heading within the table that stands over it, from side to side and belonging to no column. */
  readonly dividers: readonly (Words | null)[]
  /** Rows from side to side, above and below: a title, notes, lines to fill in. */
  readonly above: readonly Words[]
  readonly below: readonly Words[]
}

const ORDINAL = /^(?:\d{1,4}[.、]?|[一二三四五六七八九十]{1,3}、?|（[一二三四五六七八九十\d]{1,3}）)$/

export function isOrdinal(words: Words | null): boolean {
  return words !== null && ORDINAL.test(words.text)
}

/** Null where there is nothing below a heading's row. */
export function recordsOf(grid: Grid): Records {
  const above: Words[] = []
  const below: Words[] = []
  let first = 0
  while (first < grid.rows.length && isSpanning(grid, first)) above.push(...wordsOfRow(grid, first++))
  let last = grid.rows.length - 1
  while (last > first && isSpanning(grid, last)) below.unshift(...wordsOfRow(grid, last--))

  const at = covering(grid)
  const depth = headingDepth(grid, first, last)
  const columns = Array.from({ length: grid.columns }, (_, column) => column)
  const headings = columns.map((column) => {
    for (let row = first + depth - 1; row >= first; row--) {
      const words = at(row, column)?.words
      if (words !== undefined && words.length > 0) return words
    }
    return null
  })
  const rows: (Words | null)[][] = []
  const dividers: (Words | null)[] = []
  let divider: Words | null = null
  for (let row = first + depth; row <= last; row++) {
    if (isSpanning(grid, row)) {
      divider = wordsOfRow(grid, row)[0] ?? divider
      continue
    }
    const words = columns.map((column) => at(row, column)?.words ?? null)
    if (isRepeatedHeading(words, headings)) continue
    rows.push(grid.isFlattened ? carriedDown(words, rows.at(-1)) : words)
    dividers.push(divider)
  }
  return { headings, rows, dividers, above, below }
}

const isSpanning = (grid: Grid, row: number) => isFullWidth(grid, grid.rows[row] ?? [])
const wordsOfRow = (grid: Grid, row: number) =>
  (grid.rows[row] ?? []).flatMap(({ words }) => (words.length > 0 ? [words] : []))

function headingDepth(grid: Grid, first: number, last: number): number {
  const row = grid.rows[first] ?? []
  const merged = Math.max(1, ...row.map(({ rowSpan }) => rowSpan))
  if (!grid.isFlattened || merged > 1) return Math.min(merged, last - first + 1, 3)
  const next = grid.rows[first + 1] ?? []
  const isShort = row.length < grid.columns
  const goesOn =
    next[0]?.words.length === 0 && next.slice(1).every(({ words }) => words.length > 0 && !isOrdinal(words))
  return isShort && goesOn && next.length > 1 ? 2 : 1
}

function isRepeatedHeading(words: readonly (Words | null)[], headings: readonly (Words | null)[]): boolean {
  const filled = words.filter((one) => one !== null && one.length > 0)
  return filled.length > 1 && words.every((one, column) => (one?.text ?? '') === (headings[column]?.text ?? ''))
}

/** A flattened table shows a merged cell as an empty one: what is empty at the left of a row is what stood above. */
function carriedDown(row: readonly (Words | null)[], above: readonly (Words | null)[] | undefined): (Words | null)[] {
  const from = isOrdinal(row[0] ?? null) && (row[1]?.length ?? 0) === 0 ? 1 : 0
  const carried = [...row]
  for (let column = from; column < row.length; column++) {
    const own = row[column] ?? null
    if (own !== null && own.length > 0) break
    carried[column] = above?.[column] ?? own
  }
  return row.some((one) => (one?.length ?? 0) > 0) ? carried : [...row]
}
