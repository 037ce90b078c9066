import { describe, expect, it } from 'vitest'
import { metricTableFrom, strayParts, tableFigures } from './metric-table.js'
import type { PlanMetric, PlanMetricTable } from './plan.js'

const metric = (ordinal: number, label: string, unit: string | null, parts: PlanMetric['parts'] = []): PlanMetric => ({
  ordinal,
  cell: unit === null ? label : `${label}（${unit}）`,
  label,
  unit,
  parts,
})

const table: PlanMetricTable = {
  ordinal: 1,
  title: '进展情况调度表',
  kind: 'metric-table',
  head: ['单位名称：'],
  notes: [],
  foot: [],
  signatures: ['填报人'],
  groups: [
    {
      name: '总体情况',
      metrics: [
        metric(1, '企业自查发现的重大事故隐患', '个'),
        metric(2, '企业自查发现重大事故隐患中已完成整改的', '个'),
        metric(3, '政府挂牌督办的重大事故隐患', '个'),
        metric(4, '挂牌督办重大事故隐患中已完成整改的', '个'),
      ],
    },
    {
      name: '执法情况',
      metrics: [
        metric(3, '行政处罚', '次，万元', [
          { label: '行政处罚', unit: '次', partOf: null },
          { label: '行政处罚', unit: '万元', partOf: null },
        ]),
        metric(8, '公布典型执法案例，其中危险作业罪案例', '个', [
          { label: '公布典型执法案例', unit: '个', partOf: null },
          { label: '危险作业罪案例', unit: '个', partOf: '公布典型执法案例' },
        ]),
        metric(8, '是否设置专题栏目', null),
        metric(9, '整改率', '%'),
        metric(10, '帮扶指导重点企业', '家次'),
      ],
    },
  ],
}
const template = metricTableFrom(table)
const figures = tableFigures(template)
const figure = (key: string) => {
  const found = figures.find((one) => one.key === key)
  if (found === undefined) throw new Error(key)
  return found
}

describe('the template of a table', () => {
  it('gives every figure a key that stays, and no two the same', () => {
    expect(figures.map(({ key }) => key)).toEqual([
      'g1.m1',
      'g1.m2',
      'g1.m3',
      'g1.m4',
      'g2.m3.p1',
      'g2.m3.p2',
      'g2.m8.p1',
      'g2.m8.p2',
      'g2.m8-2',
      'g2.m9',
      'g2.m10',
    ])
  })

  it('knows the kind of a value by its unit', () => {
    expect(['g1.m1', 'g2.m3.p1', 'g2.m3.p2', 'g2.m8-2', 'g2.m9', 'g2.m10'].map((key) => figure(key).kind)).toEqual([
      'count',
      'count',
      'money',
      'flag',
      'decimal',
      'count',
    ])
  })

  it('knows which figure is part of which, within a cell and under the row above', () => {
    expect(figures.filter(({ partOf }) => partOf !== null).map(({ key, partOf }) => `${key} < ${partOf}`)).toEqual([
      'g1.m2 < g1.m1',
      'g1.m4 < g1.m3',
      'g2.m8.p2 < g2.m8.p1',
    ])
  })

  it('tells of a part whose cell does not have its whole, and where it is', () => {
    expect(strayParts(table)).toEqual([])
    const stray = metric(9, '隐患整改', '个', [
      { label: '排查隐患', unit: '个', partOf: null },
      { label: '已整改隐患', unit: '个', partOf: '发现隐患' },
    ])
    const groups = [...table.groups, { name: '整改情况', metrics: [stray] }]
    expect(strayParts({ groups })).toEqual([
      { at: [groups.length - 1, 0], cell: '隐患整改（个）', label: '已整改隐患', partOf: '发现隐患' },
    ])
  })
})
