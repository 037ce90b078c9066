import type { PdfRule, PdfRules } from './pdf-page.js'
import { NEAR } from './pdf-rules.js'

/** A table that lines draw: its cells as rectangles, merged ones whole, in the order of rows. */
export interface PdfGrid {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  /** Where its columns begin and the last one ends. */
  readonly columns: readonly number[]
  readonly rowCount: number
  readonly cells: readonly GridCell[]
}

export interface GridCell {
  readonly row: number
  readonly column: number
  readonly rowSpan: number
  readonly colSpan: number
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

const MOST_RULES = 2_000
const MOST_COLUMNS = 64
const MOST_ROWS = 400

/** The tables of a page, from the top: lines that cross or meet, and enclose at least two cells. */
export function gridsOf({ across, down }: PdfRules): PdfGrid[] {
  if (across.length < 2 || down.length < 1 || across.length > MOST_RULES || down.length > MOST_RULES) return []
  return connected(across, down)
    .flatMap(({ across, down }) => gridOf(across, down))
    .sort((a, b) => a.top - b.top)
}

interface Component {
  across: PdfRule[]
  down: PdfRule[]
}

function connected(across: readonly PdfRule[], down: readonly PdfRule[]): Component[] {
  const group = Array.from({ length: across.length + down.length }, (_, i) => i)
  const find = (i: number): number => {
    let root = i
    while (group[root] !== root) root = group[root] ?? root
    for (let at = i; group[at] !== root;) {
      const next = group[at] ?? root
      group[at] = root
      at = next
    }
    return root
  }
  across.forEach((line, i) => {
    down.forEach((other, j) => {
      if (meets(line, other)) group[find(i)] = find(across.length + j)
    })
  })
  const components = new Map<number, Component>()
  const of = (i: number): Component => {
    const root = find(i)
    const known = components.get(root) ?? { across: [], down: [] }
    components.set(root, known)
    return known
  }
  across.forEach((line, i) => of(i).across.push(line))
  down.forEach((line, j) => of(across.length + j).down.push(line))
  return [...components.values()]
}

function meets(across: PdfRule, down: PdfRule): boolean {
  return (
    down.at >= across.from - NEAR &&
    down.at <= across.to + NEAR &&
    across.at >= down.from - NEAR &&
    across.at <= down.to + NEAR
  )
}

function gridOf(across: readonly PdfRule[], down: readonly PdfRule[]): PdfGrid[] {
  const left = Math.min(...across.map(({ from }) => from), ...down.map(({ at }) => at))
  const right = Math.max(...across.map(({ to }) => to), ...down.map(({ at }) => at))
  // A table open at its sides ends where its lines across do.
  const columns = distinct([left, right, ...down.map(({ at }) => at)])
  const rows = distinct([...across.map(({ at }) => at), ...cutEnds(across, down)])
  const columnCount = columns.length - 1
  const rowCount = rows.length - 1
  if (rowCount < 1 || columnCount < 1 || rowCount * columnCount < 2) return []
  if (columnCount > MOST_COLUMNS || rowCount > MOST_ROWS) return []
  const isParted = (rules: readonly PdfRule[], at: number, from: number, to: number): boolean => {
    const middle = (from + to) / 2
    return rules.some((rule) => Math.abs(rule.at - at) <= NEAR && rule.from <= middle && rule.to >= middle)
  }
  const taken = new Set<number>()
  const cells: GridCell[] = []
  const x = (column: number) => columns[column] ?? 0
  const y = (row: number) => rows[row] ?? 0
  for (let row = 0; row < rowCount; row++) {
    for (let column = 0; column < columnCount; column++) {
      if (taken.has(row * columnCount + column)) continue
      let colSpan = 1
      const isOpenRight = (at: number) =>
        at < columnCount && !taken.has(row * columnCount + at) && !isParted(down, x(at), y(row), y(row + 1))
      while (isOpenRight(column + colSpan)) colSpan++
      let rowSpan = 1
      const isOpenBelow = (at: number) => {
        if (at >= rowCount) return false
        for (let over = column; over < column + colSpan; over++) {
          if (taken.has(at * columnCount + over) || isParted(across, y(at), x(over), x(over + 1))) return false
        }
        return true
      }
      while (isOpenBelow(row + rowSpan)) rowSpan++
      for (let r = row; r < row + rowSpan; r++) {
        for (let c = column; c < column + colSpan; c++) taken.add(r * columnCount + c)
      }
      cells.push({
        ...{ row, column, rowSpan, colSpan },
        ...{ left: x(column), right: x(column + colSpan), top: y(row), bottom: y(row + rowSpan) },
      })
    }
  }
  // A frame around a text is no table.
  if (cells.length < 2) return []
  return [{ left, right, top: y(0), bottom: y(rowCount), columns, rowCount, cells }]
}

/** A row that a page's end cuts has no line there, but its sides go on: where most of them end, it ends. */
function cutEnds(across: readonly PdfRule[], down: readonly PdfRule[]): number[] {
  const first = Math.min(...across.map(({ at }) => at))
  const last = Math.max(...across.map(({ at }) => at))
  const above = down.flatMap(({ from }) => (from < first - LEAST_ROW ? [from] : []))
  const below = down.flatMap(({ to }) => (to > last + LEAST_ROW ? [to] : []))
  const sides = Math.max(2, distinct(down.map(({ at }) => at)).length * 0.6)
  return [
    ...(above.length >= sides ? [Math.min(...above)] : []),
    ...(below.length >= sides ? [Math.max(...below)] : []),
  ]
}

/** Lower than a line of small print nothing is a row. */
const LEAST_ROW = 8

function distinct(places: readonly number[]): number[] {
  const sorted = [...places].sort((a, b) => a - b)
  return sorted.filter((place, i) => i === 0 || place - (sorted[i - 1] ?? 0) > NEAR)
}
