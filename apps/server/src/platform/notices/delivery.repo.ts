import type { Handle } from '../db/scope.js'

export interface WaitingDelivery {
  readonly notice_id: string
  readonly text: string
}

export async function insertDelivery(handle: Handle, noticeId: string): Promise<void> {
  await handle.query(
    `insert into notice_delivery (tenant_id, notice_id, state) values ($1, $2, 'waiting') on conflict do nothing`,
    [handle.tenantId, noticeId],
  )
}

/** The oldest first (ids are made in the order of time); locked until the transaction ends. */
export async function listWaiting(handle: Handle, limit: number): Promise<WaitingDelivery[]> {
  return handle.query<WaitingDelivery & Record<string, unknown>>(
    `select d.notice_id, n.text from notice_delivery d join notice n on n.tenant_id = d.tenant_id and n.id = d.notice_id
     where d.tenant_id = $1 and d.state = 'waiting' order by d.notice_id limit $2 for update of d skip locked`,
    [handle.tenantId, limit],
  )
}

export async function saveDeliveries(handle: Handle, noticeIds: readonly string[], state: string): Promise<void> {
  await handle.query(
    `update notice_delivery set state = $3, since = now(), tries = tries + case when $3 = 'sending' then 1 else 0 end
     where tenant_id = $1 and notice_id = any($2::uuid[])`,
    [handle.tenantId, noticeIds, state],
  )
}

/** Those whose sender died on the way are not known to have arrived; those that waited for two days call nothing to mind any more. */
export async function settleOld(handle: Handle): Promise<{ unknown: number; expired: number }> {
  const rows = await handle.query<{ state: string }>(
    `update notice_delivery set state = case state when 'sending' then 'unknown' else 'expired' end, since = now()
     where tenant_id = $1 and ((state = 'sending' and since < now() - interval '10 minutes')
       or (state = 'waiting' and queued_at < now() - interval '2 days'))
     returning state`,
    [handle.tenantId],
  )
  const unknown = rows.filter(({ state }) => state === 'unknown').length
  return { unknown, expired: rows.length - unknown }
}
