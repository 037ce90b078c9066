/**
 * Many hazards at once, for imports: every act is decided by the same rules as a single one, in memory, one after the other; what
 * they come to is saved by statements that take all rows together. Row by row it was ten times slower (docs/performance.md).
 */
import { setImmediate as breathe } from 'node:timers/promises'
import { v7 as uuidv7 } from 'uuid'
import {
  decideHazard,
  hazardCommandLabels,
  type Hazard,
  type HazardCampaign,
  type HazardCommand,
  type HazardContext,
  type HazardOutcome,
  type PutFact,
} from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import { recordActs, type Act } from '../../platform/audit/record.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import { notAllowed, notFound, type HttpRefusal } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { savingBehind } from '../../platform/imports/saving-behind.js'
import { enqueueMany } from '../../platform/jobs/queue.js'
import { campaignForRules } from '../campaign/index.js'
import { insertManyFacts, insertReversals } from '../report/index.js'
import * as batch from './hazard-batch.repo.js'
import {
  asksReminder,
  auditActOf,
  eventPayload,
  factChangesOf,
  placeAfter,
  sendsBack,
  type FactChanges,
} from './hazard-outcome.js'
import { remindAt, reminderJob, sentBackJob } from './hazard.jobs.js'
import { actMentions, hazardMentions } from './hazard.mentions.js'
import { authoritiesOf, mayAct, maySupervise, sideOf } from './hazard.policy.js'
import { unitStandings, type HazardPlace, type StoredHazard, type UnitStanding } from './hazard.repo.js'
import { supervisorIn } from './hazard.service.js'

export interface HazardWork {
  /** Null for a hazard that the first command begins. */
  readonly on: { readonly id: string; readonly version: number } | null
  /** All of them or none. */
  readonly commands: readonly HazardCommand[]
}

interface Done {
  readonly command: HazardCommand
  readonly before: Hazard | null
  readonly outcome: HazardOutcome
  readonly changes: FactChanges
  readonly place: HazardPlace
}

/**
 * One answer for each work, in order. No two works may be on the same hazard. The commands mention no files and no accounts; what
 * names a person by account has to go the single way, which looks it up.
 */
export async function actOnMany(
  handle: Handle,
  actor: Actor,
  works: readonly HazardWork[],
  clock: Clock,
): Promise<readonly Answer<string>[]> {
  const loaded = await batch.loadHazards(
    handle,
    works.flatMap(({ on }) => (on === null ? [] : [on.id])),
  )
  const putFacts = await batch.listPutFactsOf(handle, [...loaded.keys()])
  const codes = await batch.nextHazardCodes(handle, works.filter(({ on }) => on === null).length)
  const world = await worldOf(handle, actor, works, loaded, clock)

  const answers: Answer<string>[] = []
  const due: Due[] = []
  const sentBack: string[] = []
  const decide = (work: HazardWork, done: Done[][]): Answer<string> => {
    const before = work.on === null ? null : (loaded.get(work.on.id) ?? null)
    if (work.on !== null && before === null) return { ok: false, refusal: notFound('隐患') }
    if (before !== null && before.hazard.version !== work.on?.version) return { ok: false, refusal: changedSince }
    const identity = before === null ? { id: uuidv7(), code: codes.shift() ?? '' } : undefined
    const facts = before === null ? [] : (putFacts.get(before.hazard.id) ?? [])
    const acted = act(world, work.commands, before, facts, identity)
    if (!acted.ok) return acted
    done.push(acted.value)
    const last = acted.value.at(-1)
    if (last === undefined) throw new Error('a work has at least one command')
    due.push(...deadlineOf(acted.value, world.today))
    if (acted.value.some(({ outcome }) => sendsBack(outcome))) sentBack.push(last.outcome.next.id)
    return { ok: true, value: last.outcome.next.id }
  }
  await savingBehind(async (begin) => {
    for (let at = 0; at < works.length; at += worksToSave) {
      const done: Done[][] = []
      for (const [index, work] of works.slice(at, at + worksToSave).entries()) {
        if (index % worksABreath === 0) await breathe()
        answers.push(decide(work, done))
      }
      await begin(() => save(handle, actor, done, clock))
    }
  })
  await remind(handle, due, clock)
  await tellSentBack(handle, sentBack)
  return answers
}

/**
 * Together in a statement. Not fewer: into a table that has just been emptied, PostgreSQL plans its checks of foreign keys by what the
 * first statement put there, and keeps the plan. After 50 rows it read the whole table for each check (15 s of the 25 that 6,000 rows took).
 */
const worksToSave = 125
/** Between them the database's answers are heard: some 3 ms. */
const worksABreath = 10

const changedSince: HttpRefusal = {
  code: 'hazard.changed-meanwhile',
  message: '预览之后这条隐患又有了变化，这一行没有导入。请重新导入，按现在的情况再核对。',
}

/** What the rules are told, for all rows at once. */
export interface World {
  readonly actor: Actor
  readonly today: string
  readonly units: ReadonlyMap<string, UnitStanding>
  readonly campaigns: ReadonlyMap<string, HazardCampaign>
}

async function worldOf(
  handle: Handle,
  actor: Actor,
  works: readonly HazardWork[],
  loaded: ReadonlyMap<string, StoredHazard>,
  clock: Clock,
): Promise<World> {
  const unitIds = new Set<string>()
  const campaignIds = new Set<string>()
  for (const { hazard } of loaded.values()) {
    for (const id of hazardMentions(hazard).unitIds) unitIds.add(id)
    if (hazard.campaignId !== null) campaignIds.add(hazard.campaignId)
  }
  for (const command of works.flatMap(({ commands }) => commands)) {
    const { unitIds: units, people, fileIds } = actMentions(command)
    if (fileIds.length > 0 || people.some(({ personId }) => personId !== null)) {
      throw new Error('files and accounts are not looked up for many hazards at once')
    }
    for (const id of units) unitIds.add(id)
    if ('details' in command && command.details?.campaignId) campaignIds.add(command.details.campaignId)
  }
  const campaigns = new Map<string, HazardCampaign>()
  for (const id of campaignIds) {
    const campaign = await campaignForRules(handle, id)
    if (campaign !== null) campaigns.set(id, campaign)
  }
  return { actor, today: clock.today(), units: await unitStandings(handle, [...unitIds]), campaigns }
}

function act(
  world: World,
  commands: readonly HazardCommand[],
  before: StoredHazard | null,
  facts: readonly PutFact[],
  identity: HazardContext['identity'],
): Answer<Done[]> {
  const { actor, units } = world
  const done: Done[] = []
  let stands = before
  let put = facts
  for (const command of commands) {
    const wrong = wrongIn(world, command)
    if (wrong !== null) return { ok: false, refusal: wrong }
    const decision = decideHazard(stands?.hazard ?? null, command, contextOf(world, command, stands, put, identity))
    if (!decision.ok) return { ok: false, refusal: decision.refusal }
    const outcome = decision.value
    const placed = placeAfter(actor, outcome.next, units, stands)
    if (!placed.ok) return placed
    const changes = factChangesOf(outcome)
    done.push({ command, before: stands?.hazard ?? null, outcome, changes, place: placed.value })
    put = afterwards(put, changes)
    stands = { ...placed.value, hazard: outcome.next, createdAt: before?.createdAt ?? new Date(0) }
  }
  return { ok: true, value: done }
}

export function wrongIn({ actor, units, campaigns }: World, command: HazardCommand): HttpRefusal | null {
  if (!mayAct(actor, command.kind)) return notAllowed(hazardCommandLabels[command.kind])
  if ('details' in command && !campaigns.has(command.details?.campaignId ?? '')) return notFound('行动')
  if (actMentions(command).unitIds.some((id) => !units.has(id))) return notFound('单位或企业')
  const supervisor = supervisorIn(command)
  if (supervisor !== null && !maySupervise(units.get(supervisor))) {
    return { code: 'hazard.supervised-by-enterprise', message: '企业不能作监管单位，请选择政府或部门。' }
  }
  return null
}

export function contextOf(
  { actor, today, units, campaigns }: World,
  command: HazardCommand,
  stands: StoredHazard | null,
  putFacts: readonly PutFact[],
  identity: HazardContext['identity'],
): HazardContext {
  const details = 'details' in command && command.details !== null ? command.details : null
  const about = stands?.hazard ?? details
  if (about === null) throw new Error('the first command on a new hazard has its details')
  const campaignId = details?.campaignId ?? about.campaignId
  return {
    today,
    actor: { personId: actor.accountId, name: actor.personName, unitId: actor.unitId, side: sideOf(actor) },
    authorities: authoritiesOf(actor, about, units, stands),
    // As in hazard.context.ts: the campaign of another line may be out of sight.
    campaign: campaigns.get(campaignId ?? '') ?? {
      id: campaignId ?? '',
      startsOn: about.foundOn ?? today,
      endsOn: null,
      closed: false,
    },
    putFacts,
    ...(identity === undefined ? {} : { identity }),
  }
}

function afterwards(put: readonly PutFact[], { facts, reversals }: FactChanges): readonly PutFact[] {
  const reversedBy = new Map(reversals.map(({ id, reverses }) => [reverses, id]))
  return [
    ...put.map((fact) => ({ ...fact, reversedBy: reversedBy.get(fact.id) ?? fact.reversedBy })),
    ...facts.map(({ id, measure, occurredOn }) => ({ id, measure, occurredOn, reversedBy: null })),
  ]
}

async function save(handle: Handle, actor: Actor, works: readonly (readonly Done[])[], clock: Clock): Promise<void> {
  const now = clock.now()
  const all = works.flat()
  const last = works.flatMap((acts) => acts.slice(-1)).map(({ place, outcome }) => ({ place, hazard: outcome.next }))
  const isNew = works.map(([first]) => first?.before === null)
  await batch.insertHazards(
    handle,
    last.filter((_, at) => isNew[at]),
    now,
  )
  await batch.saveHazards(
    handle,
    last.filter((_, at) => !isNew[at]),
    now,
  )

  const acts = all.map((each): Act => auditActOf(each.before, each.command, each.outcome, each.changes))
  const entryIds = await recordActs(handle, actor, acts, now)
  const entryOf = (at: number): string => entryIds[at] ?? ''
  await batch.insertEvents(
    handle,
    actor.accountId,
    all.flatMap(({ outcome, command, place }, at) =>
      outcome.events.map((event) => ({
        id: uuidv7(),
        place,
        ordinal: outcome.next.version,
        event,
        payload: eventPayload(event, command),
        entryId: entryOf(at),
      })),
    ),
    now,
  )
  await insertManyFacts(
    handle,
    all.flatMap(({ changes, place }, at) => changes.facts.map((fact) => ({ place, fact, entryId: entryOf(at) }))),
    now,
  )
  for (const [at, { changes }] of all.entries()) {
    if (changes.reversals.length > 0) await insertReversals(handle, changes.reversals, entryOf(at), now)
  }
}

interface Due {
  readonly hazardId: string
  readonly deadline: string
}

/** An old ledger is full of deadlines long past: those are for the list of what is overdue, not for a notice each. */
function deadlineOf(acts: readonly Done[], today: string): readonly Due[] {
  const next = acts.at(-1)?.outcome.next
  return next !== undefined && asksReminder(acts[0]?.before ?? null, next) && next.deadline >= today
    ? [{ hazardId: next.id, deadline: next.deadline }]
    : []
}

/** Once for all works: with each call the queue looks through all jobs that wait. */
async function remind(handle: Handle, due: readonly Due[], clock: Clock): Promise<void> {
  await enqueueMany(
    handle,
    reminderJob,
    due.map(({ hazardId, deadline }) => ({
      payload: { tenantId: handle.tenantId, hazardId },
      runAt: remindAt(deadline, clock),
      key: `${reminderJob}:${hazardId}`,
    })),
  )
}

async function tellSentBack(handle: Handle, hazardIds: readonly string[]): Promise<void> {
  await enqueueMany(
    handle,
    sentBackJob,
    hazardIds.map((hazardId) => ({
      payload: { tenantId: handle.tenantId, hazardId },
      runAt: new Date(),
      key: `${sentBackJob}:${hazardId}`,
    })),
  )
}
