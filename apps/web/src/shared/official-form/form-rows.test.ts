import type { PlanMetric, PlanMetricTable } from '@bihuan/domain'
import { describe, expect, it } from 'vitest'
import { figuresOf, formRows, stepFrom } from './form-rows.js'

const metric = (ordinal: number, label: string, parts: PlanMetric['parts'] = []): PlanMetric => ({
  ordinal,
  cell: label,
  label,
  unit: '次',
  parts,
})
const form: PlanMetricTable = {
  ordinal: 1,
  title: '进展情况调度表',
  kind: 'metric-table',
  head: [],
  notes: [],
  foot: [],
  signatures: [],
  groups: [
    { name: '甲', metrics: [metric(1, '一'), metric(2, '二'), metric(3, '三')] },
    {
      name: '乙',
      metrics: [
        metric(1, '四'),
        metric(2, '处罚', [
          { label: '处罚', unit: '次', partOf: null },
          { label: '处罚', unit: '万元', partOf: null },
        ]),
      ],
    },
  ],
}

describe('the rows of a form', () => {
  it('stand two side by side, a group over its rows, a blank triple where the number is odd', () => {
    const rows = formRows(form, 2)
    expect(
      rows.map((row) => [
        row.group?.name ?? null,
        row.group?.rows ?? null,
        row.triples.map((one) => one?.cell ?? null),
      ]),
    ).toEqual([
      ['甲', 2, ['一', '二']],
      [null, null, ['三', null]],
      ['乙', 1, ['四', '处罚']],
    ])
    expect(formRows(form, 1)).toHaveLength(5)
  })

  it('give every figure once, those of one cell too', () => {
    expect(figuresOf(formRows(form, 2)).map(({ key }) => key)).toEqual([
      'g1.m1',
      'g1.m2',
      'g1.m3',
      'g2.m1',
      'g2.m2.p1',
      'g2.m2.p2',
    ])
  })

  it('are walked by the arrows: along the row, down the column over a blank, into the figure that stands there', () => {
    const rows = formRows(form, 2)
    expect(stepFrom(rows, 'g1.m1', 'right')).toBe('g1.m2')
    expect(stepFrom(rows, 'g1.m1', 'down')).toBe('g1.m3')
    expect(stepFrom(rows, 'g1.m2', 'down')).toBe('g2.m2.p1')
    expect(stepFrom(rows, 'g2.m2.p2', 'up')).toBe('g1.m2')
    expect(stepFrom(rows, 'g2.m2.p1', 'right')).toBe('g2.m2.p2')
    expect(stepFrom(rows, 'g2.m2.p2', 'right')).toBeNull()
    expect(stepFrom(rows, 'g1.m3', 'next')).toBe('g2.m1')
    expect(stepFrom(rows, 'g1.m1', 'previous')).toBeNull()
  })
})
