/**
 * A Plan (方案): what a notice says, as data. The shape is the contract of the plan reader; a campaign is made from it.
 *
 * Dates are civil dates `YYYY-MM-DD`. What the document does not state is `null`; a list of nothing is `[]`.
 */
import type { CivilDate } from '../shared/civil-date.js'

/** Where in the text that was read an item stands (character offsets, end exclusive), and how sure the reader is (0 to 1). */
export interface PlanProvenance {
  readonly source?: { readonly start: number; readonly end: number }
  readonly confidence?: number
}

export interface Plan {
  readonly title: string
  readonly issuer: string
  readonly docNo: string | null
  readonly issuedOn: CivilDate | null
  readonly campaign: { readonly name: string; readonly startsOn: CivilDate | null; readonly endsOn: CivilDate | null }
  readonly basis: readonly string[]
  readonly parentPlan: string | null
  readonly recipients: readonly string[]
  readonly leadership: readonly PlanLeader[]
  readonly sectors: readonly string[]
  readonly responsibilities: readonly PlanResponsibility[]
  readonly criteria: readonly string[]
  readonly phases: readonly PlanPhase[]
  readonly duties: readonly PlanDuty[]
  readonly reports: readonly PlanReport[]
  readonly targets: readonly PlanTarget[]
  readonly contacts: readonly PlanContact[]
  readonly annexes: readonly PlanAnnex[]
  readonly warnings: readonly PlanWarning[]
}

export interface PlanLeader extends PlanProvenance {
  readonly role: string
  readonly name: string | null
  readonly post: string | null
}

export interface PlanResponsibility extends PlanProvenance {
  readonly unit: string
  readonly role: 'lead' | 'support'
  readonly sectors: readonly string[]
}

export interface PlanPhase extends PlanProvenance {
  readonly ordinal: number
  readonly name: string
  readonly startsOn: CivilDate | null
  readonly endsOn: CivilDate | null
}

export type PlanPeriod = 'week' | 'month' | 'two-months' | 'quarter' | 'half-year' | 'year' | 'campaign'

export interface PlanFrequency {
  readonly times: number
  readonly per: PlanPeriod
}

export interface PlanQuota {
  readonly atLeast: number
  readonly unit: string
}

export interface PlanDuty extends PlanProvenance {
  readonly level: 'enterprise' | 'department' | 'government'
  readonly actor: string | null
  readonly action: string
  readonly frequency: PlanFrequency | null
  readonly deadline: CivilDate | null
  readonly condition: string | null
  readonly quota: PlanQuota | null
}

export type PlanReportDue =
  { readonly day: number | 'last' } | { readonly weekday: number } | { readonly date: CivilDate }

export interface PlanReport extends PlanProvenance {
  readonly name: string
  readonly from: string | null
  readonly to: readonly string[]
  readonly annexes: readonly number[]
  readonly cadence: 'weekly' | 'monthly' | 'quarterly' | 'half-yearly' | 'once' | null
  readonly due: PlanReportDue | null
  readonly since: CivilDate | null
  readonly cumulative: boolean
  readonly cutoff: 'month-end' | 'previous-month-end' | null
  readonly nilReport: boolean
  readonly holidayShift: 'next-working-day' | null
  readonly splitBy: 'sector' | 'area' | null
  readonly sections: readonly { readonly respondent: string; readonly groups: readonly string[] }[]
  readonly deliverables: readonly {
    readonly form: 'editable' | 'signed-scan' | 'electronic' | 'paper'
    readonly to: string | null
  }[]
  readonly mustContain: readonly string[]
  readonly notes: string | null
}

export interface PlanTarget extends PlanProvenance {
  readonly name: string
  readonly type: string | null
}

export interface PlanContact extends PlanProvenance {
  readonly name: string | null
  readonly phone: string | null
  readonly mail: string | null
  readonly scope: string | null
}

/** One figure of a cell: 行政处罚（次，万元） is two of them. `partOf` is the label of the part that contains this one. */
export interface PlanMetricPart {
  readonly label: string
  readonly unit: string | null
  readonly partOf: string | null
}

export interface PlanMetric extends PlanProvenance {
  readonly ordinal: number
  /** The whole text of the label's cell, without line breaks. */
  readonly cell: string
  readonly label: string
  readonly unit: string | null
  /** Empty when the cell asks for one figure. */
  readonly parts: readonly PlanMetricPart[]
}

export interface PlanMetricGroup extends PlanProvenance {
  readonly name: string
  readonly metrics: readonly PlanMetric[]
}

/** What stands around an official form: lines above it, notes, lines below it, and the labels of its signature fields. */
export interface PlanForm {
  readonly head: readonly string[]
  readonly notes: readonly string[]
  readonly foot: readonly string[]
  readonly signatures: readonly string[]
}

export interface PlanMetricTable extends PlanForm, PlanProvenance {
  readonly ordinal: number
  readonly title: string
  readonly kind: 'metric-table'
  readonly groups: readonly PlanMetricGroup[]
}

export interface PlanLedger extends PlanForm, PlanProvenance {
  readonly ordinal: number
  readonly title: string
  readonly kind: 'ledger'
  readonly columns: readonly string[]
}

export type PlanTaskDue =
  | { readonly kind: 'date'; readonly date: CivilDate }
  | { readonly kind: 'recurring'; readonly per: PlanPeriod }
  | { readonly kind: 'standing' }
  | { readonly kind: 'dates'; readonly windows: readonly { readonly from: CivilDate; readonly to: CivilDate }[] }

export interface PlanTask extends PlanProvenance {
  readonly area: string
  readonly task: string
  readonly requirement: string
  readonly responsible: readonly string[]
  readonly frequency: PlanFrequency | null
  readonly quota: PlanQuota | null
  readonly dueText: string
  readonly due: PlanTaskDue | null
}

export interface PlanTaskList extends PlanProvenance {
  readonly ordinal: number
  readonly title: string
  readonly kind: 'task-list'
  readonly tasks: readonly PlanTask[]
}

export interface PlanOtherAnnex extends PlanProvenance {
  readonly ordinal: number
  readonly title: string
  readonly kind: 'other'
  readonly attached?: boolean
}

export type PlanAnnex = PlanMetricTable | PlanLedger | PlanTaskList | PlanOtherAnnex

export type PlanWarningCode =
  | 'conflicting-due'
  | 'date-before-issue'
  | 'year-mismatch'
  | 'count-mismatch'
  | 'due-before-cutoff'
  | 'missing-annex'
  | 'phase-gap'
  | 'phase-overlap'

export interface PlanWarning {
  readonly code: PlanWarningCode
  readonly message: string
  readonly quotes: readonly string[]
}
