/** The figures by SQL against their definition (`figuresOf`), under generated histories: corrections, late entries, reorganisations. */
import fc from 'fast-check'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { figuresOf, hazardMetrics, treeAt, type Fact, type Metric } from '@bihuan/domain'
import { buildTenant, buildUnit, inTenant, startTestApp, type TestApp, type TestUnit } from '../../../test/builders.js'
import { recordAct } from '../../platform/audit/record.js'
import type { Handle } from '../../platform/db/scope.js'
import { listPlacements, moveUnit } from '../organization/index.js'
import { insertFacts, insertReversals } from './fact.repo.js'
import { readFigureRecords, readFigures } from './figure.repo.js'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

const measures = hazardMetrics
  .filter((metric) => metric.id.startsWith('hazard.major.'))
  .flatMap((metric) => metric.measures)
const metrics: Metric[] = [
  ...hazardMetrics.filter((metric) => metric.id.startsWith('hazard.major.')),
  // Kinds that no hazard metric has yet: enterprises once each, and a sum.
  {
    id: 'firms',
    label: '发现重大隐患的企业',
    kind: 'distinct',
    measures: measures.filter((measure) => measure.includes('/found/')),
    attributedTo: 'territory',
    partOf: null,
    unit: '家',
    scale: 1,
    source: 'derived',
  },
  {
    id: 'done-by',
    label: '本单位发现',
    kind: 'sum',
    measures: measures.filter((measure) => measure.includes('/found/')),
    attributedTo: 'doer',
    partOf: null,
    unit: '个',
    scale: 1,
    source: 'derived',
  },
]

const dayBetween = (min: number, max: number) =>
  fc.integer({ min, max }).map((n) => new Date(Date.UTC(2023, 4, 20) + n * 86_400_000).toISOString().slice(0, 10))
const day = dayBetween(0, 120)
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('put' as const),
      firm: fc.nat(5),
      doer: fc.nat(2),
      record: fc.nat(7),
      measure: fc.constantFrom(...measures),
      on: day,
      sector: fc.constantFrom('工贸', '消防'),
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
)
const question = fc.record({
  unit: fc.nat(9),
  cutOff: dayBetween(30, 140),
  known: fc.double({ min: 0.2, max: 1, noNaN: true }),
  now: fc.boolean(),
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

describe('figures by SQL', () => {
  it('equal their definition, cell for cell and record for record, at any unit, cut-off and position', async () => {
    let asked = 0
    let above = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 20, maxLength: 45 }),
        fc.array(question, { minLength: 12, maxLength: 12 }),
        async (steps, questions) => {
          const tenant = await buildTenant(test)
          const towns = [await buildUnit(test, tenant), await buildUnit(test, tenant), await buildUnit(test, tenant)]
          const firms: TestUnit[] = []
          for (let n = 0; n < 6; n++)
            firms.push(await buildUnit(test, tenant, { kind: 'enterprise', parentId: towns[n % 3]?.id ?? '' }))
          const units = [tenant.rootUnitId, ...towns.map((town) => town.id), ...firms.map((firm) => firm.id)]
          const records = Array.from({ length: 8 }, () => uuidv7())
          const by = { tenantId: tenant.id, via: 'job', personName: '测试', address: 'local' } as const
          const put: { id: string; on: string }[] = []
          const reversed = new Set<string>()
          for (const one of steps) {
            if (one.kind === 'seal') {
              await test.platform.sealer.sealNow(tenant.id)
              continue
            }
            await inTenant(test, tenant.id, async (handle) => {
              const now = test.clock.now()
              if (one.kind === 'move') {
                await moveUnit(
                  handle,
                  by,
                  {
                    unitId: firms[one.firm]?.id ?? '',
                    axis: 'territory',
                    parentId: towns[one.town]?.id ?? '',
                    validFrom: one.from,
                    corrects: null,
                  },
                  test.clock,
                )
                return
              }
              if (one.kind === 'put') {
                const id = uuidv7()
                const entryId = await recordAct(
                  handle,
                  by,
                  { action: 'test.put', objectKind: 'fact', objectId: id },
                  now,
                )
                const firm = firms[one.firm]?.id ?? ''
                const fact = {
                  id,
                  measure: one.measure,
                  unitId: firm,
                  doerUnitIds: [towns[one.doer]?.id ?? ''],
                  subjectId: firm,
                  recordKind: 'hazard',
                  recordId: records[one.record] ?? '',
                  sector: one.sector,
                  amount: 1,
                  occurredOn: one.on,
                }
                await insertFacts(
                  handle,
                  { territoryPath: '/000000/', linePath: null, parties: [] },
                  [fact],
                  entryId,
                  now,
                )
                put.push({ id, on: one.on })
                return
              }
              const original = put[one.which % Math.max(1, put.length)]
              if (original === undefined || reversed.has(original.id)) return
              reversed.add(original.id)
              const id = uuidv7()
              const occurredOn = new Date(Date.parse(original.on) + one.later * 86_400_000).toISOString().slice(0, 10)
              const entryId = await recordAct(
                handle,
                by,
                { action: 'test.reverse', objectKind: 'fact', objectId: id },
                now,
              )
              await insertReversals(handle, [{ id, reverses: original.id, occurredOn }], entryId, now)
            })
          }
          await inTenant(test, tenant.id, async (handle) => {
            const facts = await readFacts(handle)
            const placements = await listPlacements(handle, 'territory')
            const [head] = await handle.query<{ position: number }>(
              'select coalesce(max(position), 0)::bigint as position from audit_seal where tenant_id = $1',
              [tenant.id],
            )
            for (const one of questions) {
              const knownAt = one.now ? null : Math.floor(one.known * (head?.position ?? 0))
              const unitIds = treeAt(placements, 'territory', one.cutOff, knownAt).descendantsOf(
                units[one.unit] ?? '',
                true,
              )
              const selection = {
                startsOn: '2023-05-25',
                sectors: one.unit % 2 === 0 ? null : ['工贸'],
                cutOff: one.cutOff,
                knownAt,
              }
              const wanted = figuresOf(facts, metrics, {
                unitIds: new Set(unitIds),
                ownUnitId: units[one.unit] ?? null,
                campaign: { startsOn: selection.startsOn, sectors: selection.sectors },
                cutOff: one.cutOff,
                knownAt,
              })
              const got = await readFigures(handle, metrics, { ...selection, unitIds })
              expect(got.map((figure) => figure.value)).toEqual(wanted.map((figure) => figure.value))
              for (const figure of wanted.slice(0, 2)) {
                const behind = await readFigureRecords(
                  handle,
                  metrics,
                  figure.metricId,
                  { ...selection, unitIds },
                  null,
                  100,
                )
                expect(behind).toEqual(figure.recordIds)
              }
              asked += 1
              above += wanted.some((figure) => (figure.value ?? 0) > 0) ? 1 : 0
            }
          })
        },
      ),
      { numRuns: 90 },
    )
    // More than a thousand questions, and not all of them about nothing.
    expect(asked).toBeGreaterThanOrEqual(1000)
    expect(above).toBeGreaterThan(asked / 5)
  }, 240_000)
})
