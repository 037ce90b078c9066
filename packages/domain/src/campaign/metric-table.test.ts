import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  checkParts,
  tableFigures,
  formatFigure,
  formatRow,
  metricTableFrom,
  parseTypedFigure,
  parseTypedRow,
  type MetricRow,
} from './metric-table.js'
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
const rowOf = (key: string): MetricRow => {
  const found = template.groups.flatMap(({ rows }) => rows).find((row) => row.figures.some((one) => one.key === key))
  if (found === undefined) throw new Error(key)
  return found
}
const parse = (key: string, text: string) => {
  const answer = parseTypedFigure(text, figure(key))
  return answer.ok ? answer.value : answer.refusal.code
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
})

describe('printing', () => {
  it('is what a clerk would type', () => {
    expect(formatFigure(12345, 'count')).toBe('12345')
    expect(formatFigure(3.5, 'money')).toBe('3.50')
    expect([formatFigure(true, 'flag'), formatFigure(false, 'flag'), formatFigure(null, 'count')]).toEqual([
      '是',
      '否',
      '',
    ])
    expect(formatRow(rowOf('g2.m3.p1'), { 'g2.m3.p1': 12, 'g2.m3.p2': 3.5 })).toBe('12，3.50')
    expect(formatRow(rowOf('g2.m3.p1'), { 'g2.m3.p1': 0, 'g2.m3.p2': 0 })).toBe('0，0.00')
    expect(formatRow(rowOf('g2.m3.p1'), { 'g2.m3.p2': 3.5 })).toBe('—，3.50')
    expect(formatRow(rowOf('g2.m3.p1'), {})).toBe('')
  })

  it('reads back as it was', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat({ max: 100_000_000 }), fc.boolean(), (count, cents, flag) => {
        const money = cents / 100
        expect(
          parseTypedRow(formatRow(rowOf('g2.m3.p1'), { 'g2.m3.p1': count, 'g2.m3.p2': money }), rowOf('g2.m3.p1')),
        ).toEqual({ ok: true, value: { 'g2.m3.p1': count, 'g2.m3.p2': money } })
        expect(parse('g2.m8-2', formatFigure(flag, 'flag'))).toBe(flag)
      }),
    )
  })
})

describe('typing', () => {
  it.each([
    ['g1.m1', '12', 12],
    ['g1.m1', '１２', 12],
    ['g1.m1', ' 12个 ', 12],
    ['g1.m1', '1,234', 1234],
    ['g1.m1', '3.0', 3],
    ['g1.m1', '0', 0],
    ['g2.m3.p2', '3.5万元', 3.5],
    ['g2.m8-2', '否', false],
    ['g2.m9', '98.25％', 'campaign.figure-unreadable'],
    ['g2.m9', '98.25%', 98.25],
    ['g1.m1', '', 'campaign.figure-blank'],
    ['g1.m1', '个', 'campaign.figure-blank'],
    ['g1.m1', '-3', 'campaign.figure-negative'],
    ['g1.m1', '－3', 'campaign.figure-negative'],
    ['g1.m1', '3.5', 'campaign.figure-fraction'],
    ['g2.m3.p2', '3.555', 'campaign.figure-decimals'],
    ['g1.m1', '无', 'campaign.figure-unreadable'],
    ['g1.m1', '1,23', 'campaign.figure-unreadable'],
    ['g1.m1', '1e3', 'campaign.figure-unreadable'],
    ['g1.m1', '9999999999999999', 'campaign.figure-too-large'],
    ['g2.m8-2', '1', 'campaign.figure-flag'],
    ['g2.m8-2', '', 'campaign.figure-blank'],
  ])('%s: “%s” is %s', (key, text, expected) => {
    expect(parse(key, text)).toBe(expected)
  })

  it('a blank is not a zero, and the sentence says so', () => {
    expect(parseTypedFigure(' ', figure('g1.m1'))).toMatchObject({
      refusal: { message: '“企业自查发现的重大事故隐患”没有填写；没有发生的请填 0，空白不等于 0。', path: 'g1.m1' },
    })
  })

  it('a cell with two figures needs both', () => {
    expect(parseTypedRow('12, 3.5', rowOf('g2.m3.p1'))).toMatchObject({
      ok: true,
      value: { 'g2.m3.p1': 12, 'g2.m3.p2': 3.5 },
    })
    expect(parseTypedRow('12', rowOf('g2.m3.p1'))).toMatchObject({
      refusal: {
        code: 'campaign.figures-missing',
        message: '“行政处罚”要填2个数：行政处罚（次）、行政处罚（万元），请用“，”隔开。',
      },
    })
  })

  it('a part does not exceed its whole', () => {
    expect(checkParts(template, { 'g1.m1': 3, 'g1.m2': 4, 'g2.m8.p1': 1, 'g2.m8.p2': 1, 'g1.m4': 2 })).toEqual([
      {
        key: 'g1.m2',
        partOf: 'g1.m1',
        message: '“企业自查发现重大事故隐患中已完成整改的”填的4大于“企业自查发现的重大事故隐患”的3，请核对。',
      },
    ])
  })
})
