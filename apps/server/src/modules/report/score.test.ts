/** Scores over HTTP: month by month, said line by line, for whoever may see the returns, and as a workbook. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as contracts from '@bihuan/contracts'
import { cellText, readWorkbook } from '@bihuan/office'
import { monthly, returnsOn, type District } from '../../../test/build-returns.js'
import { ask, inTenant, startTestApp, type TestAccount, type TestApp } from '../../../test/builders.js'
import { listActiveSchedules, openSchedule } from './index.js'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp({ now: '2023-06-12T09:00:00+08:00' })
})
afterAll(() => test.stop())

const { act, buildDistrict, file, list, open, page } = returnsOn(() => test)

/**
 * June: the first community in time, sent back once and then accepted, opened again and filed again; the second three days late; the
 * third never. July: nobody yet, and the day has not come.
 */
async function twoMonths(): Promise<{ district: District; scheduleId: string }> {
  test.clock.set(new Date('2023-06-12T09:00:00+08:00'))
  const district = await buildDistrict()
  const [first, second] = district.clerks as [TestAccount, TestAccount]
  const filed = await file(first)
  await act(district.streetClerk, filed, { kind: 'send-back', remarks: [{ cell: null, text: '请核对' }] })
  const again = await file(first)
  const accepted = await act(district.streetClerk, again, { kind: 'accept' })
  await act(district.streetClerk, accepted.body, { kind: 'reopen', reason: '漏报一项' })
  await file(first)
  test.clock.set(new Date('2023-06-19T09:00:00+08:00'))
  await file(second)
  test.clock.set(new Date('2023-07-03T09:00:00+08:00'))
  for (const schedule of await inTenant(test, district.tenant.id, listActiveSchedules)) {
    await openSchedule(test, district.tenant.id, schedule)
  }
  return { district, scheduleId: filed.scheduleId }
}

const scores = (
  account: TestAccount,
  scheduleId: string,
  query: { from?: string; to?: string; limit?: number; after?: string } = {},
) => ask(test, account, contracts.showScores, { params: { scheduleId }, query })

it('say for each unit and month how the score came about', async () => {
  const { district, scheduleId } = await twoMonths()
  const { body, error } = await scores(district.office, scheduleId)
  expect(error).toBeUndefined()
  expect(body.months).toEqual(['2023-06', '2023-07'])
  const found = new Map(body.rows.map((row) => [row.unitName, row]))
  const said = (name: string) =>
    found
      .get(name)
      ?.months.map(({ month, score, returns }) => [
        month,
        score,
        returns.flatMap(({ lines }) => lines.map(({ text }) => text)),
      ])
  expect(said('七桥社区')).toEqual([['2023-06', 90, ['被退回1次，扣5分', '接收后重新开启1次，扣5分']]])
  expect(said('八角社区')).toEqual([['2023-06', 94, ['迟报3天，扣6分']]])
  expect(said('九里社区')).toEqual([['2023-06', 0, ['逾期17天未报，本期计0分']]])
  expect(found.get('九里社区')?.score).toBe(0)
  // What is not due yet is not scored.
  expect(
    (await scores(district.office, scheduleId, { from: '2023-07-01' })).body.rows.map(({ score }) => score),
  ).toEqual([null, null, null, null])
  expect((await scores(district.office, scheduleId, { from: '2023-07-01', to: '2023-06-01' })).error).toMatchObject({
    code: 'score.dates-reversed',
  })
})

it('cost nothing where a later day was allowed', async () => {
  const { district, scheduleId } = await twoMonths()
  const { items } = await list(district.streetClerk, 'received', 'all')
  const overdue = items.find(({ unitName, periodKey }) => unitName === '九里社区' && periodKey === '2023-06')
  const shown = await page(district.streetClerk, overdue?.id ?? '')
  await act(district.streetClerk, shown, { kind: 'excuse', until: '2023-07-05', reason: '汛期抢险' })
  const { body } = await scores(district.office, scheduleId, { to: '2023-06-30' })
  expect(body.rows.find(({ unitName }) => unitName === '九里社区')?.score).toBeNull()
})

it('come page by page, and each sees those of the returns in reach', async () => {
  const { district, scheduleId } = await twoMonths()
  const all = (await scores(district.office, scheduleId)).body.rows.map(({ unitName }) => unitName)
  const paged: string[] = []
  for (let after: string | null = ''; after !== null;) {
    const { body } = await scores(district.office, scheduleId, { limit: 3, after })
    paged.push(...body.rows.map(({ unitName }) => unitName))
    after = body.next
  }
  expect(paged).toEqual(all)
  expect(all).toHaveLength(4)
  const own = await scores(district.clerks[0] as TestAccount, scheduleId)
  expect(own.body.rows.map(({ unitName }) => unitName)).toEqual(['七桥社区'])
  const { district: other } = await twoMonths()
  expect((await scores(other.office, scheduleId)).status).toBe(404)
})

it('are given as a workbook, and that they were is on record', async () => {
  const { district, scheduleId } = await twoMonths()
  const answer = await ask(test, district.office, contracts.exportScores, { params: { scheduleId }, query: {} })
  expect(answer.status).toBe(200)
  const texts: string[][] = []
  for await (const { cells } of readWorkbook(new Uint8Array(answer.bytes))) {
    texts.push(cells.map((cell) => cellText(cell)))
  }
  expect(texts).toContainEqual(['单位', '总分', '2023-06', '2023-07', '扣分说明'])
  expect(texts).toContainEqual(['八角社区', '94', '94', '', '2023年6月：迟报3天，扣6分'])
  const acts = await test.db.asOwner('select 1 from audit_entry where tenant_id = $1 and action = $2', [
    district.tenant.id,
    'score.export',
  ])
  expect(acts).toHaveLength(1)
})

it('of a campaign are those of all its schedules together, on the screen and as a workbook', async () => {
  test.clock.set(new Date('2023-06-12T09:00:00+08:00'))
  const district = await buildDistrict()
  const [first, second] = district.clerks as [TestAccount, TestAccount]
  await file(first)
  const added = await ask(test, district.office, contracts.addSchedule, {
    params: { tableId: district.tableId },
    body: {
      ...monthly,
      title: '每周快报',
      rule: {
        ...monthly.rule,
        cadence: 'weekly',
        due: { kind: 'weekday', weekday: 5, after: 0 },
        firstDay: '2023-06-12',
      },
      respondents: [{ kinds: ['community'], unitIds: [], groups: null }],
    },
  })
  expect(added.error).toBeUndefined()
  await open(district)
  test.clock.set(new Date('2023-06-19T09:00:00+08:00'))
  const params = { campaignId: district.campaignId }
  const { body } = await ask(test, district.office, contracts.showCampaignScores, { params, query: {} })
  expect(body.months).toEqual(['2023-06'])
  const found = new Map(body.rows.map((row) => [row.unitName, row]))
  expect([found.get('七桥社区')?.score, found.get('八角社区')?.score]).toEqual([50, 0])
  const [june] = found.get('七桥社区')?.months ?? []
  expect(june?.returns.map(({ title, score }) => [title, score])).toEqual([
    ['进展情况调度表', 100],
    ['每周快报', 0],
  ])
  const own = await ask(test, second, contracts.showCampaignScores, { params, query: {} })
  expect(own.body.rows.map(({ unitName }) => unitName)).toEqual(['八角社区'])
  const answer = await ask(test, district.office, contracts.exportCampaignScores, { params, query: {} })
  const texts: string[][] = []
  for await (const { cells } of readWorkbook(new Uint8Array(answer.bytes)))
    texts.push(cells.map((cell) => cellText(cell)))
  expect(texts.find(([unit]) => unit === '七桥社区')).toEqual([
    '七桥社区',
    '50',
    '50',
    expect.stringMatching(/^每周快报.+：逾期3天未报，本期计0分$/),
  ])
  const acts = await test.db.asOwner<{ object_id: string }>(
    `select object_id from audit_entry where tenant_id = $1 and action = 'score.export' and object_kind = 'campaign'`,
    [district.tenant.id],
  )
  expect(acts.map(({ object_id: id }) => id)).toEqual([district.campaignId])
  const { district: other } = await twoMonths()
  expect((await ask(test, other.office, contracts.showCampaignScores, { params, query: {} })).status).toBe(404)
})
