/** The statements of unit.repo.ts for many new units at once: a page of an import goes in with four statements, not with six a unit. */
import type { PlacementAssertion } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'
import { placementsChanged } from './placement-count.repo.js'
import type { UnitRow } from './unit.repo.js'

/** Rows as JSON: the table itself says how each column is read. */
export async function insertUnits(
  handle: Handle,
  units: readonly Omit<UnitRow, 'version' | 'dissolved_on'>[],
): Promise<void> {
  if (units.length === 0) return
  await handle.query(
    `insert into unit (tenant_id, id, kind, name, code, label, territory_path, line_path, parent_id, line_parent_id, exists_from)
     select $1, id, kind, name, code, label, territory_path, line_path, parent_id, line_parent_id, exists_from
     from jsonb_populate_recordset(null::unit, $2)`,
    [handle.tenantId, JSON.stringify(units)],
  )
}

export interface EnteredPlacement {
  readonly placement: PlacementAssertion
  readonly entryId: string
}

export async function insertPlacements(
  handle: Handle,
  placements: readonly EnteredPlacement[],
  now: Date,
  by: string,
): Promise<void> {
  if (placements.length === 0) return
  placementsChanged(handle)
  const rows = placements.map(({ placement, entryId }) => ({
    id: placement.id,
    unit_id: placement.unitId,
    parent_id: placement.parentId,
    axis: placement.axis,
    valid_from: placement.validFrom,
    cancels: placement.cancels,
    entry_id: entryId,
  }))
  await handle.query(
    `insert into unit_placement (tenant_id, id, unit_id, parent_id, axis, valid_from, cancels, entry_id, recorded_at, recorded_by)
     select $1, id, unit_id, parent_id, axis, valid_from, cancels, entry_id, $3, $4
     from jsonb_populate_recordset(null::unit_placement, $2)`,
    [handle.tenantId, JSON.stringify(rows), now, by],
  )
}

/** The first paths of new units, on both axes; one that stands in no line has none there. */
export async function insertFirstPaths(
  handle: Handle,
  units: readonly { readonly unit: Pick<UnitRow, 'id' | 'territory_path' | 'line_path'>; readonly entryId: string }[],
): Promise<void> {
  const rows = units.flatMap(({ unit, entryId }) =>
    [
      { axis: 'territory', path: unit.territory_path },
      { axis: 'line', path: unit.line_path },
    ].flatMap((place) => (place.path === null ? [] : [{ unit_id: unit.id, entry_id: entryId, ...place }])),
  )
  if (rows.length === 0) return
  await handle.query(
    `insert into unit_path (tenant_id, unit_id, axis, path, entry_id)
     select $1, unit_id, axis, path, entry_id from jsonb_populate_recordset(null::unit_path, $2)`,
    [handle.tenantId, JSON.stringify(rows)],
  )
}

/** As `saveUnitParties`, of many. */
export async function saveManyUnitParties(
  handle: Handle,
  units: readonly { readonly id: string; readonly parties: readonly string[] }[],
): Promise<void> {
  if (units.length === 0) return
  await handle.query(
    `update unit u set parties = r.parties from jsonb_populate_recordset(null::unit, $2) r where u.tenant_id = $1 and u.id = r.id`,
    [handle.tenantId, JSON.stringify(units)],
  )
}
