/** A metric: a named definition over facts, and the catalogue of those that are derived from records. */

/**
 * `count`: net number. `distinct`: subjects (家). `sum`: money, hours. `stock`: the latest value of each unit, added (人员数).
 * `flag`: a unit's own 是/否.
 */
export type MetricKind = 'count' | 'distinct' | 'sum' | 'stock' | 'flag'

export interface Metric {
  readonly id: string
  readonly label: string
  readonly kind: MetricKind
  /** Codes of measures, compared whole. */
  readonly measures: readonly string[]
  /** By whose unit a fact is found: the territory it lies on, or the first of its doers (`distinct`: any of them). */
  readonly attributedTo: 'territory' | 'doer'
  /** The metric that contains this one. */
  readonly partOf: string | null
  /** What the table says behind the label: 个, 家, 次, 万元; null for 是/否. */
  readonly unit: string | null
  /** How many of a fact's smallest units make one of `unit`: 1, and for money 100 (元) or 1,000,000 (万元). */
  readonly scale: number
  /** Whether facts give the figure, or a person types it. */
  readonly source: 'derived' | 'typed'
}

const SCALES: Readonly<Record<string, number>> = { 元: 100, 千元: 100_000, 万元: 1_000_000, 亿元: 10_000_000_000 }

/** What `Metric.scale` is for a unit of a table. */
export function scaleOfUnit(unit: string | null): number {
  return (unit === null ? undefined : SCALES[unit]) ?? 1
}

/** A metric that is typed in: the cells of a table that no records give yet. */
export function typedMetric(
  id: string,
  label: string,
  unit: string | null,
  kind: MetricKind,
  partOf: string | null,
): Metric {
  return {
    id,
    label,
    kind,
    measures: [],
    attributedTo: 'territory',
    partOf,
    unit,
    scale: scaleOfUnit(unit),
    source: 'typed',
  }
}

export type HazardMetricGrade = 'major' | 'key'
export type HazardMetricTopic = 'enterprise' | 'department' | 'listed'
export type HazardMetricId = `hazard.${HazardMetricGrade}.${HazardMetricTopic}.${'all' | 'rectified'}`

const gradeLabels: Readonly<Record<HazardMetricGrade, string>> = { major: '重大事故隐患', key: '重点隐患' }
const topicLabels: Readonly<Record<HazardMetricTopic, string>> = {
  enterprise: '企业自查发现',
  department: '部门检查发现',
  listed: '政府挂牌督办',
}

/** The pairs of figures that every table begins with (总体情况): found or listed, and of these how many are rectified. */
function hazardPair(grade: HazardMetricGrade, topic: HazardMetricTopic): readonly [Metric, Metric] {
  const whole: HazardMetricId = `hazard.${grade}.${topic}.all`
  const part: HazardMetricId = `hazard.${grade}.${topic}.rectified`
  const common = { kind: 'count', attributedTo: 'territory', unit: '个', scale: 1, source: 'derived' } as const
  return [
    {
      ...common,
      id: whole,
      label: `${topicLabels[topic]}的${gradeLabels[grade]}`,
      measures:
        topic === 'listed'
          ? [`hazard/listed/${grade}/enterprise`, `hazard/listed/${grade}/department`]
          : [`hazard/found/${grade}/${topic}`],
      partOf: null,
    },
    {
      ...common,
      id: part,
      label: `${topicLabels[topic]}${gradeLabels[grade]}中已完成整改的`,
      measures:
        topic === 'listed'
          ? [`hazard/listed-rectified/${grade}/enterprise`, `hazard/listed-rectified/${grade}/department`]
          : [`hazard/rectified/${grade}/${topic}`],
      partOf: whole,
    },
  ]
}

export const hazardMetrics: readonly Metric[] = (['major', 'key'] as const).flatMap((grade) =>
  (['enterprise', 'department', 'listed'] as const).flatMap((topic) => hazardPair(grade, topic)),
)

export function hazardMetric(id: HazardMetricId): Metric {
  const metric = hazardMetrics.find((each) => each.id === id)
  if (metric === undefined) throw new Error(`No hazard metric '${id}'`)
  return metric
}

/** What cannot be computed in a list of metrics: named once, wholes there, a part of the kind of its whole, no circle. */
export function metricFaults(metrics: readonly Metric[]): readonly string[] {
  const faults: string[] = []
  const byId = new Map(metrics.map((metric) => [metric.id, metric]))
  if (byId.size < metrics.length) faults.push('two metrics have one id')
  for (const metric of metrics) {
    if (!Number.isSafeInteger(metric.scale) || metric.scale < 1) faults.push(`${metric.id}: scale is no whole number`)
    if (metric.partOf === null) continue
    const whole = byId.get(metric.partOf)
    if (whole === undefined) faults.push(`${metric.id}: its whole '${metric.partOf}' is not there`)
    else if (metric.source === 'derived') {
      if (metric.kind === 'stock' || metric.kind === 'flag')
        faults.push(`${metric.id}: a ${metric.kind} is part of nothing`)
      if (whole.kind !== metric.kind) faults.push(`${metric.id}: not of the kind of its whole`)
      if (whole.attributedTo !== metric.attributedTo) faults.push(`${metric.id}: not attributed as its whole`)
    }
    const met = new Set<string>()
    for (let at: string | null = metric.id; at !== null; at = byId.get(at)?.partOf ?? null) {
      if (met.has(at)) {
        faults.push(`${metric.id}: part of itself`)
        break
      }
      met.add(at)
    }
  }
  return faults
}
