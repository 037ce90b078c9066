import { describe, expect, it } from 'vitest'
import type { PlanMetricPart } from '../campaign/index.js'
import { bindMetric, bindTable, metricsNeeded } from './bind-metric.js'
import type { MetricCell } from './metric-match.js'
import { meaningOf } from './metric-meaning.js'
import type { HazardMetricId } from './metric.js'

const bind = (label: string, more: Partial<MetricCell> = {}) => {
  const answer = bindMetric({ label, unit: '个', group: '总体情况', precededBy: null, ...more })
  return answer.source === 'derived' ? answer.metricId : answer.reason
}

describe('labels that are understood', () => {
  it.each([
    // The standard wording of the forms.
    ['企业自查发现的重大事故隐患', 'hazard.major.enterprise.all'],
    ['企业自查发现重大事故隐患中已完成整改的', 'hazard.major.enterprise.rectified'],
    ['部门检查发现的重大事故隐患', 'hazard.major.department.all'],
    ['部门检查发现重大事故隐患中已完成整改的', 'hazard.major.department.rectified'],
    ['执法检查发现的重大事故隐患', 'hazard.major.department.all'],
    ['执法检查发现重大事故隐患中已完成整改的', 'hazard.major.department.rectified'],
    ['政府挂牌督办的重大事故隐患', 'hazard.major.listed.all'],
    ['挂牌督办的重大事故隐患', 'hazard.major.listed.all'],
    ['挂牌督办重大事故隐患中已完成整改的', 'hazard.major.listed.rectified'],
    // Other ways to say it.
    ['自查发现重大隐患数', 'hazard.major.enterprise.all'],
    ['企业自查自纠发现重大事故隐患数量', 'hazard.major.enterprise.all'],
    ['生产经营单位自行排查发现的重大隐患', 'hazard.major.enterprise.all'],
    ['累计企业自查发现重大安全隐患总数', 'hazard.major.enterprise.all'],
    ['企业自查出的重大生产安全事故隐患', 'hazard.major.enterprise.all'],
    ['（1）企业自查发现的 重大事故隐患（个）', 'hazard.major.enterprise.all'],
    ['自查发现重大隐患已整改数', 'hazard.major.enterprise.rectified'],
    ['企业自查发现重大事故隐患其中：已完成整改', 'hazard.major.enterprise.rectified'],
    ['企业自查发现重大隐患整改完成数', 'hazard.major.enterprise.rectified'],
    ['行业主管部门执法检查发现的重大事故隐患', 'hazard.major.department.all'],
    ['监管部门监督检查发现的重大隐患', 'hazard.major.department.all'],
    ['部门发现重大事故隐患', 'hazard.major.department.all'],
    ['负有安全监管职责的部门检查发现的重大事故隐患中已整改到位的', 'hazard.major.department.rectified'],
    ['各级政府挂牌督办重大事故隐患数', 'hazard.major.listed.all'],
    ['企业自查发现的重点隐患', 'hazard.key.enterprise.all'],
    ['部门检查发现重点隐患中已完成整改的', 'hazard.key.department.rectified'],
    ['挂牌督办的重点隐患', 'hazard.key.listed.all'],
  ])('%s', (label, metricId) => {
    expect(bind(label)).toBe(metricId)
    expect(bind(label, { group: null, unit: null })).toBe(metricId)
  })

  it('其中 goes with the figure before it, if that one is understood', () => {
    const after = (metricId: HazardMetricId | null) =>
      bind('其中：已完成整改的', { precededBy: metricId === null ? null : meaningOf(metricId) })
    const found = meaningOf('hazard.major.department.all')
    expect(after('hazard.major.department.all')).toBe('hazard.major.department.rectified')
    expect(after('hazard.major.department.rectified')).toBe('label')
    expect(after(null)).toBe('label')
    expect(bind('其中已整改的重点隐患', { precededBy: found })).toBe('label')
    expect(bind('已完成整改的', { precededBy: found })).toBe('label')
  })
})

describe('labels that are left to be typed', () => {
  it.each([
    // Narrower, wider or other than what the records count.
    ...['本月企业自查发现的重大事故隐患', '新增企业自查发现的重大事故隐患', '当月挂牌督办的重大事故隐患'],
    ...[
      '市级挂牌督办的重大事故隐患',
      '省安委会挂牌督办的重大事故隐患',
      '全区企业自查发现的重大事故隐患',
      '2022年企业自查发现的重大事故隐患',
    ],
    ...['企业自查发现的一般事故隐患', '企业自查发现的事故隐患', '企业自查发现的隐患', '企业自查发现的重大火灾隐患'],
    ...[
      '企业自查发现的重大隐患（重点隐患）',
      '企业自查发现的重大事故隐患和一般隐患',
      '重大事故隐患',
      '企业重大事故隐患',
    ],
    ...['危化企业自查发现的重大事故隐患', '规上企业自查发现的重大事故隐患', '重点企业自查发现的重大事故隐患'],
    ...[
      '第三方检查发现的重大事故隐患',
      '专家检查发现的重大事故隐患',
      '群众举报发现的重大事故隐患',
      '上级检查发现的重大事故隐患',
    ],
    ...[
      '检查发现的重大事故隐患',
      '抽查检查发现的重大事故隐患',
      '部门抽查发现的重大事故隐患',
      '督导检查发现的重大事故隐患',
    ],
    ...['企业发现的重大事故隐患', '未自查发现的重大事故隐患', '企业未自查发现而部门检查发现的重大事故隐患'],
    ...[
      '企业自查发现重大事故隐患中未完成整改的',
      '企业自查发现重大事故隐患中正在整改的',
      '企业自查发现重大事故隐患中按期整改的',
    ],
    ...[
      '企业自查发现重大事故隐患整改率',
      '企业自查发现重大事故隐患整改投入',
      '企业自查发现重大事故隐患已销号',
      '已完成整改的',
    ],
    ...['企业自查发现重大事故隐患的企业数', '企业自查发现并上报的重大事故隐患', '自查发现重大事故隐患奖励'],
    ...['企业自查和部门检查发现的重大事故隐患', '部门检查发现重大事故隐患已立案', '挂牌督办重大事故隐患中逾期未整改的'],
    ...[
      '拟挂牌督办的重大事故隐患',
      '摘牌的重大事故隐患',
      '企业挂牌督办重大事故隐患',
      '',
      '个',
      '部门抽查检查的企业总数',
      '行政处罚',
    ],
  ])('%s', (label) => {
    expect(bind(label)).toBe('label')
  })

  it('for what they count in, and for where they stand', () => {
    const label = '企业自查发现的重大事故隐患'
    for (const unit of ['家', '家次', '次', '万元', '人', '%', '次，万元']) expect(bind(label, { unit })).toBe('unit')
    expect(bind(`${label}（家）`, { unit: null })).toBe('unit')
    for (const unit of ['个', '处', '项', '条', null]) expect(bind(label, { unit })).toBe('hazard.major.enterprise.all')
    for (const group of [
      '对企业自查自改进行抽查检查情况',
      '危险化学品领域',
      '本月情况',
      '重点企业情况',
      '2022年情况',
      '重点隐患情况',
      '消防',
    ]) {
      expect(bind(label, { group }), group).toBe('group')
    }
    for (const group of [
      '总体情况',
      '一、总体情况',
      '重大事故隐患专项排查整治2023行动进展情况',
      '隐患排查整治情况',
      '企业自查和部门检查情况',
    ]) {
      expect(bind(label, { group }), group).toBe('hazard.major.enterprise.all')
    }
  })
})

describe('a whole table', () => {
  const one = (ordinal: number, label: string, unit: string | null = '个') => ({
    ordinal,
    cell: label,
    label,
    unit,
    parts: [],
  })
  const general = (...labels: string[]) => ({
    name: '总体情况',
    metrics: labels.map((label, index) => one(index + 1, label)),
  })
  const idsOf = (groups: Parameters<typeof bindTable>[0]['groups']) =>
    bindTable({ groups }).map(({ binding }) => (binding.source === 'derived' ? binding.metricId : binding.reason))

  it('binds the general part of the official form and leaves the rest to be typed', () => {
    const groups = [
      general(
        '企业自查发现的重大事故隐患',
        '企业自查发现重大事故隐患中已完成整改的',
        '部门检查发现的重大事故隐患',
        '部门检查发现重大事故隐患中已完成整改的',
        '政府挂牌督办的重大事故隐患',
        '挂牌督办重大事故隐患中已完成整改的',
      ),
      { name: '对企业自查自改进行抽查检查情况', metrics: [one(1, '部门抽查检查的企业总数', '家')] },
    ]
    expect(idsOf(groups)).toEqual([
      'hazard.major.enterprise.all',
      'hazard.major.enterprise.rectified',
      'hazard.major.department.all',
      'hazard.major.department.rectified',
      'hazard.major.listed.all',
      'hazard.major.listed.rectified',
      'label',
    ])
  })

  it('reads whole and part out of one cell', () => {
    const label = '企业自查发现的重大事故隐患'
    const parts = [
      { label, unit: '个', partOf: null },
      { label: '已完成整改的', unit: '个', partOf: label },
    ]
    const cell = `${label}（个），其中已完成整改的（个）`
    const bound = bindTable({
      groups: [{ name: '总体情况', metrics: [{ ordinal: 1, cell, label: cell, unit: '个', parts }] }],
    })
    expect(
      bound.map(({ part, binding }) => [part, binding.source === 'derived' ? binding.metricId : binding.reason]),
    ).toEqual([
      [0, 'hazard.major.enterprise.all'],
      [1, 'hazard.major.enterprise.rectified'],
    ])
  })

  it('binds neither of two cells that come to the same, nor their part', () => {
    expect(
      idsOf([
        general(
          '企业自查发现的重大事故隐患',
          '自查发现重大隐患数',
          '自查发现重大隐患已整改数',
          '挂牌督办的重大事故隐患',
        ),
      ]),
    ).toEqual(['twice', 'twice', 'twice', 'hazard.major.listed.all'])
  })

  it('computes the whole of a part that stands alone', () => {
    const bound = bindTable({ groups: [general('企业自查发现重大事故隐患中已完成整改的')] })
    expect(
      metricsNeeded(bound)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['hazard.major.enterprise.all', 'hazard.major.enterprise.rectified'])
  })
})

describe('what is offered', () => {
  const row = (ordinal: number, label: string, unit = '条', parts: readonly PlanMetricPart[] = []) => ({
    ordinal,
    cell: label,
    label,
    unit,
    parts,
  })
  const offersOf = (name: string, ...metrics: ReturnType<typeof row>[]) =>
    bindTable({ groups: [{ name, metrics }] }).map(({ binding }) =>
      binding.source === 'derived' ? `= ${binding.metricId}` : (binding.offer?.metricId ?? null),
    )
  const [found, rectified] = ['hazard.major.department.all', 'hazard.major.department.rectified'] as const

  it('takes from the heading who found it, and from the row above what is rectified', () => {
    expect(offersOf('部门执法', row(1, '查出重大事故隐患'), row(2, '已整改'))).toEqual([found, rectified])
    const parts = [
      { label: '检查发现重大事故隐患', unit: '条', partOf: null },
      { label: '已整改', unit: '条', partOf: '检查发现重大事故隐患' },
    ]
    expect(offersOf('街道检查执法', row(1, '检查发现重大事故隐患', '条', parts))).toEqual([found, rectified])
    expect(offersOf('部门执法', row(1, '查出重大事故隐患', '家'))).toEqual([null])
    expect(offersOf('医疗机构', row(1, '查出重大事故隐患'))).toEqual([null])
    // 检查发现 among the enterprises' own checks may be anybody's.
    expect(offersOf('企业自查', row(1, '检查发现重大事故隐患'))).toEqual([null])
  })

  it('is nothing where rows of several grades stand above', () => {
    expect(offersOf('部门执法', row(1, '查出一般隐患'), row(2, '查出重大隐患'), row(3, '已整改'))).toEqual([
      null,
      found,
      null,
    ])
  })

  it('says what is in doubt, and gives way to a cell that says it all', () => {
    const offered = bindMetric({ label: '部门检查发现重大事故隐患已销号', unit: '条', group: null, precededBy: null })
    expect(offered).toMatchObject({
      source: 'typed',
      offer: { metricId: rectified, doubts: ['“销号”按已完成整改计'] },
    })
    expect(offersOf('部门执法', row(1, '部门检查发现重大事故隐患'), row(2, '查出重大隐患'))).toEqual([
      `= ${found}`,
      null,
    ])
  })
})
