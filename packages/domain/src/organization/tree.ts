/**
 * The tree of units, bitemporal: who stands under whom on a day (`validFrom`), and since when the ledger knows it (`position`).
 * Assertions are only ever added. One that was wrong is cancelled by a second one that names it.
 */
import type { CivilDate } from '../shared/civil-date.js'
import { comparePositions, isKnownAt, type LedgerPosition } from './ledger-position.js'
import type { TreeAxis } from './unit-kind.js'

/**
 * "From `validFrom` on, the unit stands under `parentId`" (null: under nobody), until the unit's next placement.
 *
 * With `cancels` it places nothing and takes the named assertion back, from its own position on. (Rejected: a row that cancels
 * and places at once. It cannot take a placement back without making another.)
 */
export interface PlacementAssertion {
  readonly id: string
  readonly unitId: string
  readonly parentId: string | null
  readonly axis: TreeAxis
  readonly validFrom: CivilDate
  /** `null` while it is not sealed: later than every sealed one. */
  readonly position: LedgerPosition | null
  readonly cancels: string | null
}

export interface Tree {
  readonly axis: TreeAxis
  /** Units that have a placement here, in the order of the assertions. */
  readonly units: readonly string[]
  readonly has: (unitId: string) => boolean
  readonly parentOf: (unitId: string) => string | null
  readonly childrenOf: (unitId: string) => readonly string[]
  /** Top down, each unit once. An unknown unit has no descendants; with `includeSelf` it is its own. */
  readonly descendantsOf: (unitId: string, includeSelf: boolean) => readonly string[]
  /** The nearest first; not the unit itself. */
  readonly ancestorsOf: (unitId: string) => readonly string[]
  /** Units that hang loose because their placement would have closed a circle: two moves that crossed. Normally empty. */
  readonly severed: readonly string[]
}

/**
 * The tree as it was valid on a day and known at a position (null: now, sealed or not).
 *
 * A circle cannot be decided (see `decidePlacement`), but two moves that cross in two transactions could close one. The tree
 * stays a tree then: of the circle's placements the one known last is left out.
 */
export function treeAt(
  assertions: readonly PlacementAssertion[],
  axis: TreeAxis,
  validOn: CivilDate,
  knownAt: LedgerPosition | null,
): Tree {
  const winners = winnersAt(assertions, axis, validOn, knownAt)
  const severed = severCircles(winners)
  return treeOf(axis, winners, severed)
}

function winnersAt(
  assertions: readonly PlacementAssertion[],
  axis: TreeAxis,
  validOn: CivilDate,
  knownAt: LedgerPosition | null,
): Map<string, PlacementAssertion> {
  const cancelled = new Set<string>()
  for (const { cancels, position } of assertions) {
    if (cancels !== null && isKnownAt(position, knownAt)) cancelled.add(cancels)
  }
  const winners = new Map<string, PlacementAssertion>()
  for (const assertion of assertions) {
    if (assertion.axis !== axis || assertion.cancels !== null || assertion.validFrom > validOn) continue
    if (!isKnownAt(assertion.position, knownAt) || cancelled.has(assertion.id)) continue
    const best = winners.get(assertion.unitId)
    if (best === undefined || isLater(assertion, best)) winners.set(assertion.unitId, assertion)
  }
  return winners
}

/** Whether `b`, which stands further back in the list, wins over nothing of `a`. Equal ones: the later in the list. */
function isLater(a: PlacementAssertion, b: PlacementAssertion): boolean {
  if (a.validFrom !== b.validFrom) return a.validFrom > b.validFrom
  return comparePositions(a.position, b.position) >= 0
}

/** Takes the last known placement out of every circle, and says which units that left loose. */
function severCircles(winners: Map<string, PlacementAssertion>): readonly string[] {
  const severed: string[] = []
  const settled = new Set<string>()
  for (const start of winners.keys()) {
    const trail: string[] = []
    const onTrail = new Set<string>()
    let at: string | null = start
    while (at !== null && !settled.has(at) && !onTrail.has(at)) {
      trail.push(at)
      onTrail.add(at)
      at = winners.get(at)?.parentId ?? null
    }
    if (at !== null && onTrail.has(at)) {
      const circle = trail.slice(trail.indexOf(at)).flatMap((unitId) => winners.get(unitId) ?? [])
      const last = circle.reduce((a, b) => (comparePositions(b.position, a.position) >= 0 ? b : a))
      winners.set(last.unitId, { ...last, parentId: null })
      severed.push(last.unitId)
    }
    for (const unitId of trail) settled.add(unitId)
  }
  return severed
}

const NOBODY: readonly string[] = []

function treeOf(axis: TreeAxis, winners: Map<string, PlacementAssertion>, severed: readonly string[]): Tree {
  const children = new Map<string, string[]>()
  for (const { unitId, parentId } of winners.values()) {
    if (parentId === null) continue
    const siblings = children.get(parentId)
    if (siblings === undefined) children.set(parentId, [unitId])
    else siblings.push(unitId)
  }
  const parentOf = (unitId: string) => winners.get(unitId)?.parentId ?? null
  const childrenOf = (unitId: string) => children.get(unitId) ?? NOBODY
  return {
    axis,
    units: [...winners.keys()],
    has: (unitId) => winners.has(unitId),
    parentOf,
    childrenOf,
    descendantsOf: (unitId, includeSelf) => {
      const found = [unitId]
      // The list grows while it is walked: level by level, top down.
      for (const at of found) found.push(...childrenOf(at))
      return includeSelf ? found : found.slice(1)
    },
    ancestorsOf: (unitId) => {
      const found: string[] = []
      for (let at = parentOf(unitId); at !== null; at = parentOf(at)) found.push(at)
      return found
    },
    severed,
  }
}
