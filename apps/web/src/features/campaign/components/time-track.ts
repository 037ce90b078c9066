/** Where dates stand on the time line of a campaign, in per cent of its width. */
import { addDays, addMonths, daysBetween, endOfMonth, startOfMonth, taskPeriods, type TaskPeriod } from '@bihuan/domain'
import type { TaskView } from '@bihuan/contracts'

export interface TimeScale {
  readonly from: string
  readonly to: string
}

/** Whole months, so that a month has the same place in every row; without an end, half a year beyond the day asked about. */
export function scaleOf(
  startsOn: string | null,
  endsOn: string | null,
  asOf: string,
  dates: readonly (string | null)[] = [],
): TimeScale {
  const known = [startsOn, endsOn, asOf, ...dates].filter((date) => date !== null)
  const first = known.reduce((a, b) => (b < a ? b : a))
  const last = known.reduce((a, b) => (b > a ? b : a))
  return { from: startOfMonth(first), to: endOfMonth(endsOn === null ? addMonths(last, 5) : last) }
}

export interface Place {
  readonly left: number
  readonly width: number
}

/** Both days included. */
export function placeOf({ from, to }: TimeScale, start: string, end: string): Place {
  const days = daysBetween(from, to) + 1
  const clip = (day: number) => Math.min(Math.max(day, 0), days)
  const left = clip(daysBetween(from, start))
  const right = clip(daysBetween(from, end) + 1)
  return { left: (left / days) * 100, width: (Math.max(right - left, 0) / days) * 100 }
}

export interface MonthMark extends Place {
  readonly label: string
}

/** Every month; of a long campaign every quarter is named. */
export function monthsOf(scale: TimeScale): MonthMark[] {
  const months: MonthMark[] = []
  for (let start = scale.from; start <= scale.to; start = addDays(endOfMonth(start), 1)) {
    const month = Number(start.slice(5, 7))
    months.push({
      ...placeOf(scale, start, endOfMonth(start)),
      label: month === 1 ? `${start.slice(2, 4)}年1月` : `${month}月`,
    })
  }
  if (months.length <= 12) return months
  return months.map((month, index) => (index % 3 === 0 ? month : { ...month, label: '' }))
}

export type MarkState = 'met' | 'missed' | 'now' | 'ahead'

export interface TrackMark extends Place {
  readonly kind: 'point' | 'span'
  readonly state: MarkState
  readonly title: string
}

/** What a task asks for along the time: a day, windows, or each period; and what became of each, as of the day. */
export function marksOf(
  task: Pick<TaskView, 'due' | 'frequency' | 'lateness'>,
  scale: TimeScale,
  campaign: { startsOn: string | null; endsOn: string | null },
  asOf: string,
): TrackMark[] {
  const { due, lateness } = task
  if (due?.kind === 'date') {
    const state: MarkState =
      lateness.state === 'done'
        ? 'met'
        : asOf > due.date
          ? 'missed'
          : lateness.state === 'not-started'
            ? 'ahead'
            : 'now'
    return [{ kind: 'point', state, ...placeOf(scale, due.date, due.date), title: `${due.date}前` }]
  }
  const windows = due?.kind === 'dates' ? due.windows : periodsOf(task, campaign, asOf)
  return windows.map(({ from, to }) => ({
    kind: 'span',
    state: stateOf({ from, to }, lateness, asOf),
    ...placeOf(scale, from, to),
    title: `${from} 至 ${to}：${{ met: '已完成', missed: '没有完成', now: '正在这一期', ahead: '未到' }[stateOf({ from, to }, lateness, asOf)]}`,
  }))
}

function periodsOf(
  task: Pick<TaskView, 'due' | 'frequency'>,
  { startsOn, endsOn }: { startsOn: string | null; endsOn: string | null },
  asOf: string,
): readonly TaskPeriod[] {
  const per = task.due?.kind === 'recurring' ? task.due.per : (task.frequency?.per ?? null)
  if (per === null || per === 'campaign' || startsOn === null) return []
  return taskPeriods(per, startsOn, endsOn, asOf)
}

function stateOf(period: TaskPeriod, lateness: TaskView['lateness'], asOf: string): MarkState {
  if (lateness.missedPeriods.some(({ from }) => from === period.from)) return 'missed'
  if (period.to < asOf) return 'met'
  // What is asked for next is the first period that is not met.
  if (lateness.nextDue !== null && period.to < lateness.nextDue) return 'met'
  if (period.from > asOf) return 'ahead'
  return lateness.nextDue === period.to ? 'now' : 'met'
}
