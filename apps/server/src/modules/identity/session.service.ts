/** Log-in, sessions, and what becomes of a request's credential. Each attempt is recorded, right or wrong. */
import { hash as argon2Hash, verify as argon2Verify } from '@node-rs/argon2'
import type { FastifyRequest } from 'fastify'
import { v7 as uuidv7 } from 'uuid'
import type { Me } from '@bihuan/contracts'
import {
  afterFailure,
  afterSuccess,
  decideAttempt,
  decidePassword,
  defaultPasswordPolicy,
  passwordDaysLeft,
  roleLabel,
  defaultSessionRule as sessionRule,
  sessionState,
  type Role,
} from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import { recordAct } from '../../platform/audit/record.js'
import type { Handle } from '../../platform/db/scope.js'
import { RefusedRequest, type HttpRefusal } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import type { Platform } from '../../platform/platform.js'
import { actorOf } from './actor-of.js'
import { AddressLimit, UnknownNames } from './attempt-limits.js'
import { oneTimeCodeStep } from './one-time-code.js'
import * as repo from './session.repo.js'

export const sessionCookie = 'bihuan_session'

const wrong: HttpRefusal = {
  code: 'session.wrong-credentials',
  message: '登录名或口令不对。请核对后再试，连续输错会被锁定。',
}
const tooMany: HttpRefusal = {
  code: 'session.too-many',
  message: '这个网络地址登录失败太多次。请过几分钟再试；如非本人操作，请告诉系统管理员。',
}

export interface LogInCommand {
  readonly loginName: string
  readonly password: string
  readonly oneTimeCode?: string | undefined
  readonly tenant?: string | undefined
}

export interface Origin {
  readonly address: string
  readonly client: string
}

export async function hashPassword(password: string): Promise<string> {
  return argon2Hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 })
}

/** One spelling of a name: full width, capitals and blanks at the ends make no second account. */
export function loginNameOf(written: string): string {
  return written.normalize('NFKC').trim().toLowerCase()
}

export function createSessions(platform: Platform) {
  const { database, clock, settings } = platform
  // What a log-in costs must not tell whether the name exists: a hash of the same cost, made before it is needed.
  const decoyHash = hashPassword('no such account')
  const addresses = new AddressLimit()
  const unknownNames = new UnknownNames()
  const lockRule = { maxFailures: settings.lockout.afterFailures, lockMinutes: settings.lockout.minutes }
  const passwordPolicy = {
    ...defaultPasswordPolicy,
    minLength: settings.password.minimumLength,
    maxAgeDays: settings.password.maximumDays,
  }

  async function tenantFor(code: string | undefined): Promise<Answer<{ id: string }>> {
    const tenants = await database.withScope({ purpose: 'log-in', tenantId: null }, (handle) =>
      repo.findTenants(handle, code ?? null),
    )
    const [only] = tenants
    if (only && tenants.length === 1) return { ok: true, value: { id: only.id } }
    if (tenants.length === 0) return { ok: false, refusal: wrong }
    return {
      ok: false,
      refusal: { code: 'session.tenant-wanted', message: '本系统有多个辖区，请填写辖区代码。', path: 'tenant' },
    }
  }

  async function logIn(command: LogInCommand, origin: Origin): Promise<Answer<{ token: string; me: Me }>> {
    const now = clock.now()
    if (!addresses.mayTry(origin.address, now)) return { ok: false, refusal: tooMany }
    const answer = await tryLogIn(command, origin, now)
    // A code that is still wanted is no failure, and a lock that stands was paid for when it was set.
    if (!answer.ok && answer.refusal.code === wrong.code) addresses.failed(origin.address, now)
    return answer
  }

  async function tryLogIn(
    command: LogInCommand,
    origin: Origin,
    now: Date,
  ): Promise<Answer<{ token: string; me: Me }>> {
    const tenant = await tenantFor(command.tenant)
    if (!tenant.ok) {
      await argon2Verify(await decoyHash, command.password)
      return tenant
    }
    const loginName = loginNameOf(command.loginName)
    return database.withScope({ purpose: 'log-in', tenantId: tenant.value.id }, async (handle) => {
      const account = await repo.loadAccountForLogIn(handle, loginName)
      const right = await argon2Verify(account?.password_hash ?? (await decoyHash), command.password)
      if (account === null || account.status !== 'active') {
        await note(handle, null, 'session.refused', origin, now)
        const attempt = unknownNames.attempt(`${handle.tenantId} ${loginName}`, now, lockRule)
        return attempt.ok ? { ok: false as const, refusal: wrong } : attempt
      }
      const lock = { failures: account.failures, lockedUntil: account.locked_until }
      const attempt = decideAttempt(lock, now)
      if (!attempt.ok) return attempt
      let step: number | null = null
      if (right && account.totp_secret !== null) {
        if (!command.oneTimeCode) {
          return {
            ok: false as const,
            refusal: {
              code: 'session.one-time-code-wanted',
              message: '请输入验证器上的六位动态口令。',
              path: 'oneTimeCode',
            },
          }
        }
        step = oneTimeCodeStep(platform.secret, account.totp_secret, command.oneTimeCode, now, account.totp_last_step)
      }
      if (!right || (account.totp_secret !== null && step === null)) {
        const next = afterFailure(lock, now, lockRule)
        await repo.saveLogInAttempt(handle, account.id, next)
        await note(handle, account, 'session.refused', origin, now)
        const locked = decideAttempt(next, now)
        if (!locked.ok) return locked
        return right
          ? {
              ok: false as const,
              refusal: {
                code: 'session.wrong-credentials',
                message: '动态口令不对或已用过。请等验证器换出下一个再试。',
                path: 'oneTimeCode',
              },
            }
          : { ok: false as const, refusal: wrong }
      }
      await repo.saveLogInAttempt(handle, account.id, { ...afterSuccess(), totpLastStep: step })
      const id = uuidv7()
      const { token, hash } = repo.newToken('', handle.tenantId)
      const unitId = await repo.workingUnitOf(handle, account)
      await repo.insertSession(handle, { id, tokenHash: hash, accountId: account.id, unitId, now, ...origin })
      await note(handle, account, 'session.begin', origin, now, id)
      const row = await repo.findSession(handle, hash)
      return {
        ok: true as const,
        value: { token, me: await describe(handle, row as repo.CredentialRow, origin.address) },
      }
    })
  }

  /** A cookie's session or a bearer's token; null when there is none or it has ended. */
  async function authenticate(request: FastifyRequest): Promise<Actor | null> {
    const bearer = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1]
    const token = bearer ?? request.cookies[sessionCookie]
    const tenantId = token === undefined ? null : repo.tenantOfToken(token)
    if (token === undefined || tenantId === null) return null
    const now = clock.now()
    const hash = repo.hashToken(token)
    const found = await database.withScope({ purpose: 'log-in', tenantId }, async (handle) => {
      const row = bearer ? await repo.findAccessToken(handle, hash, now) : await repo.findSession(handle, hash)
      if (row === null) return null
      if (bearer === undefined) {
        const times = { startedAt: row.started_at, lastSeenAt: row.last_active_at }
        if (!sessionState(times, now, { ...sessionRule, idleMinutes: settings.idleMinutes }).alive) return null
        // Once a minute is enough to tell an idle session, and spares every request a write.
        if (now.getTime() - row.last_active_at.getTime() > 60_000)
          await repo.touchSession(handle, row.session_id as string, now)
      } else if (now.getTime() - row.last_active_at.getTime() > 60_000) {
        await repo.touchAccessToken(handle, hash, now)
      }
      return { row, actor: actorOf(handle.tenantId, row, { via: bearer ? 'api' : 'web', address: request.ip }) }
    })
    if (found === null) return null
    const access = request.routeOptions.config.route?.access
    if (access === 'account' && mustChange(found.row, now)) {
      throw new RefusedRequest({
        code: 'session.must-change-password',
        message: '首次登录或口令已到期，请先修改口令。',
      })
    }
    return found.actor
  }

  function mustChange(row: repo.AccountRow, now: Date): boolean {
    return row.must_change_password || (passwordDaysLeft(row.password_set_at, now, passwordPolicy) ?? 1) <= 0
  }

  async function describe(handle: Handle, row: repo.CredentialRow, address: string): Promise<Me> {
    const actor = actorOf(handle.tenantId, row, { via: 'web', address })
    const grants = await repo.listGrants(handle, row.id)
    const now = clock.now()
    const change = mustChange(row, now)
    return {
      accountId: row.id,
      loginName: row.login_name,
      personName: row.person_name,
      post: row.post,
      tenantId: handle.tenantId,
      tenantName: row.tenant_name,
      unit: { id: row.working_unit_id, name: row.unit_name, kind: row.unit_kind },
      grants: grants.map((grant) => ({
        unitId: grant.unit_id,
        unitName: grant.unit_name,
        role: grant.role,
        roleName: roleLabel(grant.role as Role),
      })),
      mustChangePassword: change,
      secondFactor: row.totp_secret !== null,
      idleMinutes: settings.idleMinutes,
      abilities: Object.fromEntries([...actor.permissions].map((permission) => [permission, true])),
      today: clock.today(),
    }
  }

  async function meOf(actor: Actor, token: string): Promise<Me> {
    return database.withScope(
      { purpose: 'log-in', tenantId: actor.tenantId, accountId: actor.accountId },
      async (handle) => {
        const hash = repo.hashToken(token)
        const row =
          actor.via === 'api'
            ? await repo.findAccessToken(handle, hash, clock.now())
            : await repo.findSession(handle, hash)
        if (row === null)
          throw new RefusedRequest({ code: 'session.not-logged-in', message: '登录已结束，请重新登录。' })
        return describe(handle, row, actor.address)
      },
    )
  }

  async function logOut(actor: Actor): Promise<void> {
    if (actor.sessionId === null) return
    const sessionId = actor.sessionId
    await database.withScope(actor.reach, async (handle) => {
      await repo.endSessionRow(handle, sessionId, clock.now())
      await recordAct(handle, actor, { action: 'session.end', objectKind: 'session', objectId: sessionId }, clock.now())
    })
  }

  async function switchUnit(actor: Actor, unitId: string): Promise<Answer<undefined>> {
    return database.withScope(
      { purpose: 'log-in', tenantId: actor.tenantId, accountId: actor.accountId },
      async (handle) => {
        const grants = await repo.listGrants(handle, actor.accountId)
        if (actor.sessionId === null || !grants.some((grant) => grant.unit_id === unitId)) {
          return {
            ok: false,
            refusal: { code: 'session.not-allowed', message: '您在这个单位没有任职，不能切换过去。' },
          }
        }
        await repo.moveSessionToUnit(handle, actor.sessionId, unitId)
        await recordAct(
          handle,
          actor,
          { action: 'session.switch-unit', objectKind: 'unit', objectId: unitId },
          clock.now(),
        )
        return { ok: true, value: undefined }
      },
    )
  }

  /**
   * A fresh proof that it is still the person who logged in: asked before what a borrowed session must not do. Wrong ones count towards
   * the lock like those at the door. In the scope `log-in`.
   */
  async function prove(handle: Handle, actor: Actor, password: string): Promise<Answer<repo.AccountRow>> {
    const now = clock.now()
    const row = await repo.findAccountById(handle, actor.accountId)
    if (row === null) return { ok: false, refusal: wrong }
    const lock = { failures: row.failures, lockedUntil: row.locked_until }
    const attempt = decideAttempt(lock, now)
    if (!attempt.ok) return attempt
    if (await argon2Verify(row.password_hash, password)) {
      if (row.failures > 0) await repo.saveLogInAttempt(handle, row.id, afterSuccess())
      return { ok: true, value: row }
    }
    const next = afterFailure(lock, now, lockRule)
    await repo.saveLogInAttempt(handle, row.id, next)
    await recordAct(handle, actor, { action: 'session.proof-refused', objectKind: 'account', objectId: row.id }, now)
    const locked = decideAttempt(next, now)
    return locked.ok
      ? {
          ok: false,
          refusal: { code: 'password.wrong', message: '口令不对，没有办理。请重新输入。', path: 'password' },
        }
      : locked
  }

  async function changePassword(actor: Actor, current: string, next: string): Promise<Answer<undefined>> {
    const now = clock.now()
    return database.withScope(
      { purpose: 'log-in', tenantId: actor.tenantId, accountId: actor.accountId },
      async (handle) => {
        const proof = await prove(handle, actor, current)
        if (!proof.ok) return { ok: false, refusal: { ...proof.refusal, path: 'current' } }
        const row = proof.value
        const recent = await repo.recentPasswords(handle, actor.accountId, passwordPolicy.historyLength)
        // The present one as well: the first password, given by an administrator, is in no history.
        const reused = (await Promise.all([row.password_hash, ...recent].map((old) => argon2Verify(old, next)))).some(
          Boolean,
        )
        const checked = decidePassword(next, { loginName: row.login_name, usedBefore: () => reused }, passwordPolicy)
        if (!checked.ok) return { ok: false, refusal: { ...checked.refusal, path: 'next' } }
        await repo.savePassword(handle, actor.accountId, await hashPassword(next), now, false)
        // Whoever knew the old password is out.
        await repo.endSessionsOf(handle, actor.accountId, actor.sessionId, now)
        await recordAct(
          handle,
          actor,
          { action: 'account.change-password', objectKind: 'account', objectId: actor.accountId },
          now,
        )
        return { ok: true, value: undefined }
      },
    )
  }

  async function listSessions(handle: Handle, actor: Actor) {
    const rows = await repo.listSessionRows(
      handle,
      actor.accountId,
      new Date(clock.now().getTime() - settings.idleMinutes * 60_000),
    )
    return rows.map((row) => ({
      id: row.id,
      startedAt: row.started_at.toISOString(),
      lastActiveAt: row.last_active_at.toISOString(),
      address: row.address,
      client: row.client,
      current: row.id === actor.sessionId,
    }))
  }

  async function endSession(handle: Handle, actor: Actor, sessionId: string): Promise<Answer<undefined>> {
    const ended = await repo.endSessionRow(handle, sessionId, clock.now())
    if (!ended) {
      const refusal: HttpRefusal = { code: 'session.not-found', message: '这个会话已经结束，或者不是您的。' }
      // One's own that ended meanwhile is nothing to hold against anybody.
      const own = await repo.isOwnSession(handle, sessionId)
      return {
        ok: false,
        refusal: own ? refusal : { ...refusal, sought: { objectKind: 'session', objectId: sessionId } },
      }
    }
    await recordAct(handle, actor, { action: 'session.end', objectKind: 'session', objectId: sessionId }, clock.now())
    return { ok: true, value: undefined }
  }

  /** For the command line: an actor by name, recorded as that person's acts. */
  async function actAs(tenantCode: string | undefined, loginName: string, address: string): Promise<Actor | null> {
    const tenant = await tenantFor(tenantCode)
    if (!tenant.ok) return null
    return database.withScope({ purpose: 'log-in', tenantId: tenant.value.id }, async (handle) => {
      const row = await repo.findAccountActor(handle, loginName)
      return row === null ? null : actorOf(handle.tenantId, row, { via: 'cli', address })
    })
  }

  /** For the command line with a token: the same reach and permissions as over HTTP. */
  async function actWithToken(token: string, address: string): Promise<Actor | null> {
    const tenantId = repo.tenantOfToken(token)
    if (tenantId === null) return null
    return database.withScope({ purpose: 'log-in', tenantId }, async (handle) => {
      const row = await repo.findAccessToken(handle, repo.hashToken(token), clock.now())
      return row === null ? null : actorOf(handle.tenantId, row, { via: 'cli', address })
    })
  }

  /** For jobs: the person who began the work, at the unit they began it at, as far as they still may. */
  async function actAt(
    who: { tenantId: string; accountId: string; unitId: string },
    from: { via: 'job'; address: string },
  ): Promise<Actor | null> {
    return database.withScope({ purpose: 'log-in', tenantId: who.tenantId }, async (handle) => {
      const row = await repo.findActorAt(handle, who.accountId, who.unitId)
      return row === null ? null : actorOf(handle.tenantId, row, from)
    })
  }

  return {
    logIn,
    authenticate,
    actAt,
    prove,
    passwordPolicy,
    meOf,
    logOut,
    switchUnit,
    changePassword,
    listSessions,
    endSession,
    actAs,
    actWithToken,
  }
}

export type Sessions = ReturnType<typeof createSessions>

async function note(
  handle: Handle,
  account: repo.AccountRow | null,
  action: string,
  origin: Origin,
  now: Date,
  sessionId: string | null = null,
): Promise<void> {
  await recordAct(
    handle,
    {
      tenantId: handle.tenantId,
      via: 'web',
      // A name that is no account is not kept: people type their password into the wrong field.
      personName: account?.person_name ?? '未知',
      accountId: account?.id ?? null,
      unitId: account?.unit_id ?? null,
      address: origin.address,
    },
    { action, objectKind: 'session', objectId: sessionId },
    now,
  )
}
