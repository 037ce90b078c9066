/**
 * The figures of a table, by definition: slow, plain, and the oracle of every faster way to the same numbers.
 *
 * A figure is a question to the ledger: which units, which sectors, from when, up to which day, as known at which position.
 */
import type { CivilDate } from '../shared/civil-date.js'
import { comparePositions, isKnownAt, type LedgerPosition } from '../organization/index.js'
import type { Fact } from './fact.js'
import { metricFaults, type Metric } from './metric.js'

export interface FigureSelection {
  /** The unit and its subtree, in the tree valid at the cut-off and known at the position. Empty: nothing is seen. */
  readonly unitIds: ReadonlySet<string>
  /** Whose table it is: a flag's value is this unit's own answer. */
  readonly ownUnitId: string | null
  readonly campaign: {
    readonly startsOn: CivilDate
    /** Null for all, those of facts without a sector among them. */
    readonly sectors: readonly string[] | null
  }
  /** The last day that counts. */
  readonly cutOff: CivilDate
  /** Null: everything that is there, sealed or not. */
  readonly knownAt: LedgerPosition | null
}

export interface Figure {
  readonly metricId: string
  /** In the metric's smallest unit. Null for a flag that the unit itself has not answered: a blank is not a no. */
  readonly value: number | null
  /** The records that are behind it, sorted. */
  readonly recordIds: readonly string[]
  /** Of a flag: how many units say yes, of how many that have answered. Of a stock: units with a value. */
  readonly answers: { readonly yes: number; readonly of: number } | null
}

/**
 * - A fact **stands** in a selection if it is known, of the sectors, in the time, and is not reversed by a fact that is known and
 *   has happened by the cut-off. So a reversal takes back what counted, and nothing else: a hazard found before the campaign and
 *   reopened in it does not make a figure fall below what the campaign counted.
 * - `count` and `sum` add what stands; `distinct` counts the subjects of which something stands.
 * - A **part** counts a record only where its whole counts it, and never for more than its whole does; a part of a `distinct`
 *   counts only subjects that its whole counts.
 * - `stock` and `flag` take the latest standing value of each unit, by day, then by position.
 *
 * Answers one figure for each metric, in their order. Parts need their wholes in `metrics`.
 */
export function figuresOf(
  facts: readonly Fact[],
  metrics: readonly Metric[],
  selection: FigureSelection,
): readonly Figure[] {
  const faults = metricFaults(metrics)
  if (faults.length > 0) throw new Error(`Metrics that cannot be computed: ${faults.join('; ')}`)
  const standing = standingFacts(facts, selection)
  const byMeasure = groupByMeasure(standing)
  const metricOf = new Map(metrics.map((metric) => [metric.id, metric]))
  const counted = new Map<string, Counted>()

  function countedOf(metric: Metric): Counted {
    const known = counted.get(metric.id)
    if (known !== undefined) return known
    const wholeMetric = metric.partOf === null ? undefined : metricOf.get(metric.partOf)
    const own = metric.measures
      .flatMap((measure) => byMeasure.get(measure) ?? [])
      .filter((fact) => isAttributed(fact, metric, selection.unitIds))
    const found = countWithin(own, wholeMetric === undefined ? null : countedOf(wholeMetric))
    counted.set(metric.id, found)
    return found
  }

  return metrics.map((metric) => {
    if (metric.kind === 'stock' || metric.kind === 'flag') {
      const own = metric.measures.flatMap((measure) => byMeasure.get(measure) ?? [])
      return latestFigure(metric, own, selection)
    }
    const { byRecord, bySubject } = countedOf(metric)
    const isDistinct = metric.kind === 'distinct'
    const value = isDistinct ? bySubject.size : total([...byRecord.values()])
    const recordIds = isDistinct ? new Set([...bySubject.values()].flat()) : byRecord.keys()
    return { metricId: metric.id, value, recordIds: [...recordIds].sort(), answers: null }
  })
}

export function figureOf(figures: readonly Figure[], metricId: string): Figure {
  const figure = figures.find((each) => each.metricId === metricId)
  if (figure === undefined) throw new Error(`No figure of metric '${metricId}'`)
  return figure
}

/** What counts of a metric: each record's amount (never zero), and the records of each subject. */
interface Counted {
  readonly byRecord: ReadonlyMap<string, number>
  readonly bySubject: ReadonlyMap<string, readonly string[]>
}

function standingFacts(facts: readonly Fact[], selection: FigureSelection): readonly Fact[] {
  const { campaign, cutOff, knownAt } = selection
  const sectors = campaign.sectors === null ? null : new Set(campaign.sectors)
  const hasHappened = (fact: Fact) => fact.occurredOn <= cutOff && isKnownAt(fact.position, knownAt)
  const reversed = new Set<string>()
  for (const fact of facts) if (fact.reverses !== null && hasHappened(fact)) reversed.add(fact.reverses)
  return facts.filter(
    (fact) =>
      fact.reverses === null &&
      !reversed.has(fact.id) &&
      hasHappened(fact) &&
      fact.occurredOn >= campaign.startsOn &&
      (sectors === null || (fact.sector !== null && sectors.has(fact.sector))),
  )
}

function groupByMeasure(facts: readonly Fact[]): ReadonlyMap<string, readonly Fact[]> {
  const groups = new Map<string, Fact[]>()
  for (const fact of facts) {
    const group = groups.get(fact.measure)
    if (group === undefined) groups.set(fact.measure, [fact])
    else group.push(fact)
  }
  return groups
}

function isAttributed(fact: Fact, metric: Metric, unitIds: ReadonlySet<string>): boolean {
  if (metric.attributedTo === 'territory') return unitIds.has(fact.unitId)
  if (metric.kind === 'distinct') return fact.doerUnitIds.some((doer) => unitIds.has(doer))
  const [first] = fact.doerUnitIds
  return first !== undefined && unitIds.has(first)
}

function countWithin(facts: readonly Fact[], whole: Counted | null): Counted {
  const net = new Map<string, number>()
  for (const { recordId, amount } of facts) net.set(recordId, (net.get(recordId) ?? 0) + amount)
  const byRecord = new Map<string, number>()
  for (const [recordId, amount] of net) {
    const most = whole === null ? amount : Math.min(amount, whole.byRecord.get(recordId) ?? 0)
    if (most !== 0) byRecord.set(recordId, most)
  }
  const bySubject = new Map<string, string[]>()
  for (const { recordId, subjectId, amount } of facts) {
    if (subjectId === null || amount === 0 || !byRecord.has(recordId)) continue
    if (whole !== null && !whole.bySubject.has(subjectId)) continue
    bySubject.set(subjectId, [...(bySubject.get(subjectId) ?? []), recordId])
  }
  return { byRecord, bySubject }
}

/** Latest by day, then by position; of two that are not sealed the one further back in the list. */
function latestFigure(metric: Metric, facts: readonly Fact[], { unitIds, ownUnitId }: FigureSelection): Figure {
  const latest = new Map<string, Fact>()
  for (const fact of facts) {
    const unitId = metric.attributedTo === 'territory' ? fact.unitId : fact.doerUnitIds[0]
    if (unitId === undefined || !unitIds.has(unitId)) continue
    const best = latest.get(unitId)
    if (best === undefined || isLaterFact(fact, best)) latest.set(unitId, fact)
  }
  const values = [...latest.values()]
  const yes = values.filter(({ amount }) => amount !== 0).length
  const own = ownUnitId === null ? undefined : latest.get(ownUnitId)
  const flag = own === undefined ? null : own.amount === 0 ? 0 : 1
  return {
    metricId: metric.id,
    value: metric.kind === 'flag' ? flag : total(values.map(({ amount }) => amount)),
    recordIds: [...new Set(values.map(({ recordId }) => recordId))].sort(),
    answers: { yes, of: values.length },
  }
}

function isLaterFact(a: Fact, b: Fact): boolean {
  if (a.occurredOn !== b.occurredOn) return a.occurredOn > b.occurredOn
  return comparePositions(a.position, b.position) >= 0
}

function total(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0)
}
