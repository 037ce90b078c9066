import type { PlanMetric, PlanMetricGroup, PlanMetricPart } from '@bihuan/domain'
import type { Words } from '../normalise/canonical-text.js'
import { isFullWidth, type Grid, type GridCell } from './grid.js'

/** What a figure is counted in, as it stands in brackets behind a label. */
const UNIT =
  '(?:家次|个次|人次|场次|车次|次数|亿元|万元|元|家|个|次|人|名|起|件|条|项|处|户|部|份|场|期|栋|幢|座|辆|艘|台|套|所|篇|批|天|万人|平方米|公里|米|吨|%|是/否|是否|例|块|支|只|张|组|类)'
const UNIT_BRACKET = new RegExp(`（(?:单位[：])?(${UNIT}(?:[，、/和]${UNIT})*)）`, 'g')

interface Entry {
  readonly group: Words | null
  readonly ordinal: number | null
  readonly label: Words
  readonly unit: Words | null
}

/**
 * The metrics of a table by its shape: a number, a label and an empty cell, once or several times in a row, with a label of the group
 * that may stand over several rows. Null where the table has no such shape.
 */
export function metricGroupsOf(grid: Grid): PlanMetricGroup[] | null {
  const entries = numberedEntries(grid) ?? labelledEntries(grid) ?? headedEntries(grid)
  if (entries === null) return null
  const groups: { name: string; words: Words | null; metrics: PlanMetric[] }[] = []
  let words: Words | null = null
  for (const entry of entries) {
    if (entry.group !== null && entry.group.length > 0 && entry.group.own !== words?.own) {
      words = entry.group
      groups.push({ name: words.own, words, metrics: [] })
    }
    if (groups.length === 0) groups.push({ name: '', words: null, metrics: [] })
    const open = groups.at(-1) as (typeof groups)[number]
    open.metrics.push(metricOf(entry, open.metrics.length + 1))
  }
  return groups.map(({ name, words: label, metrics }) => ({
    name,
    metrics,
    ...(label === null ? {} : { source: label.source }),
  }))
}

const isNumber = (words: Words) => /^\d{1,3}[.、]?$/.test(words.text)
const hasUnit = (words: Words) => new RegExp(UNIT_BRACKET.source).test(words.text)
const isQuestion = (words: Words) => /^是否/.test(words.text)

/** number | label | (value): the number says where a metric begins. */
function numberedEntries(grid: Grid): Entry[] | null {
  const entries: Entry[] = []
  let group: Words | null = null
  for (const row of grid.rows) {
    if (isFullWidth(grid, row)) continue
    const first = row.findIndex(({ words }) => isNumber(words))
    if (first < 0) continue
    const before = row.slice(0, first).filter(({ words }) => words.length > 0)
    group = before.at(-1)?.words ?? group
    for (let at = first; at < row.length; at++) {
      const cell = row[at] as GridCell
      const label = row[at + 1]
      if (!isNumber(cell.words) || label === undefined || label.words.length === 0 || isNumber(label.words)) continue
      const unit = row[at + 2]?.words ?? null
      const own = unit !== null && new RegExp(`^${UNIT}(?:[，、/]${UNIT})*$`).test(unit.text) ? unit : null
      entries.push({ group, ordinal: Number.parseInt(cell.words.text, 10), label: label.words, unit: own })
    }
  }
  const measured = entries.filter(({ label, unit }) => hasUnit(label) || isQuestion(label) || unit !== null)
  return entries.length >= 2 && measured.length * 2 >= entries.length ? entries : null
}

/** label | (value): a unit in brackets says that a cell asks for a figure. */
function labelledEntries(grid: Grid): Entry[] | null {
  const entries: Entry[] = []
  let group: Words | null = null
  for (const row of grid.rows) {
    if (isFullWidth(grid, row)) continue
    const labels = row.filter(({ words }, at) => isLabel(row, at) && (hasUnit(words) || isQuestion(words)))
    const [first] = labels
    if (first === undefined) continue
    const before = row.filter(({ words, column }) => column < first.column && words.length > 0)
    group = before.at(-1)?.words ?? group
    for (const { words } of labels) entries.push({ group, ordinal: null, label: words, unit: null })
  }
  return entries.length >= 3 ? entries : null
}

function isLabel(row: readonly GridCell[], at: number): boolean {
  const next = row[at + 1]
  return next !== undefined && next.words.length === 0
}

/** Metrics side by side as headings of columns, the units of the area below one another. */
function headedEntries(grid: Grid): Entry[] | null {
  const heading = grid.rows.slice(0, 3)
  const body = grid.rows
    .slice(1)
    .flat()
    .filter(({ words }) => words.length > 0)
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
  const inHeading = heading.flat().filter(({ words }) => words.length > 0).length
  return entries.length >= 3 && body.length <= inHeading + grid.rows.length * 2 ? entries : null
}

function metricOf({ label: words, ordinal, unit }: Entry, position: number): PlanMetric {
  const cell = words.own
  const brackets = [...words.text.matchAll(UNIT_BRACKET)]
  const last = brackets.at(-1)
  const inBrackets =
    last === undefined
      ? null
      : words.slice(last.index + last[0].indexOf(last[1] ?? ''), last.index + last[0].length - 1)
  return {
    ordinal: ordinal ?? position,
    cell,
    label: without(words, brackets),
    unit: inBrackets?.own ?? unit?.own ?? null,
    parts: partsOf(words, brackets),
    source: words.source,
  }
}

function without(words: Words, brackets: readonly RegExpExecArray[]): string {
  let label = ''
  let from = 0
  for (const bracket of brackets) {
    label += words.slice(from, bracket.index).own
    from = bracket.index + bracket[0].length
  }
  return label + words.slice(from).own
}

/** The figures that a cell asks for, when it asks for more than one. */
function partsOf(words: Words, brackets: readonly RegExpExecArray[]): PlanMetricPart[] {
  const parts: PlanMetricPart[] = []
  let from = 0
  let whole: string | null = null
  for (const bracket of brackets) {
    const piece = words.slice(from, bracket.index)
    from = bracket.index + bracket[0].length
    const contained = /^[，、；]?(?:其中)[：，]?/.exec(piece.text)
    const separated = /^[，、；和及]/.exec(piece.text)
    const label = piece.slice(contained?.[0].length ?? separated?.[0].length ?? 0).own
    if (contained !== null) whole ??= parts.at(-1)?.label ?? null
    else if (parts.length > 0 && whole === null) whole = null
    const units = words.slice(bracket.index + 1, bracket.index + bracket[0].length - 1).split(/[，、和]/)
    for (const unit of units) parts.push({ label, unit: unit.own, partOf: whole })
  }
  return parts.length > 1 ? parts : []
}
