/**
 * A filed return goes to the receivers outside that its schedule names: queued in the transaction that files it, sent by a job until the
 * other side answers. Sent as often as it takes, and taken once: each try sends the same bytes, and the other side knows them again.
 */
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { recordAct } from '../../platform/audit/record.js'
import type { Handle } from '../../platform/db/scope.js'
import { postOutward, type OutwardAnswer } from '../../platform/http/outward.js'
import type { Answer } from '../../platform/http/serve.js'
import { enqueue, type Job } from '../../platform/jobs/queue.js'
import type { Platform } from '../../platform/platform.js'
import { decrypt } from '../../platform/secret.js'
import { signingKeyOf } from '../../platform/signing.js'
import { packageHashOf, signedText } from './package-form.js'
import { makePackage, notFiled } from './package-making.js'
import * as repo from './package-push.repo.js'
import { findReceivers } from './package-receiver.repo.js'
import { findReturn, type ReturnRecord } from './return.repo.js'

export const pushJob = 'report.push-package'

/** It cannot be made: the sentence is ours, not theirs. */
const ownFault = 'not-packed'

const MINUTE = 60_000
/** Doubling from one minute to six hours; for a week. */
const LONGEST_WAIT = 6 * 60 * MINUTE
const GIVEN_UP_AFTER = 7 * 24 * 60 * MINUTE

/** In the transaction that files the return: both are there, or neither. */
export async function pushFiled(
  handle: Handle,
  record: Pick<ReturnRecord, 'id' | 'territory_path' | 'line_path' | 'parties' | 'outside_receiver_ids'>,
  round: number,
  now: Date,
): Promise<void> {
  const pushes = record.outside_receiver_ids.map((receiverId) => ({ id: uuidv7(), receiverId }))
  if (pushes.length === 0) return
  await repo.insertPushes(handle, record, round, pushes, now)
  for (const { id } of pushes) await pushAt(handle, id, new Date())
}

export async function pushAt(handle: Handle, pushId: string, runAt: Date): Promise<void> {
  const { tenantId } = handle
  await enqueue(handle, pushJob, { tenantId, pushId }, { runAt, key: `${pushJob}:${pushId}` })
}

interface Push {
  readonly tenantId: string
  readonly pushId: string
}

export function pushJobs(platform: Platform): Job<Push>[] {
  return [{ name: pushJob, run: (push) => send(platform, push) }]
}

async function send(platform: Platform, { tenantId, pushId }: Push): Promise<void> {
  const { database, clock, secret, settings, log } = platform
  const inTenant = <T>(work: (handle: Handle) => Promise<T>) =>
    database.withScope({ purpose: 'tenant', tenantId }, work)
  const found = await inTenant(async (handle) => {
    const push = await repo.findPush(handle, pushId)
    const [receiver] = push === null ? [] : await findReceivers(handle, [push.receiver_id])
    return push === null || receiver === undefined || push.state !== 'queued' ? null : { push, receiver }
  })
  if (found === null) return
  const { push, receiver } = found
  const settle = (to: repo.Settled) => inTenant((handle) => repo.savePush(handle, pushId, to, clock.now()))
  const nothing = { receipt: null, sentence: null, tried: false }
  if (!receiver.active) return settle({ ...nothing, state: 'refused', reason: 'receiver-stopped' })

  const made = await readyPackage(platform, tenantId, push)
  if (!made.ok) {
    const { code, message } = made.refusal
    // Sent back or filed anew since: then this filing stands no more.
    if (code === notFiled) return settle({ ...nothing, state: 'superseded', reason: null })
    return settle({ ...nothing, state: 'refused', reason: ownFault, sentence: message })
  }
  const ready = made.value
  const answer = await postOutward(new URL(`${receiver.url}/api/packages`), {
    headers: {
      authorization: `Bearer ${decrypt(secret, receiver.sealed_token)}`,
      'content-type': 'application/json',
      'content-encoding': 'gzip',
      accept: 'application/json',
    },
    body: ready.package,
    privateHosts: settings.privateReceivers,
  })
  const verdict = verdictOf(answer, ready.package_hash)
  if (verdict.state !== 'delivered')
    log.warn({ event: 'package-not-delivered', tenantId, push: pushId, state: verdict.state, reason: verdict.reason })
  const isOver = verdict.state === 'queued' && clock.now().getTime() - push.queued_at.getTime() > GIVEN_UP_AFTER
  await inTenant(async (handle) => {
    const now = clock.now()
    const entryId =
      verdict.state === 'delivered'
        ? await recordDelivered(handle, push, ready.package_hash, verdict.receipt, now)
        : null
    await repo.savePush(
      handle,
      pushId,
      { ...verdict, state: isOver ? 'given-up' : verdict.state, tried: true, entryId },
      now,
    )
    if (verdict.state === 'queued' && !isOver)
      await pushAt(handle, pushId, new Date(Date.now() + Math.min(LONGEST_WAIT, MINUTE * 2 ** push.tries)))
  })
}

export const deliveredAction = 'package.delivered'

/** What the trail says of a package that was taken (package-push.verify.ts). */
export interface DeliveredPush extends Pick<repo.PushRow, 'id' | 'round' | 'receipt'> {
  readonly receiverId: string
  readonly packageHash: string
}

/** That they have it, and what: the rows of those that wait may change, what was taken is on record. */
async function recordDelivered(
  handle: Handle,
  { id, return_id: returnId, round, receiver_id: receiverId, receiver_name: receiver }: repo.PushRow,
  packageHash: string,
  receipt: repo.PushReceipt | null,
  now: Date,
): Promise<string> {
  const push: DeliveredPush = { id, round, receiverId, packageHash, receipt }
  return recordAct(
    handle,
    { tenantId: handle.tenantId, via: 'job', personName: '系统', address: 'local' },
    { action: deliveredAction, objectKind: 'return', objectId: returnId, after: { receiver, round }, detail: { push } },
    now,
  )
}

/** Made at the first try and kept. */
async function readyPackage(platform: Platform, tenantId: string, push: repo.PushRow): Promise<Answer<repo.ReadyPush>> {
  const { database, secret } = platform
  const reach = { purpose: 'tenant', tenantId } as const
  const kept = await database.withScope(reach, (handle) => repo.findPackage(handle, push.id))
  if (kept !== null) return { ok: true, value: kept }
  const record = await database.withScope(reach, (handle) => findReturn(handle, push.return_id))
  if (record === null || record.detail.round !== push.round)
    return { ok: false, refusal: { code: notFiled, message: '' } }
  // Whoever filed it answers for all that it counts: the whole of its ledger goes with it.
  const made = await makePackage(platform, record, tenantId, reach, signingKeyOf(secret, tenantId))
  if (!made.ok) return made
  const bytes = await promisify(gzip)(JSON.stringify(made.value))
  const ready = { package: bytes, package_hash: packageHashOf(signedText(made.value)) }
  await database.withScope(reach, (handle) => repo.savePackage(handle, push.id, ready.package, ready.package_hash))
  return { ok: true, value: ready }
}

const receipt = z.object({ returnId: z.string().max(100), packageHash: z.string().max(100), already: z.boolean() })
const refusal = z.object({ error: z.object({ code: z.string().max(100), message: z.string().max(1000) }) })

/** What passes by itself is waited for: a server that is away, busy or being mended. Everything else that says no wants a person. */
const passing = [408, 425, 429, 500, 502, 503, 504, 507]

type Verdict = Omit<repo.Settled, 'tried'>

export function verdictOf(answer: OutwardAnswer, packageHash: string): Verdict {
  const blank = { receipt: null, sentence: null }
  if (!answer.ok) {
    const isOurs = answer.reason === 'not-https' || answer.reason === 'address-not-allowed'
    return { ...blank, state: isOurs ? 'refused' : 'queued', reason: answer.reason }
  }
  const { status, text } = answer
  const said = jsonOf(text)
  if (status === 200) {
    const read = receipt.safeParse(said)
    // Another page that answers 200 is no receipt.
    return read.success && read.data.packageHash === packageHash
      ? { state: 'delivered', reason: null, sentence: null, receipt: read.data }
      : { ...blank, state: 'refused', reason: 'no-receipt' }
  }
  const read = refusal.safeParse(said)
  const { code, message } = read.success ? read.data.error : { code: `http-${status}`, message: null }
  return { receipt: null, state: passing.includes(status) ? 'queued' : 'refused', reason: code, sentence: message }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
