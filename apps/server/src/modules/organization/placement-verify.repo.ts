import type { Handle } from '../../platform/db/scope.js'

export interface PlacementRow extends Record<string, unknown> {
  readonly id: string
  readonly entry_id: string
  readonly unit_id: string
  readonly parent_id: string | null
  readonly axis: string
  readonly valid_from: string
  readonly cancels: string | null
}

/** Placements by the entry that asserted them, those of a range of entries. */
export async function placementsOfEntries(handle: Handle, after: string, upTo: string): Promise<PlacementRow[]> {
  return handle.query<PlacementRow>(
    `select id, entry_id, unit_id, parent_id, axis, valid_from, cancels from unit_placement
     where tenant_id = $1 and entry_id > $2 and entry_id <= $3 order by entry_id, id`,
    [handle.tenantId, after, upTo],
  )
}
