/** The cells of a table as figures: each with its key, its unit, and what gives it (a metric, or a person). */
import type { FigureView, MetricCellView, TableDesign } from '@bihuan/contracts'
import {
  hazardMetrics,
  metricTableFrom,
  metricWords,
  readTable,
  scaleOfUnit,
  typedMetric,
  type Metric,
  type MetricCellReading,
  type MetricKind,
  type PlanMetricTable,
  type WordChoice,
} from '@bihuan/domain'

export interface TableCell {
  readonly key: string
  readonly label: string
  readonly unit: string | null
  readonly kind: FigureView['kind']
  readonly metric: Metric
  readonly scale: number
}

/** A cell that is likely a known metric, until somebody decides. */
export type MetricOfferRow = Pick<
  MetricCellReading,
  'key' | 'words' | 'group' | 'label' | 'unit' | 'metricId' | 'doubts'
>

/** What each cell is bound to when a table is made from a notice: by the meaning of its label or a choice, otherwise typed. */
export function bindingsOf(
  form: PlanMetricTable,
  choices: readonly WordChoice[],
): { readonly bindings: Record<string, string>; readonly offers: readonly MetricOfferRow[] } {
  const cells = readTable(form, choices)
  return {
    bindings: Object.fromEntries(
      cells.flatMap(({ key, standing, metricId }) =>
        standing === 'bound' && metricId !== null ? [[key, metricId]] : [],
      ),
    ),
    offers: cells
      .filter(({ standing }) => standing === 'open')
      .map(({ key, words, group, label, unit, metricId, doubts }) => ({
        key,
        words,
        group,
        label,
        unit,
        metricId,
        doubts,
      })),
  }
}

/** For a plan that is looked at: how many figures its table asks for, which of them records will give, and each with what it means. */
export function bindingOf(form: PlanMetricTable, choices: readonly WordChoice[]) {
  const cells = metricCells(form, choices)
  return {
    title: form.title,
    figures: cells.length,
    derived: cells.flatMap(({ standing, label }) => (standing === 'bound' ? [label] : [])),
    cells,
  }
}

export function metricCells(form: PlanMetricTable, choices: readonly WordChoice[]): MetricCellView[] {
  return readTable(form, choices).map(cellView)
}

function cellView({ metricId, doubts, ...cell }: MetricCellReading): MetricCellView {
  return { ...cell, metricId, doubts: [...doubts], means: metricId === null ? '' : metricWords(metricId) }
}

export function openCells(offers: readonly MetricOfferRow[]): MetricCellView[] {
  return offers.map((offer) => cellView({ ...offer, standing: 'open', by: null, reason: null }))
}

export function cellsOf(design: TableDesign): TableCell[] {
  const derived = new Map(hazardMetrics.map((metric) => [metric.id, metric]))
  const template = metricTableFrom(design.form as PlanMetricTable)
  const figures = template.groups.flatMap(({ rows }) => rows.flatMap((row) => row.figures))
  return figures.map((figure) => {
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
