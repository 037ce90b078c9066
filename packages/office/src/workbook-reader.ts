import { setImmediate as breathe } from 'node:timers/promises'
import { DEFAULT_ARCHIVE_LIMITS, inflateChunks, InflateBudget, openArchive, type ArchiveLimits } from './archive.js'
import type { CellValue } from './cell-value.js'
import { OfficeRefusal } from './refusal.js'
import { readMerges, type MergedRange } from './sheet-merges.js'
import { SheetParser } from './sheet-parser.js'
import { brokenWorkbook, readWorkbookParts, type SheetPart, type WorkbookParts } from './workbook-parts.js'
import { tokenize } from './xml-tokens.js'

export interface SheetRow {
  readonly sheet: string
  /** Counted from 1, as the user sees it. */
  readonly row: number
  /** From column A on; trailing empty cells are left out. Of a merged range only the top left cell has a value. */
  readonly cells: readonly CellValue[]
  readonly hidden: boolean
  readonly sheetHidden: boolean
  /** The merged ranges that this row is part of. */
  readonly merges: readonly MergedRange[]
}

export interface WorkbookLimits extends ArchiveLimits {
  /** Bytes of the file itself. */
  readonly maxBytes: number
  readonly maxSheets: number
  /** Rows with a value in them, over all sheets. */
  readonly maxRows: number
  /** The last column that may hold a value. */
  readonly maxColumns: number
  /** Merged ranges of one sheet. */
  readonly maxMerges: number
}

export const DEFAULT_WORKBOOK_LIMITS: WorkbookLimits = {
  ...DEFAULT_ARCHIVE_LIMITS,
  maxBytes: 50 * 1024 * 1024,
  maxSheets: 100,
  maxRows: 200_000,
  maxColumns: 256,
  maxMerges: 20_000,
}

export interface SheetInfo {
  readonly name: string
  readonly hidden: boolean
  readonly merges: readonly MergedRange[]
}

/**
 * Rows that hold a value, sheet by sheet, top down. Memory does not grow with the rows: a sheet is inflated, read and dropped
 * piece by piece (twice, since merged ranges stand behind the rows). Throws `OfficeRefusal`.
 */
export async function* readWorkbook(
  bytes: Uint8Array,
  limits: Partial<WorkbookLimits> = {},
): AsyncGenerator<SheetRow, void, undefined> {
  const bounds = { ...DEFAULT_WORKBOOK_LIMITS, ...limits }
  const parts = openWorkbook(bytes, bounds)
  const budget = new InflateBudget(bounds)
  let rowCount = 0
  for (const sheet of parts.sheets) {
    const merges = mergesOf(sheet, bounds)
    const parser = new SheetParser(sheet.name, parts, bounds.maxColumns)
    const byRow = new MergesByRow(merges)
    let pieces = 0
    for (const _ of tokenize(inflateChunks(sheet.entry, budget), parser)) {
      for (const { row, cells, hidden } of parser.takeRows()) {
        if (++rowCount > bounds.maxRows) {
          const most = bounds.maxRows.toLocaleString('en-US')
          throw new OfficeRefusal('too-many-rows', `数据超过 ${most} 行。请分成几个文件上传。`, {
            sheet: sheet.name,
            row,
          })
        }
        yield { sheet: sheet.name, row, cells, hidden, sheetHidden: sheet.isHidden, merges: byRow.at(row) }
      }
      // A file of some megabytes would otherwise hold the thread for seconds.
      if (++pieces % 64 === 0) await breathe()
    }
  }
}

/** Names, visibility and merged ranges of the sheets, without their rows. */
export function describeWorkbook(bytes: Uint8Array, limits: Partial<WorkbookLimits> = {}): readonly SheetInfo[] {
  const bounds = { ...DEFAULT_WORKBOOK_LIMITS, ...limits }
  return openWorkbook(bytes, bounds).sheets.map((sheet) => ({
    name: sheet.name,
    hidden: sheet.isHidden,
    merges: mergesOf(sheet, bounds),
  }))
}

function openWorkbook(bytes: Uint8Array, bounds: WorkbookLimits): WorkbookParts {
  if (bytes.length > bounds.maxBytes) {
    const most = Math.floor(bounds.maxBytes / 1024 / 1024)
    throw new OfficeRefusal('too-large', `文件超过 ${most} MB。请分成几个文件上传。`)
  }
  const parts = readWorkbookParts(openArchive(bytes, bounds), new InflateBudget(bounds))
  if (parts.sheets.length === 0) throw brokenWorkbook()
  if (parts.sheets.length > bounds.maxSheets) {
    throw new OfficeRefusal('too-many-sheets', `工作表超过 ${bounds.maxSheets} 张。请删去用不到的工作表后再上传。`)
  }
  return parts
}

function mergesOf(sheet: SheetPart, bounds: WorkbookLimits): MergedRange[] {
  return readMerges(sheet.name, inflateChunks(sheet.entry, new InflateBudget(bounds)), bounds.maxMerges)
}

const NO_MERGES: readonly MergedRange[] = []

/** Rows come top down, so a pass over the ranges in the same order finds those of each row. */
class MergesByRow {
  private readonly waiting: MergedRange[]
  private active: MergedRange[] = []

  constructor(merges: readonly MergedRange[]) {
    this.waiting = [...merges].sort((a, b) => b.top - a.top)
  }

  at(row: number): readonly MergedRange[] {
    while ((this.waiting.at(-1)?.top ?? Infinity) <= row) {
      const next = this.waiting.pop()
      if (next !== undefined) this.active.push(next)
    }
    if (this.active.length === 0) return NO_MERGES
    this.active = this.active.filter((range) => range.bottom >= row)
    return [...this.active]
  }
}
