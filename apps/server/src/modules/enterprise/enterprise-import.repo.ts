import type { Enterprise } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'
import { kept, valuesOf, type EnterprisePlace } from './enterprise.repo.js'

export interface PlacedEnterprise {
  readonly place: EnterprisePlace
  readonly enterprise: Enterprise
}

/** As `insertEnterprise`, of many. Rows as JSON: the table itself says how each column is read, lists included. */
export async function insertEnterprises(handle: Handle, placed: readonly PlacedEnterprise[], now: Date): Promise<void> {
  if (placed.length === 0) return
  const rows = placed.map(({ place, enterprise }) => {
    const values = valuesOf(enterprise)
    return {
      id: enterprise.id,
      territory_path: place.territoryPath,
      line_path: place.linePath,
      parties: place.parties,
      ...Object.fromEntries(kept.map((name, at) => [name, values[at]])),
    }
  })
  await handle.query(
    `insert into enterprise (tenant_id, id, territory_path, line_path, parties, changed_at, ${kept.join(', ')})
     select $1, id, territory_path, line_path, parties, $3, ${kept.join(', ')} from jsonb_populate_recordset(null::enterprise, $2)`,
    [handle.tenantId, JSON.stringify(rows), now],
  )
}
