import { randomBytes } from 'node:crypto'
import type { PlacementAssertion, TreeAxis, UnitKind } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'

export interface UnitRow {
  readonly id: string
  readonly kind: UnitKind
  readonly name: string
  readonly code: string | null
  readonly label: string
  readonly territory_path: string
  readonly line_path: string | null
  readonly parent_id: string | null
  readonly line_parent_id: string | null
  readonly exists_from: string
  readonly dissolved_on: string | null
  readonly version: number
}

const columns = 'id, kind, name, code, label, territory_path, line_path, parent_id, line_parent_id, exists_from, dissolved_on, version'

export async function findUnit(handle: Handle, id: string): Promise<UnitRow | null> {
  const rows = await handle.query<UnitRow>(`select ${columns} from unit where tenant_id = $1 and id = $2`, [handle.tenantId, id])
  return rows[0] ?? null
}

export async function loadUnit(handle: Handle, id: string): Promise<UnitRow | null> {
  const rows = await handle.query<UnitRow>(`select ${columns} from unit where tenant_id = $1 and id = $2 for update`, [handle.tenantId, id])
  return rows[0] ?? null
}

export async function findUnits(handle: Handle, ids: readonly string[]): Promise<UnitRow[]> {
  return handle.query<UnitRow>(`select ${columns} from unit where tenant_id = $1 and id = any($2::uuid[])`, [handle.tenantId, [...ids]])
}

/** By code or by name; names are unique among the units that an importer may mean, or the import asks. */
export async function findUnitsCalled(handle: Handle, words: readonly string[]): Promise<UnitRow[]> {
  return handle.query<UnitRow>(`select ${columns} from unit where tenant_id = $1 and (code = any($2::text[]) or name = any($2::text[]))`, [
    handle.tenantId,
    [...words],
  ])
}

/** All offices of the tenant; enterprises are listed by their own module, page by page. */
export async function listOffices(handle: Handle): Promise<UnitRow[]> {
  return handle.query<UnitRow>(
    `select ${columns} from unit where tenant_id = $1 and kind <> 'enterprise' order by territory_path limit 20000`,
    [handle.tenantId],
  )
}

export async function insertUnit(handle: Handle, row: Omit<UnitRow, 'version' | 'dissolved_on'>): Promise<void> {
  await handle.query(
    `insert into unit (tenant_id, id, kind, name, code, label, territory_path, line_path, parent_id, line_parent_id, exists_from)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      handle.tenantId,
      row.id,
      row.kind,
      row.name,
      row.code,
      row.label,
      row.territory_path,
      row.line_path,
      row.parent_id,
      row.line_parent_id,
      row.exists_from,
    ],
  )
}

/** Six characters of base 36; two thousand million of them a tenant, and the unique key refuses the odd clash. */
export function newLabel(): string {
  return (randomBytes(5).readUIntBE(0, 5) % 36 ** 6).toString(36).padStart(6, '0')
}

export async function renameUnit(handle: Handle, id: string, name: string, code: string | null): Promise<void> {
  await handle.query('update unit set name = $3, code = $4, version = version + 1 where tenant_id = $1 and id = $2', [
    handle.tenantId,
    id,
    name,
    code,
  ])
}

export async function dissolveUnitRow(handle: Handle, id: string, on: string): Promise<void> {
  await handle.query('update unit set dissolved_on = $3, version = version + 1 where tenant_id = $1 and id = $2', [handle.tenantId, id, on])
}

/** Moves the unit and everything under it to its new present path; rows of records keep theirs. */
export async function moveUnitPaths(
  handle: Handle,
  axis: TreeAxis,
  unitId: string,
  parentId: string | null,
  from: string | null,
  to: string,
): Promise<{ id: string; path: string }[]> {
  const column = axis === 'territory' ? 'territory_path' : 'line_path'
  const parent = axis === 'territory' ? 'parent_id' : 'line_parent_id'
  await handle.query(`update unit set ${parent} = $3 where tenant_id = $1 and id = $2`, [handle.tenantId, unitId, parentId])
  if (from === null) {
    return handle.query(
      `update unit set ${column} = $3, version = version + 1 where tenant_id = $1 and id = $2 returning id, ${column} as path`,
      [handle.tenantId, unitId, to],
    )
  }
  return handle.query(
    `update unit set ${column} = $4 || substr(${column}, length($2) + 1), version = version + 1
     where tenant_id = $1 and ${column} >= $2 and ${column} < $3 returning id, ${column} as path`,
    [handle.tenantId, from, from.slice(0, -1) + '0', to],
  )
}

export async function insertUnitPaths(
  handle: Handle,
  axis: TreeAxis,
  paths: readonly { id: string; path: string }[],
  entryId: string,
): Promise<void> {
  await handle.query(
    `insert into unit_path (tenant_id, unit_id, axis, path, entry_id)
     select $1, unit_id, $2, path, $5 from unnest($3::uuid[], $4::text[]) as moved (unit_id, path) on conflict do nothing`,
    [handle.tenantId, axis, paths.map((one) => one.id), paths.map((one) => one.path), entryId],
  )
}

export async function insertPlacement(handle: Handle, placement: PlacementAssertion, entryId: string, now: Date): Promise<void> {
  await handle.query(
    `insert into unit_placement (tenant_id, id, unit_id, parent_id, axis, valid_from, cancels, entry_id, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      handle.tenantId,
      placement.id,
      placement.unitId,
      placement.parentId,
      placement.axis,
      placement.validFrom,
      placement.cancels,
      entryId,
      now,
    ],
  )
}

/** Every assertion of an axis with its position. The tree of a tenant is some thousands of rows and is built in memory. */
export async function listPlacements(handle: Handle, axis: TreeAxis): Promise<PlacementAssertion[]> {
  return handle.query<PlacementAssertion & Record<string, unknown>>(
    `select p.id, p.unit_id as "unitId", p.parent_id as "parentId", p.axis, p.valid_from as "validFrom", s.position, p.cancels
     from unit_placement p left join audit_seal s on s.tenant_id = p.tenant_id and s.entry_id = p.entry_id
     where p.tenant_id = $1 and p.axis = $2 order by p.recorded_at, p.id`,
    [handle.tenantId, axis],
  )
}

/** Two moves that cross could close a circle: whoever moves units holds this until the end of the transaction. */
export async function lockTree(handle: Handle): Promise<void> {
  await handle.query(`select pg_advisory_xact_lock(hashtextextended('tree ' || $1, 0))`, [handle.tenantId])
}

export interface ResponsibilityRow {
  readonly id: string
  readonly unit_id: string
  readonly unit_name: string
  readonly sector: string
  readonly role: 'lead' | 'support'
  readonly valid_from: string
  readonly valid_to: string | null
  readonly version: number
}

export async function listResponsibilities(handle: Handle): Promise<ResponsibilityRow[]> {
  return handle.query<ResponsibilityRow>(
    `select r.id, r.unit_id, u.name as unit_name, r.sector, r.role, r.valid_from, r.valid_to, r.version
     from responsibility r join unit u on u.tenant_id = r.tenant_id and u.id = r.unit_id
     where r.tenant_id = $1 order by r.sector, r.role, r.valid_from`,
    [handle.tenantId],
  )
}

export async function insertResponsibility(
  handle: Handle,
  row: { id: string; unitId: string; sector: string; role: string; validFrom: string; validTo: string | null },
): Promise<void> {
  await handle.query(
    'insert into responsibility (tenant_id, id, unit_id, sector, role, valid_from, valid_to) values ($1, $2, $3, $4, $5, $6, $7)',
    [handle.tenantId, row.id, row.unitId, row.sector, row.role, row.validFrom, row.validTo],
  )
}

export async function endResponsibility(handle: Handle, id: string, validTo: string, version: number): Promise<boolean> {
  const rows = await handle.query(
    'update responsibility set valid_to = $3, version = version + 1 where tenant_id = $1 and id = $2 and version = $4 returning id',
    [handle.tenantId, id, validTo, version],
  )
  return rows.length > 0
}

export async function insertTenant(handle: Handle, tenant: { id: string; code: string; name: string; now: Date }): Promise<boolean> {
  const rows = await handle.query(
    'insert into tenant (id, code, name, created_at) values ($1, $2, $3, $4) on conflict do nothing returning id',
    [tenant.id, tenant.code, tenant.name, tenant.now],
  )
  return rows.length > 0
}

export async function countTenants(handle: Handle): Promise<number> {
  const [row] = await handle.query<{ count: number }>('select count(*)::int as count from tenant')
  return row?.count ?? 0
}
