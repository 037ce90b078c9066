import type { Handle } from '../../platform/db/scope.js'

export interface ConfirmationAsStored extends Record<string, unknown> {
  readonly id: string
  readonly entry_id: string
  readonly campaign_id: string
  readonly unit_id: string
  readonly notice_file_id: string | null
  readonly account_id: string
  readonly person_name: string
}

/** By the entry of who confirmed, those of a range of entries. */
export async function confirmationsOfEntries(
  handle: Handle,
  after: string,
  upTo: string,
): Promise<ConfirmationAsStored[]> {
  return handle.query<ConfirmationAsStored>(
    `select id, entry_id, campaign_id, unit_id, notice_file_id, account_id, person_name from campaign_confirmation
     where tenant_id = $1 and entry_id > $2 and entry_id <= $3 order by entry_id, id`,
    [handle.tenantId, after, upTo],
  )
}
