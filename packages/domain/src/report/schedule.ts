/**
 * When a table is filed: schedules are data. A schedule cuts time into periods, and says of each on which day its return is due
 * and up to which day it counts. Who files is said elsewhere.
 */
import {
  addDays,
  addMonths,
  compareCivilDates,
  endOfMonth,
  formatChinese,
  isCivilDate,
  latestDate,
  monthOf,
  startOfMonth,
  weekdayOf,
  yearOf,
  type CivilDate,
} from '../shared/civil-date.js'
import { decided, refused, type Decision } from '../shared/decision.js'

export const cadenceLabels = {
  weekly: '每周',
  monthly: '每月',
  quarterly: '每季度',
  'half-yearly': '每半年',
  yearly: '每年',
  named: '指定日期',
} as const
export type Cadence = keyof typeof cadenceLabels

const monthsOf: Readonly<Record<Exclude<Cadence, 'weekly' | 'named'>, number>> = {
  monthly: 1,
  quarterly: 3,
  'half-yearly': 6,
  yearly: 12,
}

/** `after` counts whole months (weeks) from the last month (the week) of the period: 0 within it, 1 in the one that follows. */
export type DueRule =
  /** The 16th. A day that the month does not have is its last. */
  | { readonly kind: 'day-of-month'; readonly day: number; readonly after: number }
  /** 月底前. */
  | { readonly kind: 'last-day'; readonly after: number }
  /** 1 is Monday. */
  | { readonly kind: 'weekday'; readonly weekday: number; readonly after: number }
  /** 于X后n个工作日内: of a named date, and of every other period its last day. The day itself does not count. */
  | { readonly kind: 'working-days'; readonly days: number }
  /** The named date itself. */
  | { readonly kind: 'on-date' }

export interface Schedule {
  readonly cadence: Cadence
  readonly due: DueRule
  /** What becomes of a due day that is no working day: 遇节假日顺延 is `next`. */
  readonly shift: 'none' | 'next' | 'previous'
  /** The last day that counts: 截至本期末, 截至上期末, 截至上报日. */
  readonly cutOff: 'period-end' | 'previous-period-end' | 'due-day'
  /** 累计数 from the campaign's first day, or 本期数 of the period alone. */
  readonly counts: 'cumulative' | 'period'
  /** The period in which this day lies is the first, or the one after if its due day is past by then. */
  readonly firstDay: CivilDate
  /** No period that begins later; null goes on for ever. */
  readonly lastDay: CivilDate | null
  /** For `named`: days on which it is due, or events that the due day follows. */
  readonly dates: readonly CivilDate[]
}

/** The Chinese calendar as it is published: working days, 调休 among them. */
export interface WorkingDays {
  isWorkingDay(date: CivilDate): boolean
  /** Whether the holidays of that year are published; until then only weekends are known. */
  isPublished(date: CivilDate): boolean
}

export interface DuePeriod {
  /** Names the period within its schedule, for ever: `2026-06`, `2026-W23`, `2026-Q2`, `2026-H1`, `2026`, `2026-08-10`. */
  readonly key: string
  readonly from: CivilDate
  readonly to: CivilDate
  /** Facts count from `countsFrom` (null: the campaign's first day) to `cutOff`. */
  readonly countsFrom: CivilDate | null
  readonly cutOff: CivilDate
  /** By the rule, before holidays. */
  readonly nominalDueOn: CivilDate
  readonly dueOn: CivilDate
  /** The day may move: it falls in a year whose holidays are not published. */
  readonly provisional: boolean
}

/** How far a due day moves at most: the longest closure is nine days. More is a calendar that knows no working day. */
const FURTHEST_SHIFT = 31
/** A schedule that starts in the 1990s and is asked about today has fewer periods than this. */
const MOST_PERIODS = 5000

/** What cannot be: said before a schedule is saved. */
export function checkSchedule(schedule: Schedule, calendar: WorkingDays): Decision<Schedule> {
  const { cadence, due, firstDay, lastDay, dates } = schedule
  for (const [path, date] of [['firstDay', firstDay] as const, ['lastDay', lastDay] as const]) {
    if (date !== null && !isCivilDate(date))
      return refused('schedule.date-invalid', `“${date}”不是一个存在的日期，请核对。`, path)
  }
  const strange = dates.findIndex((date) => !isCivilDate(date))
  if (strange !== -1)
    return refused('schedule.date-invalid', `“${dates[strange] ?? ''}”不是一个存在的日期，请核对。`, `dates.${strange}`)
  if (lastDay !== null && lastDay < firstDay)
    return refused('schedule.dates-reversed', '停止报送的日期早于开始报送的日期，请核对。', 'lastDay')
  if (cadence === 'named') {
    if (dates.length === 0)
      return refused('schedule.never-due', '没有指定日期，永远不会到期；请至少填一个日期。', 'dates')
    if (due.kind !== 'on-date' && due.kind !== 'working-days')
      return refused('schedule.rule-misplaced', '指定日期的报送，只能在当日或其后若干个工作日内上报。', 'due')
  } else if (due.kind === 'on-date') {
    return refused('schedule.rule-misplaced', '按期报送的，请说明每期何时上报。', 'due')
  }
  const wrong = ruleFault(cadence, due)
  if (wrong !== null) return wrong
  const first = periodsOf(schedule).next()
  if (first.done === true)
    return refused('schedule.never-due', '在起止日期之内没有一期到期；请改开始或停止报送的日期。', 'lastDay')
  if (askedPeriods(schedule, calendar).next().done === true) {
    const { dueOn } = duePeriod(schedule, first.value, calendar)
    return refused(
      'schedule.never-due',
      `这一期应在${formatChinese(dueOn)}上报，早于开始报送的${formatChinese(firstDay)}，永远不会到期；请提前开始报送的日期，或推后停止报送的日期。`,
      'lastDay',
    )
  }
  return decided(schedule)
}

function ruleFault(cadence: Cadence, due: DueRule): ReturnType<typeof refused> | null {
  const isWhole = (value: number, from: number, to: number) => Number.isInteger(value) && value >= from && value <= to
  const byMonth = cadence !== 'weekly' && cadence !== 'named'
  switch (due.kind) {
    case 'day-of-month':
      if (!byMonth) return refused('schedule.rule-misplaced', '只有按月、季、半年、年报送的，才能指定几号上报。', 'due')
      if (!isWhole(due.day, 1, 31)) return refused('schedule.day', '上报日应为1至31之间的整数。', 'due.day')
      break
    case 'last-day':
      if (!byMonth) return refused('schedule.rule-misplaced', '只有按月、季、半年、年报送的，才能在月底上报。', 'due')
      break
    case 'weekday':
      if (!isWhole(due.weekday, 1, 7)) return refused('schedule.day', '请选定星期几。', 'due.weekday')
      break
    case 'working-days':
      return isWhole(due.days, 1, 60) ? null : refused('schedule.day', '工作日数应为1至60之间的整数。', 'due.days')
    case 'on-date':
      return null
  }
  return isWhole(due.after, 0, 12) ? null : refused('schedule.day', '延后的期数应为0至12之间的整数。', 'due.after')
}

/** The periods in the order of time, each with its due day; `until` is the last day on which one may be due. */
export function duePeriods(schedule: Schedule, calendar: WorkingDays, until: CivilDate): readonly DuePeriod[] {
  const found: DuePeriod[] = []
  for (const period of askedPeriods(schedule, calendar)) {
    // A shift may bring a due day forward, by days: what begins later than that is due later too.
    if (period.from > addDays(until, FURTHEST_SHIFT)) break
    if (period.dueOn <= until) found.push(period)
  }
  return found
}

/** The next `count` that are due on `from` or later: what a person who sets up a schedule wants to see. */
export function nextDuePeriods(
  schedule: Schedule,
  calendar: WorkingDays,
  from: CivilDate,
  count: number,
): readonly DuePeriod[] {
  const found: DuePeriod[] = []
  for (const period of askedPeriods(schedule, calendar)) {
    if (period.dueOn < from) continue
    found.push(period)
    if (found.length === count) break
  }
  return found
}

/** What was due before the first day nobody could file: of a campaign that begins on the 20th the 16th of the month after is the first. */
function* askedPeriods(schedule: Schedule, calendar: WorkingDays): Generator<DuePeriod, undefined> {
  for (const span of periodsOf(schedule)) {
    const period = duePeriod(schedule, span, calendar)
    if (latestDate(period.nominalDueOn, period.dueOn) >= schedule.firstDay) yield period
  }
}

interface Span {
  readonly key: string
  readonly from: CivilDate
  readonly to: CivilDate
}

function* periodsOf({ cadence, firstDay, lastDay, dates }: Schedule): Generator<Span, undefined> {
  if (cadence === 'named') {
    for (const date of [...new Set(dates)].sort(compareCivilDates)) {
      if (date >= firstDay && (lastDay === null || date <= lastDay)) yield { key: date, from: date, to: date }
    }
    return
  }
  let from = startOf(cadence, firstDay)
  for (let index = 0; index < MOST_PERIODS && (lastDay === null || from <= lastDay); index += 1) {
    const next = cadence === 'weekly' ? addDays(from, 7) : addMonths(from, monthsOf[cadence])
    yield { key: keyOf(cadence, from), from, to: addDays(next, -1) }
    from = next
  }
}

function startOf(cadence: Exclude<Cadence, 'named'>, date: CivilDate): CivilDate {
  if (cadence === 'weekly') return addDays(date, 1 - weekdayOf(date))
  const back = (monthOf(date) - 1) % monthsOf[cadence]
  return addMonths(startOfMonth(date), -back)
}

function keyOf(cadence: Exclude<Cadence, 'named'>, from: CivilDate): string {
  const year = from.slice(0, 4)
  switch (cadence) {
    case 'weekly':
      return weekKey(from)
    case 'monthly':
      return from.slice(0, 7)
    case 'quarterly':
      return `${year}-Q${Math.ceil(monthOf(from) / 3)}`
    case 'half-yearly':
      return `${year}-H${monthOf(from) < 7 ? 1 : 2}`
    case 'yearly':
      return year
  }
}

/** ISO 8601: the week belongs to the year of its Thursday. */
function weekKey(monday: CivilDate): string {
  const thursday = addDays(monday, 3)
  const dayOfYear = Math.round(
    (Date.parse(`${thursday}T00:00:00Z`) - Date.parse(`${thursday.slice(0, 4)}-01-01T00:00:00Z`)) / 86_400_000,
  )
  return `${thursday.slice(0, 4)}-W${String(Math.floor(dayOfYear / 7) + 1).padStart(2, '0')}`
}

function duePeriod(schedule: Schedule, span: Span, calendar: WorkingDays): DuePeriod {
  const nominalDueOn = nominalDue(schedule.due, span, calendar)
  // A number of working days ends on one already.
  const dueOn = schedule.due.kind === 'working-days' ? nominalDueOn : shifted(nominalDueOn, schedule.shift, calendar)
  const cutOff =
    schedule.cutOff === 'due-day' ? dueOn : schedule.cutOff === 'period-end' ? span.to : addDays(span.from, -1)
  return {
    ...span,
    countsFrom: schedule.counts === 'cumulative' ? null : countedFrom(schedule, span),
    cutOff,
    nominalDueOn,
    dueOn,
    provisional: !calendar.isPublished(nominalDueOn) || !calendar.isPublished(dueOn),
  }
}

/** Of a table that counts the period alone and up to the end of the one before, the one before is the period that is counted. */
function countedFrom({ cadence, cutOff }: Schedule, { from }: Span): CivilDate {
  if (cutOff !== 'previous-period-end' || cadence === 'named') return from
  return cadence === 'weekly' ? addDays(from, -7) : addMonths(from, -monthsOf[cadence])
}

function nominalDue(due: DueRule, { from, to }: Span, calendar: WorkingDays): CivilDate {
  switch (due.kind) {
    case 'on-date':
      return to
    case 'weekday':
      return addDays(to, 7 * due.after - weekdayOf(to) + due.weekday - (weekdayOf(to) < due.weekday ? 7 : 0))
    case 'last-day':
      return endOfMonth(addMonths(startOfMonth(to), due.after))
    case 'day-of-month': {
      const month = addMonths(startOfMonth(to), due.after)
      const last = endOfMonth(month)
      const day = `${month.slice(0, 8)}${String(due.day).padStart(2, '0')}`
      return day > last ? last : day
    }
    case 'working-days':
      return afterWorkingDays(to, due.days, calendar)
    default:
      return from
  }
}

/** The n-th working day after a day. */
export function afterWorkingDays(date: CivilDate, days: number, calendar: WorkingDays): CivilDate {
  let at = date
  for (let left = days, tries = 0; left > 0; tries += 1) {
    if (tries > days * 7 + FURTHEST_SHIFT) throw new Error('the calendar has no working days')
    at = addDays(at, 1)
    if (calendar.isWorkingDay(at)) left -= 1
  }
  return at
}

function shifted(date: CivilDate, shift: Schedule['shift'], calendar: WorkingDays): CivilDate {
  if (shift === 'none') return date
  const step = shift === 'next' ? 1 : -1
  let at = date
  for (let moved = 0; !calendar.isWorkingDay(at); moved += 1) {
    if (moved > FURTHEST_SHIFT) throw new Error('the calendar has no working days')
    at = addDays(at, step)
  }
  return at
}

/** 2026年6月, 2026年第二季度: as a person names the period. */
export function periodTitle(cadence: Cadence, { key, from, to }: Pick<DuePeriod, 'key' | 'from' | 'to'>): string {
  const year = `${yearOf(from)}年`
  switch (cadence) {
    case 'weekly':
      return `${formatChinese(from)}至${formatChinese(to)}`
    case 'monthly':
      return `${year}${monthOf(from)}月`
    case 'quarterly':
      return `${year}第${'一二三四'[Math.ceil(monthOf(from) / 3) - 1] ?? ''}季度`
    case 'half-yearly':
      return `${year}${monthOf(from) < 7 ? '上' : '下'}半年`
    case 'yearly':
      return year
    case 'named':
      return formatChinese(key)
  }
}
