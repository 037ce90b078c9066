/**
 * Whether a task of the task list (工作清单) is late, as of any day.
 *
 * The due column rules; the frequency in the requirement says how often within a period, and gives the rhythm where the due
 * column says 常态化 only. How each kind is met:
 *
 * - a date: by updates (one, or as many as the plan asks for in the campaign) done by then; done later, the task is done;
 * - a recurrence: each period asks for its own, done within it. A period that has gone by unmet stays missed. Weeks, months,
 *   quarters, half-years and years are those of the calendar, as people mean them by 每月 and 每季度; 每两月 counts pairs of
 *   months from the month in which the campaign starts. The first begins with the campaign, the last ends with it;
 * - windows (8月中旬、11月中旬): each by an update from its first day on, before the next begins;
 * - standing: never late.
 */
import {
  addDays,
  addMonths,
  compareCivilDates,
  daysBetween,
  endOfMonth,
  monthOf,
  startOfMonth,
  weekdayOf,
} from '../shared/civil-date.js'
import type { CivilDate } from '../shared/civil-date.js'
import type { PlanFrequency, PlanPeriod, PlanTaskDue } from './plan.js'

export interface TaskTiming {
  readonly due: PlanTaskDue | null
  readonly frequency: PlanFrequency | null
  /** Of the campaign. */
  readonly startsOn: CivilDate
  readonly endsOn: CivilDate | null
}

export interface TaskUpdate {
  /** The day on which the thing was done; `null` for an update that only tells how it goes. */
  readonly doneOn: CivilDate | null
}

export interface TaskPeriod {
  readonly from: CivilDate
  readonly to: CivilDate
}

export interface TaskLateness {
  readonly state: 'done' | 'late' | 'due-soon' | 'open' | 'standing' | 'not-started'
  /** The first day on which it was late. */
  readonly lateSince: CivilDate | null
  /** The last day of what is to be done next. */
  readonly nextDue: CivilDate | null
  readonly missedPeriods: readonly TaskPeriod[]
}

/** Within so many days of its due day an open task is due soon. */
export const DUE_SOON_DAYS = 7

export function taskLateness(task: TaskTiming, updates: readonly TaskUpdate[], asOf: CivilDate): TaskLateness {
  const days = updates
    .flatMap(({ doneOn }) => (doneOn === null || doneOn > asOf ? [] : [doneOn]))
    .sort(compareCivilDates)
  const { due } = task
  if (due?.kind === 'date') return untilDate(due.date, timesWithin(task, 'campaign'), days, task, asOf)
  if (due?.kind === 'dates') return withinWindows(due.windows, days, task, asOf)
  const per = due?.kind === 'recurring' ? due.per : (task.frequency?.per ?? null)
  if (per === null) {
    return {
      state: asOf < task.startsOn ? 'not-started' : 'standing',
      lateSince: null,
      nextDue: null,
      missedPeriods: [],
    }
  }
  if (per === 'campaign') return onceInCampaign(timesWithin(task, per), days, task, asOf)
  return everyPeriod(taskPeriods(per, task.startsOn, task.endsOn, asOf), timesWithin(task, per), days, task, asOf)
}

/** How many updates a period asks for: what the frequency says of this very period, otherwise one. */
function timesWithin({ frequency }: TaskTiming, per: PlanPeriod): number {
  return frequency !== null && frequency.per === per ? Math.max(1, frequency.times) : 1
}

function untilDate(
  date: CivilDate,
  times: number,
  days: readonly CivilDate[],
  task: TaskTiming,
  asOf: CivilDate,
): TaskLateness {
  if (days.length >= times) return { state: 'done', lateSince: null, nextDue: null, missedPeriods: [] }
  if (asOf > date) return { state: 'late', lateSince: addDays(date, 1), nextDue: date, missedPeriods: [] }
  return { state: waiting(date, task, asOf), lateSince: null, nextDue: date, missedPeriods: [] }
}

function onceInCampaign(times: number, days: readonly CivilDate[], task: TaskTiming, asOf: CivilDate): TaskLateness {
  if (task.endsOn !== null) return untilDate(task.endsOn, times, days, task, asOf)
  const state = days.length >= times ? 'done' : asOf < task.startsOn ? 'not-started' : 'open'
  return { state, lateSince: null, nextDue: null, missedPeriods: [] }
}

function withinWindows(
  windows: readonly TaskPeriod[],
  days: readonly CivilDate[],
  task: TaskTiming,
  asOf: CivilDate,
): TaskLateness {
  const inOrder = [...windows].sort((a, b) => compareCivilDates(a.from, b.from) || compareCivilDates(a.to, b.to))
  const unmet = inOrder.filter(({ from }, at) => {
    const next = inOrder[at + 1]?.from
    return !days.some((day) => day >= from && (next === undefined || day < next))
  })
  return verdict(unmet, unmet.length === 0, task, asOf)
}

function everyPeriod(
  periods: readonly TaskPeriod[],
  times: number,
  days: readonly CivilDate[],
  task: TaskTiming,
  asOf: CivilDate,
): TaskLateness {
  const unmet = periods.filter(({ from, to }) => days.filter((day) => day >= from && day <= to).length < times)
  const current = periods.find(({ from, to }) => from <= asOf && asOf <= to)
  return verdict(unmet, current === undefined ? unmet.length === 0 : !unmet.includes(current), task, asOf)
}

function verdict(unmet: readonly TaskPeriod[], isDoneForNow: boolean, task: TaskTiming, asOf: CivilDate): TaskLateness {
  const missedPeriods = unmet.filter(({ to }) => to < asOf)
  const nextDue = unmet.find(({ to }) => to >= asOf)?.to ?? null
  const [first] = missedPeriods
  if (first !== undefined) return { state: 'late', lateSince: addDays(first.to, 1), nextDue, missedPeriods }
  if (asOf < task.startsOn) return { state: 'not-started', lateSince: null, nextDue, missedPeriods }
  if (isDoneForNow || nextDue === null) return { state: 'done', lateSince: null, nextDue, missedPeriods }
  return { state: waiting(nextDue, task, asOf), lateSince: null, nextDue, missedPeriods }
}

function waiting(due: CivilDate, task: TaskTiming, asOf: CivilDate): 'not-started' | 'due-soon' | 'open' {
  if (asOf < task.startsOn) return 'not-started'
  return daysBetween(asOf, due) <= DUE_SOON_DAYS ? 'due-soon' : 'open'
}

/** The periods of the campaign: all of them where it has an end, otherwise one beyond the day that is asked about. */
export function taskPeriods(
  per: Exclude<PlanPeriod, 'campaign'>,
  startsOn: CivilDate,
  endsOn: CivilDate | null,
  asOf: CivilDate,
): readonly TaskPeriod[] {
  const periods: TaskPeriod[] = []
  const last = endsOn ?? (asOf > startsOn ? asOf : startsOn)
  let from = startsOn
  while (from <= last) {
    const to = periodEnd(per, from, startsOn)
    periods.push({ from, to: endsOn !== null && endsOn < to ? endsOn : to })
    from = addDays(to, 1)
  }
  // Where no end is known, the one after the present is always in sight: what is due next.
  if (endsOn === null) periods.push({ from, to: periodEnd(per, from, startsOn) })
  return periods
}

function periodEnd(per: Exclude<PlanPeriod, 'campaign'>, from: CivilDate, startsOn: CivilDate): CivilDate {
  if (per === 'week') return addDays(from, 7 - weekdayOf(from))
  const month = monthOf(from)
  const left = {
    month: () => 0,
    'two-months': () => (Math.abs(monthsApart(startsOn, from)) % 2 === 0 ? 1 : 0),
    quarter: () => 2 - ((month - 1) % 3),
    'half-year': () => 5 - ((month - 1) % 6),
    year: () => 12 - month,
  }[per]()
  return endOfMonth(addMonths(startOfMonth(from), left))
}

function monthsApart(a: CivilDate, b: CivilDate): number {
  const index = (date: CivilDate) => Number(date.slice(0, 4)) * 12 + monthOf(date)
  return index(b) - index(a)
}
