/**
 * What a hazard puts into the ledger of facts.
 *
 * The facts follow from the state and nothing else: `factsOf` says what must stand, `factChanges` what to put and what to
 * reverse so that it does. So no command can forget one, and what the ledger says about a hazard is always what the hazard says.
 *
 * On which day a reversal falls:
 * - reopening: on the day of reopening. The work did count as done until then;
 * - a correction (grade, sector, source, place) or a cancellation is an error of entry, and falls on the day of the fact itself,
 *   but never before the last reopening. A hazard that was signed off and reopened has told the tables, truly, that it was
 *   rectified between those days; if its `found` were taken out of that stretch, the part there would exceed its whole. So the
 *   present account begins with the last reopening (`factsFrom`), and what was said before it stays as it was said.
 */
import type { CivilDate } from '../shared/civil-date.js'
import { isRegistered, lastReopenedOn, type Hazard, type HazardGrade, type HazardSource } from './hazard.js'

export const hazardFactKinds = ['found', 'rectified', 'listed', 'listed-rectified'] as const
export type HazardFactKind = (typeof hazardFactKinds)[number]
/** Whether an enterprise found it itself, or anybody else did. */
export type HazardFoundBy = 'enterprise' | 'department'
export type HazardMeasure = `hazard/${HazardFactKind}/${HazardGrade}/${HazardFoundBy}`

export interface FactDraft {
  readonly measure: HazardMeasure
  readonly occurredOn: CivilDate
  readonly amount: 1
  readonly sector: string
  /** The enterprise's own unit, or the territory in which the place lies. */
  readonly unitId: string
  readonly doerUnitIds: readonly string[]
  /** What `distinct` counts: the enterprise, or the hazard where there is none. */
  readonly subjectId: string
  readonly recordId: string
}

export interface FactReversal {
  readonly factId: string
  readonly occurredOn: CivilDate
}

/** A fact that this hazard put earlier. Reversals themselves are not listed; `reversedBy` tells of them. */
export interface PutFact {
  readonly id: string
  readonly measure: string
  readonly occurredOn: CivilDate
  readonly reversedBy: string | null
}

export function hazardMeasure(kind: HazardFactKind, grade: HazardGrade, source: HazardSource): HazardMeasure {
  return `hazard/${kind}/${grade}/${source === 'self-check' ? 'enterprise' : 'department'}`
}

/** The facts that must stand (net 1 each) for a hazard in this state. */
export function factsOf(hazard: Hazard): readonly FactDraft[] {
  if (hazard.status === 'draft' || hazard.status === 'cancelled' || !isRegistered(hazard)) return []
  const { subject, listing } = hazard
  const notBefore = (date: CivilDate) =>
    hazard.factsFrom !== null && hazard.factsFrom > date ? hazard.factsFrom : date
  const fact = (kind: HazardFactKind, on: CivilDate, doerUnitIds: readonly string[]): FactDraft => ({
    measure: hazardMeasure(kind, hazard.grade, hazard.source),
    occurredOn: notBefore(on),
    amount: 1,
    sector: hazard.sector,
    unitId: subject.kind === 'enterprise' && subject.id !== null ? subject.id : hazard.territoryUnitId,
    doerUnitIds,
    subjectId: subject.kind === 'enterprise' && subject.id !== null ? subject.id : hazard.id,
    recordId: hazard.id,
  })
  // A part carries the doers of its whole: "found by us, and of these rectified". With the supervising authority as the doer
  // of `rectified`, a hazard found by one department and transferred to another would show 1 of 0 in the second one's table.
  const finders = hazard.finder.unitId === null ? [] : [hazard.finder.unitId]
  const listers = listing === null ? [] : [listing.authorityUnitId]
  const facts = [fact('found', hazard.foundOn, finders)]
  if (listing !== null) facts.push(fact('listed', listing.on, listers))
  if (hazard.status === 'closed' && hazard.signedOffOn !== null) {
    facts.push(fact('rectified', hazard.signedOffOn, finders))
    if (listing !== null) facts.push(fact('listed-rectified', hazard.signedOffOn, listers))
  }
  return facts
}

/** Sets `factsFrom` where a change cannot reach back further than the last reopening. */
export function withFactsFrom(before: Hazard | null, after: Hazard): Hazard {
  if (before === null || !tellsDifferently(before, after)) return after
  return { ...after, factsFrom: lastReopenedOn(after) }
}

export function factChanges(
  before: Hazard | null,
  after: Hazard,
  putFacts: readonly PutFact[],
  reopenedOn: CivilDate | null,
): { readonly facts: readonly FactDraft[]; readonly reversals: readonly FactReversal[] } {
  const stood = before === null ? [] : factsOf(before)
  const wanted = factsOf(after)
  const live = putFacts.filter(({ reversedBy }) => reversedBy === null)
  const corrected = before !== null && (after.status === 'cancelled' || tellsDifferently(before, after))
  const floor = reopenedOn ?? (corrected ? lastReopenedOn(after) : null)

  const kept = new Set<FactDraft>()
  const reversals: FactReversal[] = []
  for (const fact of live) {
    const same = (draft: FactDraft) => draft.measure === fact.measure && draft.occurredOn === fact.occurredOn
    const still = wanted.find((draft) => same(draft) && !kept.has(draft))
    const was = stood.find(same)
    if (still !== undefined && was !== undefined && tells(was) === tells(still)) kept.add(still)
    else
      reversals.push({
        factId: fact.id,
        occurredOn: floor !== null && floor > fact.occurredOn ? floor : fact.occurredOn,
      })
  }
  return { facts: wanted.filter((draft) => !kept.has(draft)), reversals }
}

/** What a fact says apart from its date. */
function tells(fact: FactDraft): string {
  return JSON.stringify([fact.measure, fact.sector, fact.unitId, fact.doerUnitIds, fact.subjectId])
}

/** Whether facts that both states have are told otherwise in the second: another grade, source, sector, unit, finder. */
function tellsDifferently(before: Hazard, after: Hazard): boolean {
  const kindOf = (fact: FactDraft) => fact.measure.split('/')[1]
  return factsOf(before).some((was) => {
    const now = factsOf(after).find((fact) => kindOf(fact) === kindOf(was))
    return now !== undefined && tells(now) !== tells(was)
  })
}
