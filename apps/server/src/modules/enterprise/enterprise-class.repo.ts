import type { EnterpriseClass } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'

/** What rules about enterprises as a kind ask of each: 规上企业自行上报. */
export interface EnterpriseStanding {
  readonly id: string
  /** Closed ones, and those that stand still, are asked for nothing. */
  readonly isOperating: boolean
  readonly classes: readonly EnterpriseClass[]
}

/** Of all that stand at or below the path; a district's thousands in one reading. */
export async function listEnterpriseClasses(handle: Handle, path: string): Promise<EnterpriseStanding[]> {
  const rows = await handle.query<{
    id: string
    status: string
    above: boolean
    high_risk: boolean
    key_supervised: boolean
  }>(
    `select id, status, size = 'above-designated' as above, high_risk, key_supervised
     from enterprise where tenant_id = $1 and territory_path >= $2 and territory_path < $3`,
    [handle.tenantId, path, `${path.slice(0, -1)}0`],
  )
  return rows.map((row) => ({
    id: row.id,
    isOperating: row.status === 'operating',
    classes: [
      ...(row.above ? (['above-designated'] as const) : []),
      ...(row.high_risk ? (['high-risk'] as const) : []),
      ...(row.key_supervised ? (['key-supervised'] as const) : []),
    ],
  }))
}
