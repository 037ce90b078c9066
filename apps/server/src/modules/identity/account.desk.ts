/** Administrators at their desk: accounts, roles and sessions of others. Each act authorized, each recorded. */
import type { AccountPage, AccountRowView } from '@bihuan/contracts'
import { countCap } from '@bihuan/contracts'
import {
  isRole,
  permissionLabel,
  permissionsOf,
  roleLabel,
  roles,
  roleStation,
  isAdministrator,
  type Role,
} from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import { recordAct, type Act } from '../../platform/audit/record.js'
import type { Clock } from '../../platform/clock.js'
import { openedFor, type Handle } from '../../platform/db/scope.js'
import { notAllowed, notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { findUnit, firstPassword } from '../organization/index.js'
import {
  mayCreateAt,
  mayEndSessions,
  mayGrant,
  mayGrantAt,
  mayManage,
  mayReadAccounts,
  mayReadPeople,
  mayReadSessions,
  mayReset,
  mayReveal,
} from './account.policy.js'
import { masked, presentAccount, presentListed } from './account.present.js'
import * as repo from './account.repo.js'
import { createAccount, grantRole as recordGrant } from './account.service.js'
import * as sessions from './session.repo.js'
import { hashPassword } from './session.service.js'

const unknownAccount = (id: string): Answer<never> => ({
  ok: false,
  refusal: notFound('账户', { objectKind: 'account', objectId: id }),
})

export interface ListAsked {
  readonly q?: string | undefined
  readonly unit?: string | undefined
  readonly role?: string | undefined
  readonly status?: 'active' | 'disabled' | 'locked' | undefined
  readonly after?: string | undefined
  readonly limit: number
}

export async function listAccounts(
  handle: Handle,
  actor: Actor,
  asked: ListAsked,
  clock: Clock,
): Promise<Answer<{ items: AccountRowView[]; next: string | null; total: { count: number; capped: boolean } }>> {
  if (!mayReadAccounts(actor)) return { ok: false, refusal: notAllowed('查看账户') }
  const unit = asked.unit === undefined ? null : await findUnit(handle, asked.unit)
  if (asked.unit !== undefined && unit === null) {
    return { ok: false, refusal: notFound('单位', { objectKind: 'unit', objectId: asked.unit }) }
  }
  const search: repo.AccountSearch = {
    text: asked.q === undefined || asked.q === '' ? null : asked.q,
    unitPath: unit?.territory_path ?? null,
    role: asked.role ?? null,
    status: asked.status ?? null,
    now: clock.now(),
    after: asked.after ?? null,
    limit: asked.limit + 1,
  }
  const found = await repo.listAccounts(handle, search)
  const shown = found.slice(0, asked.limit)
  const count = await repo.countAccounts(handle, search, countCap + 1)
  return {
    ok: true,
    value: {
      items: shown.map((account) => presentListed(account, clock.now())),
      next: found.length > asked.limit ? (shown.at(-1)?.login_name ?? null) : null,
      total: { count: Math.min(count, countCap), capped: count > countCap },
    },
  }
}

export async function showAccount(
  handle: Handle,
  actor: Actor,
  id: string,
  clock: Clock,
): Promise<Answer<AccountPage>> {
  const account = mayReadAccounts(actor) ? await repo.findAccount(handle, id) : null
  return account === null
    ? unknownAccount(id)
    : { ok: true, value: await presentAccount(handle, actor, account, clock.now()) }
}

export async function openAccount(
  handle: Handle,
  actor: Actor,
  command: { loginName: string; personName: string; post: string | null; phone: string | null; unitId: string },
  clock: Clock,
): Promise<Answer<{ account: AccountPage; firstPassword: string }>> {
  const unit = await findUnit(handle, command.unitId)
  if (unit === null) {
    return {
      ok: false,
      refusal: { ...notFound('单位', { objectKind: 'unit', objectId: command.unitId }), path: 'unitId' },
    }
  }
  if (!mayCreateAt(actor, unit)) return { ok: false, refusal: notAllowed(`在“${unit.name}”建立账户`) }
  const password = firstPassword()
  const made = await createAccount(handle, actor, { ...command, password, mustChangePassword: true }, clock)
  if (!made.ok) return made
  const account = await showAccount(handle, actor, made.value.id, clock)
  return account.ok ? { ok: true, value: { account: account.value, firstPassword: password } } : account
}

export async function changeAccount(
  handle: Handle,
  actor: Actor,
  command: {
    id: string
    personName: string
    post: string | null
    phone?: string | null | undefined
    unitId: string
    version: number
  },
  clock: Clock,
): Promise<Answer<AccountPage>> {
  return withAccount(handle, actor, command.id, mayManage, '修改这个账户', clock, async (account) => {
    if (account.version !== command.version) return changedMeanwhile(account)
    const unit = await findUnit(handle, command.unitId)
    if (unit === null)
      return {
        ok: false,
        refusal: { ...notFound('单位', { objectKind: 'unit', objectId: command.unitId }), path: 'unitId' },
      }
    if (!mayCreateAt(actor, unit))
      return { ok: false, refusal: { ...notAllowed(`把人调到“${unit.name}”`), path: 'unitId' } }
    await repo.saveAccount(handle, account.id, {
      personName: command.personName,
      post: command.post,
      phone: command.phone === undefined ? account.phone : command.phone,
      unitId: unit.id,
      territoryPath: unit.territory_path,
      linePath: unit.line_path,
    })
    return recorded({
      action: 'account.change',
      before: { personName: account.person_name, post: account.post, unitId: account.unit_id },
      after: {
        personName: command.personName,
        post: command.post,
        unitId: unit.id,
        ...(command.phone !== undefined && command.phone !== account.phone ? { phone: 'changed' } : {}),
      },
    })
  })
}

export async function setAccountStatus(
  handle: Handle,
  actor: Actor,
  command: { id: string; status: 'active' | 'disabled'; version: number },
  clock: Clock,
): Promise<Answer<AccountPage>> {
  const what = command.status === 'disabled' ? '停用这个账户' : '启用这个账户'
  return withAccount(handle, actor, command.id, mayManage, what, clock, async (account) => {
    if (account.version !== command.version) return changedMeanwhile(account)
    if (account.status === command.status) return changedMeanwhile(account)
    await repo.saveStatus(handle, account.id, command.status)
    const ended = command.status === 'disabled' ? await endAllSessions(handle, account.id, clock.now()) : 0
    return recorded({
      action: command.status === 'disabled' ? 'account.disable' : 'account.enable',
      before: { status: account.status },
      after: { status: command.status, sessionsEnded: ended },
    })
  })
}

export async function resetPassword(
  handle: Handle,
  actor: Actor,
  id: string,
  clock: Clock,
): Promise<Answer<{ account: AccountPage; firstPassword: string }>> {
  const password = firstPassword()
  const done = await withAccount(handle, actor, id, mayReset, '重置这个账户的口令', clock, async (account) => {
    const now = clock.now()
    await sessions.savePassword(handle, account.id, await hashPassword(password), now, true)
    const ended = await endAllSessions(handle, account.id, now)
    const revoked = await openedFor(handle, 'end-session', () => sessions.revokeTokensOf(handle, account.id, now))
    return recorded({ action: 'account.reset-password', after: { sessionsEnded: ended, tokensRevoked: revoked } })
  })
  return done.ok ? { ok: true, value: { account: done.value, firstPassword: password } } : done
}

export async function unlockAccount(
  handle: Handle,
  actor: Actor,
  id: string,
  clock: Clock,
): Promise<Answer<AccountPage>> {
  return withAccount(handle, actor, id, mayReset, '解除这个账户的锁定', clock, async (account) => {
    await repo.unlockRow(handle, account.id)
    return recorded({ action: 'account.unlock', before: { lockedUntil: account.locked_until } })
  })
}

export async function resetSecondFactor(
  handle: Handle,
  actor: Actor,
  id: string,
  clock: Clock,
): Promise<Answer<AccountPage>> {
  return withAccount(handle, actor, id, mayReset, '取消这个账户的动态口令', clock, async (account) => {
    if (!account.second_factor) {
      return { ok: false, refusal: { code: 'account.no-second-factor', message: '这个账户没有启用动态口令。' } }
    }
    await repo.saveSecondFactor(handle, account.id, null, null)
    return recorded({ action: 'account.reset-second-factor' })
  })
}

export async function grantRole(
  handle: Handle,
  actor: Actor,
  command: { id: string; unitId: string; role: string },
  clock: Clock,
): Promise<Answer<AccountPage>> {
  const account = mayReadAccounts(actor) ? await repo.loadAccount(handle, command.id) : null
  if (account === null) return unknownAccount(command.id)
  if (account.id === actor.accountId) {
    return {
      ok: false,
      refusal: { code: 'identity.not-allowed', message: '不能给自己授予角色。请由另一位安全保密管理员办理。' },
    }
  }
  if (!mayGrant(actor, account)) return { ok: false, refusal: notAllowed('给这个账户授予角色') }
  if (account.status !== 'active') {
    return {
      ok: false,
      refusal: { code: 'account.disabled', message: '账户已停用，不能授予角色。请先由系统管理员启用。' },
    }
  }
  if (!isRole(command.role))
    return {
      ok: false,
      refusal: { code: 'identity.no-such-role', message: '没有这个角色。请重新选择。', path: 'role' },
    }
  const unit = await findUnit(handle, command.unitId)
  if (unit === null)
    return {
      ok: false,
      refusal: { ...notFound('单位', { objectKind: 'unit', objectId: command.unitId }), path: 'unitId' },
    }
  if (!mayGrantAt(actor, unit))
    return { ok: false, refusal: { ...notAllowed(`在“${unit.name}”授予角色`), path: 'unitId' } }
  const granted = await recordGrant(
    handle,
    actor,
    { accountId: account.id, unitId: unit.id, role: command.role },
    clock,
  )
  return granted.ok ? showAccount(handle, actor, account.id, clock) : granted
}

export async function revokeRole(
  handle: Handle,
  actor: Actor,
  command: { id: string; grantId: string },
  clock: Clock,
): Promise<Answer<AccountPage>> {
  return withAccount(handle, actor, command.id, mayGrant, '收回这个账户的角色', clock, async (account) => {
    await repo.lockGrants(handle, account.id)
    const grant = (await repo.grantsOf(handle, account.id)).find(({ id }) => id === command.grantId)
    if (grant === undefined) {
      return {
        ok: false,
        refusal: { code: 'identity.changed-meanwhile', message: '这个角色已经收回，或从未授予。请刷新后再看。' },
      }
    }
    if (!mayGrantAt(actor, grant)) return { ok: false, refusal: notAllowed(`收回在“${grant.unit_name}”的角色`) }
    await repo.revokeGrant(handle, grant.id, actor.accountId, clock.now())
    return recorded({ action: 'role.revoke', before: { unitId: grant.unit_id, role: grant.role } })
  })
}

export function listRoles(actor: Actor) {
  if (!mayReadAccounts(actor)) return { ok: false as const, refusal: notAllowed('查看角色') }
  return {
    ok: true as const,
    value: {
      items: roles.map((role) => ({
        role,
        name: roleLabel(role),
        administrator: isAdministrator(role),
        station: roleStation(role),
        permissions: [...permissionsOf([role])].map((code) => ({ code, name: permissionLabel(code) })),
      })),
    },
  }
}

export async function listSessionsOf(handle: Handle, actor: Actor, id: string, activeAfter: Date) {
  const account = mayReadAccounts(actor) ? await repo.findAccount(handle, id) : null
  if (account === null) return unknownAccount(id)
  if (!mayReadSessions(actor, account)) return { ok: false as const, refusal: notAllowed('查看他人的会话') }
  const rows = await openedFor(handle, 'end-session', () => sessions.listSessionRows(handle, id, activeAfter))
  return {
    ok: true as const,
    value: {
      items: rows.map((row) => ({
        id: row.id,
        unitName: row.unit_name,
        startedAt: row.started_at.toISOString(),
        lastActiveAt: row.last_active_at.toISOString(),
        address: row.address,
        client: row.client,
      })),
    },
  }
}

/** One session, or all of them. */
export async function endSessionsOf(
  handle: Handle,
  actor: Actor,
  command: { id: string; sessionId: string | null },
  clock: Clock,
): Promise<Answer<undefined>> {
  const account = mayReadAccounts(actor) ? await repo.findAccount(handle, command.id) : null
  if (account === null) return unknownAccount(command.id)
  if (!mayEndSessions(actor, account)) return { ok: false, refusal: notAllowed('结束他人的会话') }
  const { sessionId } = command
  const ended =
    sessionId === null
      ? await endAllSessions(handle, account.id, clock.now())
      : await openedFor(handle, 'end-session', () =>
          sessions.endSessionOfRow(handle, account.id, sessionId, clock.now()),
        )
  if (sessionId !== null && ended === 0) {
    return { ok: false, refusal: { code: 'session.changed-meanwhile', message: '这个会话已经结束。请刷新后再看。' } }
  }
  const act = {
    action: 'session.end-other',
    objectKind: 'account',
    objectId: account.id,
    after: { sessionId, sessionsEnded: ended },
  }
  await recordAct(handle, actor, act, clock.now())
  return { ok: true, value: undefined }
}

export async function listPeople(handle: Handle, actor: Actor, unitId: string) {
  const unit = mayReadPeople(actor) ? await findUnit(handle, unitId) : null
  if (unit === null) return { ok: false as const, refusal: notFound('单位', { objectKind: 'unit', objectId: unitId }) }
  const people = await repo.listPeopleAt(handle, unitId)
  return {
    ok: true as const,
    value: {
      items: people.map((one) => ({
        id: one.id,
        name: one.person_name,
        post: one.post,
        phone: masked(one.phone),
        roles: one.roles.map((role) => roleLabel(role as Role)),
        abilities: { reveal: one.phone !== null && mayReveal(actor) },
      })),
    },
  }
}

export async function revealPhone(
  handle: Handle,
  actor: Actor,
  id: string,
  clock: Clock,
): Promise<Answer<{ phone: string | null }>> {
  const account = mayReadPeople(actor) ? await repo.findAccount(handle, id) : null
  if (account === null) return { ok: false, refusal: notFound('人员', { objectKind: 'account', objectId: id }) }
  if (!mayReveal(actor)) return { ok: false, refusal: notAllowed('查看完整电话') }
  await recordAct(
    handle,
    actor,
    { action: 'personal-data.reveal', objectKind: 'account', objectId: id, after: { what: 'phone' } },
    clock.now(),
  )
  return { ok: true, value: { phone: account.phone } }
}

function endAllSessions(handle: Handle, accountId: string, now: Date): Promise<number> {
  return openedFor(handle, 'end-session', () => sessions.endSessionsOf(handle, accountId, null, now))
}

type Done = Pick<Act, 'action' | 'before' | 'after'>
const recorded = (act: Done): Answer<Done> => ({ ok: true, value: act })

async function withAccount(
  handle: Handle,
  actor: Actor,
  id: string,
  may: (actor: Actor, account: repo.StoredAccount) => boolean,
  what: string,
  clock: Clock,
  act: (account: repo.StoredAccount) => Promise<Answer<Done>>,
): Promise<Answer<AccountPage>> {
  const account = mayReadAccounts(actor) ? await repo.loadAccount(handle, id) : null
  if (account === null) return unknownAccount(id)
  if (!may(actor, account)) return { ok: false, refusal: notAllowed(what) }
  const done = await act(account)
  if (!done.ok) return done
  await recordAct(handle, actor, { ...done.value, objectKind: 'account', objectId: id }, clock.now())
  return showAccount(handle, actor, id, clock)
}

function changedMeanwhile(account: repo.StoredAccount): Answer<never> {
  return {
    ok: false,
    refusal: {
      code: 'account.changed-meanwhile',
      message: `“${account.person_name}”的账户刚被别人改过，您的修改没有保存。请刷新后看看再改。`,
      current: { version: account.version, status: account.status },
    },
  }
}
