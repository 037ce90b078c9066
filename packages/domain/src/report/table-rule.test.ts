import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkTableRules, findAgainstRules, rulesSince, type RuledCell, type TableRule } from './table-rule.js'

const cell = (key: string, more: Partial<RuledCell> = {}): RuledCell => ({
  key,
  label: `指标${key}`,
  unit: '个',
  kind: 'count',
  scale: 1,
  ...more,
})
const cells = [
  ...['a', 'b', 'c'].map((key) => cell(key)),
  cell('money', { unit: '万元', kind: 'money', scale: 1_000_000 }),
  cell('flag', { unit: null, kind: 'flag' }),
]
const rule = (more: Partial<TableRule> = {}): TableRule => ({
  kind: 'at-most',
  cell: 'a',
  of: ['b'],
  blocking: true,
  ...more,
})

describe('a rule of a table', () => {
  it.each<[string, Partial<TableRule>, RegExp]>([
    ['names a cell that is not there', { of: ['z'] }, /第1条核对规则：表里没有 z 这一格/],
    ['is of a cell that is not there', { cell: 'z' }, /没有 z/],
    ['compares with two', { of: ['b', 'c'] }, /请选一格/],
    ['adds one', { kind: 'sum', of: ['b'] }, /至少选两格/],
    ['compares a cell with itself', { of: ['a'] }, /和自己比/],
    ['adds a cell twice', { kind: 'sum', of: ['b', 'b'] }, /选了两次/],
    ['compares 是/否', { of: ['flag'] }, /是”或“否”/],
    ['compares 个 with 万元', { of: ['money'] }, /的单位是个，“指标money”的是万元/],
  ])('is refused when it %s', (_what, more, message) => {
    const answer = checkTableRules([rule(more)], cells)
    expect(answer.ok ? 'ok' : answer.refusal).toMatchObject({ code: 'table.rule', path: 'checks.0' })
    expect(answer.ok ? '' : answer.refusal.message).toMatch(message)
  })

  it('stands when it can be held', () => {
    expect(checkTableRules([rule(), rule({ kind: 'sum', of: ['b', 'c'] })], cells).ok).toBe(true)
  })

  it('says which figures, and what to do, and whether it stops', () => {
    const valued = (values: readonly (number | null)[]) =>
      cells.map((one, at) => ({ ...one, value: values[at] ?? null }))
    expect(findAgainstRules([rule()], valued([5, 3]))).toEqual([
      {
        code: 'rule-at-most',
        blocking: true,
        message: '“指标a”（5）大于“指标b”（3），本表规定不能大于；请核对这几个数，改正后再签。',
        cells: ['a', 'b'],
      },
    ])
    const sum = rule({ kind: 'sum', of: ['b', 'c'], blocking: false })
    expect(findAgainstRules([sum], valued([5, 3, 1]))).toMatchObject([
      {
        code: 'rule-sum',
        blocking: false,
        message: '“指标a”（5）不等于“指标b”“指标c”之和（4），本表规定应相等；请核对这几个数，属实的请写明原因。',
      },
    ])
  })

  it('goes with its cells when a form takes the place of another, and away with one that is gone', () => {
    const sum = rule({ kind: 'sum', of: ['b', 'c'] })
    const keys = new Map([
      ['a', 'x'],
      ['b', 'a'],
    ])
    expect(rulesSince([rule(), sum], keys)).toEqual([rule({ cell: 'x', of: ['a'] })])
  })

  it('holds for exactly the figures that arithmetic says, and waits for blanks', () => {
    const value = fc.option(fc.nat(6))
    fc.assert(
      fc.property(value, value, value, fc.boolean(), (a, b, c, blocking) => {
        const valued = [a, b, c].map((one, at) => ({ ...cell(['a', 'b', 'c'][at] ?? ''), value: one }))
        const isFound = (kind: TableRule['kind'], of: readonly string[]) =>
          findAgainstRules([rule({ kind, of, blocking })], valued).length > 0
        expect(isFound('at-most', ['b'])).toBe(a !== null && b !== null && a > b)
        expect(isFound('sum', ['b', 'c'])).toBe(a !== null && b !== null && c !== null && a !== b + c)
      }),
      { numRuns: 1_000 },
    )
  })
})
