import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cloneDatabase, type TestDatabase } from '../../../test/test-database.js'
import { systemClock } from '../clock.js'
import type { Handle, Reach } from '../db/scope.js'
import { createLog, type Log } from '../log.js'
import { chainHash, entryColumns, entryHash, genesis, type EntryRow } from './chain.js'
import { recordAct, type ActingParty } from './record.js'
import { startSealer, type Sealer } from './seal.js'
import { readHead, verifyChain, type ChainHead, type ChainVerdict } from './verify.js'

let db: TestDatabase
let tenantId: string
let failures: unknown[] = []
const log = Object.assign(createLog('silent'), { warn: (what: unknown) => failures.push(what) }) as unknown as Log

beforeAll(async () => {
  db = await cloneDatabase()
})
afterAll(() => db.drop())
beforeEach(async () => {
  tenantId = randomUUID()
  await db.asOwner(`insert into tenant (id, code, name, created_at) values ($1::uuid, $1::uuid::text, '某区', now())`, [
    tenantId,
  ])
})

const by = (): ActingParty => ({ tenantId, via: 'job', personName: '王某', address: 'test' })

/** As a write does it: the entry in the transaction of what it tells of. */
function record(
  action = 'hazard.register',
  some: { before?: unknown; after?: unknown; detail?: unknown } = {},
): Promise<string> {
  return db.database.withScope({ purpose: 'tenant', tenantId }, (handle) =>
    recordAct(handle, by(), { action, objectKind: 'hazard', objectId: randomUUID(), ...some }, new Date()),
  )
}

const verifyAsServer = (kept: ChainHead | null = null): Promise<ChainVerdict> =>
  db.database.withScope({ purpose: 'verify', tenantId }, (handle) => verifyChain(handle, kept))
const head = () => db.database.withScope({ purpose: 'verify', tenantId }, readHead)
const seals = () =>
  db.asOwner<{ position: number; entry_id: string }>(
    'select position, entry_id from audit_seal where tenant_id = $1 order by position',
    [tenantId],
  )

async function withSealer<T>(everyMs: number, work: (sealer: Sealer) => Promise<T>): Promise<T> {
  const sealer = startSealer(db.database, systemClock, log, everyMs)
  try {
    return await work(sealer)
  } finally {
    await sealer.stop()
  }
}
const sealNow = () => withSealer(60_000, (sealer) => sealer.sealNow(tenantId))

describe('an act', () => {
  it('waits for its position when it is committed, and is not there when it is not', async () => {
    const id = await record()
    await expect(
      db.database.withScope({ purpose: 'tenant', tenantId }, async (handle) => {
        await recordAct(handle, by(), { action: 'hazard.close', objectKind: 'hazard', objectId: null }, new Date())
        throw new Error('undone')
      }),
    ).rejects.toThrow('undone')
    expect(await db.asOwner('select entry_id from audit_pending where tenant_id = $1', [tenantId])).toEqual([
      { entry_id: id },
    ])
    expect(await db.asOwner('select id from audit_entry where tenant_id = $1', [tenantId])).toEqual([{ id }])
  })

  it('keeps what was before and after, to the letter', async () => {
    const after = { 描述: '配电柜"未"安装', nested: [{ b: 1, a: null }], amount: 0.1, empty: {} }
    const id = await record('hazard.register', { before: null, after, detail: { facts: [1, 2] } })
    expect(await db.asOwner('select action, before, after, detail from audit_entry where id = $1', [id])).toEqual([
      { action: 'hazard.register', before: null, after, detail: { facts: [1, 2] } },
    ])
  })

  it.each([
    ['update audit_entry', `update audit_entry set person_name = 'x'`],
    ['delete audit_entry', 'delete from audit_entry'],
    ['truncate audit_entry', 'truncate audit_entry cascade'],
    ['update audit_seal', `update audit_seal set chain_hash = 'x'`],
    ['delete audit_seal', 'delete from audit_seal'],
  ])('can be changed by no work of the application: %s', async (_what, sql) => {
    await record()
    const person: Reach = {
      tenantId,
      accountId: randomUUID(),
      path: '/aaaaaa/',
      scope: [],
      lines: [],
      parties: [],
      audit: true,
    }
    const purposes = (['seal', 'verify', 'tenant', 'tidy', 'log-in', 'found'] as const).map((purpose) => ({
      purpose,
      tenantId,
    }))
    for (const reach of [person, ...purposes]) {
      await expect(db.database.withScope(reach, (handle) => handle.query(sql))).rejects.toMatchObject({ code: '42501' })
    }
  })

  it('is sealed by the sealer only', async () => {
    const id = await record()
    const forge = `insert into audit_seal (tenant_id, position, entry_id, entry_hash, chain_hash, sealed_at) values ($1, 1, $2, 'x', 'x', now())`
    for (const purpose of ['tenant', 'verify', 'tidy'] as const) {
      const forging = db.database.withScope({ purpose, tenantId }, (handle) => handle.query(forge, [tenantId, id]))
      await expect(forging).rejects.toMatchObject({ code: '42501' })
    }
  })

  it('is read by whoever may read the trail, and by nobody else', async () => {
    await record()
    const reach: Reach = {
      tenantId,
      accountId: randomUUID(),
      path: '/aaaaaa/',
      scope: [],
      lines: [],
      parties: [],
      audit: false,
    }
    const seen = (audit: boolean) =>
      db.database.withScope({ ...reach, audit }, (handle) => handle.query('select id from audit_entry'))
    expect(await seen(false)).toEqual([])
    expect(await seen(true)).toHaveLength(1)
  })
})

describe('positions', () => {
  it('have no gap and no double with twenty writers and three sealers at once, and the chain holds all along', async () => {
    const written: string[] = []
    const verdicts: ChainVerdict[] = []
    // Unique keys alone would keep the chain whole, with sealers that fail all the time.
    failures = []
    let writing = true
    await withSealer(3, (first) =>
      withSealer(4, () =>
        withSealer(5, async () => {
          const writers = Array.from({ length: 20 }, async (_, writer) => {
            for (let n = 0; n < 15; n++) written.push(await record(`test.w${writer}-${n}`, { after: { n } }))
          })
          const watching = (async () => {
            while (writing) verdicts.push(await verifyAsServer(await head()))
          })()
          await Promise.all(writers)
          writing = false
          await watching
          await first.sealNow(tenantId)
        }),
      ),
    )
    const sealed = await seals()
    expect(sealed.map((seal) => seal.position)).toEqual(Array.from({ length: 300 }, (_, at) => at + 1))
    expect(sealed.map((seal) => seal.entry_id).sort()).toEqual(written.sort())
    expect(await db.asOwner('select 1 from audit_pending where tenant_id = $1', [tenantId])).toEqual([])
    expect(failures).toEqual([])
    expect(verdicts.length).toBeGreaterThan(3)
    expect(verdicts.filter((verdict) => !verdict.ok)).toEqual([])
    expect(await verifyAsServer(await head())).toMatchObject({ ok: true, waiting: 0, head: { position: 300 } })
  })

  it('go on where they stopped, in batches', async () => {
    await db.asOwner(
      `with entry as (
         insert into audit_entry (tenant_id, id, at, person_name, via, address, action, object_kind)
         select $1, gen_random_uuid(), timestamptz '2023-06-16' + n * interval '1 ms', '王某', 'job', 'test', 'test.bulk', 'test'
         from generate_series(1, 2500) n returning tenant_id, id)
       insert into audit_pending (tenant_id, entry_id) select tenant_id, id from entry`,
      [tenantId],
    )
    await sealNow()
    expect(await verifyAsServer()).toMatchObject({ ok: true, waiting: 0, head: { position: 2500 } })
    await record()
    await sealNow()
    expect(await head()).toMatchObject({ position: 2501 })
    // Beyond the first page of the walk.
    const [at] = (await seals()).filter((seal) => seal.position === 2100)
    await db.asOwner(`update audit_entry set person_name = '李某' where id = $1`, [at?.entry_id])
    expect(await verifyAsServer()).toMatchObject({ ok: false, position: 2100, entryId: at?.entry_id })
  })

  it('are given to all that was committed before sealNow was called, though others write on', async () => {
    let writing = true
    const others = Promise.all(
      Array.from({ length: 4 }, async () => {
        while (writing) await record('test.noise')
      }),
    )
    await withSealer(1, (sealer) =>
      withSealer(1, async () => {
        for (let times = 0; times < 5; times++) {
          const id = await record('test.mine')
          await sealer.sealNow(tenantId)
          expect(await db.asOwner('select 1 from audit_seal where entry_id = $1', [id])).toHaveLength(1)
        }
        writing = false
        await others
      }),
    )
  })

  it('are waited for by sealNow while another sealer is at it', async () => {
    const another = new pg.Client({ connectionString: db.ownerUrl })
    await another.connect()
    await another.query(`begin; select pg_advisory_xact_lock(hashtextextended('seal ${tenantId}', 0))`)
    const id = await record()
    let sealed = false
    const sealing = sealNow().then(() => (sealed = true))
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(sealed).toBe(false)
    await another.query('rollback')
    await another.end()
    await sealing
    expect(await db.asOwner('select 1 from audit_seal where entry_id = $1', [id])).toHaveLength(1)
  })

  it('are given by themselves soon after the commit', async () => {
    await withSealer(20, async () => {
      const id = await record()
      await expect
        .poll(() => db.asOwner('select 1 from audit_seal where entry_id = $1', [id]), { timeout: 15_000 })
        .toHaveLength(1)
    })
  })

  it('wait for a database that is away, which is said once, and go on when it is back', async () => {
    let away = true
    const said: unknown[] = []
    const flickering = {
      withScope: ((reach, work, narrowing) =>
        away
          ? Promise.reject(new Error('away'))
          : db.database.withScope(reach, work, narrowing)) as typeof db.database.withScope,
    }
    const listening = { ...log, warn: (what: unknown) => said.push(what) } as unknown as Log
    const sealer = startSealer(flickering, systemClock, listening, 5)
    const id = await record()
    await new Promise((resolve) => setTimeout(resolve, 100))
    away = false
    await expect
      .poll(() => db.asOwner('select 1 from audit_seal where entry_id = $1', [id]), { timeout: 15_000 })
      .toHaveLength(1)
    await sealer.stop()
    expect(said).toHaveLength(1)
  })

  it('of one tenant say nothing of another’s', async () => {
    await record()
    await sealNow()
    const mine = await head()
    tenantId = randomUUID()
    await db.asOwner(
      `insert into tenant (id, code, name, created_at) values ($1::uuid, $1::uuid::text, '别区', now())`,
      [tenantId],
    )
    expect(await head()).toEqual({ position: 0, chainHash: genesis(tenantId).toString('hex') })
    expect(await verifyAsServer(await head())).toMatchObject({ ok: true, head: { position: 0 } })
    expect(await verifyAsServer(mine)).toMatchObject({ ok: false })
  })
})

describe('verification', () => {
  /** An owner who tampers, in a transaction that the test undoes. */
  let owner: pg.Client
  let ids: string[]
  let kept: ChainHead

  beforeEach(async () => {
    ids = []
    for (let n = 1; n <= 6; n++) {
      ids.push(
        await record(`test.act-${n}`, { before: { n: n - 1 }, after: { n, who: '王某' }, detail: { facts: [n] } }),
      )
    }
    await sealNow()
    kept = await head()
    owner = new pg.Client({ connectionString: db.ownerUrl })
    await owner.connect()
    await owner.query(`begin; set local app.purpose = 'maintenance'`)
  })
  afterEach(() => owner.end())

  const verifyAsOwner = (given: ChainHead | null) =>
    verifyChain(
      {
        tenantId,
        query: async <Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) =>
          (await owner.query<Row>(text, [...values])).rows,
      } as Handle,
      given,
    )
  const idAt = async (position: number) => {
    const { rows } = await owner.query<{ id: string }>(
      'select entry_id as id from audit_seal where tenant_id = $1 and position = $2',
      [tenantId, position],
    )
    return rows[0]?.id ?? ''
  }
  const unlinked = () =>
    owner.query(`do $$ declare c record; begin
      for c in select conrelid::regclass as t, conname from pg_constraint where confrelid = 'audit_entry'::regclass loop
        execute format('alter table %s drop constraint %I', c.t, c.conname);
      end loop; end $$`)

  it('passes what nobody touched, with a head of any time', async () => {
    expect(await verifyAsOwner(null)).toMatchObject({ ok: true, waiting: 0 })
    expect(await verifyAsOwner(kept)).toMatchObject({ ok: true, head: kept })
    const laterId = await db.database.withScope({ purpose: 'tenant', tenantId }, (handle) =>
      recordAct(handle, by(), { action: 'test.later', objectKind: 'test', objectId: null }, new Date()),
    )
    expect(await verifyAsOwner(kept)).toMatchObject({ ok: true, waiting: 1 })
    await sealNow()
    expect(await verifyAsOwner(kept)).toMatchObject({ ok: true, waiting: 0, head: { position: 7 } })
    expect(laterId).toBe(await idAt(7))
  })

  const edits: Readonly<Record<string, string>> = {
    at: `at + interval '1 ms'`,
    account_id: 'gen_random_uuid()',
    person_name: `person_name || ' '`,
    unit_id: 'gen_random_uuid()',
    via: `'web'`,
    address: `'elsewhere'`,
    action: `'test.act-x'`,
    object_kind: `'enterprise'`,
    object_id: 'null',
    before: 'null',
    after: `jsonb_set(after, '{n}', '7')`,
    detail: `detail || '{"more": null}'`,
  }

  it('has an edit for every column there is', async () => {
    const columns = await db.asOwner<{ name: string }>(
      `select column_name as name from information_schema.columns where table_name = 'audit_entry' and column_name not in ('tenant_id', 'id')`,
    )
    expect(columns.map((column) => column.name).sort()).toEqual(Object.keys(edits).sort())
  })

  it.each(Object.entries(edits))('finds an edited %s, and names the place', async (column, value) => {
    const at = await idAt(3)
    await owner.query(`update audit_entry set ${column} = ${value} where id = $1`, [at])
    expect(await verifyAsOwner(null)).toEqual({
      ok: false,
      position: 3,
      entryId: at,
      message: '第 3 号的记录被改过：内容与封存时的摘要不符。',
    })
  })

  it('finds an entry whose id was exchanged', async () => {
    await unlinked()
    const at = await idAt(3)
    await owner.query('update audit_entry set id = gen_random_uuid() where id = $1', [at])
    expect(await verifyAsOwner(null)).toMatchObject({ ok: false, position: 3, entryId: at, message: /被删除/ })
    await owner.query(
      'update audit_seal set entry_id = (select id from audit_entry where tenant_id = $1 and id <> all ($2)) where entry_id = $3',
      [tenantId, ids, at],
    )
    expect(await verifyAsOwner(null)).toMatchObject({ ok: false, position: 3, message: /改过/ })
  })

  it('finds an edited entry whose own hash was made to fit', async () => {
    const at = await idAt(3)
    await owner.query(`update audit_entry set person_name = '李某' where id = $1`, [at])
    const { rows } = await owner.query<EntryRow>(`select ${entryColumns} from audit_entry where id = $1`, [at])
    await owner.query('update audit_seal set entry_hash = $2 where entry_id = $1', [at, entryHash(rows[0] as EntryRow)])
    expect(await verifyAsOwner(null)).toMatchObject({ ok: false, position: 3, message: /从这里起链条被重写过/ })
  })

  it.each(['entry_hash', 'chain_hash'])('finds an edited %s', async (column) => {
    await owner.query(`update audit_seal set ${column} = sha256('x') where tenant_id = $1 and position = 4`, [tenantId])
    expect(await verifyAsOwner(null)).toMatchObject({ ok: false, position: 4 })
  })

  it('finds a middle entry that was deleted, seal and all', async () => {
    await unlinked()
    const at = await idAt(3)
    await owner.query('delete from audit_seal where entry_id = $1', [at])
    await owner.query('delete from audit_entry where id = $1', [at])
    expect(await verifyAsOwner(null)).toMatchObject({
      ok: false,
      position: 3,
      message: '第 3 号不见了：下一条是第 4 号。',
    })
  })

  it('finds a middle entry that was deleted, and the others moved up', async () => {
    await unlinked()
    const at = await idAt(3)
    await owner.query('delete from audit_seal where entry_id = $1', [at])
    await owner.query('delete from audit_entry where id = $1', [at])
    for (const position of [4, 5, 6]) {
      await owner.query('update audit_seal set position = position - 1 where tenant_id = $1 and position = $2', [
        tenantId,
        position,
      ])
    }
    expect(await verifyAsOwner(null)).toMatchObject({ ok: false, position: 3 })
  })

  it('finds a sealed entry that was deleted', async () => {
    await unlinked()
    const at = await idAt(3)
    await owner.query('delete from audit_entry where id = $1', [at])
    expect(await verifyAsOwner(null)).toEqual({
      ok: false,
      position: 3,
      entryId: at,
      message: '第 3 号的记录被删除了。',
    })
  })

  it('finds two entries that changed places', async () => {
    await owner.query(
      `update audit_seal set position = case position when 2 then 1002 else 1003 end where tenant_id = $1 and position in (2, 3)`,
      [tenantId],
    )
    await owner.query('update audit_seal set position = 1005 - position where tenant_id = $1 and position > 1000', [
      tenantId,
    ])
    expect(await verifyAsOwner(null)).toMatchObject({ ok: false, position: 2 })
  })

  it('finds a deleted tail, by a kept head', async () => {
    await unlinked()
    const tail = [await idAt(5), await idAt(6)]
    await owner.query('delete from audit_seal where entry_id = any ($1)', [tail])
    await owner.query('delete from audit_entry where id = any ($1)', [tail])
    expect(await verifyAsOwner(null)).toMatchObject({ ok: true, head: { position: 4 } })
    expect(await verifyAsOwner(kept)).toMatchObject({
      ok: false,
      position: 4,
      message: /回执上的链头是第 6 号，现在只到第 4 号/,
    })
  })

  it('finds a wholly rewritten chain, by a kept head and by nothing else', async () => {
    await owner.query(`update audit_entry set person_name = '李某' where id = $1`, [await idAt(3)])
    let previous = genesis(tenantId)
    for (const { position, entry_id } of await seals()) {
      const { rows } = await owner.query<EntryRow>(`select ${entryColumns} from audit_entry where id = $1`, [entry_id])
      const hash = entryHash(rows[0] as EntryRow)
      previous = chainHash(previous, position, entry_id, hash)
      await owner.query('update audit_seal set entry_hash = $2, chain_hash = $3 where entry_id = $1', [
        entry_id,
        hash,
        previous,
      ])
    }
    expect(await verifyAsOwner(null)).toMatchObject({ ok: true })
    expect(await verifyAsOwner(kept)).toMatchObject({ ok: false, position: 6, message: /第 6 号与回执上的链头不符/ })
  })

  it('refuses a head that never was', async () => {
    expect(await verifyAsOwner({ position: 0, chainHash: kept.chainHash })).toMatchObject({ ok: false })
    expect(await verifyAsOwner({ position: 3, chainHash: kept.chainHash })).toMatchObject({ ok: false, position: 3 })
    expect(await verifyAsOwner({ position: 99, chainHash: kept.chainHash })).toMatchObject({ ok: false })
  })

  it('finds an entry that is neither sealed nor waiting', async () => {
    const lost = await record('test.lost')
    await record('test.waits')
    await owner.query('delete from audit_pending where entry_id = $1', [lost])
    expect(await verifyAsOwner(null)).toMatchObject({
      ok: false,
      position: 6,
      entryId: lost,
      message: /既未封存也不在待封存之列/,
    })
    // A sealed one put in its place in the queue makes the counts equal, and nothing else.
    await owner.query('insert into audit_pending (tenant_id, entry_id) values ($1, $2)', [tenantId, await idAt(1)])
    expect(await verifyAsOwner(null)).toMatchObject({ ok: false, entryId: lost })
  })

  it('finds a tail whose seals were deleted and whose entries were not', async () => {
    const at = await idAt(6)
    await owner.query('delete from audit_seal where entry_id = $1', [at])
    expect(await verifyAsOwner(null)).toMatchObject({ ok: false, entryId: at })
  })
})
