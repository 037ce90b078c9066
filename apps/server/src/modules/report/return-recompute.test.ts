/**
 * Whatever happened before and after, what was filed computes again from the position that was kept with it. Districts with three levels of
 * respondents live through months of facts, late entries, reversals, moves, filings, sendings-back, and changes of what the campaign counts;
 * then every submission is held against an oracle that reads raw rows and takes nothing from the domain.
 */
import fc from 'fast-check'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as contracts from '@bihuan/contracts'
import type { BodyOf } from '@bihuan/contracts'
import { monthly } from '../../../test/build-returns.js'
import {
  actorFor,
  ask,
  buildAccount,
  buildTenant,
  buildUnit,
  inTenant,
  startTestApp,
  type TestAccount,
  type TestApp,
  type TestUnit,
} from '../../../test/builders.js'
import { asFiled, derivedCells, expected, readRaw, wrongs } from '../../../test/return-oracle.js'
import { samplePlan } from '../../../test/sample-plan.js'
import { verifyDatabase } from '../../platform/audit/verification.js'
import { recordAct } from '../../platform/audit/record.js'
import { actOnCampaign } from '../campaign/index.js'
import { moveUnit } from '../organization/index.js'
import { insertFacts, insertReversals } from './fact.repo.js'
import { actOnReturn, listActiveSchedules, openSchedule, returnVerifier, signReturn } from './index.js'
import { comparisonOf, computeContent, findingsOf } from './return-content.js'
import { countedNow } from './return-page.service.js'
import { findReturn } from './return.repo.js'
import { typeIntoReturn } from './return.service.js'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp({ environment: { BIHUAN_LOG: 'error' } })
})
afterAll(() => test.stop())

const measures = derivedCells.flatMap((cell) => cell.measures)
/** Mondays: the schedules are weekly, so that much is filed in a short history. */
const weeks = Array.from({ length: 12 }, (_, n) => new Date(Date.UTC(2023, 5, 5 + 7 * n)).toISOString().slice(0, 10))

const who = fc.nat(99)
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('put' as const),
      place: fc.nat(5),
      record: fc.nat(9),
      measure: fc.constantFrom(...measures),
      // Most are entered late: for a day of any month before.
      on: fc.integer({ min: 0, max: 120 }),
      sector: fc.constantFrom('工贸', '消防'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('reverse' as const), which: fc.nat(40), later: fc.nat(30) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('move' as const),
      place: fc.nat(5),
      to: fc.nat(1),
      on: fc.integer({ min: 0, max: 120 }),
    }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('file' as const),
      who,
      typed: fc.array(fc.nat(9), { minLength: 6, maxLength: 6 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('send-back' as const), who }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('accept' as const), who }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('span' as const),
      from: fc.integer({ min: 0, max: 20 }),
      sectors: fc.constantFrom(null, ['工贸'], ['工贸', '消防']),
    }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never
const history = fc.tuple(...weeks.map(() => fc.array(step, { minLength: 26, maxLength: 28 })))

const dayOf = (n: number) => new Date(Date.UTC(2023, 4, 22) + n * 86_400_000).toISOString().slice(0, 10)

const weekly = {
  ...monthly,
  rule: {
    ...monthly.rule,
    cadence: 'weekly' as const,
    due: { kind: 'weekday' as const, weekday: 5, after: 0 },
    firstDay: '2023-06-05',
  },
}

async function buildWorld() {
  test.clock.set(new Date('2023-06-01T09:00:00+08:00'))
  const tenant = await buildTenant(test)
  const office = await buildAccount(
    test,
    await buildUnit(test, tenant, { kind: 'safety-committee-office' }),
    'safety-office',
  )
  const bureau = await buildUnit(test, tenant, { kind: 'department' })
  const inspector = await buildAccount(test, bureau, 'department-officer')
  const streets = [await buildUnit(test, tenant, { kind: 'street' }), await buildUnit(test, tenant, { kind: 'street' })]
  const communities: TestUnit[] = []
  for (let n = 0; n < 4; n++)
    communities.push(await buildUnit(test, tenant, { kind: 'community', parentId: streets[n % 2]?.id ?? '' }))
  const clerks: TestAccount[] = []
  for (const unit of [...communities, ...streets]) clerks.push(await buildAccount(test, unit, 'territory-officer'))
  const sample = samplePlan({ warnings: [] })
  const [form, ...annexes] = sample.annexes
  if (form?.kind !== 'metric-table') throw new Error('the sample begins with its table')
  const staff = { ordinal: 4, cell: '技术检查员数量（人）', label: '技术检查员数量', unit: '人', parts: [] }
  const firms = { ordinal: 5, cell: '参加培训企业（家）', label: '参加培训企业', unit: '家', parts: [] }
  const [overall, enforcement] = form.groups
  const groups = [overall, { ...enforcement, metrics: [...(enforcement?.metrics ?? []), staff, firms] }]
  const plan = { ...sample, annexes: [{ ...form, groups }, ...annexes] } as unknown as BodyOf<
    typeof contracts.createCampaign
  >['plan']
  const created = await ask(test, office, contracts.createCampaign, { body: { unitId: tenant.rootUnitId, plan } })
  expect(created.error).toBeUndefined()
  const campaignId = created.body.id
  await ask(test, office, contracts.startCampaign, { params: { campaignId }, body: { version: created.body.version } })
  const tableId = created.body.tables[0]?.id ?? ''
  for (const schedule of [
    weekly,
    {
      ...weekly,
      respondents: [{ kinds: ['district' as const], unitIds: [], groups: null }],
      receiverIds: [bureau.id],
    },
  ]) {
    const added = await ask(test, office, contracts.addSchedule, { params: { tableId }, body: schedule })
    expect(added.error).toBeUndefined()
  }
  const people = new Map([...communities, ...streets].map(({ id }, n) => [id, clerks[n]]))
  people.set(tenant.rootUnitId, office).set(bureau.id, inspector)
  const shown = await ask(test, office, contracts.showTable, { params: { tableId }, query: {} })
  const typed = shown.body.figures.filter(({ metric }) => metric === null)
  const flagKey = typed.find(({ kind }) => kind === 'flag')?.key
  return { tenant, office, streets, communities, people, campaignId, typedKeys: typed.map(({ key }) => key), flagKey }
}
type World = Awaited<ReturnType<typeof buildWorld>>

async function play(world: World, chapters: readonly (readonly Step[])[]): Promise<void> {
  const { tenant, communities, streets, people, typedKeys, flagKey } = world
  const by = { tenantId: tenant.id, via: 'job', personName: '测试', address: 'local' } as const
  const records = Array.from({ length: 10 }, () => uuidv7())
  const put: { id: string; on: string }[] = []
  const reversed = new Set<string>()
  const places = [...communities, ...streets]
  const proof = { ok: true, value: undefined } as const

  /** One of those in these states, with somebody of the side that has to do with it. */
  const one = async (side: 'unit_id' | 'receiver_ids[1]', statuses: readonly string[], at: number) => {
    const rows = await test.db.asOwner<{ id: string; whose: string; status: string; version: number }>(
      `select id, ${side} as whose, status, version from report_return where tenant_id = $1 and status = any($2) order by due_on, id`,
      [tenant.id, statuses],
    )
    const row = rows[at % Math.max(1, rows.length)]
    const account = people.get(row?.whose ?? '')
    return row === undefined || account === undefined ? null : { ...row, actor: await actorFor(test, account) }
  }
  const must = <Value>(
    answer: { ok: true; value: Value } | { ok: false; refusal: { code: string; message: string } },
  ) => {
    if (!answer.ok) throw new Error(`${answer.refusal.code}: ${answer.refusal.message}`)
    return answer.value
  }

  async function write(step: Step): Promise<void> {
    switch (step.kind) {
      case 'put':
      case 'reverse': {
        const original = step.kind === 'put' ? undefined : put[step.which % Math.max(1, put.length)]
        if (step.kind === 'reverse' && (original === undefined || reversed.has(original.id))) return
        return inTenant(test, tenant.id, async (handle) => {
          const id = uuidv7()
          const entryId = await recordAct(
            handle,
            by,
            { action: 'test.put', objectKind: 'fact', objectId: id },
            test.clock.now(),
          )
          if (step.kind === 'put') {
            const unitId = places[step.record % 6]?.id ?? ''
            const on = dayOf(step.on)
            put.push({ id, on })
            const fact = {
              id,
              measure: step.measure,
              unitId,
              doerUnitIds: [unitId],
              subjectId: unitId,
              recordKind: 'hazard',
            }
            const more = {
              recordId: records[step.record] ?? '',
              sector: step.record % 2 === 0 ? '工贸' : '消防',
              amount: 1,
              occurredOn: on,
            }
            return insertFacts(
              handle,
              { territoryPath: '/000000/', linePath: null, parties: [] },
              [{ ...fact, ...more }],
              entryId,
              test.clock.now(),
            )
          }
          reversed.add(original?.id ?? '')
          const occurredOn = new Date(Date.parse(original?.on ?? '') + step.later * 86_400_000)
            .toISOString()
            .slice(0, 10)
          return insertReversals(handle, [{ id, reverses: original?.id ?? '', occurredOn }], entryId, test.clock.now())
        })
      }
      case 'move': {
        const [unitId, parentId] = [communities[step.place % 4]?.id ?? '', streets[step.to]?.id ?? '']
        await inTenant(test, tenant.id, (handle) =>
          moveUnit(
            handle,
            by,
            { unitId, axis: 'territory', parentId, validFrom: dayOf(step.on), corrects: null },
            test.clock,
          ),
        )
        return
      }
      case 'span': {
        const actor = await actorFor(test, world.office)
        const acts = [
          { kind: 'set-dates', startsOn: dayOf(step.from), endsOn: null, reason: '更正' },
          { kind: 'set-sectors', sectors: step.sectors, reason: '更正' },
        ] as const
        for (const act of acts)
          await inTenant(test, tenant.id, async (handle) => {
            const [row] = await handle.query<{ version: number }>(
              'select version from campaign where tenant_id = $1 and id = $2',
              [tenant.id, world.campaignId],
            )
            must(await actOnCampaign(handle, actor, world.campaignId, row?.version ?? 0, act, test.clock))
          })
        return
      }
      case 'file': {
        const found = await one('unit_id', ['open', 'sent-back'], step.who)
        if (found === null) return
        const { actor, id, version } = found
        const values = Object.fromEntries(
          typedKeys.map((key, n) => [
            key,
            key === flagKey ? ((step.typed[n] ?? 0) > 4 ? '是' : '否') : String((step.typed[n] ?? 0) + 1),
          ]),
        )
        must(
          await test.database.withScope(actor.reach, (handle) =>
            typeIntoReturn(handle, actor, { id, version, values }, test.clock),
          ),
        )
        await test.platform.sealer.sealNow(tenant.id)
        const seen = await inTenant(test, tenant.id, async (handle) => {
          const record = await findReturn(handle, id)
          if (record === null) throw new Error('no return')
          const content = await computeContent(handle, record, countedNow(record, test.clock))
          return {
            version: record.version,
            contentHash: content.hash,
            findings: findingsOf(record, content, await comparisonOf(handle, record, content)),
          }
        })
        expect(seen.findings.filter(({ blocking }) => blocking)).toEqual([])
        const answers = Object.fromEntries(seen.findings.map(({ key }) => [key, '属实']))
        const { version: now, contentHash } = seen
        must(
          await signReturn(
            test,
            actor,
            { id, version: now, label: '填报人', nil: false, contentHash, answers, submit: true },
            proof,
          ),
        )
        return
      }
      case 'send-back':
      case 'accept': {
        const found = await one(
          'receiver_ids[1]',
          step.kind === 'accept' ? ['submitted'] : ['submitted', 'accepted'],
          step.who,
        )
        if (found === null) return
        const { actor, id, version, status } = found
        const act =
          step.kind === 'accept'
            ? ({ kind: 'accept' } as const)
            : status === 'accepted'
              ? ({ kind: 'reopen', reason: '漏报' } as const)
              : ({ kind: 'send-back', remarks: [{ cell: null, text: '不符' }] } as const)
        must(
          await test.database.withScope(actor.reach, (handle) =>
            actOnReturn(handle, actor, { id, version, act }, test.clock),
          ),
        )
      }
    }
  }

  for (const [index, chapter] of chapters.entries()) {
    test.clock.set(new Date(`${weeks[index] ?? ''}T09:00:00+08:00`))
    for (const schedule of await inTenant(test, tenant.id, listActiveSchedules))
      await openSchedule(test, tenant.id, schedule)
    for (const one of chapter) await write(one)
  }
  await test.platform.sealer.sealNow(tenant.id)
}

describe('what was filed', () => {
  it('computes again from its position, by verify and by an oracle over raw rows, whatever happened since; planted bugs are told', async () => {
    let submissions = 0
    const levels = new Set<string>()
    const told = new Set<string>()
    await fc.assert(
      fc.asyncProperty(history, async (chapters) => {
        const world = await buildWorld()
        await play(world, chapters)
        const raw = await readRaw(test.db, world.tenant.id, world.campaignId)
        for (const one of raw.filed) {
          expect(expected(raw, one, null)).toEqual(asFiled(one))
          for (const wrong of wrongs) {
            if (told.has(wrong)) continue
            if (JSON.stringify(expected(raw, one, wrong)) !== JSON.stringify(asFiled(one))) told.add(wrong)
          }
          const { communities, streets } = world
          levels.add(
            communities.some(({ id }) => id === one.unit_id)
              ? 'community'
              : streets.some(({ id }) => id === one.unit_id)
                ? 'street'
                : 'district',
          )
        }
        submissions += raw.filed.length
        const [verdict] = await verifyDatabase(test.platform, [returnVerifier], {
          of: ({ id }) => id === world.tenant.id,
        })
        expect(verdict?.difference).toBeNull()
        expect(verdict?.checked).toContainEqual({ subject: '上报的报表', count: raw.filed.length })
      }),
      { numRuns: 10, endOnFailure: true },
    )
    expect(submissions).toBeGreaterThanOrEqual(1000)
    expect([...told].sort()).toEqual([...wrongs].sort())
    expect([...levels].sort()).toEqual(['community', 'district', 'street'])
  }, 1_200_000)
})
