/** Hazards: registered, and taken through their life one act at a time. Load, authorize, decide, save, present. */
import { v7 as uuidv7 } from 'uuid'
import type { HazardPage } from '@bihuan/contracts'
import { decideHazard, hazardCommandLabels, type Hazard, type HazardCommand, type HazardContext, type HazardDetails, type HazardOutcome } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import { recordAct } from '../../platform/audit/record.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import { notAllowed, notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { enqueue } from '../../platform/jobs/queue.js'
import { campaignForRules } from '../campaign/index.js'
import { insertFacts, insertReversals, type NewFact, type NewReversal } from '../report/index.js'
import { contextFor } from './hazard.context.js'
import { remindAt, reminderJob } from './hazard.jobs.js'
import { authoritiesOf, mayAct, mayRead, partiesOf, sideOf, unitIdsOf } from './hazard.policy.js'
import { presentHazard } from './hazard.present.js'
import * as repo from './hazard.repo.js'

export async function showHazard(handle: Handle, actor: Actor, hazardId: string, clock: Clock): Promise<Answer<HazardPage>> {
  const stored = mayRead(actor) ? await repo.findHazard(handle, hazardId) : null
  if (stored === null) return { ok: false, refusal: notFound('隐患') }
  return { ok: true, value: await presentHazard(handle, actor, stored, clock) }
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

  const units = await repo.unitStandings(handle, unitIdsOf(command.details))
  const unknown = unitIdsOf(command.details).find((id) => !units.has(id))
  if (unknown !== undefined) return { ok: false, refusal: notFound('单位或企业') }
  const campaign = command.details.campaignId === null ? null : await campaignForRules(handle, command.details.campaignId)
  if (campaign === null) return { ok: false, refusal: { ...notFound('行动'), path: 'details.campaignId' } }

  const decision = decideHazard(null, act, {
    today: clock.today(),
    actor: { personId: actor.accountId, name: actor.personName, unitId: actor.unitId, side: sideOf(actor) },
    authorities: authoritiesOf(actor, command.details, units),
    campaign,
    putFacts: [],
    identity: { id: uuidv7(), code: await repo.nextHazardCode(handle) },
  })
  if (!decision.ok) return decision
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
  if (!mayRead(actor)) return { ok: false, refusal: notFound('隐患') }
  const before = await repo.loadHazard(handle, hazardId)
  if (before === null) return { ok: false, refusal: notFound('隐患') }
  if (!mayAct(actor, act.kind)) return { ok: false, refusal: notAllowed(hazardCommandLabels[act.kind]) }
  if (before.hazard.version !== expectedVersion) return changedMeanwhile(handle, actor, before, act, clock)

  const mentioned = [
    ...unitIdsOf(before.hazard),
    ...('details' in act && act.details !== null ? unitIdsOf(act.details) : []),
    ...(act.kind === 'transfer' ? [act.toUnitId] : []),
    ...(act.kind === 'list-for-supervision' && act.authorityUnitId !== null ? [act.authorityUnitId] : []),
    ...(act.kind === 'correct' ? correctedUnits(act.changes) : []),
  ]
  const units = await repo.unitStandings(handle, mentioned)
  const asked = mentioned.filter((id) => !unitIdsOf(before.hazard).includes(id))
  if (asked.some((id) => !units.has(id))) return { ok: false, refusal: notFound('单位或企业') }

  const context = await contextFor(handle, actor, before.hazard, units, clock)
  const decision = decideHazard(before.hazard, act, carryOver === undefined ? context : { ...context, carryOverTo: carryOver })
  if (!decision.ok) return decision
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
  const place = placeOf(next, units, before)
  if (place === null) return { ok: false, refusal: notFound('所在地单位') }

  const facts: NewFact[] = outcome.facts.map((draft) => ({
    ...draft,
    id: uuidv7(),
    recordKind: 'hazard',
    amount: draft.amount.toFixed(2),
  }))
  const reversals: NewReversal[] = outcome.reversals.map((reversal) => ({
    id: uuidv7(),
    reverses: reversal.factId,
    occurredOn: reversal.occurredOn,
  }))

  if (before === null) await repo.insertHazard(handle, place, next, now)
  else await repo.saveHazard(handle, place, next, now)
  const { was, is } = difference(before?.hazard ?? null, next)
  const entryId = await recordAct(
    handle,
    actor,
    {
      action: `hazard.${act.kind}`,
      objectKind: 'hazard',
      objectId: next.id,
      before: was,
      after: is,
      ...(facts.length + reversals.length > 0 ? { detail: { facts, reversals } } : {}),
    },
    now,
  )
  for (const event of outcome.events) {
    await repo.insertEvent(handle, place, {
      id: uuidv7(),
      ordinal: next.version,
      event,
      payload: { sentence: event.sentence, from: event.from, to: event.to },
      accountId: actor.accountId,
      entryId,
      now,
    })
  }
  await insertFacts(handle, place, facts, entryId, now)
  await insertReversals(handle, reversals, entryId, now)
  if (next.deadline !== null && next.deadline !== before?.hazard.deadline && next.status !== 'draft') {
    await enqueue(handle, reminderJob, { tenantId: handle.tenantId, hazardId: next.id }, { runAt: remindAt(next.deadline), key: `${reminderJob}:${next.id}` })
  }
  return { ok: true, value: { ...place, hazard: next, createdAt: before?.createdAt ?? now } }
}

/** The subject's own place in the tree; a place or an unregistered enterprise stands where its territory does. */
function placeOf(
  hazard: Hazard,
  units: ReadonlyMap<string, repo.UnitStanding>,
  before: repo.StoredHazard | null,
): repo.HazardPlace | null {
  const subject = hazard.subject?.id ? units.get(hazard.subject.id) : undefined
  const territory = hazard.territoryUnitId ? units.get(hazard.territoryUnitId) : undefined
  const authority = hazard.authorityUnitId ? units.get(hazard.authorityUnitId) : undefined
  const stands = subject ?? territory
  const sameSubject = before?.hazard.subject?.id === hazard.subject?.id && before?.hazard.territoryUnitId === hazard.territoryUnitId
  // Rows keep the path under which they were written: only another subject or place moves a hazard.
  const territoryPath = before !== null && sameSubject ? before.territoryPath : stands?.territory_path
  if (territoryPath === undefined) return null
  const linePath = authority?.kind === 'department' ? authority.line_path : (subject?.line_path ?? before?.linePath ?? null)
  return { territoryPath, linePath, parties: partiesOf(hazard) }
}

function correctedUnits(changes: Partial<HazardDetails>): string[] {
  return [changes.subject?.id, changes.territoryUnitId, changes.finder?.unitId].filter((id) => id !== null && id !== undefined)
}

/** Only what changed goes into the trail: the whole aggregate twice an act would be most of the database. */
function difference(before: Hazard | null, after: Hazard): { was: Record<string, unknown> | null; is: Record<string, unknown> } {
  if (before === null) return { was: null, is: after as unknown as Record<string, unknown> }
  const was: Record<string, unknown> = {}
  const is: Record<string, unknown> = {}
  for (const key of Object.keys(after) as (keyof Hazard)[]) {
    if (JSON.stringify(before[key]) === JSON.stringify(after[key])) continue
    was[key] = before[key]
    is[key] = after[key]
  }
  return { was, is }
}

async function changedMeanwhile(
  handle: Handle,
  actor: Actor,
  before: repo.StoredHazard,
  act: HazardCommand,
  clock: Clock,
): Promise<Answer<never>> {
  const [last] = (await repo.listEvents(handle, before.hazard.id)).slice(-1)
  const who = last ? `${last.person_name}刚刚办理了“${hazardCommandLabels[last.type as HazardCommand['kind']]}”` : '这条隐患刚被别人改过'
  return {
    ok: false,
    refusal: {
      code: 'hazard.changed-meanwhile',
      message: `${who}，您的“${hazardCommandLabels[act.kind]}”没有保存。请看看现在的状态，再决定是否继续。`,
      current: await presentHazard(handle, actor, before, clock),
    },
  }
}
