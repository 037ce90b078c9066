import type { AccountPage, AccountRowView } from '@bihuan/contracts'
import { maskPhone, roleLabel, type Role } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import type { Handle } from '../../platform/db/scope.js'
import { mayEndSessions, mayGrant, mayGrantAt, mayManage, mayReadSessions, mayReset } from './account.policy.js'
import * as repo from './account.repo.js'

export function masked(phone: string | null): string | null {
  return phone === null ? null : maskPhone(phone)
}

function presentBrief(account: repo.StoredAccount, now: Date) {
  const locked = account.locked_until !== null && account.locked_until > now ? account.locked_until.toISOString() : null
  return {
    id: account.id,
    loginName: account.login_name,
    personName: account.person_name,
    post: account.post,
    phone: masked(account.phone),
    unit: { id: account.unit_id, name: account.unit_name },
    status: account.status,
    lockedUntil: locked,
    mustChangePassword: account.must_change_password,
    secondFactor: account.second_factor,
    createdAt: account.created_at.toISOString(),
  }
}

export function presentListed(account: repo.ListedAccount, now: Date): AccountRowView {
  return {
    ...presentBrief(account, now),
    roles: account.roles.map(({ unitName, role }) => ({ unitName, roleName: roleLabel(role as Role) })),
  }
}

export async function presentAccount(
  handle: Handle,
  actor: Actor,
  account: repo.StoredAccount,
  now: Date,
): Promise<AccountPage> {
  const grants = await repo.grantsOf(handle, account.id)
  const brief = presentBrief(account, now)
  const active = account.status === 'active'
  return {
    ...brief,
    version: account.version,
    grants: grants.map((grant) => ({
      id: grant.id,
      unit: { id: grant.unit_id, name: grant.unit_name },
      role: grant.role,
      roleName: roleLabel(grant.role as Role),
      grantedAt: grant.granted_at.toISOString(),
      abilities: { revoke: mayGrant(actor, account) && mayGrantAt(actor, grant) },
    })),
    abilities: {
      change: mayManage(actor, account),
      disable: active && mayManage(actor, account),
      enable: !active && mayManage(actor, account),
      unlock: brief.lockedUntil !== null && mayReset(actor, account),
      resetPassword: mayReset(actor, account),
      resetSecondFactor: account.second_factor && mayReset(actor, account),
      grant: active && mayGrant(actor, account),
      readSessions: mayReadSessions(actor, account),
      endSessions: mayEndSessions(actor, account),
    },
  }
}
