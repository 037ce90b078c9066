/** What a plan says of reports in words, as schedules that only wait to be looked at and saved. */
import type { PlanAnnex, PlanReport } from '../campaign/plan.js'
import { compareCivilDates, type CivilDate } from '../shared/civil-date.js'
import type { Cadence, DueRule } from './schedule.js'
import type { DeliverableForm, NarrativeKind } from './narrative.js'

type Told = Pick<PlanReport, 'name' | 'annexes' | 'cadence' | 'due' | 'holidayShift' | 'deliverables' | 'mustContain'>

export interface PlannedNarrative {
  readonly title: string
  readonly kind: NarrativeKind
  readonly mustContain: readonly string[]
  readonly forms: readonly DeliverableForm[]
  /** Null where the plan says a rhythm that no schedule has. */
  readonly cadence: Cadence | null
  readonly due: DueRule | null
  readonly dates: readonly CivilDate[]
  readonly shift: 'none' | 'next'
}

/**
 * Reports that are no table: without a form among the annexes, or with points to state. One that is due on several named dates is one
 * schedule, though the plan has an entry a date.
 */
export function narrativesOfPlan(plan: {
  readonly reports: readonly Told[]
  readonly annexes: readonly Pick<PlanAnnex, 'kind' | 'ordinal'>[]
}): readonly PlannedNarrative[] {
  const forms = new Set(plan.annexes.flatMap(({ kind, ordinal }) => (kind === 'other' ? [] : [ordinal])))
  const told = plan.reports.filter(
    ({ name, annexes, mustContain }) =>
      name !== '' && (mustContain.length > 0 || !annexes.some((one) => forms.has(one))),
  )
  return [...new Set(told.map(({ name }) => name))].map((name) => plannedFrom(told.filter((one) => one.name === name)))
}

function plannedFrom(entries: readonly Told[]): PlannedNarrative {
  const [first] = entries
  if (first === undefined) throw new Error('a report has an entry')
  const dates = entries.flatMap(({ due }) => (due !== null && 'date' in due ? [due.date] : []))
  return {
    ...narrativeAsked(entries, first.name),
    ...(dates.length > 0 ? named(dates) : inRhythm(first)),
    shift: first.holidayShift === 'next-working-day' ? 'next' : 'none',
  }
}

/** What is to be handed in, of entries that are one report on several dates. */
export function narrativeAsked(
  entries: readonly Pick<Told, 'deliverables' | 'mustContain'>[],
  name: string,
): Pick<PlannedNarrative, 'title' | 'kind' | 'mustContain' | 'forms'> {
  const forms = [...new Set(entries.flatMap(({ deliverables }) => deliverables.map(({ form }) => form)))]
  const mustContain = [...new Set(entries.flatMap((entry) => entry.mustContain))]
  // Points are looked for in the document that can be read.
  const asked: readonly DeliverableForm[] =
    forms.includes('editable') || (mustContain.length === 0 && forms.length > 0) ? forms : ['editable', ...forms]
  return {
    title: name.replace(/[《》]/g, ''),
    kind: /方案|计划/.test(name) && !/情况|总结|报告/.test(name) ? 'plan-for-record' : 'report',
    mustContain,
    forms: asked,
  }
}

function named(dates: readonly CivilDate[]): Pick<PlannedNarrative, 'cadence' | 'due' | 'dates'> {
  return { cadence: 'named', due: { kind: 'on-date' }, dates: [...new Set(dates)].sort(compareCivilDates) }
}

function inRhythm({ cadence, due }: Told): Pick<PlannedNarrative, 'cadence' | 'due' | 'dates'> {
  const known = cadence === 'once' ? null : cadence
  if (known === null || due === null || 'date' in due) return { cadence: known, due: null, dates: [] }
  if ('weekday' in due) return { cadence: known, due: { kind: 'weekday', weekday: due.weekday, after: 0 }, dates: [] }
  const rule: DueRule =
    due.day === 'last' ? { kind: 'last-day', after: 0 } : { kind: 'day-of-month', day: due.day, after: 0 }
  return { cadence: known, due: rule, dates: [] }
}
