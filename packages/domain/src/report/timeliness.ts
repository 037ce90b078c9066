/** Whether a return came in time. */
import { daysBetween, type CivilDate } from '../shared/civil-date.js'
import type { ReturnState } from './return.js'

export const timelinessLabels = {
  'not-due': '未到期',
  due: '今日到期',
  overdue: '逾期未报',
  'on-time': '按时',
  late: '迟报',
} as const
export type Timeliness = keyof typeof timelinessLabels

/** By the day of the first filing: what is sent back and filed again was filed in time all the same, and counts as sent back. */
export function timelinessOf(
  { dueOn, excusedUntil, firstSubmittedOn }: Pick<ReturnState, 'dueOn' | 'excusedUntil' | 'firstSubmittedOn'>,
  today: CivilDate,
): { readonly state: Timeliness; readonly daysLate: number } {
  const until = excusedUntil ?? dueOn
  const end = firstSubmittedOn ?? today
  const daysLate = end <= until ? 0 : daysBetween(until, end)
  if (firstSubmittedOn !== null) return { state: daysLate > 0 ? 'late' : 'on-time', daysLate }
  if (daysLate > 0) return { state: 'overdue', daysLate }
  return { state: today === until ? 'due' : 'not-due', daysLate: 0 }
}
