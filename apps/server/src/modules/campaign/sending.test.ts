/** A campaign goes out: who is to confirm it, who has, who is reminded; those that come later, go, or read an older notice. */
import { cellText, readWorkbook } from '@bihuan/office'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as contracts from '@bihuan/contracts'
import type { QueryOf } from '@bihuan/contracts'
import {
  buildNoticeDistrict,
  noticeText,
  takeNotice,
  type NoticeDistrict,
} from '../../../test/build-notice-campaign.js'
import { ask, buildAccount, buildUnit, startTestApp, type TestAccount, type TestApp } from '../../../test/builders.js'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp({ now: '2023-06-05T09:00:00+08:00', environment: { BIHUAN_LOG: 'error' } })
})
afterAll(() => test.stop())

type Rule = contracts.ReceiverRuleInput
const towns: Rule = { kinds: ['town'], unitIds: [] }
const townsAndFirms: Rule = { kinds: ['town', 'enterprise'], unitIds: [] }

const params = ({ campaign }: NoticeDistrict) => ({ campaignId: campaign.id })

const send = (district: NoticeDistrict, rule: Rule | null, by = district.officer) =>
  ask(test, by, contracts.sendOutCampaign, { params: params(district), body: { rule } })

async function board(
  district: NoticeDistrict,
  by = district.officer,
  query: Partial<QueryOf<typeof contracts.listReceivers>> = {},
): Promise<contracts.ReceiverBoard> {
  const answer = await ask(test, by, contracts.listReceivers, {
    params: params(district),
    query: { limit: 100, ...query },
  })
  expect(answer.error).toBeUndefined()
  return answer.body
}

const states = ({ items }: contracts.ReceiverBoard) =>
  Object.fromEntries(items.map(({ unitName, state }) => [unitName ?? '', state]))

async function page(district: NoticeDistrict, by: TestAccount) {
  return (await ask(test, by, contracts.showCampaign, { params: params(district), query: {} })).body
}

async function confirm(district: NoticeDistrict, by: TestAccount, unitId: string) {
  const { noticeFileId } = await page(district, by)
  return ask(test, by, contracts.confirmCampaign, { params: params(district), body: { unitId, noticeFileId } })
}

const toConfirm = async (by: TestAccount) =>
  (await ask(test, by, contracts.showWorkbench)).body.campaigns?.toConfirm.map(({ isAgain }) => isAgain)

const notices = async (by: TestAccount) =>
  (await ask(test, by, contracts.listNotices, { query: {} })).body.items
    .filter(({ kind }) => kind.startsWith('campaign-'))
    .map(({ kind, link }) => [kind, link])

describe('a campaign that is sent out', () => {
  it('waits in each receiver’s 工作台 with a notice, until somebody there has read and confirmed it, once', async () => {
    const district = await buildNoticeDistrict(test)
    const { campaign, town, clerk, manager, firm, otherTown } = district
    expect(await toConfirm(clerk)).toEqual([])
    const preview = { params: params(district), body: { rule: townsAndFirms } }
    expect((await ask(test, district.officer, contracts.previewSending, preview)).body).toEqual({
      added: 3,
      passed: 0,
      names: expect.arrayContaining(['柳河镇', '槐山镇', '柳河铸造厂']) as string[],
    })
    expect((await send(district, townsAndFirms)).body).toEqual({ added: 3, passed: 0 })
    for (const who of [clerk, manager]) {
      expect(await toConfirm(who)).toEqual([false])
      expect(await notices(who)).toEqual([['campaign-sent', `/campaigns/${campaign.id}`]])
    }
    expect((await page(district, clerk)).receipts).toMatchObject([
      { unitId: town.id, state: 'waiting', confirmedBy: null },
    ])

    const done = await confirm(district, clerk, town.id)
    expect(done.body.receipts).toMatchObject([{ unitId: town.id, state: 'confirmed', confirmedBy: '林槐' }])
    expect(await toConfirm(clerk)).toEqual([])
    // A colleague of the same town finds it done, and by whom.
    const colleague = await buildAccount(test, town, 'territory-officer')
    const twice = await confirm(district, colleague, town.id)
    expect(twice.error).toMatchObject({
      code: 'confirmation.already-exists',
      message: '林槐已在 2023-06-05 确认过，不用再确认。',
    })
    expect(states(await board(district))).toEqual({ 柳河镇: 'confirmed', 槐山镇: 'waiting', 柳河铸造厂: 'waiting' })

    // Nobody confirms for another, and a leader reads and does not confirm.
    expect((await confirm(district, clerk, otherTown.id)).status).toBe(404)
    expect((await confirm(district, clerk, firm.id)).status).toBe(404)
    const leader = await buildAccount(test, otherTown, 'leader')
    expect((await confirm(district, leader, otherTown.id)).status).toBe(403)
    expect(await toConfirm(leader)).toEqual([])
  })

  it('is confirmed by one of two who press at once', async () => {
    const district = await buildNoticeDistrict(test)
    await send(district, towns)
    const colleague = await buildAccount(test, district.town, 'territory-officer')
    const both = await Promise.all([district.clerk, colleague].map((who) => confirm(district, who, district.town.id)))
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    const rows = await test.db.asOwner('select 1 from campaign_confirmation where campaign_id = $1', [
      district.campaign.id,
    ])
    expect(rows).toHaveLength(1)
  })

  it('is sent by whoever manages it, while it runs, and again only to those that do not have it', async () => {
    const district = await buildNoticeDistrict(test)
    expect((await send(district, towns, district.clerk)).status).toBe(403)
    expect((await send(district, towns)).body).toEqual({ added: 2, passed: 0 })
    expect((await send(district, towns)).error?.code).toBe('sending.nobody-new')
    expect((await send(district, townsAndFirms)).body).toEqual({ added: 1, passed: 2 })
    expect((await board(district)).sendings).toMatchObject([
      { number: 2, receivers: 1, kinds: ['town', 'enterprise'], named: 0 },
      { number: 1, receivers: 2, kinds: ['town'], named: 0 },
    ])
    const { version } = await page(district, district.officer)
    const closing = { params: params(district), body: { version, carryOverTo: null } }
    expect((await ask(test, district.officer, contracts.closeCampaign, closing)).error).toBeUndefined()
    expect((await send(district, townsAndFirms)).error?.code).toBe('campaign.closed')
    expect((await confirm(district, district.clerk, district.town.id)).error?.code).toBe('campaign.closed')
  })

  it('reaches a unit that joins later in one act, and waits for none that is dissolved', async () => {
    const district = await buildNoticeDistrict(test)
    await send(district, towns)
    expect((await send(district, null)).error?.code).toBe('sending.nobody-new')
    await buildUnit(test, district.tenant, { kind: 'town', name: '新设镇' })
    expect((await board(district)).later).toBe(1)
    expect((await send(district, null)).body).toEqual({ added: 1, passed: 0 })
    expect((await board(district)).later).toBe(0)
    await test.db.asOwner(`update unit set dissolved_on = '2023-06-05' where id = $1`, [district.otherTown.id])
    const now = await board(district)
    expect(states(now)).toEqual({ 柳河镇: 'waiting', 槐山镇: 'gone', 新设镇: 'waiting' })
    expect(now.summary).toEqual({ waiting: 2, outdated: 0, confirmed: 0, gone: 1 })
    const reminded = { params: params(district), body: { text: '' } }
    expect((await ask(test, district.officer, contracts.remindReceivers, reminded)).body).toEqual({
      reminded: 2,
      passed: 0,
    })
  })

  it('is confirmed anew when its notice is another one, each confirmation with the version that was read', async () => {
    const district = await buildNoticeDistrict(test)
    const { officer, clerk, town, campaign } = district
    await send(district, towns)
    await confirm(district, clerk, town.id)
    const first = campaign.noticeFileId
    const next = (await takeNotice(test, officer, noticeText.replace('每月28日前', '每月25日前'))).fileId
    await test.db.asOwner('update campaign set notice_file_id = $2 where id = $1', [campaign.id, next])
    expect(states(await board(district))).toMatchObject({ 柳河镇: 'outdated', 槐山镇: 'waiting' })
    expect(await toConfirm(clerk)).toEqual([true])
    // Whoever still has the old one open reads the new one first.
    const stale = { params: params(district), body: { unitId: town.id, noticeFileId: first } }
    expect((await ask(test, clerk, contracts.confirmCampaign, stale)).error?.code).toBe(
      'confirmation.changed-meanwhile',
    )
    expect((await confirm(district, clerk, town.id)).error).toBeUndefined()
    expect(await toConfirm(clerk)).toEqual([])
    const kept = await test.db.asOwner<{ notice_file_id: string }>(
      'select notice_file_id from campaign_confirmation where campaign_id = $1 order by confirmed_at, id',
      [campaign.id],
    )
    expect(kept.map((row) => row.notice_file_id)).toEqual([first, next])
  })
})

describe('the board', () => {
  it('reminds those that have not confirmed, each once a day, and nobody else', async () => {
    const district = await buildNoticeDistrict(test)
    const { officer, clerk, manager, town } = district
    await send(district, townsAndFirms)
    await confirm(district, clerk, town.id)
    const remind = () =>
      ask(test, officer, contracts.remindReceivers, { params: params(district), body: { text: '今天下班前确认。' } })
    expect(
      (await ask(test, clerk, contracts.remindReceivers, { params: params(district), body: { text: '' } })).status,
    ).toBe(403)
    expect((await remind()).body).toEqual({ reminded: 2, passed: 0 })
    expect((await remind()).error?.code).toBe('sending.reminded-today')
    expect((await notices(clerk)).map(([kind]) => kind)).toEqual(['campaign-sent'])
    expect((await notices(manager)).map(([kind]) => kind).sort()).toEqual(['campaign-reminder', 'campaign-sent'])
    const { items } = await board(district, officer, { state: 'waiting', side: 'enterprises' })
    expect(items).toMatchObject([
      { unitName: '柳河铸造厂', placeName: '柳河镇', reminders: 1, remindedOn: '2023-06-05' },
    ])
  })

  it('shows a town its own, an enterprise nothing, and comes as a workbook', async () => {
    const district = await buildNoticeDistrict(test)
    await send(district, townsAndFirms)
    const own = await board(district, district.clerk)
    expect(Object.keys(states(own)).sort()).toEqual(['柳河铸造厂', '柳河镇'])
    expect(own.abilities).toMatchObject({ 'send-out': false, remind: false })
    const asked = { params: params(district), query: { limit: 10 } }
    expect((await ask(test, district.manager, contracts.listReceivers, asked)).status).toBe(403)
    const file = await ask(test, district.officer, contracts.exportReceivers, { params: params(district), query: {} })
    expect(file.status).toBe(200)
    const rows: string[][] = []
    for await (const { cells } of readWorkbook(file.bytes)) rows.push(cells.map(cellText))
    const lines = rows.filter((cells) => cells[4] === '未确认').map(([name, kind]) => [name, kind])
    expect(lines.sort()).toEqual([
      ['柳河铸造厂', '企业'],
      ['柳河镇', '镇'],
      ['槐山镇', '镇'],
    ])
  })

  it('of 3,000 receivers is read page by page, each once, and none is left out', async () => {
    const district = await buildNoticeDistrict(test)
    await test.db.asOwner(
      `insert into unit (tenant_id, id, kind, name, label, territory_path, parent_id, exists_from)
       select t.tenant_id, gen_random_uuid(), 'enterprise', '企业' || n, lpad(to_hex(n), 6, '0'), t.territory_path || lpad(to_hex(n), 6, '0') || '/', t.id, '2015-01-01'
       from unit t, generate_series(1, 3000) n where t.id = $1`,
      [district.otherTown.id],
    )
    // What autovacuum does within the minute: plans that were kept while there were five units read all of them for each row.
    await test.db.asOwner('analyze unit')
    expect((await send(district, { kinds: ['enterprise'], unitIds: [] })).body).toEqual({ added: 3001, passed: 0 })
    const seen: string[] = []
    let after: string | null = null
    do {
      const answer: contracts.ReceiverBoard = await board(district, district.officer, {
        limit: 200,
        ...(after === null ? {} : { after }),
      })
      seen.push(...answer.items.map(({ unitId }) => unitId))
      after = answer.next
    } while (after !== null)
    expect(seen).toHaveLength(3001)
    expect(new Set(seen).size).toBe(3001)
    expect((await board(district)).summary.waiting).toBe(3001)
    expect((await board(district, district.officer, { q: '企业2999' })).items).toMatchObject([{ unitName: '企业2999' }])
  })
})
