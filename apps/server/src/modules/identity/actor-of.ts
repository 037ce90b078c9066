/** Makes an actor of what the database knows of a credential: reach on both axes, and permissions at the unit worked in. */
import { permissionsOf, type Permission, type Role } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import type { CredentialRow } from './session.repo.js'

/**
 * The audit trail is one chain for the whole tenant and knows no territory: read from below the root, it would tell of every
 * other unit. An auditor of a town sees the history of each record on its page.
 */
const ofWholeTenant: ReadonlySet<string> = new Set<Permission>([
  ...(['audit.read', 'audit.verify', 'audit.export'] as const),
  // One calendar for all who file.
  'calendar.manage',
  // One phrase table for all who read notices.
  'phrase.manage',
])
const isRoot = (path: string): boolean => /^\/[0-9a-z]+\/$/.test(path)

export function actorOf(tenantId: string, row: CredentialRow, from: { via: Actor['via']; address: string }): Actor {
  // An office works for the unit that it stands under: 安委办 for the district, 公共安全办公室 for the street.
  const base = row.base_unit_id !== null && row.base_territory_path !== null
  const path = base ? row.base_territory_path : row.territory_path
  const units = base ? [row.working_unit_id, row.base_unit_id] : [row.working_unit_id]
  const held: ReadonlySet<string> = new Set(
    [...permissionsOf(row.roles as Role[])].filter((one) => !ofWholeTenant.has(one) || isRoot(path)),
  )
  const permissions =
    row.token_permissions === null ? held : new Set(row.token_permissions.filter((one) => held.has(one)))
  // A token without a scope reaches nothing either: what is asked by unit and not by permission (notices) would answer it.
  const works = row.roles.length > 0 && permissions.size > 0
  return {
    tenantId,
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
      tenantId,
      accountId: row.id,
      // Without a role nothing is seen but one's own account.
      path: works ? path : null,
      scope: works ? withoutCovered(row.former_paths) : [],
      lines: works ? withoutCovered(row.line_paths) : [],
      parties: works ? units : [],
      audit: permissions.has('audit.read'),
    },
  }
}

/** A path stands for all below it: a town that moved with 5,000 enterprises is one path in every policy, not 5,001. */
function withoutCovered(paths: readonly string[]): string[] {
  const kept: string[] = []
  for (const path of [...new Set(paths)].sort()) {
    const last = kept.at(-1)
    if (last === undefined || !path.startsWith(last)) kept.push(path)
  }
  return kept
}
