/** What was sent to receivers outside, and sending it again once what stood against it is mended. */
import type { AnswerOf, listPackagePushes, PackagePush } from '@bihuan/contracts'
import type { Actor } from '../../platform/actor.js'
import { recordAct } from '../../platform/audit/record.js'
import type { Handle } from '../../platform/db/scope.js'
import { notAllowed, notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { pushAt } from './package-push.js'
import * as repo from './package-push.repo.js'
import { worksFor } from './return.policy.js'
import { isInReach, mayReadTables } from './table.policy.js'

const SHOWN = 200

/** Whoever files the return, or sets up where it goes. */
function mayPush(actor: Actor, row: Pick<repo.PushRow, 'unit_id' | 'territory_path'>): boolean {
  return (
    (actor.permissions.has('return.file') && worksFor(actor, row.unit_id)) ||
    (actor.permissions.has('schedule.manage') &&
      isInReach(actor, { territory_path: row.territory_path, line_path: null }))
  )
}

export async function listPushes(
  handle: Handle,
  actor: Actor,
  query: { readonly return?: string | undefined; readonly show: 'open' | 'all' },
): Promise<Answer<AnswerOf<typeof listPackagePushes>>> {
  if (!mayReadTables(actor)) return { ok: false, refusal: notAllowed('查看发出的数据包') }
  const rows = await repo.listPushes(handle, {
    returnId: query.return ?? null,
    openOnly: query.show === 'open',
    limit: SHOWN,
  })
  return { ok: true, value: { items: rows.map((row) => viewOf(row, actor)) } }
}

export async function pushAgain(handle: Handle, actor: Actor, id: string, now: Date): Promise<Answer<PackagePush>> {
  await repo.lockPush(handle, id)
  const row = mayReadTables(actor) ? await repo.findPush(handle, id) : null
  if (row === null) return { ok: false, refusal: notFound('数据包', { objectKind: 'package-push', objectId: id }) }
  if (!mayPush(actor, row)) return { ok: false, refusal: notAllowed('再发这个数据包') }
  if (row.state !== 'refused' && row.state !== 'given-up') {
    const message = {
      queued: '这个数据包正在等待发送，不必再发。',
      delivered: '对方已经收下这个数据包，不必再发。',
      superseded: '这张报表之后又上报过，请看最新一次的数据包。',
    }[row.state]
    return { ok: false, refusal: { code: 'package.not-waiting', message } }
  }
  await repo.savePush(handle, id, { state: 'queued', reason: null, sentence: null, receipt: null, tried: false }, now)
  await repo.restartPush(handle, id, now)
  await pushAt(handle, id, new Date())
  await recordAct(
    handle,
    actor,
    {
      action: 'package.push-again',
      objectKind: 'return',
      objectId: row.return_id,
      after: { receiver: row.receiver_name },
    },
    now,
  )
  const after = await repo.findPush(handle, id)
  return { ok: true, value: viewOf(after ?? row, actor) }
}

function viewOf(row: repo.PushRow, actor: Actor): PackagePush {
  return {
    id: row.id,
    returnId: row.return_id,
    title: row.title,
    unitName: row.unit_name,
    periodTitle: row.period_title,
    round: row.round,
    receiverName: row.receiver_name,
    state: row.state,
    receipt: row.receipt === null ? null : { ...row.receipt },
    reason: row.reason,
    sentence: row.sentence,
    tries: row.tries,
    queuedAt: row.queued_at.toISOString(),
    since: row.since.toISOString(),
    abilities: { again: mayPush(actor, row) && (row.state === 'refused' || row.state === 'given-up') },
  }
}
