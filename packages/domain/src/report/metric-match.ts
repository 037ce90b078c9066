/**
 * One cell of a table against the known metrics: bound, where its own words say everything; offered, where something is taken from what
 * stands around it (the group's heading, the row above) and somebody must decide; typed, where it counts another thing.
 */
import {
  metricMeaning,
  plainLabel,
  readHeading,
  readLabel,
  topicOf,
  type MetricMeaning,
  type MetricReading,
} from './metric-meaning.js'
import { hazardMetric, type HazardMetricId, type Metric } from './metric.js'

export interface MetricCell {
  readonly label: string
  readonly unit: string | null
  /** The name of the group of the table that it stands in. */
  readonly group: string | null
  /** What the figure means that this one may be part of (其中…); null when nothing, or nothing known. */
  readonly precededBy: MetricMeaning | null
}

export type MetricBinding =
  | { readonly source: 'derived'; readonly metric: Metric; readonly metricId: HazardMetricId }
  | { readonly source: 'typed'; readonly reason: TypedReason; readonly offer: MetricOffer | null }

/** A metric that is likely meant, and what is in doubt, as the page says it. */
export interface MetricOffer {
  readonly metricId: HazardMetricId
  readonly doubts: readonly string[]
}

/** Why a cell is left to be typed: what it counts, in what, where it stands, or that another cell has its metric already. */
export type TypedReason = 'label' | 'unit' | 'group' | 'twice'

export interface MatchedCell {
  readonly binding: MetricBinding
  /** For the cell behind it, which may be 其中 of it; null where it counts nothing of the kind. */
  readonly meaning: MetricMeaning | null
}

/** 家 would be enterprises, 次 acts: only these count hazards. No unit at all is taken for 个. */
const HAZARD_UNITS = new Set(['个', '处', '项', '条', '起'])

export const typedCell = (reason: TypedReason, offer: MetricOffer | null = null): MetricBinding => ({
  source: 'typed',
  reason,
  offer,
})

export const isPartLabel = (label: string) => plainLabel(label).startsWith('其中')

export function matchCell(cell: MetricCell): MatchedCell {
  const { label, unit } = withoutUnit(cell)
  const none = (reason: TypedReason): MatchedCell => ({ binding: typedCell(reason), meaning: null })
  if (label.length > 80) return none('label')
  const reading = readLabel(label)
  const understood = isOther(reading) ? null : understand(reading, { ...cell, label, unit })
  if (understood === null) return none('label')
  if (unit !== null && !HAZARD_UNITS.has(plainLabel(unit))) return none('unit')
  const { meaning, doubts } = understood
  const { isNarrower, doubt } = standingIn(cell.group, meaning)
  if (isNarrower) return none('group')
  const metricId = metricMeaning(meaning)
  if (metricId === null) return { binding: typedCell('label'), meaning }
  const all = doubt === null ? doubts : [...doubts, doubt]
  if (all.length > 0)
    return { binding: typedCell(doubts.length > 0 ? 'label' : 'group', { metricId, doubts: all }), meaning }
  return { binding: { source: 'derived', metric: hazardMetric(metricId), metricId }, meaning }
}

/** A label as somebody types it may carry its unit: 企业自查发现的重大事故隐患（个）. */
function withoutUnit({ label, unit }: MetricCell): { readonly label: string; readonly unit: string | null } {
  const bracket = /^(.*)[(（]([^()（）]{1,4})[)）]\s*$/.exec(label)
  if (bracket === null || (unit !== null && unit !== bracket[2])) return { label, unit }
  return { label: bracket[1] ?? '', unit: bracket[2] ?? null }
}

/** Another time, place, thing or state than any known metric, or a word that nobody knows. */
function isOther({ facets, torn, left }: MetricReading): boolean {
  const { object, state, span, place, counts } = facets
  const isNarrower = span !== undefined || place !== undefined || counts !== undefined
  return left.length > 0 || torn.size > 0 || isNarrower || object === 'special-hazard' || state === 'unfinished'
}

interface Understood {
  readonly meaning: MetricMeaning
  readonly doubts: readonly string[]
}

const stateOf = ({ facets }: MetricReading) => (facets.state === undefined ? 'all' : 'rectified')

function saysWho({ facets: { act, subject, way } }: MetricReading): boolean {
  return act === 'listed' || subject !== undefined || (way !== undefined && way !== 'search' && way !== 'check')
}

function understand(reading: MetricReading, cell: MetricCell): Understood | null {
  const { object, state, act } = reading.facets
  const isPart = isPartLabel(cell.label)
  const signedOff = state === 'signed-off' ? ['“销号”按已完成整改计'] : []
  if (!saysWho(reading) && cell.precededBy !== null && (isPart || (object === undefined && state !== undefined))) {
    return isPart ? partOf(reading, cell.precededBy, signedOff) : rectifiedOf(cell.precededBy, signedOff)
  }
  const isAboutHazards = object !== undefined || act === 'listed' || (saysWho(reading) && state !== undefined)
  return isAboutHazards ? standingAlone(reading, cell, signedOff) : null
}

/** 其中已完成整改的; 其中重大隐患. */
function partOf(reading: MetricReading, whole: MetricMeaning, doubts: readonly string[]): Understood | null {
  const { grade } = reading.facets
  const state = stateOf(reading)
  const isGrade = grade !== undefined && whole.grade === null && state === 'all'
  if (isGrade) return { meaning: { ...whole, grade }, doubts: [...doubts, '谁发现的没有另外写明，按所属的那一项理解'] }
  if (state === 'all' || whole.state === 'rectified' || (grade !== undefined && grade !== whole.grade)) return null
  return { meaning: { ...whole, state }, doubts }
}

/** 已完成整改, in the row below what was found, and without 其中. */
function rectifiedOf(above: MetricMeaning, doubts: readonly string[]): Understood | null {
  if (above.state === 'rectified') return null
  return { meaning: { ...above, state: 'rectified' }, doubts: [...doubts, '没有写明是哪一项的整改，按上一项理解'] }
}

function standingAlone(
  reading: MetricReading,
  { label, group, precededBy, unit }: MetricCell,
  known: readonly string[],
): Understood | null {
  const { grade, act, way } = reading.facets
  const doubts = [...known]
  const own = topicOf(reading)
  if (own === null && saysWho(reading)) return null
  const topic = own ?? topicOfHeading(group)
  // 检查发现 in a group of the enterprises' own checks may be anybody's.
  if (topic === null || (own === null && way === 'check' && topic === 'enterprise')) return null
  // 挂牌督办 under 其中 counts only those of its whole.
  if (isPartLabel(label) && precededBy !== null && precededBy.topic !== topic) return null
  if (own === null) doubts.push(`没有写明是谁发现的，按所在组“${group ?? ''}”理解`)
  // 自查重大事故隐患（个） counts hazards; without a unit it may be how often one looked.
  else if (own !== 'listed' && act === undefined && unit === null) doubts.push('没有写明数的是发现的隐患')
  const state = stateOf(reading)
  if (grade !== undefined) return { meaning: { topic, grade, state }, doubts }
  const isOfAbove = precededBy?.topic === topic && precededBy.state === 'all'
  if (state === 'rectified' && isOfAbove && precededBy.grade !== null)
    return { meaning: { topic, grade: precededBy.grade, state }, doubts: [...doubts, '没有写明级别，按上一项理解'] }
  if (topic === 'listed' && state === 'all')
    return { meaning: { topic, grade: 'major', state }, doubts: [...doubts, '没有写明级别，按重大事故隐患理解'] }
  return { meaning: { topic, grade: null, state }, doubts }
}

function topicOfHeading(group: string | null) {
  const heading = group === null ? null : readHeading(group)
  return heading === null || heading.left.length > 0 || heading.facets.act === 'listed' ? null : topicOf(heading)
}

interface Standing {
  /** 抽查, 本月, the other grade count other things. */
  readonly isNarrower: boolean
  /** Null: the heading says no more than that this is a part of the table. */
  readonly doubt: string | null
}

function standingIn(group: string | null, meaning: MetricMeaning): Standing {
  const told = (doubt: string | null): Standing => ({ isNarrower: false, doubt })
  if (group === null || plainLabel(group) === '') return told(null)
  const heading = readHeading(group)
  const { span, place, grade, object } = heading.facets
  const isOtherGrade = grade !== undefined && !heading.torn.has('grade') && grade !== meaning.grade
  const isNarrower = span !== undefined || place !== undefined || object === 'special-hazard'
  if (isNarrower || isOtherGrade || heading.isSpotCheck) return { isNarrower: true, doubt: null }
  if (heading.left.length > 0) return told(`所在组“${group}”可能另有限定`)
  const topic = topicOf(heading)
  const isTold = topic === null || topic === 'listed' || meaning.topic === 'listed' || topic === meaning.topic
  return told(isTold ? null : `所在组“${group}”说的是${topic === 'enterprise' ? '企业自查' : '部门检查'}`)
}
