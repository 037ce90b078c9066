/** Circulars: drafted from the figures, kept as drafted, written as Word, marked issued with the paper that went out. */
import { createHash } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import type { AnswerOf, CircularPage, CircularRow, circularRecords, listCirculars } from '@bihuan/contracts'
import { checkCircularSpan, circularPeriod, circularTitle, decideDiscard, decideIssue } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import { canonical } from '../../platform/audit/chain.js'
import { recordAct } from '../../platform/audit/record.js'
import { readHead } from '../../platform/audit/verify.js'
import type { Clock } from '../../platform/clock.js'
import { openRecords } from '../../platform/db/opened.js'
import type { Handle } from '../../platform/db/scope.js'
import { notAllowed, notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { giveNotice } from '../../platform/notices/notices.js'
import { fileToGive, fileViewOf, findFiles } from '../document/index.js'
import { computeCircular, metricsOf, spanOf, unitIdsOf, unitsOf } from './circular-content.js'
import { mayIssue, mayReadCirculars } from './circular.policy.js'
import * as repo from './circular.repo.js'
import { readFigureRecords } from './figure.repo.js'
import type { ReturnContextOf } from './return-page.service.js'
import { findHazardLines } from './table.repo.js'

const MOST_RECORDS = 2000

export const noCircular = (id: string) => notFound('通报', { objectKind: 'circular', objectId: id })

export async function listAll(
  handle: Handle,
  actor: Actor,
  campaignId: string | null,
): Promise<AnswerOf<typeof listCirculars>> {
  const rows = mayReadCirculars(actor) ? await repo.listCirculars(handle, campaignId) : []
  const campaigns = actor.permissions.has('circular.issue') ? await repo.listCircularCampaigns(handle, campaignId) : []
  return {
    items: rows.map(rowOf),
    campaigns: campaigns
      .filter((campaign) => mayIssue(actor, campaign))
      .map(({ id, name, starts_on, ends_on }) => ({ id, name, startsOn: starts_on, endsOn: ends_on })),
  }
}

function rowOf(row: Omit<repo.CircularRecord, 'content'>): CircularRow {
  return {
    id: row.id,
    campaignId: row.campaign_id,
    campaignName: row.campaign_name,
    title: row.title,
    from: row.from_day,
    to: row.to_day,
    position: row.position,
    personName: row.person_name,
    draftedAt: row.drafted_at.toISOString(),
    state: row.state,
    number: row.number,
    docNo: row.doc_no,
    issuedOn: row.issued_on,
    version: row.version,
  }
}

export async function showCircular(handle: Handle, actor: Actor, id: string): Promise<Answer<CircularPage>> {
  const row = mayReadCirculars(actor) ? await repo.findCircular(handle, id) : null
  if (row === null) return { ok: false, refusal: noCircular(id) }
  if (row.file_id !== null) await openRecords(handle, [row.file_id])
  const [file] = row.file_id === null ? [] : await findFiles(handle, [row.file_id])
  const may = mayIssue(actor, row)
  return {
    ok: true,
    value: {
      ...rowOf(row),
      content: row.content,
      file: file === undefined ? null : fileViewOf(file),
      abilities: { write: may, issue: may && row.state === 'draft', discard: may && row.state === 'draft' },
    },
  }
}

/** What was recorded is sealed by now: the figures are those of the head, counted in the tenant's reach, whoever drafts. */
export async function draft(
  { database, clock }: ReturnContextOf,
  actor: Actor,
  campaignId: string,
  asked: { readonly from: string; readonly to: string },
): Promise<Answer<CircularPage>> {
  const campaign = mayReadCirculars(actor)
    ? await database.withScope(actor.reach, (handle) => repo.findCircularCampaign(handle, campaignId))
    : null
  if (campaign === null)
    return { ok: false, refusal: notFound('行动', { objectKind: 'campaign', objectId: campaignId }) }
  if (!mayIssue(actor, campaign)) return { ok: false, refusal: notAllowed('起草这个行动的通报') }
  const span = checkCircularSpan(asked, { startsOn: campaign.starts_on }, clock.today())
  if (!span.ok) return span
  const { from, to } = span.value
  const counted = spanOf(campaign, { from, counted: null })
  const { content, position } = await database.withScope(
    { purpose: 'tenant', tenantId: actor.tenantId },
    async (handle) => {
      const head = await readHead(handle)
      const at = { from, to, position: head.position, counted }
      return { position: head.position, content: await computeCircular(handle, campaign, at, clock.today()) }
    },
  )
  return database.withScope(actor.reach, async (handle) => {
    const id = uuidv7()
    const now = clock.now()
    const title = circularTitle(campaign.name, circularPeriod(from, to, campaign.starts_on))
    const entryId = await recordAct(
      handle,
      actor,
      {
        action: 'circular.draft',
        objectKind: 'circular',
        objectId: id,
        after: { campaignId, title, from, to, position },
        detail: { circular: { id, contentHash: hashOfContent(content), span: counted } },
      },
      now,
    )
    const by = { accountId: actor.accountId, personName: actor.personName, now, entryId }
    await repo.insertCircular(handle, campaign, { id, title, from, to, position, span: counted, content, ...by })
    return showCircular(handle, actor, id)
  })
}

export function hashOfContent(content: unknown): string {
  return createHash('sha256').update(canonical(content)).digest('hex')
}

export async function issue(
  handle: Handle,
  actor: Actor,
  command: {
    readonly id: string
    readonly version: number
    readonly docNo: string
    readonly issuedOn: string
    readonly fileId: string
  },
  clock: Clock,
): Promise<Answer<CircularPage>> {
  const row = mayReadCirculars(actor) ? await repo.loadCircular(handle, command.id) : null
  if (row === null) return { ok: false, refusal: noCircular(command.id) }
  if (!mayIssue(actor, row)) return { ok: false, refusal: notAllowed('印发这一期通报') }
  if (row.version !== command.version) {
    return {
      ok: false,
      refusal: {
        code: 'circular.changed-meanwhile',
        message: '这一期通报刚被别人办理过，您的操作没有保存。请刷新后再办理。',
      },
    }
  }
  const [file] = await findFiles(handle, [command.fileId])
  if (file === undefined) {
    const refusal = { ...notFound('文件', { objectKind: 'file', objectId: command.fileId }), path: 'fileId' }
    return { ok: false, refusal }
  }
  const decision = decideIssue(
    { state: row.state, to: row.to_day },
    command,
    { mediaType: file.media_type, name: file.name },
    clock.today(),
  )
  if (!decision.ok) return decision
  const number = await repo.nextNumber(handle, row.campaign_id)
  const issued = { number, ...decision.value, fileId: file.id, sha256: file.sha256 }
  await recordAct(
    handle,
    actor,
    {
      action: 'circular.issue',
      objectKind: 'circular',
      objectId: row.id,
      before: { state: row.state },
      after: { state: 'issued', ...issued },
    },
    clock.now(),
  )
  await repo.saveIssue(handle, row.id, issued)
  await giveNotice(handle, {
    id: uuidv7(),
    territoryPath: row.territory_path,
    linePath: null,
    unitIds: row.content.units.map(({ unitId }) => unitId),
    kind: 'circular-issued',
    text: `${row.title}（${decision.value.docNo}）已印发，请查看。`,
    link: `/circulars/${row.id}`,
    dedupeKey: `circular-issued:${row.id}`,
    now: clock.now(),
  })
  return showCircular(handle, actor, row.id)
}

/** What was drafted and will not go out. It is no longer listed; the trail keeps that it was there, and its figures. */
export async function discard(handle: Handle, actor: Actor, id: string, clock: Clock): Promise<Answer<undefined>> {
  const row = mayReadCirculars(actor) ? await repo.loadCircular(handle, id) : null
  if (row === null) return { ok: false, refusal: noCircular(id) }
  if (!mayIssue(actor, row)) return { ok: false, refusal: notAllowed('删除这份通报草稿') }
  const decision = decideDiscard(row)
  if (!decision.ok) return decision
  const { state } = row
  await recordAct(
    handle,
    actor,
    {
      action: 'circular.discard',
      objectKind: 'circular',
      objectId: id,
      before: { state },
      after: { state: 'discarded' },
    },
    clock.now(),
  )
  await repo.saveDiscard(handle, id)
  return { ok: true, value: undefined }
}

/** The paper that went out, for whoever may see the circular. */
export async function issuedFile(handle: Handle, actor: Actor, id: string): Promise<ReturnType<typeof fileToGive>> {
  const row = mayReadCirculars(actor) ? await repo.findCircular(handle, id) : null
  if (row === null) return { ok: false, refusal: noCircular(id) }
  if (row.file_id === null) {
    const message = '这一期通报还没有印发，没有印发的文件；可以下载草稿。'
    return { ok: false, refusal: { code: 'circular.not-issued', message } }
  }
  await openRecords(handle, [row.file_id])
  return fileToGive(handle, row.file_id)
}

/** The records behind one figure, at the circular's position; each shown to whom it may be shown, the others counted. */
export async function recordsBehind(
  { database }: ReturnContextOf,
  actor: Actor,
  asked: {
    readonly id: string
    readonly unitId: string
    readonly figure: 'found' | 'rectified' | 'listed'
    readonly span: 'period' | 'total'
  },
): Promise<Answer<AnswerOf<typeof circularRecords>>> {
  const row = mayReadCirculars(actor)
    ? await database.withScope(actor.reach, (handle) => repo.findCircular(handle, asked.id))
    : null
  if (row === null) return { ok: false, refusal: noCircular(asked.id) }
  const unit = row.content.units.find(({ unitId }) => unitId === asked.unitId)
  if (unit === undefined)
    return { ok: false, refusal: notFound('单位', { objectKind: 'unit', objectId: asked.unitId }) }
  const ids = await database.withScope({ purpose: 'tenant', tenantId: actor.tenantId }, async (handle) => {
    const campaign = await repo.findCircularCampaign(handle, row.campaign_id)
    if (campaign === null) return []
    const units = await unitsOf(handle, campaign, { to: row.to_day, position: row.position })
    const span = spanOf(campaign, { from: row.from_day, counted: row.counted_span })
    const question = {
      unitIds: unitIdsOf(units, unit),
      startsOn: asked.span === 'period' ? row.from_day : span.startsOn,
      sectors: span.sectors,
      cutOff: row.to_day,
      knownAt: row.position,
    }
    const wholes = metricsOf('found', unit.side)
    const found: string[] = []
    for (const metric of metricsOf(asked.figure, unit.side)) {
      const records = await readFigureRecords(handle, [...wholes, metric], metric.id, question, null, MOST_RECORDS)
      found.push(...records)
    }
    return [...new Set(found)]
  })
  const lines = await database.withScope(actor.reach, (handle) => findHazardLines(handle, ids))
  const items = [...lines].map(([recordId, line]) => ({ recordId, ...line }))
  return {
    ok: true,
    value: {
      items: items.sort((a, b) => (a.code < b.code ? -1 : 1)),
      hidden: ids.length - items.length,
    },
  }
}
