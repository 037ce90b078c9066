import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideGrant } from './grant.js'
import {
  isAdministrator,
  may,
  permissionKind,
  permissions,
  permissionsOf,
  roleLabel,
  roles,
  rolesAsMarkdown,
  unitsWhere,
  type RoleGrant,
} from './roles.js'

const administrators = roles.filter(isAdministrator)

describe('what roles may do', () => {
  it('nobody may do anything without a role', () => {
    for (const permission of permissions) expect(may([], permission)).toBe(false)
    expect(permissionsOf([]).size).toBe(0)
  })

  it('no administrator holds a permission of the business, and no two of the three share more than seeing accounts', () => {
    expect(administrators).toHaveLength(3)
    for (const role of administrators) {
      for (const permission of permissionsOf([role])) expect(permissionKind(permission)).not.toBe('business')
    }
    const shared = permissions.filter(
      (permission) =>
        permissionKind(permission) !== 'common' &&
        administrators.filter((role) => permissionsOf([role]).has(permission)).length > 1,
    )
    expect(shared).toEqual(['account.read'])
  })

  it('whoever makes accounts gives no roles, and whoever gives roles reads no audit trail', () => {
    expect(may([{ role: 'system-admin', unitId: 'u' }], 'role.grant')).toBe(false)
    expect(may([{ role: 'security-admin', unitId: 'u' }], 'account.manage')).toBe(false)
    expect(may([{ role: 'security-admin', unitId: 'u' }], 'audit.read')).toBe(false)
  })

  it('an enterprise neither lists for supervision, nor reopens, nor grants itself time', () => {
    const held: RoleGrant[] = [{ role: 'enterprise-principal', unitId: 'u' }]
    for (const permission of ['hazard.list', 'hazard.reopen', 'hazard.approve-extension', 'table.design'] as const) {
      expect(may(held, permission)).toBe(false)
    }
  })

  it('holds where it was given, and every permission is held by somebody', () => {
    const grants: RoleGrant[] = [
      { role: 'leader', unitId: 'a' },
      { role: 'territory-officer', unitId: 'b' },
    ]
    expect(unitsWhere(grants, 'hazard.read')).toEqual(['a', 'b'])
    expect(unitsWhere(grants, 'hazard.register')).toEqual(['b'])
    const all = permissionsOf(roles)
    expect(permissions.filter((permission) => !all.has(permission))).toEqual([])
  })

  it('is drawn as a table with a line for each permission', () => {
    const lines = rolesAsMarkdown().trim().split('\n')
    expect(lines).toHaveLength(permissions.length + 2)
    expect(lines[0]).toContain(roleLabel('audit-admin'))
    for (const line of lines) expect(line.split('|')).toHaveLength(roles.length + 4)
  })
})

describe('giving a role', () => {
  const give = (existing: RoleGrant[], role: RoleGrant['role'], unitKind: 'district' | 'enterprise' = 'district') => {
    const answer = decideGrant(existing, { role, unitId: 'u2', unitKind })
    return answer.ok ? 'ok' : answer.refusal.code
  }

  it('keeps the three administrators apart, at all units', () => {
    expect(give([{ role: 'system-admin', unitId: 'u1' }], 'audit-admin')).toBe('identity.separate-administrators')
    expect(give([{ role: 'system-admin', unitId: 'u1' }], 'system-admin')).toBe('ok')
    expect(give([{ role: 'system-admin', unitId: 'u1' }], 'leader')).toBe('identity.administrator-without-business')
    expect(give([{ role: 'leader', unitId: 'u1' }], 'system-admin')).toBe('identity.administrator-without-business')
    expect(give([{ role: 'leader', unitId: 'u1' }], 'auditor')).toBe('ok')
    expect(give([{ role: 'leader', unitId: 'u2' }], 'leader')).toBe('identity.grant-twice')
  })

  it('gives roles of enterprises at enterprises only', () => {
    expect(give([], 'enterprise-safety')).toBe('identity.role-not-at-this-unit')
    expect(give([], 'leader', 'enterprise')).toBe('identity.role-not-at-this-unit')
    expect(give([], 'enterprise-principal', 'enterprise')).toBe('ok')
  })

  it('no sequence of grants gives one person two of the three, or one of them and the business', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...roles), fc.constantFrom('u1', 'u2')), { maxLength: 8 }),
        (wishes) => {
          const held: RoleGrant[] = []
          for (const [role, unitId] of wishes) {
            const unitKind = role.startsWith('enterprise') ? 'enterprise' : 'district'
            const answer = decideGrant(held, { role, unitId, unitKind })
            if (answer.ok) held.push(answer.value)
          }
          const kinds = new Set(held.map(({ role }) => role))
          const held3 = [...kinds].filter(isAdministrator)
          expect(held3.length).toBeLessThanOrEqual(1)
          if (held3.length === 1) expect(kinds.size).toBe(1)
        },
      ),
    )
  })
})
