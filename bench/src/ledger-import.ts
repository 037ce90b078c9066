/**
 * A ledger of 50,000 rows brought in by the server: read, judged, shown, and written through the rules. Compared in one run with the
 * plain alternative: the same file read by the same reader in one process, and the rows that the import wrote (hazards, events,
 * audit entries and queue, facts, reminders) inserted 500 at a time by bare `pg`, as a superuser past all row security.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { collectBytes, readWorkbook, writeWorkbook } from '@bihuan/office'
import { buildBenchDistrict, type BenchDistrict } from './district.js'
import type { Figure } from './figure.js'

export const name = 'ledger-import'
export const setting =
  'a workbook of 50,000 rows in thirteen columns (each registered with a deadline, most with measures and an entry of progress, one in ten rectified); the server in a process of its own, sealing as it goes; embedded PostgreSQL 18, fsync on; in turn, the median of two'

const columns = [
  '序号',
  '专题领域',
  '重大隐患',
  '涉及层面',
  '整改措施',
  '检查日期',
  '计划整改时限',
  '责任单位',
  '整改阶段',
  '实际整改完成时间',
  '整改进展',
  '整改进展时间',
  '备注',
]

interface Import {
  readonly counts: Readonly<Record<string, number>>
  readonly written: { readonly new: number }
  readonly reading: number
  readonly writing: number
  readonly atRest: number
  readonly peak: number
}

export async function run(smoke: boolean): Promise<readonly Figure[]> {
  const rows = smoke ? 1000 : 50_000
  const district = await buildBenchDistrict(0)
  const plain = new pg.Client({ connectionString: district.superUrl })
  await plain.connect()
  try {
    await registerFirms(plain, district)
    const file = join(district.settings['BIHUAN_DATA'] ?? '', 'ledger.xlsx')
    writeFileSync(file, await workbookOf(rows))
    const imports: Import[] = []
    const plainly: { reading: number; inserting: number }[] = []
    for (let round = 0; round < (smoke ? 1 : 2); round++) {
      await emptyTables(plain)
      const done = await importByServer(district, file)
      if (done.written.new !== rows) throw new Error(`not all rows came in: ${JSON.stringify(done)}`)
      imports.push(done)
      plainly.push({ reading: await readPlainly(file), inserting: await insertPlainly(plain) })
    }
    return figuresOf(imports, plainly)
  } finally {
    await plain.end()
    await district.stop()
  }
}

function figuresOf(imports: readonly Import[], plainly: readonly { reading: number; inserting: number }[]): Figure[] {
  const median = (values: readonly number[]) => {
    const sorted = values.toSorted((a, b) => a - b)
    return ((sorted[Math.floor((sorted.length - 1) / 2)] ?? 0) + (sorted[Math.ceil((sorted.length - 1) / 2)] ?? 0)) / 2
  }
  const seconds = (value: number) => `${value.toFixed(1)} s`
  const [reading, writing] = [median(imports.map((one) => one.reading)), median(imports.map((one) => one.writing))]
  const [plainReading, inserting] = [
    median(plainly.map((one) => one.reading)),
    median(plainly.map((one) => one.inserting)),
  ]
  const ratio = (reading + writing) / (plainReading + inserting)
  const peak = Math.max(...imports.map((one) => one.peak))
  return [
    { what: 'reading the file, by itself', value: seconds(plainReading) },
    { what: 'inserting the same rows by bare pg', value: seconds(inserting) },
    { what: 'import: upload, reading, judging, preview', value: seconds(reading) },
    { what: 'import: writing by the rules', value: seconds(writing) },
    { what: 'import against the plain alternative', value: `${ratio.toFixed(2)}×`, limit: '≤ 2×', kept: ratio <= 2 },
    { what: 'memory of the server at its peak', value: `${peak.toFixed(0)} MB`, limit: '≤ 400 MB', kept: peak <= 400 },
    { what: 'memory of the server before', value: `${median(imports.map((one) => one.atRest)).toFixed(0)} MB` },
  ]
}

/** The district has its firms as units; a ledger finds them in the register. */
async function registerFirms(plain: pg.Client, { tenantId }: BenchDistrict): Promise<void> {
  await plain.query(
    `insert into enterprise (tenant_id, id, territory_path, name, sector, size, address, territory_unit_id, status, changed_at)
     select tenant_id, id, territory_path, name, '工贸', 'other', '测试路', parent_id, 'operating', now()
     from unit where tenant_id = $1 and kind = 'enterprise'`,
    [tenantId],
  )
}

function workbookOf(count: number): Promise<Uint8Array> {
  function* rows() {
    for (let n = 1; n <= count; n++) {
      const firm = `第${(n % 12) + 1}镇第${(n % 20) + 1}厂`
      const found = new Date(Date.UTC(2025, 0, 1 + (n % 290))).toISOString().slice(0, 10)
      const isBegun = n % 10 < 7
      const isDone = n % 10 === 9
      yield {
        cells: [
          n,
          ['工贸', '消防', '燃气', '建筑施工'][n % 4] ?? null,
          `第${n}号：${['配电柜未安装漏电保护装置，线路接头裸露', '疏散通道堆放杂物，安全出口上锁', '除尘系统积粉超标，未落实清扫制度'][n % 3] ?? ''}，须限期整改并报送材料。`,
          '县区',
          isBegun || isDone ? '停用、检修、复查，落实专人负责' : null,
          found,
          '2025-12-31',
          firm,
          isDone ? '已完成整改' : isBegun ? '整改中' : '未整改',
          isDone ? found : null,
          isBegun ? `${found}：已下达整改通知` : null,
          isBegun ? found : null,
          n % 5 === 0 ? '重点关注' : null,
        ],
      }
    }
  }
  const spec = {
    sheetName: '清单',
    title: '重大事故隐患清单',
    head: ['填报单位：测试区'],
    columns: columns.map((header) => ({ header })),
  }
  return collectBytes(writeWorkbook(spec, rows()))
}

const written = [
  'fact',
  'hazard_event',
  'hazard',
  'audit_seal',
  'audit_pending',
  'audit_entry',
  'import_row',
  'import_run',
] as const

async function emptyTables(plain: pg.Client): Promise<void> {
  await plain.query(`truncate ${written.join(', ')} cascade`)
  await plain.query('truncate graphile_worker._private_jobs')
  await plain.query('vacuum analyze')
  await plain.query('checkpoint')
}

async function importByServer(district: BenchDistrict, file: string): Promise<Import> {
  const entry = fileURLToPath(new URL('./ledger-import/server.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', entry, file, district.campaignId], {
    env: { ...process.env, ...district.settings, BIHUAN_NOW: '2025-11-03T09:00:00+08:00' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  await once(child, 'exit')
  return JSON.parse(said.trim().split('\n').at(-1) ?? '{}') as Import
}

async function readPlainly(file: string): Promise<number> {
  const bytes = readFileSync(file)
  const began = performance.now()
  let cells = 0
  for await (const row of readWorkbook(bytes)) cells += row.cells.length
  if (cells === 0) throw new Error('nothing was read')
  return (performance.now() - began) / 1000
}

/** The tables that hold what an import means, with their columns as they are. */
const same = ['audit_entry', 'hazard', 'hazard_event', 'fact'] as const

/** Takes the rows away, and puts the same ones back: fetched 500 at a time beside the clock, inserted under it. */
async function insertPlainly(plain: pg.Client): Promise<number> {
  for (const table of same) await plain.query(`drop table if exists kept_${table}`)
  for (const table of same)
    await plain.query(`create table kept_${table} as select row_number() over (order by id) as n, * from ${table}`)
  for (const table of same) await plain.query(`create index on kept_${table} (n)`)
  await plain.query(`drop table if exists kept_job`)
  await plain.query(
    `create table kept_job as select row_number() over (order by id) as n, payload, run_at, key from graphile_worker._private_jobs where key like 'hazard.remind:%'`,
  )
  await emptyTables(plain)
  let spent = 0
  for (const table of same) {
    const { rows: described } = await plain.query<{ name: string; type: string }>(
      `select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
      [table],
    )
    const isArray = (type: string) => type.endsWith('[]')
    const arrays = described.map(({ type }, at) => `$${at + 1}::${isArray(type) ? 'text' : type}[]`)
    const list = described.map(({ name }) => `"${name}"`).join(', ')
    const values = described.map(({ name, type }) => `r."${name}"${isArray(type) ? `::${type}` : ''}`).join(', ')
    const insert = `insert into ${table} (${list}) select ${values} from unnest(${arrays.join(', ')}) as r (${list})`
    for (let from = 1; ; from += 500) {
      const { rows } = await plain.query<Record<string, unknown>>(
        `select * from kept_${table} where n >= $1 and n < $1 + 500`,
        [from],
      )
      if (rows.length === 0) break
      const parameters = described.map(({ name, type }) =>
        rows.map((row) => {
          const value = row[name]
          if (isArray(type)) return `{${(value as string[]).join(',')}}`
          return type === 'jsonb' && value !== null ? JSON.stringify(value) : value
        }),
      )
      const began = performance.now()
      await plain.query('begin')
      await plain.query({ name: `insert ${table}`, text: insert, values: parameters })
      if (table === 'audit_entry') {
        await plain.query({
          name: 'pending',
          text: 'insert into audit_pending (tenant_id, entry_id) select unnest($1::uuid[]), unnest($2::uuid[])',
          values: [rows.map((row) => row['tenant_id']), rows.map((row) => row['id'])],
        })
      }
      await plain.query('commit')
      spent += performance.now() - began
    }
  }
  for (let from = 1; ; from += 500) {
    const { rows } = await plain.query<{ payload: unknown; run_at: Date; key: string }>(
      'select * from kept_job where n >= $1 and n < $1 + 500',
      [from],
    )
    if (rows.length === 0) break
    const began = performance.now()
    await plain.query({
      name: 'jobs',
      text: `select count(*) from graphile_worker.add_jobs(array(select row('hazard.remind', j.payload, null, j.run_at, null, j.key, null, null)::graphile_worker.job_spec
        from unnest($1::json[], $2::timestamptz[], $3::text[]) as j (payload, run_at, key)))`,
      values: [
        rows.map(({ payload }) => JSON.stringify(payload)),
        rows.map(({ run_at: at }) => at),
        rows.map(({ key }) => key),
      ],
    })
    spent += performance.now() - began
  }
  return spent / 1000
}
