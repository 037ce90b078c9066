import type { Handle } from '../../platform/db/scope.js'

export interface AccountInsert {
  readonly id: string
  readonly loginName: string
  readonly personName: string
  readonly post: string | null
  readonly phone: string | null
  readonly unitId: string
  readonly territoryPath: string
  readonly linePath: string | null
  readonly passwordHash: string
  readonly mustChangePassword: boolean
  readonly now: Date
}

export async function insertAccount(handle: Handle, row: AccountInsert): Promise<void> {
  await handle.query(
    `insert into account (tenant_id, id, login_name, person_name, post, phone, unit_id, territory_path, line_path, parties,
       password_hash, password_set_at, must_change_password, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, array[$7]::uuid[], $10, $11, $12, $11)`,
    [
      handle.tenantId,
      row.id,
      row.loginName,
      row.personName,
      row.post,
      row.phone,
      row.unitId,
      row.territoryPath,
      row.linePath,
      row.passwordHash,
      row.now,
      row.mustChangePassword,
    ],
  )
}

/** In the whole tenant, whatever the asker's reach: a name out of sight is taken as well. */
export async function unlessNameIsTaken<T>(handle: Handle, work: () => Promise<T>): Promise<T | null> {
  await handle.query('savepoint new_account')
  try {
    const result = await work()
    await handle.query('release savepoint new_account')
    return result
  } catch (cause) {
    const { code, constraint } = cause as { code?: string; constraint?: string }
    if (code !== '23505' || constraint !== 'account_tenant_id_login_name_key') throw cause
    await handle.query('rollback to savepoint new_account')
    return null
  }
}

export interface StoredAccount {
  readonly id: string
  readonly login_name: string
  readonly person_name: string
  readonly post: string | null
  readonly phone: string | null
  readonly unit_id: string
  readonly unit_name: string
  readonly territory_path: string
  readonly line_path: string | null
  readonly must_change_password: boolean
  readonly locked_until: Date | null
  readonly second_factor: boolean
  readonly status: 'active' | 'disabled'
  readonly created_at: Date
  readonly version: number
}

const columns = `a.id, a.login_name, a.person_name, a.post, a.phone, a.unit_id, u.name as unit_name, a.territory_path, a.line_path,
  a.must_change_password, a.locked_until, a.totp_secret is not null as second_factor, a.status, a.created_at, a.version`
const tables = 'account a join unit u on u.tenant_id = a.tenant_id and u.id = a.unit_id'

export async function findAccount(handle: Handle, id: string): Promise<StoredAccount | null> {
  const [row] = await handle.query<StoredAccount & Record<string, unknown>>(
    `select ${columns} from ${tables} where a.tenant_id = $1 and a.id = $2`,
    [handle.tenantId, id],
  )
  return row ?? null
}

export async function loadAccount(handle: Handle, id: string): Promise<StoredAccount | null> {
  const [row] = await handle.query<StoredAccount & Record<string, unknown>>(
    `select ${columns} from ${tables} where a.tenant_id = $1 and a.id = $2 for update of a`,
    [handle.tenantId, id],
  )
  return row ?? null
}

export interface AccountSearch {
  readonly text: string | null
  readonly unitPath: string | null
  readonly role: string | null
  readonly status: 'active' | 'disabled' | 'locked' | null
  readonly now: Date
  readonly after: string | null
  readonly limit: number
}

export interface ListedAccount extends StoredAccount {
  readonly roles: readonly { readonly unitName: string; readonly role: string }[]
}

const matches = `a.tenant_id = $1
  and ($2::text is null or strpos(a.person_name, $2) > 0 or starts_with(a.login_name, lower($2)))
  and ($3::text is null or starts_with(a.territory_path, $3))
  and ($4::text is null or exists (select 1 from role_grant g
    where g.tenant_id = a.tenant_id and g.account_id = a.id and g.role = $4 and g.revoked_at is null))
  and ($5::text is null or ($5 = 'locked' and a.locked_until > $6::timestamptz) or ($5 <> 'locked' and a.status = $5))`

/** By log-in name. */
export async function listAccounts(handle: Handle, asked: AccountSearch): Promise<ListedAccount[]> {
  return handle.query<ListedAccount & Record<string, unknown>>(
    `select ${columns}, coalesce((select jsonb_agg(jsonb_build_object('unitName', gu.name, 'role', g.role) order by g.granted_at)
         from role_grant g join unit gu on gu.tenant_id = g.tenant_id and gu.id = g.unit_id
         where g.tenant_id = a.tenant_id and g.account_id = a.id and g.revoked_at is null), '[]') as roles
     from ${tables} where ${matches} and ($7::text is null or a.login_name > $7) order by a.login_name limit $8`,
    [handle.tenantId, asked.text, asked.unitPath, asked.role, asked.status, asked.now, asked.after, asked.limit],
  )
}

export async function countAccounts(handle: Handle, asked: AccountSearch, cap: number): Promise<number> {
  const [row] = await handle.query<{ count: number }>(
    `select count(*)::int as count from (select 1 from account a where ${matches} limit $7) capped`,
    [handle.tenantId, asked.text, asked.unitPath, asked.role, asked.status, asked.now, cap],
  )
  return row?.count ?? 0
}

/** Whoever works at the unit or holds a role there, as far as the asker sees their accounts. */
export async function listPeopleAt(handle: Handle, unitId: string): Promise<(StoredAccount & { roles: string[] })[]> {
  return handle.query<StoredAccount & { roles: string[] } & Record<string, unknown>>(
    `select ${columns}, array(select g.role from role_grant g
       where g.tenant_id = a.tenant_id and g.account_id = a.id and g.unit_id = $2 and g.revoked_at is null order by g.granted_at) as roles
     from ${tables}
     where a.tenant_id = $1 and a.status = 'active' and (a.unit_id = $2 or a.id in (select g.account_id from role_grant g
       where g.tenant_id = $1 and g.unit_id = $2 and g.revoked_at is null))
     order by a.person_name, a.id limit 500`,
    [handle.tenantId, unitId],
  )
}

export async function saveAccount(
  handle: Handle,
  id: string,
  to: {
    readonly personName: string
    readonly post: string | null
    readonly phone: string | null
    readonly unitId: string
    readonly territoryPath: string
    readonly linePath: string | null
  },
): Promise<void> {
  await handle.query(
    `update account set person_name = $3, post = $4, phone = $5, unit_id = $6, territory_path = $7, line_path = $8,
       parties = array[$6]::uuid[], version = version + 1
     where tenant_id = $1 and id = $2`,
    [handle.tenantId, id, to.personName, to.post, to.phone, to.unitId, to.territoryPath, to.linePath],
  )
}

export async function saveStatus(handle: Handle, id: string, status: 'active' | 'disabled'): Promise<void> {
  await handle.query('update account set status = $3, version = version + 1 where tenant_id = $1 and id = $2', [
    handle.tenantId,
    id,
    status,
  ])
}

export async function unlockRow(handle: Handle, id: string): Promise<void> {
  await handle.query(
    'update account set failures = 0, locked_until = null, version = version + 1 where tenant_id = $1 and id = $2',
    [handle.tenantId, id],
  )
}

export async function saveSecondFactor(
  handle: Handle,
  id: string,
  sealed: string | null,
  step: number | null,
): Promise<void> {
  await handle.query(
    'update account set totp_secret = $3, totp_last_step = $4, version = version + 1 where tenant_id = $1 and id = $2',
    [handle.tenantId, id, sealed, step],
  )
}

export interface GrantInsert {
  readonly id: string
  readonly accountId: string
  readonly unitId: string
  readonly role: string
  readonly by: string | null
  readonly now: Date
}

export async function insertGrant(handle: Handle, row: GrantInsert): Promise<void> {
  await handle.query(
    'insert into role_grant (tenant_id, id, account_id, unit_id, role, granted_at, granted_by) values ($1, $2, $3, $4, $5, $6, $7)',
    [handle.tenantId, row.id, row.accountId, row.unitId, row.role, row.now, row.by],
  )
}

export interface GrantRow {
  readonly id: string
  readonly unit_id: string
  readonly unit_name: string
  readonly territory_path: string
  readonly role: string
  readonly granted_at: Date
}

export async function grantsOf(handle: Handle, accountId: string): Promise<GrantRow[]> {
  return handle.query<GrantRow & Record<string, unknown>>(
    `select g.id, g.unit_id, u.name as unit_name, u.territory_path, g.role, g.granted_at
     from role_grant g join unit u on u.tenant_id = g.tenant_id and u.id = g.unit_id
     where g.tenant_id = $1 and g.account_id = $2 and g.revoked_at is null order by g.granted_at, g.id`,
    [handle.tenantId, accountId],
  )
}

/** All that the person holds, also at units out of the asker's sight: the separation of the administrators asks for all. */
export async function rolesOf(handle: Handle, accountId: string): Promise<{ unit_id: string; role: string }[]> {
  return handle.query(
    'select unit_id, role from role_grant where tenant_id = $1 and account_id = $2 and revoked_at is null',
    [handle.tenantId, accountId],
  )
}

export async function revokeGrant(handle: Handle, id: string, by: string | null, now: Date): Promise<void> {
  await handle.query('update role_grant set revoked_at = $3, revoked_by = $4 where tenant_id = $1 and id = $2', [
    handle.tenantId,
    id,
    now,
    by,
  ])
}

/** Two roles given to one person at once are judged one after the other. */
export async function lockGrants(handle: Handle, accountId: string): Promise<void> {
  await handle.query(`select pg_advisory_xact_lock(hashtextextended('grants ' || $1, 0))`, [accountId])
}
