import type { PlanMetric, PlanMetricGroup, PlanMetricPart } from '@bihuan/domain'
import type { Words } from '../normalise/canonical-text.js'
import type { Grid } from './grid.js'
import { headedEntries, labelledEntries, numberedEntries, type Entry } from './metric-entry.js'
import { UNIT_BRACKET } from './metric-unit.js'

/**
 * The metrics of a table by its shape: a number, a label and an empty cell, once or several times in a row, with a label of the group
 * that may stand over several rows. Null where the table has no such shape.
 */
export function metricGroupsOf(grid: Grid): PlanMetricGroup[] | null {
  if (namesTasks(grid)) return null
  const entries = numberedEntries(grid) ?? labelledEntries(grid) ?? headedEntries(grid)
  if (entries === null) return null
  const groups: { name: string; words: Words | null; metrics: PlanMetric[] }[] = []
  for (const entry of entries) {
    const name = entry.group?.own ?? ''
    let group = groups.find((one) => one.name === name)
    if (group === undefined) groups.push((group = { name, words: entry.group, metrics: [] }))
    group.metrics.push(metricOf(entry, group.metrics.length + 1))
  }
  return groups.map(({ name, words: label, metrics }) => ({
    name,
    metrics,
    ...(label === null ? {} : { source: label.source }),
  }))
}

/** 序号 | 任务 | 责任单位 | 完成时限: headings of work to be done, whatever shape its rows have. */
const namesTasks = (grid: Grid) => {
  const headings = grid.rows.slice(0, 2).flatMap((row) => row.map(({ words }) => words.text))
  return (
    headings.some((text) => /^(?:责任单位|责任部门|牵头单位|责任领导|责任人)(?:（[^）]*）)?$/.test(text)) &&
    headings.some((text) => /^(?:完成|办结|落实)?(?:时限|时间|期限|进度)(?:要求|节点|安排)?$/.test(text))
  )
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
