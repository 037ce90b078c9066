/**
 * Figures that people type: each unit states its own, they are added up the tree, and stay visible as typed all the way. The
 * caller gives only those of submitted returns (and, for a draft, the unit's own).
 */
import type { CivilDate } from '../shared/civil-date.js'
import { comparePositions, isKnownAt, type LedgerPosition } from '../organization/index.js'
import type { Figure, FigureSelection } from './figure.js'
import type { Metric } from './metric.js'

export interface TypedValue {
  readonly id: string
  readonly unitId: string
  readonly metricId: string
  /** In the metric's smallest unit; a flag is 1 or 0. Null takes back what was typed before: the cell is blank again. */
  readonly value: number | null
  /** The cut-off of the return it was typed in. */
  readonly asOf: CivilDate
  readonly position: LedgerPosition | null
  readonly typedBy: string
  /** Where a unit files sector by sector: a part of what it states. Absent or empty: the whole. */
  readonly sector?: string
}

/** Who typed what: one line for each unit that has a value. */
export interface TypedShare {
  readonly unitId: string
  readonly value: number
  readonly asOf: CivilDate
  readonly typedBy: string
  readonly typedValueId: string
}

export interface TypedFigure {
  readonly metricId: string
  /** Added over units; of a flag the own answer. Null where nobody (of a flag: the unit itself not) has typed anything. */
  readonly value: number | null
  readonly typedBy: readonly TypedShare[]
  readonly answers: { readonly yes: number; readonly of: number } | null
}

/**
 * Of each unit and cell the latest typed value with `asOf` up to the cut-off and known at the position: cumulative figures and
 * stocks alike replace what the unit typed before. What it states sector by sector is added to its one figure. Flags are not added
 * over units: the own answer, and how many say yes.
 */
export function typedFigures(
  typed: readonly TypedValue[],
  metrics: readonly Metric[],
  selection: Pick<FigureSelection, 'unitIds' | 'ownUnitId' | 'cutOff' | 'knownAt'>,
): readonly TypedFigure[] {
  const { unitIds, ownUnitId, cutOff, knownAt } = selection
  const latest = new Map<string, Map<string, Map<string, TypedValue>>>()
  for (const each of typed) {
    if (!unitIds.has(each.unitId) || each.asOf > cutOff || !isKnownAt(each.position, knownAt)) continue
    const cells = latest.get(each.metricId) ?? new Map<string, Map<string, TypedValue>>()
    latest.set(each.metricId, cells)
    const sectors = cells.get(each.unitId) ?? new Map<string, TypedValue>()
    cells.set(each.unitId, sectors)
    const best = sectors.get(each.sector ?? '')
    if (best === undefined || isLaterValue(each, best)) sectors.set(each.sector ?? '', each)
  }
  return metrics.map(({ id, kind }) => {
    const shares = [...(latest.get(id)?.values() ?? [])]
      .flatMap((sectors) => shareOf([...sectors.values()]) ?? [])
      .sort((a, b) => (a.unitId < b.unitId ? -1 : 1))
    if (kind === 'flag') {
      const own = shares.find(({ unitId }) => unitId === ownUnitId)
      const yes = shares.filter(({ value }) => value !== 0).length
      const value = own === undefined ? null : own.value === 0 ? 0 : 1
      return { metricId: id, value, typedBy: shares, answers: { yes, of: shares.length } }
    }
    const value = shares.length === 0 ? null : shares.reduce((sum, share) => sum + share.value, 0)
    return { metricId: id, value, typedBy: shares, answers: null }
  })
}

/** One line of a unit: its whole figure, unless it has stated parts of it since; then its parts together, told by the last of them. */
function shareOf(stated: readonly TypedValue[]): TypedShare | null {
  const [first, ...others] = [...stated].sort((a, b) => (isLaterValue(a, b) ? -1 : 1))
  if (first === undefined) return null
  const parts = (first.sector ?? '') === '' ? [first] : [first, ...others.filter(({ sector = '' }) => sector !== '')]
  const values = parts.flatMap(({ value }) => value ?? [])
  if (values.length === 0) return null
  const value = values.reduce((sum, one) => sum + one, 0)
  return { unitId: first.unitId, value, asOf: first.asOf, typedBy: first.typedBy, typedValueId: first.id }
}

function isLaterValue(a: TypedValue, b: TypedValue): boolean {
  if (a.asOf !== b.asOf) return a.asOf > b.asOf
  return comparePositions(a.position, b.position) >= 0
}

/** One cell of a table: what the records give, what was typed, and never the one hidden in the other. */
export interface CellFigure {
  readonly metricId: string
  readonly derived: number | null
  readonly typed: number | null
  /** What is printed: both together; of a flag the typed answer, otherwise the derived one. Null is blank. */
  readonly value: number | null
  readonly recordIds: readonly string[]
  readonly typedBy: readonly TypedShare[]
  readonly answers: { readonly yes: number; readonly of: number } | null
}

/** A metric that is typed has nothing derived; a derived one may have typed additions from units that do not keep records yet. */
export function cellFigures(
  metrics: readonly Metric[],
  derived: readonly Figure[],
  typed: readonly TypedFigure[],
): readonly CellFigure[] {
  const derivedOf = new Map(derived.map((figure) => [figure.metricId, figure]))
  const typedOf = new Map(typed.map((figure) => [figure.metricId, figure]))
  return metrics.map((metric) => {
    const fromRecords = metric.source === 'derived' ? derivedOf.get(metric.id) : undefined
    const fromPeople = typedOf.get(metric.id)
    const [counted, stated] = [fromRecords?.value ?? null, fromPeople?.value ?? null]
    const both = counted === null && stated === null ? null : (counted ?? 0) + (stated ?? 0)
    return {
      metricId: metric.id,
      derived: counted,
      typed: stated,
      value: metric.kind === 'flag' ? (stated ?? counted) : both,
      recordIds: fromRecords?.recordIds ?? [],
      typedBy: fromPeople?.typedBy ?? [],
      answers: fromPeople?.answers ?? fromRecords?.answers ?? null,
    }
  })
}
