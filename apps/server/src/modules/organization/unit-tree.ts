/** The tree for a question. Reading 3,000 placements and making a tree of them takes longer than a figure: the last trees are kept. */
import { treeAt, type PlacementAssertion, type Tree, type TreeAxis } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'
import { countPlacements } from './placement-count.repo.js'
import { listPlacements } from './unit.repo.js'

interface Known {
  readonly count: number
  readonly placements: readonly PlacementAssertion[]
  /** Days from which, and positions from which, the tree is another one. */
  readonly days: readonly string[]
  readonly positions: readonly number[]
  readonly trees: Map<string, Tree>
}

const known = new Map<string, Known>()
const mostTenants = 50
const mostTrees = 16

/**
 * `treeAt` of the placements that the transaction sees. Placements are only added, and a position, once given, stays: so a list of the
 * same length, all of it sealed, is the same list. One with a placement that waits for its position is not kept.
 */
export async function readTree(handle: Handle, axis: TreeAxis, validOn: string, knownAt: number | null): Promise<Tree> {
  const key = `${handle.tenantId} ${axis}`
  const count = await countPlacements(handle, axis)
  const found = known.get(key)
  const held = found?.count === count ? found : await readKnown(handle, axis, key)
  // Between two days on which a placement begins, and two positions that bring one, the tree is the same.
  const at = `${latest(held.days, validOn) ?? ''} ${knownAt === null ? 'now' : (latest(held.positions, knownAt) ?? 0)}`
  const kept = held.trees.get(at)
  if (kept !== undefined) return kept
  const tree = treeAt(held.placements, axis, validOn, knownAt)
  if (held.trees.size >= mostTrees) held.trees.clear()
  held.trees.set(at, tree)
  return tree
}

async function readKnown(handle: Handle, axis: TreeAxis, key: string): Promise<Known> {
  const placements = await listPlacements(handle, axis)
  const read = {
    count: placements.length,
    placements,
    days: [...new Set(placements.map(({ validFrom }) => validFrom))].sort(),
    positions: placements
      .flatMap(({ position }) => (position === null ? [] : [Number(position)]))
      .sort((a, b) => a - b),
    trees: new Map<string, Tree>(),
  }
  if (placements.some(({ position }) => position === null)) return read
  if (known.size >= mostTenants) known.clear()
  known.set(key, read)
  return read
}

/** The last of an ascending list that is not above a limit. */
function latest<T extends string | number>(ascending: readonly T[], limit: T): T | undefined {
  let low = 0
  let high = ascending.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ascending[middle] as T) <= limit) low = middle + 1
    else high = middle
  }
  return ascending[low - 1]
}
