import type { Handle } from '../../platform/db/scope.js'

export interface SubPlanAsStored extends Record<string, unknown> {
  readonly id: string
  readonly entry_id: string
  readonly campaign_id: string
  readonly unit_id: string
  readonly file_id: string
  readonly file_name: string
  readonly account_id: string
  readonly person_name: string
}

/** By the entry of who handed it in, those of a range of entries. */
export async function subPlansOfEntries(handle: Handle, after: string, upTo: string): Promise<SubPlanAsStored[]> {
  return handle.query<SubPlanAsStored>(
    `select id, entry_id, campaign_id, unit_id, file_id, file_name, account_id, person_name from campaign_sub_plan
     where tenant_id = $1 and entry_id > $2 and entry_id <= $3 order by entry_id, id`,
    [handle.tenantId, after, upTo],
  )
}
