import type { Handle } from '../db/scope.js'

export async function insertMailing(handle: Handle, noticeId: string): Promise<void> {
  await handle.query('insert into notice_mailing (tenant_id, notice_id) values ($1, $2)', [handle.tenantId, noticeId])
}

/** Takes the oldest out of the queue. */
export async function takeMailings(handle: Handle, limit: number): Promise<string[]> {
  const rows = await handle.query<{ notice_id: string }>(
    `delete from notice_mailing where tenant_id = $1 and notice_id in (
       select notice_id from notice_mailing where tenant_id = $1 order by notice_id limit $2 for update skip locked)
     returning notice_id`,
    [handle.tenantId, limit],
  )
  return rows.map(({ notice_id }) => notice_id)
}

export async function insertDeliveries(
  handle: Handle,
  rows: readonly { readonly noticeId: string; readonly accountId: string }[],
): Promise<void> {
  await handle.query(
    `insert into mail_delivery (tenant_id, notice_id, account_id, state)
     select $1, n.notice_id, n.account_id, 'waiting' from unnest($2::uuid[], $3::uuid[]) as n (notice_id, account_id)
     on conflict do nothing`,
    [handle.tenantId, rows.map(({ noticeId }) => noticeId), rows.map(({ accountId }) => accountId)],
  )
}

/** Whose mail waits, the longest waiting first. */
export async function listWaitingReaders(handle: Handle, without: readonly string[], limit: number): Promise<string[]> {
  const rows = await handle.query<{ account_id: string }>(
    `select account_id from mail_delivery where tenant_id = $1 and state = 'waiting' and account_id <> all ($2::uuid[])
     group by account_id order by min(notice_id::text), account_id limit $3`,
    [handle.tenantId, without, limit],
  )
  return rows.map(({ account_id }) => account_id)
}

export interface WaitingMail {
  readonly notice_id: string
  readonly kind: string
  readonly text: string
  readonly link: string
  readonly tries: number
}

/** What waits for one reader, locked until the transaction ends. */
export async function listWaitingMail(handle: Handle, accountId: string, limit: number): Promise<WaitingMail[]> {
  return handle.query<WaitingMail & Record<string, unknown>>(
    `select d.notice_id, n.kind, n.text, n.link, d.tries from mail_delivery d
     join notice n on n.tenant_id = d.tenant_id and n.id = d.notice_id
     where d.tenant_id = $1 and d.account_id = $2 and d.state = 'waiting' order by d.notice_id limit $3 for update of d skip locked`,
    [handle.tenantId, accountId, limit],
  )
}

export async function saveMail(
  handle: Handle,
  of: { readonly accountId: string; readonly noticeIds: readonly string[] },
  state: string,
  reason: string | null,
): Promise<void> {
  await handle.query(
    `update mail_delivery set state = $4, reason = $5, since = now(), tries = tries + case when $4 = 'sending' then 1 else 0 end
     where tenant_id = $1 and account_id = $2 and notice_id = any($3::uuid[])`,
    [handle.tenantId, of.accountId, of.noticeIds, state, reason],
  )
}

/** Why nothing leaves, for whoever looks after the server. */
export async function noteWaiting(handle: Handle, reason: string): Promise<void> {
  await handle.query(`update mail_delivery set reason = $2 where tenant_id = $1 and state = 'waiting'`, [
    handle.tenantId,
    reason,
  ])
}

/** As of the robot's: what was on its way when its sender died is not known to have arrived, and what waited for two days is of no use. */
export async function settleOldMail(handle: Handle): Promise<{ unknown: number; expired: number }> {
  const rows = await handle.query<{ state: string }>(
    `update mail_delivery set state = case state when 'sending' then 'unknown' else 'expired' end, since = now()
     where tenant_id = $1 and ((state = 'sending' and since < now() - interval '10 minutes')
       or (state = 'waiting' and queued_at < now() - interval '2 days'))
     returning state`,
    [handle.tenantId],
  )
  const unknown = rows.filter(({ state }) => state === 'unknown').length
  return { unknown, expired: rows.length - unknown }
}

export interface MailDeliveryRow {
  readonly notice_id: string
  readonly account_id: string
  readonly person_name: string
  readonly unit_name: string
  readonly address: string | null
  readonly kind: string
  readonly state: string
  readonly reason: string | null
  readonly tries: number
  readonly since: Date
}

/** Waits again, from now on. */
export async function restartMail(handle: Handle, noticeId: string, accountId: string): Promise<void> {
  await handle.query(
    `update mail_delivery set state = 'waiting', reason = null, queued_at = now(), since = now()
     where tenant_id = $1 and notice_id = $2 and account_id = $3`,
    [handle.tenantId, noticeId, accountId],
  )
}

const under = `d.tenant_id = $1 and starts_with(a.territory_path, $2)`
const joined = `mail_delivery d join account a on a.tenant_id = d.tenant_id and a.id = d.account_id`

const described = `d.notice_id, d.account_id, a.person_name, u.name as unit_name, m.address, n.kind, d.state, d.reason, d.tries, d.since
  from ${joined} join unit u on u.tenant_id = a.tenant_id and u.id = a.unit_id
  join notice n on n.tenant_id = d.tenant_id and n.id = d.notice_id
  left join mail_address m on m.tenant_id = d.tenant_id and m.account_id = d.account_id`

/** Of a person below the path; locked until the transaction ends. */
export async function loadMailDelivery(
  handle: Handle,
  path: string,
  noticeId: string,
  accountId: string,
): Promise<MailDeliveryRow | null> {
  const rows = await handle.query<MailDeliveryRow & Record<string, unknown>>(
    `select ${described} where ${under} and d.notice_id = $3 and d.account_id = $4 for update of d`,
    [handle.tenantId, path, noticeId, accountId],
  )
  return rows[0] ?? null
}

/** Newest first, of people below the path. */
export async function listMailDeliveries(
  handle: Handle,
  path: string,
  states: readonly string[] | null,
  limit: number,
): Promise<MailDeliveryRow[]> {
  return handle.query<MailDeliveryRow & Record<string, unknown>>(
    `select ${described}
     where ${under} and ($3::text[] is null or d.state = any($3::text[]))
     order by d.since desc, d.notice_id, d.account_id limit $4`,
    [handle.tenantId, path, states, limit],
  )
}

/** Of the last thirty days. */
export async function countMailDeliveries(handle: Handle, path: string): Promise<Record<string, number>> {
  const rows = await handle.query<{ state: string; count: number }>(
    `select d.state, count(*)::int as count from ${joined} where ${under} and d.since > now() - interval '30 days' group by d.state`,
    [handle.tenantId, path],
  )
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]))
}
