/**
 * The ledger page: 50 rows of a town's subtree in one state, by deadline, with the total up to 10,001, over a million hazards.
 * Compared in one run with the best SQL for the same rows by hand, as a superuser past all row security, and, at 32 clients, with a
 * bare Fastify route that runs that SQL.
 */
import http from 'node:http'
import fastify from 'fastify'
import pg from 'pg'
import { listHazards } from '../../apps/server/src/modules/hazard/index.js'
import { createApp } from '../../apps/server/src/app.js'
import { benchPassword, buildBenchDistrict, hammer, quantile, type BenchDistrict } from './district.js'
import type { Figure } from './figure.js'

export const name = 'ledger-page'
export const setting =
  '1,000,000 hazards in one district (12 towns, 240 enterprises); subtree of a town, state rectifying, by deadline, 50 rows, total; embedded PostgreSQL 18, everything in memory; server, database and load share the cores'

const page = `select h.id, h.code, h.campaign_id, h.subject_id, h.subject_name, h.territory_unit_id, h.sector, h.source, h.grade, h.state, h.found_on, h.deadline,
    h.closed_on, h.listed, h.description, h.version, h.changed_at, t.name as territory_name, a.name as authority_name
  from (select * from hazard where tenant_id = $1 and state = $2 and territory_path >= $3 and territory_path < $4
        order by coalesce(deadline, 'infinity'::date), id limit 51) h
  left join unit t on t.tenant_id = $1 and t.id = h.territory_unit_id
  left join unit a on a.tenant_id = $1 and a.id = h.authority_unit_id
  order by coalesce(h.deadline, 'infinity'::date), h.id`
const count = `select count(*)::int as count from (select 1 from hazard where tenant_id = $1 and state = $2 and territory_path >= $3 and territory_path < $4 limit 10001) c`

export async function run(smoke: boolean): Promise<readonly Figure[]> {
  const district = await buildBenchDistrict(smoke ? 20_000 : 1_000_000)
  try {
    return [...(await oneClient(district, smoke)), ...(await manyClients(district, smoke))]
  } finally {
    await district.stop()
  }
}

async function townPath(district: BenchDistrict): Promise<string> {
  const client = new pg.Client({ connectionString: district.superUrl })
  await client.connect()
  const { rows } = await client.query<{ territory_path: string }>(
    'select territory_path from unit where tenant_id = $1 and id = $2',
    [district.tenantId, district.townIds[3]],
  )
  await client.end()
  return rows[0]?.territory_path ?? ''
}

async function oneClient(district: BenchDistrict, smoke: boolean): Promise<Figure[]> {
  const path = await townPath(district)
  const values = [district.tenantId, 'rectifying', path, `${path.slice(0, -1)}0`]
  const plain = new pg.Client({ connectionString: district.superUrl })
  await plain.connect()
  const actor = await district.modules.sessions.actAs('bench', 'anban', 'bench')
  if (actor === null) throw new Error('no actor')
  const { database, clock } = district.platform
  const query = {
    state: ['rectifying' as const],
    unit: district.townIds[3] ?? '',
    limit: 50,
    sort: 'deadline' as const,
    total: 'yes' as const,
  }
  const raw = async () => {
    await plain.query({ name: 'page', text: page, values })
    await plain.query({ name: 'count', text: count, values })
  }
  const product = async () => {
    const answer = await listHazards(
      actor,
      query,
      (work, narrowing) => database.withScope(actor.reach, work, narrowing),
      clock,
    )
    if (!answer.ok || answer.value.items.length !== 50) throw new Error('not the page')
  }
  const rounds = smoke ? 3 : 120
  const times = { raw: [] as number[], product: [] as number[] }
  for (let round = 0; round < rounds + 10; round++) {
    for (const [kind, work] of [
      ['raw', raw],
      ['product', product],
    ] as const) {
      const start = performance.now()
      await work()
      if (round >= 10) times[kind].push(performance.now() - start)
    }
  }
  await plain.end()
  times.raw.sort((a, b) => a - b)
  times.product.sort((a, b) => a - b)
  const [rawP50, productP50] = [quantile(times.raw, 0.5), quantile(times.product, 0.5)]
  const ratio = productP50 / rawP50
  return [
    {
      what: 'best SQL by hand, page and total, p50 / p99',
      value: `${rawP50.toFixed(2)} / ${quantile(times.raw, 0.99).toFixed(2)} ms`,
    },
    {
      what: 'ledger page in its scope, p50 / p99',
      value: `${productP50.toFixed(2)} / ${quantile(times.product, 0.99).toFixed(2)} ms`,
    },
    { what: 'ratio of the medians', value: `${ratio.toFixed(2)} ×`, limit: '≤ 2 ×', kept: ratio <= 2 },
  ]
}

async function manyClients(district: BenchDistrict, smoke: boolean): Promise<Figure[]> {
  const path = await townPath(district)
  const pool = new pg.Pool({ connectionString: district.superUrl, max: 16 })
  const bare = fastify()
  bare.get('/page', async () => {
    const values = [district.tenantId, 'rectifying', path, `${path.slice(0, -1)}0`]
    const rows = await pool.query({ name: 'page', text: page, values })
    const total = await pool.query<{ count: number }>({ name: 'count', text: count, values })
    return { items: rows.rows.slice(0, 50), total: total.rows[0]?.count }
  })
  await bare.listen({ port: 0, host: '127.0.0.1' })
  const app = await createApp(district.platform, district.modules)
  await app.listen({ port: 0, host: '127.0.0.1' })
  const portOf = (server: http.Server): number => (server.address() as { port: number }).port
  const loggedIn = await app.inject({
    method: 'POST',
    url: '/api/session',
    headers: { 'x-requested-with': 'bihuan' },
    payload: { loginName: 'anban', password: benchPassword },
  })
  const cookie = loggedIn.cookies.map((one) => `${one.name}=${one.value}`).join('; ')
  const agent = new http.Agent({ keepAlive: true, maxSockets: 64 })
  const get = (port: number, url: string) =>
    new Promise<void>((resolve, reject) => {
      http
        .get({ port, host: '127.0.0.1', path: url, agent, headers: { cookie } }, (answer) => {
          answer.resume()
          answer.on('end', () =>
            answer.statusCode === 200 ? resolve() : reject(new Error(`status ${answer.statusCode}`)),
          )
        })
        .on('error', reject)
    })
  const url = `/api/hazards?state=rectifying&unit=${district.townIds[3]}&limit=50`
  const [clients, long] = smoke ? [2, 300] : [32, 5000]
  const rates = { bare: [] as number[], product: [] as number[] }
  let p99 = 0
  for (let round = 0; round < (smoke ? 1 : 3); round++) {
    rates.bare.push((await hammer(clients, long, () => get(portOf(bare.server), '/page'))).perSecond)
    const product = await hammer(clients, long, () => get(portOf(app.server), url))
    rates.product.push(product.perSecond)
    p99 = quantile(product.times, 0.99)
  }
  agent.destroy()
  await app.close()
  await bare.close()
  await pool.end()
  const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
  const [plain, ours] = [median(rates.bare), median(rates.product)]
  const share = ours / plain
  return [
    { what: `bare Fastify route, ${clients} clients`, value: `${plain.toFixed(0)} requests/s` },
    {
      what: `ledger route with log-in, policy and scope, ${clients} clients`,
      value: `${ours.toFixed(0)} requests/s, p99 ${p99.toFixed(0)} ms`,
    },
    { what: 'share of the bare route', value: `${(share * 100).toFixed(0)} %`, limit: '≥ 50 %', kept: share >= 0.5 },
  ]
}
