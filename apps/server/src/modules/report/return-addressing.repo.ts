import type { CivilDate } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'

export interface AddressedRow {
  readonly id: string
  readonly unit_id: string
  readonly territory_path: string
  readonly receiver_ids: readonly string[]
}

/** Of a schedule what was never filed and counts until today or later: figures that are cut off already are those of the tree of that day. */
export async function listAddressed(handle: Handle, scheduleId: string, today: CivilDate): Promise<AddressedRow[]> {
  return handle.query<AddressedRow & Record<string, unknown>>(
    `select id, unit_id, territory_path, receiver_ids from report_return
     where tenant_id = $1 and schedule_id = $2 and status in ('open', 'signing', 'signed') and cut_off >= $3
       and detail ->> 'firstSubmittedOn' is null order by id`,
    [handle.tenantId, scheduleId, today],
  )
}

export async function saveAddress(
  handle: Handle,
  returnId: string,
  to: { readonly territoryPath: string; readonly linePath: string | null; readonly receiverIds: readonly string[] },
): Promise<void> {
  await handle.query(
    `update report_return set territory_path = $3, line_path = $4, receiver_ids = $5::uuid[], parties = array[unit_id] || $5::uuid[]
     where tenant_id = $1 and id = $2`,
    [handle.tenantId, returnId, to.territoryPath, to.linePath, to.receiverIds],
  )
}
