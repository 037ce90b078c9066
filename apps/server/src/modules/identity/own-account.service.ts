/** What a person does to their own account: post and phone, and the second factor. */
import { recordAct } from '../../platform/audit/record.js'
import type { Actor } from '../../platform/actor.js'
import type { Handle } from '../../platform/db/scope.js'
import { notAllowed } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import type { Platform } from '../../platform/platform.js'
import { decrypt, encrypt } from '../../platform/secret.js'
import * as repo from './account.repo.js'
import { newOneTimeSecret, oneTimeCodeStep } from './one-time-code.js'
import type { Sessions } from './session.service.js'

const ticketMinutes = 10
const byHandOnly = notAllowed('用访问令牌修改本人账户')

export function createOwnAccount({ database, clock, secret }: Platform, sessions: Sessions) {
  const asSelf = <T>(actor: Actor, work: (handle: Handle) => Promise<T>) =>
    database.withScope({ purpose: 'log-in', tenantId: actor.tenantId, accountId: actor.accountId }, work)

  async function changeMyself(
    handle: Handle,
    actor: Actor,
    command: { post: string | null; phone?: string | null | undefined },
  ): Promise<Answer<undefined>> {
    const account = await repo.loadAccount(handle, actor.accountId)
    if (account === null || actor.via === 'api') return { ok: false, refusal: byHandOnly }
    await repo.saveAccount(handle, account.id, {
      personName: account.person_name,
      post: command.post,
      phone: command.phone === undefined ? account.phone : command.phone,
      unitId: account.unit_id,
      territoryPath: account.territory_path,
      linePath: account.line_path,
    })
    await recordAct(
      handle,
      actor,
      {
        action: 'account.change-own',
        objectKind: 'account',
        objectId: account.id,
        before: { post: account.post },
        after: { post: command.post, ...(command.phone === undefined ? {} : { phone: 'changed' }) },
      },
      clock.now(),
    )
    return { ok: true, value: undefined }
  }

  /** Nothing is kept yet: the new secret travels in a sealed ticket, and counts once the first code proves that it was scanned. */
  async function beginSecondFactor(actor: Actor): Promise<Answer<{ ticket: string; uri: string; secret: string }>> {
    if (actor.via === 'api') return { ok: false, refusal: byHandOnly }
    const account = await asSelf(actor, (handle) => repo.findAccount(handle, actor.accountId))
    if (account === null) return { ok: false, refusal: byHandOnly }
    if (account.second_factor) {
      return {
        ok: false,
        refusal: { code: 'account.second-factor-already', message: '已经启用了动态口令。要换手机，请先停用再启用。' },
      }
    }
    const made = newOneTimeSecret(secret, account.login_name)
    const ends = clock.now().getTime() + ticketMinutes * 60_000
    return {
      ok: true,
      value: {
        ticket: encrypt(secret, JSON.stringify([actor.accountId, ends, made.sealed])),
        uri: made.uri,
        secret: made.base32,
      },
    }
  }

  async function confirmSecondFactor(
    actor: Actor,
    command: { ticket: string; code: string; password: string },
  ): Promise<Answer<undefined>> {
    if (actor.via === 'api') return { ok: false, refusal: byHandOnly }
    const sealed = readTicket(actor, command.ticket)
    if (sealed === null) {
      return {
        ok: false,
        refusal: { code: 'account.ticket-expired', message: '二维码已过期。请重新开始，十分钟内完成。' },
      }
    }
    return asSelf(actor, async (handle): Promise<Answer<undefined>> => {
      const proof = await sessions.prove(handle, actor, command.password)
      if (!proof.ok) return proof
      const step = oneTimeCodeStep(secret, sealed, command.code, clock.now(), null)
      if (step === null) {
        return {
          ok: false,
          refusal: {
            code: 'account.wrong-code',
            message: '动态口令不对。请核对手机时间是否准确，再输入验证器上现在的六位数字。',
            path: 'code',
          },
        }
      }
      await repo.saveSecondFactor(handle, actor.accountId, sealed, step)
      await recordAct(
        handle,
        actor,
        { action: 'account.enable-second-factor', objectKind: 'account', objectId: actor.accountId },
        clock.now(),
      )
      return { ok: true, value: undefined }
    })
  }

  async function removeSecondFactor(
    actor: Actor,
    command: { code: string; password: string },
  ): Promise<Answer<undefined>> {
    if (actor.via === 'api') return { ok: false, refusal: byHandOnly }
    return asSelf(actor, async (handle): Promise<Answer<undefined>> => {
      const proof = await sessions.prove(handle, actor, command.password)
      if (!proof.ok) return proof
      const { totp_secret: sealed, totp_last_step: last } = proof.value
      if (sealed === null)
        return { ok: false, refusal: { code: 'account.no-second-factor', message: '没有启用动态口令，不必停用。' } }
      if (oneTimeCodeStep(secret, sealed, command.code, clock.now(), last) === null) {
        return {
          ok: false,
          refusal: {
            code: 'account.wrong-code',
            message: '动态口令不对或已用过。请等验证器换出下一个再试。',
            path: 'code',
          },
        }
      }
      await repo.saveSecondFactor(handle, actor.accountId, null, null)
      await recordAct(
        handle,
        actor,
        { action: 'account.disable-second-factor', objectKind: 'account', objectId: actor.accountId },
        clock.now(),
      )
      return { ok: true, value: undefined }
    })
  }

  function readTicket(actor: Actor, ticket: string): string | null {
    try {
      const [accountId, ends, sealed] = JSON.parse(decrypt(secret, ticket)) as unknown[]
      const stands = accountId === actor.accountId && typeof ends === 'number' && ends > clock.now().getTime()
      return stands && typeof sealed === 'string' ? sealed : null
    } catch {
      return null
    }
  }

  return { changeMyself, beginSecondFactor, confirmSecondFactor, removeSecondFactor }
}
