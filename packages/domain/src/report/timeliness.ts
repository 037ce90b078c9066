/** Whether a return came in time, and whether it was owed at all. */
import { addDays, daysBetween, type CivilDate } from '../shared/civil-date.js'
import type { ReturnState } from './return.js'

export const timelinessLabels = {
  'not-due': '未到期',
  due: '今日到期',
  overdue: '逾期未报',
  'on-time': '按时',
  late: '迟报',
  dissolved: '已撤销',
} as const
export type Timeliness = keyof typeof timelinessLabels

export interface TimedReturn extends Pick<ReturnState, 'dueOn' | 'excusedUntil' | 'firstSubmittedOn'> {
  /** Of the respondent: the first day on which it is no more. */
  readonly dissolvedOn: CivilDate | null
}

/** A unit owes what falls due while it is there. What would fall due afterwards nobody owes, whoever files it all the same. */
export function isOwed({
  dueOn,
  excusedUntil,
  dissolvedOn,
}: Pick<TimedReturn, 'dueOn' | 'excusedUntil' | 'dissolvedOn'>): boolean {
  return dissolvedOn === null || (excusedUntil ?? dueOn) < dissolvedOn
}

/**
 * By the day of the first filing: what is sent back and filed again was filed in time all the same, and counts as sent back. Lateness ends
 * with the unit: of one that is `dissolved` the days are those for which it was late while it was there.
 */
export function timelinessOf(
  of: TimedReturn,
  today: CivilDate,
): { readonly state: Timeliness; readonly daysLate: number } {
  const { dueOn, excusedUntil, firstSubmittedOn, dissolvedOn } = of
  const until = excusedUntil ?? dueOn
  const isGone = dissolvedOn !== null && dissolvedOn <= today
  const lastDay = isGone ? addDays(dissolvedOn, -1) : today
  const upTo = firstSubmittedOn !== null && firstSubmittedOn < lastDay ? firstSubmittedOn : lastDay
  const daysLate = upTo <= until || !isOwed(of) ? 0 : daysBetween(until, upTo)
  if (firstSubmittedOn !== null) return { state: daysLate > 0 ? 'late' : 'on-time', daysLate }
  if (isGone) return { state: 'dissolved', daysLate }
  if (daysLate > 0) return { state: 'overdue', daysLate }
  return { state: today === until ? 'due' : 'not-due', daysLate: 0 }
}
