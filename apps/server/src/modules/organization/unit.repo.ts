import { randomBytes } from 'node:crypto'
import type { PlacementAssertion, TreeAxis, UnitKind } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'
import { placementsChanged } from './placement-count.repo.js'

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

const columns =
  'id, kind, name, code, label, territory_path, line_path, parent_id, line_parent_id, exists_from, dissolved_on, version'

export async function findUnit(handle: Handle, id: string): Promise<UnitRow | null> {
  const rows = await handle.query<UnitRow>(`select ${columns} from unit where tenant_id = $1 and id = $2`, [
    handle.tenantId,
    id,
  ])
  return rows[0] ?? null
}

export async function loadUnit(handle: Handle, id: string): Promise<UnitRow | null> {
  const rows = await handle.query<UnitRow>(`select ${columns} from unit where tenant_id = $1 and id = $2 for update`, [
    handle.tenantId,
    id,
  ])
  return rows[0] ?? null
}

export async function findUnits(handle: Handle, ids: readonly string[]): Promise<UnitRow[]> {
  return handle.query<UnitRow>(`select ${columns} from unit where tenant_id = $1 and id = any($2::uuid[])`, [
    handle.tenantId,
    [...ids],
  ])
}

/** By code or by name; names are unique among the units that an importer may mean, or the import asks. */
export async function findUnitsCalled(handle: Handle, words: readonly string[]): Promise<UnitRow[]> {
  return handle.query<UnitRow>(
    `select ${columns} from unit where tenant_id = $1 and (code = any($2::text[]) or name = any($2::text[]))`,
    [handle.tenantId, [...words]],
  )
}

/** Everything that stands above the path, and what stands at it: nearest last. */
export async function unitsDownTo(handle: Handle, path: string): Promise<UnitRow[]> {
  const steps = path.split('/').filter((step) => step !== '')
  const paths = steps.map((_, index) => `/${steps.slice(0, index + 1).join('/')}/`)
  return handle.query<UnitRow>(
    `select ${columns} from unit where tenant_id = $1 and territory_path = any($2::text[]) order by length(territory_path)`,
    [handle.tenantId, paths],
  )
}

/** All that stands at or below the path, enterprises too. */
export async function unitsUnder(handle: Handle, path: string): Promise<UnitRow[]> {
  return handle.query<UnitRow>(
    `select ${columns} from unit where tenant_id = $1 and territory_path >= $2 and territory_path < $3 order by territory_path`,
    [handle.tenantId, path, `${path.slice(0, -1)}0`],
  )
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
  await handle.query('update unit set dissolved_on = $3, version = version + 1 where tenant_id = $1 and id = $2', [
    handle.tenantId,
    id,
    on,
  ])
}

/** Units that see this one though it stands on neither of their axes: an enterprise's other regulators, its landlord. */
export async function saveUnitParties(handle: Handle, id: string, parties: readonly string[]): Promise<void> {
  await handle.query('update unit set parties = $3 where tenant_id = $1 and id = $2', [
    handle.tenantId,
    id,
    [...parties],
  ])
}

export interface MovedPath {
  readonly id: string
  readonly path: string | null
}

/**
 * Moves the unit and everything under it to its new present path (null: it leaves the line). What stands where its unit stands goes
 * with it: enterprises and accounts. Rows of records keep the path under which they were written; a scope lists former paths.
 */
export async function moveUnitPaths(
  handle: Handle,
  axis: TreeAxis,
  unitId: string,
  parentId: string | null,
  from: string | null,
  to: string | null,
): Promise<MovedPath[]> {
  const column = axis === 'territory' ? 'territory_path' : 'line_path'
  const parent = axis === 'territory' ? 'parent_id' : 'line_parent_id'
  await handle.query(`update unit set ${parent} = $3 where tenant_id = $1 and id = $2`, [
    handle.tenantId,
    unitId,
    parentId,
  ])
  if (from === to) return []
  const moved =
    from === null || to === null
      ? await handle.query<{ id: string; path: string | null }>(
          `update unit set ${column} = $3 where tenant_id = $1 and id = $2 returning id, ${column} as path`,
          [handle.tenantId, unitId, to],
        )
      : await handle.query<{ id: string; path: string | null }>(
          `update unit set ${column} = $4 || substr(${column}, length($2) + 1)
             ${axis === 'territory' ? ", former_paths = array_append(array_remove(coalesce(former_paths, '{}'), territory_path), territory_path)" : ''}
           where tenant_id = $1 and ${column} >= $2 and ${column} < $3 returning id, ${column} as path`,
          [handle.tenantId, from, `${from.slice(0, -1)}0`, to],
        )
  const ids = moved.map((one) => one.id)
  const paths = moved.map((one) => one.path)
  for (const [table, key] of [
    ['enterprise', 'id'],
    ['account', 'unit_id'],
  ] as const) {
    await handle.query(
      `update ${table} t set ${column} = moved.path from unnest($2::uuid[], $3::text[]) as moved (unit_id, path)
       where t.tenant_id = $1 and t.${key} = moved.unit_id`,
      [handle.tenantId, ids, paths],
    )
  }
  return moved
}

export async function touchUnit(handle: Handle, id: string): Promise<void> {
  await handle.query('update unit set version = version + 1 where tenant_id = $1 and id = $2', [handle.tenantId, id])
}

export async function insertUnitPaths(
  handle: Handle,
  axis: TreeAxis,
  moved: readonly MovedPath[],
  entryId: string,
): Promise<void> {
  const paths = moved.filter(({ path }) => path !== null)
  await handle.query(
    `insert into unit_path (tenant_id, unit_id, axis, path, entry_id)
     select $1, unit_id, $2, path, $5 from unnest($3::uuid[], $4::text[]) as moved (unit_id, path) on conflict do nothing`,
    [handle.tenantId, axis, paths.map((one) => one.id), paths.map((one) => one.path), entryId],
  )
}

export async function insertPlacement(
  handle: Handle,
  placement: PlacementAssertion,
  entry: { readonly id: string; readonly now: Date; readonly by: string },
): Promise<void> {
  placementsChanged(handle)
  await handle.query(
    `insert into unit_placement (tenant_id, id, unit_id, parent_id, axis, valid_from, cancels, entry_id, recorded_at, recorded_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      handle.tenantId,
      placement.id,
      placement.unitId,
      placement.parentId,
      placement.axis,
      placement.validFrom,
      placement.cancels,
      entry.id,
      entry.now,
      entry.by,
    ],
  )
}

const placementColumns = `p.id, p.unit_id as "unitId", p.parent_id as "parentId", p.axis, p.valid_from as "validFrom", s.position, p.cancels`
const placementTables =
  'unit_placement p left join audit_seal s on s.tenant_id = p.tenant_id and s.entry_id = p.entry_id'
// Of one entry a withdrawal and what replaces it were recorded in this order.
const placementOrder = 'p.recorded_at, (p.cancels is null), p.id'

/** Every assertion of an axis with its position, enterprises included. */
export async function listPlacements(handle: Handle, axis: TreeAxis): Promise<PlacementAssertion[]> {
  return handle.query<PlacementAssertion & Record<string, unknown>>(
    `select ${placementColumns} from ${placementTables} where p.tenant_id = $1 and p.axis = $2 order by ${placementOrder}`,
    [handle.tenantId, axis],
  )
}

/** Those of all offices, and of one more unit: an enterprise stands above nobody, so 60,000 of them matter to no other move. */
export async function listOfficePlacements(
  handle: Handle,
  axis: TreeAxis,
  unitId: string | null,
): Promise<PlacementAssertion[]> {
  return handle.query<PlacementAssertion & Record<string, unknown>>(
    `select ${placementColumns} from ${placementTables}
     where p.tenant_id = $1 and p.axis = $2
       and (p.unit_id = $3 or p.unit_id in (select id from unit where tenant_id = $1 and kind <> 'enterprise'))
     order by ${placementOrder}`,
    [handle.tenantId, axis, unitId],
  )
}

export interface RecordedPlacement extends PlacementAssertion {
  readonly position: number | null
  readonly recordedAt: Date
  readonly recordedBy: string
}

/** A unit's own, on both axes, with who said so and when. */
export async function listPlacementsOf(handle: Handle, unitId: string): Promise<RecordedPlacement[]> {
  return handle.query<RecordedPlacement & Record<string, unknown>>(
    `select ${placementColumns}, p.recorded_at as "recordedAt", p.recorded_by as "recordedBy" from ${placementTables}
     where p.tenant_id = $1 and p.unit_id = $2 order by ${placementOrder}`,
    [handle.tenantId, unitId],
  )
}

export interface StrayUnit {
  readonly id: string
  readonly parentId: string | null
}

/** Units whose present superior is not the one that the placements name for the day; of all units, or of one. */
export async function listStrayUnits(
  handle: Handle,
  axis: TreeAxis,
  today: string,
  unitId: string | null,
): Promise<StrayUnit[]> {
  const parent = axis === 'territory' ? 'parent_id' : 'line_parent_id'
  const path = axis === 'territory' ? 'territory_path' : 'line_path'
  return handle.query<StrayUnit & Record<string, unknown>>(
    `select u.id, w.parent_id as "parentId"
     from (select distinct on (p.unit_id) p.unit_id, p.parent_id
           from ${placementTables}
           where p.tenant_id = $1 and p.axis = $2 and p.valid_from <= $3 and p.cancels is null and ($4::uuid is null or p.unit_id = $4)
             and not exists (select 1 from unit_placement c where c.tenant_id = p.tenant_id and c.unit_id = p.unit_id and c.cancels = p.id)
           order by p.unit_id, p.valid_from desc, s.position desc nulls first) w
     join unit u on u.tenant_id = $1 and u.id = w.unit_id
     where u.${parent} is distinct from w.parent_id order by u.${path}`,
    [handle.tenantId, axis, today, unitId],
  )
}

export async function listTenantIds(handle: Handle): Promise<string[]> {
  return (await handle.query<{ id: string }>('select id from tenant order by id')).map(({ id }) => id)
}

export interface UnitSearch {
  readonly text: string | null
  readonly kinds: readonly UnitKind[] | null
  readonly within: string | null
  readonly dissolved: boolean
  readonly after: { readonly rank: number; readonly name: string; readonly id: string } | null
  readonly limit: number
}

export interface FoundUnit extends UnitRow {
  readonly rank: number
  readonly parent_name: string | null
}

/** By any fragment of the name or the beginning of the code: where the fragment stands further to the front first, then by name. */
export async function searchUnits(handle: Handle, asked: UnitSearch): Promise<FoundUnit[]> {
  return handle.query<FoundUnit & Record<string, unknown>>(
    `select * from (
       select ${columns.replaceAll(/\w+/g, 'u.$&')}, p.name as parent_name,
         case when $2::text is null then 0 when u.code = upper($2) then 0 when strpos(u.name, $2) > 0 then strpos(u.name, $2) else 1000 end as rank
       from unit u left join unit p on p.tenant_id = u.tenant_id and p.id = u.parent_id
       where u.tenant_id = $1 and ($2::text is null or strpos(u.name, $2) > 0 or starts_with(u.code, upper($2)))
         and (case when $3::text[] is null then u.kind <> 'enterprise' else u.kind = any($3) end)
         and ($4::text is null or starts_with(u.territory_path, $4)) and ($5 or u.dissolved_on is null)) found
     where $6::int is null or (rank, name, id) > ($6, $7::text, $8::uuid)
     order by rank, name, id limit $9`,
    [
      handle.tenantId,
      asked.text,
      asked.kinds === null ? null : [...asked.kinds],
      asked.within,
      asked.dissolved,
      asked.after?.rank ?? null,
      asked.after?.name ?? null,
      asked.after?.id ?? null,
      asked.limit,
    ],
  )
}

/** From the root down to the unit itself: those whose path the unit's own begins with. */
export async function listUnitsAbove(handle: Handle, path: string): Promise<UnitRow[]> {
  return handle.query<UnitRow>(
    `select ${columns} from unit where tenant_id = $1 and territory_path = any($2) order by territory_path`,
    [
      handle.tenantId,
      path
        .split('/')
        .slice(1, -1)
        .map((_, at, labels) => `/${labels.slice(0, at + 1).join('/')}/`),
    ],
  )
}

/** Directly below it now, on either axis, enterprises left out. */
export async function listUnitsBelow(handle: Handle, id: string): Promise<UnitRow[]> {
  return handle.query<UnitRow>(
    `select ${columns} from unit where tenant_id = $1 and (parent_id = $2 or line_parent_id = $2) and kind <> 'enterprise' order by kind, name`,
    [handle.tenantId, id],
  )
}

/** Of those that still exist on the day: how many, and one by name. */
export async function findStandingBelow(
  handle: Handle,
  id: string,
  on: string,
): Promise<{ count: number; name: string | null }> {
  const [row] = await handle.query<{ count: number; name: string | null }>(
    `select count(*)::int as count, min(name) as name from unit
     where tenant_id = $1 and parent_id = $2 and (dissolved_on is null or dissolved_on > $3)`,
    [handle.tenantId, id, on],
  )
  return row ?? { count: 0, name: null }
}

/** Two moves that cross could close a circle: whoever moves units holds this until the end of the transaction. */
export async function lockTree(handle: Handle): Promise<void> {
  await handle.query(`select pg_advisory_xact_lock(hashtextextended('tree ' || $1, 0))`, [handle.tenantId])
}

export async function insertTenant(
  handle: Handle,
  tenant: { id: string; code: string; name: string; now: Date },
): Promise<boolean> {
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
