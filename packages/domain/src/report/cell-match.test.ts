import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchCells, type FormCell } from './cell-match.js'

const cell = (key: string, label: string, over: Partial<FormCell> = {}): FormCell => ({
  key,
  metricId: null,
  group: '总体情况',
  label,
  unit: '次',
  whole: null,
  ...over,
})
const matched = (before: readonly FormCell[], now: readonly FormCell[]) => Object.fromEntries(matchCells(before, now))

describe('a cell of a form that was designed anew', () => {
  it('is known by its metric, whatever it is called and wherever it stands', () => {
    const metricId = 'hazard.major.department.all'
    const was = [cell('g1.m1', '部门检查发现的重大事故隐患', { metricId }), cell('g1.m2', '约谈企业')]
    const is = [
      cell('g1.m1', '播放警示片'),
      cell('g2.m7', '部门查出的重大隐患', { metricId, group: '部门', unit: '个' }),
      cell('g1.m3', '约谈企业'),
    ]
    expect(matched(was, is)).toEqual({ 'g1.m1': 'g2.m7', 'g1.m2': 'g1.m3' })
  })

  it('keeps what was typed where it stands, though its group is called otherwise', () => {
    const was = [cell('g1.m1', '检查次数', { group: '企业' }), cell('g2.m1', '检查次数', { group: '部门' })]
    const is = [cell('g1.m1', '检查次数', { group: '生产经营单位' }), cell('g2.m1', '检查次数', { group: '部门' })]
    expect(matched(was, is)).toEqual({ 'g1.m1': 'g1.m1', 'g2.m1': 'g2.m1' })
  })

  it('is known by its words when records come to give it, or cease to', () => {
    const metricId = 'hazard.key.enterprise.all'
    expect(matched([cell('g1.m1', '自查重点隐患')], [cell('g1.m2', '自查重点隐患', { metricId })])).toEqual({
      'g1.m1': 'g1.m2',
    })
  })

  it.each([
    ['another unit', cell('g1.m1', '处罚'), cell('g1.m1', '处罚', { unit: '万元' })],
    ['part of another whole', cell('g1.m1', '已整改', { whole: '重大' }), cell('g1.m1', '已整改', { whole: '重点' })],
    ['another metric', cell('g1.m1', '隐患', { metricId: 'a' }), cell('g1.m1', '隐患', { metricId: 'b' })],
  ])('is another cell: %s', (_, was, is) => {
    expect(matched([was], [is])).toEqual({})
  })

  it('begins anew where two have its words and neither stands where it stood', () => {
    const is = [cell('g1.m2', '检查'), cell('g1.m3', '检查')]
    expect(matched([cell('g1.m1', '检查')], is)).toEqual({})
  })

  it('is itself in the same form, and one cell at most in any other', () => {
    const cells = fc
      .array(
        fc.record({
          metricId: fc.constantFrom(null, null, 'a', 'b', 'c'),
          group: fc.constantFrom('甲', '乙'),
          label: fc.constantFrom('检查', '处罚', '约谈'),
          unit: fc.constantFrom('次', '家'),
          whole: fc.constantFrom(null, '检查'),
        }),
        { maxLength: 12 },
      )
      // A metric stands in one cell of a form.
      .map((all) =>
        all.filter(({ metricId }, at) => metricId === null || all.findIndex((one) => one.metricId === metricId) === at),
      )
      .map((all) => all.map((one, at) => ({ ...one, key: `g1.m${at + 1}` })))
    fc.assert(
      fc.property(cells, cells, (one, other) => {
        expect(matched(one, one)).toEqual(Object.fromEntries(one.map(({ key }) => [key, key])))
        const [there, back] = [matchCells(one, other), matchCells(other, one)]
        expect(new Set(there.values()).size).toBe(there.size)
        expect([...back].map(([a, b]) => [b, a]).sort()).toEqual([...there].sort())
      }),
    )
  })
})
