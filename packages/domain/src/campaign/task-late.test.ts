import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, weekdayOf } from '../shared/civil-date.js'
import { taskLateness, taskPeriods, type TaskTiming, type TaskUpdate } from './task-late.js'
import type { PlanPeriod } from './plan.js'

const campaign = { startsOn: '2023-05-25', endsOn: '2023-12-31' }
const monthly: TaskTiming = { ...campaign, due: { kind: 'recurring', per: 'month' }, frequency: null }
const done = (...days: string[]): TaskUpdate[] => days.map((doneOn) => ({ doneOn }))

describe('a task due on a date', () => {
  const task: TaskTiming = { ...campaign, due: { kind: 'date', date: '2023-07-30' }, frequency: null }
  const stateOn = (asOf: string, updates: TaskUpdate[] = []) => taskLateness(task, updates, asOf).state

  it('is open, due soon in its last week, and late from the next day on', () => {
    expect(
      ['2023-05-24', '2023-05-25', '2023-07-22', '2023-07-23', '2023-07-30', '2023-07-31'].map((day) => stateOn(day)),
    ).toEqual(['not-started', 'open', 'open', 'due-soon', 'due-soon', 'late'])
    expect(taskLateness(task, [], '2023-08-10')).toMatchObject({ lateSince: '2023-07-31', nextDue: '2023-07-30' })
  })

  it('is done by an update, though late, and as of an earlier day is not done yet', () => {
    expect(stateOn('2023-08-10', done('2023-08-05'))).toBe('done')
    expect(stateOn('2023-08-04', done('2023-08-05'))).toBe('late')
    expect(stateOn('2023-08-10', [{ doneOn: null }])).toBe('late')
  })

  it('asks for as many as the plan wants in the campaign', () => {
    const twice = { ...task, frequency: { times: 2, per: 'campaign' as const } }
    expect(taskLateness(twice, done('2023-06-01'), '2023-07-31').state).toBe('late')
    expect(taskLateness(twice, done('2023-06-01', '2023-07-01'), '2023-07-31').state).toBe('done')
  })
})

describe('a task that recurs', () => {
  it('asks for one update in each month, the first beginning with the campaign', () => {
    expect(taskLateness(monthly, done('2023-05-30', '2023-07-03'), '2023-08-10')).toEqual({
      state: 'late',
      lateSince: '2023-07-01',
      nextDue: '2023-08-31',
      missedPeriods: [{ from: '2023-06-01', to: '2023-06-30' }],
    })
    expect(taskLateness(monthly, done('2023-05-30'), '2023-06-10')).toMatchObject({
      state: 'open',
      nextDue: '2023-06-30',
    })
    expect(taskLateness(monthly, done('2023-05-30', '2023-06-05'), '2023-06-10')).toMatchObject({
      state: 'done',
      nextDue: '2023-07-31',
    })
  })

  it('asks for as many within the period as the frequency says', () => {
    const weekly = { ...monthly, frequency: { times: 4, per: 'month' as const } }
    expect(
      taskLateness(weekly, done('2023-05-26', '2023-05-27', '2023-05-28'), '2023-06-01').missedPeriods,
    ).toHaveLength(1)
    expect(taskLateness(weekly, done('2023-05-26', '2023-05-27', '2023-05-28', '2023-05-28'), '2023-06-01').state).toBe(
      'open',
    )
  })

  it('every two months counts from the month in which the campaign starts, quarters are those of the calendar', () => {
    expect(taskPeriods('two-months', '2023-05-25', '2023-12-31', '2023-06-01').map(({ to }) => to)).toEqual([
      '2023-06-30',
      '2023-08-31',
      '2023-10-31',
      '2023-12-31',
    ])
    expect(taskPeriods('quarter', '2023-05-25', '2023-11-15', '2023-06-01').map(({ to }) => to)).toEqual([
      '2023-06-30',
      '2023-09-30',
      '2023-11-15',
    ])
    expect(taskPeriods('half-year', '2023-05-25', null, '2023-06-01').map(({ to }) => to)).toEqual([
      '2023-06-30',
      '2023-12-31',
    ])
    expect(taskPeriods('year', '2023-05-25', '2024-03-31', '2023-06-01').map(({ to }) => to)).toEqual([
      '2023-12-31',
      '2024-03-31',
    ])
    expect(taskPeriods('week', '2023-05-25', null, '2023-05-29').map(({ to }) => to)).toEqual([
      '2023-05-28',
      '2023-06-04',
      '2023-06-11',
    ])
  })

  it('through the campaign is due by its end', () => {
    const once: TaskTiming = { ...campaign, due: { kind: 'recurring', per: 'campaign' }, frequency: null }
    expect(taskLateness(once, [], '2024-01-01')).toMatchObject({ state: 'late', lateSince: '2024-01-01' })
    expect(taskLateness({ ...once, endsOn: null }, [], '2024-01-01').state).toBe('open')
    expect(taskLateness({ ...once, endsOn: null }, done('2023-06-01'), '2024-01-01').state).toBe('done')
  })
})

describe('a task with windows', () => {
  const task: TaskTiming = {
    ...campaign,
    due: {
      kind: 'dates',
      windows: [
        { from: '2023-08-11', to: '2023-08-20' },
        { from: '2023-11-11', to: '2023-11-20' },
      ],
    },
    frequency: { times: 1, per: 'quarter' },
  }

  it('asks for one update in each, accepts it late, and not before', () => {
    expect(taskLateness(task, [], '2023-08-15')).toMatchObject({ state: 'due-soon', nextDue: '2023-08-20' })
    expect(taskLateness(task, [], '2023-08-21')).toMatchObject({
      state: 'late',
      lateSince: '2023-08-21',
      nextDue: '2023-11-20',
      missedPeriods: [{ from: '2023-08-11' }],
    })
    expect(taskLateness(task, done('2023-08-25'), '2023-08-26')).toMatchObject({
      state: 'open',
      nextDue: '2023-11-20',
      missedPeriods: [],
    })
    expect(taskLateness(task, done('2023-06-01'), '2023-08-26').state).toBe('late')
    expect(taskLateness(task, done('2023-08-12', '2023-11-12'), '2023-12-01').state).toBe('done')
    expect(taskLateness(task, done('2023-11-12'), '2023-12-01').missedPeriods).toHaveLength(1)
  })
})

describe('a standing task', () => {
  it('is never late, unless its requirement has a rhythm', () => {
    const task: TaskTiming = { ...campaign, due: { kind: 'standing' }, frequency: null }
    expect(taskLateness(task, [], '2023-12-31').state).toBe('standing')
    expect(taskLateness(task, [], '2023-05-01').state).toBe('not-started')
    expect(taskLateness({ ...task, due: null }, [], '2023-12-31').state).toBe('standing')
    expect(
      taskLateness({ ...task, frequency: { times: 1, per: 'month' } }, [], '2023-06-01').missedPeriods,
    ).toHaveLength(1)
  })
})

/** The plain way: walk the days one by one, give each the name of its period, and count. */
function oracle(
  per: Exclude<PlanPeriod, 'campaign'>,
  times: number,
  startsOn: string,
  endsOn: string | null,
  days: readonly string[],
  asOf: string,
) {
  const monthIndex = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1
  const nameOf = (day: string): string => {
    if (per === 'week') return addDays(day, 1 - weekdayOf(day))
    const size = { month: 1, 'two-months': 2, quarter: 3, 'half-year': 6, year: 12 }[per]
    const origin = per === 'two-months' ? monthIndex(startsOn) : 0
    return String(Math.floor((monthIndex(day) - origin) / size))
  }
  const periods = new Map<string, { from: string; to: string; count: number }>()
  const horizon = addDays(asOf > startsOn ? asOf : startsOn, 800)
  for (let day = startsOn; day <= (endsOn ?? horizon); day = addDays(day, 1)) {
    const period = periods.get(nameOf(day)) ?? { from: day, to: day, count: 0 }
    period.to = day
    if (day <= asOf) period.count += days.filter((done) => done === day).length
    periods.set(nameOf(day), period)
  }
  const unmet = [...periods.values()].filter(({ count }) => count < times)
  const missed = unmet.filter(({ to }) => to < asOf)
  return {
    missed: missed.map(({ from, to }) => ({ from, to })),
    nextDue: unmet.find(({ to }) => to >= asOf)?.to ?? null,
    lateSince: missed[0] === undefined ? null : addDays(missed[0].to, 1),
  }
}

describe('for any recurrence, updates and day', () => {
  const day = (max: number) => fc.nat({ max }).map((days) => addDays('2023-04-20', days))

  it('lateness is what a walk through the calendar counts', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('week', 'month', 'two-months', 'quarter', 'half-year', 'year'),
        fc.integer({ min: 1, max: 3 }),
        day(60),
        fc.option(fc.integer({ min: 0, max: 500 })),
        fc.array(day(500), { maxLength: 30 }),
        day(560),
        (per, times, startsOn, length, days, asOf) => {
          const endsOn = length === null ? null : addDays(startsOn, length)
          const task: TaskTiming = { startsOn, endsOn, due: { kind: 'recurring', per }, frequency: { times, per } }
          const lateness = taskLateness(task, done(...days), asOf)
          const expected = oracle(per, times, startsOn, endsOn, days, asOf)
          expect(lateness.missedPeriods).toEqual(expected.missed)
          expect(lateness.lateSince).toBe(expected.lateSince)
          // Where the campaign has no end, one period beyond the present is in sight; more are not needed.
          if (endsOn !== null || lateness.nextDue !== null) expect(lateness.nextDue).toBe(expected.nextDue)
          expect(lateness.state === 'late').toBe(expected.missed.length > 0)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('a later day never forgets a missed period', () => {
    fc.assert(
      fc.property(fc.array(day(300), { maxLength: 10 }), day(300), fc.nat({ max: 60 }), (days, asOf, later) => {
        const before = taskLateness(monthly, done(...days), asOf).missedPeriods
        const after = taskLateness(monthly, done(...days), addDays(asOf, later)).missedPeriods
        expect(after.slice(0, before.length)).toEqual(before)
      }),
    )
  })
})
