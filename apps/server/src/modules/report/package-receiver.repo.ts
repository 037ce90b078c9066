import type { Handle } from '../../platform/db/scope.js'

export interface ReceiverRow {
  readonly id: string
  readonly territory_path: string
  readonly name: string
  readonly url: string
  readonly sealed_token: string
  readonly token_set_at: Date
  readonly active: boolean
  readonly version: number
}

const columns = 'id, territory_path, name, url, sealed_token, token_set_at, active, version'

export async function listReceivers(handle: Handle): Promise<ReceiverRow[]> {
  return handle.query<ReceiverRow & Record<string, unknown>>(
    `select ${columns} from package_receiver where tenant_id = $1 order by name, id limit 500`,
    [handle.tenantId],
  )
}

export async function findReceivers(handle: Handle, ids: readonly string[]): Promise<ReceiverRow[]> {
  if (ids.length === 0) return []
  return handle.query<ReceiverRow & Record<string, unknown>>(
    `select ${columns} from package_receiver where tenant_id = $1 and id = any ($2::uuid[]) order by name, id`,
    [handle.tenantId, ids],
  )
}

export async function loadReceiver(handle: Handle, id: string): Promise<ReceiverRow | null> {
  const rows = await handle.query<ReceiverRow & Record<string, unknown>>(
    `select ${columns} from package_receiver where tenant_id = $1 and id = $2 for update`,
    [handle.tenantId, id],
  )
  return rows[0] ?? null
}

export async function insertReceiver(
  handle: Handle,
  row: {
    readonly id: string
    readonly territoryPath: string
    readonly name: string
    readonly url: string
    readonly sealedToken: string
    readonly now: Date
  },
): Promise<void> {
  await handle.query(
    `insert into package_receiver (tenant_id, id, territory_path, bound_path, name, url, sealed_token, token_set_at, active, created_at)
     values ($1, $2, $3, $3, $4, $5, $6, $7, true, $7)`,
    [handle.tenantId, row.id, row.territoryPath, row.name, row.url, row.sealedToken, row.now],
  )
}

export async function saveReceiver(
  handle: Handle,
  id: string,
  to: {
    readonly name: string
    readonly url: string
    readonly active: boolean
    readonly sealedToken: string
    readonly tokenSetAt: Date
  },
): Promise<void> {
  await handle.query(
    `update package_receiver set name = $3, url = $4, active = $5, sealed_token = $6, token_set_at = $7, version = version + 1
     where tenant_id = $1 and id = $2`,
    [handle.tenantId, id, to.name, to.url, to.active, to.sealedToken, to.tokenSetAt],
  )
}
