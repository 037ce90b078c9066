import { permissionsOf, roles } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'

export interface MailAddressRow {
  readonly address: string | null
  readonly confirmed_at: Date | null
  readonly asked_address: string | null
  readonly asked_nonce: string | null
  readonly asked_at: Date | null
  readonly asked_state: string | null
  readonly asked_reason: string | null
  readonly tries: number
  readonly asked_day: string | null
  readonly asked_count: number
  readonly muted: string[]
}

const columns = `address, confirmed_at, asked_address, asked_nonce, asked_at, asked_state, asked_reason, tries, asked_day, asked_count, muted`

export async function findMailAddress(handle: Handle, accountId: string): Promise<MailAddressRow | null> {
  const rows = await handle.query<MailAddressRow & Record<string, unknown>>(
    `select ${columns} from mail_address where tenant_id = $1 and account_id = $2`,
    [handle.tenantId, accountId],
  )
  return rows[0] ?? null
}

/** Locks the row, and makes it where there was none: of two codes that are tried at once both are counted. */
export async function loadMailAddress(handle: Handle, accountId: string): Promise<MailAddressRow> {
  const key = [handle.tenantId, accountId]
  await handle.query('insert into mail_address (tenant_id, account_id) values ($1, $2) on conflict do nothing', key)
  const [row] = await handle.query<MailAddressRow & Record<string, unknown>>(
    `select ${columns} from mail_address where tenant_id = $1 and account_id = $2 for update`,
    key,
  )
  if (row === undefined) throw new Error('an account reads its own mail address')
  return row
}

export async function saveAsked(
  handle: Handle,
  accountId: string,
  asked: {
    readonly address: string
    readonly nonce: string
    readonly at: Date
    readonly day: string
    readonly count: number
  },
): Promise<void> {
  await handle.query(
    `update mail_address set asked_address = $3, asked_nonce = $4, asked_at = $5, asked_state = 'waiting', asked_reason = null, tries = 0,
       asked_day = $6, asked_count = $7 where tenant_id = $1 and account_id = $2`,
    [handle.tenantId, accountId, asked.address, asked.nonce, asked.at, asked.day, asked.count],
  )
}

export async function saveAskedState(
  handle: Handle,
  of: { readonly accountId: string; readonly nonce: string },
  state: string,
  reason: string | null,
): Promise<void> {
  await handle.query(
    `update mail_address set asked_state = $4, asked_reason = $5 where tenant_id = $1 and account_id = $2 and asked_nonce = $3`,
    [handle.tenantId, of.accountId, of.nonce, state, reason],
  )
}

export async function countTry(handle: Handle, accountId: string): Promise<void> {
  await handle.query('update mail_address set tries = tries + 1 where tenant_id = $1 and account_id = $2', [
    handle.tenantId,
    accountId,
  ])
}

const nothingAsked = `asked_address = null, asked_nonce = null, asked_at = null, asked_state = null, asked_reason = null`

export async function saveConfirmed(handle: Handle, accountId: string, address: string, now: Date): Promise<void> {
  await handle.query(
    `update mail_address set address = $3, confirmed_at = $4, ${nothingAsked} where tenant_id = $1 and account_id = $2`,
    [handle.tenantId, accountId, address, now],
  )
}

export async function clearAddress(handle: Handle, accountId: string): Promise<void> {
  await handle.query(
    `update mail_address set address = null, confirmed_at = null, ${nothingAsked} where tenant_id = $1 and account_id = $2`,
    [handle.tenantId, accountId],
  )
}

export async function saveMuted(handle: Handle, accountId: string, muted: readonly string[]): Promise<void> {
  await handle.query('update mail_address set muted = $3 where tenant_id = $1 and account_id = $2', [
    handle.tenantId,
    accountId,
    muted,
  ])
}

/** Those of a unit are for who may look at hazards (workbench.service.ts): the roles that may. */
const readingRoles = roles.filter((role) => permissionsOf([role]).has('hazard.read'))

/**
 * For a job. A notice is for whoever holds a role at one of its units, or in an office that works for it; of `account_id` for that person
 * alone. The same people who find it in the product.
 */
export async function listMailReaders(
  handle: Handle,
  noticeIds: readonly string[],
): Promise<{ noticeId: string; accountId: string }[]> {
  return handle.query<{ noticeId: string; accountId: string }>(
    `select distinct n.id as "noticeId", a.id as "accountId"
     from notice n
     join unit u on u.tenant_id = n.tenant_id
       and (u.id = any (n.parties) or u.kind in ('safety-committee-office', 'office', 'area-committee') and u.parent_id = any (n.parties))
     join role_grant g on g.tenant_id = n.tenant_id and g.unit_id = u.id and g.revoked_at is null
       and (g.role = any ($3::text[]) or g.account_id = n.account_id)
     join account a on a.tenant_id = n.tenant_id and a.id = g.account_id and a.status = 'active'
     join mail_address m on m.tenant_id = n.tenant_id and m.account_id = a.id and m.address is not null and n.kind <> all (m.muted)
     where n.tenant_id = $1 and n.id = any ($2::uuid[]) and (n.account_id is null or n.account_id = a.id)`,
    [handle.tenantId, noticeIds, readingRoles],
  )
}

export async function findMailReader(
  handle: Handle,
  accountId: string,
): Promise<{ name: string; address: string; muted: string[] } | null> {
  const rows = await handle.query<{ name: string; address: string; muted: string[] }>(
    `select a.person_name as name, m.address, m.muted from account a
     join mail_address m on m.tenant_id = a.tenant_id and m.account_id = a.id
     where a.tenant_id = $1 and a.id = $2 and a.status = 'active' and m.address is not null`,
    [handle.tenantId, accountId],
  )
  return rows[0] ?? null
}
