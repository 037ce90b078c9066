/**
 * The cells of a notice's table as an officer goes through them: which known metric each is bound to or is likely to mean, how sure that
 * is, and what somebody chose for the same words before.
 */
import { metricTableFrom, plainWords, type PlanMetricTable, type WordChoice } from '../campaign/index.js'
import { bindTable } from './bind-metric.js'
import { isPartLabel } from './metric-match.js'
import { hazardMetric, hazardMetrics, type HazardMetricId } from './metric.js'
import { meaningOf } from './metric-meaning.js'

export type MetricChoice = Extract<WordChoice, { readonly subject: 'metric' }>

export interface MetricCellReading {
  /** As the template of the table has it: `g1.m3.p2`. */
  readonly key: string
  /** By which a choice is remembered: the group, what it is part of, the label and the unit. */
  readonly words: string
  readonly group: string
  readonly label: string
  readonly unit: string | null
  /** `open`: likely the metric that is named, to be decided. `typed`: no known metric, or decided so. */
  readonly standing: 'bound' | 'open' | 'typed'
  readonly by: 'label' | 'choice' | null
  readonly metricId: HazardMetricId | null
  readonly doubts: readonly string[]
  /** Of a choice. */
  readonly reason: string | null
}

export function isKnownMetric(id: string): id is HazardMetricId {
  return hazardMetrics.some((metric) => metric.id === id)
}

export function readTable(table: PlanMetricTable, choices: readonly WordChoice[]): readonly MetricCellReading[] {
  const words = cellWords(table)
  const keys = metricTableFrom(table).groups.flatMap(({ rows }) =>
    rows.flatMap((row) => row.figures.map(({ key }) => key)),
  )
  const chosen = words.map((one) => choiceFor(one, choices))
  const taken = new Set<string>()
  const cells = bindTable(table).map(({ group, label, unit, binding }, at): MetricCellReading => {
    const place = { key: keys[at] ?? '', words: words[at] ?? '', group, label, unit, doubts: [], reason: null }
    const choice = chosen[at]
    const metricId = choice?.meaning?.metricId ?? null
    if (choice !== undefined && metricId === null)
      return { ...place, standing: 'typed', by: 'choice', metricId: null, reason: choice.reason }
    if (choice !== undefined && metricId !== null && isKnownMetric(metricId)) {
      // One metric stands in one cell of a table.
      if (taken.has(metricId))
        return { ...place, standing: 'open', by: null, metricId, doubts: ['表里另有一格已经选了这个指标'] }
      taken.add(metricId)
      return { ...place, standing: 'bound', by: 'choice', metricId, reason: choice.reason }
    }
    if (binding.source === 'derived') return { ...place, standing: 'bound', by: 'label', metricId: binding.metricId }
    if (binding.offer !== null) return { ...place, standing: 'open', by: null, ...binding.offer }
    return { ...place, standing: 'typed', by: null, metricId: null }
  })
  return cells.map((cell) =>
    cell.by === 'choice' || cell.metricId === null || !taken.has(cell.metricId) || cell.doubts[0]?.startsWith('表里')
      ? cell
      : { ...cell, standing: 'typed', by: null, metricId: null, doubts: ['这个指标已经选给了另一格'] },
  )
}

function choiceFor(words: string, choices: readonly WordChoice[]): MetricChoice | undefined {
  const plain = plainWords(words)
  return choices.findLast((one): one is MetricChoice => one.subject === 'metric' && plainWords(one.words) === plain)
}

/** 部门执法：发现重大事故隐患，其中已整改（条）. A label that stands twice in its group is told apart by the row above. */
function cellWords({ groups }: PlanMetricTable): readonly string[] {
  return groups.flatMap(({ name, metrics }) =>
    metrics.flatMap(({ label, unit, parts }, at) => {
      const isTold = isPartLabel(label) || metrics.some((other, place) => place !== at && other.label === label)
      const above = isTold ? (metrics[at - 1]?.label ?? '') : ''
      const row = above === '' ? label : `${above}，${label}`
      const said = (words: string, of: string | null) => `${name}：${words}${of === null ? '' : `（${of}）`}`
      if (parts.length === 0) return [said(row, unit)]
      return parts.map((part) =>
        said(part.partOf === null ? part.label : `${part.partOf}，其中${part.label.replace(/^其中/u, '')}`, part.unit),
      )
    }),
  )
}

const topicWords = {
  enterprise: '企业自查发现',
  department: '部门、镇街等检查发现（不是企业自查的）',
  listed: '已挂牌督办（谁发现的都算）',
} as const
const gradeWords = { major: '级别为重大事故隐患', key: '级别为重点隐患', general: '级别为一般隐患' } as const

/** Which records a known metric counts, and how: as the page says it to whoever must choose. */
export function metricWords(metricId: HazardMetricId): string {
  const { topic, grade, state } = meaningOf(metricId)
  const { kind, unit } = hazardMetric(metricId)
  const counted = kind === 'count' ? `隐患记录的件数（${unit ?? ''}）` : '隐患记录'
  const said = [
    ...(grade === null ? [] : [gradeWords[grade]]),
    ...(topic === null ? [] : [topicWords[topic]]),
    ...(state === 'rectified' ? ['已复查销号'] : []),
  ]
  return `${counted}：${said.join('，')}；按所在地，从行动开始累计`
}
