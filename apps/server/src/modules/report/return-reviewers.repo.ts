import { permissionsOf, roles } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'

const reviewing = roles.filter((role) => permissionsOf([role]).has('return.review'))

/** How many people of each unit may take returns: those who work there, and those of an office that works for it. */
export async function countReviewers(handle: Handle, unitIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await handle.query<{ unit_id: string; count: number }>(
    `select wanted.id as unit_id, count(distinct a.id)::int as count
     from unnest($2::uuid[]) wanted (id)
     join unit u on u.tenant_id = $1 and (u.id = wanted.id or (u.parent_id = wanted.id and u.kind = any($4::text[])))
     join role_grant g on g.tenant_id = $1 and g.unit_id = u.id and g.revoked_at is null and g.role = any($3::text[])
     join account a on a.tenant_id = $1 and a.id = g.account_id and a.status = 'active'
     group by wanted.id`,
    [handle.tenantId, unitIds, reviewing, ['office', 'safety-committee-office', 'area-committee']],
  )
  return new Map(rows.map(({ unit_id: unitId, count }) => [unitId, count]))
}
