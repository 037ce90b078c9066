import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { robustScore, spreadOf } from './spread.js'

const figures = fc.array(fc.integer({ min: -10_000, max: 10_000 }), { minLength: 1, maxLength: 30 })

describe('how figures spread', () => {
  it.each([
    [[7], { count: 1, median: 7, deviation: 0 }],
    [[1, 2], { count: 2, median: 1.5, deviation: 0.5 }],
    [[5, 1, 3], { count: 3, median: 3, deviation: 2 }],
    [[1, 2, 3, 4, 1000], { count: 5, median: 3, deviation: 1 }],
  ])('%j', (values, expected) => expect(spreadOf(values)).toEqual(expected))

  it('is null of nothing', () => expect(spreadOf([])).toBeNull())

  it('has half of the figures on either side, whatever their order', () => {
    fc.assert(
      fc.property(figures, (values) => {
        const spread = spreadOf(values)
        if (spread === null) throw new Error('figures have a spread')
        expect(values.filter((value) => value < spread.median).length * 2).toBeLessThanOrEqual(values.length)
        expect(values.filter((value) => value > spread.median).length * 2).toBeLessThanOrEqual(values.length)
        expect(spread.deviation).toBeGreaterThanOrEqual(0)
        expect(spreadOf([...values].reverse())).toEqual(spread)
      }),
    )
  })

  it('is not moved by less than half of the figures, however wrong they are', () => {
    fc.assert(
      fc.property(figures, fc.integer({ min: 1_000_000, max: 2_000_000 }), (values, wrong) => {
        const many = Math.ceil(values.length / 2) - 1
        const spoilt = [...values, ...Array.from({ length: many }, () => wrong)]
        const [least, most] = [Math.min(...values), Math.max(...values)]
        const median = spreadOf(spoilt)?.median ?? NaN
        expect(median).toBeGreaterThanOrEqual(least)
        expect(median).toBeLessThanOrEqual(most)
      }),
    )
  })

  it('does not depend on the unit in which the figures are told', () => {
    fc.assert(
      fc.property(
        figures,
        fc.integer({ min: -10_000, max: 10_000 }),
        fc.integer({ min: 2, max: 1000 }),
        (values, one, scale) => {
          const [plain, scaled] = [spreadOf(values), spreadOf(values.map((value) => value * scale))]
          if (plain === null || scaled === null) throw new Error('figures have a spread')
          expect(robustScore(one * scale, scaled)).toBeCloseTo(robustScore(one, plain), 6)
        },
      ),
    )
  })

  it('of figures that were all the same every other is infinitely far', () => {
    expect(robustScore(4, { count: 5, median: 4, deviation: 0 })).toBe(0)
    expect(robustScore(5, { count: 5, median: 4, deviation: 0 })).toBe(Infinity)
  })
})
