/** What is done with a return: typed into, signed, filed, taken or sent back. */
import { v7 as uuidv7 } from 'uuid'
import type { ReturnPage } from '@bihuan/contracts'
import {
  decideReturn,
  type CivilDate,
  type ReturnCommand,
  type ReturnContext,
  type ReturnOutcome,
} from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import { recordAct, type ActingParty } from '../../platform/audit/record.js'
import { readHead } from '../../platform/audit/verify.js'
import type { Clock } from '../../platform/clock.js'
import type { Database, Handle } from '../../platform/db/scope.js'
import { notAllowed } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { comparisonOf, computeContent, findingsOf, isFilled, type Finding } from './return-content.js'
import type { ComputedContent, FiledContent } from './return-filed.js'
import { filedDeliveries } from './narrative-content.js'
import { countedNow, missingOf, noReturn, type CountedContent, type ReturnContextOf } from './return-page.service.js'
import { isReceiver, isRespondent, mayFill, worksFor } from './return.policy.js'
import { tellSentBack } from './return-sent-back.js'
import { pushFiled } from './package-push.js'
import * as repo from './return.repo.js'
import { mayReadTables } from './table.policy.js'
import { findTableAt } from './table.repo.js'
import { insertTypedCells, readTypedCells } from './typed-cells.js'

/** All or nothing: one wrong cell, and none is kept. Signatures fall with the first cell that is changed. */
export async function typeIntoReturn(
  handle: Handle,
  actor: Actor,
  command: { readonly id: string; readonly version: number; readonly values: Readonly<Record<string, string>> },
  clock: Clock,
): Promise<Answer<undefined>> {
  const loaded = await loadFor(handle, actor, command.id, command.version)
  if (!loaded.ok) return loaded
  const record = loaded.value
  if (!mayFill(actor, record) || record.narrative !== null) return { ok: false, refusal: notAllowed('填写这张报表') }
  const decision = decideReturn(record.detail, { kind: 'edit' }, contextOf(actor, record, clock))
  if (!decision.ok) return decision
  const table = await findTableAt(handle, record.table_id, record.table_version)
  if (table === null) return { ok: false, refusal: noReturn(command.id) }
  const cells = readTypedCells(table, command.values, (cell) => isFilled(table.form, cell, record.groups))
  if (!cells.ok) return cells
  const asOf = countedNow({ ...record, position: null }, clock).to
  const now = clock.now()
  const entryId = await recordAct(
    handle,
    actor,
    {
      action: 'return.type',
      objectKind: 'table',
      objectId: record.table_id,
      after: { unitId: record.unit_id, asOf, returnId: record.id, values: command.values },
      detail: { typed: cells.value },
    },
    now,
  )
  const place = {
    tableId: record.table_id,
    unitId: record.unit_id,
    territoryPath: record.territory_path,
    linePath: record.line_path,
    parties: record.parties,
    asOf,
    sector: record.sector,
    returnId: record.id,
  }
  await insertTypedCells(handle, actor, cells.value, place, entryId, now)
  await repo.saveReturn(handle, decision.value.next, { position: null, countedTo: null })
  return { ok: true, value: undefined }
}

export interface SignCommand {
  readonly id: string
  readonly version: number
  readonly label: string
  readonly nil: boolean
  readonly contentHash: string
  readonly answers: Readonly<Record<string, string>>
  readonly submit: boolean
}

/** What was typed and found before is sealed by now (`sealed`): the first signature fixes the position up to which all count. */
export async function signReturn(
  { database, clock }: ReturnContextOf,
  actor: Actor,
  command: SignCommand,
  proof: Answer<unknown>,
): Promise<Answer<CountedContent>> {
  const seen = await database.withScope(actor.reach, (handle) => repo.findReturn(handle, command.id))
  if (seen === null || !mayReadTables(actor)) return { ok: false, refusal: noReturn(command.id) }
  if (!isRespondent(actor, seen)) return { ok: false, refusal: notAllowed('为这张报表签名') }
  if (!proof.ok) return proof
  const signed = seen.detail.signatures.length > 0 && seen.position !== null
  const { content, findings, position, counted, missing } = await contentAt(database, actor, seen, clock, !signed)
  return database.withScope(actor.reach, async (handle) => {
    const loaded = await loadFor(handle, actor, command.id, command.version)
    if (!loaded.ok) return loaded
    const record = loaded.value
    const context = {
      ...contextOf(actor, record, clock),
      isProved: true,
      content: ruledContent(content, findings),
    }
    const decision = decideReturn(
      record.detail,
      {
        kind: 'sign',
        label: command.label,
        nil: command.nil,
        seenHash: command.contentHash,
        answers: command.answers,
      },
      context,
    )
    if (!decision.ok) return decision
    let after = record
    const steps = [decision.value]
    if (command.submit && decision.value.next.status === 'signed') {
      const submitted = decideReturn(decision.value.next, { kind: 'submit', seenHash: content.hash }, context)
      if (!submitted.ok) return submitted
      steps.push(submitted.value)
    }
    for (const step of steps) {
      const filed = step.event.kind === 'submit' ? filedOf(after, content, position, counted, step, missing) : null
      const saved = { counted: { position, countedTo: counted, span: content.span }, filed, hash: content.hash }
      await saveStep(handle, actor, after, step, saved, clock)
      after = { ...after, detail: step.next, version: step.next.version }
    }
    return { ok: true, value: { content, findings, position, counted } }
  })
}

async function contentAt(database: Database, actor: Actor, record: repo.ReturnRecord, clock: Clock, fresh: boolean) {
  return database.withScope({ purpose: 'tenant', tenantId: actor.tenantId }, async (handle) => {
    const { to, span } = fresh ? countedNow({ ...record, position: null }, clock) : countedNow(record, clock)
    const position = fresh ? (await readHead(handle)).position : (record.position as number)
    const content = await computeContent(handle, record, { to, position, span })
    const findings = findingsOf(record, content, await comparisonOf(handle, record, content))
    return { content, findings, position, counted: to, missing: missingOf(await repo.listBelow(handle, record)) }
  })
}

function ruledContent(content: ComputedContent, findings: readonly Finding[]): NonNullable<ReturnContext['content']> {
  return {
    hash: content.hash,
    isNil: content.isNil,
    blockers: findings.filter(({ blocking }) => blocking).map(({ message }) => message),
    questions: findings
      .filter(({ blocking }) => !blocking)
      .map(({ key, cells, message }) => ({ key, cell: cells[0] ?? null, message })),
  }
}

function filedOf(
  record: repo.ReturnRecord,
  content: ComputedContent,
  position: number,
  countedTo: CivilDate,
  { next }: ReturnOutcome,
  missing: ReturnPage['missing'],
): FiledContent {
  return {
    position,
    countedTo,
    span: content.span,
    tableVersion: record.table_version,
    nil: next.nil,
    figures: content.figures,
    ...(content.rows === null ? {} : { rows: content.rows }),
    ...(content.deliveries === null ? {} : { deliveries: filedDeliveries(content.deliveries) }),
    signatures: next.signatures.map(({ label, name, on }) => ({ label, name, on })),
    missing: missing.map(({ unitId }) => unitId),
  }
}

export type PlainAct = Exclude<
  ReturnCommand,
  { kind: 'open' | 'edit' | 'deliver' | 'sign' | 'submit' | 'receive' | 're-date' | 're-address' }
>

/** Acts that look at no figure: take, send back, reopen, grant a later day. */
export async function actOnReturn(
  handle: Handle,
  actor: Actor,
  command: { readonly id: string; readonly version: number; readonly act: PlainAct },
  clock: Clock,
): Promise<Answer<undefined>> {
  const loaded = await loadFor(handle, actor, command.id, command.version)
  if (!loaded.ok) return loaded
  const record = loaded.value
  const decision = decideReturn(record.detail, command.act, contextOf(actor, record, clock))
  if (!decision.ok) return decision
  const { status } = decision.value.next
  // Opened again it counts anew; locked or waiting it counts as it was filed.
  const counted =
    status === 'sent-back'
      ? { position: null, countedTo: null }
      : { position: record.position, countedTo: record.counted_to }
  await saveStep(handle, actor, record, decision.value, { counted, filed: null, hash: null }, clock)
  if (status === 'sent-back') await tellSentBack(handle, record.id)
  return { ok: true, value: undefined }
}

/** Files what was signed before: for whoever signed without sending it on, or the last of two who asked another to. */
export async function submitReturn(
  { database, clock }: ReturnContextOf,
  actor: Actor,
  command: {
    readonly id: string
    readonly version: number
    readonly contentHash: string
    readonly answers: Readonly<Record<string, string>>
  },
): Promise<Answer<CountedContent>> {
  const seen = await database.withScope(actor.reach, (handle) => repo.findReturn(handle, command.id))
  if (seen === null || !mayReadTables(actor)) return { ok: false, refusal: noReturn(command.id) }
  if (!isRespondent(actor, seen)) return { ok: false, refusal: notAllowed('上报这张报表') }
  const { content, findings, position, counted, missing } = await contentAt(
    database,
    actor,
    seen,
    clock,
    seen.position === null,
  )
  return database.withScope(actor.reach, async (handle) => {
    const loaded = await loadFor(handle, actor, command.id, command.version)
    if (!loaded.ok) return loaded
    const record = loaded.value
    const context = { ...contextOf(actor, record, clock), content: ruledContent(content, findings) }
    const decision = decideReturn(
      record.detail,
      { kind: 'submit', seenHash: command.contentHash, answers: command.answers },
      context,
    )
    if (!decision.ok) return decision
    const filed = filedOf(record, content, position, counted, decision.value, missing)
    const saved = { counted: { position, countedTo: counted, span: content.span }, filed, hash: content.hash }
    await saveStep(handle, actor, record, decision.value, saved, clock)
    return { ok: true, value: { content, findings, position, counted } }
  })
}

export function contextOf(actor: Actor, record: repo.ReturnRecord, clock: Clock): ReturnContext {
  const today = clock.today()
  return {
    today,
    actor: { personId: actor.accountId, name: actor.personName },
    isRespondent: isRespondent(actor, record),
    isReceiver: isReceiver(actor, record),
    receivers: { all: record.receiver_ids, own: record.receiver_ids.filter((id) => worksFor(actor, id)) },
    asksPaper: asksPaper(actor, record),
    hasBegun: hasBegun(record, today),
  }
}

/** On paper, for a unit that the actor takes it for. */
function asksPaper(actor: Actor, { narrative, receiver_ids: receiverIds }: repo.ReturnRecord): boolean {
  const own = receiverIds.filter((id) => worksFor(actor, id))
  return (narrative?.deliverables ?? []).some(
    ({ form, receiverId }) => form === 'paper' && (receiverId === null || own.includes(receiverId)),
  )
}

/** What is due on a named day is written before it. */
function hasBegun(
  { narrative, is_due_on_date: isDueOnDate, period_from: from }: repo.ReturnRecord,
  today: CivilDate,
): boolean {
  return narrative !== null || isDueOnDate || from <= today
}

export async function loadFor(
  handle: Handle,
  actor: Actor,
  id: string,
  expectedVersion: number,
): Promise<Answer<repo.ReturnRecord>> {
  const record = mayReadTables(actor) ? await repo.loadReturn(handle, id) : null
  if (record === null) return { ok: false, refusal: noReturn(id) }
  if (record.version !== expectedVersion) {
    return {
      ok: false,
      refusal: {
        code: 'return.changed-meanwhile',
        message: '这张报表刚被别人办理过，您的操作没有保存。请刷新后再办理。',
        current: { version: record.version, state: record.detail.status },
      },
    }
  }
  return { ok: true, value: record }
}

export interface SavedWith {
  readonly counted: repo.CountedUpTo
  /** What is filed with it, and the hash of what was signed or filed. */
  readonly filed: FiledContent | null
  readonly hash: string | null
  /** What the entry says besides, of rows that are written with it. */
  readonly detail?: Readonly<Record<string, unknown>>
}

/** Gives the audit entry that the step came with. */
export async function saveStep(
  handle: Handle,
  actor: ActingParty,
  record: repo.ReturnRecord,
  { next, event, remarks }: ReturnOutcome,
  { counted, filed, hash, detail = {} }: SavedWith,
  clock: Clock,
): Promise<string> {
  const now = clock.now()
  const eventId = uuidv7()
  const entryId = await recordAct(
    handle,
    actor,
    {
      action: `return.${event.kind}`,
      objectKind: 'return',
      objectId: record.id,
      before: { status: record.detail.status },
      after: { status: next.status, sentence: event.sentence, ...(remarks.length === 0 ? {} : { remarks }) },
      detail: { returnEvent: { id: eventId, round: next.round, contentHash: hash, content: filed }, ...detail },
    },
    now,
  )
  await repo.saveReturn(handle, next, counted)
  await repo.insertReturnEvent(handle, record, {
    id: eventId,
    entryId,
    kind: event.kind,
    status: next.status,
    round: next.round,
    sentence: event.sentence,
    accountId: actor.accountId ?? null,
    personName: actor.personName,
    unitId: actor.unitId ?? null,
    on: event.on,
    now,
    content: filed,
    contentHash: hash,
  })
  if (filed !== null) await pushFiled(handle, record, next.round, now)
  return entryId
}
