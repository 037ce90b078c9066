/**
 * The last day: 300 clients over HTTP, each opening a return of its own, signing it with its password and filing it, again and again for two
 * minutes. None may be lost, none filed twice. A retry of the same request, as a browser would send it, is part of it.
 */
import http from 'node:http'
import { createApp } from '../../apps/server/src/app.js'
import { createAccount, grantRole } from '../../apps/server/src/modules/identity/index.js'
import { listActiveSchedules, openSchedule } from '../../apps/server/src/modules/report/index.js'
import { benchPassword, quantile } from './district.js'
import type { Figure } from './figure.js'
import { addSchedule, buildReturnsDistrict, typeIntoAll, type ReturnsDistrict } from './reporting/returns-district.js'

export const name = 'last-day'
export const setting =
  '300 clients over HTTP for two minutes, each: GET its return (40 cells, 28 typed), POST signature and submission with password (argon2id); one in twenty sends the same request again; server, database and clients share two cores. With a pause of 10 s, as of a person who reads, and without any'

/** Those of the facts first. */
const trades = ['工贸', '消防', '燃气', '建筑施工', '危险化学品', '矿山', '道路运输', '特种设备']

interface Client {
  readonly cookie: string
  readonly returns: string[]
}

export async function run(smoke: boolean): Promise<readonly Figure[]> {
  const clients = smoke ? 4 : 300
  const built = await buildReturnsDistrict({
    villages: clients,
    facts: smoke ? 500 : 100_000,
    monthsFiled: smoke ? 1 : 6,
  })
  try {
    const people = await buildClients(built, clients, smoke ? 4 : 40)
    const app = await createApp(built.district.platform, built.district.modules)
    await app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = app.server.address() as { port: number }
    const seconds = smoke ? 3 : 120
    const figures: Figure[] = []
    for (const [pace, pauseMs] of [
      ['a pause of 10 s between two returns', smoke ? 200 : 10_000],
      ['no pause', 0],
    ] as const) {
      const filed = await hurry(people, port, seconds, pauseMs)
      const counted = await countFiled(built, filed.ids)
      const p99 = quantile(filed.times, 0.99)
      figures.push(
        {
          what: `${clients} clients, ${pace}: signed and filed`,
          value: `${filed.ids.length} in ${seconds} s (${(filed.ids.length / seconds).toFixed(1)} /s), p50 ${quantile(filed.times, 0.5).toFixed(0)} ms`,
        },
        { what: `p99, ${pace}`, value: `${p99.toFixed(0)} ms`, limit: '≤ 2,000 ms', kept: p99 <= 2_000 },
        {
          what: `acknowledged and not there, filed twice, refused, ${pace}`,
          value: `${counted.lost}, ${counted.twice}, ${filed.refused}`,
          limit: '0, 0, 0',
          kept: counted.lost === 0 && counted.twice === 0 && filed.refused === 0,
        },
      )
    }
    await app.close()
    return figures
  } finally {
    await built.stop()
  }
}

/** An account for each village, logged in; its returns sector by sector, so that there are enough of them. */
async function buildClients(built: ReturnsDistrict, count: number, sectors: number): Promise<Client[]> {
  const { district, plain, schedule, tableId } = built
  const { platform, tenantId, modules } = district
  const villages = (
    await plain.query<{ id: string }>(
      `select id from unit where tenant_id = $1 and kind = 'village' order by territory_path limit $2`,
      [tenantId, count],
    )
  ).rows.map(({ id }) => id)
  await addSchedule(plain, tenantId, {
    campaignId: schedule.campaign_id,
    tableId,
    territoryPath: schedule.territory_path,
    boundPath: schedule.bound_path,
    kinds: [],
    unitIds: villages,
    sectors: [...trades, ...Array.from({ length: sectors }, (_, n) => `第${n + 1}行业`)].slice(0, sectors),
  })
  const schedules = await platform.database.withScope({ purpose: 'tenant', tenantId }, listActiveSchedules)
  const split = schedules.find(({ split_sectors }) => split_sectors.length > 0)
  if (split === undefined) throw new Error('no schedule')
  await openSchedule(platform, tenantId, split)
  await typeIntoAll(plain, tenantId, split.id)
  const by = { tenantId, via: 'maintenance', personName: '测试', address: 'local' } as const
  const clients: Client[] = []
  for (const [at, unitId] of villages.entries()) {
    const loginName = `cun${at}`
    await platform.database.withScope({ purpose: 'tenant', tenantId }, async (handle) => {
      const account = await createAccount(
        handle,
        by,
        {
          loginName,
          personName: loginName,
          post: null,
          phone: null,
          unitId,
          password: benchPassword,
          mustChangePassword: false,
        },
        platform.clock,
      )
      if (!account.ok) throw new Error(account.refusal.message)
      await grantRole(handle, by, { accountId: account.value.id, unitId, role: 'territory-officer' }, platform.clock)
    })
    const returns = await plain.query<{ id: string }>(
      'select id from report_return where schedule_id = $1 and unit_id = $2 order by sector',
      [split.id, unitId],
    )
    clients.push({ cookie: await logIn(district, modules, loginName), returns: returns.rows.map(({ id }) => id) })
  }
  await platform.sealer.sealNow(tenantId)
  await plain.query('vacuum analyze')
  return clients
}

async function logIn(
  { platform }: ReturnsDistrict['district'],
  modules: ReturnsDistrict['district']['modules'],
  loginName: string,
) {
  door ??= await createApp(platform, modules)
  const answer = await door.inject({
    method: 'POST',
    url: '/api/session',
    headers: { 'x-requested-with': 'bihuan' },
    payload: { loginName, password: benchPassword },
  })
  if (answer.statusCode !== 200) throw new Error(answer.body)
  return answer.cookies.map((one) => `${one.name}=${one.value}`).join('; ')
}
let door: Awaited<ReturnType<typeof createApp>> | undefined

async function hurry(clients: readonly Client[], port: number, seconds: number, pauseMs: number) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: clients.length + 8 })
  const times: number[] = []
  const ids: string[] = []
  let refused = 0
  const until = performance.now() + seconds * 1000
  await Promise.all(
    clients.map(async (client, at) => {
      // They do not all begin in the same instant, as people do not.
      await pause(((pauseMs || 500) * at) / clients.length)
      for (let turn = 0; performance.now() < until; turn++) {
        const id = client.returns.shift()
        // Filed all it had: it has been quicker than the two minutes.
        if (id === undefined) break
        const seen = await send(agent, port, client.cookie, 'GET', `/api/returns/${id}`)
        const page = JSON.parse(seen.body) as {
          version: number
          wants: string
          contentHash: string
          findings: { key: string; blocking: boolean }[]
        }
        const answers = Object.fromEntries(
          page.findings.filter(({ blocking }) => !blocking).map(({ key }) => [key, '已核实，与台账一致']),
        )
        const body = {
          version: page.version,
          label: page.wants,
          nil: false,
          contentHash: page.contentHash,
          answers,
          password: benchPassword,
          submit: true,
        }
        const key = `${id}-sign`
        const began = performance.now()
        const answer = await send(agent, port, client.cookie, 'POST', `/api/returns/${id}/signatures`, body, key)
        times.push(performance.now() - began)
        if (answer.status === 200) ids.push(id)
        else {
          refused += 1
          if (refused === 1) console.error(answer.status, answer.body.slice(0, 400))
        }
        if (turn % 20 === 19) await send(agent, port, client.cookie, 'POST', `/api/returns/${id}/signatures`, body, key)
        await pause(pauseMs)
      }
    }),
  )
  agent.destroy()
  return { times: times.sort((a, b) => a - b), ids, refused }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

async function countFiled(
  { plain }: ReturnsDistrict,
  ids: readonly string[],
): Promise<{ lost: number; twice: number }> {
  const { rows } = await plain.query<{ lost: string; twice: string }>(
    `select count(*) filter (where filed = 0) as lost, count(*) filter (where filed > 1) as twice from (
       select n.id, (select count(*) from return_event e join audit_entry a on a.tenant_id = e.tenant_id and a.id = e.entry_id
         where e.return_id = n.id and e.kind = 'submit') as filed
       from unnest($1::uuid[]) as n (id)) counted`,
    [ids],
  )
  return { lost: Number(rows[0]?.lost), twice: Number(rows[0]?.twice) }
}

function send(
  agent: http.Agent,
  port: number,
  cookie: string,
  method: 'GET' | 'POST',
  path: string,
  body?: object,
  key?: string,
): Promise<{ status: number; body: string }> {
  const text = body === undefined ? '' : JSON.stringify(body)
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        port,
        host: '127.0.0.1',
        method,
        path,
        agent,
        headers: {
          cookie,
          'x-requested-with': 'bihuan',
          ...(key === undefined ? {} : { 'idempotency-key': key }),
          ...(body === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
        },
      },
      (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8') }))
      },
    )
    request.on('error', reject)
    request.end(text)
  })
}
