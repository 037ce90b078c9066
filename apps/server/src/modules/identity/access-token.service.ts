/** Personal access tokens: a program acts as a person, with part of what the person may do, at one unit, for a time. */
import { v7 as uuidv7 } from 'uuid'
import { addDays, decideToken, isPermission, permissionLabel, type Permission } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import { recordAct } from '../../platform/audit/record.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import { notAllowed, notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import * as repo from './access-token.repo.js'
import { mayKeepTokens } from './account.policy.js'
import { newToken } from './session.repo.js'

const prefix = 'bht_'

export async function listTokens(handle: Handle, actor: Actor, clock: Clock) {
  if (!mayKeepTokens(actor)) return { ok: false as const, refusal: notAllowed('管理访问令牌') }
  const rows = await repo.listTokens(handle, actor.accountId, clock.now())
  const grantable = [...actor.permissions].filter((code) => isPermission(code) && code !== 'token.own')
  return { ok: true as const, value: { items: rows.map(present), grantable: grantable.map(named) } }
}

export async function createToken(
  handle: Handle,
  actor: Actor,
  command: { name: string; permissions: readonly string[]; expiresOn: string },
  clock: Clock,
) {
  if (!mayKeepTokens(actor)) return { ok: false as const, refusal: notAllowed('管理访问令牌') }
  const now = clock.now()
  const others = await repo.listTokens(handle, actor.accountId, now)
  const decision = decideToken(
    { name: command.name, scopes: command.permissions, expiresAt: endOf(command.expiresOn) },
    { permissions: actor.permissions as ReadonlySet<Permission>, otherNames: others.map(({ name }) => name), now },
  )
  if (!decision.ok) return { ok: false as const, refusal: decision.refusal }
  const { name, scopes, expiresAt } = decision.value
  const id = uuidv7()
  const { token, hash } = newToken(prefix, handle.tenantId)
  await repo.insertToken(handle, {
    id,
    tokenHash: hash,
    accountId: actor.accountId,
    unitId: actor.unitId,
    name,
    permissions: scopes,
    now,
    expiresAt,
  })
  await recordAct(
    handle,
    actor,
    {
      action: 'token.create',
      objectKind: 'access-token',
      objectId: id,
      after: { name, permissions: scopes, unitId: actor.unitId, expiresAt },
    },
    now,
  )
  const item = {
    id,
    name,
    unit_name: actor.unitName,
    permissions: scopes,
    created_at: now,
    expires_at: expiresAt,
    last_used_at: null,
  }
  return { ok: true as const, value: { token, item: present(item) } }
}

export async function revokeToken(handle: Handle, actor: Actor, id: string, clock: Clock): Promise<Answer<undefined>> {
  if (!mayKeepTokens(actor)) return { ok: false, refusal: notAllowed('管理访问令牌') }
  if (!(await repo.revokeToken(handle, actor.accountId, id, clock.now()))) {
    return { ok: false, refusal: notFound('访问令牌', { objectKind: 'access-token', objectId: id }) }
  }
  await recordAct(handle, actor, { action: 'token.revoke', objectKind: 'access-token', objectId: id }, clock.now())
  return { ok: true, value: undefined }
}

/** The end of a day in Shanghai; of a day that there is not, a time that no rule takes. */
function endOf(day: string): Date {
  try {
    return new Date(`${addDays(day, 1)}T00:00:00+08:00`)
  } catch {
    return new Date(Number.NaN)
  }
}

function present(row: repo.AccessTokenRow) {
  return {
    id: row.id,
    name: row.name,
    unitName: row.unit_name,
    permissions: row.permissions.map(named),
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
  }
}

function named(code: string) {
  return { code, name: isPermission(code) ? permissionLabel(code) : code }
}
