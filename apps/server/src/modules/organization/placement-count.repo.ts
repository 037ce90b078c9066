/** How many placements an axis has: they are only added, so the same number is the same list. */
import type { TreeAxis } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'

/** Asked once in a transaction, and again when it has placed a unit itself: a job fills thousands of returns, and each asks for its tree. */
const counted = new WeakMap<Handle, Map<TreeAxis, number>>()

export function placementsChanged(handle: Handle): void {
  counted.delete(handle)
}

export async function countPlacements(handle: Handle, axis: TreeAxis): Promise<number> {
  const known = counted.get(handle) ?? new Map<TreeAxis, number>()
  counted.set(handle, known)
  const count = known.get(axis) ?? (await countPlacementsNow(handle, axis))
  known.set(axis, count)
  return count
}

async function countPlacementsNow(handle: Handle, axis: TreeAxis): Promise<number> {
  const [row] = await handle.query<{ count: number }>(
    'select count(*) as count from unit_placement where tenant_id = $1 and axis = $2',
    [handle.tenantId, axis],
  )
  return row?.count ?? 0
}
