/** Reports in words that go to another server: the document and the scan arrive as they were filed, or the package is refused. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as contracts from '@bihuan/contracts'
import type { ErrorAnswer, NarrativePackage, ReturnPage } from '@bihuan/contracts'
import { headings, narrativesOn, pdf, report } from '../../../test/build-narratives.js'
import { ask, cookieOf, runJobs, startTestApp, type TestAccount, type TestApp } from '../../../test/builders.js'
import { returnsOn, type District } from '../../../test/build-returns.js'
import { verifyDatabase } from '../../platform/audit/verification.js'

let here: TestApp
let there: TestApp
let thereUrl: string
beforeAll(async () => {
  // Each has a secret of its own, and with it a key of its own.
  const environment = { BIHUAN_PRIVATE_RECEIVERS: '127.0.0.1' }
  here = await startTestApp({ environment: { ...environment, BIHUAN_SECRET: 'here' } })
  there = await startTestApp({ environment: { BIHUAN_SECRET: 'there' } })
  thereUrl = await there.app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(async () => {
  await here.stop()
  await there.stop()
})
beforeEach(() => {
  for (const one of [here, there]) one.clock.set(new Date('2023-06-12T09:00:00+08:00'))
})

const own = { ...returnsOn(() => here), ...narrativesOn(() => here) }
const other = { ...returnsOn(() => there), ...narrativesOn(() => there) }
type Side = typeof own

const clerkOf = ({ clerks }: District) => clerks[0] as TestAccount

async function reportOf(side: Side, account: TestAccount, which: 'mine' | 'received' = 'mine'): Promise<ReturnPage> {
  const { items } = await side.list(account, which, 'all')
  const row = items.find(({ narrative, unitName }) => narrative !== null && unitName === '七桥社区')
  if (row === undefined) throw new Error('no report')
  return side.page(account, row.id)
}

interface Both {
  readonly mine: District
  readonly theirs: District
}

/** The same report is asked on both sides, and the other side knows ours as its first community. */
async function buildBoth(asked: Parameters<typeof own.add>[1] = {}): Promise<Both> {
  const [mine, theirs] = [await own.buildDistrict(), await other.buildDistrict()]
  await own.add(mine)
  await other.add(theirs, asked)
  await own.open(mine)
  await other.open(theirs)
  const known = await ask(here, mine.office, contracts.listPackageSenders, {})
  const added = await ask(there, theirs.office, contracts.addPackageSender, {
    body: {
      name: '七桥社区的系统',
      unitId: theirs.communities[0]?.id ?? '',
      publicKey: known.body.ownPublicKey,
      fingerprint: known.body.ownFingerprint,
    },
  })
  expect(added.error).toBeUndefined()
  return { mine, theirs }
}

const scan = pdf(2)

async function fileHere({ mine }: Both, text?: Uint8Array): Promise<ReturnPage> {
  const clerk = clerkOf(mine)
  const one = await own.deliver(clerk, await reportOf(own, clerk), 'editable', [
    ['总结.docx', text ?? (await report())],
  ])
  const two = await own.deliver(clerk, one.body, 'signed-scan', [['签字.pdf', scan]])
  const done = await own.act(clerk, two.body, { kind: 'submit', contentHash: two.body.contentHash })
  expect(done.error).toBeUndefined()
  return done.body
}

async function packageOf({ mine }: Both, { id }: Pick<ReturnPage, 'id'>): Promise<NarrativePackage> {
  const made = await ask(here, clerkOf(mine), contracts.exportPackage, { params: { returnId: id } })
  expect(made.error).toBeUndefined()
  if (made.body.version !== 2) throw new Error('no package of words')
  return made.body
}

/** As it is sent, to the byte. */
async function receive({ theirs }: Both, text: string) {
  const answer = await there.app.inject({
    method: 'POST',
    url: contracts.receivePackage.path,
    headers: {
      'x-requested-with': 'bihuan',
      'content-type': 'application/json',
      cookie: await cookieOf(there, theirs.streetClerk),
    },
    payload: text,
  })
  return { status: answer.statusCode, body: answer.json<{ returnId: string; already: boolean } & ErrorAnswer>() }
}

describe('a report in words', () => {
  it('arrives with its document and its scan as they were filed, once however often it is brought', async () => {
    const both = await buildBoth()
    const text = JSON.stringify(await packageOf(both, await fileHere(both)))
    const first = await receive(both, text)
    expect(first).toMatchObject({ status: 200, body: { already: false } })
    const taken = await reportOf(other, both.theirs.streetClerk, 'received')
    expect(taken).toMatchObject({ id: first.body.returnId, status: 'submitted', findings: [] })
    const deliveries = (taken.content?.asked ?? []).map(({ delivery }) => delivery)
    expect(deliveries.map((one) => one?.files.map(({ name, pages }) => [name, pages]))).toEqual([
      [['总结.docx', null]],
      [['签字.pdf', 2]],
    ])
    const fileId = deliveries[1]?.files[0]?.fileId ?? ''
    const file = await ask(there, both.theirs.streetClerk, contracts.downloadReturnFile, {
      params: { returnId: taken.id, fileId },
    })
    expect(Buffer.from(file.bytes).equals(Buffer.from(scan))).toBe(true)

    expect(await receive(both, text)).toMatchObject({ status: 200, body: { already: true, returnId: taken.id } })
    const again = await reportOf(other, both.theirs.streetClerk, 'received')
    expect([again.version, again.events.length]).toEqual([taken.version, taken.events.length])
    expect(again.content?.earlier).toEqual([])
    const accepted = await other.act(both.theirs.streetClerk, again, { kind: 'accept' })
    expect(accepted.body.status).toBe('accepted')

    await there.platform.sealer.sealNow(both.theirs.tenant.id)
    const of = { of: ({ id }: { id: string }) => id === both.theirs.tenant.id }
    const [verdict] = await verifyDatabase(there.platform, there.modules.verifiers, of)
    expect(verdict?.difference).toBeNull()
  })

  it('is refused when any byte of the package is another', async () => {
    const both = await buildBoth()
    const text = JSON.stringify(await packageOf(both, await fileHere(both)))
    const begins = text.indexOf('"files":[{"sha256"')
    const places = Array.from({ length: 30 }, (_, n) => Math.floor((n * text.length) / 30))
    // The last character of base64 may be spelt in several ways that mean the same bytes.
    const ends = [...text.matchAll(/="\}|[A-Za-z0-9+/]"\}/g)].map(({ index }) => index).filter((at) => at > begins)
    for (const at of [...places, ...ends, begins + 200]) {
      const altered = text.slice(0, at) + (text[at] === 'B' ? 'C' : 'B') + text.slice(at + 1)
      const answer = await receive(both, altered)
      expect([at, answer.status >= 400]).toEqual([at, true])
      expect(answer.body.error.code).toMatch(/^(request\.invalid|package\.(altered|unknown-sender))$/)
    }
    const { files, ...words } = JSON.parse(text) as NarrativePackage
    for (const others of [files.slice(1), [...files, files[0]], [...files].map((one) => ({ ...one, base64: '' }))])
      expect((await receive(both, JSON.stringify({ ...words, files: others }))).body.error.code).toBe('package.altered')
    expect((await reportOf(other, both.theirs.streetClerk, 'received').catch(() => null))?.status ?? 'open').toBe(
      'open',
    )
    expect((await receive(both, text)).body.already).toBe(false)
  })

  it('is refused where more is asked than it says, and where something else is asked', async () => {
    const more = await buildBoth({ mustContain: [...headings, '经费使用情况'] })
    const refused = await receive(more, JSON.stringify(await packageOf(more, await fileHere(more))))
    expect(refused.body.error).toMatchObject({ code: 'package.incomplete' })
    expect(refused.body.error.message).toContain('经费使用情况')

    const both = await buildBoth()
    const made = await packageOf(both, await fileHere(both))
    await there.db.asOwner(
      `update report_return set narrative_version = null where tenant_id = $1 and narrative_version is not null`,
      [both.theirs.tenant.id],
    )
    const other = await receive(both, JSON.stringify(made))
    expect(other.body.error).toMatchObject({ code: 'package.other-kind' })
  })

  it('comes anew after it was sent back, with what was filed before beside it', async () => {
    const both = await buildBoth()
    const filed = await fileHere(both)
    await receive(both, JSON.stringify(await packageOf(both, filed)))
    for (const [side, clerk] of [
      [other, both.theirs.streetClerk],
      [own, both.mine.streetClerk],
    ] as const) {
      const page = await reportOf(side, clerk, 'received')
      const back = await side.act(clerk, page, { kind: 'send-back', remarks: [{ cell: null, text: '写得太笼统' }] })
      expect(back.error).toBeUndefined()
    }
    const better = await report(Object.fromEntries(headings.map((heading) => [heading, `${heading}：共5项。`])))
    await receive(both, JSON.stringify(await packageOf(both, await fileHere(both, better))))
    const taken = await reportOf(other, both.theirs.streetClerk, 'received')
    expect(taken).toMatchObject({ status: 'submitted', timesSentBack: 1 })
    const rounds = await Promise.all(
      [1, 2].map((round) =>
        ask(there, both.theirs.streetClerk, contracts.showFiledReturn, { params: { returnId: taken.id, round } }),
      ),
    )
    const [before, after] = rounds.map(({ body }) => body.deliveries[0]?.files[0]?.sha256)
    expect(before).toMatch(/^[0-9a-f]{64}$/)
    expect(after).not.toBe(before)
  })

  it('goes by itself where its schedule names a receiver outside, and says so where its files are too large', async () => {
    const both = await buildBoth()
    const token = await ask(there, both.theirs.streetClerk, contracts.createToken, {
      body: { name: '七桥社区的系统', permissions: ['return.review', 'table.read'], expiresOn: '2023-12-31' },
    })
    const receiver = await ask(here, both.mine.office, contracts.addPackageReceiver, {
      body: { name: '青榆区的系统', url: thereUrl, token: token.body.token },
    })
    const listed = await ask(here, both.mine.office, contracts.listSchedules, { query: {} })
    const schedule = listed.body.items.find(({ narrative }) => narrative !== null)!
    const { title, rule, respondents, receiverIds, splitSectors, note, version, active } = schedule
    const named = await ask(here, both.mine.office, contracts.changeSchedule, {
      params: { scheduleId: schedule.id },
      body: {
        ...{ title, rule, respondents, receiverIds, splitSectors, note, version, active },
        outsideReceiverIds: [receiver.body.id],
      },
    })
    expect(named.error).toBeUndefined()
    const filed = await fileHere(both)
    await runJobs(here)
    const pushed = async () =>
      (await ask(here, both.mine.office, contracts.listPackagePushes, { query: {} })).body.items[0]
    expect(await pushed()).toMatchObject({ state: 'delivered', returnId: filed.id })
    expect(await reportOf(other, both.theirs.streetClerk, 'received')).toMatchObject({ status: 'submitted' })

    await here.db.asOwner(
      `update return_event set content = jsonb_set(content, '{deliveries,0,files,0,size}', '50000000')
       where return_id = $1 and content is not null`,
      [filed.id],
    )
    const large = await ask(here, clerkOf(both.mine), contracts.exportPackage, { params: { returnId: filed.id } })
    expect([large.status, large.error?.code]).toEqual([413, 'package.too-large'])
    await here.db.asOwner(`update package_push set state = 'refused', package = null where return_id = $1`, [filed.id])
    await ask(here, both.mine.office, contracts.pushAgain, { params: { pushId: (await pushed())?.id ?? '' } })
    await runJobs(here)
    expect(await pushed()).toMatchObject({ state: 'refused', reason: 'not-packed' })
    expect((await pushed())?.sentence).toContain('请把扫描件压缩后重新交')
  })
})
