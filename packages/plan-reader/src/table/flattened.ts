import type { CanonicalText, Words } from '../normalise/canonical-text.js'
import { readNumbering } from '../outline/heading.js'
import { gridOf, type Grid, type GridCell } from './grid.js'

/** A line with where it stands in the source, before one knows whether it belongs to a table. */
export interface RawLine {
  readonly start: number
  readonly end: number
  readonly align: 'left' | 'center' | 'right' | null
}

export interface FlattenedTable {
  /** Lines of the table, both ends included. */
  readonly from: number
  readonly to: number
  readonly grid: Grid
}

type Place = readonly [start: number, end: number]

interface Shape {
  readonly text: string
  readonly start: number
  readonly end: number
  readonly isBlank: boolean
  /** White space with a tab in front: a cell begins. A space or page break before the tab begins a row as well. */
  readonly opensCell: boolean
  readonly opensRow: boolean
  /** Cells in one line: by tabs between words or by upright strokes. */
  readonly inline: readonly Place[] | null
  /** The empty cell in front of a tab that begins the line: an indent, unless other rows have one cell more. */
  readonly indent: Place | null
  /** Words with white space between them: cells, where a line above them is the heading of a table. */
  readonly spaced: readonly Place[]
}

interface OpenCell {
  start: number
  end: number
}

/**
 * Tables that were written out as lines. Three ways are known: each cell a line that begins with a tab, a row ended by a blank line;
 * each row a line, its cells divided by tabs; and rows between upright strokes. What is left without any mark is read by the
 * readers of forms from the stream of words.
 */
export function flattenedTables(lines: readonly RawLine[], canonical: CanonicalText): FlattenedTable[] {
  const shapes = lines.map((line) => shapeOf(line, canonical.source))
  const tabsIndent = usesTabsToIndent(shapes)
  const tables: FlattenedTable[] = []
  for (let at = 0; at < shapes.length; at++) {
    const shape = shapes[at] as Shape
    const table =
      shape.opensCell && !tabsIndent
        ? cellsByLine(shapes, at, canonical)
        : shape.inline !== null || namesFirstRows(shapes, at)
          ? rowsByLine(shapes, at, canonical)
          : rowsBySpaces(shapes, at, canonical)
    if (table === null) continue
    tables.push(table)
    at = table.to
  }
  return tables
}

function shapeOf({ start, end }: RawLine, source: string): Shape {
  const text = source.slice(start, end)
  const lead = /^[ \f\u3000\r]*\t/.exec(text)
  const isBlank = text.trim() === ''
  return {
    text,
    start,
    end,
    isBlank: isBlank && lead === null,
    opensCell: lead !== null,
    opensRow: lead !== null && lead[0].length > 1,
    inline: lead !== null && !/\S\t/.test(text) ? null : inlineCells(text, start),
    indent: /^[ \u3000]*\t/.test(text) ? [start, start] : null,
    spaced: [...text.matchAll(/\S+/g)].map(({ index, 0: word }) => [start + index, start + index + word.length]),
  }
}

function inlineCells(text: string, start: number): Place[] | null {
  const stroke = /^\s*\|.*\|\s*$/.test(text) ? '|' : /\S[ ]*\t/.test(text) ? '\t' : null
  if (stroke === null) return null
  const cells: Place[] = []
  let from = 0
  for (let at = 0; at <= text.length; at++) {
    if (at < text.length && text.charAt(at) !== stroke) continue
    cells.push([start + from, start + at])
    from = at + 1
  }
  if (stroke === '|') return cells.slice(1, -1)
  // A tab in front of the first word indents the row.
  const [first] = cells
  return first !== undefined && text.slice(0, first[1] - start).trim() === '' ? cells.slice(1) : cells
}

/** Whether paragraphs begin with a tab in this document: then headings of the first level do, and none stands without. */
function usesTabsToIndent(shapes: readonly Shape[]): boolean {
  const isTop = (shape: Shape) => /^[一二三四五六七八九十]{1,3}、/.test(shape.text.trim())
  const inside = shapes.filter((shape) => shape.opensCell && isTop(shape)).length
  const outside = shapes.filter((shape) => !shape.opensCell && isTop(shape)).length
  return inside >= 2 && outside === 0
}

const AFTER_TABLE = /^(?:注|备注|说明|填报?说明|附件|附表|填报|填表|审核|制表|联系|单位负责人|抄送|[（(]?联系)/

function cellsByLine(shapes: readonly Shape[], from: number, canonical: CanonicalText): FlattenedTable | null {
  const rows: OpenCell[][] = []
  let row: OpenCell[] = []
  let cell: OpenCell | undefined
  let blanks = 0
  let to = from
  const closeRow = () => {
    if (row.length > 0) rows.push(row)
    row = []
  }
  for (let at = from; at < shapes.length; at++) {
    const shape = shapes[at] as Shape
    if (shape.isBlank) {
      blanks++
      continue
    }
    if (shape.opensCell) {
      if (blanks > 0 || shape.opensRow) closeRow()
      cell = { start: shape.start, end: shape.end }
      row.push(cell)
    } else {
      if (cell === undefined || !continuesCell(shapes, at, blanks, canonical.source.slice(cell.start, cell.end))) break
      cell.end = shape.end
    }
    blanks = 0
    to = at
  }
  closeRow()
  const cells = rows.reduce((sum, one) => sum + one.length, 0)
  if (cells < 3) return null
  return { from, to, grid: alignedGrid(rows, canonical) }
}

/** A line without a tab goes on with the cell above it: words broken by hand, also with one blank line between. */
function continuesCell(shapes: readonly Shape[], at: number, blanks: number, above: string): boolean {
  const text = (shapes[at] as Shape).text.trim()
  const before = above.trim()
  if (/^附(?:件|表)\s*\d*\s*[:：]?$/.test(text)) return false
  if (/^(?:注|填报说明|填表说明|说明|备注)\s*[：:]/.test(before)) {
    return blanks === 0 && !/^(?:审核|填报人|填表人|联系)/.test(text)
  }
  if (before === '' || AFTER_TABLE.test(text) || blanks > 1) return false
  const numbering = readNumbering(text)
  if (numbering !== null && numbering.level <= 2 && blanks > 0) return false
  if (/[。；！]$/.test(before) && numbering === null && blanks > 0) return false
  // The last cell of a table has nothing after it that would show that the table goes on.
  const next = shapes.slice(at + 1, at + 6).some((shape) => shape.opensCell)
  return next || (blanks <= 1 && text.length <= 8 && !/[。：]$/.test(text))
}

function rowsByLine(shapes: readonly Shape[], from: number, canonical: CanonicalText): FlattenedTable | null {
  const rows: OpenCell[][] = []
  const indents = new Map<number, Place>()
  let to = from
  let blanks = 0
  for (let at = from; at < shapes.length; at++) {
    const { inline, indent, isBlank } = shapes[at] as Shape
    if (isBlank && blanks === 0) {
      blanks++
      continue
    }
    if (inline === null) {
      const columns =
        rows.length === 0 ? (shapes[at + 1]?.inline?.length ?? 0) : Math.max(...rows.map(({ length }) => length))
      if (blanks > 0 || !dividesRows(shapes, at, columns)) break
      const { start, end } = shapes[at] as Shape
      rows.push([{ start, end }])
      continue
    }
    blanks = 0
    to = at
    const rule = inline.every(([start, end]) => /^[\s:|-]*$/.test(canonical.source.slice(start, end)))
    const isRule = rule && inline.some(([start, end]) => canonical.source.slice(start, end).includes('-'))
    if (!isRule) rows.push(inline.map(([start, end]) => ({ start, end })))
    if (!isRule && indent !== null) indents.set(rows.length - 1, indent)
  }
  const most = Math.max(...rows.map(({ length }) => length))
  for (const [at, [start, end]] of indents) if (rows[at]?.length === most - 1) rows[at].unshift({ start, end })
  const widths = rows.map(({ length }) => length)
  // A label with its value and a second one beside it is a line of a form, and so is a signature: no table.
  const isHeadingAlone = rows.length === 1 && (widths[0] ?? 0) >= 4
  if ((rows.length < 2 && !isHeadingAlone) || Math.max(...widths) < 2) return null
  const first = rows[0]?.map(({ start, end }) => canonical.source.slice(start, end).trim()) ?? []
  if (first.some((text) => /[：:]$/.test(text) || /^(?:组长|副组长|成员)/.test(text))) return null
  return { from, to, grid: alignedGrid(rows, canonical) }
}

/** A line without tabs above the first rows, if others like it divide the rows below: it names the first of them. */
function namesFirstRows(shapes: readonly Shape[], at: number): boolean {
  const width = shapes[at + 1]?.inline?.length ?? 0
  if (width < 3 || !dividesRows(shapes, at, width)) return false
  for (let next = at + 1; next < shapes.length && !(shapes[next] as Shape).isBlank; next++) {
    if (shapes[next]?.inline === null) return dividesRows(shapes, next, width)
  }
  return false
}

/** A line without tabs between rows of one width: a cell merged from side to side, which names the rows below it. */
function dividesRows(shapes: readonly Shape[], at: number, columns: number): boolean {
  const text = (shapes[at] as Shape).text.trim()
  const next = shapes[at + 1]?.inline?.length ?? 0
  return columns > 2 && next >= columns && text.length <= 36 && !AFTER_TABLE.test(text) && !/[。；：:]/.test(text)
}

/** 序号 单位 类型, and below it rows that begin with a number: a table of which white space is all that is left. */
function rowsBySpaces(shapes: readonly Shape[], from: number, canonical: CanonicalText): FlattenedTable | null {
  const heading = shapes[from] as Shape
  const columns = heading.spaced.length
  const wordAt = ([start, end]: Place) => canonical.source.slice(start, end)
  if (columns < 3 || !/^(?:序号|编号)$/.test(wordAt(heading.spaced[0] as Place))) return null
  const rows: OpenCell[][] = [heading.spaced.map(([start, end]) => ({ start, end }))]
  let to = from
  for (let at = from + 1; at < shapes.length; at++) {
    const { isBlank, spaced, text } = shapes[at] as Shape
    if (isBlank) continue
    const isRow = spaced.length > 0 && spaced.length <= columns && Number(wordAt(spaced[0] as Place)) === rows.length
    if (isRow) rows.push(spaced.map(([start, end]) => ({ start, end })))
    else if (
      rows.length > 1 &&
      spaced.length === 1 &&
      !AFTER_TABLE.test(text.trim()) &&
      !/[。；：]$/.test(text.trim())
    ) {
      const last = rows.at(-1)?.at(-1)
      if (last !== undefined) last.end = (shapes[at] as Shape).end
    } else break
    to = at
  }
  return { from, to, grid: alignedGrid(rows, canonical, 'left') }
}

/**
 * Gives the cells their columns. A row shorter than the table lost merged cells on its left, so it stands to the right; a heading
 * that begins with 序号 stands to the left, and a single cell fills its row.
 */
function alignedGrid(
  rows: readonly (readonly OpenCell[])[],
  canonical: CanonicalText,
  side: 'left' | 'right' = 'right',
): Grid {
  const read = rows.map((row) => row.map(({ start, end }) => canonical.wordsBetween(start, end)))
  const { columns, hasSurplus } = widthOf(read)
  const cells = read.map((row, index): GridCell[] => {
    const kept = withoutSurplus(row, columns, hasSurplus)
    const only = kept.length === 1 || kept.slice(1).every(({ length }) => length === 0) ? kept[0] : undefined
    if (
      only !== undefined &&
      only.length > 0 &&
      !/^\d+$/.test(only.text) &&
      columns > 2 &&
      (kept.length === 1 || only.length > 24)
    )
      return [{ words: only, row: index, column: 0, rowSpan: 1, colSpan: columns }]
    const isLeft = side === 'left' || /^(?:序号|编号|序)$/.test(kept[0]?.text ?? '')
    const shift = isLeft ? 0 : columns - kept.length
    const spans = spansOverNext(kept, read[index + 1], columns)
    if (spans !== null) {
      let column = 0
      return kept.map((words, at): GridCell => {
        const colSpan = spans[at] ?? 1
        const cell = { words, row: index, column, rowSpan: read[index + 1]?.[column]?.length === 0 ? 2 : 1, colSpan }
        column += colSpan
        return cell
      })
    }
    return kept.map((words, at) => ({ words, row: index, column: at + shift, rowSpan: 1, colSpan: 1 }))
  })
  return gridOf(cells, canonical, true)
}

/**
 * 序号 | 整改情况 | 备注 above an empty cell, 措施, 时限 and another empty one: what stands over an empty cell goes on in it, what stands
 * over words is divided by them. Null where the rows do not fit so.
 */
function spansOverNext(row: readonly Words[], next: readonly Words[] | undefined, columns: number): number[] | null {
  if (next === undefined || row.length < 2 || row.length >= columns || next.length !== columns) return null
  if (row.some(({ length }) => length === 0) || next.some(({ text }) => /^\d+$/.test(text))) return null
  const runs: { isEmpty: boolean; length: number }[] = []
  for (const words of next) {
    const isEmpty = words.length === 0
    const last = runs.at(-1)
    if (last !== undefined && last.isEmpty === isEmpty && !isEmpty) last.length++
    else runs.push({ isEmpty, length: 1 })
  }
  const named = runs.filter(({ isEmpty }) => !isEmpty)
  const above = row.length - (runs.length - named.length)
  const isEach = above === named.length
  const isOne = named.length === 1 && above > 0 && (named[0]?.length ?? 0) >= above
  if (named.length === runs.length || !(isEach || isOne)) return null
  return runs.flatMap(({ isEmpty, length }) => (isEmpty || isEach ? [length] : shares(length, above)))
}

/** As many columns for each, and what is over for the first. */
const shares = (length: number, among: number) =>
  Array.from({ length: among }, (_, at) => Math.floor(length / among) + (at < length % among ? 1 : 0))

/** The width of the table: that of most rows, or of the widest when those that are widest have an empty cell too many at their end. */
function widthOf(rows: readonly (readonly Words[])[]): { columns: number; hasSurplus: boolean } {
  const most = Math.max(...rows.map(({ length }) => length))
  const widest = rows.filter(({ length }) => length === most)
  // A second row of headings as wide as the first one asks for has no cell too many.
  const [first = [], second] = rows
  const isHeaded = spansOverNext(first, second, most) !== null
  const hasSurplus =
    !isHeaded && most > 2 && widest.length < rows.length / 2 && widest.every((row) => row.at(-1)?.length === 0)
  return { columns: hasSurplus ? most - 1 : most, hasSurplus }
}

function withoutSurplus(row: readonly Words[], columns: number, hasSurplus: boolean): readonly Words[] {
  let { length } = row
  if (hasSurplus && row[length - 1]?.length === 0) length--
  while (length > columns && row[length - 1]?.length === 0) length--
  return row.slice(0, length)
}
