/** The address that a person reads mail at: named, confirmed by a code that was sent there, taken back; and which kinds go there. */
import { randomUUID } from 'node:crypto'
import type { MyMail } from '@bihuan/contracts'
import { maskMail, noticeKindLabels, noticeKinds, readMailAddress, type NoticeKind } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import { recordAct } from '../../platform/audit/record.js'
import type { Handle } from '../../platform/db/scope.js'
import { notAllowed } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { enqueue, type Job } from '../../platform/jobs/queue.js'
import { openMailSession } from '../../platform/notices/mail-server.js'
import { confirmationMail } from '../../platform/notices/mail-text.js'
import type { Platform } from '../../platform/platform.js'
import { findAccount } from './account.repo.js'
import { isMailCode, mailCode } from './mail-code.js'
import * as repo from './own-mail.repo.js'

export const confirmMailJob = 'account.confirm-mail'

const codeMinutes = 30
/** Guessing six digits five times hits once in 200,000. */
const mostTries = 5
/** Otherwise the server could be made to fill a stranger's mailbox. */
const mostCodesADay = 8
const secondsBetween = 60

const byHandOnly = notAllowed('用访问令牌修改本人账户')
const notSetUp = {
  code: 'mail.not-set-up',
  message: '系统还没有设置邮件服务器，不能发邮件。请联系系统管理员设置 BIHUAN_SMTP_URL。',
} as const

export function createOwnMail({ clock, secret, settings }: Platform) {
  const isSetUp = settings.mail !== null

  async function show(handle: Handle, actor: Actor): Promise<Answer<MyMail>> {
    return { ok: true, value: viewOf(await repo.findMailAddress(handle, actor.accountId)) }
  }

  function viewOf(row: repo.MailAddressRow | null): MyMail {
    const ends = row?.asked_at ? new Date(row.asked_at.getTime() + codeMinutes * 60_000) : null
    const isOpen = ends !== null && ends > clock.now()
    return {
      isSetUp,
      address: row?.address ?? null,
      confirmedAt: row?.confirmed_at?.toISOString() ?? null,
      asked:
        row?.asked_address && isOpen
          ? {
              address: row.asked_address,
              until: ends.toISOString(),
              state: (row.asked_state ?? 'waiting') as NonNullable<MyMail['asked']>['state'],
              reason: row.asked_reason,
            }
          : null,
      kinds: noticeKinds.map((kind) => ({
        kind,
        label: noticeKindLabels[kind],
        wanted: !(row?.muted ?? []).includes(kind),
      })),
    }
  }

  async function ask(handle: Handle, actor: Actor, text: string): Promise<Answer<MyMail>> {
    if (actor.via === 'api') return { ok: false, refusal: byHandOnly }
    if (!isSetUp) return { ok: false, refusal: notSetUp }
    const address = readMailAddress(text)
    if (!address.ok) return address
    const before = await repo.loadMailAddress(handle, actor.accountId)
    const [now, today] = [clock.now(), clock.today()]
    if (before.address === address.value) {
      return {
        ok: false,
        refusal: { code: 'mail.confirmed-already', message: '这个邮箱已经确认过，不必再确认。', path: 'address' },
      }
    }
    const count = before.asked_day === today ? before.asked_count : 0
    if (
      count >= mostCodesADay ||
      (before.asked_at && now.getTime() - before.asked_at.getTime() < secondsBetween * 1000)
    ) {
      return {
        ok: false,
        refusal: {
          code: 'mail.too-many',
          message:
            count >= mostCodesADay
              ? `今天已经发过${mostCodesADay}次确认码，请明天再试。`
              : `刚刚发过确认码，请等${secondsBetween}秒再试；先看看是不是在垃圾邮件里。`,
          path: 'address',
        },
      }
    }
    const nonce = randomUUID()
    await repo.saveAsked(handle, actor.accountId, {
      address: address.value,
      nonce,
      at: now,
      day: today,
      count: count + 1,
    })
    await enqueue(handle, confirmMailJob, { tenantId: actor.tenantId, accountId: actor.accountId, nonce })
    await record(handle, actor, 'account.ask-mail', { address: maskMail(address.value) })
    return show(handle, actor)
  }

  /** A wrong code counts, so this is no write that a refusal undoes: the caller's transaction stands either way. */
  async function confirm(handle: Handle, actor: Actor, code: string): Promise<Answer<MyMail>> {
    if (actor.via === 'api') return { ok: false, refusal: byHandOnly }
    const row = await repo.loadMailAddress(handle, actor.accountId)
    const asked = viewOf(row).asked
    if (asked === null || row.asked_nonce === null) {
      return {
        ok: false,
        refusal: { code: 'mail.code-expired', message: '确认码已过期。请重新发送，三十分钟内填写。', path: 'code' },
      }
    }
    if (row.tries >= mostTries) {
      return {
        ok: false,
        refusal: { code: 'mail.code-used-up', message: '确认码填错的次数太多，已经作废。请重新发送。', path: 'code' },
      }
    }
    const { tenantId, accountId } = actor
    const subject = { tenantId, accountId, address: asked.address, nonce: row.asked_nonce }
    if (!isMailCode(secret, subject, code)) {
      await repo.countTry(handle, accountId)
      return {
        ok: false,
        refusal: { code: 'mail.wrong-code', message: '确认码不对。请填邮件里最新的六位数字。', path: 'code' },
      }
    }
    await repo.saveConfirmed(handle, accountId, asked.address, clock.now())
    await record(handle, actor, 'account.confirm-mail', { address: maskMail(asked.address) })
    return show(handle, actor)
  }

  async function remove(handle: Handle, actor: Actor): Promise<Answer<MyMail>> {
    if (actor.via === 'api') return { ok: false, refusal: byHandOnly }
    await repo.clearAddress(handle, actor.accountId)
    await record(handle, actor, 'account.remove-mail', { address: null })
    return show(handle, actor)
  }

  async function choose(handle: Handle, actor: Actor, wanted: readonly NoticeKind[]): Promise<Answer<MyMail>> {
    if (actor.via === 'api') return { ok: false, refusal: byHandOnly }
    const muted = noticeKinds.filter((kind) => !wanted.includes(kind))
    await repo.loadMailAddress(handle, actor.accountId)
    await repo.saveMuted(handle, actor.accountId, muted)
    await record(handle, actor, 'account.choose-mail', { muted })
    return show(handle, actor)
  }

  const record = (handle: Handle, actor: Actor, action: string, after: unknown) =>
    recordAct(handle, actor, { action, objectKind: 'account', objectId: actor.accountId, after }, clock.now())

  return { show, ask, confirm, remove, choose }
}

interface Asked {
  readonly tenantId: string
  readonly accountId: string
  readonly nonce: string
}

class CodeNotSent extends Error {
  override readonly name = 'CodeNotSent'
}

/** A code may come twice: the same one, to whoever asked for it. */
export function ownMailJobs({ database, secret, settings }: Platform): Job<Asked>[] {
  return [
    {
      name: confirmMailJob,
      async run({ tenantId, accountId, nonce }) {
        const inTenant = <T>(work: (handle: Handle) => Promise<T>) =>
          database.withScope({ purpose: 'tenant', tenantId }, work)
        const found = await inTenant(async (handle) => {
          const row = await repo.findMailAddress(handle, accountId)
          const account = await findAccount(handle, accountId)
          // Asked for again or confirmed in the meantime.
          if (!row?.asked_address || row.asked_nonce !== nonce || account === null) return null
          return { address: row.asked_address, name: account.person_name }
        })
        if (found === null || settings.mail === null) return
        const { address, name } = found
        const session = await openMailSession(settings.mail)
        const code = mailCode(secret, { tenantId, accountId, address, nonce })
        const outcome = await session.send({ ...confirmationMail(name, code, codeMinutes), to: address, id: nonce })
        if (outcome.result === 'delivered') session.close()
        const [state, reason] =
          outcome.result === 'delivered'
            ? (['sent', null] as const)
            : ([outcome.result === 'refused' ? 'refused' : 'waiting', outcome.reason] as const)
        await inTenant((handle) => repo.saveAskedState(handle, { accountId, nonce }, state, reason))
        if (state === 'waiting') throw new CodeNotSent(outcome.result === 'delivered' ? '' : outcome.reason)
      },
    },
  ]
}
