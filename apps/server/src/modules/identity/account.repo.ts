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

export async function isLoginNameTaken(handle: Handle, loginName: string): Promise<boolean> {
  const rows = await handle.query('select 1 from account where tenant_id = $1 and login_name = $2', [handle.tenantId, loginName])
  return rows.length > 0
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

export async function rolesOf(handle: Handle, accountId: string): Promise<{ unit_id: string; role: string }[]> {
  return handle.query('select unit_id, role from role_grant where tenant_id = $1 and account_id = $2 and revoked_at is null', [
    handle.tenantId,
    accountId,
  ])
}
