import { cellText } from './cell-value.js'
import { describeWorkbook, readWorkbook, type WorkbookLimits } from './workbook-reader.js'

export interface GridCell {
  /** Counted from 1. */
  readonly row: number
  readonly column: number
  readonly rowSpan: number
  readonly colSpan: number
  /** Without white space. */
  readonly text: string
}

/** The filled or merged cells of the first sheet shown, with their spans. For forms, not for long lists: it holds them all. */
export async function readSheetGrid(
  bytes: Uint8Array,
  limits: Partial<WorkbookLimits> = {},
): Promise<readonly GridCell[]> {
  const sheet = describeWorkbook(bytes, limits).find(({ hidden }) => !hidden)
  if (sheet === undefined) return []
  const cells = new Map<string, GridCell>()
  for (const { top, left, bottom, right } of sheet.merges) {
    cells.set(`${top}:${left}`, {
      row: top,
      column: left,
      rowSpan: bottom - top + 1,
      colSpan: right - left + 1,
      text: '',
    })
  }
  for await (const row of readWorkbook(bytes, limits)) {
    if (row.sheet !== sheet.name) continue
    row.cells.forEach((value, i) => {
      if (value === null) return
      const key = `${row.row}:${i + 1}`
      const merged = cells.get(key) ?? { row: row.row, column: i + 1, rowSpan: 1, colSpan: 1 }
      cells.set(key, { ...merged, text: cellText(value).replace(/\s+/g, '') })
    })
  }
  return [...cells.values()].sort((a, b) => a.row - b.row || a.column - b.column)
}
