/** What became of mail, for whoever looks after the server: of people in their reach, and addresses masked; and sending it again. */
import type { AnswerOf, listMailDeliveries, MailDeliveryRow } from '@bihuan/contracts'
import { isNoticeKind, maskMail, noticeKindLabels } from '@bihuan/domain'
import type { Actor } from '../actor.js'
import { recordAct } from '../audit/record.js'
import { notAllowed, notFound } from '../http/refusal.js'
import type { Answer } from '../http/serve.js'
import type { Platform } from '../platform.js'
import { mailAt } from './mailing.js'
import * as repo from './mailing.repo.js'

const failed = ['waiting', 'sending', 'unknown', 'refused', 'expired']
const SHOWN = 200

export async function showMailDeliveries(
  { database, settings: { mail } }: Pick<Platform, 'database' | 'settings'>,
  actor: Actor,
  show: 'failed' | 'all',
): Promise<Answer<AnswerOf<typeof listMailDeliveries>>> {
  const { path } = actor.reach
  if (!actor.permissions.has('setting.change') || path === null)
    return { ok: false, refusal: notAllowed('查看邮件提醒的发送情况') }
  const { counts, rows } = await database.withScope(
    { purpose: 'tenant', tenantId: actor.tenantId },
    async (handle) => ({
      counts: await repo.countMailDeliveries(handle, path),
      rows: await repo.listMailDeliveries(handle, path, show === 'all' ? null : failed, SHOWN),
    }),
  )
  return {
    ok: true,
    value: {
      server: mail === null ? null : { host: mail.host, port: mail.port, from: mail.from },
      counts,
      items: rows.map((row) => viewOf(row, mail !== null)),
      abilities: {},
    },
  }
}

/** What certainly did not leave, and what may have: whether to risk that it comes twice is for a person to say, and is on record. */
export async function sendMailAgain(
  { database, clock, settings: { mail } }: Pick<Platform, 'database' | 'clock' | 'settings'>,
  actor: Actor,
  { noticeId, accountId }: { readonly noticeId: string; readonly accountId: string },
): Promise<Answer<MailDeliveryRow>> {
  const { path } = actor.reach
  if (!actor.permissions.has('setting.change') || path === null)
    return { ok: false, refusal: notAllowed('再发邮件提醒') }
  return database.withScope({ purpose: 'tenant', tenantId: actor.tenantId }, async (handle) => {
    const row = await repo.loadMailDelivery(handle, path, noticeId, accountId)
    if (row === null)
      return { ok: false as const, refusal: notFound('邮件', { objectKind: 'account', objectId: accountId }) }
    const against = whyNotAgain(row, mail !== null)
    if (against !== null) return { ok: false as const, refusal: { code: 'mail.not-again', message: against } }
    await repo.restartMail(handle, noticeId, accountId)
    await mailAt(handle, new Date())
    await recordAct(
      handle,
      actor,
      {
        action: 'mail.send-again',
        objectKind: 'account',
        objectId: accountId,
        before: { state: row.state, reason: row.reason },
        after: { noticeId },
      },
      clock.now(),
    )
    const after = await repo.loadMailDelivery(handle, path, noticeId, accountId)
    return { ok: true as const, value: viewOf(after ?? row, true) }
  })
}

function whyNotAgain({ state, reason, address }: repo.MailDeliveryRow, hasServer: boolean): string | null {
  if (!hasServer) return '没有设置邮件服务器，不能再发。请先设置 BIHUAN_SMTP_URL。'
  if (state === 'sent') return '这封邮件已经发出，不必再发。'
  if (state === 'sending') return '这封邮件正在发送，请稍后再看。'
  if (address === null) return '收件人没有确认过的邮箱，不能再发。请本人在“我的账户”里填写邮箱。'
  if (reason === 'not-wanted') return '收件人关闭了这类邮件提醒，不能再发。'
  return null
}

function viewOf(row: repo.MailDeliveryRow, hasServer: boolean): MailDeliveryRow {
  return {
    noticeId: row.notice_id,
    accountId: row.account_id,
    personName: row.person_name,
    unitName: row.unit_name,
    address: row.address === null ? null : maskMail(row.address),
    kindLabel: isNoticeKind(row.kind) ? noticeKindLabels[row.kind] : row.kind,
    state: row.state as MailDeliveryRow['state'],
    reason: row.reason,
    tries: row.tries,
    since: row.since.toISOString(),
    abilities: { again: whyNotAgain(row, hasServer) === null },
  }
}
