/**
 * A unit's path on an axis, as text to be compared by range under COLLATE "C" (measured faster than ltree): the short labels of
 * its superiors and its own, `/aaaaaa/bbbbbb/`. Rows keep the path under which they were written; a scope lists present and
 * former paths, so that a row written before a move stays visible after it.
 */
import type { CivilDate } from '../shared/civil-date.js'
import { comparePositions } from './ledger-position.js'
import { treeAt, type PlacementAssertion, type Tree } from './tree.js'
import type { TreeAxis } from './unit-kind.js'

/** Six characters of base 36: two thousand million units a tenant. */
export type UnitLabel = string
export type LabelLookup = (unitId: string) => UnitLabel

export function isUnitLabel(text: string): boolean {
  return /^[0-9a-z]{6}$/.test(text)
}

/** The label of the n-th unit of a tenant, counted from 0. */
export function unitLabelOf(ordinal: number): UnitLabel {
  if (!Number.isSafeInteger(ordinal) || ordinal < 0 || ordinal >= 36 ** 6) {
    throw new RangeError(`No label for unit number ${ordinal}`)
  }
  return ordinal.toString(36).padStart(6, '0')
}

export function unitPath(tree: Tree, labelOf: LabelLookup, unitId: string): string {
  return `/${[unitId, ...tree.ancestorsOf(unitId)].reverse().map(labelOf).join('/')}/`
}

/** Everything at or under a path: `from <= p and p < to`, compared byte by byte. `0` is the character after `/`. */
export function pathRange(path: string): { readonly from: string; readonly to: string } {
  if (!/^\/(?:[0-9a-z]+\/)+$/.test(path)) throw new RangeError(`Not a unit path: '${path}'`)
  return { from: path, to: `${path.slice(0, -1)}0` }
}

/** Whether a row with this path is seen by a scope. An empty scope sees nothing. */
export function isInScope(path: string, scope: readonly string[]): boolean {
  return scope.some((root) => root.length > 2 && root.endsWith('/') && path.startsWith(root))
}

/**
 * The smallest list of paths under which a unit finds all rows of its present subtree: its present path, and each path that it
 * or a present descendant ever had (on any day up to today, as known at any time, mistakes included) and that stands under no
 * other path listed. Sorted. A unit that stands nowhere has the path of a root.
 */
export function scopePaths(
  assertions: readonly PlacementAssertion[],
  axis: TreeAxis,
  labelOf: LabelLookup,
  unitId: string,
  today: CivilDate,
): readonly string[] {
  const present = treeAt(assertions, axis, today, null)
  const histories = historiesOf(assertions, axis)
  const former = formerPaths(histories, labelOf, today)
  const all = new Set([unitPath(present, labelOf, unitId)])
  for (const descendant of present.descendantsOf(unitId, true)) {
    if (descendant !== unitId && wentOnlyWithItsParent(histories, descendant)) continue
    for (const path of former(descendant)) all.add(path)
  }
  return withoutCovered(all)
}

/**
 * Whether a unit was placed once, and its superior for all that time too: then its paths all stand under that superior's.
 * True of nearly every unit: a district of 60,000 is scoped in a fifth of the time.
 */
function wentOnlyWithItsParent(histories: Histories, unitId: string): boolean {
  const changes = histories.get(unitId) ?? []
  const [only] = changes
  if (only === undefined || changes.length > 1 || only.assertion.parentId === null) return false
  return (histories.get(only.assertion.parentId) ?? []).some(
    (above) =>
      above.cancelledAt === Infinity &&
      above.rank <= only.rank &&
      above.assertion.validFrom <= only.assertion.validFrom,
  )
}

/** In byte order a path comes directly before everything under it. */
function withoutCovered(paths: ReadonlySet<string>): readonly string[] {
  const kept: string[] = []
  for (const path of [...paths].sort()) {
    const last = kept.at(-1)
    if (last === undefined || !path.startsWith(last)) kept.push(path)
  }
  return kept
}

/** A piece of the plane "valid on" × "known at" in which a unit has one superior, or one path. Ends are exclusive. */
interface Region {
  readonly fromDay: CivilDate
  readonly toDay: CivilDate
  readonly fromRank: number
  readonly toRank: number
}
interface Stand extends Region {
  readonly parentId: string | null
  readonly placed: boolean
}
interface Route extends Region {
  readonly path: string
  /** Whether the unit itself was placed; superiors without a placement are roots. */
  readonly placed: boolean
}

const BEFORE_ALL = ''
const AFTER_ALL = '~'

/**
 * All paths that a unit ever had. Asking the tree of every day at every position would be 60,000 trees for one import; instead
 * each unit's own few changes cut the plane into regions, and a path is a chain of regions that overlap.
 */
function formerPaths(
  histories: Histories,
  labelOf: LabelLookup,
  today: CivilDate,
): (unitId: string) => readonly string[] {
  const routes = new Map<string, readonly Route[]>()

  function routesOf(unitId: string, below: ReadonlySet<string>): readonly Route[] {
    const known = routes.get(unitId)
    if (known !== undefined) return known
    const found: Route[] = []
    const stillBelow = new Set(below).add(unitId)
    let complete = true
    for (const stand of standsOf(histories.get(unitId) ?? [])) {
      const own = `${labelOf(unitId)}/`
      if (stand.parentId === null) {
        found.push({ ...stand, path: `/${own}` })
        continue
      }
      if (stillBelow.has(stand.parentId)) {
        // Two units each stood under the other at different times, or a circle was severed: not to be remembered.
        complete = false
        found.push({ ...stand, path: `/${own}` })
        continue
      }
      for (const above of routesOf(stand.parentId, stillBelow)) {
        const overlap = overlapOf(stand, above)
        if (overlap !== null) found.push({ ...overlap, path: `${above.path}${own}`, placed: stand.placed })
      }
      complete &&= routes.has(stand.parentId)
    }
    if (complete) routes.set(unitId, found)
    return found
  }

  return (unitId) =>
    routesOf(unitId, new Set())
      .filter((route) => route.placed && route.fromDay <= today)
      .map((route) => route.path)
}

interface Change {
  readonly assertion: PlacementAssertion
  /** Its place in the order of knowing. */
  readonly rank: number
  readonly cancelledAt: number
}

type Histories = ReadonlyMap<string, readonly Change[]>

function historiesOf(assertions: readonly PlacementAssertion[], axis: TreeAxis): Histories {
  const known = assertions
    .filter((assertion) => assertion.axis === axis)
    .sort((a, b) => comparePositions(a.position, b.position))
  // Entries of one position became known together; those not sealed yet, one by one.
  const ranks = new Map<string, number>()
  let rank = 0
  known.forEach(({ id, position }, index) => {
    const before = known[index - 1]
    if (before !== undefined && (position === null || comparePositions(before.position, position) !== 0)) rank += 1
    ranks.set(id, rank)
  })
  const cancelledAt = new Map<string, number>()
  for (const { id, cancels } of known) {
    if (cancels !== null && !cancelledAt.has(cancels)) cancelledAt.set(cancels, ranks.get(id) ?? 0)
  }
  const histories = new Map<string, Change[]>()
  for (const assertion of known) {
    if (assertion.cancels !== null) continue
    const change: Change = {
      assertion,
      rank: ranks.get(assertion.id) ?? 0,
      cancelledAt: cancelledAt.get(assertion.id) ?? Infinity,
    }
    const own = histories.get(assertion.unitId)
    if (own === undefined) histories.set(assertion.unitId, [change])
    else own.push(change)
  }
  return histories
}

/** Cuts the whole plane into the regions in which a unit stands under one superior. Nearly always there is one change. */
function standsOf(changes: readonly Change[]): readonly Stand[] {
  const days = [BEFORE_ALL, ...new Set(changes.map(({ assertion }) => assertion.validFrom)), AFTER_ALL].sort()
  const ends = changes.flatMap(({ rank, cancelledAt }) => [rank, cancelledAt])
  const ranks = [...new Set([-1, ...ends, Infinity])].sort((a, b) => a - b)
  const stands: Stand[] = []
  days.slice(0, -1).forEach((fromDay, dayIndex) => {
    const toDay = days[dayIndex + 1] ?? AFTER_ALL
    ranks.slice(0, -1).forEach((fromRank, rankIndex) => {
      const toRank = ranks[rankIndex + 1] ?? Infinity
      let winner: Change | null = null
      for (const change of changes) {
        if (change.assertion.validFrom > fromDay || change.rank > fromRank || change.cancelledAt <= fromRank) continue
        if (winner === null || change.assertion.validFrom >= winner.assertion.validFrom) winner = change
      }
      const parentId = winner?.assertion.parentId ?? null
      stands.push({ fromDay, toDay, fromRank, toRank, parentId, placed: winner !== null })
    })
  })
  return stands
}

function overlapOf(a: Region, b: Region): Region | null {
  const fromDay = a.fromDay > b.fromDay ? a.fromDay : b.fromDay
  const toDay = a.toDay < b.toDay ? a.toDay : b.toDay
  const fromRank = Math.max(a.fromRank, b.fromRank)
  const toRank = Math.min(a.toRank, b.toRank)
  return fromDay < toDay && fromRank < toRank ? { fromDay, toDay, fromRank, toRank } : null
}
