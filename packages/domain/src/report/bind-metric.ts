/**
 * Binds the cells of a table, as a notice words them, to metrics that records give. Precision before all: a figure under the
 * wrong heading is worse than one to be typed.
 */
import type { PlanMetric, PlanMetricTable } from '../campaign/index.js'
import {
  isPartLabel,
  matchCell,
  typedCell,
  type MatchedCell,
  type MetricBinding,
  type MetricCell,
} from './metric-match.js'
import type { MetricMeaning } from './metric-meaning.js'
import { hazardMetric, type HazardMetricId, type Metric } from './metric.js'

export function bindMetric(cell: MetricCell): MetricBinding {
  return matchCell(cell).binding
}

export interface BoundCell {
  readonly group: string
  readonly ordinal: number
  /** Null for a cell that asks for one figure; otherwise the number of the figure in the cell, from 0. */
  readonly part: number | null
  readonly label: string
  readonly unit: string | null
  readonly binding: MetricBinding
}

/**
 * Binds all cells of a metric table. Where two cells come to the same metric, neither is bound: the table means something by the
 * difference (two trades, two years) that the labels do not say.
 */
export function bindTable(table: Pick<PlanMetricTable, 'groups'>): readonly BoundCell[] {
  const cells = table.groups.flatMap(({ name, metrics }) => boundGroup(name, metrics))
  const bound = cells.flatMap(({ binding }) => (binding.source === 'derived' ? [binding.metricId] : []))
  const doubled = new Set(bound.filter((id, index) => bound.indexOf(id) !== index).map(pairOf))
  return cells.map(({ binding, ...cell }) => {
    if (binding.source === 'typed') {
      const isTaken = binding.offer !== null && bound.includes(binding.offer.metricId)
      return { ...cell, binding: isTaken ? typedCell('twice') : binding }
    }
    if (!doubled.has(pairOf(binding.metricId))) return { ...cell, binding }
    return {
      ...cell,
      binding: typedCell('twice', { metricId: binding.metricId, doubts: ['表里另有一格也是这个意思'] }),
    }
  })
}

function boundGroup(group: string, metrics: readonly PlanMetric[]): readonly BoundCell[] {
  const above = new RowsAbove()
  return metrics.flatMap((metric) => {
    let whole: MatchedCell | null = null
    const bound = figuresIn(metric).map(({ label, unit, part, isPart }, index): BoundCell => {
      const precededBy = isPart ? (whole?.meaning ?? null) : index === 0 ? above.before(label) : null
      const matched = matchCell({ label: isPart ? `其中${label}` : label, unit, group, precededBy })
      const isOfDoubtful = isPart ? whole?.binding.source === 'typed' : index === 0 && above.isDoubtful(label)
      const binding = isOfDoubtful ? offered(matched.binding) : matched.binding
      if (index === 0) whole = { ...matched, binding }
      return { group, ordinal: metric.ordinal, part, label, unit, binding }
    })
    above.pass(metric, whole)
    return bound
  })
}

/** What a row may go on from: 其中已整改 goes with the row above, whatever it is; 已整改 only where it cannot be of another one. */
class RowsAbove {
  private last: MatchedCell | null = null
  private readonly found: MetricMeaning[] = []

  before(label: string): MetricMeaning | null {
    const meaning = this.last?.meaning ?? null
    if (meaning === null || isPartLabel(label)) return meaning
    return this.found.every(({ topic, grade }) => topic !== meaning.topic || grade === meaning.grade)
      ? meaning
      : { ...meaning, grade: null }
  }

  isDoubtful(label: string): boolean {
    return isPartLabel(label) && this.last?.binding.source === 'typed'
  }

  pass({ label }: PlanMetric, row: MatchedCell | null): void {
    // What is below a row of 其中 may be of that row, or of the one that holds both.
    this.last = isPartLabel(label) ? null : row
    if (row?.meaning?.state === 'all') this.found.push(row.meaning)
  }
}

/** What is part of a figure that is only offered is offered with it. */
function offered(binding: MetricBinding): MetricBinding {
  if (binding.source === 'typed') return binding
  return typedCell('label', { metricId: binding.metricId, doubts: ['所属的那一项还没有确定'] })
}

/** A whole and its part go together: of two wholes one cannot say which the part belongs to. */
function pairOf(metricId: HazardMetricId): string {
  return metricId.replace(/\.[a-z]+$/, '')
}

/** The metrics to compute for a table: each once, and the wholes of parts that stand there without them. */
export function metricsNeeded(cells: readonly BoundCell[]): readonly Metric[] {
  const needed = new Map<string, Metric>()
  for (const { binding } of cells) {
    if (binding.source !== 'derived') continue
    for (let at: Metric | null = binding.metric; at !== null;) {
      needed.set(at.id, at)
      at = at.partOf === null ? null : hazardMetric(at.partOf as HazardMetricId)
    }
  }
  return [...needed.values()]
}

interface AskedFigure {
  readonly label: string
  readonly unit: string | null
  readonly part: number | null
  readonly isPart: boolean
}

/** The parts of a cell that 其中 opens are labelled without it: 企业自查发现…，其中已完成整改的. */
function figuresIn(metric: PlanMetric): readonly AskedFigure[] {
  if (metric.parts.length === 0) return [{ label: metric.label, unit: metric.unit, part: null, isPart: false }]
  return metric.parts.map(({ label, unit, partOf }, part) => ({ label, unit, part, isPart: partOf !== null }))
}
