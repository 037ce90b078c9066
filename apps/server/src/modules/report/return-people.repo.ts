import { permissionsOf, roles } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'

/** Who may take returns, and who may sign them: by the roles that people hold at a unit, or at an office that works for it. */
const reviewing = roles.filter((role) => permissionsOf([role]).has('return.review'))
const signing = roles.filter((role) => permissionsOf([role]).has('return.file'))
const administering = roles.filter((role) => {
  const held = permissionsOf([role])
  return held.has('role.grant') || held.has('account.manage')
})
const offices = ['office', 'safety-committee-office', 'area-committee']

/** How many people of each unit may take returns: those who work there, and those of an office that works for it. */
export async function countReviewers(handle: Handle, unitIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await handle.query<{ unit_id: string; count: number }>(
    `select wanted.id as unit_id, count(distinct a.id)::int as count
     from unnest($2::uuid[]) wanted (id)
     join unit u on u.tenant_id = $1 and (u.id = wanted.id or (u.parent_id = wanted.id and u.kind = any($4::text[])))
     join role_grant g on g.tenant_id = $1 and g.unit_id = u.id and g.revoked_at is null and g.role = any($3::text[])
     join account a on a.tenant_id = $1 and a.id = g.account_id and a.status = 'active'
     group by wanted.id`,
    [handle.tenantId, unitIds, reviewing, offices],
  )
  return new Map(rows.map(({ unit_id: unitId, count }) => [unitId, count]))
}

/** For the form's 联系电话: of these people, as far as they gave one. */
export async function listPhones(handle: Handle, accountIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await handle.query<{ id: string; phone: string }>(
    'select id, phone from account where tenant_id = $1 and id = any($2::uuid[]) and phone is not null',
    [handle.tenantId, accountIds],
  )
  return new Map(rows.map(({ id, phone }) => [id, phone]))
}

/** People of the unit who may sign its returns, but those who have: the first few by name, and how many there are. */
export async function listSignatories(
  handle: Handle,
  unitId: string,
  except: readonly string[],
  limit: number,
): Promise<{ names: string[]; more: number }> {
  const rows = await handle.query<{ person_name: string; total: number }>(
    `select a.person_name, count(*) over ()::int as total from unit u
     join role_grant g on g.tenant_id = $1 and g.unit_id = u.id and g.revoked_at is null and g.role = any($3::text[])
     join account a on a.tenant_id = $1 and a.id = g.account_id and a.status = 'active' and a.id <> all($4::uuid[])
     where u.tenant_id = $1 and (u.id = $2 or (u.parent_id = $2 and u.kind = any($5::text[])))
     group by a.id, a.person_name order by a.person_name, a.id limit $6`,
    [handle.tenantId, unitId, signing, except, offices, limit],
  )
  return { names: rows.map(({ person_name: name }) => name), more: Math.max(0, (rows[0]?.total ?? 0) - rows.length) }
}

/** Who makes accounts and gives roles at one of these units. */
export async function listAdministrators(
  handle: Handle,
  unitIds: readonly string[],
): Promise<{ unitId: string; accountId: string }[]> {
  return handle.query<{ unitId: string; accountId: string }>(
    `select distinct on (a.id) g.unit_id as "unitId", a.id as "accountId" from role_grant g
     join account a on a.tenant_id = g.tenant_id and a.id = g.account_id and a.status = 'active'
     where g.tenant_id = $1 and g.unit_id = any($2::uuid[]) and g.revoked_at is null and g.role = any($3::text[])
     order by a.id, g.unit_id`,
    [handle.tenantId, unitIds, administering],
  )
}
