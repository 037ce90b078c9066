/**
 * The figures by SQL, from the facts and from the roll-up, against their definition (`figuresOf`) and against an oracle that takes nothing
 * from it, under generated histories: corrections, late entries, reorganisations, folded at any moment.
 */
import fc from 'fast-check'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { figuresOf, hazardMetrics, treeAt, type Fact, type Metric } from '@bihuan/domain'
import {
  buildTenant,
  buildUnit,
  inTenant,
  startTestApp,
  type TestApp,
  type TestTenant,
  type TestUnit,
} from '../../../test/builders.js'
import { expectedFigures, figureWrongs, type FigureWrong, type RawMove } from '../../../test/figure-oracle.js'
import { recordAct } from '../../platform/audit/record.js'
import type { Handle } from '../../platform/db/scope.js'
import { listPlacements, moveUnit, readTree } from '../organization/index.js'
import { insertFacts, insertReversals } from './fact.repo.js'
import { readFigureRecords, type FigureQuestion } from './figure.repo.js'
import { defineRollUp } from './roll-up.js'
import { foldTenant } from './roll-up-fold.js'
import { askFigures, askRollUp } from './roll-up-question.js'
import { verifyRollUp } from './roll-up.verify.js'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
  // Here it is folded at chosen moments, and by a definition of its own.
  await test.modules.stopFolding()
})
afterAll(() => test.stop())

const measures = hazardMetrics
  .filter((metric) => metric.id.startsWith('hazard.major.'))
  .flatMap((metric) => metric.measures)
const found = measures.filter((measure) => measure.includes('/found/'))
const rectified = measures.filter((measure) => measure.includes('/rectified/'))
const metrics: Metric[] = [
  ...hazardMetrics.filter((metric) => metric.id.startsWith('hazard.major.')),
  // Kinds that no hazard metric has yet: enterprises once each, and a sum.
  {
    id: 'firms',
    label: '发现重大隐患的企业',
    kind: 'distinct',
    measures: found,
    attributedTo: 'territory',
    partOf: null,
    unit: '家',
    scale: 1,
    source: 'derived',
  },
  {
    id: 'firms-done',
    label: '其中已整改的企业',
    kind: 'distinct',
    measures: rectified,
    attributedTo: 'territory',
    partOf: 'firms',
    unit: '家',
    scale: 1,
    source: 'derived',
  },
  {
    id: 'sum',
    label: '数额',
    kind: 'sum',
    measures: found,
    attributedTo: 'territory',
    partOf: null,
    unit: '个',
    scale: 1,
    source: 'derived',
  },
  {
    id: 'sum-part',
    label: '其中',
    kind: 'sum',
    measures: [...rectified, ...found.slice(0, 1)],
    attributedTo: 'territory',
    partOf: 'sum',
    unit: '个',
    scale: 1,
    source: 'derived',
  },
  {
    id: 'sum-part-of-part',
    label: '其中的其中',
    kind: 'sum',
    measures: rectified.slice(0, 1),
    attributedTo: 'territory',
    partOf: 'sum-part',
    unit: '个',
    scale: 1,
    source: 'derived',
  },
  {
    id: 'done-by',
    label: '本单位发现',
    kind: 'sum',
    measures: found,
    attributedTo: 'doer',
    partOf: null,
    unit: '个',
    scale: 1,
    source: 'derived',
  },
]

const startsOn = '2023-05-25'
/** Two units make a subtree wide, so that small histories have wide units in wide units. */
const rollUp = defineRollUp(metrics, 2, async () => [startsOn])

const dayBetween = (min: number, max: number) =>
  fc.integer({ min, max }).map((n) => new Date(Date.UTC(2023, 4, 20) + n * 86_400_000).toISOString().slice(0, 10))
const day = dayBetween(0, 120)
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('put' as const),
      // A record stays in its firm and sector; now and then one does not.
      strays: fc.nat(24).map((n) => n === 0),
      firm: fc.nat(5),
      doer: fc.nat(2),
      record: fc.nat(11),
      measure: fc.constantFrom(...measures),
      on: day,
      sector: fc.constantFrom('工贸', '消防'),
      amount: fc.constantFrom(0, 1, 1, 2, 3),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('reverse' as const),
      which: fc.nat(30),
      later: fc.integer({ min: 0, max: 40 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('move' as const), firm: fc.nat(5), town: fc.nat(2), from: day }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('seal' as const) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('fold' as const) }) },
)
const question = fc.record({
  // The district and its towns first: they are what is rolled up.
  unit: fc.oneof({ weight: 2, arbitrary: fc.nat(3) }, { weight: 1, arbitrary: fc.nat(9) }),
  cutOff: dayBetween(30, 140),
  known: fc.oneof(fc.constant(1), fc.double({ min: 0.2, max: 1, noNaN: true })),
  now: fc.boolean(),
  // All, one, both that are named, or one that nobody has.
  sectors: fc.constantFrom(null, null, ['工贸'], ['工贸', '消防'], ['矿山']),
  elsewhere: fc.nat(5).map((n) => n === 0),
})

/** What happens, and what is asked then: the roll-up goes on from wherever it stands. */
const chapter = fc.record({
  steps: fc.array(step, { minLength: 12, maxLength: 18 }),
  questions: fc.array(question, { minLength: 12, maxLength: 12 }),
})

async function readFacts(handle: Handle): Promise<Fact[]> {
  const rows = await handle.query<Record<string, never>>(
    `select f.id, s.position, f.measure, f.unit_id, f.doer_unit_ids, f.subject_id, f.record_id, f.sector, f.amount, f.occurred_on, f.reverses
     from fact f left join audit_seal s on s.tenant_id = f.tenant_id and s.entry_id = f.entry_id where f.tenant_id = $1 order by f.recorded_at, f.id`,
    [handle.tenantId],
  )
  return rows.map((row) => ({
    id: row['id'] as unknown as string,
    position: row['position'] as unknown as number | null,
    measure: row['measure'] as unknown as string,
    unitId: row['unit_id'] as unknown as string,
    doerUnitIds: row['doer_unit_ids'] as unknown as string[],
    subjectId: row['subject_id'] as unknown as string,
    recordId: row['record_id'] as unknown as string,
    sector: row['sector'] as unknown as string,
    amount: row['amount'] as unknown as number,
    occurredOn: row['occurred_on'] as unknown as string,
    reverses: row['reverses'] as unknown as string | null,
  }))
}

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never
type Question = typeof question extends fc.Arbitrary<infer T> ? T : never

interface World {
  readonly tenant: TestTenant
  readonly units: readonly string[]
  play(steps: readonly Step[]): Promise<void>
  /** In turn: what the definition gives, what the roll-up gives (null: not its question), and what is shown. */
  answers(one: Question): Promise<{
    readonly wanted: readonly (number | null)[]
    readonly rolled: ReadonlyMap<string, number> | null
    readonly shown: readonly (number | null)[]
    /** What the oracle says of the raw rows, right or wrong. */
    readonly byHand: (wrong: FigureWrong | null) => readonly number[]
  }>
}

async function buildWorld(): Promise<World> {
  const tenant = await buildTenant(test)
  const towns = [await buildUnit(test, tenant), await buildUnit(test, tenant), await buildUnit(test, tenant)]
  const firms: TestUnit[] = []
  for (let n = 0; n < 6; n++)
    firms.push(await buildUnit(test, tenant, { kind: 'enterprise', parentId: towns[n % 3]?.id ?? '' }))
  const units = [tenant.rootUnitId, ...towns.map((town) => town.id), ...firms.map((firm) => firm.id)]
  const records = Array.from({ length: 12 }, () => uuidv7())
  const by = { tenantId: tenant.id, via: 'job', personName: '测试', address: 'local' } as const
  const put: { id: string; on: string }[] = []
  const reversed = new Set<string>()

  async function write(one: Step): Promise<void> {
    if (one.kind === 'seal') return test.platform.sealer.sealNow(tenant.id)
    if (one.kind === 'fold') return foldTenant(test.database, tenant.id, rollUp)
    await inTenant(test, tenant.id, async (handle) => {
      const now = test.clock.now()
      const [unitId = '', parentId = ''] = one.kind === 'move' ? [firms[one.firm]?.id, towns[one.town]?.id] : []
      if (one.kind === 'move') {
        const move = { unitId, axis: 'territory', parentId, validFrom: one.from, corrects: null } as const
        await moveUnit(handle, by, move, test.clock)
        return
      }
      const id = uuidv7()
      const enter = () => recordAct(handle, by, { action: 'test.put', objectKind: 'fact', objectId: id }, now)
      if (one.kind === 'put') {
        const firm = firms[one.strays ? one.firm : one.record % 6]?.id ?? ''
        const fact = {
          id,
          measure: one.measure,
          unitId: firm,
          doerUnitIds: [towns[one.doer]?.id ?? ''],
          subjectId: one.record % 5 === 0 ? (firms[1]?.id ?? '') : firm,
          recordKind: 'hazard',
          recordId: records[one.record] ?? '',
          sector: one.strays ? one.sector : one.record % 2 === 0 ? '工贸' : '消防',
          amount: one.amount,
          occurredOn: one.on,
        }
        const place = { territoryPath: '/000000/', linePath: null, parties: [] }
        await insertFacts(handle, place, [fact], await enter(), now)
        put.push({ id, on: one.on })
        return
      }
      const original = put[one.which % Math.max(1, put.length)]
      if (original === undefined || reversed.has(original.id)) return
      reversed.add(original.id)
      const occurredOn = new Date(Date.parse(original.on) + one.later * 86_400_000).toISOString().slice(0, 10)
      await insertReversals(handle, [{ id, reverses: original.id, occurredOn }], await enter(), now)
    })
  }

  return {
    tenant,
    units,
    async play(steps) {
      for (const one of steps) await write(one)
    },
    answers: (one) =>
      inTenant(test, tenant.id, async (handle) => {
        // First: the sealer goes on meanwhile, and what has a position now must have one in what is read next.
        const [head] = await handle.query<{ position: number }>(
          'select coalesce(max(position), 0)::bigint as position from audit_seal where tenant_id = $1',
          [tenant.id],
        )
        const facts = await readFacts(handle)
        const placements = await listPlacements(handle, 'territory')
        const moves = await handle.query<RawMove & Record<string, unknown>>(
          `select p.id, s.position, p.unit_id, p.parent_id, p.valid_from, p.cancels from unit_placement p
           left join audit_seal s on s.tenant_id = p.tenant_id and s.entry_id = p.entry_id
           where p.tenant_id = $1 and p.axis = 'territory' order by p.recorded_at, p.id`,
          [handle.tenantId],
        )
        const knownAt = one.now ? null : Math.floor(one.known * (head?.position ?? 0))
        const unitId = units[one.unit] ?? ''
        const unitIds = treeAt(placements, 'territory', one.cutOff, knownAt).descendantsOf(unitId, true)
        const kept = await readTree(handle, 'territory', one.cutOff, knownAt)
        expect(kept.descendantsOf(unitId, true)).toEqual(unitIds)
        const from = one.elsewhere ? '2023-06-10' : startsOn
        const asked: FigureQuestion = { unitIds, startsOn: from, sectors: one.sectors, cutOff: one.cutOff, knownAt }
        const wanted = figuresOf(facts, metrics, {
          unitIds: new Set(unitIds),
          ownUnitId: unitId,
          campaign: { startsOn: from, sectors: one.sectors },
          cutOff: one.cutOff,
          knownAt,
        })
        for (const figure of one.elsewhere ? wanted.slice(0, 2) : []) {
          const behind = await readFigureRecords(handle, metrics, figure.metricId, asked, null, 100)
          expect(behind).toEqual(figure.recordIds)
        }
        const rolled = await askRollUp(handle, metrics, asked, rollUp)
        // What the roll-up does not answer is looked at where all is asked of the facts, and now and then beside it.
        const left = rolled === null || one.cutOff.endsWith('5')
        const of = { unitId, startsOn: from, cutOff: one.cutOff, knownAt, sectors: one.sectors }
        return {
          wanted: wanted.map((figure) => figure.value),
          byHand: (wrong) => expectedFigures({ facts, moves }, metrics, of, wrong),
          rolled,
          shown: left
            ? (await askFigures(handle, metrics, asked, rollUp)).map((figure) => figure.value)
            : wanted.map((figure) => rolled.get(figure.metricId) ?? figure.value),
        }
      }),
  }
}

const verifyIn = (tenantId: string) => inTenant(test, tenantId, (handle) => verifyRollUp(handle, rollUp))

describe('figures by SQL', () => {
  it('equal their definition, cell for cell and record for record, at any unit, cut-off and position, however far they are folded', async () => {
    let asked = 0
    let above = 0
    let rolledUp = 0
    let distinct = 0
    const told = new Set<FigureWrong>()
    await fc.assert(
      fc.asyncProperty(fc.array(chapter, { minLength: 3, maxLength: 3 }), async (chapters) => {
        const world = await buildWorld()
        for (const { steps, questions } of chapters) {
          await world.play(steps)
          for (const one of questions) {
            const { wanted, rolled, shown, byHand } = await world.answers(one)
            expect(shown).toEqual(wanted)
            expect(shown).toEqual(byHand(null))
            for (const wrong of figureWrongs)
              if (!told.has(wrong) && JSON.stringify(shown) !== JSON.stringify(byHand(wrong))) told.add(wrong)
            asked += 1
            const isAboutSomething = wanted.some((value) => (value ?? 0) > 0)
            above += isAboutSomething ? 1 : 0
            rolledUp += rolled !== null && isAboutSomething ? 1 : 0
            distinct += rolled?.has('firms') === true ? 1 : 0
          }
        }
        expect(await verifyIn(world.tenant.id)).toMatchObject({ ok: true })
      }),
      // To make a history smaller takes minutes, and the seed that is said finds it again.
      { numRuns: 40, endOnFailure: true },
    )
    // More than a thousand questions, not all of them about nothing, and a good part of them answered from the roll-up.
    expect(asked).toBeGreaterThanOrEqual(1400)
    expect(above).toBeGreaterThan(asked / 5)
    expect(rolledUp).toBeGreaterThan(asked / 8)
    expect(distinct).toBeGreaterThan(asked / 8)
    expect([...told].sort()).toEqual([...figureWrongs].sort())
  }, 300_000)
})

/** Ten hazards found, the first five of them rectified; sealed, and folded up to here. */
async function buildFolded(): Promise<World> {
  const world = await buildWorld()
  const put = (record: number, measure: string, on: string): Step => ({
    ...{ kind: 'put', strays: false, firm: 0, doer: 0, record, measure, on, sector: '工贸', amount: 1 },
  })
  const numbers = Array.from({ length: 10 }, (_, n) => n)
  await world.play(numbers.map((n) => put(n, 'hazard/found/major/enterprise', '2023-06-01')))
  await world.play([{ kind: 'seal' }, { kind: 'fold' }])
  await world.play(numbers.slice(0, 5).map((n) => put(n, 'hazard/rectified/major/enterprise', '2023-06-20')))
  await world.play([{ kind: 'seal' }, { kind: 'fold' }])
  return world
}

const wholeDistrict: Question = { unit: 0, cutOff: '2023-07-05', known: 1, now: true, sectors: null, elsewhere: false }

describe('the roll-up', () => {
  it('is made again when it was thrown away, and by several at once', async () => {
    const { tenant, answers } = await buildFolded()
    const before = await answers(wholeDistrict)
    expect(before.rolled?.get('hazard.major.enterprise.rectified')).toBe(5)
    await test.db.asOwner(`update roll_up_state set definition = 'older' where tenant_id = $1`, [tenant.id])
    expect((await answers(wholeDistrict)).rolled).toBeNull()
    await Promise.all([1, 2, 3].map(() => foldTenant(test.database, tenant.id, rollUp)))
    const after = await answers(wholeDistrict)
    expect([after.rolled, after.shown]).toEqual([before.rolled, before.shown])
    expect(await verifyIn(tenant.id)).toMatchObject({ ok: true })
  })

  it('differs from the definition, and verify says where, when a fold skipped a reversal', async () => {
    const world = await buildFolded()
    await world.play([{ kind: 'reverse', which: 0, later: 10 }, { kind: 'seal' }])
    await test.db.asOwner(
      `update roll_up_state s set folded_to = (select max(position) from audit_seal where tenant_id = s.tenant_id) where tenant_id = $1`,
      [world.tenant.id],
    )
    const { wanted, shown } = await world.answers(wholeDistrict)
    expect(shown).not.toEqual(wanted)
    const verdict = await verifyIn(world.tenant.id)
    expect(verdict).toMatchObject({ ok: false })
    expect(verdict).toHaveProperty(
      'message',
      expect.stringMatching(/“企业自查发现的重大事故隐患.*2023-06-01.*与事实不符/),
    )
  })

  it('differs from the definition, and verify says where, when a fold came twice', async () => {
    const world = await buildFolded()
    await test.db.asOwner(`update roll_up_state set folded_to = 0 where tenant_id = $1`, [world.tenant.id])
    await world.play([{ kind: 'fold' }])
    const { wanted, shown } = await world.answers(wholeDistrict)
    expect(shown).not.toEqual(wanted)
    expect(await verifyIn(world.tenant.id)).toHaveProperty('message', expect.stringMatching(/汇总底数与事实不符/))
  })
})
