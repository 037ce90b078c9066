/**
 * From the rows of a workbook to the rows of a list: finds the header of each sheet wherever it stands, passes over titles, notes and
 * blank rows, and gives each row of a merged cell its value. No I/O.
 */
import {
  cellText,
  columnLetter,
  isBlankRow,
  type HeaderMatch,
  type HeaderProblem,
  type SheetCell,
} from '@bihuan/domain'
import { IDENTITY_HEADER, parseRowIdentity, type SheetRow } from '@bihuan/office'
import type { RowRead } from './import-kind.js'

/** Rows above the header: annex label, title, lines. */
const headerWithin = 30

export interface SheetSummary {
  readonly name: string
  readonly usable: boolean
  readonly headerRow: number | null
  readonly columns: readonly {
    readonly key: string
    readonly title: string
    readonly heading: string
    readonly letter: string
    readonly index: number
  }[]
  readonly problems: readonly HeaderProblem[]
  rows: number
  hiddenRows: number
}

interface Header {
  readonly match: HeaderMatch
  readonly cells: readonly SheetCell[]
  readonly identityIndex: number
  /** Number of the last row that belongs to it. */
  readonly lastRow: number
  readonly width: number
}

export class WorkbookReading {
  readonly sheets: SheetSummary[] = []
  private summary: SheetSummary | null = null
  private header: Header | null = null
  private waiting: SheetRow[] = []
  private sheetName: string | null = null
  private ordinal = 0
  private readonly mergedValues = new Map<string, SheetCell>()

  constructor(
    private readonly matchHeader: (header: readonly SheetCell[]) => HeaderMatch,
    private readonly titleOf: (key: string) => string,
  ) {}

  /** The rows of the list among those given; rows above a header that is not found yet are held back. */
  take(rows: readonly SheetRow[]): RowRead[] {
    const read: RowRead[] = []
    for (const row of rows) {
      if (row.sheetHidden) continue
      if (row.sheet !== this.sheetName) {
        this.closeSheet(read)
        this.openSheet(row.sheet)
      }
      if (this.summary === null) {
        this.waiting.push(row)
        if (this.waiting.length >= headerWithin) this.decideHeader(read)
      } else this.takeRow(row, read)
    }
    return read
  }

  end(): RowRead[] {
    const read: RowRead[] = []
    this.closeSheet(read)
    return read
  }

  private openSheet(name: string): void {
    this.sheetName = name
    this.summary = null
    this.header = null
    this.waiting = []
    this.mergedValues.clear()
  }

  private closeSheet(read: RowRead[]): void {
    if (this.sheetName !== null && this.summary === null) this.decideHeader(read)
  }

  private decideHeader(read: RowRead[]): void {
    const header = bestHeader(this.waiting, this.matchHeader)
    const summary = this.summaryOf(header)
    this.summary = summary
    this.header = summary.usable ? header : null
    this.sheets.push(summary)
    const held = this.waiting
    this.waiting = []
    if (header !== null) for (const row of held) if (row.row > header.lastRow) this.takeRow(row, read)
  }

  private summaryOf(header: Header | null): SheetSummary {
    const name = this.sheetName ?? ''
    if (header === null) {
      return { name, usable: false, headerRow: null, columns: [], problems: [], rows: 0, hiddenRows: 0 }
    }
    const columns = [...header.match.indexOf].map(([key, index]) => ({
      key,
      title: this.titleOf(key),
      heading: cellText(header.cells[index]) ?? '',
      letter: columnLetter(index),
      index,
    }))
    const problems = header.match.problems.filter(
      ({ title }) => title !== IDENTITY_HEADER && title !== cellText(IDENTITY_HEADER),
    )
    const usable = problems.every(({ blocking }) => !blocking)
    return { name, usable, headerRow: header.lastRow, columns, problems, rows: 0, hiddenRows: 0 }
  }

  private takeRow(row: SheetRow, read: RowRead[]): void {
    const { header, summary } = this
    if (header === null || summary === null) return
    const cells = this.withMergedValues(row)
    if (isBlankRow(header.match, cells) || isNote(row, header) || isHeaderAgain(cells, header)) return
    this.ordinal += 1
    summary.rows += 1
    if (row.hidden) summary.hiddenRows += 1
    const identity = header.identityIndex < 0 ? null : parseRowIdentity(cells[header.identityIndex])
    read.push({
      ordinal: this.ordinal,
      sheet: row.sheet,
      row: row.row,
      cells: cells.slice(0, header.width),
      match: header.match,
      identity,
      decision: null,
    })
  }

  /** Of a merged range only the first cell has a value; downwards it is meant for each row. */
  private withMergedValues(row: SheetRow): SheetCell[] {
    const cells: SheetCell[] = row.cells.map(storable)
    for (const { top, left, bottom } of row.merges) {
      if (bottom === top) continue
      const key = `${top}:${left}`
      if (row.row === top) this.mergedValues.set(key, cells[left - 1] ?? null)
      else {
        while (cells.length < left) cells.push(null)
        cells[left - 1] ??= this.mergedValues.get(key) ?? null
      }
    }
    return cells
  }
}

/** PostgreSQL keeps no NUL and no half of a surrogate pair; a workbook can hold both (`_x0000_`). */
function storable(cell: SheetCell): SheetCell {
  return typeof cell === 'string' ? cell.replace(/\u0000|\p{Surrogate}/gu, '') : cell
}

/** A line over most of the table below it: 注：, 填表人：. */
function isNote(row: SheetRow, header: Header): boolean {
  const wide = Math.max(2, header.match.indexOf.size / 2)
  return row.merges.some(
    ({ top, bottom, left, right }) => top === bottom && top === row.row && right - left + 1 >= wide,
  )
}

/** The header printed again further down, as some exports do. */
function isHeaderAgain(cells: readonly SheetCell[], header: Header): boolean {
  return [...header.match.indexOf.values()].every((index) => cellText(cells[index]) === cellText(header.cells[index]))
}

/** Of the first rows the one, or the two that lie under each other, in which most columns are found. */
function bestHeader(rows: readonly SheetRow[], match: (header: readonly SheetCell[]) => HeaderMatch): Header | null {
  let best: Header | null = null
  const consider = (cells: readonly SheetCell[], lastRow: number): void => {
    const matched = match(cells)
    if (matched.indexOf.size <= Math.max(1, best?.match.indexOf.size ?? 1)) return
    const identityIndex = cells.findIndex((cell) => cell === IDENTITY_HEADER)
    best = {
      match: matched,
      cells,
      identityIndex,
      lastRow,
      width: Math.max(identityIndex, ...matched.indexOf.values()) + 1,
    }
  }
  for (const row of rows) consider(row.cells, row.row)
  rows.forEach((row, index) => {
    const below = rows[index + 1]
    if (below === undefined || below.row !== row.row + 1) return
    const width = Math.max(row.cells.length, below.cells.length)
    consider(
      Array.from({ length: width }, (_, column) => below.cells[column] ?? row.cells[column] ?? null),
      below.row,
    )
  })
  return best
}
