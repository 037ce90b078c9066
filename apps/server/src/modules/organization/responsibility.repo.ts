import type { Handle } from '../../platform/db/scope.js'

export interface ResponsibilityRow {
  readonly id: string
  readonly unit_id: string
  readonly sector: string
  readonly role: 'lead' | 'support'
  readonly valid_from: string
  readonly valid_to: string | null
  readonly version: number
}

const columns = 'id, unit_id, sector, role, valid_from, valid_to, version'

/** Every line of the tenant: some tens a unit, and the rules compare all of them. */
export async function listResponsibilities(handle: Handle): Promise<ResponsibilityRow[]> {
  return handle.query<ResponsibilityRow>(
    `select ${columns} from responsibility where tenant_id = $1 order by sector, role, valid_from, id`,
    [handle.tenantId],
  )
}

export async function loadResponsibility(handle: Handle, id: string): Promise<ResponsibilityRow | null> {
  const [row] = await handle.query<ResponsibilityRow>(
    `select ${columns} from responsibility where tenant_id = $1 and id = $2 for update`,
    [handle.tenantId, id],
  )
  return row ?? null
}

export async function insertResponsibility(handle: Handle, row: Omit<ResponsibilityRow, 'version'>): Promise<void> {
  await handle.query(
    'insert into responsibility (tenant_id, id, unit_id, sector, role, valid_from, valid_to) values ($1, $2, $3, $4, $5, $6, $7)',
    [handle.tenantId, row.id, row.unit_id, row.sector, row.role, row.valid_from, row.valid_to],
  )
}

export async function endResponsibilityRow(handle: Handle, id: string, validTo: string): Promise<void> {
  await handle.query(
    'update responsibility set valid_to = $3, version = version + 1 where tenant_id = $1 and id = $2',
    [handle.tenantId, id, validTo],
  )
}

/** Two who name a lead for one sector at once: whoever changes the division of duties holds this to the end. */
export async function lockResponsibilities(handle: Handle): Promise<void> {
  await handle.query(`select pg_advisory_xact_lock(hashtextextended('responsibility ' || $1, 0))`, [handle.tenantId])
}
