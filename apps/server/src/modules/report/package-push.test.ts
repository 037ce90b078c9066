/**
 * Two servers: what is filed with the one is filed with the other as well, once, whatever is down in between; and who is not known, or sends
 * what is not theirs, is told so in the sender's own screen.
 */
import { randomBytes } from 'node:crypto'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as contracts from '@bihuan/contracts'
import type { PackagePush, ReturnPackage } from '@bihuan/contracts'
import { returnsOn, type District } from '../../../test/build-returns.js'
import {
  ask,
  buildAccount,
  cookieOf,
  runJobs,
  startTestApp,
  type TestAccount,
  type TestApp,
} from '../../../test/builders.js'
import { verifyDatabase } from '../../platform/audit/verification.js'
import { verdictOf } from './package-push.js'

let here: TestApp
let there: TestApp
let thereUrl: string
beforeAll(async () => {
  // Each has a secret of its own, and with it a key of its own.
  const environment = { BIHUAN_PRIVATE_RECEIVERS: '127.0.0.1, localhost' }
  here = await startTestApp({ environment: { ...environment, BIHUAN_SECRET: 'here' } })
  there = await startTestApp({ environment: { ...environment, BIHUAN_SECRET: 'there' } })
  thereUrl = await there.app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(async () => {
  await here.stop()
  await there.stop()
})
beforeEach(() => {
  for (const one of [here, there]) one.clock.set(new Date('2023-06-12T09:00:00+08:00'))
})

const strangers: Server[] = []
afterEach(async () => {
  for (const server of strangers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})
async function stranger(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  strangers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const own = returnsOn(() => here)
const other = returnsOn(() => there)

/** Two districts with a street each that files the same table, and a credential of the one for the other. */
async function buildBoth(url = thereUrl) {
  const mine = await own.buildDistrict()
  const theirs = await other.buildDistrict()
  const token = await ask(there, theirs.streetClerk, contracts.createToken, {
    body: { name: '柳荫街道的系统', permissions: ['return.review', 'table.read'], expiresOn: '2023-12-31' },
  })
  expect(token.error).toBeUndefined()
  const receiver = await ask(here, mine.office, contracts.addPackageReceiver, {
    body: { name: '青榆区的系统', url, token: token.body.token },
  })
  expect(receiver.error).toBeUndefined()
  const listed = await ask(here, mine.office, contracts.listSchedules, { query: {} })
  const [schedule] = listed.body.items
  const { title, rule, respondents, receiverIds, splitSectors, note, version, active } = schedule!
  const named = await ask(here, mine.office, contracts.changeSchedule, {
    params: { scheduleId: schedule!.id },
    body: {
      ...{ title, rule, respondents, receiverIds, splitSectors, note, version, active },
      outsideReceiverIds: [receiver.body.id],
    },
  })
  expect(named.body.outsideReceivers).toEqual([{ id: receiver.body.id, name: '青榆区的系统' }])
  return { mine, theirs, token: token.body.token, receiver: receiver.body }
}
type Both = Awaited<ReturnType<typeof buildBoth>>

async function introduce({ mine, theirs }: Pick<Both, 'mine' | 'theirs'>, unit = theirs.street) {
  const known = await ask(here, mine.office, contracts.listPackageSenders, {})
  const added = await ask(there, theirs.office, contracts.addPackageSender, {
    body: {
      name: '柳荫街道的系统',
      unitId: unit.id,
      publicKey: known.body.ownPublicKey,
      fingerprint: known.body.ownFingerprint,
    },
  })
  expect(added.error).toBeUndefined()
  return added.body
}

const clerkOf = ({ clerks }: District) => clerks[0] as TestAccount

async function pushes({ mine }: Pick<Both, 'mine'>): Promise<PackagePush[]> {
  const shown = await ask(here, mine.office, contracts.listPackagePushes, { query: {} })
  return shown.body.items
}
async function push(both: Pick<Both, 'mine'>): Promise<PackagePush> {
  const [latest] = await pushes(both)
  if (latest === undefined) throw new Error('nothing was pushed')
  return latest
}

/** The other side's return of the unit that the sender stands for. */
async function arrived({ theirs }: Both) {
  const clerk = clerkOf(theirs)
  return other.page(clerk, (await other.mine(clerk)).id)
}

/** What waits for its next try is due now. */
async function later(): Promise<void> {
  await here.db.asOwner(`update graphile_worker._private_jobs set run_at = now()`)
  await runJobs(here)
}

const again = (account: TestAccount, pushId: string) => ask(here, account, contracts.pushAgain, { params: { pushId } })

describe('a return that is filed', () => {
  it('is filed with the other server too, once, and has their receipt', async () => {
    const both = await buildBoth()
    await introduce(both, both.theirs.communities[0])
    await own.file(clerkOf(both.mine), {})
    expect(await push(both)).toMatchObject({ state: 'queued', round: 1, receiverName: '青榆区的系统' })
    await runJobs(here)
    const delivered = await push(both)
    expect(delivered.sentence).toBeNull()
    const taken = await arrived(both)
    expect(taken).toMatchObject({ status: 'submitted', signatures: [{ name: '七桥社区填报人' }] })
    expect(delivered).toMatchObject({ state: 'delivered', tries: 1, receipt: { returnId: taken.id, already: false } })

    expect(taken.events.filter(({ filed }) => filed)).toHaveLength(1)
    const list = await ask(there, both.theirs.office, contracts.listReceivedPackages, {})
    expect(list.body.items).toMatchObject([{ senderName: '柳荫街道的系统', returnId: taken.id }])
  })

  it('goes again after a lost answer, and is not filed twice there', async () => {
    let answers = 0
    let body: Buffer | null = null
    // Between the two: the first answer of the other side does not come through.
    const between = await stranger((request, response) => {
      const parts: Buffer[] = []
      request.on('data', (part: Buffer) => parts.push(part))
      request.on('end', () => {
        const sent = Buffer.concat(parts)
        // Each try sends the same bytes.
        if (body !== null) expect(sent.equals(body)).toBe(true)
        body = sent
        void fetch(`${thereUrl}${request.url ?? ''}`, {
          method: 'POST',
          headers: {
            authorization: request.headers.authorization ?? '',
            'content-type': 'application/json',
            'content-encoding': 'gzip',
          },
          body: new Uint8Array(sent),
        }).then(async (answer) => {
          const text = await answer.text()
          answers += 1
          if (answers === 1) response.destroy()
          else response.writeHead(answer.status, { 'content-type': 'application/json' }).end(text)
        })
      })
    })
    const both = await buildBoth(between)
    await introduce(both, both.theirs.communities[0])
    await own.file(clerkOf(both.mine))
    await runJobs(here)
    expect(await push(both)).toMatchObject({ state: 'queued', tries: 1, reason: 'ECONNRESET' })
    await later()
    expect(await push(both)).toMatchObject({ state: 'delivered', tries: 2, receipt: { already: true } })
    expect((await arrived(both)).events.filter(({ filed }) => filed)).toHaveLength(1)
  })

  it('is on record once it was taken, by its hash and their receipt, and verify finds what was altered since', async () => {
    const both = await buildBoth()
    await introduce(both, both.theirs.communities[0])
    await own.file(clerkOf(both.mine))
    await runJobs(here)
    const { id, receipt } = await push(both)
    const tenantId = both.mine.tenant.id
    const acts = await here.db.asOwner<{ detail: { push: { id: string; packageHash: string } } }>(
      `select detail from audit_entry where tenant_id = $1 and action = 'package.delivered'`,
      [tenantId],
    )
    expect(acts).toMatchObject([{ detail: { push: { id, packageHash: receipt?.packageHash, receipt } } }])
    const verdict = async () => {
      await here.platform.sealer.sealNow(tenantId)
      const of = (tenant: { id: string }) => tenant.id === tenantId
      const [one] = await verifyDatabase(here.platform, here.modules.verifiers, { of })
      return one?.difference
    }
    expect(await verdict()).toBeNull()
    await here.db.asOwner(`update package_push set package_hash = repeat('0', 64) where tenant_id = $1`, [tenantId])
    expect(await verdict()).toMatchObject({
      subject: '发出的数据包',
      message: expect.stringContaining('数据包的摘要应为') as string,
    })
    await here.db.asOwner(`update package_push set entry_id = null where tenant_id = $1`, [tenantId])
    expect(await verdict()).toMatchObject({ message: expect.stringContaining('不见了') as string })
  })

  it('waits while the other server is down, and goes when it is up', async () => {
    const gone = await stranger(() => undefined)
    const port = Number(new URL(gone).port)
    const [server] = strangers.splice(0)
    server?.closeAllConnections()
    await new Promise((resolve) => server?.close(resolve))
    const both = await buildBoth(gone)
    await introduce(both, both.theirs.communities[0])
    await own.file(clerkOf(both.mine))
    await runJobs(here)
    await later()
    expect(await push(both)).toMatchObject({ state: 'queued', tries: 2, reason: 'ECONNREFUSED' })
    const proxy = createServer((request, response) => {
      const parts: Buffer[] = []
      request.on('data', (part: Buffer) => parts.push(part))
      request.on('end', () => {
        void fetch(`${thereUrl}${request.url ?? ''}`, {
          method: 'POST',
          headers: {
            authorization: request.headers.authorization ?? '',
            'content-type': 'application/json',
            'content-encoding': 'gzip',
          },
          body: new Uint8Array(Buffer.concat(parts)),
        }).then(async (answer) => response.writeHead(answer.status).end(await answer.text()))
      })
    })
    strangers.push(proxy)
    await new Promise<void>((resolve) => proxy.listen(port, '127.0.0.1', resolve))
    await later()
    expect(await push(both)).toMatchObject({ state: 'delivered', tries: 3 })
    expect(await arrived(both)).toMatchObject({ status: 'submitted' })
  })

  it('is given up after a week, and goes again when a person asks for it', async () => {
    const both = await buildBoth('http://127.0.0.1:1')
    await own.file(clerkOf(both.mine))
    await runJobs(here)
    here.clock.set(new Date('2023-06-20T09:00:00+08:00'))
    await later()
    const given = await push(both)
    expect(given).toMatchObject({ state: 'given-up', abilities: { again: true } })
    expect((await again(clerkOf(both.mine), given.id)).body).toMatchObject({ state: 'queued', tries: 0 })
    expect((await again(clerkOf(both.mine), given.id)).error?.code).toBe('package.not-waiting')
    expect((await again(both.mine.clerks[1]!, given.id)).status).toBe(404)
  })

  it('that was sent back goes as its new version, and the one that waited goes no more', async () => {
    const both = await buildBoth('http://127.0.0.1:1')
    const { id } = await own.file(clerkOf(both.mine))
    await runJobs(here)
    const received = await own.page(both.mine.streetClerk, id)
    await own.act(both.mine.streetClerk, received, { kind: 'send-back', remarks: [{ cell: null, text: '请核对' }] })
    await own.file(clerkOf(both.mine))
    expect((await pushes(both)).map(({ round, state }) => [round, state]).sort()).toEqual([
      [1, 'superseded'],
      [2, 'queued'],
    ])
  })
})

describe('a refusal of the other side', () => {
  it('is shown with their sentence, and mended there it is taken', async () => {
    const both = await buildBoth()
    await own.file(clerkOf(both.mine))
    await runJobs(here)
    const refused = await push(both)
    expect(refused).toMatchObject({ state: 'refused', reason: 'package.unknown-sender', receipt: null })
    expect(refused.sentence).toContain('不认识发送方')
    const sender = await introduce(both, both.theirs.communities[0])
    await again(both.mine.office, refused.id)
    await runJobs(here)
    expect(await push(both)).toMatchObject({ state: 'delivered' })

    // Withdrawn, nothing more is taken from it.
    const withdrawn = await ask(there, both.theirs.office, contracts.changePackageSender, {
      params: { senderId: sender.id },
      body: { active: false },
    })
    expect(withdrawn.body).toMatchObject({ active: false })
    await own.file(both.mine.clerks[1]!)
    await runJobs(here)
    expect((await pushes(both)).find(({ unitName }) => unitName === '八角社区')).toMatchObject({
      state: 'refused',
      reason: 'package.unknown-sender',
    })
  })

  it('of a credential that does not count is no loss: with a new one it goes', async () => {
    const both = await buildBoth()
    await introduce(both, both.theirs.communities[0])
    const { id, name, url, version } = both.receiver
    const rotate = (token: string, at: number) =>
      ask(here, both.mine.office, contracts.changePackageReceiver, {
        params: { receiverId: id },
        body: { name, url, version: at, active: true, token },
      })
    await rotate(`bht_${both.mine.tenant.id}.${'x'.repeat(43)}`, version)
    await own.file(clerkOf(both.mine))
    await runJobs(here)
    expect(await push(both)).toMatchObject({ state: 'refused', reason: 'session.not-logged-in' })
    await rotate(both.token, version + 1)
    await again(both.mine.office, (await push(both)).id)
    await runJobs(here)
    expect(await push(both)).toMatchObject({ state: 'delivered' })
  })

  it('meets what was altered on the way', async () => {
    const altering = await stranger((request, response) => {
      const parts: Buffer[] = []
      request.on('data', (part: Buffer) => parts.push(part))
      request.on('end', () => {
        const given = JSON.parse(gunzipSync(Buffer.concat(parts)).toString()) as ReturnPackage
        const [figure] = given.return.figures
        if (figure) figure.text = '999'
        void fetch(`${thereUrl}${request.url ?? ''}`, {
          method: 'POST',
          headers: { authorization: request.headers.authorization ?? '', 'content-type': 'application/json' },
          body: JSON.stringify(given),
        }).then(async (answer) => response.writeHead(answer.status).end(await answer.text()))
      })
    })
    const both = await buildBoth(altering)
    await introduce(both, both.theirs.communities[0])
    await own.file(clerkOf(both.mine))
    await runJobs(here)
    expect(await push(both)).toMatchObject({ state: 'refused', reason: 'package.altered' })
    expect(await arrived(both)).toMatchObject({ status: 'open' })
  })

  it('is told from what passes, and from an answer that is no receipt', () => {
    const said = (status: number, body: unknown) => verdictOf({ ok: true, status, text: JSON.stringify(body) }, 'h1')
    const error = (code: string) => ({ error: { code, message: '句子', requestId: '1' } })
    expect(said(503, error('server.unavailable'))).toMatchObject({ state: 'queued', sentence: '句子' })
    expect(said(429, {})).toMatchObject({ state: 'queued', reason: 'http-429' })
    expect(said(422, error('package.no-return'))).toMatchObject({ state: 'refused', reason: 'package.no-return' })
    expect(said(307, {})).toMatchObject({ state: 'refused', reason: 'http-307' })
    expect(said(200, { hello: 'world' })).toMatchObject({ state: 'refused', reason: 'no-receipt' })
    const receipt = { returnId: 'r', packageHash: 'h2', already: false }
    expect(said(200, receipt)).toMatchObject({ state: 'refused', reason: 'no-receipt' })
    expect(said(200, { ...receipt, packageHash: 'h1' })).toMatchObject({ state: 'delivered' })
    expect(verdictOf({ ok: false, reason: 'address-not-allowed' }, 'h1')).toMatchObject({ state: 'refused' })
    expect(verdictOf({ ok: false, reason: 'ENOTFOUND' }, 'h1')).toMatchObject({ state: 'queued' })
  })
})

describe('a receiver outside', () => {
  const given = { name: '市里的系统', url: 'https://bihuan.example.cn/', token: 'secret-credential' }

  it('keeps its credential to itself: in no answer, no trail, no row, and not for another address', async () => {
    const { office, tenant } = await own.buildDistrict()
    const added = await ask(here, office, contracts.addPackageReceiver, { body: given })
    expect(added.body).toMatchObject({ url: 'https://bihuan.example.cn', active: true, abilities: { change: true } })
    const listed = await ask(here, office, contracts.listPackageReceivers, {})
    const kept = await here.db.asOwner<{ row: string }>(
      `select t::text as row from package_receiver t where tenant_id = $1
       union all select t::text from audit_entry t where tenant_id = $1`,
      [tenant.id],
    )
    expect(JSON.stringify([added.body, listed.body, kept])).not.toContain('secret-credential')
    const moved = await ask(here, office, contracts.changePackageReceiver, {
      params: { receiverId: added.body.id },
      body: { name: given.name, url: 'https://elsewhere.example.cn', version: 1, active: true },
    })
    expect(moved.error?.code).toBe('package.token-wanted')
    const stale = await ask(here, office, contracts.changePackageReceiver, {
      params: { receiverId: added.body.id },
      body: { name: given.name, url: given.url, version: 9, active: true },
    })
    expect(stale.status).toBe(409)
  })

  it.each([
    ['ftp://bihuan.example.cn', 'package.url'],
    ['bihuan.example.cn', 'package.url'],
    ['http://bihuan.example.cn', 'package.url'],
    ['https://user:pa55@bihuan.example.cn', 'package.url'],
    ['https://10.1.2.3', 'package.url'],
    ['https://169.254.169.254', 'package.url'],
    ['https://[::ffff:10.1.2.3]', 'package.url'],
    ['https://2130706433', 'taken'],
    ['http://127.0.0.1:9000', 'taken'],
  ])('at %s: %s', async (url, outcome) => {
    const { office } = await own.buildDistrict()
    const added = await ask(here, office, contracts.addPackageReceiver, { body: { ...given, url } })
    expect(added.error?.code ?? 'taken').toBe(outcome)
  })

  it('is set up by whoever sets up schedules, and named only by who sees it', async () => {
    const mine = await own.buildDistrict()
    const theirs = await own.buildDistrict()
    expect((await ask(here, mine.streetClerk, contracts.addPackageReceiver, { body: given })).status).toBe(403)
    const foreign = await ask(here, theirs.office, contracts.addPackageReceiver, { body: given })
    const listed = await ask(here, mine.office, contracts.listSchedules, { query: {} })
    const { title, rule, respondents, receiverIds, splitSectors, note } = listed.body.items[0]!
    const named = await ask(here, mine.office, contracts.addSchedule, {
      params: { tableId: mine.tableId },
      body: { title, rule, respondents, receiverIds, splitSectors, note, outsideReceiverIds: [foreign.body.id] },
    })
    expect(named.status).toBe(404)
  })
})

describe('the body of a package', () => {
  const bodyOf = async (account: TestAccount, payload: Buffer, headers: Record<string, string> = {}) =>
    there.app.inject({
      method: 'POST',
      url: '/api/packages',
      headers: {
        'x-requested-with': 'bihuan',
        'content-type': 'application/json',
        cookie: await cookieOf(there, account),
        ...headers,
      },
      payload,
    })

  it('may be as large as 50,000 rows of a ledger, compressed or not; inflated past 64 MB it ends there', async () => {
    const { office } = await other.buildDistrict()
    const row = (code: number) => ({
      code: `QY-${code}`,
      subjectName: '企'.repeat(20),
      description: '述'.repeat(250),
      state: 'rectifying',
      foundOn: '2023-06-05',
    })
    const large = { ledger: Array.from({ length: 50_000 }, (_, at) => row(at)), schema: 'bihuan.return-package' }
    const text = Buffer.from(JSON.stringify(large))
    expect(text.length).toBeGreaterThan(40e6)
    // Read to its end and looked at: it is the rest of the package that is missing.
    for (const answer of [
      await bodyOf(office, text),
      await bodyOf(office, gzipSync(text), { 'content-encoding': 'gzip' }),
    ]) {
      expect([answer.statusCode, answer.body.slice(0, 60)]).toEqual([400, expect.stringContaining('request.invalid')])
    }
    const bomb = gzipSync(Buffer.alloc(200e6, ' '))
    expect(bomb.length).toBeLessThan(250_000)
    const answer = await bodyOf(office, bomb, { 'content-encoding': 'gzip' })
    expect(answer.statusCode).toBe(413)
  }, 120_000)

  it('is not read from who may take none, and not in another compression; elsewhere 2 MB are the limit still', async () => {
    const district = await other.buildDistrict()
    const firm = await buildAccount(there, district.communities[0]!, 'system-admin')
    expect((await bodyOf(firm, Buffer.from('{'))).statusCode).toBe(403)
    const packed = await bodyOf(district.office, randomBytes(100), { 'content-encoding': 'br' })
    expect(packed.statusCode).toBe(400)
    const broken = await bodyOf(district.office, randomBytes(100), { 'content-encoding': 'gzip' })
    expect(broken.statusCode).toBe(400)
    const elsewhere = await there.app.inject({
      method: 'POST',
      url: '/api/schedules/preview',
      headers: {
        'x-requested-with': 'bihuan',
        'content-type': 'application/json',
        cookie: await cookieOf(there, district.office),
      },
      payload: Buffer.from(JSON.stringify({ rule: 'x'.repeat(3e6) })),
    })
    expect(elsewhere.statusCode).toBe(413)
  })
})
