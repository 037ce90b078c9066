/** A return as it is looked at: what waits for whom, and one of them filled in from the facts as they stand or as they were signed. */
import type { ReturnPage, ReturnRow } from '@bihuan/contracts'
import { returnLifecycle, sentenceText, timelinessOf, type CivilDate } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import type { Clock } from '../../platform/clock.js'
import type { Database, Handle } from '../../platform/db/scope.js'
import { notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { findUnits } from '../organization/index.js'
import { narrativeContentOf } from './narrative-content.js'
import { findBasis } from './return-basis.repo.js'
import { differencesBelow, remarksBelow } from './return-below.service.js'
import { comparisonOf, computeContent, findingsOf, type Counted, type Finding } from './return-content.js'
import { keysSince, rekeyed } from './return-earlier.js'
import type { ComputedContent, FiledContent } from './return-filed.js'
import {
  isReceiver,
  isRespondent,
  mayDeliver,
  mayFill,
  mayReadBasis,
  mayReadNotice,
  worksFor,
} from './return.policy.js'
import { countReviewers, listSignatories } from './return-people.repo.js'
import * as repo from './return.repo.js'
import { mayExport, mayReadTables } from './table.policy.js'

export interface ReturnContextOf {
  readonly database: Database
  readonly clock: Clock
}

/** A unit has few who sign; a district's office may have dozens. */
const SIGNATORIES_NAMED = 5

export const noReturn = (id: string) => notFound('报表', { objectKind: 'return', objectId: id })

/** In which states a return waits for its respondent, and in which for its receiver. */
export const waitingFor = { mine: ['open', 'signing', 'signed', 'sent-back'], received: ['submitted'] } as const

export function rowOf(record: repo.ReturnRecord, today: CivilDate): ReturnRow {
  const { detail } = record
  const timeliness = timelinessOf({ ...detail, dissolvedOn: record.unit_dissolved_on }, today)
  return {
    id: record.id,
    scheduleId: record.schedule_id,
    title: record.title,
    narrative: record.narrative?.kind ?? null,
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
    look: record.look?.version === record.version ? lookShown(record.look) : null,
    version: record.version,
  }
}

function lookShown({ blocking, asked, blank, isNil }: NonNullable<repo.ReturnRecord['look']>) {
  return { blocking, asked, blank, isNil }
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
export function countedNow(record: repo.ReturnRecord, clock: Clock): Counted {
  if (record.position !== null && record.counted_to !== null)
    return { to: record.counted_to, position: record.position, span: record.counted_span }
  const today = clock.today()
  // A table whose cut-off comes after its due day counts to the day on which it is signed.
  return { to: record.cut_off < today ? record.cut_off : today, position: null }
}

/** What a return counts at a position, which is the same for ever. */
export interface CountedContent {
  readonly content: ComputedContent
  readonly findings: readonly Finding[]
  readonly position: number
  readonly counted: CivilDate
}

/** `just`: what was computed for the act that this page answers. On a day when all sign at once, each figure is one too many to ask twice. */
export async function showReturn(
  { database, clock }: ReturnContextOf,
  actor: Actor,
  id: string,
  just?: CountedContent,
): Promise<Answer<ReturnPage>> {
  const record = mayReadTables(actor)
    ? await database.withScope(actor.reach, (handle) => repo.findReturn(handle, id))
    : null
  if (record === null) return { ok: false, refusal: noReturn(id) }
  return {
    ok: true,
    value: await database.withScope({ purpose: 'tenant', tenantId: actor.tenantId }, async (handle) => ({
      ...(await pageOf(handle, actor, record, clock, just)),
      basis: await basisOf(handle, actor, record),
    })),
  }
}

async function basisOf(handle: Handle, actor: Actor, record: repo.ReturnRecord): Promise<ReturnPage['basis']> {
  const basis = mayReadBasis(actor, record) ? await findBasis(handle, record.schedule_id) : null
  if (basis === null) return null
  return {
    sentence: sentenceText(basis.words, basis.source),
    place: mayReadNotice(actor) ? `report:${basis.report}` : null,
  }
}

async function pageOf(
  handle: Handle,
  actor: Actor,
  record: repo.ReturnRecord,
  clock: Clock,
  just?: CountedContent,
): Promise<Omit<ReturnPage, 'basis'>> {
  const previous = await previousOf(handle, record)
  const counted = countedNow(record, clock)
  const isJust = just !== undefined && just.position === record.position && just.counted === record.counted_to
  const content = isJust ? just.content : await computeContent(handle, record, counted)
  const findings = isJust ? just.findings : findingsOf(record, content, await comparisonOf(handle, record, content))
  const below = await repo.listBelow(handle, record)
  const events = await repo.listReturnEvents(handle, record.id)
  const receivers = await findUnits(handle, record.receiver_ids)
  const reviewers = await countReviewers(handle, record.receiver_ids)
  const { detail } = record
  const kept = detail.signatures.filter(({ contentHash }) => contentHash === content.hash)
  const wants = isUnderWay(record) ? (detail.signatureLabels[kept.length] ?? null) : null
  const signed = kept.map(({ personId }) => personId)
  const can = abilitiesOf(actor, record, { wants, signed })
  return {
    ...rowOf(record, clock.today()),
    tableId: record.table_id,
    design: content.design,
    groups: record.groups,
    receivers: receivers.map(({ id, name }) => {
      const taken = detail.takenBy.find(({ unitId }) => unitId === id)
      return {
        id,
        name,
        takenOn: taken?.on ?? null,
        takenBy: taken?.name ?? null,
        reviewers: reviewers.get(id) ?? 0,
      }
    }),
    round: detail.round,
    unitDissolvedOn: record.unit_dissolved_on,
    campaign: { startsOn: content.asked.question.startsOn, endsOn: record.campaign_ends_on },
    countedTo: counted.to,
    position: counted.position,
    figures: [...content.views],
    content: await narrativeContentOf(handle, record, content.deliveries),
    ledger: content.rows === null ? null : content.rows.map(({ metric: _, ...row }) => row),
    previous,
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
    wants,
    signatories:
      wants === null
        ? { names: [], more: 0 }
        : await listSignatories(handle, record.unit_id, signed, SIGNATORIES_NAMED),
    missing: missingOf(below),
    remarksBelow: await remarksBelow(handle, record, content),
    differences: await differencesBelow(handle, record, below, content),
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

/** What the unit filed the last time, under the cells of this form. */
async function previousOf(handle: Handle, record: repo.ReturnRecord): Promise<ReturnPage['previous']> {
  const filed = await repo.findPrevious<FiledContent>(handle, record)
  if (filed === null) return null
  const { tableVersion, figures } = filed.content
  const keys = await keysSince(handle, record, [tableVersion])
  return {
    periodTitle: filed.period_title,
    texts: Object.fromEntries(rekeyed(figures, keys.get(tableVersion)).map(({ key, text }) => [key, text])),
  }
}

export function missingOf(below: readonly repo.BelowRow[]): ReturnPage['missing'] {
  return below
    .filter(({ status }) => status !== 'submitted' && status !== 'accepted')
    .map(({ id, unit_id, unit_name, dissolved_on }) => ({
      unitId: unit_id,
      unitName: unit_name,
      returnId: id,
      dissolvedOn: dissolved_on,
    }))
}

/** Something may still be signed: it is not filed, or was sent back. */
function isUnderWay({ detail }: repo.ReturnRecord): boolean {
  return returnLifecycle.transitions.some(({ command, from }) => command === 'sign' && from.includes(detail.status))
}

/** `wants`: the label of the signature that comes next; `signed`: who has signed what stands there now. Nobody signs twice. */
function abilitiesOf(
  actor: Actor,
  record: repo.ReturnRecord,
  { wants, signed }: { readonly wants: string | null; readonly signed: readonly string[] },
): Record<string, boolean> {
  const { status } = record.detail
  const taken = new Set(record.detail.takenBy.map(({ unitId }) => unitId))
  const may = (command: (typeof returnLifecycle.transitions)[number]['command']) =>
    returnLifecycle.transitions.some((row) => row.command === command && row.from.includes(status))
  const [fills, signs, reviews] = [mayFill(actor, record), isRespondent(actor, record), isReceiver(actor, record)]
  const isNarrative = record.narrative !== null
  return {
    edit: fills && !isNarrative && may('edit'),
    draft: signs && isNarrative && may('deliver'),
    deliver: mayDeliver(actor, record) && isNarrative && may('deliver'),
    sign: signs && wants !== null && !signed.includes(actor.accountId),
    submit: signs && may('submit'),
    accept: reviews && may('accept') && record.receiver_ids.some((id) => worksFor(actor, id) && !taken.has(id)),
    'send-back': reviews && may('send-back'),
    reopen: reviews && may('reopen'),
    excuse: reviews && may('excuse'),
    // Its files are the report; there is no form to print.
    export: mayExport(actor) && !isNarrative,
    // The rows of a ledger are hazards of this server: another cannot count them as its own.
    package: mayExport(actor) && record.ledger_id === null,
  }
}
