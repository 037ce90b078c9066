import type { Handle } from '../../platform/db/scope.js'

export interface AccessTokenRow {
  readonly id: string
  readonly name: string
  readonly unit_name: string
  readonly permissions: readonly string[]
  readonly created_at: Date
  readonly expires_at: Date
  readonly last_used_at: Date | null
}

/** Those that still open something. */
export async function listTokens(handle: Handle, accountId: string, now: Date): Promise<AccessTokenRow[]> {
  return handle.query<AccessTokenRow & Record<string, unknown>>(
    `select t.id, t.name, u.name as unit_name, t.permissions, t.created_at, t.expires_at, t.last_used_at
     from access_token t join unit u on u.tenant_id = t.tenant_id and u.id = t.unit_id
     where t.tenant_id = $1 and t.account_id = $2 and t.revoked_at is null and t.expires_at > $3 order by t.created_at desc, t.id`,
    [handle.tenantId, accountId, now],
  )
}

export async function insertToken(
  handle: Handle,
  row: {
    readonly id: string
    readonly tokenHash: string
    readonly accountId: string
    readonly unitId: string
    readonly name: string
    readonly permissions: readonly string[]
    readonly now: Date
    readonly expiresAt: Date
  },
): Promise<void> {
  await handle.query(
    `insert into access_token (tenant_id, id, token_hash, account_id, unit_id, name, permissions, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      handle.tenantId,
      row.id,
      row.tokenHash,
      row.accountId,
      row.unitId,
      row.name,
      [...row.permissions],
      row.now,
      row.expiresAt,
    ],
  )
}

export async function revokeToken(handle: Handle, accountId: string, id: string, now: Date): Promise<boolean> {
  const rows = await handle.query(
    'update access_token set revoked_at = $4 where tenant_id = $1 and account_id = $2 and id = $3 and revoked_at is null returning id',
    [handle.tenantId, accountId, id, now],
  )
  return rows.length > 0
}
