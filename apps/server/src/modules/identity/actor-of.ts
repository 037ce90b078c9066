/** Makes an actor of what the database knows of a credential: reach on both axes, and permissions at the unit worked in. */
import { permissionsOf, type Role } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import type { Handle } from '../../platform/db/scope.js'
import { formerPaths, linePathsOf, type CredentialRow } from './session.repo.js'

export async function actorOf(
  handle: Handle,
  row: CredentialRow,
  from: { via: Actor['via']; address: string },
): Promise<Actor> {
  // An office works for the unit that it stands under: 安委办 for the district, 公共安全办公室 for the street.
  const base = row.base_unit_id !== null && row.base_territory_path !== null
  const path = base ? (row.base_territory_path as string) : row.territory_path
  const units = base ? [row.working_unit_id, row.base_unit_id as string] : [row.working_unit_id]
  const held = permissionsOf(row.roles as Role[])
  const permissions = row.token_permissions === null ? held : new Set(row.token_permissions.filter((one) => held.has(one as never)))
  const works = row.roles.length > 0
  return {
    tenantId: handle.tenantId,
    accountId: row.id,
    personName: row.person_name,
    unitId: row.working_unit_id,
    unitName: row.unit_name,
    unitKind: row.unit_kind,
    sessionId: row.session_id,
    via: from.via,
    address: from.address,
    permissions,
    reach: {
      tenantId: handle.tenantId,
      accountId: row.id,
      // Without a role nothing is seen but one's own account.
      path: works ? path : null,
      scope: works ? await formerPaths(handle, path) : [],
      lines: works ? await linePathsOf(handle, units) : [],
      parties: works ? units : [],
      audit: permissions.has('audit.read'),
    },
  }
}
