/** The cells of a table as figures: each with its key, its unit, and what gives it (a metric, or a person). */
import type { FigureView, TableDesign } from '@bihuan/contracts'
import {
  bindTable,
  hazardMetrics,
  metricTableFrom,
  scaleOfUnit,
  typedMetric,
  type Metric,
  type MetricKind,
  type PlanMetricTable,
} from '@bihuan/domain'

export interface TableCell {
  readonly key: string
  readonly label: string
  readonly unit: string | null
  readonly kind: FigureView['kind']
  readonly metric: Metric
  readonly scale: number
}

/** What each cell is bound to when a table is made from a notice: by the meaning of its label, otherwise typed. */
export function bindingsOf(form: TableDesign['form']): Record<string, string> {
  const bindings: Record<string, string> = {}
  for (const { figure, bound } of placed(form)) {
    if (bound.binding.source === 'derived') bindings[figure.key] = bound.binding.metricId
  }
  return bindings
}

/** For a plan that is looked at: how many figures its table asks for, and which of them records will give. */
export function bindingOf(form: PlanMetricTable): { title: string; figures: number; derived: string[] } {
  const cells = placed(structuredClone(form) as unknown as TableDesign['form'])
  return {
    title: form.title,
    figures: cells.length,
    derived: cells.flatMap(({ figure, bound }) => (bound.binding.source === 'derived' ? [figure.label] : [])),
  }
}

/** The figures of the form in its order, each with what its label binds to. */
function placed(form: TableDesign['form']) {
  const table = form as PlanMetricTable
  const bound = bindTable(table)
  const template = metricTableFrom(table)
  const figures = template.groups.flatMap(({ rows }) => rows.flatMap((row) => row.figures))
  return figures.map((figure, index) => {
    const cell = bound[index]
    if (cell === undefined) throw new Error('bindTable answers one cell a figure')
    return { figure, bound: cell }
  })
}

export function cellsOf(design: TableDesign): TableCell[] {
  const derived = new Map(hazardMetrics.map((metric) => [metric.id, metric]))
  return placed(design.form).map(({ figure }) => {
    const { key, label, unit, partOf } = figure
    const kind = figure.kind === 'decimal' ? 'count' : figure.kind
    // Tons, hours and shares have up to two decimals; money is kept to the 分 whatever its unit.
    const scale = figure.kind === 'decimal' ? 100 : scaleOfUnit(unit)
    const metric = derived.get(design.bindings[key] ?? '') ?? {
      ...typedMetric(key, label, unit, metricKindOf(kind, label, unit), partOf),
      scale,
    }
    return { key, label, unit, kind, metric, scale }
  })
}

/** The metrics that records give, wholes included that stand in no cell. */
export function derivedMetrics(cells: readonly TableCell[]): Metric[] {
  const catalogue = new Map(hazardMetrics.map((metric) => [metric.id, metric]))
  const needed = new Map<string, Metric>()
  for (const cell of cells) {
    for (
      let at: Metric | undefined = catalogue.get(cell.metric.id);
      at !== undefined;
      at = catalogue.get(at.partOf ?? '')
    ) {
      needed.set(at.id, at)
    }
  }
  return [...needed.values()]
}

/** A head-count is the state of a day and is replaced, not added to; everything else is counted from the start. */
function metricKindOf(kind: FigureView['kind'], label: string, unit: string | null): MetricKind {
  if (kind === 'flag') return 'flag'
  if (kind === 'money') return 'sum'
  // 配备技术检查员数量 is a head-count; 移送司法机关 has the same unit, and is counted from the start.
  if (unit === '人' && /配备|现有|在岗|在册|数量/.test(label)) return 'stock'
  return unit === '家' ? 'distinct' : 'count'
}
