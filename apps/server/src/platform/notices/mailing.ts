/**
 * Notices by mail, to each reader who has confirmed an address and wants this kind. What waits for one reader goes in one mail.
 *
 * The guarantees are those of the robot (delivery.ts): a notice is marked as leaving before it leaves, what certainly did not arrive
 * waits for the next try, what may have arrived is not sent again, and what the server will never take is not tried again. The job
 * holds ids; addresses are looked up when the mail leaves, so that one that was changed or taken back in between is not written to.
 */
import { isNoticeKind } from '@bihuan/domain'
import type { Handle } from '../db/scope.js'
import { enqueue, type Job } from '../jobs/queue.js'
import type { Platform } from '../platform.js'
import { MailServerAway, openMailSession, type MailOutcome, type MailSession } from './mail-server.js'
import { reminderMail } from './mail-text.js'
import * as repo from './mailing.repo.js'

export const mailJob = 'notice.mail'

/** How many notices go into one mail; a hundredth line is not read. */
const MOST_LINES = 30
/** Notices whose readers are looked up at once. */
const PAGE = 500
/** Mails of one session. A server that counts its senders' mails is given time between sessions. */
const MOST_MAILS = 100
const PAUSE_MS = 5000

/** Who reads mail is the identity module's affair. */
export interface MailReaders {
  /** Who is to read which of these notices, of those who have an address and want the kind. */
  readersOf(
    handle: Handle,
    noticeIds: readonly string[],
  ): Promise<readonly { readonly noticeId: string; readonly accountId: string }[]>
  /** Null: has none any more. */
  findReader(
    handle: Handle,
    accountId: string,
  ): Promise<{ name: string; address: string; muted: readonly string[] } | null>
}

/** In the transaction in which the notice was made: both are there, or neither. */
export async function mailNotice(handle: Handle, noticeId: string): Promise<void> {
  await repo.insertMailing(handle, noticeId)
  await mailAt(handle, new Date())
}

/** One key a tenant: however much waits, one job sends it, and a failed one's next try comes forward. */
export async function mailAt(handle: Handle, runAt: Date): Promise<void> {
  const { tenantId } = handle
  await enqueue(handle, mailJob, { tenantId }, { runAt, key: `${mailJob}:${tenantId}` })
}

export function mailingJobs(platform: Platform, readers: MailReaders): Job<{ tenantId: string }>[] {
  return [{ name: mailJob, run: ({ tenantId }) => mailWaiting(platform, readers, tenantId) }]
}

class NotMailed extends Error {
  override readonly name = 'NotMailed'
}

async function mailWaiting({ database, settings, log }: Platform, readers: MailReaders, tenantId: string) {
  const { mail, publicUrl } = settings
  const inTenant = <T>(work: (handle: Handle) => Promise<T>) =>
    database.withScope({ purpose: 'tenant', tenantId }, work)
  while (await inTenant((handle) => lookUpReaders(handle, mail === null ? null : readers)));
  if (mail === null) return
  const old = await inTenant(repo.settleOldMail)
  if (old.unknown + old.expired > 0) log.warn({ event: 'mail-settled', tenantId, ...old })

  const tried = new Set<string>()
  const failed: string[] = []
  let isMore = false
  let session: MailSession | null = null
  let isOpen = false
  try {
    while (tried.size < MOST_MAILS) {
      const [accountId] = await inTenant((handle) => repo.listWaitingReaders(handle, [...tried], 1))
      if (accountId === undefined) break
      // Before anything is marked as leaving: a server that is away costs no mail.
      if (!isOpen) {
        session = await openMailSession(mail).catch(async (cause: unknown) => {
          if (cause instanceof MailServerAway) await inTenant((handle) => repo.noteWaiting(handle, cause.message))
          throw cause
        })
        isOpen = true
      }
      tried.add(accountId)
      const taken = await inTenant((handle) => take(handle, readers, accountId))
      if (taken === null || session === null) continue
      const { noticeIds, reader } = taken
      isMore ||= noticeIds.length === MOST_LINES
      const outcome = await session.send({
        ...reminderMail(reader.name, taken.lines, publicUrl),
        to: reader.address,
        id: `${noticeIds[0] ?? ''}.${accountId}.${taken.tries}`,
      })
      await inTenant((handle) =>
        repo.saveMail(handle, { accountId, noticeIds }, stateAfter(outcome), reasonOf(outcome)),
      )
      if (outcome.result === 'delivered') continue
      isOpen = false
      log.warn({ event: 'mail-not-delivered', tenantId, notices: noticeIds.length, ...outcome })
      if (outcome.result === 'later') failed.push(outcome.reason)
    }
  } finally {
    if (isOpen) session?.close()
  }
  // The queue tries again, later each time.
  if (failed.length > 0) throw new NotMailed(failed[0])
  if (isMore || tried.size === MOST_MAILS) await inTenant((handle) => mailAt(handle, new Date(Date.now() + PAUSE_MS)))
}

/** False when nothing is left. Without a mail server what waits is of no use to anybody later. */
async function lookUpReaders(handle: Handle, readers: MailReaders | null): Promise<boolean> {
  const noticeIds = await repo.takeMailings(handle, PAGE)
  if (noticeIds.length > 0 && readers !== null)
    await repo.insertDeliveries(handle, await readers.readersOf(handle, noticeIds))
  return noticeIds.length === PAGE
}

/** Marks as leaving what goes into one mail; null when nothing does. */
async function take(handle: Handle, readers: MailReaders, accountId: string) {
  const waiting = await repo.listWaitingMail(handle, accountId, MOST_LINES)
  const reader = await readers.findReader(handle, accountId)
  const wanted = waiting.filter(({ kind }) => reader !== null && isNoticeKind(kind) && !reader.muted.includes(kind))
  const idsOf = (rows: readonly repo.WaitingMail[]) => rows.map(({ notice_id }) => notice_id)
  const unwanted = waiting.filter((row) => !wanted.includes(row))
  if (unwanted.length > 0)
    await repo.saveMail(handle, { accountId, noticeIds: idsOf(unwanted) }, 'expired', 'not-wanted')
  if (wanted.length === 0 || reader === null) return null
  const noticeIds = idsOf(wanted)
  await repo.saveMail(handle, { accountId, noticeIds }, 'sending', null)
  return { noticeIds, reader, lines: wanted, tries: Math.max(...wanted.map(({ tries }) => tries)) + 1 }
}

function stateAfter({ result }: MailOutcome): string {
  return { delivered: 'sent', refused: 'refused', unknown: 'unknown', later: 'waiting' }[result]
}

function reasonOf(outcome: MailOutcome): string | null {
  return outcome.result === 'delivered' ? null : outcome.reason
}
