/** What the running campaigns ask of one unit now: its tasks that are late or due soon, and the tables to fill. */
import type { Workbench } from '@bihuan/contracts'
import { addDays } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import { listTableRows } from '../report/index.js'
import { mayReadCampaigns, mayUpdateTask } from './campaign.policy.js'
import { latenessOf } from './campaign.present.js'
import * as campaigns from './campaign.repo.js'
import { listCampaigns } from './campaign.service.js'
import { listToConfirm } from './sending.repo.js'
import * as repo from './task.repo.js'

type CampaignWork = NonNullable<Workbench['campaigns']>

const shownTasks = 8
const shownCampaigns = 6

/** Null for whom no running campaign binds. */
export async function taskWork(handle: Handle, actor: Actor, clock: Clock): Promise<CampaignWork | null> {
  if (!mayReadCampaigns(actor)) return null
  const { items } = await listCampaigns(handle, actor, 'running', clock)
  if (items.length === 0) return null
  const waiting = await waitingTasks(handle, actor, clock.today())
  const shown = items.slice(0, shownCampaigns)
  const tables = actor.permissions.has('table.read') ? await listTableRows(handle, null) : []
  return {
    tasks: waiting.slice(0, shownTasks),
    toConfirm: await waitingConfirmations(handle, actor, clock.today()),
    late: waiting.filter(({ state }) => state === 'late').length,
    dueSoon: waiting.filter(({ state }) => state === 'due-soon').length,
    running: shown.map((campaign) => ({
      id: campaign.id,
      name: campaign.name,
      unitName: campaign.unitName,
      phase: campaign.phase,
      endsOn: campaign.endsOn,
      tasks: campaign.tasks,
      tables: tables.flatMap(({ id, title, campaign_id }) => (campaign_id === campaign.id ? [{ id, title }] : [])),
    })),
    runningInAll: items.length,
  }
}

async function waitingConfirmations(handle: Handle, actor: Actor, today: string): Promise<CampaignWork['toConfirm']> {
  if (!actor.permissions.has('campaign.confirm')) return []
  const rows = await listToConfirm(handle, actor.reach.parties, today)
  return rows.map((row) => ({
    campaignId: row.campaign_id,
    campaignName: row.campaign_name,
    unitId: row.unit_id,
    unitName: row.unit_name ?? '',
    issuer: row.issuer,
    sentAt: row.sent_at.toISOString(),
    isAgain: row.state === 'outdated',
  }))
}

/** The longest late first, then what is due next. */
async function waitingTasks(handle: Handle, actor: Actor, today: string): Promise<CampaignWork['tasks']> {
  const running = new Map((await campaigns.listCampaignLines(handle, 'running')).map((one) => [one.id, one]))
  const ids = [...running.keys()]
  const own = await repo.listTasksOfUnits(handle, ids, actor.reach.parties)
  if (own.length === 0) return []
  const reports = await repo.listTaskReports(handle, ids)
  return own
    .flatMap((task): CampaignWork['tasks'] => {
      const campaign = running.get(task.campaign_id)
      if (campaign === undefined) return []
      const { state, lateSince, nextDue, missedPeriods } = latenessOf(task, reports, campaign, today)
      const due = lateSince === null ? nextDue : addDays(lateSince, -1)
      if ((state !== 'late' && state !== 'due-soon') || due === null) return []
      return [
        {
          id: task.id,
          campaignId: campaign.id,
          campaignName: campaign.name,
          task: task.requirement,
          area: task.area,
          state,
          due,
          missed: missedPeriods.length,
          mayReport: mayUpdateTask(actor, campaign, task),
        },
      ]
    })
    .sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0))
}
