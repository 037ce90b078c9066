import { describe, expect, it } from 'vitest'
import { decideFact, decideReversal, type Fact } from './fact.js'
import { figureOf, figuresOf, type FigureSelection } from './figure.js'
import { hazardMetric, hazardMetrics, metricFaults, typedMetric, type Metric } from './metric.js'

let ids = 0
const buildFact = (more: Partial<Fact> = {}): Fact => ({
  id: `f${++ids}`,
  position: ids,
  measure: 'hazard/found/major/enterprise',
  unitId: 'works',
  doerUnitIds: ['works'],
  subjectId: 'works',
  recordId: 'h1',
  sector: '工贸',
  amount: 1,
  occurredOn: '2023-06-10',
  reverses: null,
  ...more,
})
const selection = (more: Partial<FigureSelection> = {}): FigureSelection => ({
  unitIds: new Set(['town', 'works', 'mill']),
  ownUnitId: 'town',
  campaign: { startsOn: '2023-05-01', sectors: null },
  cutOff: '2023-06-30',
  knownAt: null,
  ...more,
})
const reversalOf = (fact: Fact, occurredOn: string): Fact => {
  const answer = decideReversal([fact], { id: `f${++ids}`, reverses: fact.id, occurredOn })
  if (!answer.ok) throw new Error(answer.refusal.message)
  return { ...answer.value, position: ids }
}
const found = hazardMetric('hazard.major.enterprise.all')
const rectified = hazardMetric('hazard.major.enterprise.rectified')
const value = (facts: Fact[], metric: Metric, more: Partial<FigureSelection> = {}) =>
  figureOf(figuresOf(facts, metric.partOf === null ? [metric] : [found, metric], selection(more)), metric.id).value

const metric = (more: Partial<Metric>): Metric => ({
  id: 'm',
  label: 'm',
  kind: 'count',
  measures: ['inspection/visit'],
  attributedTo: 'doer',
  partOf: null,
  unit: '家次',
  scale: 1,
  source: 'derived',
  ...more,
})

describe('a hazard through its life', () => {
  const discovery = buildFact()
  const repair = buildFact({ measure: 'hazard/rectified/major/enterprise', occurredOn: '2023-06-20' })
  const reopening = reversalOf(repair, '2023-07-05')

  it('counts from its own day to its reopening, which lowers nothing before', () => {
    const facts = [discovery, repair, reopening]
    expect(value(facts, rectified, { cutOff: '2023-06-19' })).toBe(0)
    expect(value(facts, rectified, { cutOff: '2023-06-20' })).toBe(1)
    expect(value(facts, rectified, { cutOff: '2023-07-04' })).toBe(1)
    expect(value(facts, rectified, { cutOff: '2023-07-05' })).toBe(0)
    expect(value(facts, found, { cutOff: '2023-07-05' })).toBe(1)
  })

  it('an error of entry is gone from the day it was entered for, in every table that knows of it', () => {
    const error = reversalOf(discovery, discovery.occurredOn)
    expect(value([discovery, error], found)).toBe(0)
    expect(value([discovery, error], found, { knownAt: discovery.position })).toBe(1)
  })

  it('rectified counts only of those found in the campaign, and never twice', () => {
    const early = { ...discovery, occurredOn: '2023-04-20' }
    expect(value([early, repair], rectified)).toBe(0)
    const again = buildFact({ measure: 'hazard/rectified/major/enterprise', occurredOn: '2023-06-25' })
    expect(value([discovery, repair, again], rectified)).toBe(1)
  })

  it('what came undone in the campaign but was done before it lowers nothing', () => {
    const listing = buildFact({ measure: 'hazard/listed/major/enterprise', occurredOn: '2023-04-01' })
    const lifted = reversalOf(listing, '2023-05-20')
    const anew = buildFact({ measure: 'hazard/listed/major/enterprise', occurredOn: '2023-06-01' })
    const listed = hazardMetric('hazard.major.listed.all')
    expect(value([listing, lifted], listed)).toBe(0)
    expect(value([listing, lifted, anew], listed)).toBe(1)
  })

  it('shows the records behind the figure', () => {
    const other = buildFact({ recordId: 'h2', unitId: 'mill' })
    expect(figuresOf([discovery, other], [found], selection())).toEqual([
      { metricId: found.id, value: 2, recordIds: ['h1', 'h2'], answers: null },
    ])
    expect(figuresOf([discovery, other], [found], selection({ unitIds: new Set(['mill']) }))[0]?.recordIds).toEqual([
      'h2',
    ])
  })
})

describe('what counts', () => {
  it('facts of the sectors of the campaign; without a sector only where all are meant', () => {
    const facts = [
      buildFact(),
      buildFact({ recordId: 'h2', sector: null }),
      buildFact({ recordId: 'h3', sector: '燃气' }),
    ]
    expect(value(facts, found)).toBe(3)
    expect(value(facts, found, { campaign: { startsOn: '2023-05-01', sectors: ['工贸', '消防'] } })).toBe(1)
  })

  it('what is not sealed counts now, and at no position', () => {
    const fact = buildFact({ position: null })
    expect(value([fact], found)).toBe(1)
    expect(value([fact], found, { knownAt: 1_000_000n })).toBe(0)
  })

  it('one enterprise visited by two bureaus is one 家 and two 家次, and each bureau has its own', () => {
    const visit = (doer: string, recordId: string) =>
      buildFact({ measure: 'inspection/visit', doerUnitIds: [doer], recordId, unitId: 'elsewhere' })
    const facts = [visit('b1', 'i1'), visit('b2', 'i2')]
    const times = metric({})
    const firms = metric({ id: 'd', kind: 'distinct', unit: '家' })
    const at = (...units: string[]) =>
      figuresOf(facts, [times, firms], selection({ unitIds: new Set(units) })).map((figure) => figure.value)
    expect(at('b1', 'b2')).toEqual([2, 1])
    expect(at('b1')).toEqual([1, 1])
    expect(at('elsewhere')).toEqual([0, 0])
  })

  it('a joint act belongs to its first doer in counts and sums, and to all of them in 家', () => {
    const facts = [buildFact({ measure: 'inspection/visit', doerUnitIds: ['b1', 'b2'], amount: 1 })]
    const both = [metric({}), metric({ id: 'd', kind: 'distinct' })]
    const at = (unit: string) =>
      figuresOf(facts, both, selection({ unitIds: new Set([unit]) })).map((figure) => figure.value)
    expect(at('b1')).toEqual([1, 1])
    expect(at('b2')).toEqual([0, 1])
  })

  it('a stock is the latest value of each unit, and goes back to the one before when that is reversed', () => {
    const staff = metric({ kind: 'stock', attributedTo: 'territory', measures: ['staff/inspectors'], unit: '人' })
    const state = (unitId: string, amount: number, occurredOn: string) =>
      buildFact({ measure: 'staff/inspectors', unitId, amount, occurredOn, recordId: `s${ids}` })
    const facts = [state('works', 3, '2023-05-10'), state('works', 5, '2023-06-10'), state('mill', 2, '2023-06-01')]
    expect(value(facts, staff)).toBe(7)
    expect(value(facts, staff, { cutOff: '2023-06-05' })).toBe(5)
    const wrong = facts[1]
    if (wrong === undefined) throw new Error('no such fact')
    expect(value([...facts, reversalOf(wrong, wrong.occurredOn)], staff)).toBe(5)
    // Of two values of one day the later known; of two that are not sealed the later written.
    expect(value([...facts, state('works', 4, '2023-06-10')], staff)).toBe(6)
    const unsealed = [8, 9].map((amount) => ({ ...state('works', amount, '2023-06-10'), position: null }))
    expect(value([...facts, ...unsealed], staff)).toBe(11)
  })

  it('a flag is the unit’s own answer; a blank is not a no', () => {
    const column = metric({ kind: 'flag', attributedTo: 'territory', measures: ['media/column'], unit: null })
    const answer = (unitId: string, amount: number) => buildFact({ measure: 'media/column', unitId, amount })
    const facts = [answer('town', 1), answer('mill', 0)]
    expect(figuresOf(facts, [column], selection())[0]).toMatchObject({ value: 1, answers: { yes: 1, of: 2 } })
    expect(figuresOf(facts, [column], selection({ ownUnitId: 'mill' }))[0]?.value).toBe(0)
    expect(figuresOf(facts, [column], selection({ ownUnitId: 'works' }))[0]?.value).toBeNull()
  })

  it('money adds exactly', () => {
    const fines = metric({ kind: 'sum', measures: ['penalty/fine'], unit: '万元', scale: 1_000_000 })
    const facts = [10, 20, 30].map((amount) => buildFact({ measure: 'penalty/fine', amount, doerUnitIds: ['town'] }))
    expect(value(facts, fines)).toBe(60)
  })
})

describe('what is refused', () => {
  it('a fact that is not whole or below zero, and a reversal of what is not there, twice, or before its time', () => {
    const code = (answer: ReturnType<typeof decideFact>) => (answer.ok ? 'ok' : answer.refusal.code)
    expect(code(decideFact(buildFact()))).toBe('ok')
    expect(code(decideFact(buildFact({ amount: 0.5 })))).toBe('report.amount-not-whole')
    expect(code(decideFact(buildFact({ amount: -1 })))).toBe('report.amount-negative')
    expect(code(decideFact(buildFact({ measure: 'hazard' })))).toBe('report.measure')
    const fact = buildFact()
    const reversal = reversalOf(fact, '2023-06-11')
    const reverse = (reverses: string, occurredOn: string) =>
      code(decideReversal([fact, reversal], { id: 'x', reverses, occurredOn }))
    expect(reverse('none', '2023-06-11')).toBe('report.no-such-fact')
    expect(reverse(reversal.id, '2023-06-11')).toBe('report.no-such-fact')
    expect(reverse(fact.id, '2023-06-11')).toBe('report.reversed-already')
    expect(code(decideReversal([fact], { id: 'x', reverses: fact.id, occurredOn: '2023-06-09' }))).toBe(
      'report.reversal-before-original',
    )
  })

  it('metrics that cannot be computed', () => {
    expect(metricFaults(hazardMetrics)).toEqual([])
    expect(() => figuresOf([], [rectified], selection())).toThrow('its whole')
    expect(metricFaults([metric({ id: 'a', partOf: 'b' }), metric({ id: 'b', partOf: 'a' })])).toHaveLength(2)
    expect(metricFaults([metric({ id: 'a' }), metric({ id: 'b', kind: 'sum', partOf: 'a' })])).toHaveLength(1)
    expect(metricFaults([metric({}), metric({})])).toEqual(['two metrics have one id'])
    expect(typedMetric('t', '罚款', '万元', 'sum', null).scale).toBe(1_000_000)
  })
})
