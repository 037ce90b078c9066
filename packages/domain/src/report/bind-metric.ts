/**
 * Binds the cells of a table, as a notice words them, to metrics that records give. Precision before all: a figure under the
 * wrong heading is worse than one to be typed. A label is bound only when every word of it is understood; what is left over
 * (a level, a month, a trade, 未, 率) leaves the cell to be typed.
 */
import type { PlanMetric, PlanMetricTable } from '../campaign/index.js'
import {
  hazardMetric,
  type HazardMetricGrade,
  type HazardMetricId,
  type HazardMetricTopic,
  type Metric,
} from './metric.js'

export interface MetricCell {
  readonly label: string
  readonly unit: string | null
  /** The name of the group of the table that it stands in. */
  readonly group: string | null
  /** What the figure that this one may be part of (其中…) is bound to; null when nothing, or nothing known. */
  readonly precededBy: HazardMetricId | null
}

export type MetricBinding =
  | { readonly source: 'derived'; readonly metric: Metric; readonly metricId: HazardMetricId }
  | { readonly source: 'typed'; readonly reason: TypedReason }

/** Why a cell is left to be typed: what it counts, in what, where it stands, or that another cell has its metric already. */
export type TypedReason = 'label' | 'unit' | 'group' | 'twice'

/** 家 would be enterprises, 次 acts: only these count hazards. No unit at all is taken for 个. */
const HAZARD_UNITS = new Set(['个', '处', '项', '条', '起'])

/**
 * What may stand around a label without narrowing it: figures are cumulative anyway, and of the unit whose table it is. 本月,
 * 新增, 全年, 全区 (in the form of a town), 市级 are not among them.
 */
const OPENING =
  '(?:截至目前|目前|累计|累积|共计|共|开展以来|启动以来|(?:专项)?(?:行动|整治)(?:开展|启动)?以来|本辖区|辖区内|辖区|本地区|本地)*'
const COUNT = '(?:总)?(?:数量|个数|数目|数|总量)?'

/** How the two grades are called. 重大火灾隐患 is another thing, and 隐患 alone may be any. */
const grades: Readonly<Record<HazardMetricGrade, string>> = {
  major: '重大(?:生产安全|安全生产|安全)?(?:事故)?隐患',
  key: '重点(?:生产安全|安全生产|安全)?(?:事故)?隐患',
}

const FOUND = '(?:发现|查出|排查出|检查出|查找出|排查发现)'
const SELF = '(?:自查自改|自查自纠|自查自报|自查|自检|自行排查|自行检查|自主排查|自主检查|自我排查)'
const ENTERPRISE = '(?:企业|各企业|生产经营单位|企业单位)'
const OFFICIAL =
  '(?:各?部门|监管部门|各?(?:行业)?主管部门|行业(?:主管|监管)?部门|安全监管部门|负有安全(?:生产)?监管职责的?部门|各?有关部门|政府部门|政府及部门)'
const INSPECTION = '(?:执法检查|监督检查|监管检查|安全检查|检查|排查|监督执法|执法)'

const topics: Readonly<Record<HazardMetricTopic, readonly string[]>> = {
  enterprise: [
    `${ENTERPRISE}?${SELF}${FOUND}的?`,
    `${ENTERPRISE}?自查出的?`,
    // 企业发现 alone may be what others found there.
    `${ENTERPRISE}排查发现的?`,
  ],
  department: [
    `${OFFICIAL}(?:${INSPECTION})?${FOUND}的?`,
    // Without a subject 检查 may be the enterprise's own; 执法 and 监督 are nobody's but an authority's.
    `(?:执法检查|监督检查|监督执法|执法)${FOUND}的?`,
    `${OFFICIAL}?对企业(?:${INSPECTION})${FOUND}的?`,
  ],
  listed: ['(?:各级)?(?:人民)?(?:政府|安委会|政府或安委会|政府及部门|政府部门)?挂牌督办的?'],
}

/** 已完成整改, not 应整改, 正在整改, 按期整改 or 整改. 销号 comes later than 整改 in some tables, and is left to be typed. */
const RECTIFIED =
  '(?:已经?(?:完成|实现)?(?:整改|治理)(?:完成|完毕|到位)?|完成(?:整改|治理)|(?:整改|治理)(?:完成|完毕|到位))的?'
const OF_THESE = '(?:其中|中)?的?'

interface Phrase {
  readonly metricId: HazardMetricId
  readonly whole: RegExp
}

function phrase(metricId: HazardMetricId, source: string): Phrase {
  return { metricId, whole: new RegExp(`^(?:${OPENING}${source})$`) }
}

const phrases: readonly Phrase[] = (['major', 'key'] as const).flatMap((grade) =>
  (['enterprise', 'department', 'listed'] as const).flatMap((topic) => {
    const hazards = topics[topic].map((source) => `(?:${source}${grades[grade]})`).join('|')
    return [
      phrase(`hazard.${grade}.${topic}.all`, `(?:${hazards})${COUNT}`),
      phrase(
        `hazard.${grade}.${topic}.rectified`,
        `(?:${hazards})(?:${OF_THESE}${RECTIFIED}|${COUNT}其中${RECTIFIED})(?:${grades[grade]})?${COUNT}`,
      ),
    ]
  }),
)

const continuation = new RegExp(`^其中(?:的)?${RECTIFIED}(?:${grades.major}|${grades.key}|隐患)?${COUNT}$`)

/** Groups whose heading says no more than that this is the table's general part. 抽查, 重点企业, a trade, a month would narrow it. */
const generalGroup = new RegExp(
  `^(?:总体|整体|基本|总的|综合|全面|\\d{4}年?(?:专项)?行动|${grades.major}|${grades.key}|安全生产|事故隐患|隐患|专项|排查|整治|整改|治理|行动|` +
    `工作|进展|开展|推进|落实|情况|统计|汇总|调度|数据|指标|企业|部门|自查|自改|检查|执法|发现|政府|挂牌|督办|及|和|与|的)+$`,
)

/** Half width, without white space, brackets and signs, and without a number in front. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/^(?:\(?[一二三四五六七八九十\d]+[)、.])+/, '')
    .replace(/[\p{P}\p{S}]/gu, '')
}

/** A label as somebody types it may carry its unit: 企业自查发现的重大事故隐患（个）. */
function withoutUnit({ label, unit }: MetricCell): { readonly label: string; readonly unit: string | null } {
  const bracket = /^(.*)[(（]([^()（）]{1,4})[)）]\s*$/.exec(label)
  if (bracket === null || (unit !== null && unit !== bracket[2])) return { label, unit }
  return { label: bracket[1] ?? '', unit: bracket[2] ?? null }
}

export function bindMetric(cell: MetricCell): MetricBinding {
  const { label, unit } = withoutUnit(cell)
  const metricId = metricIdOf(plain(label), cell.precededBy)
  if (metricId === null) return { source: 'typed', reason: 'label' }
  if (unit !== null && !HAZARD_UNITS.has(plain(unit))) return { source: 'typed', reason: 'unit' }
  if (!isGeneral(cell.group, metricId)) return { source: 'typed', reason: 'group' }
  return { source: 'derived', metric: hazardMetric(metricId), metricId }
}

function isGeneral(group: string | null, metricId: HazardMetricId): boolean {
  const heading = group === null ? '' : plain(group)
  if (heading === '') return true
  const [ownGrade, otherGrade] = metricId.startsWith('hazard.major.') ? ['重大', '重点'] : ['重点', '重大']
  const isOfOtherGrade = heading.includes(otherGrade) && !heading.includes(ownGrade)
  return generalGroup.test(heading) && !isOfOtherGrade
}

function metricIdOf(label: string, precededBy: HazardMetricId | null): HazardMetricId | null {
  if (label.length > 80) return null
  const found = phrases.filter(({ whole }) => whole.test(label))
  const [only] = found
  if (only !== undefined) return found.length === 1 ? only.metricId : null
  if (precededBy === null || !precededBy.endsWith('.all') || !continuation.test(label)) return null
  const isOther = precededBy.startsWith('hazard.major.') ? label.includes('重点') : label.includes('重大')
  return isOther ? null : (precededBy.replace(/\.all$/, '.rectified') as HazardMetricId)
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
  const cells = table.groups.flatMap(({ name, metrics }) => {
    let before: HazardMetricId | null = null
    return metrics.flatMap((metric) =>
      figuresIn(metric).map(({ label, unit, part }) => {
        const binding: MetricBinding = bindMetric({ label, unit, group: name, precededBy: before })
        before = binding.source === 'derived' ? binding.metricId : null
        return { group: name, ordinal: metric.ordinal, part, label, unit, binding }
      }),
    )
  })
  const bound = cells.flatMap(({ binding }) => (binding.source === 'derived' ? [binding.metricId] : []))
  const doubled = new Set(bound.filter((id, index) => bound.indexOf(id) !== index).map(pairOf))
  return cells.map((cell) =>
    cell.binding.source === 'derived' && doubled.has(pairOf(cell.binding.metricId))
      ? { ...cell, binding: { source: 'typed' as const, reason: 'twice' as const } }
      : cell,
  )
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

/** The parts of a cell that 其中 opens are labelled without it: 企业自查发现…，其中已完成整改的. */
function figuresIn(
  metric: PlanMetric,
): readonly { readonly label: string; readonly unit: string | null; readonly part: number | null }[] {
  if (metric.parts.length === 0) return [{ label: metric.label, unit: metric.unit, part: null }]
  return metric.parts.map(({ label, unit, partOf }, part) => ({
    label: partOf !== null && !plain(label).startsWith('其中') ? `其中${label}` : label,
    unit,
    part,
  }))
}
