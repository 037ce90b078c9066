/** What people may ask of a hazard, what the caller tells the rules about them, and what comes back. */
import type { CivilDate } from '../shared/civil-date.js'
import type { FactDraft, FactReversal, PutFact } from './facts.js'
import type {
  CriteriaItemRef,
  Hazard,
  HazardDetails,
  HazardGrade,
  HazardNamedPersons,
  HazardPerson,
  HazardSide,
  HazardTransferSubject,
  ReopenReason,
} from './hazard.js'
import type { HazardCommandKind, HazardStatus } from './lifecycle.js'

/** A plan as it is typed: elements may still be missing, and the refusal names the one that is. */
export type RectificationInput =
  | { readonly mode: 'immediate'; readonly measures?: string }
  | {
      readonly mode: 'planned'
      readonly responsible: HazardPerson | null
      readonly measures: string
      readonly funds: number | null
      readonly deadline: CivilDate | null
      readonly contingency: string
    }

/** What a correction may touch. The grade has `judge`, the time limit has extensions, the units have transfers. */
export type CorrectableDetails = Pick<
  HazardDetails,
  | 'subject'
  | 'territoryUnitId'
  | 'sector'
  | 'source'
  | 'finder'
  | 'foundOn'
  | 'description'
  | 'placeText'
  | 'position'
  | 'level'
  | 'remark'
  | 'evidenceFileIds'
  | 'named'
>

export type HazardCommand =
  | { readonly kind: 'save-draft'; readonly details: HazardDetails }
  /** `details: null` registers the draft as it stands. */
  | { readonly kind: 'register'; readonly details: HazardDetails | null }
  | { readonly kind: 'correct'; readonly changes: Partial<CorrectableDetails>; readonly reason: string }
  | {
      readonly kind: 'judge'
      readonly grade: HazardGrade
      readonly reason: string
      readonly criteriaItem: CriteriaItemRef | null
    }
  | {
      readonly kind: 'plan-rectification'
      readonly rectification: RectificationInput
      readonly named?: Partial<HazardNamedPersons>
    }
  | {
      readonly kind: 'report-progress'
      readonly on: CivilDate
      readonly text: string
      readonly evidenceFileIds: readonly string[]
    }
  | { readonly kind: 'request-extension'; readonly deadline: CivilDate; readonly reason: string }
  | { readonly kind: 'approve-extension'; readonly reason?: string }
  | { readonly kind: 'refuse-extension'; readonly reason: string }
  | {
      readonly kind: 'report-rectified'
      readonly rectifiedOn: CivilDate
      /** Who did the work, when it was not the one who reports it. */
      readonly rectifiedBy: HazardPerson | null
      readonly text: string
      readonly evidenceFileIds: readonly string[]
    }
  | ReinspectionCommand<'reinspect-passed'>
  | (ReinspectionCommand<'reinspect-failed'> & { readonly deadline: CivilDate | null })
  | { readonly kind: 'sign-off'; readonly text?: string }
  | { readonly kind: 'send-back'; readonly reason: string; readonly deadline: CivilDate | null }
  | {
      readonly kind: 'reopen'
      readonly reason: ReopenReason
      readonly text: string
      /** A new time limit, where the old one no longer serves. */
      readonly deadline: CivilDate | null
    }
  | {
      readonly kind: 'list-for-supervision'
      readonly documentName: string
      readonly documentNumber: string
      readonly on: CivilDate
      /** The unit that lists it, when that is not the actor's own (a clerk enters the government's document). */
      readonly authorityUnitId: string | null
    }
  | {
      readonly kind: 'transfer'
      readonly of: HazardTransferSubject
      readonly toUnitId: string
      readonly reason: string
    }
  | { readonly kind: 'accept-transfer' }
  | { readonly kind: 'decline-transfer'; readonly reason: string }
  | { readonly kind: 'withdraw-transfer'; readonly reason: string }
  | { readonly kind: 'carry-over'; readonly toCampaignId: string }
  | { readonly kind: 'cancel'; readonly reason: string }

interface ReinspectionCommand<Kind extends string> {
  readonly kind: Kind
  readonly on: CivilDate
  readonly text: string
  readonly evidenceFileIds: readonly string[]
}

export type HazardCommandOf<Kind extends HazardCommandKind> = Extract<HazardCommand, { readonly kind: Kind }>

export interface HazardActor {
  readonly personId: string
  readonly name: string
  readonly unitId: string
  readonly side: HazardSide
}

/** How the actor's unit stands to this hazard, worked out by the caller from the unit tree. For a new hazard: to its details. */
export interface HazardAuthorities {
  readonly actorIsOfResponsibleUnit: boolean
  readonly actorIsOfAuthority: boolean
  /** Of the unit that listed it; for one not listed yet, of a unit that may list it (the authority's own superior). */
  readonly actorIsOfListingAuthority: boolean
  readonly actorIsOfFinderUnit: boolean
  /** Of the unit that a pending transfer goes to. */
  readonly actorIsOfReceivingUnit: boolean
  /** The actor belongs to the enterprise in which the hazard lies. */
  readonly actorInsideEnterprise: boolean
}

export interface HazardCampaign {
  readonly id: string
  readonly startsOn: CivilDate
  readonly endsOn: CivilDate | null
  readonly closed: boolean
  /** Set by the act of closing itself, which carries hazards over before the campaign is closed. */
  readonly closing?: boolean
}

export interface HazardContext {
  readonly today: CivilDate
  readonly actor: HazardActor
  readonly authorities: HazardAuthorities
  /** The campaign that the hazard is in (for a new one: that its details name). */
  readonly campaign: HazardCampaign
  readonly putFacts: readonly PutFact[]
  /** Given to a hazard that is new. */
  readonly identity?: { readonly id: string; readonly code: string }
  /** The campaign that a carry-over names; absent when there is no such campaign for this actor. */
  readonly carryOverTo?: HazardCampaign
}

/** One line of a hazard's history. The service adds before and after, and seals it. */
export interface HazardEvent {
  readonly kind: HazardCommandKind
  readonly hazardId: string
  readonly from: HazardStatus | null
  readonly to: HazardStatus
  readonly on: CivilDate
  readonly by: HazardActor
  /** One Chinese sentence, as the page of the hazard shows it. */
  readonly sentence: string
}

export interface HazardOutcome {
  readonly events: readonly HazardEvent[]
  readonly next: Hazard
  readonly facts: readonly FactDraft[]
  readonly reversals: readonly FactReversal[]
}

/** What one command does to a hazard, before the table, the version and the facts are seen to. */
export interface HazardChange {
  readonly changes: Partial<Omit<Hazard, 'id' | 'code' | 'status' | 'version'>>
  /** What follows the command's name in the history. */
  readonly note: string
}
