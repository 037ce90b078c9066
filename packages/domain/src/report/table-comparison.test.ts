import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hazardMetric, typedMetric, type Metric } from './metric.js'
import { spreadOf } from './spread.js'
import { checkTable } from './table-check.js'
import { compareFigure, comparisonRules, type ComparedCell } from './table-comparison.js'

const visits = typedMetric('visits', '开展检查', '次', 'count', null)
const fines = typedMetric('fines', '行政处罚', '万元', 'sum', null)
const staff = typedMetric('staff', '技术检查员数量', '人', 'stock', null)
const column = typedMetric('column', '是否设置专题栏目', null, 'flag', null)
const found = hazardMetric('hazard.major.enterprise.all')

const cell = (metric: Metric, value: number, more: Partial<ComparedCell> = {}): ComparedCell => ({
  metric,
  value,
  history: [],
  peers: null,
  cumulative: true,
  ...more,
})
const code = (...of: Parameters<typeof cell>) => compareFigure(cell(...of))?.code ?? null
/** 万元 in 分. */
const wan = (amount: number) => amount * 1_000_000

describe('a figure beside its own history', () => {
  it('is asked about when the period added far more, or far less, than it usually does', () => {
    const history = [10, 21, 30, 41, 50]
    expect(code(visits, 61, { history })).toBeNull()
    expect(code(visits, 90, { history })).toBe('far-from-history')
    expect(code(visits, 50, { history })).toBe('far-from-history')
    expect(compareFigure(cell(visits, 90, { history }))?.message).toBe(
      '“开展检查”本期新增40次，与本单位以往各期的中位数10次相差很大；请核对，属实的请写明原因。',
    )
  })

  it('is compared as it is where it counts the period alone', () => {
    const history = [10, 11, 9, 10]
    expect(code(visits, 12, { history, cumulative: false })).toBeNull()
    expect(code(visits, 40, { history, cumulative: false })).toBe('far-from-history')
    expect(compareFigure(cell(visits, 40, { history, cumulative: false }))?.message).toContain('本期40次')
  })

  it('is usual with less than four earlier values, and where the difference is small', () => {
    expect(code(visits, 500, { history: [10, 20, 30] })).toBeNull()
    // Always the same: any other figure is far by its score, and four more are no matter.
    expect(code(visits, 9, { history: [1, 2, 3, 4, 5] })).toBeNull()
    expect(code(visits, 11, { history: [1, 2, 3, 4, 5] })).toBe('far-from-history')
    expect(code(fines, wan(0.9) + wan(0.4), { history: [0.1, 0.2, 0.3, 0.4].map(wan) })).toBeNull()
  })

  it('is asked about when records give it, too', () => {
    expect(code(found, 60, { history: [2, 4, 6, 8] })).toBe('far-from-history')
  })

  it('is never asked about while it goes on as before', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 500 }),
        fc.integer({ min: 4, max: 20 }),
        fc.boolean(),
        (step, months, cumulative) => {
          const history = Array.from({ length: months }, (_, index) => (cumulative ? step * (index + 1) : step))
          const value = cumulative ? step * (months + 1) : step
          expect(
            compareFigure(cell(visits, value, { history, cumulative, peers: spreadOf(history) && null })),
          ).toBeNull()
        },
      ),
    )
  })

  it('a figure further off is not less far', () => {
    const histories = fc.array(fc.nat(200), { minLength: 4, maxLength: 12 })
    fc.assert(
      fc.property(histories, fc.nat(1000), fc.nat(1000), (history, value, more) => {
        const median = spreadOf(history)?.median ?? 0
        const asked = (one: number) => code(visits, one, { history, cumulative: false }) !== null
        const [near, far] = [Math.ceil(median) + value, Math.ceil(median) + value + more]
        if (asked(near)) expect(asked(far)).toBe(true)
      }),
    )
  })
})

describe('a figure beside those of its peers', () => {
  const peers = spreadOf([8, 10, 11, 12, 9])

  it('is asked about when it is far from what the peers added', () => {
    expect(code(visits, 11, { peers })).toBeNull()
    expect(code(visits, 41, { peers })).toBe('far-from-peers')
    expect(code(visits, 52, { history: [40], peers })).toBeNull()
  })

  it('is compared with four of them at least', () => {
    expect(code(visits, 400, { peers: spreadOf([8, 10, 11]) })).toBeNull()
  })
})

describe('a stock', () => {
  it('is asked about when it changes by more than half, and not when it goes up or down a little', () => {
    expect(code(staff, 30, { history: [20] })).toBeNull()
    expect(code(staff, 31, { history: [20] })).toBe('jumped')
    expect(code(staff, 10, { history: [20] })).toBeNull()
    expect(code(staff, 9, { history: [20] })).toBe('jumped')
    expect(code(staff, 9, { history: [] })).toBeNull()
    expect(code(staff, 9, { history: [0] })).toBeNull()
  })
})

describe('万元', () => {
  it('is asked about when it is a thousand times what it was or what the peers have', () => {
    const history = [3, 5, 9, 12].map(wan)
    expect(code(fines, wan(12 + 35_000), { history })).toBe('money-unit')
    expect(code(fines, wan(35_000), { peers: spreadOf([2, 3, 4].map(wan)) })).toBe('money-unit')
    expect(code(fines, wan(15), { history })).toBeNull()
  })

  it('is asked about when nothing is there to compare with and it is a whole number of 10亿 and more', () => {
    expect(code(fines, wan(100_000))).toBe('money-unit')
    expect(code(fines, wan(99_999))).toBeNull()
    expect(code(fines, wan(100_000.5))).toBeNull()
  })

  it('of other units and of records is not asked about so', () => {
    expect(code(visits, 100_000)).toBeNull()
    expect(code({ ...fines, unit: '元', scale: 100 }, 100_000 * 1_000_000)).toBeNull()
    expect(code({ ...fines, source: 'derived' }, wan(100_000))).toBeNull()
  })
})

describe('comparisons among the checks of a table', () => {
  const asked = (...more: Parameters<typeof cell>) => {
    const { metric, value, history, peers, cumulative } = cell(...more)
    return checkTable([{ metric, value, previous: history.at(-1) ?? null, reason: null, history, peers }], {
      cumulative,
    }).map((finding) => [finding.code, finding.blocking])
  }

  it('only ask, once a cell, and are silent about a blank and a flag', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(10_000), { maxLength: 8 }),
        fc.nat(10_000),
        fc.boolean(),
        (history, value, cumulative) => {
          const findings = asked(visits, value, { history, cumulative })
          expect(findings.length).toBeLessThanOrEqual(1)
          expect(findings.every(([, blocking]) => blocking === false)).toBe(true)
        },
      ),
    )
    expect(asked(column, 1, { history: [0, 0, 0, 0, 0] })).toEqual([])
  })

  it('leave a cumulative figure that fell to its own rule, and let a figure of the period alone fall', () => {
    const history = [10, 20, 30, 40]
    expect(asked(visits, 39, { history })).toEqual([['fell', false]])
    expect(asked(visits, 39, { history: [40, 41, 39, 40], cumulative: false })).toEqual([])
  })

  it('are silent once somebody has said why', () => {
    const one = { metric: visits, value: 90, previous: 40, history: [10, 20, 30, 40], peers: null }
    expect(checkTable([{ ...one, reason: null }])).toHaveLength(1)
    expect(checkTable([{ ...one, reason: '集中开展了一次检查' }])).toEqual([])
  })

  it('keep to their table of constants', () => {
    expect(comparisonRules).toMatchObject({ fewestValues: 4, farScore: 3.5, unitFactor: 1000, unitWhole: 100_000 })
  })
})
