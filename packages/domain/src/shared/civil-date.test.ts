import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  civilDateOf,
  compareCivilDates,
  daysBetween,
  endOfMonth,
  formatChinese,
  isCivilDate,
  latestDate,
  parseCivilDate,
  readLooseDate,
  startOfMonth,
  weekdayOf,
} from './civil-date.js'

const anyDate = fc
  .date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2199-12-31T00:00:00Z'), noInvalidDate: true })
  .map((instant) => instant.toISOString().slice(0, 10))

function read(value: string | number, context = {}) {
  const answer = readLooseDate(value, context)
  return answer.ok ? answer.value : answer.refusal.code
}

describe('civil dates', () => {
  it('knows which days exist', () => {
    expect(isCivilDate('2023-06-16')).toBe(true)
    expect(isCivilDate('2024-02-29')).toBe(true)
    expect(isCivilDate('2000-02-29')).toBe(true)
    for (const none of [
      '2023-02-30',
      '2023-02-29',
      '1900-02-29',
      '2023-13-01',
      '2023-00-10',
      '2023-6-16',
      '2023-06-31',
      '',
      '2023-06-16T00:00',
    ]) {
      expect(isCivilDate(none), none).toBe(false)
    }
    expect(parseCivilDate('2023-02-30', 'foundOn')).toMatchObject({
      ok: false,
      refusal: { code: 'date.invalid', path: 'foundOn' },
    })
  })

  it('counts days as the UTC calendar does', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -40_000, max: 40_000 }), (date, days) => {
        const expected = new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
        expect(addDays(date, days)).toBe(expected)
        expect(daysBetween(date, expected)).toBe(days)
        expect(weekdayOf(date)).toBe(new Date(`${date}T00:00:00Z`).getUTCDay() || 7)
      }),
    )
  })

  it('adds months and stays inside the month', () => {
    expect(addMonths('2023-01-31', 1)).toBe('2023-02-28')
    expect(addMonths('2024-01-31', 1)).toBe('2024-02-29')
    expect(addMonths('2023-11-30', 3)).toBe('2024-02-29')
    expect(addMonths('2023-01-15', -1)).toBe('2022-12-15')
    expect([startOfMonth('2023-02-10'), endOfMonth('2023-02-10')]).toEqual(['2023-02-01', '2023-02-28'])
    expect(endOfMonth('2024-02-10')).toBe('2024-02-29')
  })

  it('sorts and picks the latest', () => {
    expect(['2023-10-01', '2023-09-30'].sort(compareCivilDates)).toEqual(['2023-09-30', '2023-10-01'])
    expect(latestDate('2023-01-01', null, '2023-03-01', '2023-02-01')).toBe('2023-03-01')
  })

  it('prints a date as an official document does', () => {
    expect(formatChinese('2023-06-06')).toBe('2023年6月6日')
  })

  it('puts an instant on the day of Shanghai', () => {
    expect(civilDateOf(new Date('2023-06-15T16:00:00Z'))).toBe('2023-06-16')
    expect(civilDateOf(new Date('2023-06-15T15:59:59.999Z'))).toBe('2023-06-15')
    expect(civilDateOf(new Date('1969-12-31T15:00:00Z'))).toBe('1969-12-31')
  })
})

describe('dates as people type them in workbooks', () => {
  it.each([
    '2023-06-16',
    '2023-6-16',
    '2023/6/16',
    '2023.6.16',
    '2023.06.16.',
    '2023年6月16日',
    '2023年06月16号',
    '2023 年 6 月 16 日',
    '20230616',
    '２０２３年６月１６日',
    '２０２３－０６－１６',
    '2023．6．16',
    '2023—06—16',
    '二〇二三年六月十六日',
    '2023-06-16 08:30',
    '2023-06-16T08:30:00',
    '2023/6/16 8：30：05',
    '2023年6月16日 上午8时30分',
    '2023年6月16日15时',
    '2023年6月16日（星期五）',
    '2023年6月16日前',
    ' 2023-06-16 ',
    '45093',
    '2023-06-15T16:30:00.000Z',
    '2023-06-16T00:30:00+08:00',
  ])('reads %s', (text) => {
    expect(read(text)).toBe('2023-06-16')
  })

  it('reads the serial numbers of both date systems and drops the time', () => {
    expect(read(45_093)).toBe('2023-06-16')
    expect(read(45_093.75)).toBe('2023-06-16')
    expect(read(43_631, { epoch: 1904 })).toBe('2023-06-16')
    expect(read(20_230_616)).toBe('2023-06-16')
  })

  it('reads Chinese numerals of every shape', () => {
    expect(read('二〇二三年十月十日')).toBe('2023-10-10')
    expect(read('二○二三年十二月三十一日')).toBe('2023-12-31')
    expect(read('二零二四年二月二十日')).toBe('2024-02-20')
  })

  it('needs a year from somewhere', () => {
    expect(read('6月16日')).toBe('date.year-missing')
    expect(read('6月16日', { year: 2023 })).toBe('2023-06-16')
    expect(read('6.16', { year: 2023 })).toBe('2023-06-16')
    expect(read('2月29日', { year: 2023 })).toBe('date.invalid')
  })

  it.each([
    ['2023-02-30', 'date.invalid'],
    ['20231301', 'date.invalid'],
    ['0023-06-16', 'date.invalid'],
    ['6/7/2023', 'date.ambiguous'],
    ['23.6.16', 'date.ambiguous'],
    ['2023年6月', 'date.day-missing'],
    ['已完成', 'date.unreadable'],
    ['', 'date.blank'],
    ['　', 'date.blank'],
    ['2023-06-16至2023-06-20', 'date.unreadable'],
  ])('refuses %s instead of guessing', (text, code) => {
    expect(read(text)).toBe(code)
  })

  it.each([0, 5, -1, 6.16, Number.NaN, Infinity, 1e9])('does not take the number %s for a date', (value) => {
    expect(read(value)).toBe('date.unreadable')
  })

  it('reads back every spelling that it could have printed', () => {
    fc.assert(
      fc.property(anyDate, (date) => {
        const [y, m, d] = date.split('-').map(Number)
        const wide = date.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
        for (const text of [
          date,
          formatChinese(date),
          `${y}/${m}/${d}`,
          `${y}.${m}.${d}`,
          date.replaceAll('-', ''),
          wide,
        ])
          expect(read(text)).toBe(date)
        const serial = daysBetween('1899-12-30', date)
        if (serial >= 10_000) expect(read(serial)).toBe(date)
      }),
    )
  })
})
