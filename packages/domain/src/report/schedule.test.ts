import { describe, expect, it } from 'vitest'
import {
  checkSchedule,
  duePeriods,
  nextDuePeriods,
  periodTitle,
  type Cadence,
  type DueRule,
  type Schedule,
} from './schedule.js'

/** Holidays as the State Council's office published them: days off, and the weekend days that are worked instead (调休). */
const published: Readonly<Record<string, readonly [off: string, worked: string]>> = {
  2019: [
    '01-01 02-04..02-10 04-05..04-07 05-01..05-04 06-07..06-09 09-13..09-15 10-01..10-07',
    '02-02 02-03 04-28 05-05 09-29 10-12',
  ],
  2020: [
    '01-01 01-24..02-02 04-04..04-06 05-01..05-05 06-25..06-27 10-01..10-08',
    '01-19 04-26 05-09 06-28 09-27 10-10',
  ],
  2021: [
    '01-01..01-03 02-11..02-17 04-03..04-05 05-01..05-05 06-12..06-14 09-19..09-21 10-01..10-07',
    '02-07 02-20 04-25 05-08 09-18 09-26 10-09',
  ],
  2022: [
    '01-01..01-03 01-31..02-06 04-03..04-05 04-30..05-04 06-03..06-05 09-10..09-12 10-01..10-07 12-31',
    '01-29 01-30 04-02 04-24 05-07 10-08 10-09',
  ],
  2023: [
    '01-01..01-02 01-21..01-27 04-05 04-29..05-03 06-22..06-24 09-29..10-06',
    '01-28 01-29 04-23 05-06 06-25 10-07 10-08',
  ],
  2024: [
    '01-01 02-10..02-17 04-04..04-06 05-01..05-05 06-10 09-15..09-17 10-01..10-07',
    '02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12',
  ],
  2025: ['01-01 01-28..02-04 04-04..04-06 05-01..05-05 05-31..06-02 10-01..10-08', '01-26 02-08 04-27 09-28 10-11'],
  2026: [
    '01-01..01-03 02-15..02-23 04-04..04-06 05-01..05-05 06-19..06-21 09-25..09-27 10-01..10-07',
    '01-04 02-14 02-28 05-09 09-20 10-10',
  ],
}

// --- The oracle: days walked one by one, off a list of all days, and with nothing of the domain.

const allDays: { readonly date: string; readonly weekday: number }[] = []
for (let at = Date.UTC(2018, 0, 1); at < Date.UTC(2031, 0, 1); at += 86_400_000) {
  allDays.push({ date: new Date(at).toISOString().slice(0, 10), weekday: new Date(at).getUTCDay() })
}
const placeOf = new Map(allDays.map(({ date }, place) => [date, place]))
const placeIn = (date: string) => placeOf.get(date) ?? Number.NaN
const walk = (date: string, days: number) => allDays[placeIn(date) + days]?.date ?? ''
/** 0 is Sunday. */
const weekday = (date: string) => allDays[placeIn(date)]?.weekday
function expand(list: string, year: string): string[] {
  return list.split(' ').flatMap((entry) => {
    const [from = '', to = from] = entry.split('..').map((part) => `${year}-${part}`)
    const days = []
    for (let at = from; at <= to; at = walk(at, 1)) days.push(at)
    return days
  })
}
const off = new Set(Object.entries(published).flatMap(([year, [days]]) => expand(days, year)))
const worked = new Set(Object.entries(published).flatMap(([year, [, days]]) => expand(days, year)))
const calendar = {
  isWorkingDay: (date: string) => worked.has(date) || (!off.has(date) && weekday(date) !== 0 && weekday(date) !== 6),
  isPublished: (date: string) => date.slice(0, 4) in published,
}

interface OraclePeriod {
  readonly from: string
  readonly to: string
  readonly due: string
}

/** Every period that ends in 2019 to 2026, found by asking of each day whether a period ends on it. */
function oracle(cadence: Exclude<Cadence, 'named'>, due: DueRule, shift: Schedule['shift']): OraclePeriod[] {
  const found: OraclePeriod[] = []
  let from = cadence === 'weekly' ? '2019-01-07' : '2019-01-01'
  for (let at = from; at < '2027-01-01'; at = walk(at, 1)) {
    if (!endsPeriod(cadence, at)) continue
    found.push({ from, to: at, due: moved(plainDue(due, at), due.kind === 'working-days' ? 'none' : shift) })
    from = walk(at, 1)
  }
  return found
}

function endsPeriod(cadence: Exclude<Cadence, 'named'>, date: string): boolean {
  if (cadence === 'weekly') return weekday(date) === 0
  if (walk(date, 1).slice(8) !== '01') return false
  const month = Number(date.slice(5, 7))
  return { monthly: true, quarterly: month % 3 === 0, 'half-yearly': month % 6 === 0, yearly: month === 12 }[cadence]
}

function plainDue(due: DueRule, end: string): string {
  if (due.kind === 'working-days') {
    let at = end
    for (let left = due.days; left > 0;) {
      at = walk(at, 1)
      if (calendar.isWorkingDay(at)) left -= 1
    }
    return at
  }
  if (due.kind === 'weekday') {
    let at = end
    while ((weekday(at) || 7) !== due.weekday) at = walk(at, -1)
    return walk(at, 7 * due.after)
  }
  if (due.kind === 'on-date') return end
  // The last day of the month that lies `after` months on, then back to the day that is asked for.
  let month = Number(end.slice(0, 4)) * 12 + Number(end.slice(5, 7)) - 1 + due.after
  const year = Math.floor(month / 12)
  month = (month % 12) + 1
  let at = walk(`${month === 12 ? year + 1 : year}-${String(month === 12 ? 1 : month + 1).padStart(2, '0')}-01`, -1)
  if (due.kind === 'day-of-month') while (Number(at.slice(8)) > due.day) at = walk(at, -1)
  return at
}

function moved(date: string, shift: Schedule['shift']): string {
  let at = date
  while (shift !== 'none' && !calendar.isWorkingDay(at)) at = walk(at, shift === 'next' ? 1 : -1)
  return at
}

const monthly: Schedule = {
  cadence: 'monthly',
  due: { kind: 'day-of-month', day: 16, after: 0 },
  shift: 'next',
  cutOff: 'period-end',
  counts: 'cumulative',
  firstDay: '2019-01-01',
  lastDay: null,
  dates: [],
}
const of = (changes: Partial<Schedule>): Schedule => ({ ...monthly, ...changes })

const upTo = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n)
const afterPeriods = upTo(0, 2)
const byMonth: readonly DueRule[] = afterPeriods.flatMap((after) => [
  ...upTo(1, 31).map((day) => ({ kind: 'day-of-month' as const, day, after })),
  { kind: 'last-day' as const, after },
])
const anyPeriod: readonly DueRule[] = [
  ...afterPeriods.flatMap((after) => upTo(1, 7).map((day) => ({ kind: 'weekday' as const, weekday: day, after }))),
  ...upTo(1, 15).map((days) => ({ kind: 'working-days' as const, days })),
]
const shifts = ['none', 'next', 'previous'] as const
const cadences = ['weekly', 'monthly', 'quarterly', 'half-yearly', 'yearly'] as const

describe('a due day', () => {
  it('is that of a plainly written oracle, for every rule and every period of 2019 to 2026', () => {
    let held = 0
    for (const cadence of cadences) {
      for (const due of cadence === 'weekly' ? anyPeriod : [...byMonth, ...anyPeriod]) {
        for (const shift of shifts) {
          const schedule = of({ cadence, due, shift, firstDay: cadence === 'weekly' ? '2019-01-07' : '2019-01-01' })
          const expected = oracle(cadence, due, shift)
          const found = duePeriods(schedule, calendar, '2030-06-30').slice(0, expected.length)
          held += 1
          expect(
            found.map(({ from, to, dueOn }) => ({ from, to, due: dueOn })),
            `${cadence} ${JSON.stringify(due)} ${shift}`,
          ).toEqual(expected)
        }
      }
    }
    expect(held).toBe(3 * (36 + 4 * 132))
  }, 120_000)

  it('of a named day is that day, or so many working days after it, for every day of 2019 to 2026', () => {
    const dates = allDays.map(({ date }) => date).filter((date) => date >= '2019-01-01' && date <= '2026-12-31')
    for (const shift of shifts) {
      for (const due of [{ kind: 'on-date' }, { kind: 'working-days', days: 3 }] as const) {
        const found = duePeriods(of({ cadence: 'named', due, shift, dates }), calendar, '2030-06-30')
        expect(found.map(({ key, dueOn }) => [key, dueOn])).toEqual(
          dates.map((date) => [date, moved(plainDue(due, date), due.kind === 'on-date' ? shift : 'none')]),
        )
      }
    }
  }, 60_000)

  it.each<[string, Partial<Schedule>, (date: string) => boolean]>([
    ['调休 forgotten', {}, (date) => !worked.has(date) && calendar.isWorkingDay(date)],
    ['holidays forgotten', {}, (date) => worked.has(date) || (weekday(date) !== 0 && weekday(date) !== 6)],
    ['weekends forgotten', {}, (date) => !off.has(date)],
    ['brought forward instead of put off', { shift: 'previous' }, calendar.isWorkingDay],
    ['not moved', { shift: 'none' }, calendar.isWorkingDay],
    ['a month late', { due: { kind: 'day-of-month', day: 28, after: 1 } }, calendar.isWorkingDay],
    ['the last day for the 28th', { due: { kind: 'last-day', after: 0 } }, calendar.isWorkingDay],
  ])('with a fault differs from the oracle: %s', (_fault, changes, isWorkingDay) => {
    const due = { kind: 'day-of-month' as const, day: 28, after: 0 }
    const expected = oracle('monthly', due, 'next').map((each) => each.due)
    const dueBy = (schedule: Schedule, days: typeof calendar) =>
      duePeriods(schedule, days, '2030-06-30')
        .slice(0, expected.length)
        .map((each) => each.dueOn)
    const right = of({ due, firstDay: '2019-01-01' })
    expect(dueBy(right, calendar)).toEqual(expected)
    expect(dueBy({ ...right, ...changes }, { ...calendar, isWorkingDay })).not.toEqual(expected)
  })

  it('on the 16th moves past the holiday in which it lies', () => {
    // 2021-02-16 lies in the Spring Festival; work begins again on the 18th.
    const [period] = nextDuePeriods(monthly, calendar, '2021-02-01', 1)
    expect(period).toMatchObject({
      key: '2021-02',
      nominalDueOn: '2021-02-16',
      dueOn: '2021-02-18',
      provisional: false,
    })
  })

  it('on a worked Sunday stays', () => {
    const due = { kind: 'day-of-month' as const, day: 28, after: 0 }
    expect(nextDuePeriods(of({ due }), calendar, '2025-09-01', 1)[0]?.dueOn).toBe('2025-09-28')
  })

  it('brought forward over the end of a month is due in the month before', () => {
    const schedule = of({ due: { kind: 'day-of-month', day: 1, after: 0 }, shift: 'previous' })
    expect(duePeriods(schedule, calendar, '2020-09-30').at(-1)).toMatchObject({ key: '2020-10', dueOn: '2020-09-30' })
  })

  it('of a year whose holidays are not published is provisional', () => {
    expect(nextDuePeriods(monthly, calendar, '2026-12-10', 2).map((each) => [each.key, each.provisional])).toEqual([
      ['2026-12', false],
      ['2027-01', true],
    ])
  })

  it('follows an event by working days', () => {
    const schedule = of({ cadence: 'named', dates: ['2023-09-28'], due: { kind: 'working-days', days: 3 } })
    // 29 September to 6 October are holidays; the 7th and 8th are worked.
    expect(nextDuePeriods(schedule, calendar, '2023-01-01', 1)[0]?.dueOn).toBe('2023-10-09')
  })
})

describe('a period', () => {
  it.each<[string, Partial<Schedule>, string, string | null]>([
    ['this month', { cutOff: 'period-end' }, '2023-06-30', null],
    ['last month', { cutOff: 'previous-period-end' }, '2023-05-31', null],
    ['the due day', { cutOff: 'due-day' }, '2023-06-16', null],
    ['this month alone', { cutOff: 'period-end', counts: 'period' }, '2023-06-30', '2023-06-01'],
    ['last month alone', { cutOff: 'previous-period-end', counts: 'period' }, '2023-05-31', '2023-05-01'],
  ])('counts up to the end of %s', (_what, changes, cutOff, countsFrom) => {
    expect(nextDuePeriods(of(changes), calendar, '2023-06-10', 1)[0]).toMatchObject({
      key: '2023-06',
      cutOff,
      countsFrom,
    })
  })

  it.each<[Cadence, string, string]>([
    ['weekly', '2021-W01', '2021年1月4日至2021年1月10日'],
    ['monthly', '2021-01', '2021年1月'],
    ['quarterly', '2021-Q1', '2021年第一季度'],
    ['half-yearly', '2021-H1', '2021年上半年'],
    ['yearly', '2021', '2021年'],
  ])('%s is named %s and called %s', (cadence, key, title) => {
    const due = cadence === 'weekly' ? ({ kind: 'weekday', weekday: 5, after: 0 } as const) : monthly.due
    const [period] = nextDuePeriods(of({ cadence, due, firstDay: '2021-01-06' }), calendar, '2021-01-01', 1)
    if (period === undefined) throw new Error('no period')
    expect([period.key, periodTitle(cadence, period)]).toEqual([key, title])
  })

  it('begins with the one in which the first day lies and ends with the last', () => {
    const schedule = of({ firstDay: '2023-05-15', lastDay: '2023-07-15' })
    expect(duePeriods(schedule, calendar, '2030-01-01').map((each) => each.key)).toEqual([
      '2023-05',
      '2023-06',
      '2023-07',
    ])
  })

  it('whose due day was past before the first day is not asked for', () => {
    const begun = (firstDay: string, changes: Partial<Schedule> = {}) =>
      nextDuePeriods(of({ firstDay, ...changes }), calendar, '2023-01-01', 1)[0]?.dueOn
    expect(begun('2023-05-16')).toBe('2023-05-16')
    expect(begun('2023-05-20')).toBe('2023-06-16')
    // The 16th of July 2023 is a Sunday: on the 17th it is due still.
    expect(begun('2023-07-17')).toBe('2023-07-17')
    expect(begun('2023-07-18')).toBe('2023-08-16')
    expect(begun('2023-05-20', { due: { kind: 'day-of-month', day: 1, after: 1 }, shift: 'none' })).toBe('2023-06-01')
    const opened = duePeriods(of({ firstDay: '2023-05-20' }), calendar, '2023-07-31').map(({ key }) => key)
    expect(opened).toEqual(['2023-06', '2023-07'])
  })
})

describe('a schedule that cannot be', () => {
  it.each<[string, Partial<Schedule>]>([
    ['schedule.never-due', { cadence: 'named', due: { kind: 'on-date' }, dates: [] }],
    ['schedule.never-due', { cadence: 'named', due: { kind: 'on-date' }, dates: ['2018-01-01'] }],
    ['schedule.dates-reversed', { lastDay: '2018-01-01' }],
    ['schedule.date-invalid', { firstDay: '2023-02-30' }],
    ['schedule.date-invalid', { cadence: 'named', due: { kind: 'on-date' }, dates: ['2023-05-20', '2023-02-30'] }],
    ['schedule.day', { due: { kind: 'day-of-month', day: 32, after: 0 } }],
    ['schedule.day', { due: { kind: 'weekday', weekday: 0, after: 0 } }],
    ['schedule.day', { due: { kind: 'working-days', days: 0 } }],
    ['schedule.day', { due: { kind: 'last-day', after: -1 } }],
    // Its one due day, the 16th, is past on the day it begins.
    ['schedule.never-due', { firstDay: '2023-06-20', lastDay: '2023-06-30' }],
    ['schedule.rule-misplaced', { cadence: 'weekly' }],
    ['schedule.rule-misplaced', { due: { kind: 'on-date' } }],
    ['schedule.rule-misplaced', { cadence: 'named', dates: ['2023-05-20'] }],
  ])('is refused: %s %o', (code, changes) => {
    const answer = checkSchedule(of(changes), calendar)
    expect(answer.ok ? 'ok' : answer.refusal.code).toBe(code)
  })

  it('is not one that can', () => {
    const weekly: Partial<Schedule> = { cadence: 'weekly', due: { kind: 'weekday', weekday: 5, after: 1 } }
    for (const changes of [{}, weekly, { firstDay: '2023-06-16', lastDay: '2023-06-30' }])
      expect(checkSchedule(of(changes), calendar).ok).toBe(true)
    // The 10th is a Saturday: the day that it moves to is after the first.
    const moved: Partial<Schedule> = { due: { kind: 'day-of-month', day: 10, after: 0 }, shift: 'next' }
    expect(checkSchedule(of({ ...moved, firstDay: '2023-06-11', lastDay: '2023-06-30' }), calendar).ok).toBe(true)
  })
})
