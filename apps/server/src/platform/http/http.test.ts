import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance, InjectOptions } from 'fastify'
import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { errorAnswer, route } from '@bihuan/contracts'
import { proxyTo, type PostgresProxy } from '../../../test/postgres-proxy.js'
import { cloneDatabase, type TestDatabase } from '../../../test/test-database.js'
import type { Actor } from '../actor.js'
import { systemClock } from '../clock.js'
import { createPool } from '../db/pools.js'
import { createDatabase } from '../db/scope.js'
import { FileStoreFull } from '../files/store.js'
import { createLog, type Log } from '../log.js'
import { createMetrics } from '../metrics.js'
import { readSettings } from '../settings.js'
import { createHttpServer } from './server.js'
import { serveRead, serveWrite, type Answer, type Served } from './serve.js'

const tenantId = '018f0000-0000-7000-8000-00000000000a'
const accountId = '018f0000-0000-7000-8000-0000000000cc'
const actor: Actor = {
  ...{ tenantId, accountId, personName: '王某', unitId: randomUUID(), unitName: '某街道', unitKind: 'street' },
  reach: { tenantId, accountId, path: '/aaaaaa/', scope: [], lines: [], parties: [], audit: false },
  ...{ permissions: new Set<string>(), via: 'web', address: '127.0.0.1', sessionId: null },
}

const toy = z.object({ id: z.uuid(), name: z.string() })
const listToys = route({
  ...{ name: 'toy.list', method: 'GET', path: '/api/toys', summary: '玩具', tag: 'toy' },
  query: z.object({ limit: z.coerce.number().int().max(200).default(50) }),
  answer: z.object({ names: z.array(z.string()), limit: z.number() }),
})
const readToy = route({
  ...{ name: 'toy.read', method: 'GET', path: '/api/toys/:toyId', summary: '玩具', tag: 'toy' },
  params: z.object({ toyId: z.uuid() }),
  answer: toy,
})
const addToy = route({
  ...{ name: 'toy.add', method: 'POST', path: '/api/toys', summary: '添玩具', tag: 'toy' },
  body: z.object({ name: z.string().min(2), size: z.object({ cm: z.number().optional() }).optional() }),
  answer: toy,
})
const forgetToys = route({
  name: 'toy.forget',
  method: 'POST',
  path: '/api/forget',
  summary: '忘',
  tag: 'toy',
  body: z.object({}),
})
const knock = route({
  ...{ name: 'toy.knock', method: 'GET', path: '/api/knock', summary: '敲门', tag: 'toy', access: 'public' },
  answer: z.object({ open: z.boolean() }),
})

let db: TestDatabase
let proxy: PostgresProxy
let pool: pg.Pool
let app: FastifyInstance
let folder: string
let logged: string[]
/** What the handler of `addToy` does besides adding; changed by a test. */
let alsoDo: (handle: { query: TestDatabase['asOwner'] }) => Promise<Answer<z.input<typeof toy>> | undefined>

async function makeApp(appPool: pg.Pool): Promise<FastifyInstance> {
  const keep = (what: unknown) => logged.push(JSON.stringify(what))
  const log = Object.assign(createLog('silent'), { info: keep, warn: keep, error: keep }) as unknown as Log
  const made = await createHttpServer({
    settings: readSettings({ BIHUAN_DATA: folder }),
    log,
    metrics: createMetrics(appPool),
    authenticate: async (request) => (request.headers['x-test-nobody'] === undefined ? actor : null),
    healthy: () =>
      appPool.query('select 1').then(
        () => true,
        () => false,
      ),
    webFolder: folder,
    version: '0.0.0',
  })
  const database = createDatabase(appPool)
  await made.register(async (scoped) => {
    const served: Served = { app: scoped, database, clock: systemClock }
    // As the log-in does it: there is no actor yet.
    scoped.route({
      method: knock.method,
      url: knock.path,
      config: { route: knock },
      handler: async () => ({ open: true }),
    })
    serveRead(served, listToys, async ({ query, read }) => ({
      ok: true,
      value: {
        names: (await read((handle) => handle.query<{ name: string }>('select name from file'))).map((row) => row.name),
        limit: query.limit,
      },
    }))
    serveRead(served, readToy, async ({ params, read }) => {
      const [row] = await read((handle) =>
        handle.query<{ id: string; name: string }>('select id, name from file where id = $1', [params.toyId]),
      )
      if (row === undefined) return { ok: false, refusal: { code: 'request.not-found', message: '没有这个玩具。' } }
      return { ok: true, value: row }
    })
    serveWrite(served, addToy, async (handle, { body }) => {
      const id = randomUUID()
      await handle.query(
        `insert into file (id, tenant_id, territory_path, parties, sha256, name, media_type, size, uploaded_by, uploaded_at, entry_id)
         values ($1, $2, '/aaaaaa/', '{}', 'x', $3, 'x', 1, $1, now(), $1)`,
        [id, tenantId, body.name],
      )
      return (await alsoDo(handle)) ?? { ok: true, value: { id, name: body.name } }
    })
    serveWrite(served, forgetToys, async () => ({ ok: true, value: undefined }))
  })
  return made
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bihuan-http-'))
  await writeFile(join(folder, 'index.html'), '<p>闭环</p>')
  logged = []
  db = await cloneDatabase()
  proxy = await proxyTo(db.appUrl)
  pool = createPool(proxy.url, 10, 'http', createLog('silent'))
  app = await makeApp(pool)
})
afterAll(async () => {
  await app.close()
  await pool.end()
  await proxy.close()
  await db.drop()
  await rm(folder, { recursive: true })
})
beforeEach(() => {
  logged = []
  alsoDo = async () => undefined
})

const own = { 'x-requested-with': 'bihuan' }
const ask = (options: InjectOptions) => app.inject(options)
const post = (body: object, headers: Record<string, string> = {}) =>
  ask({ method: 'POST', url: '/api/toys', headers: { ...own, ...headers }, payload: body })
const effects = async (name: string) => (await db.asOwner('select 1 from file where name = $1', [name])).length
const keys = () => db.asOwner<{ key: string }>('select key from idempotency_key')

/** Every failure has this shape and these two headers, whatever it was. */
function refusalIn(answer: Awaited<ReturnType<typeof ask>>, status: number) {
  expect(answer.statusCode).toBe(status)
  expect(answer.headers['content-type']).toMatch(/^application\/json/)
  const { error } = errorAnswer.strict().parse(answer.json())
  expect(error.message).toMatch(/[\u4e00-\u9fff]{4,}.*。$/)
  return error
}

describe('a failure has one shape', () => {
  it('when the body is not valid: each place, in Chinese', async () => {
    const error = refusalIn(await post({ name: 'x', size: { cm: 'big' } }), 400)
    expect(error.code).toBe('request.invalid')
    expect(error.places?.map((place) => place.path)).toEqual(['name', 'size.cm'])
    for (const place of error.places ?? []) expect(place.message).toMatch(/[\u4e00-\u9fff]/)
  })

  it('when the address or the query is not valid: which of them, since nothing was filled in', async () => {
    expect(refusalIn(await ask({ url: '/api/toys/17' }), 400)).toMatchObject({
      code: 'request.invalid',
      message: '地址里的编号不对，打不开。链接可能没有复制完整，请从列表重新打开。',
      places: [{ path: 'toyId' }],
    })
    expect(refusalIn(await ask({ url: '/api/toys?limit=1000' }), 400)).toMatchObject({
      message: '地址里的查询条件不对，没有查询。请从列表重新打开，再选条件。',
      places: [{ path: 'limit' }],
    })
  })

  it.each([
    ['broken JSON', '{"name":', 'application/json', 400, 'request.invalid'],
    ['no JSON', 'name=x', 'application/x-www-form-urlencoded', 400, 'request.invalid'],
    ['an empty body', '', 'application/json', 400, 'request.invalid'],
    ['a poisoned object', '{"name": "abc", "__proto__": {"x": 1}}', 'application/json', 400, 'request.invalid'],
    ['too much', JSON.stringify({ name: 'x'.repeat(3_000_000) }), 'application/json', 413, 'upload.too-large'],
  ])('when the body is %s', async (_what, payload, type, status, code) => {
    const answer = await ask({ method: 'POST', url: '/api/toys', headers: { ...own, 'content-type': type }, payload })
    expect(refusalIn(answer, status).code).toBe(code)
  })

  it.each([
    ['NUL', 'ab\u0000c'],
    ['half of a surrogate pair', 'ab\ud800c'],
  ])('when a text holds what the database cannot: %s', async (_what, name) => {
    expect(refusalIn(await post({ name }), 400)).toMatchObject({
      code: 'request.invalid',
      message: /不能保存的字符/ as unknown as string,
    })
  })

  it('and a text of any other characters is kept as it is', async () => {
    const name = '😀𠮷野家 ﷽ \u202e "\\' + "'; drop table file; --"
    expect((await post({ name })).json()).toMatchObject({ name })
    expect(await effects(name)).toBe(1)
  })

  it('when the address is unknown, for programs and for pages below /api', async () => {
    for (const url of ['/api/nowhere', '/nowhere', '/api/toys/']) {
      expect(refusalIn(await ask({ url }), url === '/api/toys/' ? 400 : 404).code).toMatch(/^request\./)
    }
    expect(refusalIn(await ask({ url: '/api/nowhere', headers: { accept: 'text/html' } }), 404).code).toBe(
      'request.not-found',
    )
    expect(refusalIn(await ask({ method: 'DELETE', url: '/api/toys', headers: own }), 404).code).toBe(
      'request.not-found',
    )
  })

  it('when nobody is logged in; but a public address is open', async () => {
    const nobody = { 'x-test-nobody': 'yes' }
    expect(refusalIn(await ask({ url: '/api/toys', headers: nobody }), 401).code).toBe('session.not-logged-in')
    expect(refusalIn(await post({ name: 'abc' }, nobody), 401).code).toBe('session.not-logged-in')
    expect((await ask({ url: '/api/knock', headers: nobody })).json()).toEqual({ open: true })
  })

  it('when a rule refuses: its code, its place, the present state, and nothing done', async () => {
    alsoDo = async () => ({
      ok: false,
      refusal: {
        code: 'toy.not-your-turn',
        message: '还没轮到您。请等一等。',
        path: 'name',
        current: { state: 'taken' },
      },
    })
    expect(refusalIn(await post({ name: 'refused' }), 422)).toMatchObject({
      code: 'toy.not-your-turn',
      places: [{ path: 'name' }],
      current: { state: 'taken' },
    })
    expect(await effects('refused')).toBe(0)
  })

  it('when code throws: no detail in the answer, no data in the log, nothing done', async () => {
    alsoDo = () => Promise.reject(new TypeError('cannot read phone of 王某 13800000000'))
    const answer = await post({ name: 'a bug' })
    const error = refusalIn(answer, 500)
    expect(error.code).toBe('server.bug')
    expect(answer.body + logged.join()).not.toMatch(/王某|1380|TypeError: |http\.test\.ts:\d+.*王/)
    expect(logged.join()).toMatch(/"event":"bug".*"name":"TypeError".*http\.test\.ts/)
    // The number that the person is asked to tell finds the line.
    expect(logged.join()).toContain(error.requestId)
    expect(await effects('a bug')).toBe(0)
  })

  it('when a statement fails in the database: neither the statement nor its values', async () => {
    alsoDo = async (handle) => {
      await handle.query(`select ('secret' || $1)::date`, ['王某'])
      return undefined
    }
    const answer = await post({ name: 'bad sql' })
    expect(refusalIn(answer, 500).code).toBe('server.bug')
    expect(answer.body + logged.join()).not.toMatch(/secret|王某/)
  })

  it('when the answer is not what the contract says: nothing done', async () => {
    alsoDo = async () => ({ ok: true, value: { id: 'no uuid', name: 'x' } })
    expect(refusalIn(await post({ name: 'wrong answer' }), 500).code).toBe('server.bug')
    expect(await effects('wrong answer')).toBe(0)
  })

  it('when the disk is full', async () => {
    alsoDo = () => Promise.reject(new FileStoreFull('ENOSPC'))
    expect(refusalIn(await post({ name: 'full' }), 507)).toMatchObject({ code: 'server.storage-full' })
    alsoDo = () => Promise.reject(Object.assign(new Error('could not extend file'), { code: '53100' }))
    expect(refusalIn(await post({ name: 'full' }), 507)).toMatchObject({ code: 'server.storage-full' })
  })
})

describe('a write from another site', () => {
  const from = (headers: Record<string, string>) =>
    ask({ method: 'POST', url: '/api/toys', headers, payload: { name: 'foreign' } })

  it.each<[string, Record<string, string>]>([
    ['without the header', {}],
    ['with another value', { 'x-requested-with': 'XMLHttpRequest' }],
    ['with a log-in that the browser adds by itself', { authorization: 'Basic dXNlcjpwYXNz' }],
  ])('is refused %s', async (_what, headers) => {
    expect(refusalIn(await from(headers), 403).code).toBe('request.not-allowed')
    expect(await effects('foreign')).toBe(0)
  })

  it('is not meant when a program comes with its token', async () => {
    expect((await from({ authorization: 'Bearer abc' })).statusCode).toBe(200)
  })
})

describe('a write with a key', () => {
  const key = () => `key-${randomUUID()}`

  it('sent twice has one effect, and gets the same answer', async () => {
    const headers = { 'idempotency-key': key() }
    const first = await post({ name: 'twice' }, headers)
    const second = await post({ name: 'twice' }, headers)
    expect(second.statusCode).toBe(200)
    expect(second.json()).toEqual(first.json())
    expect(await effects('twice')).toBe(1)
  })

  it('is the same whatever the order of its members', async () => {
    const headers = { 'idempotency-key': key() }
    const first = await post({ name: 'ordered', size: { cm: 1 } }, headers)
    expect((await post({ size: { cm: 1 }, name: 'ordered' }, headers)).json()).toEqual(first.json())
  })

  it('sent by ten at once has one effect, and all get the same answer', async () => {
    const headers = { 'idempotency-key': key() }
    alsoDo = async (handle) => {
      await handle.query('select pg_sleep(0.1)')
      return undefined
    }
    const answers = await Promise.all(Array.from({ length: 10 }, () => post({ name: 'at once' }, headers)))
    expect(new Set(answers.map((answer) => answer.body)).size).toBe(1)
    expect(answers[0]?.statusCode).toBe(200)
    expect(await effects('at once')).toBe(1)
  })

  it('without an answer gets none again', async () => {
    const headers = { ...own, 'idempotency-key': key() }
    for (let times = 0; times < 2; times++) {
      const answer = await ask({ method: 'POST', url: '/api/forget', headers, payload: {} })
      expect([answer.statusCode, answer.body]).toEqual([204, ''])
    }
  })

  it('that was used for another request is refused', async () => {
    const headers = { 'idempotency-key': key() }
    await post({ name: 'one thing' }, headers)
    expect(refusalIn(await post({ name: 'another thing' }, headers), 409).code).toBe('idempotency.conflict')
    const elsewhere = await ask({ method: 'POST', url: '/api/forget', headers: { ...own, ...headers }, payload: {} })
    expect(refusalIn(elsewhere, 409).code).toBe('idempotency.conflict')
    expect(await effects('another thing')).toBe(0)
  })

  it('of another person is another key', async () => {
    const headers = { 'idempotency-key': key() }
    await db.asOwner(
      `insert into idempotency_key (tenant_id, account_id, key, route, request_hash, created_at) values ($1, $2, $3, 'toy.add', 'x', now())`,
      [tenantId, randomUUID(), headers['idempotency-key']],
    )
    expect((await post({ name: 'mine' }, headers)).statusCode).toBe(200)
  })

  it('that was refused, or failed, leaves no key: the next try is a first one', async () => {
    const headers = { 'idempotency-key': key() }
    alsoDo = async () => ({ ok: false, refusal: { code: 'toy.not-yet', message: '还不行。请稍后再试。' } })
    refusalIn(await post({ name: 'later' }, headers), 422)
    alsoDo = () => Promise.reject(new Error('a bug'))
    refusalIn(await post({ name: 'later' }, headers), 500)
    expect((await keys()).map((row) => row.key)).not.toContain(headers['idempotency-key'])
    alsoDo = async () => undefined
    expect((await post({ name: 'later' }, headers)).statusCode).toBe(200)
    expect(await effects('later')).toBe(1)
  })

  it('that waits for one which is then refused, is done', async () => {
    const headers = { 'idempotency-key': key() }
    let calls = 0
    alsoDo = async (handle) => {
      calls += 1
      if (calls > 1) return undefined
      await handle.query('select pg_sleep(0.3)')
      return { ok: false, refusal: { code: 'toy.not-yet', message: '还不行。请稍后再试。' } }
    }
    const first = post({ name: 'waits' }, headers)
    await new Promise((resolve) => setTimeout(resolve, 100))
    const second = post({ name: 'waits' }, headers)
    expect([(await first).statusCode, (await second).statusCode]).toEqual([422, 200])
    expect(await effects('waits')).toBe(1)
  })

  it.each(['short', 'x'.repeat(81), 'with space', "quote'--"])('of no form is refused: %s', async (value) => {
    expect(refusalIn(await post({ name: 'abc' }, { 'idempotency-key': value }), 400).code).toBe('idempotency.invalid')
  })

  it('is not asked for', async () => {
    await post({ name: 'no key' })
    await post({ name: 'no key' })
    expect(await effects('no key')).toBe(2)
  })
})

describe('a database that goes away', () => {
  const away = {
    code: 'server.unavailable',
    message: '数据库暂时连不上，刚才的操作可能没有保存。请过几秒钟再试一次，重试不会重复登记。',
  }

  it('and comes back: 503 with its sentence, and then all is well, without a restart', async () => {
    proxy.takeAway()
    expect(refusalIn(await ask({ url: '/api/toys' }), 503)).toMatchObject(away)
    expect(refusalIn(await post({ name: 'while away' }), 503)).toMatchObject(away)
    const health = await ask({ url: '/healthz' })
    expect([health.statusCode, health.json()]).toEqual([503, { ok: false }])
    proxy.giveBack()
    expect((await ask({ url: '/healthz' })).json()).toEqual({ ok: true })
    expect((await post({ name: 'when back' })).statusCode).toBe(200)
    expect(await effects('while away')).toBe(0)
  })

  it('in the middle of a statement', async () => {
    alsoDo = async (handle) => {
      await handle.query('select pg_terminate_backend(pg_backend_pid())')
      return undefined
    }
    expect(refusalIn(await post({ name: 'killed' }), 503)).toMatchObject(away)
    alsoDo = async () => undefined
    expect((await post({ name: 'killed' })).statusCode).toBe(200)
    expect(await effects('killed')).toBe(1)
  })

  it('between two statements, with all connections in use: the server lives on', async () => {
    alsoDo = async (handle) => {
      await new Promise((resolve) => setTimeout(resolve, 200))
      await handle.query('select 1')
      return undefined
    }
    const headers = { 'idempotency-key': `key-${randomUUID()}` }
    const answers = Array.from({ length: 8 }, () => post({ name: 'in between' }, headers))
    await new Promise((resolve) => setTimeout(resolve, 100))
    proxy.takeAway()
    for (const answer of await Promise.all(answers)) expect(refusalIn(answer, 503)).toMatchObject(away)
    proxy.giveBack()
    alsoDo = async () => undefined
    expect((await post({ name: 'in between' }, headers)).statusCode).toBe(200)
    expect(await effects('in between')).toBe(1)
  })

  it('that never was there: wrong port, wrong socket', async () => {
    for (const url of [
      'postgres://bihuan_app:x@127.0.0.1:1/bihuan',
      'postgres://bihuan_app:x@/bihuan?host=%2Fnowhere',
    ]) {
      const nowhere = createPool(url, 1, 'nowhere', createLog('silent'))
      const lost = await makeApp(nowhere)
      expect(refusalIn(await lost.inject({ url: '/api/toys' }), 503)).toMatchObject(away)
      await lost.close()
      await nowhere.end()
    }
  })
})

describe('every answer', () => {
  it('forbids a page of ours what it does not need', async () => {
    for (const url of ['/', '/api/toys', '/api/nowhere', '/healthz']) {
      const { headers } = await ask({ url, headers: { accept: 'text/html' } })
      const policy = String(headers['content-security-policy'])
      expect(policy, url).toMatch(/default-src 'self'/)
      expect(policy, url).toMatch(/script-src 'self'(;|$)/)
      expect(policy, url).toMatch(/object-src 'none'/)
      expect(policy, url).toMatch(/frame-ancestors 'self'/)
      expect(headers['x-content-type-options'], url).toBe('nosniff')
      expect(headers['x-powered-by'], url).toBeUndefined()
    }
  })

  it('is counted by the name of its route, never by an id or a person', async () => {
    const id = randomUUID()
    await ask({ url: `/api/toys/${id}` })
    const metrics = await ask({ url: '/metrics' })
    expect(metrics.headers['content-type']).toMatch(/^text\/plain/)
    expect(metrics.body).toMatch(/bihuan_request_seconds_count\{route="toy\.read",status="404"\} [1-9]/)
    expect(metrics.body).toMatch(/bihuan_database_connections\{state="total"\} \d+/)
    expect(metrics.body).toMatch(/process_resident_memory_bytes/)
    expect(metrics.body + logged.join()).not.toContain(id)
  })

  it('is logged without what was asked for', async () => {
    await ask({ url: '/api/toys?limit=7&name=%E7%8E%8B%E6%9F%90' })
    expect(logged.join()).toMatch(/"event":"request".*"route":"toy\.list"/)
    expect(logged.join()).not.toMatch(/王某|%E7|limit/)
  })

  it('is what the contract says: parsed on the way in, and nothing more on the way out', async () => {
    expect((await ask({ url: '/api/toys?limit=7' })).json()).toMatchObject({ limit: 7 })
    alsoDo = async () => ({
      ok: true,
      value: { id: randomUUID(), name: 'x', passwordHash: 'secret' } as z.input<typeof toy>,
    })
    expect((await post({ name: 'abc', more: 'unknown' })).body).not.toContain('secret')
  })

  it('to an address that the web knows is the page, which loads the rest', async () => {
    for (const url of ['/', '/hazards/17']) {
      const page = await ask({ url, headers: { accept: 'text/html' } })
      expect([page.statusCode, page.body]).toEqual([200, '<p>闭环</p>'])
      expect(page.headers['cache-control']).toBe('public, max-age=0')
    }
  })
})

it('the API describes itself from the same routes', async () => {
  const { json } = await ask({ url: '/api/docs/json' })
  const description = z.object({ openapi: z.string(), paths: z.record(z.string(), z.unknown()) }).parse(json())
  expect(description.openapi).toMatch(/^3\.1/)
  expect(Object.keys(description.paths).sort()).toEqual(['/api/forget', '/api/knock', '/api/toys', '/api/toys/{toyId}'])
})
