/** What a decision comes to in rows: where the hazard stands now, the facts that it puts, what the trail says. One act or five hundred. */
import { v7 as uuidv7 } from 'uuid'
import type { Hazard, HazardCommand, HazardEvent, HazardOutcome } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import type { Act } from '../../platform/audit/record.js'
import { notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import type { NewFact, NewReversal } from '../report/index.js'
import { actMentions } from './hazard.mentions.js'
import { partiesOf, reaches } from './hazard.policy.js'
import type { HazardPlace, StoredHazard, UnitStanding } from './hazard.repo.js'

/** Where the hazard stands after the act, if its actor still sees it there. */
export function placeAfter(
  actor: Actor,
  next: Hazard,
  units: ReadonlyMap<string, UnitStanding>,
  before: StoredHazard | null,
): Answer<HazardPlace> {
  const place = placeOf(actor, next, units, before)
  if (place === null) return { ok: false, refusal: notFound('所在地单位') }
  if (reaches(actor, place)) return { ok: true, value: place }
  return {
    ok: false,
    refusal: {
      code: 'hazard.outside-reach',
      message:
        '这样填写后，这条隐患与您的单位无关，您将看不到它。请核对属地、发现人、整改责任单位和监管单位；属于别的单位的，请登记后移送。',
    },
  }
}

/** The subject's own place in the tree; a place or an unregistered enterprise stands where its territory does, a draft where its writer does. */
function placeOf(
  actor: Actor,
  hazard: Hazard,
  units: ReadonlyMap<string, UnitStanding>,
  before: StoredHazard | null,
): HazardPlace | null {
  const parties = partiesOf(hazard)
  if (hazard.status === 'draft' || (hazard.status === 'cancelled' && before?.hazard.status === 'draft')) {
    if (before !== null) return { ...before, parties }
    const { path, lines } = actor.reach
    // A department reads its ledger by its line; a firm's line is its regulator's, who has no business in its drafts.
    const linePath = actor.unitKind === 'department' ? (lines[0] ?? null) : null
    return path === null ? null : { territoryPath: path, linePath, parties }
  }
  const subject = hazard.subject?.id ? units.get(hazard.subject.id) : undefined
  const territory = hazard.territoryUnitId ? units.get(hazard.territoryUnitId) : undefined
  const authority = hazard.authorityUnitId ? units.get(hazard.authorityUnitId) : undefined
  const stays =
    before !== null &&
    before.hazard.status !== 'draft' &&
    before.hazard.subject?.id === hazard.subject?.id &&
    before.hazard.territoryUnitId === hazard.territoryUnitId
  // Rows keep the path under which they were written: only another subject or place moves a hazard.
  const territoryPath = stays ? before.territoryPath : (subject ?? territory)?.territory_path
  if (territoryPath === undefined) return null
  const linePath = authority?.line_path ?? subject?.line_path ?? (stays ? before.linePath : null)
  return { territoryPath, linePath, parties }
}

export interface FactChanges {
  readonly facts: readonly NewFact[]
  readonly reversals: readonly NewReversal[]
}

export function factChangesOf(outcome: HazardOutcome): FactChanges {
  return {
    facts: outcome.facts.map((draft) => ({ ...draft, id: uuidv7(), recordKind: 'hazard' })),
    reversals: outcome.reversals.map(({ factId, occurredOn }) => ({ id: uuidv7(), reverses: factId, occurredOn })),
  }
}

export function auditActOf(
  before: Hazard | null,
  command: HazardCommand,
  outcome: HazardOutcome,
  changes: FactChanges,
): Act {
  const { fileIds } = actMentions(command)
  const { facts, reversals } = changes
  const { was, is } = difference(before, outcome.next)
  return {
    action: `hazard.${command.kind}`,
    objectKind: 'hazard',
    objectId: outcome.next.id,
    before: was,
    after: is,
    // All that goes with it into append-only tables, so that the chain covers those rows too (hazard.verify.ts, fact.verify.ts).
    detail: {
      events: outcome.events.map(({ kind, on, sentence }) => ({ kind, on, sentence, fileIds })),
      ...(facts.length + reversals.length > 0 ? { facts, reversals } : {}),
    },
  }
}

export function eventPayload(event: HazardEvent, command: HazardCommand) {
  return { sentence: event.sentence, from: event.from, to: event.to, fileIds: actMentions(command).fileIds }
}

/** Whether there is a new deadline to call to mind. */
export function asksReminder(before: Hazard | null, next: Hazard): next is Hazard & { readonly deadline: string } {
  return next.deadline !== null && next.deadline !== before?.deadline && next.status !== 'draft'
}

const sentBackEvents: readonly string[] = ['send-back', 'reinspect-failed', 'reopen']

/** Whether it puts the work back on whoever has to rectify, who is told. */
export function sendsBack({ events }: HazardOutcome): boolean {
  return events.some(({ kind }) => sentBackEvents.includes(kind))
}

/** Only what changed goes into the trail: the whole aggregate twice an act would be most of the database. */
function difference(
  before: Hazard | null,
  after: Hazard,
): { was: Record<string, unknown> | null; is: Record<string, unknown> } {
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
