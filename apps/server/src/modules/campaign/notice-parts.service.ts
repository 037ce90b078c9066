/** The parts of a campaign that a corrected notice changes: phases, duties, tasks, targets, tables, ledgers, and the schedules of its reports. */
import { v7 as uuidv7 } from 'uuid'
import {
  counterpartOf,
  dutyRule,
  planParts,
  revisedEntries,
  sentenceOf,
  withFields,
  type DutyRule,
  type Plan,
  type PlanChange,
  type PlanEntries,
  type PlanPartKind,
  type Readings,
  type WordChoice,
} from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import type { Answer } from '../../platform/http/serve.js'
import { addTable, draftsBefore, followReports, reviseTable } from '../report/index.js'
import { deleteTargets, saveLedgerForm, saveTarget } from './campaign-parts.repo.js'
import { responsibleIds } from './campaign-creation.service.js'
import * as campaigns from './campaign.repo.js'
import * as duties from './duty.repo.js'
import { remember } from './duty.service.js'
import * as repo from './notice-revision.repo.js'
import { taskOf } from './notice-task.js'
import * as tasks from './task.repo.js'
import { readByOf, type ReadHere } from './word.service.js'

export interface Revision {
  readonly campaign: campaigns.CampaignRecord
  /** As it stands from now on. */
  readonly plan: Plan
  readonly readings: Readings
  readonly accepted: readonly PlanChange[]
  /** Of the corrected notice. */
  readonly text: string
  readonly choices: readonly WordChoice[]
}

type Done = Answer<null>
const done: Done = { ok: true, value: null }

/** `savePlan` in between: schedules are drafted from the plan that stands, before and after. */
export async function reviseParts(
  handle: Handle,
  actor: Actor,
  revision: Revision,
  savePlan: () => Promise<void>,
  clock: Clock,
): Promise<Done> {
  const { campaign, readings, accepted, choices } = revision
  const { unit_id: unitId, bound_path: boundPath, territory_path: territoryPath } = campaign
  const by = await readByOf(handle, { unitId, boundPath, choices })
  const drafts = await draftsBefore(handle, campaign.id)
  await savePlan()
  const isTouched = (part: PlanChange['part']) => accepted.some((change) => change.part === part)
  if (isTouched('phase')) await revisePhases(handle, revision)
  await reviseTasks(handle, revision, by)
  await reviseTargets(handle, revision)
  await reviseLedgers(handle, revision)
  const read = await reviseDuties(handle, revision, by, clock)
  if (!read.ok) return read
  const tables = await reviseTables(handle, actor, revision, by, clock)
  if (!tables.ok) return tables
  await remember(handle, actor, { campaignId: campaign.id, unitId, territoryPath }, choices, clock)
  const kept = revisedEntries('report', campaign.plan.reports, readings, accepted)
  const changed = accepted.flatMap((change) => (change.part === 'report' && change.kind === 'changed' ? [change] : []))
  const places = campaign.plan.reports.map((_, from) => kept.findIndex((one) => one.from === from))
  return followReports(
    handle,
    actor,
    {
      campaignId: campaign.id,
      drafts,
      places: places.map((place) => (place === -1 ? null : place)),
      changed: changed.flatMap(({ was }) => {
        const report = readings.before.reports[was ?? -1]
        return report === undefined ? [] : [counterpartOf('report', campaign.plan.reports, report)]
      }),
    },
    clock,
  )
}

/** For each accepted change of a part: what it was and is in the two readings, and which of the rows it is about. */
function* changesIn<K extends PlanPartKind>(
  kind: K,
  { readings, accepted }: Revision,
  rows: () => readonly PlanEntries[K][],
) {
  const part = planParts[kind]
  for (const change of accepted) {
    if (change.part !== kind) continue
    const former = part.entries(readings.before)[change.was ?? -1]
    const corrected = part.entries(readings.after)[change.is ?? -1]
    yield { change, corrected, at: former === undefined ? -1 : counterpartOf(kind, rows(), former) }
  }
}

async function revisePhases(handle: Handle, { campaign, readings, accepted }: Revision): Promise<void> {
  const rows = await campaigns.listPhases(handle, [campaign.id])
  const phases = rows.map(({ ordinal, name, starts_on: startsOn, ends_on: endsOn }) => {
    return { ordinal, name, startsOn, endsOn }
  })
  const kept = revisedEntries('phase', phases, readings, accepted)
  await campaigns.replacePhases(
    handle,
    { id: campaign.id, ...campaigns.pathsOf(campaign) },
    kept.map(({ entry }) => entry),
  )
}

async function reviseTasks(handle: Handle, revision: Revision, by: ReadHere): Promise<void> {
  const { campaign } = revision
  const rows = await tasks.listTasks(handle, campaign.id)
  const paths = campaigns.pathsOf(campaign)
  let ordinal = rows.at(-1)?.ordinal ?? 0
  for (const { change, corrected, at } of changesIn('task', revision, () => rows.map(taskOf))) {
    const row = rows[at]
    if (corrected === undefined) {
      if (row !== undefined) await repo.deleteTask(handle, row.id)
      continue
    }
    const entry = row === undefined ? corrected : withFields(taskOf(row), corrected, change.fields)
    const isNamedAnew = row === undefined || change.fields.some(({ name }) => name === 'responsible')
    const responsibleUnitIds = isNamedAnew
      ? responsibleIds(entry.responsible, by, paths.boundPath)
      : row.responsible_unit_ids
    if (row !== undefined) await tasks.saveTask(handle, row.id, row.version, { ...entry, responsibleUnitIds })
    else {
      ordinal += 1
      const added = { ...entry, responsibleUnitIds, ...paths, id: uuidv7(), campaignId: campaign.id, ordinal }
      await tasks.insertTask(handle, added)
    }
  }
}

/** Each duty that stands is read for its place in the corrected text; those that the notice changed also for what they mean. */
async function reviseDuties(handle: Handle, revision: Revision, by: ReadHere, clock: Clock): Promise<Done> {
  const { campaign, plan, text } = revision
  const rows = await duties.listDuties(handle, campaign.id)
  const open: string[] = []
  const gone = new Set<string>()
  const written = new Set<string>()
  const read = (duty: DutyRule['duty']) => {
    const rule = dutyRule(duty, sentenceOf(text, duty.source), by)
    if (rule.standing === 'open') open.push(duty.action)
    return rule
  }
  let ordinal = rows.at(-1)?.ordinal ?? 0
  for (const { change, corrected, at } of changesIn('duty', revision, () => rows.map(({ duty }) => duty))) {
    const row = rows[at]
    if (corrected === undefined) {
      if (row === undefined) continue
      gone.add(row.id)
      await repo.endDuty(handle, row.id, clock.today())
    } else if (row === undefined) {
      ordinal += 1
      const { source: _, ...duty } = corrected
      const rule = read(corrected.source === undefined ? duty : corrected)
      await duties.insertDuty(handle, {
        ...campaigns.pathsOf(campaign),
        ...{ id: uuidv7(), campaignId: campaign.id, ordinal, rule },
      })
    } else {
      written.add(row.id)
      const duty = { ...withFields(row.duty, corrected, change.fields), source: corrected.source }
      const { source, ...rest } = duty
      const rule = read(source === undefined ? rest : { ...rest, source })
      await duties.saveDuty(handle, { id: row.id, ordinal: row.ordinal, rule })
    }
  }
  if (campaign.state === 'running' && open.length > 0) {
    const message = `行动正在进行，还有${open.length}项职责里的词语没有选定指什么（“${open[0] ?? ''}”），请先选定，或者这几项先不应用。`
    return { ok: false, refusal: { code: 'campaign.duties-open', message, path: 'choices' } }
  }
  for (const { id, ordinal: place, duty, standing, rule } of rows) {
    if (gone.has(id) || written.has(id)) continue
    const { source: _, ...rest } = duty
    const source = plan.duties[counterpartOf('duty', plan.duties, duty)]?.source
    const moved = { ...rest, ...(source === undefined ? {} : { source }) }
    const sentence = sentenceOf(text, source)
    await duties.saveDuty(handle, { id, ordinal: place, rule: { ...rule, duty: moved, sentence, standing } })
  }
  return done
}

async function reviseTargets(handle: Handle, revision: Revision): Promise<void> {
  const { campaign } = revision
  const rows = await campaigns.listTargets(handle, campaign.id)
  const known = await campaigns.enterprisesNamed(
    handle,
    revision.plan.targets.map(({ name }) => name),
  )
  let ordinal = rows.length
  for (const { change, corrected, at } of changesIn('target', revision, () => rows)) {
    const row = rows[at]
    if (corrected === undefined) {
      if (row !== undefined) await deleteTargets(handle, [row.id])
      continue
    }
    const { name, type } = row === undefined ? corrected : withFields(row, corrected as typeof row, change.fields)
    const enterpriseId = known.get(name) ?? null
    if (row !== undefined) await saveTarget(handle, { id: row.id, ordinal: at + 1, name, type, enterpriseId })
    else {
      ordinal += 1
      const target = { id: uuidv7(), campaignId: campaign.id, ordinal, name, type, enterpriseId }
      await campaigns.insertTarget(handle, { ...campaigns.pathsOf(campaign), ...target })
    }
  }
}

async function reviseLedgers(handle: Handle, revision: Revision): Promise<void> {
  const { campaign } = revision
  const rows = await campaigns.listLedgerForms(handle, campaign.id)
  let ordinal = campaign.plan.annexes.length + rows.length
  for (const { change, corrected, at } of changesIn('ledger', revision, () => rows.map(({ form }) => form))) {
    const row = rows[at]
    if (corrected === undefined) continue
    if (row !== undefined)
      await saveLedgerForm(handle, {
        id: row.id,
        ordinal: at + 1,
        form: withFields(row.form, corrected, change.fields),
      })
    else {
      ordinal += 1
      const form = { id: uuidv7(), campaignId: campaign.id, ordinal, form: corrected }
      await campaigns.insertLedgerForm(handle, { ...campaigns.pathsOf(campaign), ...form })
    }
  }
}

async function reviseTables(
  handle: Handle,
  actor: Actor,
  revision: Revision,
  { choices }: ReadHere,
  clock: Clock,
): Promise<Done> {
  const { campaign, plan } = revision
  const standing = planParts.table.entries(campaign.plan)
  for (const { change, corrected, at } of changesIn('table', revision, () => standing)) {
    const former = standing[at]
    if (corrected === undefined) continue
    if (former !== undefined) {
      const form = withFields(former, corrected, change.fields)
      const table = { campaignId: campaign.id, annex: former.ordinal, form, choices }
      const answer = await reviseTable(handle, actor, table, clock)
      if (!answer.ok) return answer
    } else {
      const ordinal = plan.annexes.findIndex((annex) => annex.ordinal === corrected.ordinal)
      const table = { campaignId: campaign.id, ...campaigns.pathsOf(campaign), ordinal, form: corrected, choices }
      await addTable(handle, table)
    }
  }
  return done
}
