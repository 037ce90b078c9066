/** A campaign is made of a plan, with all that the plan orders; and what would be made of it, before it is. */
import { v7 as uuidv7 } from 'uuid'
import type { CampaignPage, PlanCheck } from '@bihuan/contracts'
import {
  campaignFromPlan,
  decideCampaign,
  governsTerritory,
  readUnits,
  unitsMeant,
  type Campaign,
  type CampaignDraft,
  type CampaignEvent,
  type Plan,
  type QuestionDecision,
  type WordChoice,
} from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import { recordAct } from '../../platform/audit/record.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import { notAllowed, notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { findUnit, unitsDownTo, type UnitRow } from '../organization/index.js'
import { addTable, bindingOf } from '../report/index.js'
import { mayManage } from './campaign.policy.js'
import * as repo from './campaign.repo.js'
import { contextOf, pageOf } from './campaign.service.js'
import { addDuties, wordsRead } from './duty.service.js'
import { findReading, setNotice } from './notice.repo.js'
import * as tasks from './task.repo.js'
import { readByOf, type ReadHere } from './word.service.js'

export interface CreateCampaign {
  readonly unitId: string
  readonly parentId: string | null
  readonly plan: Plan
  /** The notice that it was read from, as it was uploaded. */
  readonly noticeFileId?: string | null
  /** What words of its duties mean. */
  readonly choices?: readonly WordChoice[]
  /** Of its questions, those that are decided already. */
  readonly decisions?: readonly QuestionDecision[]
}

export interface CheckPlan {
  readonly plan: Plan
  readonly unitId: string | null
  readonly choices: readonly WordChoice[]
}

/** What a plan would make, before anything is made: its questions, what fills its tables, and which units it names are known. */
export async function checkPlan(
  handle: Handle,
  actor: Actor,
  { plan, unitId, choices }: CheckPlan,
  clock: Clock,
): Promise<Answer<PlanCheck>> {
  if (!actor.permissions.has('campaign.manage')) return { ok: false, refusal: notAllowed('建立行动') }
  const draft = campaignFromPlan(plan, { today: clock.today() })
  if (!draft.ok) return { ok: false, refusal: prefixed(draft.refusal) }
  const words = [...new Set(draft.value.taskLists.flatMap((list) => list.tasks.flatMap((task) => task.responsible)))]
  const unit = unitId === null ? null : await findUnit(handle, unitId)
  const boundPath = unit === null ? null : await boundPathOf(handle, unit)
  const by = await readByOf(handle, { unitId: unit?.id ?? null, boundPath, choices })
  return {
    ok: true,
    value: {
      questions: draft.value.questions.map((question) => ({ ...question, quotes: [...question.quotes] })),
      tables: plan.annexes.flatMap((annex) => (annex.kind === 'metric-table' ? [bindingOf(annex, by.choices)] : [])),
      units: words.map((word) => ({ word, known: responsibleIds([word], by, boundPath ?? '/').length > 0 })),
      words: await wordsRead(handle, plan, by),
    },
  }
}

/** The campaign with all that its plan orders: phases, tasks, targets, tables, ledgers. What is doubtful stays a question. */
export async function createCampaign(
  handle: Handle,
  actor: Actor,
  command: CreateCampaign,
  clock: Clock,
): Promise<Answer<CampaignPage>> {
  const unit = await findUnit(handle, command.unitId)
  if (unit === null)
    return {
      ok: false,
      refusal: { ...notFound('单位', { objectKind: 'unit', objectId: command.unitId }), path: 'unitId' },
    }
  if (!mayManage(actor, unit)) return { ok: false, refusal: notAllowed('为这个单位建立行动') }
  if (command.parentId !== null) {
    const parent = await repo.findCampaign(handle, command.parentId)
    if (parent === null) {
      const refusal = notFound('上级行动', { objectKind: 'campaign', objectId: command.parentId })
      return { ok: false, refusal: { ...refusal, path: 'parentId' } }
    }
    if (!unit.territory_path.startsWith(parent.bound_path))
      return { ok: false, refusal: notBound(parent.name, unit.name) }
  }
  const draft = campaignFromPlan(command.plan, { today: clock.today() })
  if (!draft.ok) return { ok: false, refusal: prefixed(draft.refusal) }
  const { name, startsOn, endsOn, questions } = draft.value
  const decision = decideCampaign(
    null,
    { kind: 'create', unitId: unit.id, name, startsOn, endsOn, questions },
    { ...contextOf(actor, clock), identity: { id: uuidv7() } },
  )
  if (!decision.ok) return decision
  let campaign = decision.value.next
  const decided: CampaignEvent[] = []
  for (const [at, one] of (command.decisions ?? []).entries()) {
    const next = decideCampaign(campaign, { kind: 'decide-question', ...one }, contextOf(actor, clock))
    if (!next.ok) return { ok: false, refusal: { ...next.refusal, path: `decisions.${at}` } }
    campaign = next.value.next
    decided.push(...next.value.events)
  }
  const paths = { territoryPath: unit.territory_path, boundPath: await boundPathOf(handle, unit) }
  const now = clock.now()
  await repo.insertCampaign(handle, {
    campaign,
    paths,
    parentId: command.parentId,
    plan: command.plan,
    now,
  })
  let text: string | null = null
  if (command.noticeFileId !== null && command.noticeFileId !== undefined) {
    const reading = await findReading(handle, command.noticeFileId)
    if (reading === null) {
      const refusal = notFound('通知', { objectKind: 'file', objectId: command.noticeFileId })
      return { ok: false, refusal: { ...refusal, path: 'noticeFileId' } }
    }
    await setNotice(handle, campaign.id, command.noticeFileId)
    text = reading.words
  }
  await repo.replacePhases(handle, { id: campaign.id, ...paths }, draft.value.phases)
  const { plan, choices = [] } = command
  const by = await readByOf(handle, { unitId: unit.id, boundPath: paths.boundPath, choices })
  await addTasks(handle, campaign, paths, draft.value, by)
  await addTargets(handle, campaign, paths, draft.value)
  for (const [ordinal, annex] of command.plan.annexes.entries()) {
    if (annex.kind === 'metric-table')
      await addTable(handle, { campaignId: campaign.id, ...paths, ordinal, form: annex, choices: by.choices })
    if (annex.kind === 'ledger') {
      await repo.insertLedgerForm(handle, {
        id: uuidv7(),
        campaignId: campaign.id,
        ...paths,
        ordinal,
        form: annex,
      })
    }
  }
  await recordAct(
    handle,
    actor,
    {
      action: 'campaign.create',
      objectKind: 'campaign',
      objectId: campaign.id,
      after: { campaign, plan: command.plan, noticeFileId: command.noticeFileId ?? null },
    },
    now,
  )
  for (const { kind, sentence } of decided) {
    const act = { action: `campaign.${kind}`, objectKind: 'campaign', objectId: campaign.id, after: { sentence } }
    await recordAct(handle, actor, act, now)
  }
  const duties = { campaignId: campaign.id, unitId: unit.id, paths, plan, text, choices }
  const added = await addDuties(handle, actor, duties, clock)
  return added.ok ? pageOf(handle, actor, campaign.id, clock) : added
}

/** A district's campaign does not stand under a town's. */
function notBound(parent: string, unit: string) {
  const message = `“${parent}”不约束${unit}，不能作它的上级行动。请另选上级行动，或者不选。`
  return { code: 'campaign.parent-elsewhere', message, path: 'parentId' }
}

/** A department's notice goes to the towns and enterprises of the territory that it works in; a town's to those in the town. */
export async function boundPathOf(handle: Handle, unit: UnitRow): Promise<string> {
  if (governsTerritory(unit.kind) || unit.kind === 'enterprise') return unit.territory_path
  const territories = (await unitsDownTo(handle, unit.territory_path)).filter(({ kind }) => governsTerritory(kind))
  return territories.at(-1)?.territory_path ?? unit.territory_path
}

async function addTasks(
  handle: Handle,
  campaign: Campaign,
  paths: repo.CampaignPaths,
  draft: CampaignDraft,
  by: ReadHere,
): Promise<void> {
  let ordinal = 0
  for (const list of draft.taskLists) {
    for (const task of list.tasks) {
      ordinal += 1
      await tasks.insertTask(handle, {
        ...task,
        id: uuidv7(),
        campaignId: campaign.id,
        ...paths,
        ordinal,
        responsibleUnitIds: responsibleIds(task.responsible, by, paths.boundPath),
      })
    }
  }
}

/** Words that mean no unit here, or one of several, stay words; the campaign's page lets the officer choose. */
export function responsibleIds(words: readonly string[], by: ReadHere, boundPath: string): readonly string[] {
  const ids = words.flatMap((word) => {
    const { meaning } = readUnits(word, by)
    return meaning === null ? [] : unitsMeant(meaning, by.units, boundPath)
  })
  return [...new Set(ids)]
}

async function addTargets(
  handle: Handle,
  campaign: Campaign,
  paths: repo.CampaignPaths,
  draft: CampaignDraft,
): Promise<void> {
  const known = await repo.enterprisesNamed(
    handle,
    draft.targets.map((target) => target.name),
  )
  for (const [index, target] of draft.targets.entries()) {
    await repo.insertTarget(handle, {
      id: uuidv7(),
      campaignId: campaign.id,
      ...paths,
      ordinal: index + 1,
      name: target.name,
      type: target.type,
      enterpriseId: known.get(target.name) ?? null,
    })
  }
}

function prefixed<R extends { readonly path?: string }>(refusal: R): R {
  return refusal.path === undefined ? refusal : { ...refusal, path: `plan.${refusal.path}` }
}
