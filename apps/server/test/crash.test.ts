/**
 * Kill the server or the database at any moment: what was acknowledged is there, once, and nothing is there by half.
 *
 * Eight clients register 200 hazards over HTTP, each with a key of its own, and ask again with the same key until they are
 * answered. A lock on the campaign's row holds every registration inside its open transaction; so there is something to kill. In
 * two of the rounds the kill comes while they are held, in the third at a random moment after they were let go, when some have
 * committed, some are about to, and some answers are on their way.
 */
import { randomUUID } from 'node:crypto'
import { readFile, rm, mkdtemp, chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { logIn, registerHazard } from '@bihuan/contracts'
import { createAccount, grantRole } from '../src/modules/identity/index.js'
import { createModules } from '../src/modules.js'
import { runCommand } from '../src/cli/program.js'
import { createLog } from '../src/platform/log.js'
import { listTenants } from '../src/platform/db/tenants.js'
import { startPlatform } from '../src/platform/platform.js'
import { readSettings } from '../src/platform/settings.js'
import { buildCampaign, detailsOf, type AtPlace } from './build-hazards.js'
import { freePort, startServerProcess, type ServerProcess } from './server-process.js'

const registrations = 200
const clients = 8
/** Whether the kill comes while the clients are held, or at a random moment after they were let go. */
const rounds = [true, false, true]
const portion = Math.floor(registrations / (rounds.length * 2 + 1))
const password = 'Zhulin-7Qiao!'
const now = '2023-06-16T09:00:00+08:00'

let folder: string
let port: number
let server: ServerProcess
let ownerUrl: string
let place: AtPlace
let failure: unknown

const environment = () => ({ BIHUAN_DATA: folder, BIHUAN_NOW: now, BIHUAN_LOG: 'warn' })
const start = () => startServerProcess({ dataFolder: folder, port, environment: environment() })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bihuan-crash-'))
  await chmod(folder, 0o755)
  port = await freePort()
  server = await start()
  await server.said(/audadmin/)
  ;({ ownerUrl, place } = await prepare())
}, 600_000)

afterAll(async () => {
  await server.end('SIGTERM')
  await rm(folder, { recursive: true, force: true })
})

/** A campaign and the clients' accounts, through the services, in the server's own database. */
async function prepare(): Promise<{ ownerUrl: string; place: AtPlace }> {
  const platform = await startPlatform(readSettings(environment()), { log: createLog('silent') })
  try {
    const { database, clock } = platform
    const tenantId = (await listTenants(database))[0]?.id ?? ''
    const accounts = await database.withScope({ purpose: 'tenant', tenantId }, async (handle) => {
      const [root] = await handle.query<{ id: string }>(
        'select id from unit where tenant_id = $1 and parent_id is null',
        [tenantId],
      )
      const unitId = root?.id ?? ''
      const by = { tenantId, via: 'maintenance', personName: '测试', address: 'local' } as const
      const made: { unitId: string; accountId: string }[] = []
      for (let one = 0; one < clients; one++) {
        const account = await createAccount(
          handle,
          by,
          {
            loginName: `clerk${one}`,
            personName: `林${one}`,
            post: null,
            phone: null,
            unitId,
            password,
            mustChangePassword: false,
          },
          clock,
        )
        if (!account.ok) throw new Error(account.refusal.message)
        const grant = await grantRole(handle, by, { accountId: account.value.id, unitId, role: 'safety-office' }, clock)
        if (!grant.ok) throw new Error(grant.refusal.message)
        made.push({ unitId, accountId: account.value.id })
      }
      return made
    })
    const clerk = await createModules(platform).sessions.actAs(undefined, 'clerk0', 'test')
    if (clerk === null) throw new Error('no clerk')
    const unitId = accounts[0]?.unitId ?? ''
    const campaignId = await buildCampaign({ database, clock }, clerk, unitId)
    return {
      ownerUrl: platform.ownerUrl,
      place: { campaignId, unitId, finder: { personId: clerk.accountId, name: clerk.personName } },
    }
  } finally {
    await platform.stop()
  }
}

// --- the clients ------------------------------------------------------------------------------------------------------

interface Wanted {
  readonly key: string
  readonly description: string
}

/** What was acknowledged: the id that the answer gave, by key. */
type Acknowledged = Map<string, string>

async function post(path: string, body: unknown, headers: Readonly<Record<string, string>>): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-requested-with': 'bihuan', ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(15_000),
  })
}

async function cookieFor(loginName: string): Promise<string> {
  const answer = await post(logIn.path, { loginName, password }, {})
  return /bihuan_session=[^;]+/.exec(answer.headers.get('set-cookie') ?? '')?.[0] ?? ''
}

/** What the clients may take now. A portion is given out for each kill, so that there are always enough of them to be caught. */
interface Queue {
  readonly wanted: Wanted[]
  allowed: number
}

async function runClient(cookie: string, queue: Queue, done: Acknowledged): Promise<void> {
  while (queue.wanted.length > 0) {
    if (queue.allowed === 0) {
      await pause(20)
      continue
    }
    queue.allowed -= 1
    const next = queue.wanted.pop()
    if (next !== undefined) done.set(next.key, await registerUntilAnswered(next, cookie))
  }
}

async function registerUntilAnswered({ key, description }: Wanted, cookie: string): Promise<string> {
  const body = { details: detailsOf(place, { description }), draft: false }
  for (;;) {
    const answer = await post(registerHazard.path, body, { cookie, 'idempotency-key': key }).catch(() => null)
    if (answer?.status === 200) {
      const read = (await answer.json().catch(() => null)) as { hazard: { id: string } } | null
      if (read !== null) return read.hazard.id
    } else if (answer !== null && answer.status < 500) {
      throw new Error(`${answer.status}: ${await answer.text()}`)
    }
    await pause(100)
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

// --- the kills --------------------------------------------------------------------------------------------------------

/** The embedded cluster's own account: the owner does not see what other roles are at. Waits for a database that comes back. */
async function asSuperuser<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const connectionString = ownerUrl.replace('//bihuan_owner:', '//postgres:')
  for (const deadline = Date.now() + 30_000; ; await pause(100)) {
    const client = new pg.Client({ connectionString, application_name: 'the crash test' })
    client.on('error', () => undefined)
    const away = await client.connect().then(
      () => null,
      (cause: unknown) => cause,
    )
    if (away !== null) {
      if (Date.now() > deadline) throw new Error('the database did not come back', { cause: away })
      continue
    }
    try {
      return await work(client)
    } finally {
      await client.end().catch(() => undefined)
    }
  }
}

/** Requests whose transaction has written and is not committed: their backends hold a transaction id. */
async function openTransactions(client: pg.Client): Promise<number> {
  // Within one transaction the view is looked at once and remembered.
  await client.query('select pg_stat_clear_snapshot()')
  const { rows } = await client.query<{ count: number }>(
    "select count(*)::int as count from pg_stat_activity where application_name = 'bihuan server' and backend_xid is not null",
  )
  return rows[0]?.count ?? 0
}

/** Registrations that wait for the lock, each inside its transaction. */
async function held(client: pg.Client): Promise<number> {
  await client.query('select pg_stat_clear_snapshot()')
  const { rows } = await client.query<{ count: number }>(
    "select count(*)::int as count from pg_stat_activity where application_name = 'bihuan server' and wait_event_type = 'Lock'",
  )
  return rows[0]?.count ?? 0
}

/** Holds the clients in their transactions, lets them go unless `whileHeld`, and kills. Gives how many transactions were open. */
async function killInTheMiddle(queue: Queue, kill: () => Promise<void>, whileHeld: boolean): Promise<number> {
  return asSuperuser(async (client) => {
    await client.query('begin')
    await client.query('select 1 from campaign where id = $1 for update', [place.campaignId])
    // The lock first, then the work: nobody can slip through before it.
    queue.allowed += portion
    const deadline = Date.now() + 90_000
    while ((await held(client)) < clients) {
      if (failure !== undefined || Date.now() > deadline)
        throw new Error('the clients did not come', { cause: failure })
      await pause(5)
    }
    if (!whileHeld) {
      await client.query('commit')
      await pause(Math.random() * 12)
    }
    const open = await openTransactions(client)
    await kill()
    return open
  })
}

async function killServer(): Promise<void> {
  await server.end('SIGKILL')
}

async function killPostmaster(): Promise<void> {
  const pid = Number((await readFile(join(folder, 'postgres/pgdata/postmaster.pid'), 'utf8')).split('\n')[0])
  process.kill(pid, 'SIGKILL')
}

it('keeps every acknowledged registration exactly once, whatever is killed, and when', async () => {
  const wanted = Array.from({ length: registrations }, (_, index): Wanted => ({
    key: randomUUID(),
    description: `通道堆放杂物 ${index}`,
  }))
  const queue: Queue = { wanted: [...wanted], allowed: 0 }
  const done: Acknowledged = new Map()
  const cookies = await Promise.all(Array.from({ length: clients }, (_, index) => cookieFor(`clerk${index}`)))
  const working = Promise.all(cookies.map((cookie) => runClient(cookie, queue, done)))
  // A client that gave up is the reason, not that the others are too few to be caught.
  working.catch((cause: unknown) => (failure = cause))

  const caught = { server: 0, database: 0 }
  for (const whileHeld of rounds) {
    caught.server += await killInTheMiddle(queue, killServer, whileHeld)
    server = await start()
    caught.database += await killInTheMiddle(queue, killPostmaster, whileHeld)
  }
  queue.allowed = registrations
  await working
  expect(caught.server + caught.database).toBeGreaterThanOrEqual(20)
  expect(Math.min(caught.server, caught.database)).toBeGreaterThanOrEqual(clients * 2)

  const stored = await asSuperuser(async (client) => {
    const { rows } = await client.query<{
      id: string
      description: string
      events: number
      facts: number
      entries: number
      keys: number
    }>(
      `select h.id, h.description,
         (select count(*)::int from hazard_event e where e.hazard_id = h.id) as events,
         (select count(*)::int from fact f where f.record_id = h.id and f.measure = 'hazard/found/major/department') as facts,
         (select count(*)::int from audit_entry a where a.object_id = h.id and a.action = 'hazard.register') as entries,
         (select count(*)::int from idempotency_key k where k.answer -> 'hazard' ->> 'id' = h.id::text) as keys
       from hazard h`,
    )
    const { rows: orphans } = await client.query<{ count: number }>(
      `select (select count(*) from fact f where not exists (select 1 from hazard h where h.id = f.record_id))
         + (select count(*) from idempotency_key where answer is null) as count`,
    )
    return { hazards: rows, orphans: Number(orphans[0]?.count) }
  })
  expect(stored.orphans).toBe(0)
  expect(stored.hazards.map((hazard) => hazard.description).sort()).toEqual(
    wanted.map(({ description }) => description).sort(),
  )
  expect(stored.hazards.map(({ events, facts, entries, keys }) => [events, facts, entries, keys])).toEqual(
    Array.from({ length: registrations }, () => [1, 1, 1, 1]),
  )
  const byId = new Map(stored.hazards.map((hazard) => [hazard.id, hazard.description]))
  expect(wanted.map(({ key }) => byId.get(done.get(key) ?? ''))).toEqual(wanted.map(({ description }) => description))

  const said: string[] = []
  const code = await runCommand(['verify'], {
    environment: environment(),
    out: (text) => said.push(text),
    err: (text) => said.push(text),
  })
  expect([code, said.join('')]).toEqual([0, expect.stringContaining(`隐患台账：${registrations} 条，相符`)])
}, 300_000)
