import { taskLateness, type PlanTaskDue } from '@bihuan/domain'
import { describe, expect, it } from 'vitest'
import { marksOf, monthsOf, placeOf, scaleOf } from './time-track.js'

const campaign = { startsOn: '2023-05-20', endsOn: '2023-12-31' }
const scale = scaleOf(campaign.startsOn, campaign.endsOn, '2023-07-05')

const track = (due: PlanTaskDue, done: string[], asOf: string) => {
  const lateness = taskLateness(
    { due, frequency: null, ...campaign },
    done.map((doneOn) => ({ doneOn })),
    asOf,
  )
  const view = { due: structuredClone(due) as never, frequency: null, lateness: structuredClone(lateness) as never }
  return marksOf(view, scale, campaign, asOf).map(({ state }) => state)
}

describe('the time line of a campaign', () => {
  it('is drawn in whole months', () => {
    expect(scale).toEqual({ from: '2023-05-01', to: '2023-12-31' })
    expect(monthsOf(scale).map(({ label }) => label)).toEqual([
      '5月',
      '6月',
      '7月',
      '8月',
      '9月',
      '10月',
      '11月',
      '12月',
    ])
    expect(placeOf(scale, '2023-05-01', '2023-12-31')).toEqual({ left: 0, width: 100 })
    expect(placeOf(scale, '2022-01-01', '2022-02-01').width).toBe(0)
  })

  it('shows of every period what became of it', () => {
    expect(track({ kind: 'recurring', per: 'month' }, ['2023-05-30'], '2023-07-05')).toEqual([
      'met',
      'missed',
      'now',
      'ahead',
      'ahead',
      'ahead',
      'ahead',
      'ahead',
    ])
    expect(
      track({ kind: 'recurring', per: 'month' }, ['2023-05-30', '2023-06-08', '2023-07-02'], '2023-07-05').slice(0, 4),
    ).toEqual(['met', 'met', 'met', 'ahead'])
  })

  it('shows of a day and of windows whether they were kept', () => {
    expect(track({ kind: 'date', date: '2023-05-31' }, [], '2023-07-05')).toEqual(['missed'])
    expect(track({ kind: 'date', date: '2023-05-31' }, ['2023-06-10'], '2023-07-05')).toEqual(['met'])
    const windows = {
      kind: 'dates',
      windows: [
        { from: '2023-06-11', to: '2023-06-20' },
        { from: '2023-11-11', to: '2023-11-20' },
      ],
    } as const
    expect(track(windows, [], '2023-07-05')).toEqual(['missed', 'ahead'])
    expect(track(windows, ['2023-06-15'], '2023-07-05')).toEqual(['met', 'ahead'])
  })
})
