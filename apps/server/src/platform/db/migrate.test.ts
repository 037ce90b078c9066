import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { emptyDatabase } from '../../../test/test-database.js'
import { migrate, MigrationError, migrationsFolder, refuseOldOrBlind } from './migrate.js'
import { deriveAppUrl } from './pools.js'

let empty: Awaited<ReturnType<typeof emptyDatabase>>
let folder: string

beforeEach(async () => {
  empty = await emptyDatabase()
  folder = await mkdtemp(join(tmpdir(), 'bihuan-migrations-'))
})
afterEach(async () => {
  await empty.drop()
  await rm(folder, { recursive: true })
})

async function asked<Row extends pg.QueryResultRow>(sql: string, url = empty.ownerUrl): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

const appPassword = () => deriveAppUrl(empty.ownerUrl).password
const applied = () => asked<{ name: string }>('select name from schema_migration order by number')
const tables = async () =>
  (await asked<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'public' order by 1`)).map(
    (row) => row.name,
  )

describe('migrations', () => {
  it('are applied exactly once by twenty servers that start at once on an empty database', async () => {
    const files = (await readdir(migrationsFolder)).sort()
    const runs = await Promise.all(Array.from({ length: 20 }, () => migrate(empty.ownerUrl, appPassword())))
    expect(runs.map((run) => run.applied).filter((names) => names.length > 0)).toEqual([files])
    expect((await applied()).map((row) => row.name)).toEqual(files)
    expect(await asked('select 1 from graphile_worker._private_jobs')).toEqual([])
  })

  it('of two databases of one cluster do not disturb each other: roles belong to both', async () => {
    const second = await emptyDatabase()
    try {
      const urls = [empty.ownerUrl, second.ownerUrl]
      const runs = await Promise.all([...urls, ...urls, ...urls].map((url) => migrate(url, appPassword())))
      expect(runs.filter((run) => run.applied.length > 0)).toHaveLength(2)
    } finally {
      await second.drop()
    }
  })

  it('bear that another database’s server sets the same password at the same moment', async () => {
    await migrate(empty.ownerUrl, appPassword())
    const other = new pg.Client({ connectionString: empty.ownerUrl })
    await other.connect()
    await other.query(`begin; alter role bihuan_app password '${appPassword()}'`)
    const migrating = migrate(empty.ownerUrl, appPassword())
    const waits = `select 1 from pg_stat_activity where application_name = 'bihuan migrate' and wait_event_type = 'Lock' and datname = current_database()`
    await expect.poll(() => asked(waits), { timeout: 15_000 }).toHaveLength(1)
    await other.query('commit')
    await other.end()
    await expect(migrating).resolves.toEqual({ applied: [] })
  })

  it('need no superuser', async () => {
    await migrate(empty.ownerUrl, appPassword())
    expect(await asked('select rolsuper, rolbypassrls from pg_roles where rolname = current_user')).toEqual([
      { rolsuper: false, rolbypassrls: false },
    ])
    expect(await asked('select current_user as name', deriveAppUrl(empty.ownerUrl).url)).toEqual([
      { name: 'bihuan_app' },
    ])
  })

  it('do not run again what was run', async () => {
    await migrate(empty.ownerUrl, appPassword())
    expect(await migrate(empty.ownerUrl, appPassword())).toEqual({ applied: [] })
  })

  it('run what was added, in the order of their numbers', async () => {
    await writeFile(join(folder, '0001_first.sql'), 'create table first_one (id int)')
    await migrate(empty.ownerUrl, appPassword(), folder)
    await writeFile(join(folder, '0003_third.sql'), 'alter table second_one add column more int')
    await writeFile(join(folder, '0002_second.sql'), 'create table second_one (id int)')
    await writeFile(join(folder, 'README.md'), 'no migration')
    expect(await migrate(empty.ownerUrl, appPassword(), folder)).toEqual({
      applied: ['0002_second.sql', '0003_third.sql'],
    })
  })

  it('are refused when one was edited after it was applied, and nothing of a later one is done', async () => {
    await writeFile(join(folder, '0001_first.sql'), 'create table first_one (id int)')
    await migrate(empty.ownerUrl, appPassword(), folder)
    await writeFile(join(folder, '0001_first.sql'), 'create table first_one (id bigint)')
    await writeFile(join(folder, '0002_second.sql'), 'create table second_one (id int)')
    await expect(migrate(empty.ownerUrl, appPassword(), folder)).rejects.toThrow(
      new MigrationError('迁移 0001_first.sql 在执行之后被改过。迁移只能新增，不能改写：请恢复原文，另写一个新的。'),
    )
    expect(await tables()).toEqual(['first_one', 'schema_migration'])
  })

  it('leave nothing of one that fails, and keep those before it', async () => {
    await writeFile(join(folder, '0001_first.sql'), 'create table first_one (id int)')
    await writeFile(join(folder, '0002_second.sql'), 'create table second_one (id int); select 1 / 0')
    await writeFile(join(folder, '0003_third.sql'), 'create table third_one (id int)')
    await expect(migrate(empty.ownerUrl, appPassword(), folder)).rejects.toThrow(
      /^迁移 0002_second\.sql 失败：.*division by zero/,
    )
    expect(await tables()).toEqual(['first_one', 'schema_migration'])
    expect(await applied()).toEqual([{ name: '0001_first.sql' }])
    await writeFile(join(folder, '0002_second.sql'), 'create table second_one (id int)')
    expect(await migrate(empty.ownerUrl, appPassword(), folder)).toEqual({
      applied: ['0002_second.sql', '0003_third.sql'],
    })
  })

  it('let go of their lock when they fail', async () => {
    await writeFile(join(folder, '0001_first.sql'), 'select 1 / 0')
    for (let times = 0; times < 2; times++) {
      await expect(migrate(empty.ownerUrl, appPassword(), folder)).rejects.toThrow(MigrationError)
    }
  })
})

describe('a database that will not do', () => {
  const server = (version: number, name: string) =>
    ({ query: async () => ({ rows: [{ version, name }] }) }) as unknown as pg.Client

  it('is refused when PostgreSQL is older than 15', async () => {
    await expect(refuseOldOrBlind(server(140_012, '14.12'))).rejects.toThrow(
      new MigrationError('数据库是 PostgreSQL 14.12，需要 15 或更新。请升级，或去掉 DATABASE_URL 用内置的。'),
    )
  })

  it('is refused when its trigrams hold no Chinese, before anything is made in it', async () => {
    const blind = await emptyDatabase(`lc_ctype 'C' lc_collate 'C'`)
    try {
      await expect(migrate(blind.ownerUrl, appPassword())).rejects.toThrow(/LC_CTYPE.*不认汉字/)
      expect(await asked(`select 1 from pg_tables where schemaname = 'public'`, blind.ownerUrl)).toEqual([])
    } finally {
      await blind.drop()
    }
  })
})

describe('an owner that may not touch roles', () => {
  const name = `plain_owner_${process.pid}`
  let url: string

  beforeEach(async () => {
    await asked(`create role ${name} login password 'plain'; grant ${name} to current_user`)
    const database = (await asked<{ name: string }>('select current_database() as name'))[0]?.name
    await asked(`alter database ${database} owner to ${name}`)
    url = empty.ownerUrl.replace(/\/\/[^@]*@/, `//${name}:plain@`)
  })
  afterEach(async () => {
    await asked(`reassign owned by ${name} to current_user; drop owned by ${name}; drop role ${name}`)
  })

  it('is told to give the application’s connection', async () => {
    await expect(migrate(url, appPassword())).rejects.toThrow(/bihuan_app.*DATABASE_APP_URL/)
  })

  it('migrates with the roles that the operator made, and leaves their password alone', async () => {
    expect((await migrate(url, null)).applied).not.toEqual([])
    expect(await asked('select current_user as name', deriveAppUrl(empty.ownerUrl).url)).toEqual([
      { name: 'bihuan_app' },
    ])
  })
})

it('no two migrations share a number', async () => {
  const numbers = (await readdir(migrationsFolder)).map((file) => /^(\d{4})_\w+\.sql$/.exec(file)?.[1])
  expect(numbers).not.toContain(undefined)
  expect(new Set(numbers).size).toBe(numbers.length)
})
