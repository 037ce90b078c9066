/**
 * A metric table (调度表) as a template: every figure that the form asks for has a key that stays, a kind of value, and, where
 * the form says so, the figure that contains it. Which metric of the ledger fills a figure is bound elsewhere (report).
 */
import type { PlanForm, PlanMetric, PlanMetricTable } from './plan.js'

/** `count`: whole and not negative. `money`: two decimals. `decimal`: up to two (％, hours). `flag`: 是 or 否. */
export type FigureKind = 'count' | 'money' | 'decimal' | 'flag'

export interface MetricFigure {
  /** `g1.m3`, or `g1.m3.p2` for the second figure of a cell; groups, metrics and parts are counted from 1. */
  readonly key: string
  readonly label: string
  readonly unit: string | null
  readonly kind: FigureKind
  /** The key of the figure that contains this one. */
  readonly partOf: string | null
}

export interface MetricRow {
  readonly ordinal: number
  readonly cell: string
  readonly label: string
  readonly figures: readonly MetricFigure[]
}

export interface MetricTableTemplate extends PlanForm {
  readonly ordinal: number
  readonly title: string
  readonly groups: readonly { readonly index: number; readonly name: string; readonly rows: readonly MetricRow[] }[]
}

export function metricTableFrom(table: PlanMetricTable): MetricTableTemplate {
  const { ordinal, title, head, notes, foot, signatures } = table
  const groups = table.groups.map((group, at) => {
    const taken = new Set<string>()
    const rows: MetricRow[] = []
    for (const metric of group.metrics) {
      const base = freeKey(`g${at + 1}.m${metric.ordinal}`, taken)
      rows.push(rowFrom(metric, base, rows))
    }
    return { index: at + 1, name: group.name, rows }
  })
  return { ordinal, title, head, notes, foot, signatures, groups }
}

export interface StrayPart {
  /** Of the group and of the metric in it, from 0. */
  readonly at: readonly [group: number, metric: number]
  /** The words of the cell. */
  readonly cell: string
  readonly label: string
  readonly partOf: string
}

/** Parts that name a whole which their cell does not have: nothing could say how many of the whole they are. */
export function strayParts({
  groups,
}: {
  readonly groups: readonly { readonly metrics: readonly Pick<PlanMetric, 'cell' | 'parts'>[] }[]
}): readonly StrayPart[] {
  return groups.flatMap(({ metrics }, group) =>
    metrics.flatMap(({ cell, parts }, metric) =>
      parts.flatMap((part): StrayPart[] => {
        const { label, partOf } = part
        const isWhole = parts.some((other) => other !== part && other.label === partOf)
        return partOf === null || isWhole ? [] : [{ at: [group, metric], cell, label, partOf }]
      }),
    ),
  )
}

/** A form may number two rows alike by a slip; the second one gets a key of its own. */
function freeKey(wanted: string, taken: Set<string>): string {
  let key = wanted
  for (let again = 2; taken.has(key); again += 1) key = `${wanted}-${again}`
  taken.add(key)
  return key
}

function rowFrom(metric: PlanMetric, base: string, before: readonly MetricRow[]): MetricRow {
  const { ordinal, cell, label, parts } = metric
  if (parts.length === 0) {
    const whole = wholeBefore(label, metric.unit, before)
    const figure = { key: base, label, unit: metric.unit, kind: figureKind(label, metric.unit), partOf: whole }
    return { ordinal, cell, label, figures: [figure] }
  }
  const figures = parts.map((part, at): MetricFigure => {
    const whole = part.partOf === null ? -1 : parts.findIndex((other) => other !== part && other.label === part.partOf)
    return {
      key: `${base}.p${at + 1}`,
      label: part.label,
      unit: part.unit,
      kind: figureKind(part.label, part.unit),
      partOf: whole === -1 ? null : `${base}.p${whole + 1}`,
    }
  })
  return { ordinal, cell, label, figures }
}

/** …发现重大事故隐患中已完成整改的, under 企业自查发现的重大事故隐患: the row above, when it names what this one is 中 of. */
function wholeBefore(label: string, unit: string | null, before: readonly MetricRow[]): string | null {
  const stem = /^(.{2,}?)(?:的)?(?:中|，其中|其中)已/.exec(label)?.[1]
  const [above] = before.at(-1)?.figures ?? []
  if (stem === undefined || above === undefined || above.unit !== unit) return null
  return above.label.replaceAll('的', '').includes(stem.replaceAll('的', '')) ? above.key : null
}

export function figureKind(label: string, unit: string | null): FigureKind {
  if (unit === null) return label.startsWith('是否') ? 'flag' : 'count'
  if (unit === '是/否' || unit === '是、否') return 'flag'
  if (unit.endsWith('元')) return 'money'
  return /^(%|％|吨|公里|千米|米|平方米|亩|公顷|小时|学时|分)$/.test(unit) ? 'decimal' : 'count'
}

export function tableFigures(template: MetricTableTemplate): readonly MetricFigure[] {
  return template.groups.flatMap(({ rows }) => rows.flatMap(({ figures }) => figures))
}
