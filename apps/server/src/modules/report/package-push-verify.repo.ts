import type { Handle } from '../../platform/db/scope.js'
import type { PushReceipt } from './package-push.repo.js'

export interface PushFull extends Record<string, unknown> {
  readonly id: string
  readonly entry_id: string
  readonly return_id: string
  readonly round: number
  readonly receiver_id: string
  readonly state: string
  readonly package_hash: string | null
  readonly receipt: PushReceipt | null
}

/** By the entry that says that it was taken, those of a range of entries. */
export async function pushesOfEntries(handle: Handle, after: string, upTo: string): Promise<PushFull[]> {
  return handle.query<PushFull>(
    `select id, entry_id, return_id, round, receiver_id, state, package_hash, receipt from package_push
     where tenant_id = $1 and entry_id > $2 and entry_id <= $3 order by entry_id, id`,
    [handle.tenantId, after, upTo],
  )
}
