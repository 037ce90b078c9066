import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, formatChinese, weekdayOf } from '../shared/civil-date.js'
import {
  calendarWith,
  closureTooLong,
  readHolidays,
  type CalendarOverride,
  type DayKind,
  type OverrideKind,
} from './calendar.js'
import { duePeriods, type Schedule, type WorkingDays } from './schedule.js'

const weekdays: WorkingDays = {
  isWorkingDay: (date) => weekdayOf(date) < 6,
  isPublished: (date) => date < '2027-01-01',
}
const someDay = fc.integer({ min: 0, max: 700 }).map((days) => addDays('2026-01-01', days))
const someOverrides = fc.array(
  fc.record({ day: someDay, kind: fc.constantFrom<OverrideKind>('working-day', 'day-off', 'as-published') }),
  { maxLength: 40 },
)

describe('a closure', () => {
  const off = (from: string, count: number): CalendarOverride[] =>
    Array.from({ length: count }, (_, at) => ({ day: addDays(from, at), kind: 'day-off' }))
  const told = (overrides: readonly CalendarOverride[]) =>
    closureTooLong(
      calendarWith(weekdays, overrides),
      overrides.map(({ day }) => day),
    )

  it('of more than 31 days is a slip, the weekends beside it and what was entered before among them', () => {
    // The 4th of January 2027 is a Monday.
    expect(told(off('2027-01-04', 26))).toBeNull()
    expect(told(off('2027-01-04', 33))).toEqual({ from: '2027-01-02', to: '2027-02-07', days: 37 })
    const before = off('2027-01-04', 20)
    const after = off('2027-01-25', 20)
    const both = calendarWith(weekdays, [...before, ...after])
    expect(closureTooLong(both, [after[0]?.day ?? ''])).toEqual({ from: '2027-01-02', to: '2027-02-14', days: 44 })
    expect(told(off('2027-01-04', 900))?.days).toBeGreaterThan(31)
  })
})

describe('a calendar with what was entered', () => {
  it('is the published one but for the days that were entered, and the last word on a day counts', () => {
    fc.assert(
      fc.property(someOverrides, someDay, (overrides, date) => {
        const last = overrides.filter(({ day }) => day === date).at(-1)?.kind ?? 'as-published'
        const expected = last === 'as-published' ? weekdays.isWorkingDay(date) : last === 'working-day'
        expect(calendarWith(weekdays, overrides).isWorkingDay(date)).toBe(expected)
      }),
    )
  })

  it('is the published one again when everything was taken back', () => {
    fc.assert(
      fc.property(someOverrides, someDay, (overrides, date) => {
        const back = overrides.map(({ day }): CalendarOverride => ({ day, kind: 'as-published' }))
        const calendar = calendarWith(weekdays, [...overrides, ...back])
        expect(calendar.isWorkingDay(date)).toBe(weekdays.isWorkingDay(date))
        expect(calendar.isPublished(date)).toBe(weekdays.isPublished(date))
      }),
    )
  })

  it('makes no year known by a single day, and knows the one whose National Day was entered', () => {
    const one = calendarWith(weekdays, [{ day: '2027-02-08', kind: 'day-off' }])
    expect(one.isPublished('2027-06-01')).toBe(false)
    const whole = calendarWith(weekdays, [{ day: '2027-10-01', kind: 'day-off' }])
    expect(whole.isPublished('2027-06-01')).toBe(true)
    expect(whole.isPublished('2028-06-01')).toBe(false)
  })

  it('moves a due day that falls on a day off entered, and no other', () => {
    const schedule: Schedule = {
      cadence: 'monthly',
      due: { kind: 'day-of-month', day: 16, after: 0 },
      shift: 'next',
      cutOff: 'due-day',
      counts: 'cumulative',
      firstDay: '2026-01-01',
      lastDay: null,
      dates: [],
    }
    const due = (calendar: WorkingDays) => duePeriods(schedule, calendar, '2026-12-31').map(({ dueOn }) => dueOn)
    const before = due(weekdays)
    const after = due(calendarWith(weekdays, [{ day: '2026-06-16', kind: 'day-off' }]))
    expect(before).toContain('2026-06-16')
    expect(after).toEqual(before.map((date) => (date === '2026-06-16' ? '2026-06-17' : date)))
  })
})

const read = (text: string, year = 2027) =>
  readHolidays(text, year).days.map(({ day, kind }) => `${day.slice(5)} ${kind === 'day-off' ? '休' : '班'}`)

describe('a notice of holidays', () => {
  it('is read in its own sentences: spans, bracketed weekdays, days worked instead', () => {
    expect(
      read(
        '一、元旦：1月1日（周五）至3日（周日）放假，共3天。\n二、春节：2月5日（农历除夕、周五）至11日（周四）放假调休，共7天。2月4日（周四）、2月20日（周六）上班。',
      ),
    ).toEqual([
      ...['01-01 休', '01-02 休', '01-03 休', '02-04 班', '02-05 休', '02-06 休', '02-07 休', '02-08 休'],
      ...['02-09 休', '02-10 休', '02-11 休', '02-20 班'],
    ])
  })

  it('is read where a span crosses months or years, and where the month is said once', () => {
    expect(read('4月30日至5月2日放假')).toEqual(['04-30 休', '05-01 休', '05-02 休'])
    expect(readHolidays('12月31日至1月2日放假', 2027).days.map(({ day }) => day)).toEqual([
      '2027-12-31',
      '2028-01-01',
      '2028-01-02',
    ])
    expect(read('9月18日、25日上班')).toEqual(['09-18 班', '09-25 班'])
  })

  it('is read from a list, with or without years', () => {
    expect(read('2027-10-01 休\n2027/10/2 放假\n2027.10.09 上班\n2027年10月10日 工作日')).toEqual([
      ...['10-01 休', '10-02 休', '10-09 班', '10-10 班'],
    ])
  })

  it('says what it did not understand, and what it says twice', () => {
    const reading = readHolidays(
      '国庆节：10月1日至7日，另行通知。\n10月40日放假\n10月8日放假\n10月8日上班\n祝节日愉快',
      2027,
    )
    expect(reading.unread).toEqual(['国庆节:10月1日至7日,另行通知', '10月40日放假'])
    expect(reading.contradictions).toEqual(['2027-10-08'])
  })

  it('gives back whatever days were written in its form', () => {
    const spans = fc.array(
      fc.record({
        from: someDay,
        length: fc.integer({ min: 0, max: 9 }),
        kind: fc.constantFrom<DayKind>('day-off', 'working-day'),
      }),
      { minLength: 1, maxLength: 8 },
    )
    fc.assert(
      fc.property(spans, (some) => {
        const lines = some.map(({ from, length, kind }) => {
          const to = length === 0 ? '' : `至${formatChinese(addDays(from, length))}`
          return `${formatChinese(from)}${to}${kind === 'day-off' ? '放假' : '上班'}`
        })
        const expected = new Map(
          some.flatMap(({ from, length, kind }) =>
            Array.from({ length: length + 1 }, (_, at) => [addDays(from, at), kind] as const),
          ),
        )
        const { days, unread } = readHolidays(lines.join('。'), 2026)
        expect(unread).toEqual([])
        expect(new Map(days.map(({ day, kind }) => [day, kind]))).toEqual(expected)
      }),
    )
  })

  it('never takes what is no date for one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const { day } of readHolidays(text, 2027).days) expect(day).toMatch(/^\d{4}-\d\d-\d\d$/)
      }),
    )
    expect(readHolidays('共9天，第3季度上班，放假前2小时', 2027).days).toEqual([])
  })
})
