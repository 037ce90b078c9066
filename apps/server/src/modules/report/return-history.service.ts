/** A return as it was filed, the same table as it would be now, the difference record by record, and its receipt. */
import type { FiledReturn, ReturnReceipt, TablePage } from '@bihuan/contracts'
import type { Actor } from '../../platform/actor.js'
import { readHead } from '../../platform/audit/verify.js'
import type { Handle } from '../../platform/db/scope.js'
import { notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import * as figures from './figure.repo.js'
import { computeContent } from './return-content.js'
import type { ComputedContent, FiledContent } from './return-filed.js'
import { deliveryViewOf } from './narrative-content.js'
import { listPhones } from './return-people.repo.js'
import * as repo from './return.repo.js'
import { noReturn, type ReturnContextOf } from './return-page.service.js'
import type { SignedFill } from './table-export.service.js'
import { mayReadTables } from './table.policy.js'

/** Of one figure; a difference of more records than this is a different table. */
const MOST_RECORDS = 1000

async function recordFor({ database }: ReturnContextOf, actor: Actor, id: string): Promise<repo.ReturnRecord | null> {
  return mayReadTables(actor) ? database.withScope(actor.reach, (handle) => repo.findReturn(handle, id)) : null
}

export async function showFiled(
  context: ReturnContextOf,
  actor: Actor,
  id: string,
  round: number,
): Promise<Answer<FiledReturn>> {
  const record = await recordFor(context, actor, id)
  if (record === null) return { ok: false, refusal: noReturn(id) }
  return context.database.withScope({ purpose: 'tenant', tenantId: actor.tenantId }, async (handle) => {
    const filed = await repo.findFiled<FiledContent>(handle, id, round)
    if (filed === null) return { ok: false as const, refusal: notFound('这一次上报') }
    const { countedTo, position, span } = filed.content
    const then = await computeContent(handle, record, { to: countedTo, position, span })
    const now = await computeContent(handle, record, { to: countedTo, position: null })
    const kept = new Map(filed.content.figures.map((figure) => [figure.key, figure]))
    return {
      ok: true as const,
      value: {
        round,
        submittedAt: filed.recorded_at.toISOString(),
        personName: filed.person_name,
        position,
        countedTo,
        contentHash: filed.content_hash,
        nil: filed.content.nil,
        deliveries: (filed.content.deliveries ?? []).map((delivery) => deliveryViewOf(delivery, id)),
        figures: then.views.map((view) => ({ ...view, text: kept.get(view.key)?.text ?? view.text })),
        now: Object.fromEntries(
          now.figures.filter(({ key, value }) => value !== kept.get(key)?.value).map(({ key, text }) => [key, text]),
        ),
        differences: await differencesOf(handle, then, now),
      },
    }
  })
}

async function differencesOf(
  handle: Handle,
  then: ComputedContent,
  now: ComputedContent,
): Promise<FiledReturn['differences']> {
  const found: FiledReturn['differences'] = []
  for (const cell of now.cells) {
    if (cell.metric.source !== 'derived') continue
    const recordsOf = ({ asked }: ComputedContent) =>
      figures.readFigureRecords(handle, asked.metrics, cell.metric.id, asked.question, null, MOST_RECORDS)
    const [before, after] = [new Set(await recordsOf(then)), new Set(await recordsOf(now))]
    const changed = [
      ...[...after].filter((id) => !before.has(id)).map((id) => [id, 'added'] as const),
      ...[...before].filter((id) => !after.has(id)).map((id) => [id, 'removed'] as const),
    ]
    const facts = await figures.readFactsOf(
      handle,
      changed.map(([id]) => id),
      cell.metric.measures,
      { ...now.asked.question, knownAt: null },
    )
    for (const [recordId, change] of changed) {
      const fact = facts.find((one) => one.record_id === recordId)
      found.push({ cell: cell.key, recordId, change, occurredOn: fact?.occurred_on ?? now.asked.question.cutOff })
    }
  }
  return found
}

/** For the files: as it was filed, or the draft as it stands. */
export async function pageForExport(
  context: ReturnContextOf,
  actor: Actor,
  id: string,
): Promise<Answer<{ page: TablePage; signed: SignedFill }>> {
  const record = await recordFor(context, actor, id)
  if (record === null) return { ok: false, refusal: noReturn(id) }
  if (record.narrative !== null) {
    const message = '叙述性报告没有表格可以导出；请下载所交的文件，或草稿。'
    return { ok: false, refusal: { code: 'return.without-form', message } }
  }
  return context.database.withScope({ purpose: 'tenant', tenantId: actor.tenantId }, async (handle) => {
    const today = context.clock.today()
    const to = record.counted_to ?? (record.cut_off < today ? record.cut_off : today)
    const content = await computeContent(handle, record, { to, position: record.position, span: record.counted_span })
    const { table, unit, question } = content.asked
    const { signatures } = record.detail
    const phones = await listPhones(
      handle,
      signatures.flatMap(({ personId }) => (personId === '' ? [] : [personId])),
    )
    const signed = {
      persons: Object.fromEntries(signatures.map(({ label, name }) => [label, name])),
      // The form asks for it, and is printed by those who may open the return; on the screens numbers stay masked.
      phones: Object.fromEntries(
        signatures.flatMap(({ label, personId }) => {
          const phone = phones.get(personId)
          return phone === undefined ? [] : [[label, phone]]
        }),
      ),
      period: record.period_title,
    }
    return {
      ok: true as const,
      value: {
        signed,
        page: {
          id: table.id,
          campaignId: table.campaign_id,
          campaignName: table.campaign_name,
          title: table.title,
          design: content.design,
          version: table.version,
          unitId: unit.id,
          unitName: unit.name,
          path: [],
          campaign: { startsOn: question.startsOn, endsOn: table.campaign_ends_on },
          cutOff: to,
          knownAt: record.position,
          head: await readHead(handle),
          figures: [...content.views],
          problems: [],
          abilities: {},
        },
      },
    }
  })
}

export async function receiptOf(context: ReturnContextOf, actor: Actor, id: string): Promise<Answer<ReturnReceipt>> {
  const record = await recordFor(context, actor, id)
  if (record === null) return { ok: false, refusal: noReturn(id) }
  return context.database.withScope({ purpose: 'tenant', tenantId: actor.tenantId }, async (handle) => {
    const filed = await repo.findFiled<FiledContent>(handle, id, record.detail.round)
    if (filed === null) {
      return {
        ok: false as const,
        refusal: { code: 'return.not-filed', message: '这张报表还没有上报，没有回执。请先签名上报。' },
      }
    }
    return {
      ok: true as const,
      value: {
        title: record.title,
        unitName: record.unit_name,
        periodTitle: record.period_title,
        round: filed.round,
        submittedAt: filed.recorded_at.toISOString(),
        personName: filed.person_name,
        signatures: filed.content.signatures.map((one) => ({ ...one })),
        contentHash: filed.content_hash,
        countedAt: filed.content.position,
        head: await readHead(handle),
      },
    }
  })
}
