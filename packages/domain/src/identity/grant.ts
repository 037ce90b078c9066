/** Giving a role to a person, and the separation of the three administrators (三员分立). */
import { decided, refused, type Decision } from '../shared/decision.js'
import type { UnitKind } from '../organization/index.js'
import { isAdministrator, roleLabel, roleStation, type RoleGrant } from './roles.js'

export interface NewGrant extends RoleGrant {
  readonly unitKind: UnitKind
}

/**
 * `existing` are all grants of the person, at all units. One person holds one of the three administrators' roles at most, and an
 * administrator holds no role of the business: whoever can make accounts or read the audit trail has nothing to hide there.
 */
export function decideGrant(existing: readonly RoleGrant[], added: NewGrant): Decision<RoleGrant> {
  const label = roleLabel(added.role)
  if (existing.some(({ role, unitId }) => role === added.role && unitId === added.unitId)) {
    return refused('identity.grant-twice', `此人在该单位已是${label}，不必重复授予。`, 'role')
  }
  if ((roleStation(added.role) === 'enterprise') !== (added.unitKind === 'enterprise')) {
    return refused(
      'identity.role-not-at-this-unit',
      roleStation(added.role) === 'enterprise'
        ? `“${label}”只能在企业授予；请选择企业，或改选其他角色。`
        : `“${label}”不能在企业授予；请选择安委办、部门或镇街等单位，或改选企业的角色。`,
      'role',
    )
  }
  for (const { role } of existing) {
    if (role === added.role || (!isAdministrator(role) && !isAdministrator(added.role))) continue
    if (isAdministrator(role) && isAdministrator(added.role)) {
      return refused(
        'identity.separate-administrators',
        `此人已是${roleLabel(role)}，不能再做${label}；系统管理员、安全保密管理员、安全审计员三者必须由不同的人担任，请另选人员。`,
        'role',
      )
    }
    return refused(
      'identity.administrator-without-business',
      `此人已是${roleLabel(role)}，不能再做${label}；三类管理员不得兼任业务角色，请另选人员或为其另建账户。`,
      'role',
    )
  }
  return decided({ role: added.role, unitId: added.unitId })
}
