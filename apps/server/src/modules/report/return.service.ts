/** Returns: what waits for whom, filled from the facts; typed into, signed, filed, taken or sent back. */
import { v7 as uuidv7 } from 'uuid'
import type { ReturnPage, ReturnRow } from '@bihuan/contracts'
import {
  decideReturn,
  returnLifecycle,
  timelinessOf,
  type CivilDate,
  type ReturnCommand,
  type ReturnContext,
  type ReturnOutcome,
} from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import { recordAct } from '../../platform/audit/record.js'
import { readHead } from '../../platform/audit/verify.js'
import type { Clock } from '../../platform/clock.js'
import type { Database, Handle } from '../../platform/db/scope.js'
import { notAllowed, notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { findUnits } from '../organization/index.js'
import { differencesBelow, remarksBelow } from './return-below.service.js'
import {
  comparisonOf,
  computeContent,
  findingsOf,
  isFilled,
  type ComputedContent,
  type FiledContent,
  type Finding,
} from './return-content.js'
import { isReceiver, isRespondent, mayFill, worksFor } from './return.policy.js'
import * as repo from './return.repo.js'
import { mayExport, mayReadTables } from './table.policy.js'
import { findTableAt } from './table.repo.js'
import { insertTypedCells, readTypedCells } from './typed-cells.js'

export interface ReturnContextOf {
  readonly database: Database
  readonly clock: Clock
}

export const noReturn = (id: string) => notFound('报表', { objectKind: 'return', objectId: id })

/** In which states a return waits for its respondent, and in which for its receiver. */
export const waitingFor = { mine: ['open', 'signing', 'signed', 'sent-back'], received: ['submitted'] } as const

export function rowOf(record: repo.ReturnRecord, today: CivilDate): ReturnRow {
  const { detail } = record
  const timeliness = timelinessOf(detail, today)
  return {
    id: record.id,
    scheduleId: record.schedule_id,
    title: record.title,
    campaignId: record.campaign_id,
    campaignName: record.campaign_name,
    unitId: record.unit_id,
    unitName: record.unit_name,
    sector: record.sector,
    periodKey: record.period_key,
    periodTitle: record.period_title,
    cutOff: record.cut_off,
    dueOn: record.due_on,
    excusedUntil: detail.excusedUntil,
    provisional: record.provisional,
    status: detail.status,
    nil: detail.nil,
    timeliness: timeliness.state,
    daysLate: timeliness.daysLate,
    timesSentBack: detail.timesSentBack,
    submittedOn: detail.lastSubmittedOn,
    version: record.version,
  }
}

export async function listReturns(
  handle: Handle,
  actor: Actor,
  query: {
    readonly side: 'mine' | 'received'
    readonly show: 'todo' | 'all'
    readonly after?: string | undefined
    readonly limit: number
  },
  clock: Clock,
): Promise<Answer<{ items: ReturnRow[]; next: string | null; counts: { mine: number; received: number } }>> {
  const after = query.after === undefined ? null : readCursor(query.after)
  if (query.after !== undefined && after === null) {
    return {
      ok: false,
      refusal: { code: 'request.invalid', message: '翻页位置不对。请回到第一页重新查询。', path: 'after' },
    }
  }
  const unitIds = mayReadTables(actor) ? actor.reach.parties : []
  const rows = await repo.listReturnRows(handle, {
    side: query.side,
    unitIds,
    waiting: query.show === 'all' ? null : waitingFor[query.side],
    after,
    limit: query.limit + 1,
  })
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  return {
    ok: true,
    value: {
      items: page.map((row) => rowOf(row, clock.today())),
      next: rows.length > query.limit && last ? `${last.due_on}_${last.id}` : null,
      counts: {
        mine: await repo.countReturns(handle, 'mine', unitIds, waitingFor.mine),
        received: await repo.countReturns(handle, 'received', unitIds, waitingFor.received),
      },
    },
  }
}

function readCursor(text: string): { dueOn: string; id: string } | null {
  const [, dueOn, id] = /^(\d{4}-\d{2}-\d{2})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(text) ?? []
  return dueOn === undefined || id === undefined ? null : { dueOn, id }
}

/** Up to where a return counts at this moment: as signed, or as the ledger stands. */
function countedNow(record: repo.ReturnRecord, clock: Clock): { to: CivilDate; position: number | null } {
  if (record.position !== null && record.counted_to !== null)
    return { to: record.counted_to, position: record.position }
  const today = clock.today()
  // A table whose cut-off comes after its due day counts to the day on which it is signed.
  return { to: record.cut_off < today ? record.cut_off : today, position: null }
}

export async function showReturn(
  { database, clock }: ReturnContextOf,
  actor: Actor,
  id: string,
): Promise<Answer<ReturnPage>> {
  const record = mayReadTables(actor)
    ? await database.withScope(actor.reach, (handle) => repo.findReturn(handle, id))
    : null
  if (record === null) return { ok: false, refusal: noReturn(id) }
  return {
    ok: true,
    value: await database.withScope({ purpose: 'tenant', tenantId: actor.tenantId }, (handle) =>
      pageOf(handle, actor, record, clock),
    ),
  }
}

async function pageOf(handle: Handle, actor: Actor, record: repo.ReturnRecord, clock: Clock): Promise<ReturnPage> {
  const previous = await repo.findPrevious<FiledContent>(handle, record)
  const counted = countedNow(record, clock)
  const content = await computeContent(handle, record, counted)
  const findings = findingsOf(record, content, await comparisonOf(handle, record, content))
  const below = await repo.listBelow(handle, record)
  const events = await repo.listReturnEvents(handle, record.id)
  const receivers = await findUnits(handle, record.receiver_ids)
  const { detail } = record
  const kept = detail.signatures.filter(({ contentHash }) => contentHash === content.hash)
  const can = abilitiesOf(actor, record)
  return {
    ...rowOf(record, clock.today()),
    tableId: record.table_id,
    design: content.design,
    groups: record.groups,
    receivers: receivers.map(({ id, name }) => ({ id, name })),
    campaign: { startsOn: content.asked.question.startsOn, endsOn: record.campaign_ends_on },
    countedTo: counted.to,
    position: counted.position,
    figures: [...content.views],
    ledger: content.rows === null ? null : content.rows.map((row) => ({ ...row })),
    previous:
      previous === null
        ? null
        : {
            periodTitle: previous.period_title,
            texts: Object.fromEntries(previous.content.figures.map(({ key, text }) => [key, text])),
          },
    contentHash: content.hash,
    isNil: content.isNil,
    findings: findings.map(({ key, code, blocking, message, cells }) => ({
      key,
      code,
      blocking,
      message,
      cells: [...cells],
    })),
    remarks: detail.remarks.map(({ cell, text, byName, on, round, finding = null }) => ({
      cell,
      text,
      byName,
      on,
      round,
      finding,
    })),
    signatures: detail.signatures.map(({ label, name, on }) => ({ label, name, on })),
    wants: can['sign'] ? (detail.signatureLabels[kept.length] ?? null) : null,
    missing: missingOf(below),
    remarksBelow: await remarksBelow(handle, record, content),
    differences: await differencesBelow(handle, below, content),
    events: events.map((event) => ({
      id: event.id,
      sentence: event.sentence,
      personName: event.person_name,
      recordedAt: event.recorded_at.toISOString(),
      round: event.round,
      filed: event.filed,
    })),
    abilities: can,
  }
}

function missingOf(below: readonly repo.BelowRow[]): ReturnPage['missing'] {
  return below
    .filter(({ status }) => status !== 'submitted' && status !== 'accepted')
    .map(({ id, unit_id, unit_name }) => ({ unitId: unit_id, unitName: unit_name, returnId: id }))
}

function abilitiesOf(actor: Actor, record: repo.ReturnRecord): Record<string, boolean> {
  const { status } = record.detail
  const taken = new Set(record.detail.takenBy.map(({ unitId }) => unitId))
  const may = (command: (typeof returnLifecycle.transitions)[number]['command']) =>
    returnLifecycle.transitions.some((row) => row.command === command && row.from.includes(status))
  const [fills, signs, reviews] = [mayFill(actor, record), isRespondent(actor, record), isReceiver(actor, record)]
  return {
    edit: fills && may('edit'),
    sign: signs && may('sign'),
    submit: signs && may('submit'),
    accept: reviews && may('accept') && record.receiver_ids.some((id) => worksFor(actor, id) && !taken.has(id)),
    'send-back': reviews && may('send-back'),
    reopen: reviews && may('reopen'),
    excuse: reviews && may('excuse'),
    export: mayExport(actor),
  }
}

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
  if (!mayFill(actor, record)) return { ok: false, refusal: notAllowed('填写这张报表') }
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
): Promise<Answer<undefined>> {
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
      await saveStep(handle, actor, after, step, { position, countedTo: counted }, filed, content.hash, clock)
      after = { ...after, detail: step.next, version: step.next.version }
    }
    return { ok: true, value: undefined }
  })
}

async function contentAt(database: Database, actor: Actor, record: repo.ReturnRecord, clock: Clock, fresh: boolean) {
  return database.withScope({ purpose: 'tenant', tenantId: actor.tenantId }, async (handle) => {
    const { to } = fresh ? countedNow({ ...record, position: null }, clock) : countedNow(record, clock)
    const position = fresh ? (await readHead(handle)).position : (record.position as number)
    const content = await computeContent(handle, record, { to, position })
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
    tableVersion: record.table_version,
    nil: next.nil,
    figures: content.figures,
    ...(content.rows === null ? {} : { rows: content.rows }),
    signatures: next.signatures.map(({ label, name, on }) => ({ label, name, on })),
    missing: missing.map(({ unitId }) => unitId),
  }
}

export type PlainAct = Exclude<ReturnCommand, { kind: 'open' | 'edit' | 'sign' | 'submit' | 'receive' }>

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
  await saveStep(handle, actor, record, decision.value, counted, null, null, clock)
  return { ok: true, value: undefined }
}

/** Files what was signed before: for whoever signed without sending it on, or the last of two who asked another to. */
export async function submitReturn(
  { database, clock }: ReturnContextOf,
  actor: Actor,
  command: { readonly id: string; readonly version: number; readonly contentHash: string },
): Promise<Answer<undefined>> {
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
    const decision = decideReturn(record.detail, { kind: 'submit', seenHash: command.contentHash }, context)
    if (!decision.ok) return decision
    const filed = filedOf(record, content, position, counted, decision.value, missing)
    await saveStep(handle, actor, record, decision.value, { position, countedTo: counted }, filed, content.hash, clock)
    return { ok: true, value: undefined }
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
    hasBegun: record.period_from <= today,
  }
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

export async function saveStep(
  handle: Handle,
  actor: Actor,
  record: repo.ReturnRecord,
  { next, event, remarks }: ReturnOutcome,
  counted: { readonly position: number | null; readonly countedTo: CivilDate | null },
  filed: FiledContent | null,
  hash: string | null,
  clock: Clock,
): Promise<void> {
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
      detail: { returnEvent: { id: eventId, round: next.round, contentHash: hash, content: filed } },
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
    accountId: actor.accountId,
    personName: actor.personName,
    unitId: actor.unitId,
    on: event.on,
    now,
    content: filed,
    contentHash: hash,
  })
}
