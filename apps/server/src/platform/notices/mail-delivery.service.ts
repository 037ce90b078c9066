/** What became of mail, for whoever looks after the server: of people in their reach, and addresses masked. */
import type { AnswerOf, listMailDeliveries, MailDeliveryRow } from '@bihuan/contracts'
import { isNoticeKind, maskMail, noticeKindLabels } from '@bihuan/domain'
import type { Actor } from '../actor.js'
import { notAllowed } from '../http/refusal.js'
import type { Answer } from '../http/serve.js'
import type { Platform } from '../platform.js'
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
      items: rows.map((row) => ({
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
      })),
      abilities: {},
    },
  }
}
