/** Tasks of a campaign: added, changed, and reported on with evidence. A report is never changed; a wrong one is withdrawn. */
import { v7 as uuidv7 } from 'uuid'
import type { CampaignPage, TaskInput } from '@bihuan/contracts'
import type { Actor } from '../../platform/actor.js'
import { recordAct } from '../../platform/audit/record.js'
import type { Clock } from '../../platform/clock.js'
import { openRecords } from '../../platform/db/opened.js'
import type { Handle } from '../../platform/db/scope.js'
import { notAllowed, notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { fileToGive, findFiles } from '../document/index.js'
import { findUnit, findUnits } from '../organization/index.js'
import { mayManage, mayReadCampaigns, mayUpdateTask } from './campaign.policy.js'
import * as campaigns from './campaign.repo.js'
import { noCampaign, pageOf } from './campaign.service.js'
import * as repo from './task.repo.js'

export async function addTask(
  handle: Handle,
  actor: Actor,
  campaignId: string,
  input: TaskInput,
  clock: Clock,
): Promise<Answer<CampaignPage>> {
  const campaign = await manageable(handle, actor, campaignId)
  if (!campaign.ok) return campaign
  const strange = await strangeUnit(handle, input)
  if (strange !== null) return strange
  const id = uuidv7()
  const last = (await repo.listTasks(handle, campaignId)).at(-1)
  await repo.insertTask(handle, {
    ...input,
    id,
    campaignId,
    ...campaigns.pathsOf(campaign.value),
    ordinal: (last?.ordinal ?? 0) + 1,
  })
  await recordAct(
    handle,
    actor,
    { action: 'task.add', objectKind: 'task', objectId: id, after: { campaignId, ...input } },
    clock.now(),
  )
  return pageOf(handle, actor, campaignId, clock)
}

export async function changeTask(
  handle: Handle,
  actor: Actor,
  command: {
    readonly campaignId: string
    readonly taskId: string
    readonly version: number
    readonly input: TaskInput
  },
  clock: Clock,
): Promise<Answer<CampaignPage>> {
  const campaign = await manageable(handle, actor, command.campaignId)
  if (!campaign.ok) return campaign
  const before = await repo.findTask(handle, command.campaignId, command.taskId)
  if (before === null) return { ok: false, refusal: noTask(command.taskId) }
  const strange = await strangeUnit(handle, command.input)
  if (strange !== null) return strange
  if (!(await repo.saveTask(handle, command.taskId, command.version, command.input))) {
    return {
      ok: false,
      refusal: { code: 'task.changed-meanwhile', message: '这条任务刚被别人改过，您的修改没有保存。请刷新后再改。' },
    }
  }
  await recordAct(
    handle,
    actor,
    { action: 'task.change', objectKind: 'task', objectId: command.taskId, before, after: command.input },
    clock.now(),
  )
  return pageOf(handle, actor, command.campaignId, clock)
}

export interface UpdateTask {
  readonly campaignId: string
  readonly taskId: string
  readonly doneOn: string
  readonly finishes: boolean
  readonly note: string
  readonly fileIds: readonly string[]
  readonly withdraws: string | null
}

export async function updateTask(
  handle: Handle,
  actor: Actor,
  command: UpdateTask,
  clock: Clock,
): Promise<Answer<CampaignPage>> {
  const campaign = mayReadCampaigns(actor) ? await campaigns.findCampaign(handle, command.campaignId) : null
  const task = campaign === null ? null : await repo.findTask(handle, command.campaignId, command.taskId)
  if (campaign === null || task === null) return { ok: false, refusal: noTask(command.taskId) }
  if (!mayUpdateTask(actor, campaign, task)) return { ok: false, refusal: notAllowed('填报这条任务，它由别的单位负责') }
  if (campaign.state !== 'running') return refuse('task.campaign-not-running', '行动不在进行中，不能填报任务。')
  if (command.doneOn > clock.today()) return refuse('task.done-in-future', '完成日期不能晚于今天。请改正。', 'doneOn')
  if (command.withdraws !== null) {
    const updates = (await repo.listTaskUpdates(handle, command.campaignId)).filter(
      (update) => update.task_id === task.id,
    )
    const named = updates.find((update) => update.id === command.withdraws && update.withdraws === null)
    if (named === undefined) {
      return { ok: false, refusal: notFound('填报记录', { objectKind: 'task-update', objectId: command.withdraws }) }
    }
    if (!mayManage(actor, campaign) && !actor.reach.parties.includes(named.unit_id)) {
      return { ok: false, refusal: notAllowed('撤回别的单位的填报') }
    }
    if (updates.some((update) => update.withdraws === command.withdraws)) {
      return refuse('task.withdrawn-already', '这条填报已经撤回过了。')
    }
  }
  const strange = await unseenFile(handle, command.fileIds)
  if (strange !== null)
    return {
      ok: false,
      refusal: { ...notFound('证明材料', { objectKind: 'file', objectId: strange }), path: 'fileIds' },
    }
  const unit = await findUnit(handle, actor.unitId)
  if (unit === null) return { ok: false, refusal: notFound('单位') }
  const now = clock.now()
  const id = uuidv7()
  const entryId = await recordAct(
    handle,
    actor,
    {
      action: command.withdraws === null ? 'task.update' : 'task.withdraw',
      objectKind: 'task',
      objectId: task.id,
      after: { id, ...command },
    },
    now,
  )
  await repo.insertTaskUpdate(handle, {
    ...command,
    id,
    territoryPath: unit.territory_path,
    linePath: unit.line_path,
    parties: [...new Set([actor.unitId, campaign.unit_id, ...task.responsible_unit_ids])],
    accountId: actor.accountId,
    personName: actor.personName,
    unitId: actor.unitId,
    entryId,
    now,
  })
  return pageOf(handle, actor, command.campaignId, clock)
}

async function manageable(handle: Handle, actor: Actor, campaignId: string): Promise<Answer<campaigns.CampaignRecord>> {
  const campaign = mayReadCampaigns(actor) ? await campaigns.findCampaign(handle, campaignId) : null
  if (campaign === null) return { ok: false, refusal: noCampaign(campaignId) }
  if (!mayManage(actor, campaign)) return { ok: false, refusal: notAllowed('修改这个行动的任务') }
  if (campaign.state === 'closed') return refuse('task.campaign-closed', '行动已经结束，任务不能再改。')
  return { ok: true, value: campaign }
}

/** Evidence is what the actor can see: a file named by an id from elsewhere would be opened to everybody who sees the task. */
async function unseenFile(handle: Handle, fileIds: readonly string[]): Promise<string | null> {
  const seen = new Set((await findFiles(handle, fileIds)).map((file) => file.id))
  return fileIds.find((id) => !seen.has(id)) ?? null
}

/** A paper attached to a report that the asker may see. */
export async function taskFile(
  handle: Handle,
  actor: Actor,
  asked: { campaignId: string; taskId: string; fileId: string },
) {
  const updates = mayReadCampaigns(actor) ? await repo.listTaskUpdates(handle, asked.campaignId) : []
  const mentioned = updates.some((update) => update.task_id === asked.taskId && update.file_ids.includes(asked.fileId))
  if (!mentioned)
    return { ok: false as const, refusal: notFound('证明材料', { objectKind: 'file', objectId: asked.fileId }) }
  await openRecords(handle, [asked.fileId])
  return fileToGive(handle, asked.fileId)
}

async function strangeUnit(handle: Handle, input: TaskInput): Promise<Answer<never> | null> {
  const known = new Set((await findUnits(handle, [...new Set(input.responsibleUnitIds)])).map((unit) => unit.id))
  const strange = input.responsibleUnitIds.find((id) => !known.has(id))
  if (strange === undefined) return null
  const refusal = notFound('责任单位', { objectKind: 'unit', objectId: strange })
  return { ok: false, refusal: { ...refusal, path: 'responsibleUnitIds' } }
}

const noTask = (id: string) => notFound('任务', { objectKind: 'task', objectId: id })

function refuse(code: string, message: string, path?: string): Answer<never> {
  return { ok: false, refusal: path === undefined ? { code, message } : { code, message, path } }
}
