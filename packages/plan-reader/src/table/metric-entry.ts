import type { Words } from '../normalise/canonical-text.js'
import { isNoteLine } from './form-lines.js'
import { isFullWidth, type Grid, type GridCell } from './grid.js'
import { hasUnit, isUnit } from './metric-unit.js'

/** A metric where it stands in its table. */
export interface Entry {
  readonly group: Words | null
  readonly ordinal: number | null
  readonly label: Words
  readonly unit: Words | null
}

const isNumber = (words: Words) => /^\d{1,3}[.、]?$/.test(words.text)
const isQuestion = (words: Words) => /^是否|[是有]否$|（是否?）$/.test(words.text)
const isMeasured = (words: Words) => hasUnit(words) || isQuestion(words)
const filledOf = (row: readonly GridCell[]) => row.filter(({ words }) => words.length > 0)

/**
 * The groups that are open while a table is read from above: a label over several rows on the left, a row from side to side, or one
 * label over each of the blocks that stand side by side.
 */
class Groups {
  private blocks: (Words | null)[] = [null]

  /** Whether a row without metrics is the heading of groups: one for all, or one for each block. */
  head(row: readonly GridCell[], grid: Grid, blocks: number): void {
    const filled = filledOf(row).map(({ words }) => words)
    const [first, second] = filled
    if (first === undefined || filled.some((words) => !isGroup(words))) return
    if (isFullWidth(grid, row)) this.blocks = [first]
    else if (filled.length === 2 && second !== undefined && /^[一二三四五六七八九十]{1,2}、?$/.test(first.text))
      this.blocks = [second]
    else if (blocks > 1 && filled.length === blocks) this.blocks = filled
  }

  /** The label beside a metric holds from there on for its block. */
  of(block: number, beside: Words | null): Words | null {
    if (beside !== null) {
      if (block === 0 && this.blocks.length === 1) this.blocks = [beside]
      else this.blocks[block] = beside
    }
    return this.blocks[block] ?? this.blocks[0] ?? null
  }
}

/** What stands over a column is no group: 指标, 数据. */
const COLUMN =
  /^(?:序号?|编号|指标|指标名称|项目|内容|名称|数据|数值|数量|单位|计量单位|类别|分类|备注|本周|本月|本期|累计|本月数|累计数|统计数据?|填报数据?|填报内容|统计项目|完成情况|情况)$/
const isGroup = (words: Words) =>
  words.length <= 36 &&
  !COLUMN.test(words.text) &&
  !isMeasured(words) &&
  !isNumber(words) &&
  !isNoteLine(words.text) &&
  !/[：。_]|年月日?$/.test(words.text)

/** number | label | (value), once or several times in a row: the number says where a metric begins. */
export function numberedEntries(grid: Grid): Entry[] | null {
  const entries: Entry[] = []
  const groups = new Groups()
  const blocks = Math.max(0, ...grid.rows.map((row) => row.filter(({ words }) => isNumber(words)).length))
  for (const row of grid.rows) {
    const starts = row.flatMap(({ words }, at) => (isNumber(words) && hasLabel(row, at) ? [at] : []))
    if (starts.length === 0) groups.head(row, grid, blocks)
    starts.forEach((at, block) => {
      const end = starts[block + 1] ?? row.length
      const measured = row.slice(at + 1, end).findIndex(({ words }) => isMeasured(words))
      const place = measured > 0 ? at + 1 + measured : at + 1
      const label = row[place]?.words
      if (label === undefined || label.length === 0) return
      const inside = row
        .slice(at + 1, place)
        .filter(({ words }) => words.length > 0 && isGroup(words))
        .at(-1)
      // Behind the value of the metric before it: the label of this block.
      const before = row.slice(block === 0 ? 0 : (starts[block - 1] as number) + 3, at)
      const beside = inside ?? filledOf(before).at(-1)
      const unit = row[place + 1]?.words ?? null
      entries.push({
        group: groups.of(block, beside?.words ?? null),
        ordinal: Number.parseInt((row[at] as GridCell).words.text, 10),
        label,
        unit: unit !== null && isUnit(unit) ? unit : null,
      })
    })
  }
  const measured = entries.filter(({ label, unit }) => isMeasured(label) || unit !== null)
  return entries.length >= 2 && measured.length * 2 >= entries.length ? entries : null
}

function hasLabel(row: readonly GridCell[], at: number): boolean {
  const rest = row.slice(at + 1)
  const next = rest.findIndex(({ words }) => isNumber(words))
  return filledOf(next < 0 ? rest : rest.slice(0, next)).length > 0
}

/** label | (value): a unit in brackets says that a cell asks for a figure. */
export function labelledEntries(grid: Grid): Entry[] | null {
  const entries: Entry[] = []
  const groups = new Groups()
  const labelsOf = (row: readonly GridCell[]) =>
    row.flatMap(({ words }, at) => (row[at + 1]?.words.length === 0 && isMeasured(words) ? [at] : []))
  const blocks = Math.max(0, ...grid.rows.map((row) => labelsOf(row).length))
  for (const row of grid.rows) {
    const labels = labelsOf(row)
    if (labels.length === 0) groups.head(row, grid, blocks)
    labels.forEach((at, block) => {
      const before = row.slice(block === 0 ? 0 : (labels[block - 1] as number) + 2, at)
      const beside = filledOf(before).at(-1)?.words ?? null
      entries.push({ group: groups.of(block, beside), ordinal: null, label: (row[at] as GridCell).words, unit: null })
    })
  }
  return entries.length >= 3 ? entries : null
}

/** Metrics side by side as headings of columns, the units of the area below one another. */
export function headedEntries(grid: Grid): Entry[] | null {
  const heading = grid.rows.slice(0, 3)
  const body = filledOf(grid.rows.slice(1).flat())
  const entries: Entry[] = []
  heading.forEach((row, at) => {
    for (const cell of row) {
      if (!hasUnit(cell.words) || cell.colSpan > 1) continue
      const over = heading
        .slice(0, at)
        .flat()
        .find(({ column, colSpan }) => column <= cell.column && cell.column < column + colSpan && colSpan > 1)
      entries.push({ group: over?.words ?? null, ordinal: null, label: cell.words, unit: null })
    }
  })
  const inHeading = filledOf(heading.flat()).length
  return entries.length >= 3 && body.length <= inHeading + grid.rows.length * 2 ? entries : null
}
