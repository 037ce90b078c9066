/**
 * A district that files: 12 towns and 2,988 villages, a table of 40 cells (12 from records, 28 typed), eleven months filed and taken, a
 * million facts. The same rows every time.
 */
import pg from 'pg'
import { hazardMetrics, type PlanMetricTable } from '@bihuan/domain'
import { addUnits } from '../../../apps/server/src/modules/organization/index.js'
import {
  addTable,
  listActiveSchedules,
  rollUpAfresh,
  type ScheduleRow,
} from '../../../apps/server/src/modules/report/index.js'
import { buildBenchDistrict, type BenchDistrict } from '../district.js'

export interface ReturnsDistrict {
  readonly district: BenchDistrict
  readonly plain: pg.Client
  readonly tableId: string
  readonly schedule: ScheduleRow
  readonly respondents: number
  stop(): Promise<void>
}

export interface ReturnsSize {
  readonly villages: number
  readonly facts: number
  readonly monthsFiled: number
}

const perRow = 10

/** Four groups of ten: first what the records give, then what is typed. */
export const form: PlanMetricTable = {
  ordinal: 1,
  title: '进展情况调度表',
  kind: 'metric-table',
  head: [],
  groups: Array.from({ length: 4 }, (_, group) => ({
    name: ['总体情况', '隐患排查整治情况', '执法情况', '组织领导情况'][group] ?? '',
    metrics: Array.from({ length: perRow }, (_, at) => {
      const label = hazardMetrics[group * perRow + at]?.label ?? `第${group * perRow + at + 1}项工作`
      const unit = label.startsWith('第') ? '次' : '个'
      return { ordinal: at + 1, cell: `${label}（${unit}）`, label, unit, parts: [] }
    }),
  })),
  notes: [],
  foot: [],
  signatures: ['填报人'],
}

export async function buildReturnsDistrict({ villages, facts, monthsFiled }: ReturnsSize): Promise<ReturnsDistrict> {
  const district = await buildBenchDistrict(0)
  await district.modules.stopFolding()
  const { platform, tenantId, townIds, superUrl, campaignId, rootUnitId } = district
  const { database, clock, sealer } = platform
  const by = { tenantId, via: 'maintenance', personName: '测试', address: 'local' } as const
  const plain = new pg.Client({ connectionString: superUrl })
  await plain.connect()
  await database.withScope({ purpose: 'tenant', tenantId }, async (handle) => {
    const commands = Array.from({ length: villages }, (_, n) => ({
      kind: 'village' as const,
      name: `第${n}村`,
      parentId: townIds[n % townIds.length] ?? '',
      code: null,
      lineParentId: null,
      existsFrom: '2000-01-01',
    }))
    for (const answer of await addUnits(handle, by, commands, clock))
      if (!answer.ok) throw new Error(answer.refusal.message)
  })
  const [root] = (
    await plain.query<{ path: string }>('select territory_path as path from unit where id = $1', [rootUnitId])
  ).rows
  const paths = { territoryPath: root?.path ?? '', boundPath: root?.path ?? '' }
  await database.withScope({ purpose: 'tenant', tenantId }, (handle) =>
    addTable(handle, { campaignId, ...paths, ordinal: 1, form, choices: [] }),
  )
  const tableId = (await plain.query<{ id: string }>('select id from report_table')).rows[0]?.id ?? ''
  await sealer.sealNow(tenantId)
  await addSchedule(plain, tenantId, { campaignId, tableId, ...paths, kinds: ['town', 'village'], sectors: [] })
  await plain.query('analyze')
  await addFacts(plain, tenantId, facts)
  const [schedule] = await database.withScope({ purpose: 'tenant', tenantId }, listActiveSchedules)
  if (schedule === undefined) throw new Error('no schedule')
  await addFiled(plain, tenantId, schedule, monthsFiled)
  await plain.query('vacuum analyze')
  // As it is in the morning: what was sealed the day before is folded.
  await database.withScope({ purpose: 'tenant', tenantId }, (handle) => rollUpAfresh(handle))
  await plain.query('vacuum analyze')
  return {
    district,
    plain,
    tableId,
    schedule,
    respondents: villages + townIds.length,
    async stop() {
      await plain.end()
      await district.stop()
    },
  }
}

export async function addSchedule(
  plain: pg.Client,
  tenantId: string,
  of: {
    readonly campaignId: string
    readonly tableId: string
    readonly territoryPath: string
    readonly boundPath: string
    readonly kinds: readonly string[]
    readonly unitIds?: readonly string[]
    readonly sectors: readonly string[]
  },
): Promise<void> {
  const rule = {
    cadence: 'monthly',
    due: { kind: 'day-of-month', day: 16, after: 0 },
    shift: 'next',
    cutOff: 'due-day',
    counts: 'cumulative',
    firstDay: '2025-11-01',
    lastDay: null,
    dates: [],
  }
  await plain.query(
    `insert into report_schedule (tenant_id, id, campaign_id, territory_path, bound_path, table_id, title, rule, respondents, receiver_ids,
       split_sectors, note, active, created_at)
     values ($1, gen_random_uuid(), $2, $3, $4, $5, '进展情况调度表', $6, $7, '{}', $8, '', true, now())`,
    [
      tenantId,
      of.campaignId,
      of.territoryPath,
      of.boundPath,
      of.tableId,
      JSON.stringify(rule),
      JSON.stringify([{ kinds: of.kinds, unitIds: of.unitIds ?? [], groups: null }]),
      of.sectors,
    ],
  )
}

/** Found by the enterprise or the department, of either grade, in the villages; three in five rectified some weeks later. */
async function addFacts(plain: pg.Client, tenantId: string, facts: number): Promise<void> {
  await plain.query("set session_replication_role = 'replica'")
  await plain.query(
    `create temporary table made as
     select gen_random_uuid() as id, gen_random_uuid() as entry_id, f.*, row_number() over (order by occurred_on, n) as place
     from (
       select r.n, 'hazard/' || k.kind || '/' || (array['major','key'])[1 + r.n % 2] || '/' || (array['enterprise','department'])[1 + (r.n / 2) % 2] as measure,
         e.id as unit_id, md5('record' || r.n)::uuid as record_id, md5('firm' || r.n % 20000)::uuid as subject_id,
         (array['工贸','消防','燃气','建筑施工','危险化学品','矿山','道路运输','特种设备'])[1 + r.n % 8] as sector,
         date '2023-11-01' + ((r.n::bigint * 7919) % 650)::int + case k.kind when 'rectified' then 5 + r.n % 60 else 0 end as occurred_on
       from generate_series(0, $2::int - 1) r (n)
       join (select id, row_number() over (order by label) as place, count(*) over () as many from unit where tenant_id = $1 and kind = 'village') e
         on e.place = 1 + (r.n::bigint * 104729) % e.many
       cross join (values ('found'), ('rectified')) k (kind)
       where k.kind = 'found' or r.n % 5 < 3) f`,
    [tenantId, Math.round(facts / 1.6)],
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
       sector, amount, occurred_on, recorded_at)
     select $1, m.id, u.territory_path, array[m.unit_id], m.entry_id, m.measure, m.unit_id, array[u.parent_id], m.subject_id, 'hazard', m.record_id,
       m.sector, 1, m.occurred_on, now()
     from made m join unit u on u.tenant_id = $1 and u.id = m.unit_id`,
    [tenantId],
  )
  await plain.query('drop table made')
  await plain.query("set session_replication_role = 'origin'")
}

/** Returns of the months before, filed on their day and taken, each with its 40 figures and what was typed. */
async function addFiled(plain: pg.Client, tenantId: string, schedule: ScheduleRow, months: number): Promise<void> {
  const entry = await oneSealedEntry(plain, tenantId)
  await plain.query(
    `insert into report_return (tenant_id, id, territory_path, line_path, parties, schedule_id, campaign_id, table_id, table_version, unit_id,
       receiver_ids, sector, period_key, period_title, period_from, period_to, cut_off, due_on, provisional, status, detail, position, counted_to,
       version, opened_at, rule)
     select $1, gen_random_uuid(), u.territory_path, null, array[u.id, u.parent_id], $2, $3, $4, 1, u.id, array[u.parent_id], '',
       to_char(m.month, 'YYYY-MM'), to_char(m.month, 'YYYY"年"FMMM"月"'), m.month, m.month + interval '1 month' - interval '1 day',
       m.month + 15, m.month + 15, false, 'accepted',
       jsonb_build_object('id', u.id, 'status', 'accepted', 'version', 4, 'round', 1, 'dueOn', m.month + 15, 'excusedUntil', null,
         'signatureLabels', array['填报人'], 'signatures', '[]'::jsonb, 'nil', false,
         'firstSubmittedOn', m.month + 14 + (row_number() over ())::int % 20 / 18, 'lastSubmittedOn', m.month + 14, 'timesSentBack', 0,
         'takenBy', '[]'::jsonb, 'remarks', '[]'::jsonb),
       1, m.month + 15, 4, now(), $6::jsonb
     from unit u cross join (select (date '2025-11-01' - n * interval '1 month')::date as month from generate_series(1, $5::int) n) m
     where u.tenant_id = $1 and u.kind in ('town', 'village')`,
    [tenantId, schedule.id, schedule.campaign_id, schedule.table_id, months, JSON.stringify(schedule.rule)],
  )
  await plain.query(
    `insert into return_event (tenant_id, id, territory_path, parties, return_id, entry_id, kind, status, round, sentence, person_name, on_day,
       recorded_at, content, content_hash)
     select $1, gen_random_uuid(), r.territory_path, r.parties, r.id, $2, 'submit', 'submitted', 1, '上报', '测试', r.due_on, now(),
       jsonb_build_object('position', 1, 'countedTo', r.cut_off, 'tableVersion', 1, 'nil', false, 'signatures', '[]'::jsonb, 'missing', '[]'::jsonb,
         'figures', (select jsonb_agg(jsonb_build_object('key', 'g' || g || '.m' || m, 'derived', null, 'typed', v, 'value', v, 'text', v::text))
           from generate_series(1, 4) g cross join generate_series(1, 10) m
           cross join lateral (select (extract(month from age(r.period_from, date '2024-01-01'))::int + 12) * (1 + (g * m + length(r.territory_path)) % 3) as v) v)),
       'bench'
     from report_return r where r.tenant_id = $1`,
    [tenantId, entry],
  )
}

export async function oneSealedEntry(plain: pg.Client, tenantId: string): Promise<string> {
  const { rows } = await plain.query<{ entry_id: string }>(
    'select entry_id from audit_seal where tenant_id = $1 order by position limit 1',
    [tenantId],
  )
  return rows[0]?.entry_id ?? ''
}

/** What hands would have typed into the returns that wait: every cell that no record gives. */
export async function typeIntoAll(plain: pg.Client, tenantId: string, scheduleId: string): Promise<void> {
  const entry = await oneSealedEntry(plain, tenantId)
  await plain.query(
    `insert into typed_figure (tenant_id, id, territory_path, parties, entry_id, table_id, unit_id, cell, as_of, amount, account_id, person_name,
       recorded_at, sector, return_id)
     select $1, gen_random_uuid(), r.territory_path, r.parties, $2, r.table_id, r.unit_id, 'g' || g || '.m' || m, '2025-11-03', 30 + (g * m) % 7,
       (select id from account where tenant_id = $1 limit 1), '测试', now(), r.sector, r.id
     from report_return r cross join generate_series(1, 4) g cross join generate_series(1, 10) m
     where r.tenant_id = $1 and r.schedule_id = $3 and r.status = 'open' and (g - 1) * 10 + m > $4`,
    [tenantId, entry, scheduleId, hazardMetrics.length],
  )
  await plain.query('analyze typed_figure')
}
