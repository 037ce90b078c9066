/** 下发情况: who has confirmed, who has not and since when; as a list and as a workbook. */
import type { OwnPlan, ReceiverBoard, ReceiverRow } from '@bihuan/contracts'
import { civilDateOf, receiptStateLabels, unitKindLabel, type ReceiptState } from '@bihuan/domain'
import { writeWorkbook, type WorkbookRow } from '@bihuan/office'
import type { Actor } from '../../platform/actor.js'
import { recordAct } from '../../platform/audit/record.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import { notAllowed } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { mayReadCampaigns } from './campaign.policy.js'
import * as campaigns from './campaign.repo.js'
import { noCampaign } from './campaign.service.js'
import { noPlan, plansOf } from './own-plan.present.js'
import { mayReadReceivers, maySendOut } from './sending.policy.js'
import * as repo from './sending.repo.js'
import { countLater } from './sending.service.js'

/** Read at once for a workbook. */
const EXPORTED = 500

export interface ReceiversAsked {
  readonly campaignId: string
  readonly state?: ReceiptState | undefined
  readonly side?: 'units' | 'enterprises' | undefined
  readonly q?: string | undefined
}

export async function listReceivers(
  handle: Handle,
  actor: Actor,
  asked: ReceiversAsked & { readonly after?: string | undefined; readonly limit: number },
  clock: Clock,
): Promise<Answer<ReceiverBoard>> {
  const found = await askedCampaign(handle, actor, asked.campaignId)
  if (!found.ok) return found
  const after = asked.after === undefined ? null : placeIn(asked.after)
  if (asked.after !== undefined && after === null) {
    return {
      ok: false,
      refusal: { code: 'request.invalid', message: '翻页位置不对。请回到第一页重新查询。', path: 'after' },
    }
  }
  const rows = await repo.listReceiverRows(handle, questionOf(asked, clock), after, asked.limit + 1)
  const page = rows.slice(0, asked.limit)
  const last = page.at(-1)
  const plans = await plansOf(
    handle,
    asked.campaignId,
    page.map((row) => row.unit_id),
  )
  const sendings = await repo.listSendings(handle, asked.campaignId)
  const sends = maySendOut(actor, found.value) && found.value.state === 'running'
  return {
    ok: true,
    value: {
      items: page.map((row) => viewOf(row, plans.get(row.unit_id) ?? noPlan)),
      next: rows.length > asked.limit && last !== undefined ? `${last.territory_path} ${last.unit_id}` : null,
      summary: await repo.countReceipts(handle, asked.campaignId, clock.today()),
      sendings: sendings.map(({ number, sent_at, person_name, receivers, rule }) => ({
        number,
        sentAt: sent_at.toISOString(),
        personName: person_name,
        receivers,
        kinds: [...rule.kinds],
        ...(rule.enterprises === undefined ? {} : { enterprises: rule.enterprises }),
        named: rule.unitIds.length,
      })),
      later: sends ? await countLater(handle, found.value, sendings, clock) : 0,
      abilities: { 'send-out': sends, remind: sends, export: true },
    },
  }
}

async function askedCampaign(handle: Handle, actor: Actor, id: string): Promise<Answer<campaigns.CampaignRecord>> {
  const campaign = mayReadCampaigns(actor) ? await campaigns.findCampaign(handle, id) : null
  if (campaign === null) return { ok: false, refusal: noCampaign(id) }
  if (!mayReadReceivers(actor)) return { ok: false, refusal: notAllowed('查看下发情况') }
  return { ok: true, value: campaign }
}

function questionOf({ campaignId, state, side, q }: ReceiversAsked, clock: Clock): repo.ReceiverQuestion {
  const text = q === undefined || q === '' ? null : q
  return { campaignId, today: clock.today(), state: state ?? null, side: side ?? null, text }
}

function viewOf(row: repo.ReceiverRecord, plan: OwnPlan): ReceiverRow {
  return {
    unitId: row.unit_id,
    unitName: row.unit_name,
    unitKind: row.unit_kind,
    placeName: row.place_name,
    sentAt: row.sent_at.toISOString(),
    state: row.state,
    confirmedBy: row.confirmed_by,
    confirmedAt: row.confirmed_at?.toISOString() ?? null,
    remindedOn: row.reminded_on,
    reminders: row.reminders,
    plan,
  }
}

function placeIn(text: string): readonly [string, string] | null {
  const [, path, unitId] = /^(\/\S*\/) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/u.exec(text) ?? []
  return path === undefined || unitId === undefined ? null : [path, unitId]
}

/** Page by page, each in a transaction of its own; that it was asked for is on record before the first byte leaves. */
export async function exportReceivers(
  read: <T>(work: (handle: Handle) => Promise<T>) => Promise<T>,
  actor: Actor,
  asked: ReceiversAsked,
  clock: Clock,
): Promise<Answer<{ name: string; chunks: AsyncIterable<Uint8Array> }>> {
  const found = await read(async (handle) => {
    const campaign = await askedCampaign(handle, actor, asked.campaignId)
    if (!campaign.ok) return campaign
    const { state = null, side = null, q = null } = asked
    await recordAct(
      handle,
      actor,
      {
        action: 'campaign.export-receivers',
        objectKind: 'campaign',
        objectId: asked.campaignId,
        after: { state, side, q },
      },
      clock.now(),
    )
    return { ok: true as const, value: { name: campaign.value.name, ...(await sumsOf(handle, asked, clock)) } }
  })
  if (!found.ok) return found
  const question = questionOf(asked, clock)
  async function* rows(): AsyncGenerator<WorkbookRow> {
    let after: readonly [string, string] | null = null
    for (let more = true; more;) {
      const at = after
      const page: repo.ReceiverRecord[] = await read((handle) => repo.listReceiverRows(handle, question, at, EXPORTED))
      const plans = await read((handle) =>
        plansOf(
          handle,
          asked.campaignId,
          page.map((row) => row.unit_id),
        ),
      )
      for (const row of page) yield { cells: cellsOf(row, plans.get(row.unit_id) ?? noPlan) }
      const last = page.at(-1)
      after = last === undefined ? null : [last.territory_path, last.unit_id]
      more = page.length === EXPORTED
    }
  }
  const { name, counts } = found.value
  const chunks = writeWorkbook(
    {
      sheetName: '下发情况',
      title: `${name}下发情况`,
      head: [`${counts}　截至 ${clock.today()}　导出人：${actor.personName}`],
      columns: [
        { header: '单位', width: 32 },
        { header: '类别', width: 12 },
        { header: '所在', width: 20 },
        { header: '下发日期', width: 12, kind: 'date' },
        { header: '状态', width: 14 },
        { header: '确认人', width: 12 },
        { header: '确认日期', width: 12, kind: 'date' },
        { header: '催办次数', width: 10, kind: 'centred' },
        { header: '最近催办', width: 12, kind: 'date' },
        { header: '实施方案', width: 28 },
      ],
      isFilterable: true,
      isLandscape: true,
    },
    rows(),
  )
  return { ok: true, value: { name: `${name}下发情况-${clock.today()}.xlsx`, chunks } }
}

async function sumsOf(handle: Handle, { campaignId }: ReceiversAsked, clock: Clock): Promise<{ counts: string }> {
  const counts = await repo.countReceipts(handle, campaignId, clock.today())
  const states = Object.keys(receiptStateLabels) as ReceiptState[]
  return { counts: states.map((state) => `${receiptStateLabels[state]} ${counts[state]}`).join('，') }
}

function cellsOf(row: repo.ReceiverRecord, plan: OwnPlan): WorkbookRow['cells'] {
  const day = (at: Date | null) => (at === null ? null : civilDateOf(at))
  return [
    row.unit_name ?? '（已不在查看范围内）',
    row.unit_kind === null ? '' : unitKindLabel(row.unit_kind),
    row.place_name ?? '',
    day(row.sent_at),
    receiptStateLabels[row.state],
    row.confirmed_by ?? '',
    day(row.confirmed_at),
    row.reminders,
    row.reminded_on,
    plan.filing === null ? (plan.kept?.name ?? '') : `${plan.filing.title}（${plan.filing.statusLabel}）`,
  ]
}
