import { describe, expect, it } from 'vitest'
import type { PlanMetric, PlanMetricTable, WordChoice } from '../campaign/index.js'
import { metricWords, readTable } from './metric-cell.js'
import { hazardMetrics, type HazardMetricId } from './metric.js'

const row = (ordinal: number, label: string, parts: PlanMetric['parts'] = []): PlanMetric => ({
  ordinal,
  cell: label,
  label,
  unit: '项',
  parts,
})
const found = '查出重大事故隐患'
const table: PlanMetricTable = {
  ordinal: 1,
  title: '进展情况调度表',
  kind: 'metric-table',
  ...{ head: [], notes: [], foot: [], signatures: [] },
  groups: [
    {
      name: '企业自查',
      metrics: [row(1, '自查发现一般隐患'), row(2, '其中已整改'), row(3, '自查发现重大事故隐患'), row(4, '其中已整改')],
    },
    {
      name: '部门执法',
      metrics: [
        row(1, found, [
          { label: found, unit: '项', partOf: null },
          { label: '已整改', unit: '项', partOf: found },
        ]),
      ],
    },
  ],
}
const choice = (words: string, metricId: HazardMetricId | null): WordChoice => ({
  subject: 'metric',
  words,
  reason: '对照原表',
  meaning: metricId === null ? null : { metricId },
})
const standingsOf = (...choices: WordChoice[]) =>
  readTable(table, choices).map(({ standing, by, metricId }) => [standing, by, metricId].filter(Boolean).join(' '))

describe('the cells of a table', () => {
  it('have words of their own, also where a label stands twice', () => {
    expect(readTable(table, []).map(({ words }) => words)).toEqual([
      '企业自查：自查发现一般隐患（项）',
      '企业自查：自查发现一般隐患，其中已整改（项）',
      '企业自查：自查发现重大事故隐患（项）',
      '企业自查：自查发现重大事故隐患，其中已整改（项）',
      '部门执法：查出重大事故隐患（项）',
      '部门执法：查出重大事故隐患，其中已整改（项）',
    ])
    expect(readTable(table, []).map(({ key }) => key)).toEqual([
      'g1.m1',
      'g1.m2',
      'g1.m3',
      'g1.m4',
      'g2.m1.p1',
      'g2.m1.p2',
    ])
  })

  it('are bound, open or typed, until a choice says otherwise; the last one holds', () => {
    expect(standingsOf()).toEqual([
      'typed',
      'typed',
      'bound label hazard.major.enterprise.all',
      'bound label hazard.major.enterprise.rectified',
      'open hazard.major.department.all',
      'open hazard.major.department.rectified',
    ])
    const words = '部门执法： 查出重大事故隐患(项)'
    expect(standingsOf(choice(words, null), choice(words, 'hazard.major.department.all'))[4]).toBe(
      'bound choice hazard.major.department.all',
    )
    expect(standingsOf(choice(words, null))[4]).toBe('typed choice')
  })

  it('share no metric: a choice takes it from the cell whose label had it, and a second choice waits', () => {
    const first = choice('部门执法：查出重大事故隐患（项）', 'hazard.major.enterprise.all')
    expect(standingsOf(first).slice(2, 5)).toEqual([
      'typed',
      'bound label hazard.major.enterprise.rectified',
      'bound choice hazard.major.enterprise.all',
    ])
    const second = choice('部门执法：查出重大事故隐患，其中已整改（项）', 'hazard.major.enterprise.all')
    expect(standingsOf(first, second)[5]).toBe('open hazard.major.enterprise.all')
  })
})

it('every known metric is told apart by its words', () => {
  const said = hazardMetrics.map(({ id }) => metricWords(id as HazardMetricId))
  expect(new Set(said).size).toBe(hazardMetrics.length)
  expect(said[0]).toBe('隐患记录的件数（个）：级别为重大事故隐患，企业自查发现；按所在地，从行动开始累计')
})
