import type { Handle } from '../../platform/db/scope.js'

export interface OverrideFull extends Record<string, unknown> {
  readonly id: string
  readonly entry_id: string
  readonly day: string
  readonly kind: string
  readonly reason: string
  readonly account_id: string
  readonly person_name: string
}

/** By the entry that each came with, those of a range of entries. */
export async function overridesOfEntries(handle: Handle, after: string, upTo: string): Promise<OverrideFull[]> {
  return handle.query<OverrideFull>(
    `select id, entry_id, day, kind, reason, account_id, person_name from calendar_override
     where tenant_id = $1 and entry_id > $2 and entry_id <= $3 order by entry_id, id`,
    [handle.tenantId, after, upTo],
  )
}
