/** Hazards: registered, and taken through their life one act at a time. Load, authorize, decide, save, present. */
import { v7 as uuidv7 } from 'uuid'
import type { HazardPage } from '@bihuan/contracts'
import {
  decideHazard,
  hazardCommandLabels,
  type HazardCommand,
  type HazardContext,
  type HazardDetails,
  type HazardOutcome,
} from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import { recordAct } from '../../platform/audit/record.js'
import type { Clock } from '../../platform/clock.js'
import { openRecords } from '../../platform/db/opened.js'
import type { Handle } from '../../platform/db/scope.js'
import { notAllowed, notFound, type HttpRefusal } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { enqueue } from '../../platform/jobs/queue.js'
import { campaignForRules } from '../campaign/index.js'
import { fileToGive, findFiles } from '../document/index.js'
import { personNames } from '../identity/index.js'
import { insertFacts, insertReversals } from '../report/index.js'
import { asksReminder, auditActOf, eventPayload, factChangesOf, placeAfter, sendsBack } from './hazard-outcome.js'
import { contextFor } from './hazard.context.js'
import { remindAt, reminderJob, sentBackJob } from './hazard.jobs.js'
import { actMentions, hazardMentions, newMentions, type Mentions } from './hazard.mentions.js'
import { authoritiesOf, mayAct, mayRead, maySupervise, sideOf } from './hazard.policy.js'
import { filesOf, presentHazard } from './hazard.present.js'
import * as repo from './hazard.repo.js'

export async function showHazard(
  handle: Handle,
  actor: Actor,
  hazardId: string,
  clock: Clock,
): Promise<Answer<HazardPage>> {
  const stored = mayRead(actor) ? await repo.findHazard(handle, hazardId) : null
  if (stored === null) return { ok: false, refusal: noHazard(hazardId) }
  return { ok: true, value: await presentHazard(handle, actor, stored, clock) }
}

/** A file that the hazard mentions, for whoever sees the hazard. */
export async function hazardFile(
  handle: Handle,
  actor: Actor,
  hazardId: string,
  fileId: string,
): Promise<ReturnType<typeof fileToGive>> {
  const stored = mayRead(actor) ? await repo.findHazard(handle, hazardId) : null
  if (stored === null) return { ok: false, refusal: noHazard(hazardId) }
  const mentioned = filesOf(stored.hazard, await repo.listEvents(handle, hazardId))
  if (!mentioned.includes(fileId)) return { ok: false, refusal: noFile(fileId) }
  await openRecords(handle, [fileId])
  return fileToGive(handle, fileId)
}

/** A new hazard, registered or saved as a draft. */
export async function registerHazard(
  handle: Handle,
  actor: Actor,
  command: { readonly details: HazardDetails; readonly draft: boolean },
  clock: Clock,
): Promise<Answer<HazardPage>> {
  const done = await beginHazard(handle, actor, command, clock)
  if (!done.ok) return done
  return { ok: true, value: await presentHazard(handle, actor, done.value, clock) }
}

/** The same without the page: for imports and example data. */
export async function beginHazard(
  handle: Handle,
  actor: Actor,
  command: { readonly details: HazardDetails; readonly draft: boolean },
  clock: Clock,
): Promise<Answer<repo.StoredHazard>> {
  const act: HazardCommand = command.draft
    ? { kind: 'save-draft', details: command.details }
    : { kind: 'register', details: command.details }
  if (!mayAct(actor, act.kind)) return { ok: false, refusal: notAllowed('登记隐患') }

  const { campaignId } = command.details
  if (campaignId === null) {
    return {
      ok: false,
      refusal: { code: 'hazard.field-missing', message: '所属行动没有填写，请选择行动。', path: 'details.campaignId' },
    }
  }
  const campaign = await campaignForRules(handle, campaignId)
  if (campaign === null) {
    return {
      ok: false,
      refusal: { ...notFound('行动', { objectKind: 'campaign', objectId: campaignId }), path: 'details.campaignId' },
    }
  }
  const units = await repo.unitStandings(handle, actMentions(act).unitIds)
  const wrong = await wrongMention(handle, act, newMentions(act, null), units)
  if (wrong !== null) return { ok: false, refusal: wrong }

  const decision = decideHazard(null, act, {
    today: clock.today(),
    actor: { personId: actor.accountId, name: actor.personName, unitId: actor.unitId, side: sideOf(actor) },
    authorities: authoritiesOf(actor, command.details, units, null),
    campaign,
    putFacts: [],
    identity: { id: uuidv7(), code: await repo.nextHazardCode(handle) },
  })
  if (!decision.ok) return { ok: false, refusal: inDetails(decision.refusal) }
  return save(handle, actor, null, act, decision.value, units, clock)
}

export async function actOnHazard(
  handle: Handle,
  actor: Actor,
  hazardId: string,
  expectedVersion: number,
  act: HazardCommand,
  clock: Clock,
): Promise<Answer<HazardPage>> {
  const done = await continueHazard(handle, actor, hazardId, expectedVersion, act, clock)
  if (!done.ok) return done
  return { ok: true, value: await presentHazard(handle, actor, done.value, clock) }
}

export async function continueHazard(
  handle: Handle,
  actor: Actor,
  hazardId: string,
  expectedVersion: number,
  act: HazardCommand,
  clock: Clock,
  carryOver?: HazardContext['carryOverTo'],
): Promise<Answer<repo.StoredHazard>> {
  if (!mayRead(actor)) return { ok: false, refusal: noHazard(hazardId) }
  const before = await repo.loadHazard(handle, hazardId)
  if (before === null) return { ok: false, refusal: noHazard(hazardId) }
  if (!mayAct(actor, act.kind)) return { ok: false, refusal: notAllowed(hazardCommandLabels[act.kind]) }
  if (before.hazard.version !== expectedVersion) return changedMeanwhile(handle, actor, before, act, clock)

  const asked = newMentions(act, before.hazard)
  const units = await repo.unitStandings(handle, [...hazardMentions(before.hazard).unitIds, ...asked.unitIds])
  const wrong = await wrongMention(handle, act, asked, units)
  if (wrong !== null) return { ok: false, refusal: wrong }

  const context = await contextFor(handle, actor, before, units, clock)
  const decision = decideHazard(
    before.hazard,
    act,
    carryOver === undefined ? context : { ...context, carryOverTo: carryOver },
  )
  if (!decision.ok) return { ok: false, refusal: 'details' in act ? inDetails(decision.refusal) : decision.refusal }
  return save(handle, actor, before, act, decision.value, units, clock)
}

async function save(
  handle: Handle,
  actor: Actor,
  before: repo.StoredHazard | null,
  act: HazardCommand,
  outcome: HazardOutcome,
  units: ReadonlyMap<string, repo.UnitStanding>,
  clock: Clock,
): Promise<Answer<repo.StoredHazard>> {
  const now = clock.now()
  const { next } = outcome
  const placed = placeAfter(actor, next, units, before)
  if (!placed.ok) return placed
  const place = placed.value
  const changes = factChangesOf(outcome)

  if (before === null) await repo.insertHazard(handle, place, next, now)
  else await repo.saveHazard(handle, place, next, now)
  const entryId = await recordAct(handle, actor, auditActOf(before?.hazard ?? null, act, outcome, changes), now)
  for (const event of outcome.events) {
    await repo.insertEvent(handle, place, {
      id: uuidv7(),
      ordinal: next.version,
      event,
      payload: eventPayload(event, act),
      accountId: actor.accountId,
      entryId,
      now,
    })
  }
  await insertFacts(handle, place, changes.facts, entryId, now)
  await insertReversals(handle, changes.reversals, entryId, now)
  if (asksReminder(before?.hazard ?? null, next)) {
    await enqueue(
      handle,
      reminderJob,
      { tenantId: handle.tenantId, hazardId: next.id },
      { runAt: remindAt(next.deadline, clock), key: `${reminderJob}:${next.id}` },
    )
  }
  if (sendsBack(outcome)) await enqueue(handle, sentBackJob, { tenantId: handle.tenantId, hazardId: next.id })
  return { ok: true, value: { ...place, hazard: next, createdAt: before?.createdAt ?? now } }
}

export const noHazard = (hazardId: string) => notFound('隐患', { objectKind: 'hazard', objectId: hazardId })
const noFile = (fileId: string) => notFound('文件', { objectKind: 'file', objectId: fileId })

/** The domain names a field of the details; the request has them under `details`. */
function inDetails(refusal: HttpRefusal): HttpRefusal {
  return refusal.path === undefined ? refusal : { ...refusal, path: `details.${refusal.path}` }
}

/** Why what is newly mentioned cannot be: out of the actor's reach, or not fit for the part that it is given. */
async function wrongMention(
  handle: Handle,
  act: HazardCommand,
  asked: Mentions,
  units: ReadonlyMap<string, repo.UnitStanding>,
): Promise<HttpRefusal | null> {
  const unit = asked.unitIds.find((id) => !units.has(id))
  if (unit !== undefined) return notFound('单位或企业', { objectKind: 'unit', objectId: unit })
  const seen = new Set((await findFiles(handle, asked.fileIds)).map(({ id }) => id))
  const file = asked.fileIds.find((id) => !seen.has(id))
  if (file !== undefined) return noFile(file)
  const names = await personNames(
    handle,
    asked.people.map(({ personId }) => personId ?? ''),
  )
  for (const { personId, name } of asked.people) {
    const known = personId === null ? name : names.get(personId)
    if (known === undefined) return notFound('人员', { objectKind: 'account', objectId: personId ?? '' })
    // Otherwise who did the work could be named under another's account, and re-inspect it himself.
    if (known !== name) {
      return { code: 'hazard.person-name', message: `“${name}”与所选账户的姓名不符，请重新选择这个人，或只写姓名。` }
    }
  }
  const supervisor = supervisorIn(act)
  if (supervisor !== null && !maySupervise(units.get(supervisor))) {
    return { code: 'hazard.supervised-by-enterprise', message: '企业不能作监管单位，请选择政府或部门。' }
  }
  return null
}

export function supervisorIn(act: HazardCommand): string | null {
  if (act.kind === 'register' || act.kind === 'save-draft') return act.details?.authorityUnitId ?? null
  if (act.kind === 'list-for-supervision') return act.authorityUnitId
  return act.kind === 'transfer' && act.of === 'supervision' ? act.toUnitId : null
}

async function changedMeanwhile(
  handle: Handle,
  actor: Actor,
  before: repo.StoredHazard,
  act: HazardCommand,
  clock: Clock,
): Promise<Answer<never>> {
  const [last] = (await repo.listEvents(handle, before.hazard.id)).slice(-1)
  const who = last
    ? `${last.person_name}刚刚办理了“${hazardCommandLabels[last.type as HazardCommand['kind']]}”`
    : '这条隐患刚被别人改过'
  return {
    ok: false,
    refusal: {
      code: 'hazard.changed-meanwhile',
      message: `${who}，您的“${hazardCommandLabels[act.kind]}”没有保存。请看看现在的状态，再决定是否继续。`,
      current: await presentHazard(handle, actor, before, clock),
    },
  }
}
