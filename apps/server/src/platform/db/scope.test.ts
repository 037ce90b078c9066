import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloneDatabase, type TestDatabase } from '../../../test/test-database.js'
import { createLog } from '../log.js'
import { createPool } from './pools.js'
import { createDatabase, type Database, type Narrowing, type PurposeReach, type Reach } from './scope.js'

const tenantId = '018f0000-0000-7000-8000-00000000000a'
const otherTenantId = '018f0000-0000-7000-8000-00000000000b'
const parties = [1, 2, 3].map((last) => `018f0000-0000-7000-8000-0000000000a${last}`)

/** `file` stands for every table that `protect_scoped` protects; the catalogue test shows that they are made alike. */
interface FileRow {
  readonly id: string
  readonly tenant_id: string
  readonly territory_path: string
  readonly line_path: string | null
  readonly parties: readonly string[]
}

let db: TestDatabase
/** One connection, so that what one transaction leaves behind meets the next. */
let single: pg.Pool
let database: Database

beforeAll(async () => {
  db = await cloneDatabase()
  single = createPool(db.appUrl, 1, 'test', createLog('silent'))
  database = createDatabase(single)
})
afterAll(async () => {
  await single.end()
  await db.drop()
})

const nobody: Reach = { tenantId, accountId: null, path: null, scope: [], lines: [], parties: [], audit: false }
const reachOf = (some: Partial<Reach>): Reach => ({ ...nobody, ...some })

async function addFile(some: Partial<FileRow>): Promise<FileRow> {
  const row: FileRow = {
    ...{ id: randomUUID(), tenant_id: tenantId, territory_path: '/aaaaaa/', line_path: null, parties: [] },
    ...some,
  }
  await db.asOwner(insertFile, fileValues(row))
  return row
}
const insertFile = `insert into file (id, tenant_id, territory_path, line_path, parties, sha256, name, media_type, size, uploaded_by, uploaded_at, entry_id)
  values ($1, $2, $3, $4, $5, 'x', 'x', 'x', 1, $1, '2023-06-16', $1)`
const fileValues = (row: FileRow) => [row.id, row.tenant_id, row.territory_path, row.line_path, row.parties]

async function seenBy(reach: Reach | PurposeReach, narrowing?: Narrowing): Promise<string[]> {
  const rows = await database.withScope(
    reach,
    (handle) => handle.query<{ id: string }>('select id from file'),
    narrowing,
  )
  return rows.map((row) => row.id).sort()
}

const settings = ['tenant', 'path', 'scope', 'line', 'parties', 'purpose', 'account', 'audit', 'path_from', 'path_to']
const readSettings = `select current_user as role, ${settings.map((name) => `current_setting('app.${name}', true) as ${name}`).join(', ')}`
const nothingSet = (row: Record<string, string | null> | undefined) => ({
  role: row?.['role'],
  set: settings.filter((name) => (row?.[name] ?? '') !== ''),
})

describe('an empty scope', () => {
  it.each([
    ['nothing set at all', ''],
    [
      'settings empty',
      `set local app.tenant = '${tenantId}'; set local app.path = ''; set local app.scope = ''; set local app.line = ''; set local app.parties = '';`,
    ],
    ['a tenant and no reach', `set local app.tenant = '${tenantId}';`],
    ['a reach and no tenant', `set local app.path = '/';`],
    ['a reach and an empty tenant', `set local app.tenant = ''; set local app.path = '/';`],
  ])('sees nothing: %s', async (_what, set) => {
    const row = await addFile({ line_path: '/llllll/', parties: parties.slice(0, 1) })
    const client = await single.connect()
    try {
      await client.query(`begin; ${set}`)
      expect((await client.query('select id from file where id = $1', [row.id])).rows).toEqual([])
      await client.query('rollback')
    } finally {
      client.release()
    }
  })

  it('sees nothing: a person without a place', async () => {
    await addFile({ line_path: '/llllll/', parties: parties.slice(0, 1) })
    expect(await seenBy(nobody)).toEqual([])
  })

  it.each(['log-in', 'seal', 'verify', 'found', 'tidy', 'end-session'] as const)(
    'sees no scoped row: purpose %s',
    async (purpose) => {
      await addFile({})
      expect(await seenBy({ purpose, tenantId })).toEqual([])
      expect(await seenBy({ purpose, tenantId: null })).toEqual([])
    },
  )
})

describe('a setting', () => {
  const full = reachOf({
    path: '/aaaaaa/',
    scope: ['/bbbbbb/'],
    lines: ['/llllll/'],
    parties,
    accountId: parties[0] ?? null,
    audit: true,
  })

  it.each<[string, () => Promise<unknown>]>([
    ['committed', () => database.withScope(full, async () => undefined)],
    ['narrowed', () => database.withScope(full, async () => undefined, { axis: 'territory', path: '/aaaaaa/' })],
    ['for a purpose', () => database.withScope({ purpose: 'tenant', tenantId }, async () => undefined)],
    ['thrown out of', () => database.withScope(full, () => Promise.reject(new Error('a bug'))).catch(() => undefined)],
    [
      'failed in the database',
      () => database.withScope(full, (handle) => handle.query('select 1 / 0')).catch(() => undefined),
    ],
  ])('does not outlive a transaction that was %s, on the same connection', async (_what, work) => {
    const [before] = (await single.query<{ pid: number }>('select pg_backend_pid() as pid')).rows
    await work()
    const [after] = (await single.query<{ pid: number }>('select pg_backend_pid() as pid')).rows
    expect(after).toEqual(before)
    const { rows } = await single.query<Record<string, string | null>>(readSettings)
    expect(nothingSet(rows[0])).toEqual({ role: 'bihuan_app', set: [] })
    await addFile({})
    expect(await seenBy(nobody)).toEqual([])
  })

  it('of a purpose opens none of the axes that a person had before it', async () => {
    await addFile({})
    await database.withScope(full, async () => undefined)
    expect(await seenBy({ purpose: 'log-in', tenantId })).toEqual([])
  })
})

describe('what goes into a literal', () => {
  const hostile = [
    `'; select 1; --`,
    `${tenantId}'; set local app.purpose = 'maintenance'; --`,
    `/aaaaaa/'; set local app.tenant = '${otherTenantId}`,
    ...[
      '',
      '/',
      '//',
      '/aaaaaa',
      'aaaaaa/',
      '/aaaaa/',
      '/aaaaaaa/',
      '/AAAAAA/',
      '/aaaaaa/,/',
      ',',
      '/aaaaaa/\n',
      '\\',
      '$$',
      '%',
      '/ａａａａａａ/',
    ],
    `${tenantId},`,
    `${tenantId}\n`,
  ]
  const places: readonly (readonly [string, (value: string) => Reach | PurposeReach])[] = [
    ['tenant', (value) => reachOf({ tenantId: value, path: '/aaaaaa/' })],
    ['account', (value) => reachOf({ accountId: value })],
    ['path', (value) => reachOf({ path: value })],
    ['scope', (value) => reachOf({ scope: ['/aaaaaa/', value] })],
    ['line', (value) => reachOf({ lines: [value] })],
    ['party', (value) => reachOf({ parties: [value] })],
    ['tenant of a purpose', (value) => ({ purpose: 'tenant', tenantId: value })],
    ['account of a purpose', (value) => ({ purpose: 'log-in', tenantId, accountId: value || 'x' })],
    ['purpose', (value) => ({ purpose: value as 'log-in', tenantId })],
  ]
  const refuses = async (reach: Reach | PurposeReach, narrowing?: Narrowing) => {
    let worked = false
    await expect(
      database.withScope(
        reach,
        async () => {
          worked = true
        },
        narrowing,
      ),
    ).rejects.toThrow(/is not of its form|lies inside the reach|two axes/)
    expect(worked).toBe(false)
  }

  it.each(places)('cannot end it: %s', async (_name, reach) => {
    for (const value of hostile) await refuses(reach(value))
    const anything = fc.string({ unit: 'binary', maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(anything, (value) => refuses(reach(value))),
      { numRuns: 30 },
    )
  })

  it('cannot end it: narrowing', async () => {
    const reach = reachOf({ path: '/aaaaaa/' })
    await refuses(reach, { axis: 'territory', path: `/aaaaaa/'; reset role; --` })
    await refuses(reach, { axis: `territory; reset role` as 'territory', path: '/aaaaaa/' })
  })
})

describe('a narrowing', () => {
  it.each<[string, Partial<Reach>, Narrowing]>([
    ['above the reach', { path: '/aaaaaa/bbbbbb/' }, { axis: 'territory', path: '/aaaaaa/' }],
    ['beside it', { path: '/aaaaaa/' }, { axis: 'territory', path: '/aaaaab/' }],
    ['on the other axis', { path: '/aaaaaa/' }, { axis: 'line', path: '/aaaaaa/' }],
    ['of somebody without a place', {}, { axis: 'territory', path: '/aaaaaa/' }],
    ['by a party', { parties }, { axis: 'territory', path: '/aaaaaa/' }],
  ])('is refused %s', async (_what, some, narrowing) => {
    await expect(seenBy(reachOf(some), narrowing)).rejects.toThrow('a narrowing lies inside the reach')
  })

  it('is refused to a purpose, which would otherwise read everything in silence', async () => {
    await expect(seenBy({ purpose: 'tenant', tenantId }, { axis: 'territory', path: '/aaaaaa/' })).rejects.toThrow(
      'no axes to narrow',
    )
  })

  it('within a transaction holds from there on, and is refused like one at its beginning', async () => {
    const within = (narrowing: Narrowing) =>
      database.withScope(reachOf({ path: '/aaaaaa/', lines: ['/bbbbbb/'] }), async (handle) => {
        const [before] = await handle.query<{ role: string }>('select current_user as role')
        await handle.narrow(narrowing)
        const [after] = await handle.query<{ role: string; to: string }>(
          `select current_user as role, current_setting('app.path_to') as to`,
        )
        return [before?.role, after?.role, after?.to]
      })
    expect(await within({ axis: 'territory', path: '/aaaaaa/bbbbbb/' })).toEqual([
      'bihuan_app',
      'bihuan_app_territory',
      '/aaaaaa/bbbbbb0',
    ])
    await expect(within({ axis: 'territory', path: '/bbbbbb/' })).rejects.toThrow('a narrowing lies inside the reach')
    await expect(
      database.withScope({ purpose: 'tenant', tenantId }, (handle) =>
        handle.narrow({ axis: 'territory', path: '/aaaaaa/' }),
      ),
    ).rejects.toThrow('no axes to narrow')
  })

  it.each([
    ['insert', insertFile],
    ['update', `update hazard set version = 2`],
    ['delete', 'delete from idempotency_key'],
    ['audit', `insert into audit_pending (tenant_id, entry_id) values ('${tenantId}', '${tenantId}')`],
  ])('cannot write: %s', async (_what, sql) => {
    const row: FileRow = {
      id: randomUUID(),
      tenant_id: tenantId,
      territory_path: '/aaaaaa/',
      line_path: null,
      parties: [],
    }
    const writing = database.withScope(
      reachOf({ path: '/aaaaaa/' }),
      (handle) => handle.query(sql, sql === insertFile ? fileValues(row) : []),
      { axis: 'territory', path: '/aaaaaa/' },
    )
    await expect(writing).rejects.toMatchObject({ code: '42501' })
  })
})

describe('a row', () => {
  // Two letters make neighbours that share beginnings; the seven-letter step is no path of ours, but it would begin like one.
  const step = fc.constantFrom('aaaaaa', 'aaaaab', 'bbbbbb')
  const path = fc.array(step, { minLength: 1, maxLength: 3 }).map((steps) => `/${steps.join('/')}/`)
  const strangePath = fc.oneof(
    { weight: 9, arbitrary: path },
    { weight: 1, arbitrary: fc.constantFrom('/aaaaaaa/', '/aaaaaa', '/') },
  )
  const some = <T>(values: readonly T[]) => fc.subarray([...values])
  const row = fc.record({
    tenant_id: fc.constantFrom(tenantId, tenantId, otherTenantId),
    territory_path: strangePath,
    line_path: fc.option(strangePath),
    parties: some(parties),
  })
  const reach = fc.record({
    tenantId: fc.constantFrom(tenantId, otherTenantId),
    accountId: fc.constant(null),
    path: fc.option(path),
    scope: fc.array(path, { maxLength: 2 }),
    lines: fc.array(path, { maxLength: 2 }),
    parties: some(parties),
    audit: fc.boolean(),
  })

  /** The rule, said without SQL. */
  const visible = (to: Reach, file: FileRow): boolean =>
    file.tenant_id === to.tenantId &&
    ([to.path, ...to.scope].some((mine) => mine !== null && file.territory_path.startsWith(mine)) ||
      to.lines.some((mine) => file.line_path?.startsWith(mine) ?? false) ||
      file.parties.some((party) => to.parties.includes(party)))

  let files: FileRow[] = []
  beforeAll(async () => {
    files = []
    for (const one of fc.sample(row, { numRuns: 120, seed: 2023 })) files.push(await addFile(one))
  })
  const among = async (reads: Promise<string[]>) => {
    const ours = new Set(files.map((file) => file.id))
    return (await reads).filter((id) => ours.has(id))
  }
  const ids = (rows: readonly FileRow[]) => rows.map((file) => file.id).sort()

  it('is seen by territory, a former path in scope, line or party, and not otherwise', async () => {
    await fc.assert(
      fc.asyncProperty(reach, async (to) => {
        expect(await among(seenBy(to))).toEqual(ids(files.filter((file) => visible(to, file))))
      }),
      { numRuns: 150 },
    )
  })

  it('is seen under a narrowing if its path on that axis lies below, and not otherwise', async () => {
    await fc.assert(
      fc.asyncProperty(
        reach,
        fc.constantFrom('territory' as const, 'line' as const),
        fc.nat(),
        fc.option(step),
        async (to, axis, which, below) => {
          const own = axis === 'territory' ? [...(to.path === null ? [] : [to.path]), ...to.scope] : to.lines
          fc.pre(own.length > 0)
          const at = `${own[which % own.length]}${below === null ? '' : `${below}/`}`
          const expected = files.filter(
            (file) =>
              file.tenant_id === to.tenantId &&
              ((axis === 'territory' ? file.territory_path : file.line_path) ?? '').startsWith(at),
          )
          expect(await among(seenBy(to, { axis, path: at }))).toEqual(ids(expected))
        },
      ),
      { numRuns: 100 },
    )
  })

  it('can be added where it is seen, and nowhere else', async () => {
    await fc.assert(
      fc.asyncProperty(reach, row, async (to, one) => {
        const file: FileRow = { id: randomUUID(), ...one }
        const adding = database.withScope(to, async (handle) => {
          await handle.query(insertFile, fileValues(file))
          throw new Error('added, and undone')
        })
        await (visible(to, file)
          ? expect(adding).rejects.toThrow('added, and undone')
          : expect(adding).rejects.toMatchObject({ code: '42501' }))
      }),
      { numRuns: 100 },
    )
  })

  it('below /aaaaaa/ is not one below /aaaaaaa/ or /aaaaab/', async () => {
    const inside = await addFile({ territory_path: '/aaaaaa/bbbbbb/' })
    const beside = await Promise.all(
      ['/aaaaaaa/', '/aaaaab/', '/aaaaaa'].map((territory_path) => addFile({ territory_path })),
    )
    const seen = await seenBy(reachOf({ path: '/aaaaaa/' }))
    expect(seen).toContain(inside.id)
    for (const file of beside) expect(seen).not.toContain(file.id)
  })
})

describe('a transaction', () => {
  it('is undone when the work throws, and its connection serves on', async () => {
    const row = { id: randomUUID(), tenant_id: tenantId, territory_path: '/aaaaaa/', line_path: null, parties: [] }
    const work = database.withScope(reachOf({ path: '/aaaaaa/' }), async (handle) => {
      await handle.query(insertFile, fileValues(row))
      throw new Error('a bug')
    })
    await expect(work).rejects.toThrow('a bug')
    expect(await db.asOwner('select 1 from file where id = $1', [row.id])).toEqual([])
    expect((await single.query('select 1')).rowCount).toBe(1)
  })

  it('is not called saved when a statement of it failed and the work went on', async () => {
    const row = { id: randomUUID(), tenant_id: tenantId, territory_path: '/aaaaaa/', line_path: null, parties: [] }
    const work = database.withScope(reachOf({ path: '/aaaaaa/' }), async (handle) => {
      await handle.query(insertFile, fileValues(row))
      await handle.query(insertFile, fileValues(row)).catch(() => 'it is there already')
    })
    await expect(work).rejects.toThrow('nothing was saved')
    expect(await db.asOwner('select 1 from file where id = $1', [row.id])).toEqual([])
  })

  it('takes its handle with it when it ends', async () => {
    const kept = await database.withScope({ purpose: 'tenant', tenantId }, async (handle) => ({
      handle,
      tables: handle.tables<{ file: { id: string } }>(),
    }))
    await expect(kept.handle.query('select id from file')).rejects.toThrow('ended')
    expect(() => kept.handle.client).toThrow('ended')
    await expect(kept.tables.selectFrom('file').select('id').execute()).rejects.toThrow('ended')
  })

  it('outlives nothing: a connection lost in its hands fails it, and not the server', async () => {
    const work = database.withScope({ purpose: 'tenant', tenantId }, async (handle) => {
      const [row] = await handle.query<{ pid: number }>('select pg_backend_pid() as pid')
      await db.appPool.query('select pg_terminate_backend($1)', [row?.pid])
      await new Promise((resolve) => setTimeout(resolve, 100))
      await handle.query('select 1')
    })
    await expect(work).rejects.toThrow(/terminat|connection error|not queryable/i)
    expect((await single.query('select 1')).rowCount).toBe(1)
  })

  it('speaks through Kysely too, in the same scope', async () => {
    const row = await addFile({ territory_path: '/cccccc/' })
    const seen = await database.withScope(reachOf({ path: '/cccccc/' }), (handle) =>
      handle.tables<{ file: { id: string } }>().selectFrom('file').select('id').execute(),
    )
    expect(seen).toEqual([{ id: row.id }])
  })

  it('gives civil dates as text', async () => {
    const [row] = await database.withScope({ purpose: 'seal', tenantId: null }, (handle) =>
      handle.query(`select '2023-06-16'::date as day, 9007199254740991::bigint as most, 1.50::numeric as amount`),
    )
    expect(row).toEqual({ day: '2023-06-16', most: 9007199254740991, amount: '1.50' })
  })
})
