/** The first start on an empty database: a bare district with its three administrators (三员), who set up the rest. */
import { createAccount, grantRole } from './modules/identity/index.js'
import { firstPassword, foundTenant, isFounded } from './modules/organization/index.js'
import type { Platform } from './platform/platform.js'

export interface FirstLogIn {
  readonly loginName: string
  readonly password: string
  readonly who: string
}

const administrators = [
  { loginName: 'sysadmin', personName: '系统管理员', role: 'system-admin' },
  { loginName: 'secadmin', personName: '安全保密管理员', role: 'security-admin' },
  { loginName: 'audadmin', personName: '安全审计员', role: 'audit-admin' },
] as const

/** Returns the first passwords, shown once; null when the database has data. */
export async function foundBareDistrict(platform: Platform): Promise<readonly FirstLogIn[] | null> {
  const { database, clock } = platform
  if (await isFounded(database)) return null
  const logIns: FirstLogIn[] = []
  const founding = foundTenant(
    database,
    clock,
    { code: 'default', name: '本辖区', rootKind: 'district', rootCode: null, existsFrom: '2000-01-01' },
    async (handle, rootUnitId) => {
      const by = { tenantId: handle.tenantId, via: 'maintenance', personName: '系统', address: 'local' } as const
      for (const { loginName, personName, role } of administrators) {
        const password = firstPassword()
        const account = await createAccount(
          handle,
          by,
          { loginName, personName, post: null, phone: null, unitId: rootUnitId, password, mustChangePassword: true },
          clock,
        )
        if (!account.ok) throw new Error(account.refusal.message)
        const grant = await grantRole(handle, by, { accountId: account.value.id, unitId: rootUnitId, role }, clock)
        if (!grant.ok) throw new Error(grant.refusal.message)
        logIns.push({ loginName, password, who: personName })
      }
    },
  )
  try {
    await founding
  } catch (cause) {
    // Of two servers that start at once on an empty database the other one was first, and has told its passwords.
    if (await isFounded(database)) return null
    throw cause
  }
  return logIns
}
