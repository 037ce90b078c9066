/** Campaigns: shown, decided on, started, closed with their open hazards carried over. */
import type { CampaignPage } from '@bihuan/contracts'
import { decideCampaign, type CampaignCommand, type CampaignContext, type CampaignOutcome } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import { recordAct } from '../../platform/audit/record.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import { notAllowed, notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { mayClose, mayManage, mayReadCampaigns } from './campaign.policy.js'
import { latenessOf, presentCampaign, rowOf } from './campaign.present.js'
import * as repo from './campaign.repo.js'
import { listOpenFigures } from '../report/index.js'
import { listOpenActions } from './duty.repo.js'
import * as tasks from './task.repo.js'

export async function listCampaigns(handle: Handle, actor: Actor, state: string | null, clock: Clock) {
  const campaigns = mayReadCampaigns(actor) ? await repo.listCampaignLines(handle, state) : []
  const ids = campaigns.map((campaign) => campaign.id)
  const phases = await repo.listPhases(handle, ids)
  const timings = await tasks.listTaskTimings(handle, ids)
  const reports = await tasks.listTaskReports(handle, ids)
  const today = clock.today()
  return {
    items: campaigns.map((campaign) => {
      const own = <T extends { readonly campaign_id: string }>(rows: readonly T[]) =>
        rows.filter((row) => row.campaign_id === campaign.id)
      const lateness = own(timings).map((task) => latenessOf(task, reports, campaign, today))
      return rowOf(campaign, own(phases), lateness, today)
    }),
    abilities: { create: actor.permissions.has('campaign.manage') },
  }
}

export async function showCampaign(
  handle: Handle,
  actor: Actor,
  id: string,
  asOf: string,
): Promise<Answer<CampaignPage>> {
  const campaign = mayReadCampaigns(actor) ? await repo.findCampaign(handle, id) : null
  if (campaign === null) return { ok: false, refusal: noCampaign(id) }
  return { ok: true, value: await presentCampaign(handle, actor, campaign, asOf) }
}

/** One command on a campaign that stands: decide a question, set dates, start. */
export async function actOnCampaign(
  handle: Handle,
  actor: Actor,
  id: string,
  expectedVersion: number,
  command: Exclude<CampaignCommand, { kind: 'create' | 'close' }>,
  clock: Clock,
): Promise<Answer<CampaignPage>> {
  const loaded = await loadFor(handle, actor, id, expectedVersion, mayManage)
  if (!loaded.ok) return loaded
  const openDuties = command.kind === 'start' ? await listOpenActions(handle, id) : []
  const openFigures = command.kind === 'start' ? await listOpenFigures(handle, id) : []
  const context = { ...contextOf(actor, clock), openDuties, openFigures }
  const decision = decideCampaign(loaded.value.detail, command, context)
  if (!decision.ok) return decision
  await saveOutcome(handle, actor, loaded.value, decision.value, clock)
  return pageOf(handle, actor, id, clock)
}

/** What a hazard's module does for a campaign that closes: carry one hazard over, in the same transaction. */
export type CarryOver = (
  handle: Handle,
  actor: Actor,
  hazardId: string,
  version: number,
  toCampaignId: string,
) => Promise<Answer<unknown>>

export async function closeCampaign(
  handle: Handle,
  actor: Actor,
  command: { readonly id: string; readonly version: number; readonly carryOverTo: string | null },
  carryOver: CarryOver,
  clock: Clock,
): Promise<Answer<{ campaign: CampaignPage; carriedOver: number }>> {
  const loaded = await loadFor(handle, actor, command.id, command.version, mayClose)
  if (!loaded.ok) return loaded
  const open = await repo.openHazardsOf(handle, command.id)
  const drafts = open.filter((hazard) => hazard.state === 'draft')
  const hazards = open.filter((hazard) => hazard.state !== 'draft')
  if (drafts.length > 0) {
    return {
      ok: false,
      refusal: {
        code: 'campaign.drafts-left',
        message: `还有 ${drafts.length} 条隐患是草稿。请先补全登记，或作废，再结束行动。`,
      },
    }
  }
  const moving = hazards.find((hazard) => hazard.state === 'transferring')
  if (moving !== undefined) {
    return {
      ok: false,
      refusal: { code: 'campaign.transfers-pending', message: '还有隐患正在移送，等签收或退回之后再结束行动。' },
    }
  }
  const running = (await repo.listCampaignLines(handle, 'running')).map((campaign) => campaign.id)
  const decision = decideCampaign(
    loaded.value.detail,
    {
      kind: 'close',
      carryOvers: command.carryOverTo === null ? [] : [{ setKey: 'all', toCampaignId: command.carryOverTo }],
    },
    {
      ...contextOf(actor, clock),
      openHazards: hazards.length === 0 ? [] : [{ key: 'all', title: loaded.value.name, count: hazards.length }],
      runningCampaignIds: running,
    },
  )
  if (!decision.ok) return decision
  await saveOutcome(handle, actor, loaded.value, decision.value, clock)
  for (const hazard of hazards) {
    const carried = await carryOver(handle, actor, hazard.id, hazard.version, command.carryOverTo as string)
    if (!carried.ok) return carried
  }
  const page = await pageOf(handle, actor, command.id, clock)
  return page.ok ? { ok: true, value: { campaign: page.value, carriedOver: hazards.length } } : page
}

export async function revisePhases(
  handle: Handle,
  actor: Actor,
  command: {
    readonly id: string
    readonly version: number
    readonly phases: readonly {
      readonly name: string
      readonly startsOn: string | null
      readonly endsOn: string | null
    }[]
  },
  clock: Clock,
): Promise<Answer<CampaignPage>> {
  const loaded = await loadFor(handle, actor, command.id, command.version, mayManage)
  if (!loaded.ok) return loaded
  if (loaded.value.state === 'closed') {
    return { ok: false, refusal: { code: 'campaign.closed', message: '行动已经结束，阶段不能再改。' } }
  }
  const reversed = command.phases.findIndex(
    (phase) => phase.startsOn !== null && phase.endsOn !== null && phase.endsOn < phase.startsOn,
  )
  if (reversed !== -1) {
    return {
      ok: false,
      refusal: {
        code: 'campaign.phase-reversed',
        message: '阶段的结束日期早于开始日期。请改正。',
        path: `phases.${reversed}.endsOn`,
      },
    }
  }
  const before = await repo.listPhases(handle, [command.id])
  await repo.replacePhases(handle, { id: command.id, ...repo.pathsOf(loaded.value) }, command.phases)
  await repo.saveCampaign(handle, { ...loaded.value.detail, version: loaded.value.version + 1 })
  await recordAct(
    handle,
    actor,
    {
      action: 'campaign.revise-phases',
      objectKind: 'campaign',
      objectId: command.id,
      before: { phases: before },
      after: { phases: command.phases },
    },
    clock.now(),
  )
  return pageOf(handle, actor, command.id, clock)
}

export async function loadFor(
  handle: Handle,
  actor: Actor,
  id: string,
  expectedVersion: number,
  allowed: (actor: Actor, campaign: repo.CampaignRecord) => boolean,
): Promise<Answer<repo.CampaignRecord>> {
  const visible = mayReadCampaigns(actor) ? await repo.findCampaign(handle, id) : null
  if (visible === null) return { ok: false, refusal: noCampaign(id) }
  // Below its unit a campaign is seen and not changed: the lock would find no row there.
  if (!allowed(actor, visible)) return { ok: false, refusal: notAllowed('办理这个行动') }
  const campaign = await repo.loadCampaign(handle, id)
  if (campaign === null) return { ok: false, refusal: noCampaign(id) }
  if (campaign.version !== expectedVersion) {
    return {
      ok: false,
      refusal: {
        code: 'campaign.changed-meanwhile',
        message: '这个行动刚被别人改过，您的操作没有保存。请刷新后再办理。',
        current: { version: campaign.version, state: campaign.state },
      },
    }
  }
  return { ok: true, value: campaign }
}

async function saveOutcome(
  handle: Handle,
  actor: Actor,
  before: repo.CampaignRecord,
  outcome: CampaignOutcome,
  clock: Clock,
): Promise<void> {
  await repo.saveCampaign(handle, outcome.next)
  for (const event of outcome.events) {
    await recordAct(
      handle,
      actor,
      {
        action: `campaign.${event.kind}`,
        objectKind: 'campaign',
        objectId: before.id,
        before: {
          state: before.state,
          startsOn: before.starts_on,
          endsOn: before.ends_on,
          countedSectors: before.counted_sectors,
        },
        after: {
          state: outcome.next.status,
          startsOn: outcome.next.startsOn,
          endsOn: outcome.next.endsOn,
          countedSectors: outcome.next.countedSectors,
          sentence: event.sentence,
        },
      },
      clock.now(),
    )
  }
}

export function contextOf(actor: Actor, clock: Clock): CampaignContext {
  return { today: clock.today(), actor: { personId: actor.accountId, name: actor.personName } }
}

export async function pageOf(handle: Handle, actor: Actor, id: string, clock: Clock): Promise<Answer<CampaignPage>> {
  return showCampaign(handle, actor, id, clock.today())
}

export const noCampaign = (id: string) => notFound('行动', { objectKind: 'campaign', objectId: id })
