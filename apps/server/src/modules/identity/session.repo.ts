import { createHash, randomBytes } from 'node:crypto'
import type { Handle } from '../../platform/db/scope.js'

export interface AccountRow {
  readonly id: string
  readonly login_name: string
  readonly person_name: string
  readonly post: string | null
  readonly unit_id: string
  readonly password_hash: string
  readonly password_set_at: Date
  readonly must_change_password: boolean
  readonly failures: number
  readonly locked_until: Date | null
  readonly totp_secret: string | null
  readonly totp_last_step: number | null
  readonly status: string
  readonly version: number
}

/** Everything that makes an actor of a session or a token, in one row. */
export interface CredentialRow extends AccountRow {
  readonly session_id: string | null
  readonly last_active_at: Date
  readonly started_at: Date
  readonly tenant_name: string
  readonly working_unit_id: string
  readonly unit_name: string
  readonly unit_kind: string
  readonly territory_path: string
  readonly line_path: string | null
  readonly base_unit_id: string | null
  readonly base_territory_path: string | null
  readonly base_line_path: string | null
  readonly roles: string[]
  /** Former paths of what stands under the unit now, as far as they lie elsewhere. */
  readonly former_paths: string[]
  readonly line_paths: string[]
  readonly token_permissions: string[] | null
}

/** `<tenant id>.<random>`: the tenant stands in the token, so that it can be looked up inside one tenant. */
export function newToken(prefix: string, tenantId: string): { token: string; hash: string } {
  const token = `${prefix}${tenantId}.${randomBytes(32).toString('base64url')}`
  return { token, hash: hashToken(token) }
}

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

export function tenantOfToken(token: string): string | null {
  return /^(?:bht_)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\./.exec(token)?.[1] ?? null
}

const accountColumns = `a.id, a.login_name, a.person_name, a.post, a.unit_id, a.password_hash, a.password_set_at, a.must_change_password,
  a.failures, a.locked_until, a.totp_secret, a.totp_last_step, a.status, a.version`

export async function findTenants(
  handle: Handle,
  code: string | null,
): Promise<{ id: string; code: string; name: string }[]> {
  return handle.query('select id, code, name from tenant where $1::text is null or code = $1 order by code limit 2', [
    code,
  ])
}

/** Locks the row: two wrong passwords at once are two failures. */
export async function loadAccountForLogIn(handle: Handle, loginName: string): Promise<AccountRow | null> {
  const rows = await handle.query<AccountRow>(
    `select ${accountColumns} from account a where a.tenant_id = $1 and a.login_name = $2 for update`,
    [handle.tenantId, loginName],
  )
  return rows[0] ?? null
}

export async function saveLogInAttempt(
  handle: Handle,
  accountId: string,
  attempt: { failures: number; lockedUntil: Date | null; totpLastStep?: number | null },
): Promise<void> {
  await handle.query(
    `update account set failures = $3, locked_until = $4, totp_last_step = coalesce($5, totp_last_step) where tenant_id = $1 and id = $2`,
    [handle.tenantId, accountId, attempt.failures, attempt.lockedUntil, attempt.totpLastStep ?? null],
  )
}

/** The unit to begin with: the account's own if a role is held there, otherwise the first one where one is. */
export async function workingUnitOf(handle: Handle, account: AccountRow): Promise<string> {
  const rows = await handle.query<{ unit_id: string }>(
    `select unit_id from role_grant where tenant_id = $1 and account_id = $2 and revoked_at is null
     order by (unit_id = $3) desc, granted_at, id limit 1`,
    [handle.tenantId, account.id, account.unit_id],
  )
  return rows[0]?.unit_id ?? account.unit_id
}

export async function insertSession(
  handle: Handle,
  row: { id: string; tokenHash: string; accountId: string; unitId: string; now: Date; address: string; client: string },
): Promise<void> {
  await handle.query(
    `insert into session (tenant_id, id, token_hash, account_id, unit_id, started_at, last_active_at, address, client)
     values ($1, $2, $3, $4, $5, $6, $6, $7, $8)`,
    [handle.tenantId, row.id, row.tokenHash, row.accountId, row.unitId, row.now, row.address, row.client],
  )
}

// In one statement with the credential itself: every request asks it.
const reachColumns = `array(
    select distinct former from unit m, unnest(m.former_paths) as former
    where m.tenant_id = u.tenant_id and m.former_paths is not null
      and m.territory_path >= coalesce(b.territory_path, u.territory_path)
      and m.territory_path < left(coalesce(b.territory_path, u.territory_path), -1) || '0'
      and not starts_with(former, coalesce(b.territory_path, u.territory_path))) as former_paths,
  array(select p.path from unit_path p where p.tenant_id = u.tenant_id and p.unit_id in (u.id, b.id) and p.axis = 'line') as line_paths`
// An office (安委办, 内设机构, 管委会) works for the unit it stands under: `base` is that unit.
const actorColumns = `t.name as tenant_name, u.id as working_unit_id, u.name as unit_name, u.kind as unit_kind, u.territory_path, u.line_path,
  b.id as base_unit_id, b.territory_path as base_territory_path, b.line_path as base_line_path,
  array(select g.role from role_grant g where g.tenant_id = a.tenant_id and g.account_id = a.id and g.unit_id = u.id and g.revoked_at is null) as roles,
  ${reachColumns}`
const actorJoins = `join tenant t on t.id = a.tenant_id
  join unit u on u.tenant_id = c.tenant_id and u.id = c.unit_id
  left join unit b on b.tenant_id = u.tenant_id and b.id = u.parent_id and u.kind in ('safety-committee-office', 'office', 'area-committee')`

export async function findSession(handle: Handle, tokenHash: string): Promise<CredentialRow | null> {
  const rows = await handle.query<CredentialRow>(
    `select ${accountColumns}, c.id as session_id, c.started_at, c.last_active_at, null::text[] as token_permissions, ${actorColumns}
     from session c join account a on a.tenant_id = c.tenant_id and a.id = c.account_id ${actorJoins}
     where c.tenant_id = $1 and c.token_hash = $2 and c.ended_at is null and a.status = 'active'`,
    [handle.tenantId, tokenHash],
  )
  return rows[0] ?? null
}

export async function findAccessToken(handle: Handle, tokenHash: string, now: Date): Promise<CredentialRow | null> {
  const rows = await handle.query<CredentialRow>(
    `select ${accountColumns}, null::uuid as session_id, c.created_at as started_at, coalesce(c.last_used_at, c.created_at) as last_active_at,
       c.permissions as token_permissions, ${actorColumns}
     from access_token c join account a on a.tenant_id = c.tenant_id and a.id = c.account_id ${actorJoins}
     where c.tenant_id = $1 and c.token_hash = $2 and c.revoked_at is null and c.expires_at > $3 and a.status = 'active'`,
    [handle.tenantId, tokenHash, now],
  )
  return rows[0] ?? null
}

/** For the command line: an account by its name, with no session. */
export async function findAccountActor(handle: Handle, loginName: string): Promise<CredentialRow | null> {
  const rows = await handle.query<CredentialRow>(
    `select ${accountColumns}, null::uuid as session_id, now() as started_at, now() as last_active_at, null::text[] as token_permissions, ${actorColumns}
     from account a
     cross join lateral (select a.tenant_id, coalesce((select g.unit_id from role_grant g where g.tenant_id = a.tenant_id and g.account_id = a.id
       and g.revoked_at is null order by (g.unit_id = a.unit_id) desc, g.granted_at, g.id limit 1), a.unit_id) as unit_id) c
     ${actorJoins}
     where a.tenant_id = $1 and a.login_name = $2 and a.status = 'active'`,
    [handle.tenantId, loginName],
  )
  return rows[0] ?? null
}

/** For a job that goes on with what a person began: the person at that unit, with the roles held there now. */
export async function findActorAt(handle: Handle, accountId: string, unitId: string): Promise<CredentialRow | null> {
  const rows = await handle.query<CredentialRow>(
    `select ${accountColumns}, null::uuid as session_id, now() as started_at, now() as last_active_at, null::text[] as token_permissions, ${actorColumns}
     from account a
     cross join lateral (select a.tenant_id, $3::uuid as unit_id) c
     ${actorJoins}
     where a.tenant_id = $1 and a.id = $2 and a.status = 'active'`,
    [handle.tenantId, accountId, unitId],
  )
  return rows[0] ?? null
}

export async function touchSession(handle: Handle, sessionId: string, now: Date): Promise<void> {
  await handle.query('update session set last_active_at = $3 where tenant_id = $1 and id = $2', [
    handle.tenantId,
    sessionId,
    now,
  ])
}

export async function touchAccessToken(handle: Handle, tokenHash: string, now: Date): Promise<void> {
  await handle.query('update access_token set last_used_at = $3 where tenant_id = $1 and token_hash = $2', [
    handle.tenantId,
    tokenHash,
    now,
  ])
}

export async function endSessionRow(handle: Handle, sessionId: string, now: Date): Promise<boolean> {
  const rows = await handle.query(
    'update session set ended_at = $3 where tenant_id = $1 and id = $2 and ended_at is null returning id',
    [handle.tenantId, sessionId, now],
  )
  return rows.length > 0
}

/** The policy shows a person's own sessions, those that ended too, and no others. */
export async function isOwnSession(handle: Handle, sessionId: string): Promise<boolean> {
  const rows = await handle.query('select 1 from session where tenant_id = $1 and id = $2', [
    handle.tenantId,
    sessionId,
  ])
  return rows.length > 0
}

export async function endSessionsOf(
  handle: Handle,
  accountId: string,
  except: string | null,
  now: Date,
): Promise<number> {
  const rows = await handle.query(
    `update session set ended_at = $4 where tenant_id = $1 and account_id = $2 and ended_at is null and ($3::uuid is null or id <> $3) returning id`,
    [handle.tenantId, accountId, except, now],
  )
  return rows.length
}

/** One of an account's; answers how many it was. */
export async function endSessionOfRow(
  handle: Handle,
  accountId: string,
  sessionId: string,
  now: Date,
): Promise<number> {
  const rows = await handle.query(
    'update session set ended_at = $4 where tenant_id = $1 and account_id = $2 and id = $3 and ended_at is null returning id',
    [handle.tenantId, accountId, sessionId, now],
  )
  return rows.length
}

export async function revokeTokensOf(handle: Handle, accountId: string, now: Date): Promise<number> {
  const rows = await handle.query(
    'update access_token set revoked_at = $3 where tenant_id = $1 and account_id = $2 and revoked_at is null returning id',
    [handle.tenantId, accountId, now],
  )
  return rows.length
}

export async function moveSessionToUnit(handle: Handle, sessionId: string, unitId: string): Promise<void> {
  await handle.query('update session set unit_id = $3 where tenant_id = $1 and id = $2', [
    handle.tenantId,
    sessionId,
    unitId,
  ])
}

export interface SessionRow {
  readonly id: string
  readonly started_at: Date
  readonly last_active_at: Date
  readonly address: string
  readonly client: string
  readonly unit_name: string
}

export async function listSessionRows(handle: Handle, accountId: string, activeAfter: Date): Promise<SessionRow[]> {
  return handle.query<SessionRow>(
    `select s.id, s.started_at, s.last_active_at, s.address, s.client, u.name as unit_name
     from session s join unit u on u.tenant_id = s.tenant_id and u.id = s.unit_id
     where s.tenant_id = $1 and s.account_id = $2 and s.ended_at is null and s.last_active_at > $3
     order by s.last_active_at desc limit 50`,
    [handle.tenantId, accountId, activeAfter],
  )
}

export interface GrantRow {
  readonly unit_id: string
  readonly unit_name: string
  readonly role: string
}

export async function listGrants(handle: Handle, accountId: string): Promise<GrantRow[]> {
  return handle.query<GrantRow>(
    `select g.unit_id, u.name as unit_name, g.role from role_grant g join unit u on u.tenant_id = g.tenant_id and u.id = g.unit_id
     where g.tenant_id = $1 and g.account_id = $2 and g.revoked_at is null order by u.name, g.role`,
    [handle.tenantId, accountId],
  )
}

export async function savePassword(
  handle: Handle,
  accountId: string,
  hash: string,
  now: Date,
  mustChange: boolean,
): Promise<void> {
  await handle.query(
    `update account set password_hash = $3, password_set_at = $4, must_change_password = $5, failures = 0, locked_until = null, version = version + 1
     where tenant_id = $1 and id = $2`,
    [handle.tenantId, accountId, hash, now, mustChange],
  )
  await handle.query(
    'insert into password_history (tenant_id, account_id, set_at, password_hash) values ($1, $2, $3, $4) on conflict do nothing',
    [handle.tenantId, accountId, now, hash],
  )
}

export async function recentPasswords(handle: Handle, accountId: string, count: number): Promise<string[]> {
  const rows = await handle.query<{ password_hash: string }>(
    'select password_hash from password_history where tenant_id = $1 and account_id = $2 order by set_at desc limit $3',
    [handle.tenantId, accountId, count],
  )
  return rows.map((row) => row.password_hash)
}

export async function findAccountById(handle: Handle, accountId: string): Promise<AccountRow | null> {
  const rows = await handle.query<AccountRow>(
    `select ${accountColumns} from account a where a.tenant_id = $1 and a.id = $2 for update`,
    [handle.tenantId, accountId],
  )
  return rows[0] ?? null
}
