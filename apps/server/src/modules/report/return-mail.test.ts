/** Reminders by mail: to whoever confirmed an address and wants them, once each, again after a failure, and never when they may have arrived. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as contracts from '@bihuan/contracts'
import { returnsOn, type District } from '../../../test/build-returns.js'
import { ask, buildAccount, runJobs, startTestApp, type TestAccount, type TestApp } from '../../../test/builders.js'
import { headersOf, partsOf, startMailServer, type TakenMail, type TestMailServer } from '../../../test/mail-server.js'
import { openAt } from './index.js'

let test: TestApp
let server: TestMailServer

beforeAll(async () => {
  server = await startMailServer({ hideSTARTTLS: true, allowInsecureAuth: true })
  test = await startTestApp({
    environment: {
      BIHUAN_SMTP_URL: `smtp://bihuan:pa55@127.0.0.1:${server.port}`,
      BIHUAN_MAIL_FROM: 'bihuan@example.cn',
      BIHUAN_PUBLIC_URL: 'https://bihuan.example.cn/',
    },
  })
})
afterAll(async () => {
  await test.stop()
  await server.stop()
})
beforeEach(async () => {
  // A morning comes for every district that was built before, too.
  await test.db.asOwner('update mail_address set address = null')
  server.taken.length = 0
  server.answers = {}
  test.clock.set(new Date('2023-06-12T09:00:00+08:00'))
})

const { buildDistrict, file, page, act, mine } = returnsOn(() => test)

const subjectOf = (mail: TakenMail | undefined) =>
  mail === undefined ? undefined : Object.fromEntries(headersOf(mail))['subject']
const codeIn = (mail: TakenMail | undefined) => /\d{6}/.exec(subjectOf(mail) ?? '')?.[0] ?? ''

/** The whole way: named, the code read in the mailbox, and confirmed. */
async function giveMail(account: TestAccount, address: string) {
  const asked = await ask(test, account, contracts.askMailCode, { body: { address } })
  expect(asked.error).toBeUndefined()
  await runJobs(test)
  const sent = server.taken.filter(({ to }) => to.includes(address)).at(-1)
  const confirmed = await ask(test, account, contracts.confirmMail, { body: { code: codeIn(sent) } })
  expect(confirmed.body).toMatchObject({ address, asked: null })
  server.taken.length = 0
}

async function morning(day: string): Promise<void> {
  test.clock.set(new Date(`${day}T07:00:00+08:00`))
  await openAt(test.platform, new Date())
  await runJobs(test)
}

async function sendAgain({ tenant }: Pick<District, 'tenant'>): Promise<void> {
  await test.db.asOwner(`select graphile_worker.add_job('notice.mail', json_build_object('tenantId', $1::text))`, [
    tenant.id,
  ])
  await runJobs(test)
}

const states = async ({ tenant }: Pick<District, 'tenant'>) => {
  const rows = await test.db.asOwner<{ state: string; reason: string | null; count: number }>(
    'select state, reason, count(*)::int as count from mail_delivery where tenant_id = $1 group by 1, 2 order by 1, 2',
    [tenant.id],
  )
  return rows.map(({ state, reason, count }) => [state, reason, count])
}

let numbers = 0
async function withMail() {
  const district = await buildDistrict()
  const [clerk] = district.clerks as [TestAccount, ...TestAccount[]]
  numbers += 1
  const address = `clerk${numbers}@example.cn`
  await giveMail(clerk, address)
  return { ...district, clerk, address }
}

describe('a reminder', () => {
  it('goes to the mailbox of whoever it is for, once, with a link, and to nobody else', async () => {
    const district = await withMail()
    await morning('2023-06-13')
    expect(server.taken.map(({ to }) => to)).toEqual([[district.address]])
    const [mail] = server.taken
    expect(subjectOf(mail)).toBe('【闭环】进展情况调度表（七桥社区，2023年6月） 2023-06-16 到期，请核对后签名上报。')
    const { id } = await mine(district.clerk)
    expect(partsOf(mail!).text).toContain(`https://bihuan.example.cn/returns/${id}`)
    await morning('2023-06-13')
    await sendAgain(district)
    expect(server.taken).toHaveLength(1)
    expect(await states(district)).toEqual([['sent', null, 1]])
  })

  it('that is past goes to the superior too, together with the others that are', async () => {
    const district = await buildDistrict()
    await giveMail(district.streetHead, 'head@example.cn')
    await morning('2023-06-19')
    expect(server.taken).toHaveLength(1)
    expect(subjectOf(server.taken[0])).toBe('【闭环】4条提醒')
    expect(partsOf(server.taken[0]!).text.match(/已过期/g)).toHaveLength(4)
  })

  it('reaches the office that works for the unit, and not who left it or may not see returns', async () => {
    const district = await buildDistrict()
    await giveMail(district.office, 'office@example.cn')
    const gone = await buildAccount(test, district.street, 'territory-officer')
    const administrator = await buildAccount(test, district.street, 'system-admin')
    await giveMail(gone, 'gone@example.cn')
    await giveMail(administrator, 'administrator@example.cn')
    await test.db.asOwner(`update account set status = 'disabled' where id = $1`, [gone.id])
    await morning('2023-06-19')
    // The street's own return goes to the district, which the office works for.
    expect(server.taken.map(({ to }) => to)).toEqual([['office@example.cn']])
  })

  it('of a kind that the reader does not want stays in the product', async () => {
    const district = await withMail()
    const shown = await ask(test, district.clerk, contracts.showMyMail, {})
    const wanted = shown.body.kinds.map(({ kind }) => kind).filter((kind) => kind !== 'return-due')
    const chosen = await ask(test, district.clerk, contracts.chooseMailKinds, { body: { wanted } })
    expect(chosen.body.kinds.filter((one) => !one.wanted).map(({ kind }) => kind)).toEqual(['return-due'])
    await morning('2023-06-13')
    expect(server.taken).toEqual([])
    await morning('2023-06-19')
    expect(server.taken).toHaveLength(1)
  })

  it('that a receiver sends back is told of to the respondent', async () => {
    const district = await withMail()
    const { id } = await file(district.clerk)
    const received = await page(district.streetClerk, id)
    await act(district.streetClerk, received, { kind: 'send-back', remarks: [{ cell: null, text: '请核对' }] })
    await runJobs(test)
    expect(subjectOf(server.taken[0])).toContain('被退回，有 1 处意见')
    await runJobs(test)
    expect(server.taken).toHaveLength(1)
  })
})

describe('a mail that did not arrive', () => {
  it('for now is tried again, and then not any more', async () => {
    const district = await withMail()
    server.answers = { data: 451 }
    await expect(morning('2023-06-13')).rejects.toThrow('smtp-451')
    expect(await states(district)).toEqual([['waiting', 'smtp-451', 1]])
    server.answers = {}
    await sendAgain(district)
    await sendAgain(district)
    expect(server.taken).toHaveLength(1)
    expect(await states(district)).toEqual([['sent', null, 1]])
  })

  it('because the server is away or refuses the password waits, and why is known', async () => {
    const district = await withMail()
    server.answers = { auth: 454 }
    await expect(morning('2023-06-13')).rejects.toThrow('smtp-454')
    expect(await states(district)).toEqual([['waiting', 'smtp-454', 1]])
    const kept = await test.db.asOwner<{ last_error: string }>(
      `select coalesce(last_error, '') || payload::text as last_error from graphile_worker._private_jobs`,
    )
    expect(JSON.stringify(kept)).not.toMatch(/pa55|example\.cn|127\.0\.0\.1/)
    server.answers = {}
    await sendAgain(district)
    expect(await states(district)).toEqual([['sent', null, 1]])
  })

  it('for good is not tried again; one reader’s refusal is nobody else’s', async () => {
    const district = await withMail()
    const colleague = await buildAccount(test, district.communities[0]!, 'territory-officer')
    await giveMail(colleague, 'colleague@example.cn')
    server.answers = { to: (address) => (address === district.address ? 550 : undefined) }
    await morning('2023-06-13')
    server.answers = {}
    await sendAgain(district)
    expect(server.taken.map(({ to }) => to)).toEqual([['colleague@example.cn']])
    expect(await states(district)).toEqual([
      ['refused', 'smtp-550', 1],
      ['sent', null, 1],
    ])
  })

  it('as far as anybody knows is not sent a second time, nor when its sender was stopped', async () => {
    const district = await withMail()
    server.answers = { hangUp: true }
    await morning('2023-06-13')
    server.answers = {}
    await sendAgain(district)
    expect(await states(district)).toMatchObject([['unknown', expect.stringMatching(/^E/), 1]])
    await test.db.asOwner(
      `update mail_delivery set state = 'sending', since = now() - interval '1 hour' where tenant_id = $1`,
      [district.tenant.id],
    )
    await sendAgain(district)
    expect(server.taken).toEqual([])
    expect(await states(district)).toMatchObject([['unknown', expect.anything(), 1]])
  })

  it('is shown to the system administrator of the district, with the address masked, and to nobody else', async () => {
    const district = await withMail()
    server.answers = { to: () => 550 }
    await morning('2023-06-13')
    const administrator = await buildAccount(test, district.tenant, 'system-admin')
    const shown = await ask(test, administrator, contracts.listMailDeliveries, { query: {} })
    expect(shown.body).toMatchObject({
      server: { host: '127.0.0.1', from: 'bihuan@example.cn' },
      counts: { refused: 1 },
      items: [{ state: 'refused', reason: 'smtp-550', address: 'c****@example.cn', unitName: '七桥社区', tries: 1 }],
    })
    expect(JSON.stringify(shown.body)).not.toMatch(/pa55|clerk\d/)
    expect(shown.body.items[0]?.abilities).toEqual({ again: true })
    const elsewhere = await buildAccount(test, district.communities[1]!, 'system-admin')
    expect((await ask(test, elsewhere, contracts.listMailDeliveries, { query: {} })).body.items).toEqual([])
    const refused = await ask(test, district.office, contracts.listMailDeliveries, { query: {} })
    expect(refused.status).toBe(403)
  })
})

describe('a mail that did not leave', () => {
  const again = (account: TestAccount, { noticeId, accountId }: { noticeId: string; accountId: string }) =>
    ask(test, account, contracts.sendMailAgain, { params: { noticeId, accountId } })

  it('is sent again once its administrator says so, refused ones and those that may have arrived; and nothing twice', async () => {
    const district = await withMail()
    const administrator = await buildAccount(test, district.tenant, 'system-admin')
    const only = async () => {
      const { body } = await ask(test, administrator, contracts.listMailDeliveries, { query: { show: 'all' } })
      const [row] = body.items
      if (row === undefined || body.items.length > 1) throw new Error('one mail')
      return row
    }
    server.answers = { to: () => 550 }
    await morning('2023-06-13')
    // Long ago: as if it had come into the queue just now.
    await test.db.asOwner(`update mail_delivery set queued_at = now() - interval '3 days' where tenant_id = $1`, [
      district.tenant.id,
    ])
    const row = await only()
    const elsewhere = await buildAccount(test, district.communities[1]!, 'system-admin')
    expect((await again(elsewhere, row)).status).toBe(404)
    expect((await again(district.office, row)).status).toBe(403)

    server.answers = { hangUp: true }
    expect((await again(administrator, row)).body).toMatchObject({ state: 'waiting', reason: null })
    await runJobs(test)
    expect(await only()).toMatchObject({ state: 'unknown', tries: 2, abilities: { again: true } })

    server.answers = {}
    expect((await again(administrator, row)).error).toBeUndefined()
    await runJobs(test)
    expect(server.taken).toHaveLength(1)
    expect(await only()).toMatchObject({ state: 'sent', tries: 3, abilities: { again: false } })
    expect((await again(administrator, row)).error).toMatchObject({ code: 'mail.not-again' })
    const acts = await test.db.asOwner<{ before: { state: string } }>(
      `select before from audit_entry where tenant_id = $1 and action = 'mail.send-again' order by id`,
      [district.tenant.id],
    )
    expect(acts.map(({ before }) => before.state)).toEqual(['refused', 'unknown'])
  })

  it('is not sent to a reader who took the address back or wishes none of the kind', async () => {
    const district = await withMail()
    const administrator = await buildAccount(test, district.tenant, 'system-admin')
    server.answers = { to: () => 550 }
    await morning('2023-06-13')
    await ask(test, district.clerk, contracts.removeMail, {})
    const { body } = await ask(test, administrator, contracts.listMailDeliveries, { query: {} })
    const [row] = body.items
    expect(row).toMatchObject({ state: 'refused', address: null, abilities: { again: false } })
    expect((await again(administrator, row!)).error).toMatchObject({ code: 'mail.not-again' })
  })
})

describe('an address', () => {
  it('is not written to before the code that was sent there is given back', async () => {
    const district = await buildDistrict()
    const [clerk] = district.clerks as [TestAccount]
    const asked = await ask(test, clerk, contracts.askMailCode, { body: { address: 'lin@example.cn' } })
    expect(asked.body).toMatchObject({ address: null, asked: { address: 'lin@example.cn', state: 'waiting' } })
    await runJobs(test)
    const code = codeIn(server.taken[0])
    const wrong = code === '000000' ? '000001' : '000000'
    expect((await ask(test, clerk, contracts.confirmMail, { body: { code: wrong } })).error?.code).toBe(
      'mail.wrong-code',
    )
    await morning('2023-06-13')
    expect(server.taken).toHaveLength(1)
    test.clock.set(new Date('2023-06-12T09:10:00+08:00'))
    expect((await ask(test, clerk, contracts.confirmMail, { body: { code } })).body.address).toBe('lin@example.cn')
  })

  it('is not found out by trying codes, and a code runs out', async () => {
    const district = await buildDistrict()
    const [clerk, other] = district.clerks as [TestAccount, TestAccount]
    await ask(test, clerk, contracts.askMailCode, { body: { address: 'lin@example.cn' } })
    await runJobs(test)
    const code = codeIn(server.taken.at(-1))
    // Nobody else's code.
    await ask(test, other, contracts.askMailCode, { body: { address: 'lin@example.cn' } })
    expect((await ask(test, other, contracts.confirmMail, { body: { code } })).error?.code).toBe('mail.wrong-code')
    for (let at = 0; at < 5; at++) {
      await ask(test, clerk, contracts.confirmMail, {
        body: { code: String((Number(code) + 1 + at) % 1e6).padStart(6, '0') },
      })
    }
    expect((await ask(test, clerk, contracts.confirmMail, { body: { code } })).error?.code).toBe('mail.code-used-up')
    test.clock.set(new Date('2023-06-12T09:02:00+08:00'))
    await ask(test, clerk, contracts.askMailCode, { body: { address: 'lin@example.cn' } })
    await runJobs(test)
    test.clock.set(new Date('2023-06-12T09:33:00+08:00'))
    const late = await ask(test, clerk, contracts.confirmMail, { body: { code: codeIn(server.taken.at(-1)) } })
    expect(late.error?.code).toBe('mail.code-expired')
  })

  it('is not filled with codes by somebody who types it again and again', async () => {
    const district = await buildDistrict()
    const [clerk] = district.clerks as [TestAccount]
    const again = () => ask(test, clerk, contracts.askMailCode, { body: { address: 'lin@example.cn' } })
    expect((await again()).error).toBeUndefined()
    expect((await again()).error).toMatchObject({ code: 'mail.too-many' })
    for (let minute = 2; minute < 9; minute++) {
      test.clock.set(new Date(`2023-06-12T09:0${minute}:00+08:00`))
      expect((await again()).error).toBeUndefined()
    }
    test.clock.set(new Date('2023-06-12T12:00:00+08:00'))
    expect((await again()).error).toMatchObject({ code: 'mail.too-many' })
  })

  it('that holds a header or a list is refused, and one that was taken back is not written to', async () => {
    const district = await withMail()
    for (const address of ['a@example.cn\r\nBcc: b@example.cn', 'a@example.cn, b@example.cn', '安办 <a@example.cn>']) {
      const refused = await ask(test, district.clerk, contracts.askMailCode, { body: { address } })
      expect(refused.error?.code).toBe('mail.address')
    }
    expect((await ask(test, district.clerk, contracts.removeMail, {})).body.address).toBeNull()
    await morning('2023-06-13')
    expect(server.taken).toEqual([])
  })

  it('stands in the trail masked, and its code nowhere', async () => {
    const district = await withMail()
    const kept = await test.db.asOwner<{ text: string }>(
      `select coalesce(after::text, '') as text from audit_entry where tenant_id = $1 and action like 'account.%mail%'`,
      [district.tenant.id],
    )
    expect(kept.length).toBe(2)
    expect(JSON.stringify(kept)).toContain('c****@example.cn')
    expect(JSON.stringify(kept)).not.toContain(district.address)
  })
})
