import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloneDatabase, type TestDatabase } from '../../../test/test-database.js'
import { createLog } from '../log.js'
import { ConnectionSettingError, createPool, deriveAppUrl, refuseMightyRole, statementName } from './pools.js'

let db: TestDatabase
beforeAll(async () => {
  db = await cloneDatabase()
})
afterAll(() => db.drop())

describe('the application’s connection, derived from the owner’s', () => {
  const forms: readonly (readonly [string, string])[] = [
    ['postgres://owner:pa55@db.example:5433/bihuan', '@db.example:5433/bihuan'],
    ['postgresql://owner:p%40ss@db/bihuan?connect_timeout=5', '@db/bihuan?connect_timeout=5'],
    ['postgres://owner:pa55@/bihuan?host=%2Fvar%2Frun%2Fpostgresql', '@/bihuan?host=%2Fvar%2Frun%2Fpostgresql'],
    ['postgres://db/bihuan?user=owner&password=pa55&connect_timeout=5', '@db/bihuan?connect_timeout=5'],
    ['postgres://owner@db/bihuan?password=pa55', '@db/bihuan'],
  ]

  it.each(forms)('%s', (ownerUrl, rest) => {
    const { url, password } = deriveAppUrl(ownerUrl)
    expect(url).toMatch(/^postgres(ql)?:\/\/bihuan_app:[0-9a-f]{64}@/)
    expect(url.endsWith(`${password}${rest}`)).toBe(true)
    expect(url).not.toMatch(/pa55|p%40ss|user=|password=/)
    // What counts is whom pg would connect as.
    expect(new pg.Client({ connectionString: url }).user).toBe('bihuan_app')
  })

  it('is the same for every server with the same owner, and another for another password', () => {
    const of = (password: string) => deriveAppUrl(`postgres://owner:${password}@db/bihuan`).password
    expect(of('one')).toBe(of('one'))
    expect(of('one')).not.toBe(of('two'))
  })

  it.each(['postgres://owner@db/bihuan', 'postgres://db/bihuan', 'postgres://owner:@db/bihuan'])(
    'is refused without a password, which would be one that anybody can compute: %s',
    (ownerUrl) => {
      expect(() => deriveAppUrl(ownerUrl)).toThrow(ConnectionSettingError)
    },
  )
})

describe('the role of the application', () => {
  const pools: pg.Pool[] = []
  const poolOn = (url: string) => {
    const pool = createPool(url, 1, 'test', createLog('silent'))
    pools.push(pool)
    return pool
  }
  afterAll(() => Promise.all(pools.map((pool) => pool.end())))

  it('is accepted when it is the application’s', async () => {
    await expect(refuseMightyRole(poolOn(db.appUrl))).resolves.toBeUndefined()
  })

  it('is refused when it owns the tables', async () => {
    await expect(refuseMightyRole(poolOn(db.ownerUrl))).rejects.toThrow(/bihuan_owner.*DATABASE_APP_URL/)
  })

  it('is refused when it is a superuser', async () => {
    const url = db.ownerUrl.replace('//bihuan_owner:', '//postgres:')
    await expect(refuseMightyRole(poolOn(url))).rejects.toThrow(/postgres.*DATABASE_APP_URL/)
  })
})

describe('a pool', () => {
  it('survives that all its connections are lost, idle and busy', async () => {
    const pool = createPool(db.appUrl, 3, 'lost', createLog('silent'))
    const busy = await pool.connect()
    await Promise.all([pool.query('select 1'), pool.query('select 1')])
    await db.appPool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'bihuan lost'`,
    )
    await new Promise((resolve) => setTimeout(resolve, 100))
    await expect(busy.query('select 1')).rejects.toThrow()
    busy.release(true)
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await pool.end()
  })
})

describe('statement names', () => {
  it('are one for a statement, and end at a number that a session can hold', () => {
    expect(statementName('select 1')).toBe(statementName('select 1'))
    expect(statementName('select 1')).not.toBe(statementName('select 2'))
    expect(statementName(`select '${'x'.repeat(16_000)}'`)).toBeUndefined()
    const names = Array.from({ length: 700 }, (_, at) => statementName(`select ${at} as a_number`))
    expect(names.filter((name) => name !== undefined).length).toBeLessThanOrEqual(500)
    expect(names.at(-1)).toBeUndefined()
    expect(statementName('select 1')).toBeDefined()
  })
})
