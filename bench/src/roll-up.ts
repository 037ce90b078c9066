/**
 * The cumulative table of a district of a million facts: the product's answer (roll-up, and what is not folded yet) against the plain
 * GROUP BY over facts, as a superuser past all row security; and what one new fact costs in a small ledger and in a large one.
 */
import pg from 'pg'
import { v7 as uuidv7 } from 'uuid'
import type { Metric } from '@bihuan/domain'
import { addUnits, listPlacements, readTree } from '../../apps/server/src/modules/organization/index.js'
import {
  askFigures,
  askRollUp,
  defineRollUp,
  foldTenant,
  insertFacts,
  listSpanStarts,
  readFigures,
  verifyRollUp,
  type FigureQuestion,
  type RollUpDefinition,
} from '../../apps/server/src/modules/report/index.js'
import { recordAct } from '../../apps/server/src/platform/audit/record.js'
import { treeAt } from '@bihuan/domain'
import { buildBenchDistrict, quantile, type BenchDistrict } from './district.js'
import type { Figure } from './figure.js'

export const name = 'roll-up'
export const setting =
  '3,000 units (12 towns, 240 villages), 40 metrics (20 and a part of each; 10 distinct, 10 sums), 1,000,000 facts of two years, 2 % reversed, each an entry of its own; the district, any cut-off; against the plain GROUP BY over facts as a superuser'

const startsOn = '2023-01-01'
const cutOffs = ['2024-01-31', '2024-07-17', '2025-03-31', '2025-10-12', '2025-10-31']

/** Wholes 0..19 and a part of each: counts 0..9, sums 10..14, distinct subjects 15..19. */
const metrics: Metric[] = Array.from({ length: 20 }, (_, n) => n).flatMap((n): Metric[] => {
  const kind = n < 10 ? 'count' : n < 15 ? 'sum' : 'distinct'
  const common = { kind, attributedTo: 'territory', unit: null, scale: 1, source: 'derived' } as const
  return [
    { ...common, id: `whole-${n}`, label: `指标${n}`, measures: [`bench/whole-${n}`], partOf: null },
    { ...common, id: `part-${n}`, label: `其中${n}`, measures: [`bench/part-${n}`], partOf: `whole-${n}` },
  ]
})

export async function run(smoke: boolean): Promise<readonly Figure[]> {
  const district = await buildBenchDistrict(0)
  await district.modules.stopFolding()
  const definition = defineRollUp(metrics, 32, listSpanStarts)
  const plain = new pg.Client({ connectionString: district.superUrl })
  await plain.connect()
  try {
    const [few, many] = smoke ? [1_000, 4_000] : [10_000, 1_000_000]
    await addRespondents(district, smoke ? 8 : 19, smoke ? 40 : 2_507)
    await addFacts(district, plain, 0, few)
    await foldTenant(district.platform.database, district.tenantId, definition)
    const atFew = await oneFact(district, definition, smoke ? 10 : 200)
    await addFacts(district, plain, few, many)
    const began = performance.now()
    await foldTenant(district.platform.database, district.tenantId, definition)
    const folding = (performance.now() - began) / 1000
    await plain.query('vacuum analyze')
    const figures = await cumulativeTable(district, definition, plain, smoke ? 1 : 7)
    const atMany = await oneFact(district, definition, smoke ? 10 : 200)
    return [
      ...figures,
      { what: `folding ${(many - few).toLocaleString('en')} facts`, value: `${folding.toFixed(1)} s` },
      ...compared('writing one fact', atFew.writing, atMany.writing, smoke),
      ...compared('folding one fact', atFew.folding, atMany.folding, smoke),
      ...compared('the district’s table, that fact not folded yet', atFew.asking, atMany.asking, true),
      ...(await sizes(district, plain)),
      ...(await verified(district, definition)),
    ]
  } finally {
    await plain.end()
    await district.stop()
  }
}

/** Villages in every town, and enterprises in the villages, beside the 240 that stand in the towns already. */
async function addRespondents({ platform, tenantId, townIds }: BenchDistrict, villages: number, firms: number) {
  const by = { tenantId, via: 'maintenance', personName: '测试', address: 'local' } as const
  const common = { code: null, lineParentId: null, existsFrom: '2000-01-01' }
  await platform.database.withScope({ purpose: 'tenant', tenantId }, async (handle) => {
    const added = async (commands: readonly { kind: 'village' | 'enterprise'; name: string; parentId: string }[]) =>
      (
        await addUnits(
          handle,
          by,
          commands.map((command) => ({ ...common, ...command })),
          platform.clock,
        )
      ).map((answer) => {
        if (!answer.ok) throw new Error(answer.refusal.message)
        return answer.value.id
      })
    const villageIds = await added(
      townIds.flatMap((parentId, town) =>
        Array.from(
          { length: villages + 1 },
          (_, n) => ({ kind: 'village', name: `第${town}镇${n}村`, parentId }) as const,
        ),
      ),
    )
    await added(
      Array.from({ length: firms }, (_, n) => ({
        kind: 'enterprise',
        name: `第${n}号企业`,
        parentId: villageIds[n % villageIds.length] ?? '',
      })),
    )
  })
  await platform.sealer.sealNow(tenantId)
}

/**
 * The same rows every time. A whole and, of three in five, a part some weeks later on the same record; of the rest one in eight is
 * reversed. An enterprise's facts are of its own sector, one in ten of another. Positions in the order of the days, as they would be.
 */
async function addFacts({ tenantId, platform }: BenchDistrict, plain: pg.Client, from: number, to: number) {
  await platform.sealer.sealNow(tenantId)
  // Made by us: no need to look up the four rows that each points to.
  await plain.query("set session_replication_role = 'replica'")
  await plain.query(
    `create temporary table made as
     select gen_random_uuid() as id, gen_random_uuid() as entry_id, f.*, row_number() over (order by occurred_on, n) as place
     from (
       select r.n, 'bench/' || k.kind || '-' || r.n % 20 as measure, e.id as unit_id, md5('record' || r.n)::uuid as record_id,
         (array['工贸','消防','燃气','建筑施工','危险化学品','矿山','道路运输','特种设备'])[1 + (e.place + case when r.n % 10 = 3 then 1 else 0 end) % 8] as sector,
         case when r.n % 20 between 10 and 14 then 100 + r.n % 900 else 1 end as amount,
         date '2023-11-01' + ((r.n::bigint * 7919) % 650)::int + case k.kind when 'part' then 5 + r.n % 60 else 0 end as occurred_on,
         null::uuid as reverses
       from generate_series($2::int, $3::int - 1) r (n)
       join (select id, row_number() over (order by label) as place, count(*) over () as many from unit where tenant_id = $1 and kind = 'enterprise') e
         on e.place = 1 + (r.n::bigint * 104729) % e.many
       cross join (values ('whole'), ('part')) k (kind)
       where k.kind = 'whole' or r.n % 5 < 3) f`,
    [tenantId, Math.round(from / 1.65), Math.round(to / 1.65)],
  )
  await plain.query(
    `insert into made select gen_random_uuid(), gen_random_uuid(), n, measure, unit_id, record_id, sector, -amount,
       occurred_on + 10 + n % 40, id, (select max(place) from made) + row_number() over (order by n)
     from made where n % 5 >= 3 and n % 8 = 1`,
  )
  await plain.query(
    `insert into audit_entry (tenant_id, id, at, person_name, via, address, action, object_kind)
     select $1, entry_id, now(), '测试', 'job', 'local', 'bench', 'fact' from made`,
    [tenantId],
  )
  await plain.query(
    `insert into audit_seal (tenant_id, position, entry_id, entry_hash, chain_hash, sealed_at)
     select $1, (select coalesce(max(position), 0) from audit_seal where tenant_id = $1) + place, entry_id, '\\x00', '\\x00', now() from made`,
    [tenantId],
  )
  await plain.query(
    `insert into fact (tenant_id, id, territory_path, parties, entry_id, measure, unit_id, doer_unit_ids, subject_id, record_kind, record_id,
       sector, amount, occurred_on, reverses, recorded_at)
     select $1, m.id, u.territory_path, array[m.unit_id], m.entry_id, m.measure, m.unit_id, array[u.parent_id], m.unit_id, 'hazard', m.record_id,
       m.sector, m.amount, m.occurred_on, m.reverses, now()
     from made m join unit u on u.tenant_id = $1 and u.id = m.unit_id`,
    [tenantId],
  )
  await plain.query('drop table made')
  await plain.query('analyze')
}

const groupBy = `select f.measure, count(*) as count, sum(f.amount)::bigint as sum, count(distinct f.subject_id) as subjects
  from fact f
  where f.tenant_id = $1 and f.occurred_on between $2 and $3 and f.reverses is null
    and not exists (select 1 from fact r where r.tenant_id = f.tenant_id and r.reverses = f.id and r.occurred_on <= $3)
  group by f.measure`

async function cumulativeTable(
  district: BenchDistrict,
  definition: RollUpDefinition,
  plain: pg.Client,
  runs: number,
): Promise<Figure[]> {
  const { platform, tenantId, rootUnitId } = district
  const times = {
    plain: [] as number[],
    facts: [] as number[],
    product: [] as number[],
    tree: [] as number[],
    fresh: [] as number[],
  }
  let wrong = 0
  let cells = 0
  let rolled = 0
  for (const cutOff of cutOffs) {
    for (let run = 0; run <= runs; run++) {
      const [rows, byHand] = await timed(() =>
        plain.query<{ measure: string; sum: number; subjects: number }>({
          name: 'g',
          text: groupBy,
          values: [tenantId, startsOn, cutOff],
        }),
      )
      const byMeasure = new Map(rows.rows.map((row) => [row.measure, row]))
      await platform.database.withScope({ purpose: 'tenant', tenantId }, async (handle) => {
        const [tree, treeTime] = await timed(() => readTree(handle, 'territory', cutOff, null))
        const unitIds = tree.descendantsOf(rootUnitId, true)
        const asked: FigureQuestion = { unitIds, startsOn, sectors: null, cutOff, knownAt: null }
        const [answers, product] = await timed(() => askFigures(handle, metrics, asked, definition))
        if (run > 0) {
          times.plain.push(byHand)
          times.product.push(product + treeTime)
          times.tree.push(treeTime)
          return
        }
        // The first of each cut-off warms up, and is compared.
        rolled += (await askRollUp(handle, metrics, asked, definition))?.size === metrics.length ? 1 : 0
        const [fromFacts, facts] = await timed(() => readFigures(handle, metrics, asked))
        const [, fresh] = await timed(async () =>
          treeAt(await listPlacements(handle, 'territory'), 'territory', cutOff, null).descendantsOf(rootUnitId, true),
        )
        times.facts.push(facts)
        times.fresh.push(fresh)
        for (const [at, metric] of metrics.entries()) {
          const row = byMeasure.get(metric.measures[0] ?? '')
          const expected = (metric.kind === 'distinct' ? row?.subjects : row?.sum) ?? 0
          cells += 1
          if (answers[at]?.value !== Number(expected) || fromFacts[at]?.value !== Number(expected)) wrong += 1
        }
      })
    }
  }
  const share = Math.max(...cutOffs.map((_, at) => middle(part(times.product, at)) / middle(part(times.plain, at))))
  return [
    { what: 'the plain GROUP BY over facts, median', value: `${middle(times.plain).toFixed(0)} ms` },
    {
      what: 'the product’s own SQL over facts, parts and rights included',
      value: `${middle(times.facts).toFixed(0)} ms`,
    },
    {
      what: 'the product’s table, 40 metrics, median and slowest',
      value: `${middle(times.product).toFixed(1)} / ${Math.max(...times.product).toFixed(1)} ms`,
    },
    {
      what: 'of this the tree of units',
      value: `${middle(times.tree).toFixed(1)} ms; read and made anew ${middle(times.fresh).toFixed(1)} ms`,
    },
    {
      what: 'against the GROUP BY, at the worst of five cut-offs',
      value: `1/${(1 / share).toFixed(0)}`,
      limit: '≤ 1/50',
      kept: share <= 1 / 50,
    },
    {
      what: `cells that differ, of ${cells} (answered from the roll-up: ${rolled} of ${cutOffs.length} tables)`,
      value: String(wrong),
      limit: '0',
      kept: wrong === 0 && rolled === cutOffs.length,
    },
  ]

  function part(list: readonly number[], at: number): number[] {
    return list.slice(at * runs, (at + 1) * runs)
  }
}

interface OneFact {
  readonly writing: number
  readonly folding: number
  readonly asking: number
}

/** A fact is written, asked for, sealed, and folded; medians, in ms. */
async function oneFact(district: BenchDistrict, definition: RollUpDefinition, rounds: number): Promise<OneFact> {
  const { platform, tenantId, rootUnitId, enterpriseIds } = district
  const { database, sealer, clock } = platform
  const by = { tenantId, via: 'job', personName: '测试', address: 'local' } as const
  const within = { purpose: 'tenant', tenantId } as const
  const times = { writing: [] as number[], folding: [] as number[], asking: [] as number[] }
  await sealer.sealNow(tenantId)
  await foldTenant(database, tenantId, definition)
  for (let round = 0; round < rounds; round++) {
    const unitId = enterpriseIds[(round * 31) % enterpriseIds.length] ?? ''
    const id = uuidv7()
    const fact = {
      ...{
        id,
        measure: `bench/whole-${round % 20}`,
        unitId,
        doerUnitIds: [unitId],
        subjectId: unitId,
        recordKind: 'hazard',
      },
      ...{ recordId: uuidv7(), sector: '工贸', amount: 1, occurredOn: '2025-11-02' },
    }
    const place = { territoryPath: '/000000/000001/', linePath: null, parties: [unitId] }
    const [, writing] = await timed(() =>
      database.withScope(within, async (handle) => {
        const now = clock.now()
        const entryId = await recordAct(handle, by, { action: 'bench', objectKind: 'fact', objectId: id }, now)
        await insertFacts(handle, place, [fact], entryId, now)
      }),
    )
    const [, asking] = await timed(() =>
      database.withScope(within, async (handle) => {
        const unitIds = (await readTree(handle, 'territory', '2025-11-03', null)).descendantsOf(rootUnitId, true)
        const asked = { unitIds, startsOn, sectors: null, cutOff: '2025-11-03', knownAt: null }
        await askFigures(handle, metrics, asked, definition)
      }),
    )
    await sealer.sealNow(tenantId)
    const [, folding] = await timed(() => foldTenant(database, tenantId, definition))
    times.writing.push(writing)
    times.asking.push(asking)
    times.folding.push(folding)
  }
  return { writing: middle(times.writing), folding: middle(times.folding), asking: middle(times.asking) }
}

function compared(what: string, few: number, many: number, free: boolean): Figure[] {
  const value = `${few.toFixed(2)} ms at 10,000 facts, ${many.toFixed(2)} ms at 1,000,000: ×${(many / few).toFixed(2)}`
  return [free ? { what, value } : { what, value, limit: '≤ ×1.5', kept: many <= few * 1.5 }]
}

async function sizes({ tenantId }: BenchDistrict, plain: pg.Client): Promise<Figure[]> {
  const { rows } = await plain.query<{ table: string; megabytes: number; rows: number }>(
    `select relname as table, round(pg_total_relation_size(oid) / 1e6)::int as megabytes, reltuples::int as rows from pg_class
     where relname in ('fact', 'roll_up_month', 'roll_up_seen', 'roll_up_standing') and $1::uuid is not null order by relname`,
    [tenantId],
  )
  return [{ what: 'size', value: rows.map((row) => `${row.table} ${row.megabytes} MB, ${row.rows} rows`).join('; ') }]
}

async function verified({ platform, tenantId }: BenchDistrict, definition: RollUpDefinition): Promise<Figure[]> {
  const [verdict, time] = await timed(() =>
    platform.database.withScope({ purpose: 'tenant', tenantId }, (handle) => verifyRollUp(handle, definition)),
  )
  return [
    {
      what: 'verifying the roll-up against all facts',
      value: `${(time / 1000).toFixed(1)} s${verdict.ok ? '' : `: ${verdict.message}`}`,
      limit: 'no difference',
      kept: verdict.ok,
    },
  ]
}

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const began = performance.now()
  const result = await work()
  return [result, performance.now() - began]
}

function middle(values: readonly number[]): number {
  return quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  )
}
