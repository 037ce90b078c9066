import { describe, expect, it } from 'vitest'
import type { PlanReport } from '../campaign/plan.js'
import { narrativesOfPlan } from './narrative-plan.js'

function planned(overrides: Partial<PlanReport>): PlanReport {
  return {
    name: '工作总结',
    from: null,
    to: [],
    annexes: [],
    cadence: 'once',
    due: null,
    since: null,
    cumulative: false,
    cutoff: null,
    nilReport: false,
    holidayShift: null,
    splitBy: null,
    sections: [],
    deliverables: [],
    mustContain: [],
    notes: null,
    ...overrides,
  }
}

const table = {
  ordinal: 1,
  title: '调度表',
  kind: 'metric-table',
  groups: [],
  head: [],
  notes: [],
  foot: [],
  signatures: [],
} as const

describe('the reports of a plan', () => {
  it('are one schedule a name, with all its dates, points and forms; tables are none of them', () => {
    const found = narrativesOfPlan({
      annexes: [table],
      reports: [
        planned({ name: '调度表', annexes: [1], cadence: 'monthly', due: { day: 16 } }),
        planned({
          due: { date: '2023-12-10' },
          mustContain: ['主要做法'],
          deliverables: [{ form: 'signed-scan', to: null }],
        }),
        planned({ due: { date: '2023-08-10' }, mustContain: ['主要做法', '存在问题'] }),
        planned({ name: '实施方案', due: { date: '2023-06-01' } }),
      ],
    })
    expect(found).toEqual([
      {
        title: '工作总结',
        kind: 'report',
        mustContain: ['主要做法', '存在问题'],
        forms: ['editable', 'signed-scan'],
        cadence: 'named',
        due: { kind: 'on-date' },
        dates: ['2023-08-10', '2023-12-10'],
        shift: 'none',
      },
      expect.objectContaining({ title: '实施方案', kind: 'plan-for-record', forms: ['editable'] }),
    ])
  })

  it('keep a rhythm, and leave open what no schedule has', () => {
    const [quarterly, vague] = narrativesOfPlan({
      annexes: [],
      reports: [
        planned({ name: '季度小结', cadence: 'quarterly', due: { day: 'last' }, holidayShift: 'next-working-day' }),
        planned({ name: '学期小结', cadence: null }),
      ],
    })
    expect(quarterly).toMatchObject({ cadence: 'quarterly', due: { kind: 'last-day', after: 0 }, shift: 'next' })
    expect(vague).toMatchObject({ cadence: null, due: null, dates: [] })
  })
})
