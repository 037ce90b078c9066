import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, daysBetween } from '../shared/civil-date.js'
import { isOwed, timelinessOf, type TimedReturn } from './timeliness.js'

const open: TimedReturn = { dueOn: '2023-06-16', excusedUntil: null, firstSubmittedOn: null, dissolvedOn: null }
const told = (changes: Partial<TimedReturn>, today: string) => {
  const { state, daysLate } = timelinessOf({ ...open, ...changes }, today)
  return [state, daysLate]
}

describe('a return of a unit that was dissolved', () => {
  it('is not owed when its day comes after the unit’s last', () => {
    expect(told({ dissolvedOn: '2023-06-14' }, '2023-06-13')).toEqual(['not-due', 0])
    expect(told({ dissolvedOn: '2023-06-14' }, '2023-06-14')).toEqual(['dissolved', 0])
    expect(told({ dissolvedOn: '2023-06-14' }, '2023-07-01')).toEqual(['dissolved', 0])
    expect(told({ dissolvedOn: '2023-06-16' }, '2023-07-01')).toEqual(['dissolved', 0])
    // An exception may carry the day beyond the last.
    expect(told({ excusedUntil: '2023-06-20', dissolvedOn: '2023-06-18' }, '2023-07-01')).toEqual(['dissolved', 0])
  })

  it('stays owed when it fell due before, and is late until the last day and no longer', () => {
    expect(told({ dissolvedOn: '2023-06-21' }, '2023-06-19')).toEqual(['overdue', 3])
    expect(told({ dissolvedOn: '2023-06-21' }, '2023-06-21')).toEqual(['dissolved', 4])
    expect(told({ dissolvedOn: '2023-06-21' }, '2023-09-01')).toEqual(['dissolved', 4])
    expect(told({ dissolvedOn: '2023-06-21', firstSubmittedOn: '2023-07-10' }, '2023-09-01')).toEqual(['late', 4])
  })

  it('is not late when somebody files it all the same', () => {
    expect(told({ dissolvedOn: '2023-06-14', firstSubmittedOn: '2023-06-30' }, '2023-07-01')).toEqual(['on-time', 0])
  })

  it('is never later than it was on the unit’s last day, on whatever day one asks', () => {
    const day = fc.integer({ min: 0, max: 60 }).map((n) => addDays('2023-06-01', n))
    const timed = fc.record({
      dueOn: day,
      excusedUntil: fc.option(day),
      firstSubmittedOn: fc.option(day),
      dissolvedOn: fc.option(day),
    })
    fc.assert(
      fc.property(timed, fc.integer({ min: 0, max: 60 }), (of, n) => {
        const today = addDays('2023-08-01', n)
        const { state, daysLate } = timelinessOf(of, today)
        if (of.dissolvedOn === null) return state !== 'dissolved'
        const until = of.excusedUntil ?? of.dueOn
        const most = Math.max(0, daysBetween(until, addDays(of.dissolvedOn, -1)))
        return daysLate <= most && (isOwed(of) || daysLate === 0) && state !== 'overdue'
      }),
    )
  })
})
