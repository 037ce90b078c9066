import { describe, expect, it } from 'vitest'
import {
  bindingsOf,
  boundByLabel,
  cellText,
  checksOf,
  draftOf,
  faultsOf,
  figureChoices,
  formOf,
  newFigure,
  newTable,
  type TableDraft,
} from './table-draft.js'

const figure = (label: string, unit: string, more = {}) => ({ ...newFigure(), label, unit, ...more })

function draft(): TableDraft {
  const whole = figure('公布典型执法案例', '个')
  return {
    ...newTable(3, '周调度表'),
    groups: [
      {
        id: 'a',
        name: '总体情况',
        metrics: [
          { id: 'a1', cell: null, figures: [figure('企业自查发现的重大事故隐患', '个')] },
          { id: 'a2', cell: null, figures: [figure('行政处罚', '次'), figure('行政处罚', '万元')] },
          { id: 'a3', cell: null, figures: [whole, figure('危险作业罪案例', '个', { within: whole.id })] },
          { id: 'a4', cell: '是否开设专栏', figures: [figure('是否开设专栏', '是/否', { metricId: null })] },
        ],
      },
    ],
  }
}

describe('a table that is being designed', () => {
  it('prints its cells as the notices write them', () => {
    expect(draft().groups[0]?.metrics.map(({ figures }) => cellText(figures))).toEqual([
      '企业自查发现的重大事故隐患（个）',
      '行政处罚（次，万元）',
      '公布典型执法案例（个），其中危险作业罪案例（个）',
      '是否开设专栏',
    ])
  })

  it('becomes the form of a plan, and is the same again when it is opened', () => {
    const form = formOf(draft())
    expect(form.groups[0]?.metrics[2]).toMatchObject({
      ordinal: 3,
      parts: [{ partOf: null }, { label: '危险作业罪案例', partOf: '公布典型执法案例' }],
    })
    expect(formOf(draftOf(form, 2, {}))).toEqual(form)
  })

  it('keeps what gives a figure with the figure when rows are moved', () => {
    const bound = boundByLabel(draft())
    expect(bindingsOf(bound)).toEqual({ 'g1.m1': 'hazard.major.enterprise.all' })
    const [group] = bound.groups
    const turned = {
      ...bound,
      groups: [{ ...group, id: 'a', name: '总体情况', metrics: [...(group?.metrics ?? [])].reverse() }],
    }
    expect(bindingsOf(turned)).toEqual({ 'g1.m4': 'hazard.major.enterprise.all' })
  })

  it('keeps a check with its figures when rows are moved, and says when one of them is gone', () => {
    const by = draft()
    const [group] = by.groups
    const [found, fines] = group?.metrics ?? []
    const check = { id: 'k', kind: 'at-most' as const, figureId: found?.figures[0]?.id ?? '', blocking: true }
    const of = [fines?.figures[0]?.id ?? '']
    const checked = { ...by, checks: [{ ...check, of }] }
    expect(checksOf(checked)).toEqual([{ kind: 'at-most', cell: 'g1.m1', of: ['g1.m2.p1'], blocking: true }])
    const turned = { ...checked, groups: [{ ...group!, metrics: [...group!.metrics].reverse() }] }
    expect(checksOf(turned)).toEqual([{ kind: 'at-most', cell: 'g1.m4', of: ['g1.m3.p1'], blocking: true }])
    expect(checksOf(draftOf(formOf(turned), 2, {}, checksOf(turned)))).toEqual(checksOf(turned))
    expect(faultsOf(turned)).toEqual([])
    const without = { ...checked, groups: [{ ...group!, metrics: group!.metrics.slice(1) }] }
    expect(faultsOf(without)).toEqual(['第1条核对规则里的指标已经删去，请重新选择，或删去这条规则。'])
    expect(faultsOf({ ...checked, checks: [{ ...check, of: [] }] })).toEqual(['第1条核对规则还没有选好指标。'])
    // 是/否 is no number to compare.
    expect(figureChoices(by).map(({ label }) => label)).not.toContain('是否开设专栏（是/否）')
  })

  it('leaves alone what somebody has bound by hand', () => {
    const by = draft()
    const [group] = by.groups
    if (group?.metrics[0] === undefined) throw new Error('one group')
    const hand = {
      ...group,
      metrics: [
        {
          ...group.metrics[0],
          figures: [figure('企业自查发现的重大事故隐患', '个', { metricId: 'hazard.key.enterprise.all' })],
        },
      ],
    }
    expect(bindingsOf(boundByLabel({ ...by, groups: [hand] }))).toEqual({ 'g1.m1': 'hazard.key.enterprise.all' })
  })
})
