import type { Handle } from '../../platform/db/scope.js'

export interface SenderRow {
  readonly id: string
  readonly name: string
  readonly unit_id: string
  readonly unit_name: string
  readonly public_key: string
  readonly active: boolean
}

const columns = 's.id, s.name, s.unit_id, u.name as unit_name, s.public_key, s.active'
const joined = 'package_sender s join unit u on u.tenant_id = s.tenant_id and u.id = s.unit_id'

export async function listSenders(handle: Handle): Promise<SenderRow[]> {
  return handle.query<SenderRow & Record<string, unknown>>(
    `select ${columns} from ${joined} where s.tenant_id = $1 order by s.name, s.id limit 1000`,
    [handle.tenantId],
  )
}

export async function findSender(handle: Handle, publicKey: string): Promise<SenderRow | null> {
  const rows = await handle.query<SenderRow & Record<string, unknown>>(
    `select ${columns} from ${joined} where s.tenant_id = $1 and s.public_key = $2 and s.active`,
    [handle.tenantId, publicKey],
  )
  return rows[0] ?? null
}

/** False when the key is known already. */
export async function insertSender(
  handle: Handle,
  row: {
    readonly id: string
    readonly territoryPath: string
    readonly linePath: string | null
    readonly unitId: string
    readonly name: string
    readonly publicKey: string
    readonly now: Date
  },
): Promise<boolean> {
  const rows = await handle.query(
    `insert into package_sender (tenant_id, id, territory_path, line_path, parties, unit_id, name, public_key, active, created_at)
     values ($1, $2, $3, $4, array[$5::uuid], $5, $6, $7, true, $8) on conflict do nothing returning id`,
    [handle.tenantId, row.id, row.territoryPath, row.linePath, row.unitId, row.name, row.publicKey, row.now],
  )
  return rows.length > 0
}

/** `filed`: not only written down; a crash may have come between. */
export async function findReceived(
  handle: Handle,
  packageHash: string,
): Promise<{ return_id: string; filed: boolean } | null> {
  const rows = await handle.query<{ return_id: string; filed: boolean }>(
    `select p.return_id, exists (select 1 from return_event e where e.tenant_id = p.tenant_id and e.return_id = p.return_id
       and e.kind = 'receive' and e.recorded_at >= p.received_at) as filed
     from package_received p where p.tenant_id = $1 and p.package_hash = $2`,
    [handle.tenantId, packageHash],
  )
  return rows[0] ?? null
}

export async function insertReceived(
  handle: Handle,
  row: {
    readonly id: string
    readonly territoryPath: string
    readonly linePath: string | null
    readonly parties: readonly string[]
    readonly senderId: string
    readonly returnId: string
    readonly entryId: string
    readonly packageHash: string
    /** JSON. */
    readonly content: string
    readonly accountId: string
    readonly personName: string
    readonly now: Date
  },
): Promise<void> {
  await handle.query(
    `insert into package_received (tenant_id, id, territory_path, line_path, parties, sender_id, return_id, entry_id, package_hash, package,
       account_id, person_name, received_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      handle.tenantId,
      row.id,
      row.territoryPath,
      row.linePath,
      row.parties,
      row.senderId,
      row.returnId,
      row.entryId,
      row.packageHash,
      row.content,
      row.accountId,
      row.personName,
      row.now,
    ],
  )
}

/** The return here that a package is for: the sender's unit, the same table, period and sector. */
export async function findReturnFor(
  handle: Handle,
  asked: { readonly unitId: string; readonly table: string; readonly periodKey: string; readonly sector: string },
): Promise<{ id: string; version: number } | null> {
  const rows = await handle.query<{ id: string; version: number }>(
    `select r.id, r.version from report_return r join report_table t on t.tenant_id = r.tenant_id and t.id = r.table_id
     where r.tenant_id = $1 and r.unit_id = $2 and t.title = $3 and r.period_key = $4 and r.sector = $5
     order by r.opened_at desc, r.id limit 2`,
    [handle.tenantId, asked.unitId, asked.table, asked.periodKey, asked.sector],
  )
  return rows.length === 1 ? (rows[0] ?? null) : null
}

export async function loadSender(handle: Handle, id: string): Promise<SenderRow | null> {
  const rows = await handle.query<SenderRow & Record<string, unknown>>(
    `select ${columns} from ${joined} where s.tenant_id = $1 and s.id = $2 for update of s`,
    [handle.tenantId, id],
  )
  return rows[0] ?? null
}

export async function saveSender(handle: Handle, id: string, active: boolean): Promise<void> {
  await handle.query('update package_sender set active = $3 where tenant_id = $1 and id = $2', [
    handle.tenantId,
    id,
    active,
  ])
}

export interface ReceivedRow {
  readonly id: string
  readonly sender_name: string
  readonly unit_name: string
  readonly return_id: string
  readonly table_title: string
  readonly period_title: string
  readonly package_hash: string
  readonly person_name: string
  readonly received_at: Date
}

/** Newest first. */
export async function listReceived(handle: Handle): Promise<ReceivedRow[]> {
  return handle.query<ReceivedRow & Record<string, unknown>>(
    `select p.id, s.name as sender_name, u.name as unit_name, p.return_id, t.title as table_title, r.period_title, p.package_hash,
       p.person_name, p.received_at
     from package_received p join package_sender s on s.tenant_id = p.tenant_id and s.id = p.sender_id
     join report_return r on r.tenant_id = p.tenant_id and r.id = p.return_id
     join report_table t on t.tenant_id = r.tenant_id and t.id = r.table_id
     join unit u on u.tenant_id = r.tenant_id and u.id = r.unit_id
     where p.tenant_id = $1 order by p.received_at desc, p.id limit 200`,
    [handle.tenantId],
  )
}
