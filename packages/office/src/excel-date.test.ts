import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { civilDateOf, isDateFormatCode, serialOf } from './excel-date.js'

describe('Excel dates', () => {
  it.each([
    [1, '1900', '1900-01-01'],
    [59, '1900', '1900-02-28'],
    [60, '1900', null], // 29 February 1900 exists in Excel only
    [61, '1900', '1900-03-01'],
    [46182.75, '1900', '2026-06-09'],
    [0, '1904', '1904-01-01'],
    [44720, '1904', '2026-06-09'],
    [-1, '1900', null],
    [Number.NaN, '1900', null],
    [9e9, '1900', null],
  ] as const)('serial %d in the %s calendar is %s', (serial, system, date) => {
    expect(civilDateOf({ serial, system })).toBe(date)
  })

  it('go there and back for every day since March 1900', () => {
    fc.assert(
      fc.property(fc.integer({ min: 61, max: 2_958_465 }), (serial) => {
        const date = civilDateOf({ serial, system: '1900' })
        expect(date === null ? null : serialOf(date)).toBe(serial)
      }),
    )
    for (const none of ['2026-02-30', '2026-6-9', '待定', '']) expect(serialOf(none)).toBeNull()
  })

  it.each([
    ['yyyy"年"m"月"d"日"', true],
    ['[$-804]yyyy/m/d', true],
    ['[h]:mm', true],
    ['上午/下午h"时"', true],
    ['General', false],
    ['0.00_ ', false],
    ['[Red]0.00;"元"0', false],
    ['"days" 0', false],
    ['\\d0', false],
  ])('format %s shows a date: %s', (code, isDate) => {
    expect(isDateFormatCode(code)).toBe(isDate)
  })
})
