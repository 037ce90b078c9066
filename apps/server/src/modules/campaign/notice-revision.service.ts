/** A corrected version of a campaign's notice: what it changes, and the act that takes over what the officer accepts of it. */
import { v7 as uuidv7 } from 'uuid'
import type { AnswerOf, CampaignPage, compareNotice as compareNoticeRoute } from '@bihuan/contracts'
import {
  campaignFromPlan,
  counterpartOf,
  decideCampaign,
  planChanges,
  planParts,
  revisedPlan,
  revisionHold,
  type Plan,
  type PlanChange,
  type Readings,
  type WordChoice,
} from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import { recordAct } from '../../platform/audit/record.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import { notAllowed, notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { countFiled, metricCells } from '../report/index.js'
import { mayManage, mayReadCampaigns } from './campaign.policy.js'
import * as campaigns from './campaign.repo.js'
import { contextOf, loadFor, noCampaign, pageOf } from './campaign.service.js'
import { wordsRead } from './duty.service.js'
import { findReading, noticeOf, setNotice, type NoticeReading } from './notice.repo.js'
import { reviseParts } from './notice-parts.service.js'
import * as repo from './notice-revision.repo.js'
import { taskOf } from './notice-task.js'
import { tellOfNewNotice } from './sending.service.js'
import * as tasks from './task.repo.js'
import { checkChoices, readByOf } from './word.service.js'

interface Correcting {
  readonly readings: Readings
  readonly corrected: NoticeReading
  readonly correctsFileId: string | null
  readonly changes: readonly (PlanChange & { readonly hold: string | null })[]
}

/** Reading against reading: what officers put right since is not what the notice changed. What was misread of the corrected one they put right first. */
async function correctingOf(
  handle: Handle,
  campaign: campaigns.CampaignRecord,
  { noticeFileId, plan }: Pick<ApplyNotice, 'noticeFileId' | 'plan'>,
): Promise<Answer<Correcting>> {
  const corrected = await findReading(handle, noticeFileId)
  if (corrected === null) {
    const refusal = notFound('通知', { objectKind: 'file', objectId: noticeFileId })
    return { ok: false, refusal: { ...refusal, path: 'noticeFileId' } }
  }
  const correctsFileId = await noticeOf(handle, campaign.id)
  const former = correctsFileId === null ? null : await findReading(handle, correctsFileId)
  const readings = { before: former?.plan ?? campaign.plan, after: plan ?? corrected.plan }
  const holdOf = await holdsOn(handle, campaign, readings.before)
  const changes = planChanges(readings.before, readings.after).map((change) => ({ ...change, hold: holdOf(change) }))
  return { ok: true, value: { readings, corrected, correctsFileId, changes } }
}

async function holdsOn(handle: Handle, campaign: campaigns.CampaignRecord, before: Plan) {
  const rows = await tasks.listTasks(handle, campaign.id)
  const reports = await tasks.listTaskReports(handle, [campaign.id])
  const filed = await countFiled(handle, campaign.id)
  return (change: PlanChange): string | null => {
    const task = change.part === 'task' ? planParts.task.entries(before)[change.was ?? -1] : undefined
    const report = change.part === 'report' ? before.reports[change.was ?? -1] : undefined
    const row = task === undefined ? undefined : rows[counterpartOf('task', rows.map(taskOf), task)]
    const at = report === undefined ? -1 : counterpartOf('report', campaign.plan.reports, report)
    return revisionHold(change, {
      reports: reports.filter(({ task_id, withdraws }) => task_id === row?.id && withdraws === null).length,
      filed: filed.get(at) ?? 0,
    })
  }
}

export async function compareNotice(
  handle: Handle,
  actor: Actor,
  command: Pick<ApplyNotice, 'id' | 'noticeFileId' | 'plan' | 'choices'>,
): Promise<Answer<AnswerOf<typeof compareNoticeRoute>>> {
  const campaign = mayReadCampaigns(actor) ? await campaigns.findCampaign(handle, command.id) : null
  if (campaign === null) return { ok: false, refusal: noCampaign(command.id) }
  if (!mayManage(actor, campaign)) return { ok: false, refusal: notAllowed('办理这个行动') }
  const found = await correctingOf(handle, campaign, command)
  if (!found.ok) return found
  const { readings, changes } = found.value
  const { unit_id: unitId, bound_path: boundPath } = campaign
  const by = await readByOf(handle, { unitId, boundPath, choices: command.choices })
  return {
    ok: true,
    value: {
      changes: structuredClone(changes) as unknown as AnswerOf<typeof compareNoticeRoute>['changes'],
      words: await wordsRead(handle, newIn(readings, changes), by),
      tables: changes.flatMap(({ part, is }) => {
        const table = part === 'table' ? planParts.table.entries(readings.after)[is ?? -1] : undefined
        return table === undefined ? [] : [{ title: table.title, cells: metricCells(table, by.choices) }]
      }),
      version: campaign.version,
    },
  }
}

/** Of the corrected reading only the duties, tasks and reports that are new or changed. */
function newIn({ after }: Readings, changes: readonly PlanChange[]): Plan {
  const touched = (part: PlanChange['part']) =>
    new Set(changes.flatMap((change) => (change.part === part && change.is !== null ? [change.is] : [])))
  const [duties, reports, rows] = [touched('duty'), touched('report'), touched('task')]
  const list = planParts.task.entries(after).filter((_, at) => rows.has(at))
  return {
    ...after,
    duties: after.duties.filter((_, at) => duties.has(at)),
    reports: after.reports.filter((_, at) => reports.has(at)),
    annexes: [{ ordinal: 1, title: '', kind: 'task-list', tasks: list }],
  }
}

export interface ApplyNotice {
  readonly id: string
  readonly version: number
  readonly noticeFileId: string
  /** Its reading as it was put right; null: as it was read. */
  readonly plan: Plan | null
  readonly accepted: readonly string[]
  readonly reason: string
  readonly choices: readonly WordChoice[]
}

export async function applyNotice(
  handle: Handle,
  actor: Actor,
  command: ApplyNotice,
  clock: Clock,
): Promise<Answer<CampaignPage>> {
  const loaded = await loadFor(handle, actor, command.id, command.version, mayManage)
  if (!loaded.ok) return loaded
  const campaign = loaded.value
  const found = await correctingOf(handle, campaign, command)
  if (!found.ok) return found
  const { readings, corrected, correctsFileId, changes } = found.value
  if (correctsFileId === command.noticeFileId)
    return refuse('campaign.notice-same', '这份通知已经是行动所依据的，没有要应用的。', 'noticeFileId')
  const strange = command.accepted.findIndex((key) => !changes.some((change) => change.key === key))
  if (strange !== -1) return refuse('campaign.change-unknown', '改动已有变化，请重新比对。', `accepted.${strange}`)
  const accepted = changes.filter(({ key }) => command.accepted.includes(key))
  const held = accepted.find(({ hold }) => hold !== null)
  if (held !== undefined)
    return refuse('campaign.change-held', held.hold ?? '', `accepted.${command.accepted.indexOf(held.key)}`)
  const checked = await checkChoices(handle, command.choices)
  if (!checked.ok) return checked
  const plan = revisedPlan(campaign.plan, readings, accepted)
  const draft = campaignFromPlan(plan, { today: clock.today() })
  if (!draft.ok) return draft
  const { startsOn, endsOn } = datesOf(campaign, plan, accepted)
  const { questions } = draft.value
  const decision = decideCampaign(
    campaign.detail,
    { kind: 'revise', startsOn, endsOn, questions, reason: command.reason },
    contextOf(actor, clock),
  )
  if (!decision.ok) return decision
  const parts = await reviseParts(
    handle,
    actor,
    { campaign, plan, readings, accepted, text: corrected.words, choices: command.choices },
    () => repo.saveRevision(handle, { id: campaign.id, plan, campaign: decision.value.next }),
    clock,
  )
  if (!parts.ok) return parts
  await setNotice(handle, campaign.id, command.noticeFileId)
  await tellOfNewNotice(handle, campaign, clock)
  const now = clock.now()
  const kept = changes.map(({ hold: _, ...change }) => ({
    ...change,
    applied: command.accepted.includes(change.key),
  }))
  const entryId = await recordAct(
    handle,
    actor,
    {
      action: 'campaign.apply-notice',
      objectKind: 'campaign',
      objectId: campaign.id,
      before: { plan: campaign.plan, noticeFileId: correctsFileId },
      after: {
        plan,
        noticeFileId: command.noticeFileId,
        ...(command.plan === null ? {} : { readingPutRight: command.plan }),
        reason: command.reason,
        changes: kept,
      },
    },
    now,
  )
  const { accountId, personName } = actor
  await repo.insertCorrection(handle, {
    ...campaigns.pathsOf(campaign),
    id: uuidv7(),
    campaignId: campaign.id,
    fileId: command.noticeFileId,
    name: corrected.name,
    correctsFileId,
    changes: kept,
    ...{ reason: command.reason, accountId, personName, entryId, now },
  })
  return pageOf(handle, actor, campaign.id, clock)
}

/** Dates that somebody set by hand hold, unless the notice changed them and that was accepted. */
function datesOf(campaign: campaigns.CampaignRecord, plan: Plan, accepted: readonly PlanChange[]) {
  const changed = new Set(
    accepted.filter(({ part }) => part === 'basics').flatMap(({ fields }) => fields.map((f) => f.name)),
  )
  return {
    startsOn: changed.has('startsOn') ? plan.campaign.startsOn : campaign.starts_on,
    endsOn: changed.has('endsOn') ? plan.campaign.endsOn : campaign.ends_on,
  }
}

function refuse(code: string, message: string, path: string): Answer<never> {
  return { ok: false, refusal: { code, message, path } }
}
