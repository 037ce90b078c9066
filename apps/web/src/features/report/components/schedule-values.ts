/** What the form of a schedule holds: every field of every due rule, of which the chosen one is sent. */
import type { NarrativeInput, ScheduleInput, ScheduleRule } from '@bihuan/contracts'
import type { EnterpriseClass, PlannedNarrative } from '@bihuan/domain'

export interface RuleValues extends Omit<ScheduleRule, 'due' | 'firstDay'> {
  readonly firstDay: string | null
  readonly due: {
    readonly kind: ScheduleRule['due']['kind']
    readonly day: number | null
    readonly weekday: number | null
    readonly days: number | null
    readonly after: number
  }
}

export interface ScheduleValues extends Omit<ScheduleInput, 'rule' | 'respondents'> {
  readonly rule: RuleValues
  /** No group chosen is all of them. */
  readonly respondents: readonly (Omit<ScheduleInput['respondents'][number], 'groups' | 'enterprises'> & {
    readonly groups: string[]
    /** Of enterprises all, or those of a class. */
    readonly enterprises?: EnterpriseClass | 'all'
  })[]
  /** Of a schedule that files words. */
  readonly narrative?: NarrativeInput
}

const blankDue = { day: 16, weekday: 5, days: 5, after: 0 }

export function newSchedule(title: string, firstDay: string): ScheduleValues {
  return {
    title,
    rule: {
      cadence: 'monthly',
      due: { kind: 'day-of-month', ...blankDue },
      shift: 'next',
      cutOff: 'due-day',
      counts: 'cumulative',
      firstDay,
      lastDay: null,
      dates: [],
    },
    respondents: [{ kinds: [], unitIds: [], groups: [] }],
    receiverIds: [],
    outsideReceiverIds: [],
    splitSectors: [],
    note: '',
  }
}

/** A report in words, as the plan asks for it or as most do. */
export function newNarrative(planned: PlannedNarrative | null, firstDay: string): ScheduleValues {
  const { rule, ...plain } = newSchedule(planned?.title ?? '', firstDay)
  const cadence = planned?.cadence ?? 'named'
  const due = planned?.due ?? (cadence === 'named' ? { kind: 'on-date' as const } : {})
  return {
    ...plain,
    rule: {
      ...rule,
      cadence,
      due: { ...rule.due, ...due },
      shift: planned?.shift ?? 'next',
      dates: [...(planned?.dates ?? [])],
    },
    narrative: {
      kind: planned?.kind ?? 'report',
      name: planned?.title ?? '',
      mustContain: [...(planned?.mustContain ?? [])],
      deliverables: (planned?.forms ?? ['editable', 'signed-scan']).map((form) => ({ form, receiverId: null })),
      signatures: [],
      tableIds: [],
    },
  }
}

export function narrativeOf({ narrative, title }: ScheduleValues): NarrativeInput {
  return {
    kind: narrative?.kind ?? 'report',
    name: (narrative?.name ?? '').trim() === '' ? title : (narrative?.name ?? ''),
    mustContain: (narrative?.mustContain ?? []).filter((heading) => heading.trim() !== ''),
    deliverables: (narrative?.deliverables ?? []).map(({ form, receiverId }) => ({
      form,
      receiverId: receiverId ?? null,
    })),
    signatures: narrative?.signatures ?? [],
    tableIds: narrative?.tableIds ?? [],
  }
}

export function valuesOf(
  { title, rule, respondents, receiverIds, outsideReceiverIds, splitSectors, note, planReport }: ScheduleInput,
  narrative: NarrativeInput | null = null,
): ScheduleValues {
  return {
    title,
    rule: { ...rule, due: { ...blankDue, ...rule.due } },
    respondents: respondents.map(({ groups, enterprises, ...who }) => ({
      ...who,
      groups: groups ?? [],
      enterprises: enterprises ?? 'all',
    })),
    receiverIds,
    outsideReceiverIds: outsideReceiverIds ?? [],
    splitSectors,
    note,
    planReport: planReport ?? null,
    ...(narrative === null ? {} : { narrative }),
  }
}

export function inputOf(values: ScheduleValues): ScheduleInput {
  return {
    title: values.title,
    rule: ruleOf(values.rule),
    respondents: values.respondents.map(({ kinds, unitIds, groups, enterprises = 'all' }) => ({
      kinds: kinds ?? [],
      unitIds: unitIds ?? [],
      groups: (groups ?? []).length === 0 ? null : groups,
      ...(enterprises === 'all' || !(kinds ?? []).includes('enterprise') ? {} : { enterprises }),
    })),
    receiverIds: values.receiverIds ?? [],
    outsideReceiverIds: values.outsideReceiverIds ?? [],
    splitSectors: values.splitSectors ?? [],
    note: values.note ?? '',
    planReport: values.planReport ?? null,
  }
}

export function ruleOf(rule: RuleValues): ScheduleRule {
  return {
    cadence: rule.cadence,
    due: dueOf(rule.due),
    shift: rule.shift,
    cutOff: rule.cutOff,
    counts: rule.counts,
    firstDay: rule.firstDay ?? '',
    lastDay: rule.lastDay ?? null,
    dates: rule.cadence === 'named' ? [...(rule.dates ?? [])] : [],
  }
}

function dueOf({ kind, day, weekday, days, after }: RuleValues['due']): ScheduleRule['due'] {
  switch (kind) {
    case 'day-of-month':
      return { kind, day: day ?? 0, after: after ?? 0 }
    case 'last-day':
      return { kind, after: after ?? 0 }
    case 'weekday':
      return { kind, weekday: weekday ?? 0, after: after ?? 0 }
    case 'working-days':
      return { kind, days: days ?? 0 }
    case 'on-date':
      return { kind }
  }
}

/** Enough is filled in to ask when it would be due. */
export function isComplete(rule: RuleValues): boolean {
  const { due } = rule
  if (rule.firstDay === null || rule.firstDay === undefined) return false
  if (rule.cadence === 'named' && (rule.dates ?? []).length === 0) return false
  if (due.kind === 'day-of-month') return due.day !== null
  if (due.kind === 'working-days') return due.days !== null
  return due.kind !== 'weekday' || due.weekday !== null
}
