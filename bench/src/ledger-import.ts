/**
 * A ledger of 50,000 rows brought in by the server: read, judged, shown, and written through the rules. Compared in one run with the
 * plain alternative: the same file read by the same reader in one process, and the rows that the import wrote (hazards, events,
 * audit entries and queue, facts, reminders) inserted 500 at a time by bare `pg`, as a superuser past all row security.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { collectBytes, readWorkbook, writeWorkbook } from '@bihuan/office'
import { buildBenchDistrict, type BenchDistrict } from './district.js'
import type { Figure } from './figure.js'
import { bundleImportServer, importByServer, type Import } from './ledger-import/import-by-server.js'

export const name = 'ledger-import'
export const setting =
  'a workbook of 50,000 rows in thirteen columns (each registered with a deadline, most with measures and an entry of progress, one in ten rectified); the server bundled and in a process of its own, sealing as it goes; embedded PostgreSQL 18, fsync on; in turn, the median of two'

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

interface Plain {
  readonly reading: number
  readonly inserting: number
  readonly processor: number
}

export async function run(smoke: boolean): Promise<readonly Figure[]> {
  const rows = Number(process.env['BENCH_LEDGER_ROWS'] ?? (smoke ? 1000 : 50_000))
  const server = await bundleImportServer()
  const district = await buildBenchDistrict(0)
  const plain = new pg.Client({ connectionString: district.superUrl })
  await plain.connect()
  try {
    await registerFirms(plain, district)
    const file = join(district.settings['BIHUAN_DATA'] ?? '', 'ledger.xlsx')
    writeFileSync(file, await workbookOf(rows))
    const imports: Import[] = []
    const plainly: Plain[] = []
    for (let round = 0; round < (smoke ? 1 : 2); round++) {
      await emptyTables(plain)
      const before = await processorOfDatabase(plain)
      const done = await importByServer(server, district, {
        kind: 'ledger',
        file,
        options: { campaignId: district.campaignId, source: 'inspection', grade: 'general' },
      })
      if (done.written.new !== rows) throw new Error(`not all rows came in: ${JSON.stringify(done)}`)
      imports.push({ ...done, processor: done.processor + (await processorOfDatabase(plain)) - before })
      const reading = await readPlainly(file)
      const inserted = await insertPlainly(plain)
      plainly.push({
        reading: reading.seconds,
        inserting: inserted.seconds,
        processor: reading.processor + inserted.processor,
      })
    }
    return figuresOf(imports, plainly)
  } finally {
    await plain.end()
    await district.stop()
    server.remove()
  }
}

function figuresOf(imports: readonly Import[], plainly: readonly Plain[]): Figure[] {
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
  const [used, plainlyUsed] = [median(imports.map((one) => one.processor)), median(plainly.map((one) => one.processor))]
  const peak = Math.max(...imports.map((one) => one.peak))
  return [
    { what: 'reading the file, by itself', value: seconds(plainReading) },
    { what: 'inserting the same rows by bare pg', value: seconds(inserting) },
    { what: 'import: upload, reading, judging, preview', value: seconds(reading) },
    { what: 'import: writing by the rules', value: seconds(writing) },
    { what: 'import against the plain alternative', value: `${ratio.toFixed(2)}×`, limit: '≤ 2×', kept: ratio <= 2 },
    {
      what: 'the same in processor time (server and database), whoever else uses the machine',
      value: `${seconds(used)} against ${seconds(plainlyUsed)}: ${(used / plainlyUsed).toFixed(2)}×`,
    },
    { what: 'memory of the server at its peak', value: `${peak.toFixed(0)} MB`, limit: '≤ 400 MB', kept: peak <= 400 },
    { what: 'memory of the server before', value: `${median(imports.map((one) => one.atRest)).toFixed(0)} MB` },
  ]
}

/** Seconds that the cluster's processes have used so far, those that have ended included; 0 where there is no /proc. */
async function processorOfDatabase(plain: pg.Client): Promise<number> {
  const { rows } = await plain.query<{ pid: string }>(
    `select split_part(pg_read_file('postmaster.pid'), chr(10), 1) as pid`,
  )
  const postmaster = rows[0]?.pid ?? ''
  let ticks = 0
  for (const pid of existsSync('/proc/self/stat') ? readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : []) {
    const [, rest = ''] = (statOf(pid) ?? '').split(') ')
    const fields = rest.split(' ')
    const [own, ended] = [Number(fields[11]) + Number(fields[12]), Number(fields[13]) + Number(fields[14])]
    if (pid === postmaster) ticks += own + ended
    else if (fields[1] === postmaster) ticks += own
  }
  return ticks / 100
}

function statOf(pid: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return null
  }
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
  for (let tries = 0; ; tries++) {
    try {
      await plain.query(`truncate ${written.join(', ')} cascade`)
      break
    } catch (cause) {
      // The sealer comes by five times a second.
      if ((cause as { code?: string }).code !== '40P01' || tries > 20) throw cause
    }
  }
  await plain.query('truncate graphile_worker._private_jobs')
  await plain.query('vacuum analyze')
  await plain.query('checkpoint')
}

async function readPlainly(file: string): Promise<{ seconds: number; processor: number }> {
  const bytes = readFileSync(file)
  const [began, used] = [performance.now(), process.cpuUsage()]
  let cells = 0
  for await (const row of readWorkbook(bytes)) cells += row.cells.length
  if (cells === 0) throw new Error('nothing was read')
  return { seconds: (performance.now() - began) / 1000, processor: secondsSince(used) }
}

function secondsSince(used: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(used)
  return (user + system) / 1e6
}

/** The tables that hold what an import means, with their columns as they are. */
const same = ['audit_entry', 'hazard', 'hazard_event', 'fact'] as const

interface Kept {
  readonly statement: string
  readonly rows: readonly Record<string, unknown>[]
  readonly columns: readonly { readonly name: string; readonly type: string }[]
}

/** Takes the rows away and puts the same ones back, 500 at a time; only the putting back is on the clock. */
async function insertPlainly(plain: pg.Client): Promise<{ seconds: number; processor: number }> {
  const kept: Kept[] = []
  for (const table of same) kept.push(await keptOf(plain, table))
  const { rows: jobs } = await plain.query<{ payload: unknown; run_at: Date; key: string }>(
    `select payload, run_at, key from graphile_worker._private_jobs where key like 'hazard.remind:%' order by id`,
  )
  await emptyTables(plain)
  const [began, used, database] = [performance.now(), process.cpuUsage(), await processorOfDatabase(plain)]
  for (const { statement, rows, columns } of kept) {
    for (let from = 0; from < rows.length; from += 500) {
      const page = rows.slice(from, from + 500)
      await plain.query('begin')
      await plain.query({
        name: statement.slice(0, 60),
        text: statement,
        values: columns.map((column) => page.map((row) => valueOf(row, column))),
      })
      if (statement.startsWith('insert into audit_entry')) {
        await plain.query({
          name: 'pending',
          text: 'insert into audit_pending (tenant_id, entry_id) select unnest($1::uuid[]), unnest($2::uuid[])',
          values: [page.map((row) => row['tenant_id']), page.map((row) => row['id'])],
        })
      }
      await plain.query('commit')
    }
  }
  for (let from = 0; from < jobs.length; from += 500) {
    const page = jobs.slice(from, from + 500)
    await plain.query({
      name: 'jobs',
      text: `select count(*) from graphile_worker.add_jobs(array(select row('hazard.remind', j.payload, null, j.run_at, null, j.key, null, null)::graphile_worker.job_spec
        from unnest($1::json[], $2::timestamptz[], $3::text[]) as j (payload, run_at, key)))`,
      values: [
        page.map(({ payload }) => JSON.stringify(payload)),
        page.map(({ run_at: at }) => at),
        page.map(({ key }) => key),
      ],
    })
  }
  return {
    seconds: (performance.now() - began) / 1000,
    processor: secondsSince(used) + (await processorOfDatabase(plain)) - database,
  }
}

async function keptOf(plain: pg.Client, table: (typeof same)[number]): Promise<Kept> {
  const { rows: columns } = await plain.query<{ name: string; type: string }>(
    `select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
    [table],
  )
  const { rows } = await plain.query<Record<string, unknown>>(`select * from ${table} order by id`)
  const arrays = columns.map(({ type }, at) => `$${at + 1}::${type.endsWith('[]') ? 'text' : type}[]`)
  const list = columns.map(({ name }) => `"${name}"`).join(', ')
  const values = columns.map(({ name, type }) => `r."${name}"${type.endsWith('[]') ? `::${type}` : ''}`).join(', ')
  return {
    statement: `insert into ${table} (${list}) select ${values} from unnest(${arrays.join(', ')}) as r (${list})`,
    rows,
    columns,
  }
}

function valueOf(row: Record<string, unknown>, { name, type }: { name: string; type: string }): unknown {
  const value = row[name]
  // An array within an array would be taken apart as well.
  if (type.endsWith('[]')) return `{${(value as string[]).join(',')}}`
  return type === 'jsonb' && value !== null ? JSON.stringify(value) : value
}
