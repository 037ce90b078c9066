/**
 * A hazard (隐患) as the rules see it: what was found, how it is judged, who answers for it, and how far it has come.
 *
 * Dates are civil dates; ids are the caller's; tenants are unknown here. While a hazard is a draft any field may still be
 * missing (`null` or empty); from registration on, the fields of `RegisteredHazard` are all there.
 */
import type { CivilDate } from '../shared/civil-date.js'
import type { HazardStatus } from './lifecycle.js'

export const hazardGrades = ['major', 'key', 'general'] as const
export type HazardGrade = (typeof hazardGrades)[number]

/** 重点 is the grade kept by sectors that have no standard for 重大 yet. */
export const hazardGradeLabels: Readonly<Record<HazardGrade, string>> = { major: '重大', key: '重点', general: '一般' }

export const hazardSources = ['self-check', 'inspection', 'third-party', 'tip', 'assigned'] as const
export type HazardSource = (typeof hazardSources)[number]

export const hazardSourceLabels: Readonly<Record<HazardSource, string>> = {
  'self-check': '企业自查',
  inspection: '部门检查',
  'third-party': '第三方',
  tip: '举报',
  assigned: '上级交办',
}

export const hazardSides = ['enterprise', 'department', 'government'] as const
export type HazardSide = (typeof hazardSides)[number]

export const reopenReasons = ['superficial', 'false', 'paper', 'recurred', 'other'] as const
export type ReopenReason = (typeof reopenReasons)[number]

export const reopenReasonLabels: Readonly<Record<ReopenReason, string>> = {
  superficial: '表面整改',
  false: '虚假整改',
  paper: '纸面整改',
  recurred: '复发',
  other: '其他',
}

/** A person, by account where there is one; a ledger that comes from a workbook knows only names. */
export interface HazardPerson {
  readonly personId: string | null
  readonly name: string
}

export interface HazardSubject {
  readonly kind: 'enterprise' | 'place'
  /** The unit id of the enterprise; `null` for places and for enterprises that are not registered yet. */
  readonly id: string | null
  readonly name: string
}

export interface HazardFinder extends HazardPerson {
  readonly unitId: string | null
  readonly side: HazardSide
}

export interface CriteriaItemRef {
  readonly standard: string
  readonly item: string
}

/** Who answers for each of the three links 排查、治理、管控. */
export interface HazardNamedPersons {
  readonly finding: HazardPerson | null
  readonly rectifying: HazardPerson | null
  readonly controlling: HazardPerson | null
}

/** What is described, as opposed to what has happened: the part that drafts, registration and corrections fill in. */
export interface HazardDetails {
  readonly campaignId: string | null
  readonly subject: HazardSubject | null
  /** The territory (属地) in which it lies. */
  readonly territoryUnitId: string | null
  readonly sector: string | null
  readonly source: HazardSource | null
  readonly finder: HazardFinder | null
  readonly foundOn: CivilDate | null
  readonly description: string
  readonly placeText: string
  readonly position: { readonly lng: number; readonly lat: number } | null
  /** 涉及层面, as the 13-column ledger asks for it (市、县区); empty where no form asks. */
  readonly level: string
  /** 备注 */
  readonly remark: string
  readonly evidenceFileIds: readonly string[]
  readonly grade: HazardGrade | null
  readonly gradeReason: string
  readonly criteriaItem: CriteriaItemRef | null
  readonly named: HazardNamedPersons
  /** The time limit that binds now: set at registration, by the plan, or by an approved extension. */
  readonly deadline: CivilDate | null
  /** The unit that answers for rectification. */
  readonly responsibleUnitId: string | null
  /** The authority that supervises it (监管): a department or a territory. */
  readonly authorityUnitId: string | null
}

/** The five elements: 责任人, 措施, 资金, 时限, 预案. */
export interface PlannedRectification {
  readonly mode: 'planned'
  readonly responsible: HazardPerson
  readonly measures: string
  /** 万元; 0 is an answer. */
  readonly funds: number
  readonly deadline: CivilDate
  readonly contingency: string
}

export interface ImmediateRectification {
  readonly mode: 'immediate'
  /** What was done or will be; a ledger prints it under 整改措施. May be empty. */
  readonly measures: string
}

export type HazardRectification = ImmediateRectification | PlannedRectification

export interface HazardProgress {
  readonly on: CivilDate
  readonly text: string
  readonly byPersonId: string | null
  readonly evidenceFileIds: readonly string[]
}

export interface HazardExtension {
  readonly askedOn: CivilDate
  readonly askedBy: HazardPerson
  readonly reason: string
  readonly from: CivilDate
  readonly to: CivilDate
  readonly answer: {
    readonly on: CivilDate
    readonly by: HazardPerson
    readonly approved: boolean
    readonly reason: string
  } | null
}

export interface HazardReinspection {
  readonly on: CivilDate
  readonly by: HazardPerson
  readonly unitId: string
  /** Done by the supervising authority from outside the enterprise. */
  readonly byAuthority: boolean
  readonly passed: boolean
  readonly text: string
  readonly evidenceFileIds: readonly string[]
}

export interface HazardListing {
  readonly documentName: string
  readonly documentNumber: string
  readonly on: CivilDate
  /** The unit that listed it; extensions are its to grant from then on. */
  readonly authorityUnitId: string
}

/** What a transfer hands over: 监管责任 or 整改责任. */
export type HazardTransferSubject = 'supervision' | 'rectification'

export interface HazardTransfer {
  readonly of: HazardTransferSubject
  readonly fromUnitId: string
  readonly toUnitId: string
  readonly reason: string
  readonly on: CivilDate
  readonly state: 'pending' | 'accepted' | 'declined' | 'withdrawn'
  /** The state that the hazard returns to when the transfer is answered. */
  readonly cameFrom: HazardStatus
  readonly answer: { readonly on: CivilDate; readonly by: HazardPerson; readonly reason: string } | null
}

export interface HazardReopening {
  readonly on: CivilDate
  readonly by: HazardPerson
  readonly reason: ReopenReason
  readonly text: string
}

export interface Hazard extends HazardDetails {
  readonly id: string
  readonly code: string
  readonly status: HazardStatus
  /** 1 when first saved; one more with every command. */
  readonly version: number
  readonly gradeJudgedBy: HazardPerson | null
  readonly rectification: HazardRectification | null
  readonly extensions: readonly HazardExtension[]
  readonly progress: readonly HazardProgress[]
  /** Actual completion (实际完成), as reported; cleared when the work is sent back. */
  readonly rectifiedOn: CivilDate | null
  readonly rectifiedBy: HazardPerson | null
  /** Who reported completion: counts as a rectifier, whoever did the work. */
  readonly rectifiedReportedBy: HazardPerson | null
  /** The latest re-inspection. */
  readonly reinspection: HazardReinspection | null
  readonly listing: HazardListing | null
  readonly transfer: HazardTransfer | null
  readonly signedOffOn: CivilDate | null
  readonly signedOffBy: HazardPerson | null
  readonly reopenings: readonly HazardReopening[]
  readonly cancelReason: string | null
  /** Since when the facts tell the present grade, sector and unit, if a correction could not reach back to the start; see facts.ts. */
  readonly factsFrom: CivilDate | null
}

export type RegisteredHazard = Hazard & {
  readonly campaignId: string
  readonly subject: HazardSubject
  readonly territoryUnitId: string
  readonly sector: string
  readonly source: HazardSource
  readonly finder: HazardFinder
  readonly foundOn: CivilDate
  readonly grade: HazardGrade
  readonly responsibleUnitId: string
  readonly authorityUnitId: string
}

/** Whether all that registration asks for is there: always so from registration on. */
export function isRegistered(hazard: Hazard): hazard is RegisteredHazard {
  return (
    hazard.status !== 'draft' &&
    hazard.campaignId !== null &&
    hazard.subject !== null &&
    hazard.territoryUnitId !== null &&
    hazard.sector !== null &&
    hazard.source !== null &&
    hazard.finder !== null &&
    hazard.foundOn !== null &&
    hazard.grade !== null &&
    hazard.responsibleUnitId !== null &&
    hazard.authorityUnitId !== null
  )
}

/** Details with nothing filled in: the start of a form, of an imported row, of a test. */
export const blankHazardDetails: HazardDetails = {
  campaignId: null,
  subject: null,
  territoryUnitId: null,
  sector: null,
  source: null,
  finder: null,
  foundOn: null,
  description: '',
  placeText: '',
  position: null,
  level: '',
  remark: '',
  evidenceFileIds: [],
  grade: null,
  gradeReason: '',
  criteriaItem: null,
  named: { finding: null, rectifying: null, controlling: null },
  deadline: null,
  responsibleUnitId: null,
  authorityUnitId: null,
}

export function lastReopenedOn(hazard: Hazard): CivilDate | null {
  return hazard.reopenings.at(-1)?.on ?? null
}

export function pendingExtension(hazard: Hazard): HazardExtension | null {
  const last = hazard.extensions.at(-1)
  return last !== undefined && last.answer === null ? last : null
}

/** The person of an actor or a finder, without the unit. */
export function personOf({ personId, name }: HazardPerson): HazardPerson {
  return { personId, name }
}

/** One person, as far as can be told: by account where both have one, otherwise by name. */
export function isSamePerson(a: HazardPerson, b: HazardPerson): boolean {
  if (a.personId !== null && b.personId !== null) return a.personId === b.personId
  return a.name.trim() !== '' && a.name.trim() === b.name.trim()
}

/** Everybody who had a hand in the fix: may neither re-inspect it nor sign it off. */
export function rectifiersOf(hazard: Hazard): readonly HazardPerson[] {
  const people = [
    hazard.rectification?.mode === 'planned' ? hazard.rectification.responsible : null,
    hazard.named.rectifying,
    hazard.rectifiedBy,
    hazard.rectifiedReportedBy,
  ]
  return people.filter((person) => person !== null)
}

/**
 * Whether re-inspection and sign-off must come from the responsible authority and never from inside the enterprise: major
 * and listed hazards, and those that a department, a tip or a superior brought up.
 */
export function needsOutsideSupervision(hazard: Hazard): boolean {
  return (
    hazard.grade === 'major' ||
    hazard.listing !== null ||
    hazard.source === 'inspection' ||
    hazard.source === 'tip' ||
    hazard.source === 'assigned'
  )
}

/** A title without the 《》 around it, which are put back wherever it is printed; inner ones stay (关于《…》的通知). */
export function bareTitle(title: string): string {
  const text = title.trim()
  if (!text.startsWith('《') || !text.endsWith('》')) return text
  let depth = 0
  for (const [index, mark] of [...text].entries()) {
    if (mark === '《') depth += 1
    if (mark === '》') depth -= 1
    // The first mark closes before the end: 《甲》和《乙》 is not one title in marks.
    if (depth === 0 && index < [...text].length - 1) return text
  }
  return depth === 0 ? text.slice(1, -1).trim() : text
}
