/**
 * What figures should be, from raw rows and by loops over them: the oracle that the SQL over facts and the roll-up are held against. It takes
 * nothing from the domain, and nothing from the server but its tables.
 */
export interface RawFact {
  readonly id: string
  /** Null: not sealed yet. */
  readonly position: number | bigint | null
  readonly measure: string
  readonly unitId: string
  readonly doerUnitIds: readonly string[]
  readonly subjectId: string | null
  readonly recordId: string
  readonly sector: string | null
  readonly amount: number
  readonly occurredOn: string
  readonly reverses: string | null
}

/** In the order in which they were written. */
export interface RawMove {
  readonly id: string
  readonly position: number | bigint | null
  readonly unit_id: string
  readonly parent_id: string | null
  readonly valid_from: string
  readonly cancels: string | null
}

export interface AskedMetric {
  readonly id: string
  readonly kind: string
  readonly measures: readonly string[]
  readonly attributedTo: string
  readonly partOf: string | null
}

export interface AskedOf {
  readonly unitId: string
  readonly startsOn: string
  readonly cutOff: string
  readonly knownAt: number | null
  readonly sectors: readonly string[] | null
}

/** Ways to be wrong, planted one at a time. */
export const figureWrongs = [
  'day-ignored',
  'start-ignored',
  'sector-ignored',
  'position-ignored',
  'no-reversal',
  'reversal-on-any-day',
  'tree-of-today',
  'tree-known-today',
  'part-of-all',
  'distinct-as-count',
  'distinct-by-record',
  'by-territory',
] as const
export type FigureWrong = (typeof figureWrongs)[number]

export function expectedFigures(
  raw: { readonly facts: readonly RawFact[]; readonly moves: readonly RawMove[] },
  metrics: readonly AskedMetric[],
  { unitId: top, startsOn, cutOff, knownAt, sectors }: AskedOf,
  wrong: FigureWrong | null,
): number[] {
  const isKnown = (position: number | bigint | null, ignored: FigureWrong) =>
    knownAt === null || wrong === ignored || (position !== null && position <= knownAt)
  const moves = raw.moves.filter(({ position }) => isKnown(position, 'tree-known-today'))
  const takenBack = moves.flatMap(({ cancels }) => cancels ?? [])
  const rank = ({ position }: RawMove) => Number(position ?? Number.MAX_SAFE_INTEGER)
  const placed = moves
    .filter(({ id, cancels }) => cancels === null && !takenBack.includes(id))
    .sort((a, b) => a.valid_from.localeCompare(b.valid_from) || rank(a) - rank(b))
  const parentOf = (unit: string) =>
    placed
      .filter(({ unit_id, valid_from: from }) => unit_id === unit && (from <= cutOff || wrong === 'tree-of-today'))
      .at(-1)?.parent_id ?? null
  const isBelow = (unit: string) => {
    for (let at: string | null = unit; at !== null; at = parentOf(at)) if (at === top) return true
    return false
  }

  const known = raw.facts.filter(({ position }) => isKnown(position, 'position-ignored'))
  const isUndone = (id: string) =>
    wrong !== 'no-reversal' &&
    known.some(({ reverses, occurredOn: on }) => reverses === id && (on <= cutOff || wrong === 'reversal-on-any-day'))
  const counted = known.filter(
    ({ id, reverses, occurredOn: on, sector }) =>
      reverses === null &&
      !isUndone(id) &&
      (on <= cutOff || wrong === 'day-ignored') &&
      (on >= startsOn || wrong === 'start-ignored') &&
      (sectors === null || wrong === 'sector-ignored' || (sector !== null && sectors.includes(sector))),
  )
  const factsOf = ({ measures, attributedTo, kind }: AskedMetric) =>
    counted.filter(({ measure, unitId, doerUnitIds: doers }) => {
      if (!measures.includes(measure)) return false
      if (attributedTo === 'territory' || wrong === 'by-territory') return isBelow(unitId)
      return (kind === 'distinct' ? doers : doers.slice(0, 1)).some(isBelow)
    })
  const wholeOf = ({ partOf }: AskedMetric) =>
    wrong === 'part-of-all' ? undefined : metrics.find(({ id }) => id === partOf)

  /** Of each record as much as there is, and no more than its whole has of it. */
  function amounts(metric: AskedMetric): Record<string, number> {
    const net: Record<string, number> = {}
    for (const { recordId, amount } of factsOf(metric)) net[recordId] = (net[recordId] ?? 0) + amount
    const whole = wholeOf(metric)
    if (whole === undefined) return net
    const most = amounts(whole)
    return Object.fromEntries(Object.entries(net).map(([record, n]) => [record, Math.min(n, most[record] ?? 0)]))
  }
  function subjects(metric: AskedMetric): string[] {
    const of = amounts(metric)
    const named = factsOf(metric).flatMap(({ subjectId, recordId, amount }) =>
      amount > 0 && (of[recordId] ?? 0) > 0 ? (subjectId ?? []) : [],
    )
    const whole = wholeOf(metric)
    const allowed = whole === undefined ? null : subjects(whole)
    const all = named.filter((subject) => allowed === null || allowed.includes(subject))
    return wrong === 'distinct-by-record' ? all : [...new Set(all)]
  }
  return metrics.map((metric) =>
    metric.kind === 'distinct' && wrong !== 'distinct-as-count'
      ? subjects(metric).length
      : Object.values(amounts(metric)).reduce((sum, n) => sum + n, 0),
  )
}
