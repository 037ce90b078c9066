import type { CampaignPage, CampaignRow, FileView, TaskView } from '@bihuan/contracts'
import {
  maskMail,
  maskPhone,
  phasesAsOf,
  planPartLabel,
  taskLateness,
  taskSource,
  type Plan,
  type PlanPhase,
  type TaskLateness,
} from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import { openRecords } from '../../platform/db/opened.js'
import type { Handle } from '../../platform/db/scope.js'
import { fileViewOf, findFiles } from '../document/index.js'
import { findUnits } from '../organization/index.js'
import { listTableRows, openCells } from '../report/index.js'
import { mayClose, mayManage, mayUpdateTask } from './campaign.policy.js'
import * as repo from './campaign.repo.js'
import { dutyViews } from './duty.service.js'
import { listCorrections } from './notice-revision.repo.js'
import { ownReceipts } from './receipt.present.js'
import { mayMakePlans, mayReadReceivers, maySendOut, mayStandUnder } from './sending.policy.js'
import * as tasks from './task.repo.js'

export function rowOf(
  campaign: repo.CampaignLine,
  phases: readonly repo.PhaseRow[],
  lateness: readonly TaskLateness[],
  asOf: string,
): CampaignRow {
  const current = phasesAsOf(phases.map(phaseOf), campaign.starts_on, asOf).find((phase) => phase.state === 'current')
  return {
    id: campaign.id,
    name: campaign.name,
    title: campaign.title,
    issuer: campaign.issuer,
    docNo: campaign.doc_no,
    unitId: campaign.unit_id,
    unitName: campaign.unit_name,
    parentId: campaign.parent_id,
    startsOn: campaign.starts_on,
    endsOn: campaign.ends_on,
    state: campaign.state,
    phase: campaign.state === 'running' ? (current?.name ?? null) : null,
    tasks: {
      total: lateness.length,
      late: lateness.filter(({ state }) => state === 'late').length,
      dueSoon: lateness.filter(({ state }) => state === 'due-soon').length,
    },
    version: campaign.version,
  }
}

function phaseOf(row: repo.PhaseRow): PlanPhase {
  return { ordinal: row.ordinal, name: row.name, startsOn: row.starts_on, endsOn: row.ends_on }
}

export async function presentCampaign(
  handle: Handle,
  actor: Actor,
  campaign: repo.CampaignRecord,
  asOf: string,
): Promise<CampaignPage> {
  const phases = await repo.listPhases(handle, [campaign.id])
  const taskRows = await tasks.listTasks(handle, campaign.id)
  const updates = await tasks.listTaskUpdates(handle, campaign.id)
  const reports = await tasks.listTaskReports(handle, [campaign.id])
  const lateness = new Map(taskRows.map((task) => [task.id, latenessOf(task, reports, campaign, asOf)]))
  const named = await findUnits(handle, [...new Set(taskRows.flatMap((task) => task.responsible_unit_ids))])
  const files = await filesOf(handle, updates)
  const parent = campaign.parent_id === null ? null : await repo.findCampaign(handle, campaign.parent_id)
  const targets = await repo.listTargets(handle, campaign.id)
  const tables = await listTableRows(handle, campaign.id)
  // A campaign under another one fills the tables of that one too.
  const inherited = parent === null ? [] : await listTableRows(handle, parent.id)
  const ledgers = await repo.listLedgerForms(handle, campaign.id)
  const own = campaign.state === 'closed' ? [] : await findUnits(handle, actor.reach.parties)
  const below = await repo.listBelow(handle, campaign.id)
  const under = own.find((unit) => mayStandUnder(actor, campaign, unit) && !below.some((one) => one.unitId === unit.id))
  const manage = mayManage(actor, campaign)
  const closes = mayClose(actor, campaign)
  return {
    ...rowOf(campaign, phases, [...lateness.values()], asOf),
    parent: parent === null ? null : { id: parent.id, name: parent.name },
    receipts: await ownReceipts(handle, actor, campaign.id, asOf),
    below,
    mayStandUnder: under === undefined ? null : { id: under.id, name: under.name },
    noticeFileId: campaign.notice_file_id,
    sectors: campaign.sectors,
    countedSectors: campaign.counted_sectors,
    plan: planShown(campaign.plan, actor),
    questions: campaign.detail.questions.map((question) => {
      const last = campaign.detail.decisions.filter((one) => one.key === question.key).at(-1)
      return {
        ...question,
        quotes: [...question.quotes],
        decision: last === undefined ? null : { chosen: last.chosen, reason: last.reason, decidedOn: last.decidedOn },
      }
    }),
    phases: [...phasesAsOf(phases.map(phaseOf), campaign.starts_on, asOf)],
    tasks: taskRows.map((task) => taskOf(task, { updates, files, named, lateness }, campaign, actor)),
    duties: await dutyViews(handle, campaign.id),
    corrections: (await listCorrections(handle, campaign.id)).map((one) => ({
      id: one.id,
      name: one.name,
      reason: one.reason,
      personName: one.person_name,
      recordedAt: one.recorded_at.toISOString(),
      changes: one.changes.map(({ part, kind, title, applied }) => ({
        part: planPartLabel(part),
        kind,
        title,
        applied,
      })),
    })),
    targets: targets.map((target) => ({
      id: target.id,
      name: target.name,
      type: target.type,
      enterpriseId: target.enterprise_id,
    })),
    tables: [...tables, ...inherited].map((table) => ({
      id: table.id,
      title: table.title,
      version: table.version,
      from: table.campaign_id === campaign.id ? null : table.campaign_name,
      open: table.campaign_id === campaign.id ? openCells(table.offers) : [],
    })),
    ledgers: ledgers.map((ledger) => ({ id: ledger.id, title: ledger.title, columns: [...ledger.form.columns] })),
    openHazards: closes && campaign.state === 'running' ? await repo.countOpenHazards(handle, campaign.id) : null,
    asOf,
    abilities: {
      manage: manage && campaign.state !== 'closed',
      start: manage && campaign.state === 'preparing',
      close: closes && campaign.state === 'running',
      design: manage && campaign.state !== 'closed' && actor.permissions.has('table.design'),
      import: actor.permissions.has('hazard.import') && campaign.state === 'running',
      'send-out': maySendOut(actor, campaign) && campaign.state === 'running',
      receivers: mayReadReceivers(actor),
      confirm: actor.permissions.has('campaign.confirm') && campaign.state === 'running',
      'own-plan': mayMakePlans(actor) && campaign.state === 'running',
    },
  }
}

interface AroundTasks {
  readonly updates: readonly tasks.TaskUpdateRow[]
  readonly files: ReadonlyMap<string, FileView>
  readonly named: readonly { readonly id: string; readonly name: string }[]
  readonly lateness: ReadonlyMap<string, TaskLateness>
}

/** By all reports on the task, whoever may read them. */
export function latenessOf(
  task: Pick<tasks.TaskRow, 'id' | 'due' | 'frequency'>,
  reports: readonly tasks.TaskReport[],
  campaign: repo.CampaignLine,
  asOf: string,
): TaskLateness {
  const own = reports.filter((report) => report.task_id === task.id)
  const withdrawn = new Set(own.flatMap((report) => (report.withdraws === null ? [] : [report.withdraws])))
  const standing = own.filter((report) => report.withdraws === null && !withdrawn.has(report.id))
  return taskLateness(
    { due: task.due, frequency: task.frequency, startsOn: campaign.starts_on ?? asOf, endsOn: campaign.ends_on },
    standing.map((report) => ({ doneOn: report.finishes ? report.done_on : null })),
    asOf,
  )
}

async function filesOf(handle: Handle, updates: readonly tasks.TaskUpdateRow[]): Promise<Map<string, FileView>> {
  const ids = updates.flatMap((update) => update.file_ids)
  await openRecords(handle, ids)
  const rows = await findFiles(handle, ids)
  await openRecords(handle, [])
  return new Map(rows.map((row) => [row.id, fileViewOf(row)]))
}

/** Telephones and mail addresses of the plan's contacts are masked for those who have no use for them. */
function planShown(plan: Plan, actor: Actor): CampaignPage['plan'] {
  const shown = structuredClone(plan) as unknown as CampaignPage['plan']
  if (actor.permissions.has('personal-data.reveal')) return shown
  return {
    ...shown,
    contacts: shown.contacts.map((contact) => ({
      ...contact,
      phone: contact.phone === null ? null : maskPhone(contact.phone),
      mail: contact.mail === null ? null : maskMail(contact.mail),
    })),
  }
}

function taskOf(task: tasks.TaskRow, around: AroundTasks, campaign: repo.CampaignRecord, actor: Actor): TaskView {
  const own = around.updates.filter((update) => update.task_id === task.id)
  const withdrawn = new Set(own.flatMap((update) => (update.withdraws === null ? [] : [update.withdraws])))
  const lateness = around.lateness.get(task.id) ?? { state: 'open', lateSince: null, nextDue: null, missedPeriods: [] }
  return {
    id: task.id,
    ordinal: task.ordinal,
    area: task.area,
    task: task.task,
    requirement: task.requirement,
    responsible: task.responsible,
    responsibleUnitIds: task.responsible_unit_ids,
    responsibleUnits: around.named
      .filter(({ id }) => task.responsible_unit_ids.includes(id))
      .map(({ id, name }) => ({ id, name })),
    frequency: task.frequency === null ? null : { ...task.frequency },
    quota: task.quota === null ? null : { ...task.quota },
    dueText: task.due_text,
    due: structuredClone(task.due) as TaskView['due'],
    source: campaign.notice_file_id === null ? null : taskSource(campaign.plan, task),
    version: task.version,
    lateness: { ...lateness, missedPeriods: lateness.missedPeriods.map((period) => ({ ...period })) },
    updates: own
      .filter((update) => update.withdraws === null)
      .map((update) => ({
        id: update.id,
        doneOn: update.done_on,
        finishes: update.finishes,
        note: update.note,
        files: update.file_ids.flatMap((id) => around.files.get(id) ?? []),
        personName: update.person_name,
        unitName: update.unit_name,
        recordedAt: update.recorded_at.toISOString(),
        withdrawn: withdrawn.has(update.id),
      })),
    abilities: {
      update: campaign.state === 'running' && mayUpdateTask(actor, campaign, task),
      change: mayManage(actor, campaign) && campaign.state !== 'closed',
    },
  }
}
