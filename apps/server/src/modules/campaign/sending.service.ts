/** 下发: who is sent a campaign, now and later, and who of those that have not confirmed it is reminded. */
import { v7 as uuidv7 } from 'uuid'
import {
  decideReminding,
  decideSending,
  ruleForLater,
  sentToLater,
  type ReceiverRule,
  type ReportingUnit,
  type SendingContext,
} from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import { recordAct } from '../../platform/audit/record.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import { notAllowed } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { giveNotice } from '../../platform/notices/notices.js'
import { listEnterpriseClasses } from '../enterprise/index.js'
import { unitsUnder, type UnitRow } from '../organization/index.js'
import { mayReadCampaigns } from './campaign.policy.js'
import * as campaigns from './campaign.repo.js'
import { noCampaign } from './campaign.service.js'
import { maySendOut } from './sending.policy.js'
import * as repo from './sending.repo.js'

/** Units that one notice speaks to. */
const PAGE = 500
const shownNames = 12

interface Around {
  readonly units: ReadonlyMap<string, UnitRow>
  readonly context: SendingContext
}

export async function previewSending(
  handle: Handle,
  actor: Actor,
  campaignId: string,
  rule: ReceiverRule,
  clock: Clock,
): Promise<Answer<{ added: number; passed: number; names: string[] }>> {
  const campaign = await sendable(handle, actor, campaignId, '下发这个行动', campaigns.findCampaign)
  if (!campaign.ok) return campaign
  const { units, context } = await around(handle, campaign.value, clock)
  const decision = decideSending(rule, context)
  if (!decision.ok) return decision
  const { added, passed } = decision.value
  const names = added.slice(0, shownNames).flatMap((id) => units.get(id)?.name ?? [])
  return { ok: true, value: { added: added.length, passed, names } }
}

/** Without a rule it goes to those that joined since, by the rules of the sendings before. */
export async function sendOut(
  handle: Handle,
  actor: Actor,
  campaignId: string,
  asked: ReceiverRule | null,
  clock: Clock,
): Promise<Answer<{ added: number; passed: number }>> {
  const campaign = await sendable(handle, actor, campaignId, '下发这个行动', campaigns.loadCampaign)
  if (!campaign.ok) return campaign
  const sendings = await repo.listSendings(handle, campaignId)
  const { units, context } = await around(handle, campaign.value, clock)
  const chosen = asked === null ? ruleForLater(rulesOf(sendings), context) : { ok: true as const, value: asked }
  if (!chosen.ok) return chosen
  const rule = chosen.value
  const decision = decideSending(rule, context)
  if (!decision.ok) return decision
  const { added, passed } = decision.value
  const id = uuidv7()
  const now = clock.now()
  const number = (sendings[0]?.number ?? 0) + 1
  const by = { accountId: actor.accountId, personName: actor.personName, now }
  const entryId = await recordAct(
    handle,
    actor,
    {
      action: 'campaign.send-out',
      objectKind: 'campaign',
      objectId: campaignId,
      after: { id, number, rule, unitIds: added },
    },
    now,
  )
  await repo.insertSending(handle, campaign.value, { id, number, rule, receivers: added.length, ...by, entryId })
  const receivers = added.flatMap((unitId) => {
    const unit = units.get(unitId)
    return unit === undefined ? [] : [{ unitId, territoryPath: unit.territory_path, linePath: unit.line_path }]
  })
  await repo.insertReceivers(handle, campaign.value, id, receivers, now)
  const text = `${campaign.value.unit_name}下发“${campaign.value.name}”，请阅读并确认。`
  await tell(handle, campaign.value, { kind: 'campaign-sent', act: id, unitIds: added, text, now })
  return { ok: true, value: { added: added.length, passed } }
}

export async function remindReceivers(
  handle: Handle,
  actor: Actor,
  campaignId: string,
  words: string,
  clock: Clock,
): Promise<Answer<{ reminded: number; passed: number }>> {
  const loaded = await sendable(handle, actor, campaignId, '催办这个行动', campaigns.loadCampaign)
  if (!loaded.ok) return loaded
  const campaign = loaded.value
  const today = clock.today()
  const waiting = await repo.listWaiting(handle, campaignId, today)
  const decision = decideReminding(waiting, { status: campaign.state, today })
  if (!decision.ok) return decision
  const { reminded, passed } = decision.value
  const now = clock.now()
  await repo.saveReminded(handle, campaignId, reminded, today)
  await recordAct(
    handle,
    actor,
    {
      action: 'campaign.remind',
      objectKind: 'campaign',
      objectId: campaignId,
      after: { unitIds: reminded, text: words },
    },
    now,
  )
  const text = `${actor.unitName}催办：“${campaign.name}”本单位还没有阅读确认。${words}`
  await tell(handle, campaign, { kind: 'campaign-reminder', act: uuidv7(), unitIds: reminded, text, now })
  return { ok: true, value: { reminded: reminded.length, passed } }
}

/** How many joined since, for whoever may send. */
export async function countLater(
  handle: Handle,
  campaign: campaigns.CampaignRecord,
  sendings: readonly repo.SendingRow[],
  clock: Clock,
): Promise<number> {
  if (sendings.length === 0 || campaign.state !== 'running') return 0
  const { context } = await around(handle, campaign, clock)
  return sentToLater(rulesOf(sendings), context).length
}

/** Whoever was named one by one was named once: only kinds of units go on to mean who comes later. */
const rulesOf = (sendings: readonly repo.SendingRow[]) =>
  sendings.map(({ rule }) => ({ ...rule, unitIds: [] })).filter(({ kinds }) => kinds.length > 0)

async function sendable(
  handle: Handle,
  actor: Actor,
  id: string,
  what: string,
  load: typeof campaigns.findCampaign,
): Promise<Answer<campaigns.CampaignRecord>> {
  const visible = mayReadCampaigns(actor) ? await campaigns.findCampaign(handle, id) : null
  if (visible === null) return { ok: false, refusal: noCampaign(id) }
  if (!maySendOut(actor, visible)) return { ok: false, refusal: notAllowed(what) }
  // Two who send at once send one after the other, or both would send to all.
  const campaign = await load(handle, id)
  return campaign === null ? { ok: false, refusal: noCampaign(id) } : { ok: true, value: campaign }
}

/** Enterprises as the sender sees them: a department sends to those of its line. */
async function around(handle: Handle, campaign: campaigns.CampaignRecord, clock: Clock): Promise<Around> {
  const today = clock.today()
  const found = await unitsUnder(handle, campaign.bound_path)
  const standings = await listEnterpriseClasses(handle, campaign.bound_path)
  const enterprises = new Map(standings.map((one) => [one.id, one]))
  const standing = found.filter(
    ({ id, exists_from, dissolved_on }) =>
      exists_from <= today &&
      (dissolved_on === null || dissolved_on > today) &&
      enterprises.get(id)?.isOperating !== false,
  )
  return {
    units: new Map(standing.map((unit) => [unit.id, unit])),
    context: {
      status: campaign.state,
      ownUnitId: campaign.unit_id,
      standing: standing.map(({ id, kind }): ReportingUnit => ({
        id,
        kind,
        ancestorIds: [],
        classes: enterprises.get(id)?.classes ?? [],
      })),
      sentTo: new Set(await repo.listSentTo(handle, campaign.id)),
    },
  }
}

async function tell(
  handle: Handle,
  campaign: campaigns.CampaignRecord,
  notice: {
    readonly kind: 'campaign-sent' | 'campaign-reminder'
    readonly act: string
    readonly unitIds: readonly string[]
    readonly text: string
    readonly now: Date
  },
): Promise<void> {
  for (let from = 0; from < notice.unitIds.length; from += PAGE) {
    await giveNotice(handle, {
      id: uuidv7(),
      territoryPath: campaign.territory_path,
      linePath: null,
      unitIds: notice.unitIds.slice(from, from + PAGE),
      kind: notice.kind,
      text: notice.text,
      link: `/campaigns/${campaign.id}`,
      dedupeKey: `${notice.kind}:${notice.act}:${from}`,
      now: notice.now,
    })
  }
}
