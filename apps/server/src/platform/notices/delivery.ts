/**
 * Notices that are also sent to the robot of a chat group. Several go in one message: a robot takes twenty a minute, and on the morning
 * after a due day there may be hundreds.
 *
 * Each is sent at most once. It is marked as leaving before it leaves; what certainly did not arrive waits for the next try, and what
 * may have arrived is not sent again, also when the server was stopped in between. Nothing is lost by that: the notice itself is in
 * the product, and what is sent only points there.
 */
import type { Handle } from '../db/scope.js'
import { enqueue, type Job } from '../jobs/queue.js'
import type { Platform } from '../platform.js'
import * as repo from './delivery.repo.js'
import { packLines, sendToRobot } from './webhook.js'

export const deliverJob = 'notice.deliver'

/** The product's name; 钉钉 asks for a word that every message has, and this can be it. */
const HEAD = '【闭环】'
/** More lines than this do not go into one message. */
const MOST_LINES = 60
/** Fifteen messages a minute. */
const PAUSE_MS = 4000

/** In the transaction in which the notice was made: both are there, or neither. */
export async function deliverNotice(handle: Handle, noticeId: string): Promise<void> {
  await repo.insertDelivery(handle, noticeId)
  await deliverAt(handle, new Date())
}

/** One key a tenant: however many notices wait, one job takes them. */
async function deliverAt(handle: Handle, runAt: Date): Promise<void> {
  const { tenantId } = handle
  await enqueue(handle, deliverJob, { tenantId }, { runAt, key: `${deliverJob}:${tenantId}` })
}

export function deliveryJobs(platform: Platform): Job<{ tenantId: string }>[] {
  return [{ name: deliverJob, run: ({ tenantId }) => deliverWaiting(platform, tenantId) }]
}

class NotDelivered extends Error {
  override readonly name = 'NotDelivered'
}

async function deliverWaiting({ database, settings, log }: Platform, tenantId: string): Promise<void> {
  const { webhook } = settings
  if (webhook === null) return
  const inTenant = <T>(work: (handle: Handle) => Promise<T>) =>
    database.withScope({ purpose: 'tenant', tenantId }, work)
  const { ids, content } = await inTenant(async (handle) => {
    const old = await repo.settleOld(handle)
    if (old.unknown + old.expired > 0) log.warn({ event: 'notice-delivery-settled', tenantId, ...old })
    const waiting = await repo.listWaiting(handle, MOST_LINES)
    const packed = packLines(
      HEAD,
      waiting.map(({ text }) => text),
    )
    const taken = waiting.slice(0, packed.taken).map(({ notice_id }) => notice_id)
    await repo.saveDeliveries(handle, taken, 'sending')
    return { ids: taken, content: packed.content }
  })
  if (ids.length === 0) return
  const delivery = await sendToRobot(webhook, content)
  const state = { delivered: 'sent', refused: 'waiting', unknown: 'unknown' }[delivery.result]
  await inTenant(async (handle) => {
    await repo.saveDeliveries(handle, ids, state)
    if (delivery.result !== 'refused') await deliverAt(handle, new Date(Date.now() + PAUSE_MS))
  })
  if (delivery.result === 'delivered') return
  log.warn({ event: 'notice-not-delivered', tenantId, notices: ids.length, ...delivery })
  // The queue tries again, later each time.
  if (delivery.result === 'refused') throw new NotDelivered(delivery.reason)
}
