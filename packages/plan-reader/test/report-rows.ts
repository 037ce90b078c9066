import { expect, it } from 'vitest'
import type { PlanReport } from '@bihuan/domain'
import { planWith } from './builders.js'

/** What a report is where the sentence says no more of it. */
const silent: PlanReport = {
  name: '',
  from: null,
  to: [],
  annexes: [],
  cadence: null,
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
}

export interface Row {
  readonly text: string
  readonly expected: readonly Partial<PlanReport>[]
}

export const once = (
  name: string,
  from: string | null,
  to: string | null,
  date: string,
  more: Partial<PlanReport> = {},
) => ({
  name,
  from,
  to: to === null ? [] : [to],
  cadence: 'once' as const,
  due: { date },
  ...more,
})
export const monthly = (
  name: string,
  from: string | null,
  to: string | null,
  day: number | 'last' | null,
  more: Partial<PlanReport> = {},
) => ({
  name,
  from,
  to: to === null ? [] : [to],
  cadence: 'monthly' as const,
  due: day === null ? null : { day },
  ...more,
})
export const weekly = (
  name: string,
  from: string | null,
  to: string | null,
  weekday: number,
  more: Partial<PlanReport> = {},
) => ({
  name,
  from,
  to: to === null ? [] : [to],
  cadence: 'weekly' as const,
  due: { weekday },
  ...more,
})

/** Lines are paragraphs. */
export const check = (rows: readonly Row[]) =>
  it.each(rows)('$text', ({ text, expected }) => {
    const found = planWith(...text.split('\n')).reports.map(
      ({ source: _source, confidence: _confidence, notes: _notes, ...report }) => report,
    )
    expect(found).toEqual(
      expected.map((one) => {
        const { notes: _notes, ...report } = { ...silent, ...one }
        return report
      }),
    )
  })
