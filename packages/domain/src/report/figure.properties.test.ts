/**
 * The rules of figures over generated histories: corrections, reorganisations, late entries, facts not sealed yet. The oracle
 * in this file takes nothing from the implementation but its types, and works another way: nets instead of standing facts, and
 * each unit asked for its superiors instead of a tree.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { treeAt, type PlacementAssertion } from '../organization/index.js'
import { decideReversal, type Fact } from './fact.js'
import { figureOf, figuresOf, type Figure, type FigureSelection } from './figure.js'
import { hazardMetrics, metricFaults, type Metric } from './metric.js'

const ENTERPRISES = ['e1', 'e2', 'e3']
const TOWNS = ['t1', 't2']
const BUREAUS = ['b1', 'b2']
const UNITS = ['r', ...TOWNS, ...BUREAUS, ...ENTERPRISES]
const DAYS = ['2023-04-20', '2023-05-10', '2023-06-05', '2023-06-20', '2023-07-01', '2023-07-25']
const STARTS = '2023-05-01'

const own = (more: Pick<Metric, 'id' | 'kind' | 'measures' | 'attributedTo'> & Partial<Metric>): Metric => ({
  label: more.id,
  partOf: null,
  unit: null,
  scale: 1,
  source: 'derived',
  ...more,
})
const METRICS: readonly Metric[] = [
  ...hazardMetrics.filter(({ id }) => id.startsWith('hazard.major.')),
  own({ id: 'visits', kind: 'count', measures: ['inspection/visit'], attributedTo: 'doer' }),
  own({ id: 'firms', kind: 'distinct', measures: ['inspection/visit'], attributedTo: 'doer' }),
  own({ id: 'bad', kind: 'distinct', measures: ['inspection/bad'], attributedTo: 'doer', partOf: 'firms' }),
  own({ id: 'fines', kind: 'sum', measures: ['penalty/fine', 'penalty/double'], attributedTo: 'doer' }),
  own({ id: 'double', kind: 'sum', measures: ['penalty/double'], attributedTo: 'doer', partOf: 'fines' }),
  own({ id: 'staff', kind: 'stock', measures: ['staff/all'], attributedTo: 'territory' }),
  own({ id: 'column', kind: 'flag', measures: ['media/column'], attributedTo: 'territory' }),
]
/** A history keeps to one of these: over all measures at once two facts of one stock would hardly ever meet. */
const TOPICS: readonly (readonly string[])[] = [
  [...new Set(METRICS.flatMap(({ measures }) => measures))],
  ['hazard/found/major/enterprise', 'hazard/rectified/major/enterprise'],
  ['hazard/listed/major/enterprise', 'hazard/listed/major/department', 'hazard/listed-rectified/major/department'],
  ['inspection/visit', 'inspection/bad'],
  ['penalty/fine', 'penalty/double'],
  ['staff/all', 'media/column'],
]

interface History {
  readonly facts: readonly Fact[]
  readonly moves: readonly PlacementAssertion[]
}

const step = fc.record({
  act: fc.constantFrom('fact', 'fact', 'fact', 'reverse', 'reverse', 'move', 'cancel'),
  measure: fc.nat(99),
  record: fc.nat(4),
  unit: fc.nat(2),
  doers: fc.uniqueArray(fc.nat(1), { minLength: 1, maxLength: 2 }),
  sector: fc.nat(2),
  amount: fc.nat(3),
  day: fc.nat(5),
  laterBy: fc.nat(3),
  town: fc.nat(2),
})

const standing: readonly PlacementAssertion[] = [
  ...(['r'] as const).map((unitId) => ({ unitId, parentId: null })),
  ...[...TOWNS, ...BUREAUS].map((unitId) => ({ unitId, parentId: 'r' })),
  ...ENTERPRISES.map((unitId, n) => ({ unitId, parentId: TOWNS[n % 2] ?? 'r' })),
].map((each, n) => ({ ...each, id: `a${n}`, axis: 'territory', validFrom: '2020-01-01', position: n, cancels: null }))

/**
 * Everything happens in the order of its position and on any day: most entries are late ones. `coherent`: all facts of a record
 * lie on one unit and have one first doer, as records have it; otherwise they may be scattered.
 */
function histories(coherent: boolean): fc.Arbitrary<History> {
  return fc
    .tuple(fc.array(step, { maxLength: 20, size: 'max' }), fc.nat(3), fc.constantFrom(...TOPICS))
    .map(([steps, unsealed, measures]) => {
      const facts: Fact[] = []
      const moves = [...standing]
      steps.forEach((each, index) => {
        const position = index < steps.length - unsealed ? standing.length + index : null
        const of = <Value>(list: readonly Value[], n: number): Value => {
          const found = list[n % list.length]
          if (found === undefined) throw new Error('empty list')
          return found
        }
        const occurredOn = of(DAYS, each.day)
        if (each.act === 'fact') {
          const place = coherent ? each.record : each.unit
          facts.push({
            id: `f${index}`,
            position,
            measure: of(measures, each.measure),
            unitId: of(ENTERPRISES, place),
            doerUnitIds: coherent ? [of(BUREAUS, each.record)] : each.doers.map((n) => of(BUREAUS, n)),
            subjectId: !coherent && each.unit === 2 ? null : of(ENTERPRISES, place + 1),
            recordId: `h${each.record}`,
            sector: coherent ? of(['工贸', '燃气', null], each.record) : of(['工贸', '燃气', null], each.sector),
            amount: each.amount,
            occurredOn,
            reverses: null,
          })
        } else if (each.act === 'reverse' && facts.length > 0) {
          const original = of(facts, each.measure)
          const day = of(DAYS, Math.min(DAYS.indexOf(original.occurredOn) + each.laterBy, 5))
          const answer = decideReversal(facts, { id: `f${index}`, reverses: original.id, occurredOn: day })
          if (answer.ok) facts.push({ ...answer.value, position })
        } else if (each.act === 'move') {
          const unitId = of(ENTERPRISES, each.unit)
          const parentId = of(['r', ...TOWNS], each.town)
          moves.push({
            id: `m${index}`,
            unitId,
            parentId,
            axis: 'territory',
            validFrom: occurredOn,
            position,
            cancels: null,
          })
        } else if (each.act === 'cancel' && moves.length > standing.length) {
          const named = of(moves.slice(standing.length), each.measure)
          if (named.cancels === null)
            moves.push({ ...named, id: `m${index}`, parentId: null, position, cancels: named.id })
        }
      })
      return { facts, moves }
    })
}

interface Question {
  readonly unit: string
  readonly sectors: readonly string[] | null
  readonly cutOff: string
  readonly knownAt: number | null
}
const questions: fc.Arbitrary<Question> = fc.record({
  unit: fc.constantFrom(...UNITS),
  sectors: fc.constantFrom(null, null, ['工贸'], ['工贸', '燃气']),
  cutOff: fc.constantFrom(...DAYS),
  knownAt: fc.option(fc.integer({ min: standing.length - 1, max: standing.length + 20 })),
})

function select({ moves }: History, { unit, sectors, cutOff, knownAt }: Question): FigureSelection {
  const tree = treeAt(moves, 'territory', cutOff, knownAt)
  const unitIds = new Set(tree.descendantsOf(unit, true))
  return { unitIds, ownUnitId: unit, campaign: { startsOn: STARTS, sectors }, cutOff, knownAt }
}
const answer = (history: History, question: Question, metrics = METRICS) =>
  figuresOf(history.facts, metrics, select(history, question))
const valueOf = (figures: readonly Figure[], id: string) => figureOf(figures, id).value ?? 0

/** Ways to be wrong, planted one at a time. */
const WRONGS = [
  ...['cut-off-excluded', 'position-ignored', 'start-ignored', 'sector-ignored', 'old-tree', 'present-tree'],
  ...[
    'part-of-all',
    'part-over-whole',
    'part-subject',
    'distinct-as-count',
    'reversal-alone',
    'reversal-backdated',
    'no-reversal',
  ],
  ...['stock-added', 'latest-known', 'flag-of-all', 'any-doer', 'by-territory'],
] as const
type Wrong = (typeof WRONGS)[number] | null

function oracle(
  { facts, moves }: History,
  { unit, sectors, cutOff, knownAt }: Question,
  wrong: Wrong,
): (number | null)[] {
  const isKnown = (position: unknown, at = wrong === 'position-ignored' ? null : knownAt) =>
    at === null || (typeof position === 'number' && position <= at)
  const order = (list: readonly { position: unknown }[], each: { position: unknown }) =>
    typeof each.position === 'number' ? each.position : 10_000 + list.indexOf(each)

  function parentOf(child: string): string | null {
    const day = wrong === 'old-tree' ? STARTS : wrong === 'present-tree' ? '9999-12-31' : cutOff
    const live = moves.filter(
      (m) => isKnown(m.position) && !moves.some((c) => c.cancels === m.id && isKnown(c.position)),
    )
    const valid = live.filter((m) => m.cancels === null && m.unitId === child && m.validFrom <= day)
    valid.sort((a, b) => a.validFrom.localeCompare(b.validFrom) || order(moves, a) - order(moves, b))
    return valid.at(-1)?.parentId ?? null
  }
  const isBelow = (child: string): boolean => {
    for (let at: string | null = child; at !== null; at = parentOf(at)) if (at === unit) return true
    return false
  }
  const inTime = (day: string) => (wrong === 'cut-off-excluded' ? day < cutOff : day <= cutOff)

  /** A reversal counts where its original does. */
  function counts(fact: Fact): boolean {
    if (!isKnown(fact.position)) return false
    const original = facts.find(({ id }) => id === fact.reverses)
    if (original !== undefined && wrong !== 'reversal-alone') {
      if (wrong === 'no-reversal') return false
      return counts(original) && inTime(wrong === 'reversal-backdated' ? original.occurredOn : fact.occurredOn)
    }
    const inSector = sectors === null || (fact.sector !== null && sectors.includes(fact.sector))
    const started = fact.occurredOn >= STARTS || wrong === 'start-ignored'
    return inTime(fact.occurredOn) && started && (inSector || wrong === 'sector-ignored')
  }
  const rows = facts.filter(counts)
  const isOf = (metric: Metric, fact: Fact) => {
    if (!metric.measures.includes(fact.measure)) return false
    if (metric.attributedTo === 'territory' || wrong === 'by-territory') return isBelow(fact.unitId)
    const all = metric.kind === 'distinct' || wrong === 'any-doer'
    return (all ? fact.doerUnitIds : fact.doerUnitIds.slice(0, 1)).some(isBelow)
  }
  const sumOf = (list: readonly Fact[]) => list.reduce((sum, { amount }) => sum + amount, 0)

  function recordsOf(metric: Metric): Record<string, number> {
    const mine = rows.filter((fact) => isOf(metric, fact))
    const whole = METRICS.find(({ id }) => id === metric.partOf)
    const most = whole === undefined || wrong === 'part-of-all' ? null : recordsOf(whole)
    const result: Record<string, number> = {}
    for (const { recordId } of mine) {
      const net = sumOf(mine.filter((fact) => fact.recordId === recordId))
      const cap = most === null ? net : (most[recordId] ?? 0)
      result[recordId] = wrong === 'part-over-whole' && cap > 0 ? net : Math.min(net, cap)
    }
    return result
  }
  function subjectsOf(metric: Metric): string[] {
    const records = recordsOf(metric)
    const mine = rows.filter((fact) => isOf(metric, fact) && (records[fact.recordId] ?? 0) > 0)
    const names = [...new Set(mine.flatMap(({ subjectId }) => subjectId ?? []))]
    const whole = METRICS.find(({ id }) => id === metric.partOf)
    const allowed =
      whole === undefined || wrong === 'part-of-all' || wrong === 'part-subject' ? names : subjectsOf(whole)
    return names.filter((name) => allowed.includes(name) && sumOf(mine.filter((f) => f.subjectId === name)) > 0)
  }
  function latest(metric: Metric, at: string): number | null {
    const gone = new Set(rows.flatMap(({ reverses }) => reverses ?? []))
    const mine = rows.filter((f) => isOf(metric, f) && f.unitId === at && f.reverses === null && !gone.has(f.id))
    const byDay = (a: Fact, b: Fact) => (wrong === 'latest-known' ? 0 : a.occurredOn.localeCompare(b.occurredOn))
    mine.sort((a, b) => byDay(a, b) || order(facts, a) - order(facts, b))
    return mine.at(-1)?.amount ?? null
  }

  return METRICS.map((metric) => {
    if (metric.kind === 'distinct')
      return wrong === 'distinct-as-count' ? sumOf(rows.filter((f) => isOf(metric, f))) : subjectsOf(metric).length
    if (metric.kind === 'stock') {
      if (wrong === 'stock-added') return sumOf(rows.filter((f) => isOf(metric, f)))
      return UNITS.filter(isBelow).reduce((sum, at) => sum + (latest(metric, at) ?? 0), 0)
    }
    if (metric.kind === 'flag') {
      const flag =
        wrong === 'flag-of-all'
          ? Math.max(...UNITS.filter(isBelow).map((at) => latest(metric, at) ?? -1))
          : latest(metric, unit)
      return flag === null || flag < 0 ? null : Math.min(flag, 1)
    }
    return Object.values(recordsOf(metric)).reduce((sum, each) => sum + each, 0)
  })
}

const cases = fc.tuple(fc.oneof(histories(true), histories(false)), questions)
const RUNS = { numRuns: 1_000 }

describe('figures over any history', { timeout: 60_000 }, () => {
  it('the metrics of this test can be computed', () => {
    expect(metricFaults(METRICS)).toEqual([])
  })

  it('are those of the oracle', () => {
    fc.assert(
      fc.property(cases, ([history, question]) => {
        expect(answer(history, question).map(({ value }) => value)).toEqual(oracle(history, question, null))
      }),
      { numRuns: 2_000 },
    )
  })

  it.each(WRONGS)('the oracle would tell: %s', (wrong) => {
    const samples = fc.sample(cases, { numRuns: 6_000, seed: 20230516 })
    const isTold = ([history, question]: [History, Question]) =>
      JSON.stringify(answer(history, question).map(({ value }) => value)) !==
      JSON.stringify(oracle(history, question, wrong))
    expect(samples.some(isTold)).toBe(true)
  })

  it('never change, as of a position, by anything appended after it', () => {
    fc.assert(
      fc.property(cases, ([history, question]) => {
        const knownAt = question.knownAt ?? standing.length + 5
        const isThen = ({ position }: { readonly position: unknown }) =>
          typeof position === 'number' && position <= knownAt
        const then = { facts: history.facts.filter(isThen), moves: history.moves.filter(isThen) }
        expect(answer(history, { ...question, knownAt })).toEqual(answer(then, { ...question, knownAt }))
        // What was known at that position is all there was at that time.
        expect(answer(then, { ...question, knownAt: null })).toEqual(answer(then, { ...question, knownAt }))
      }),
      RUNS,
    )
  })

  function expectToAddUp(history: History, question: Question, metrics: readonly Metric[]) {
    const tree = treeAt(history.moves, 'territory', question.cutOff, question.knownAt)
    const unitIds = new Set([question.unit])
    const alone = figuresOf(history.facts, METRICS, { ...select(history, question), unitIds })
    const children = tree.childrenOf(question.unit).map((unit) => answer(history, { ...question, unit }))
    for (const { id } of metrics) {
      const added = [alone, ...children].reduce((sum, figures) => sum + valueOf(figures, id), 0)
      expect(valueOf(answer(history, question), id)).toBe(added)
    }
  }
  const additive = METRICS.filter(({ kind }) => kind === 'count' || kind === 'sum')

  it('children plus own equals parent, for counts and sums', () => {
    fc.assert(
      fc.property(histories(true), questions, (history, question) => expectToAddUp(history, question, additive)),
      RUNS,
    )
  })

  it('also where the facts of a record are scattered over units, for metrics that are no part', () => {
    const wholes = additive.filter(({ partOf }) => partOf === null)
    fc.assert(
      fc.property(histories(false), questions, (history, question) => expectToAddUp(history, question, wholes)),
      RUNS,
    )
  })

  it('a part is never more than its whole, nor below zero', () => {
    fc.assert(
      fc.property(cases, ([history, question]) => {
        const figures = answer(history, question)
        for (const { id, kind, partOf } of METRICS) {
          expect(valueOf(figures, id)).toBeGreaterThanOrEqual(0)
          if (partOf === null) continue
          expect(valueOf(figures, id)).toBeLessThanOrEqual(valueOf(figures, partOf))
          const ofWhole = figureOf(figures, partOf).recordIds
          if (kind !== 'distinct') expect(ofWhole).toEqual(expect.arrayContaining([...figureOf(figures, id).recordIds]))
        }
      }),
      RUNS,
    )
  })

  it('distinct counts a subject once: to do everything again under another record changes no 家', () => {
    fc.assert(
      fc.property(cases, ([history, question]) => {
        const again = history.facts.map((fact) => ({
          ...fact,
          id: `${fact.id}x`,
          recordId: `${fact.recordId}x`,
          reverses: fact.reverses === null ? null : `${fact.reverses}x`,
        }))
        const doubled = { ...history, facts: [...history.facts, ...again] }
        for (const id of ['firms', 'bad']) {
          expect(valueOf(answer(doubled, question), id)).toBe(valueOf(answer(history, question), id))
          expect(valueOf(answer(history, question), id)).toBeLessThanOrEqual(ENTERPRISES.length)
        }
        expect(valueOf(answer(doubled, question), 'visits')).toBe(2 * valueOf(answer(history, question), 'visits'))
      }),
      RUNS,
    )
  })

  it('a reversal lowers from its own day on, and nothing before it; one of the original’s day lowers all that knew it', () => {
    const found = {
      measure: 'hazard/found/major/enterprise',
      unitId: 'e1',
      doerUnitIds: ['e1'],
      subjectId: 'e1',
      recordId: 'new',
    }
    const day = fc.integer({ min: 1, max: 5 })
    fc.assert(
      fc.property(histories(true), questions, day, day, (history, question, foundOn, laterBy) => {
        const base = { sector: '工贸', amount: 1, reverses: null, position: null, occurredOn: DAYS[foundOn] ?? '' }
        const fact: Fact = { ...base, ...found, id: 'new' }
        const undoneOn = DAYS[Math.min(foundOn + laterBy - 1, 5)] ?? ''
        const undone = decideReversal([fact], { id: 'undo', reverses: 'new', occurredOn: undoneOn })
        if (!undone.ok) throw new Error('refused')
        const now = { ...question, knownAt: null }
        const value = (facts: readonly Fact[]) =>
          valueOf(answer({ ...history, facts }, now), 'hazard.major.enterprise.all')
        const [without, withFact] = [value(history.facts), value([...history.facts, fact])]
        const after = value([...history.facts, fact, undone.value])
        expect(after).toBe(now.cutOff >= undoneOn ? without : withFact)
      }),
      RUNS,
    )
  })

  it('an empty set of units gives nothing everywhere', () => {
    fc.assert(
      fc.property(cases, ([history, question]) => {
        const nothing = figuresOf(history.facts, METRICS, { ...select(history, question), unitIds: new Set() })
        for (const { value, recordIds, answers } of nothing) {
          expect(value ?? 0).toBe(0)
          expect(recordIds).toEqual([])
          expect(answers ?? { yes: 0, of: 0 }).toEqual({ yes: 0, of: 0 })
        }
      }),
      RUNS,
    )
  })
})
