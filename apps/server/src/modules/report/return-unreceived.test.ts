/** A return that was filed to where nobody may take it: who stands above is told. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as contracts from '@bihuan/contracts'
import { returnsOn, type District } from '../../../test/build-returns.js'
import { ask, buildAccount, runJobs, startTestApp, type TestAccount, type TestApp } from '../../../test/builders.js'
import { openAt } from './index.js'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp({ now: '2023-06-12T09:00:00+08:00' })
})
afterAll(() => test.stop())

const { act, buildDistrict, file } = returnsOn(() => test)

async function morning(day: string): Promise<void> {
  test.clock.set(new Date(`${day}T07:00:00+08:00`))
  await openAt(test.platform, new Date())
  await runJobs(test)
}

/** Their people are gone, all at once. */
async function leave({ tenant }: District, unitIds: readonly string[]): Promise<void> {
  await test.db.asOwner('update role_grant set revoked_at = now() where tenant_id = $1 and unit_id = any($2::uuid[])', [
    tenant.id,
    unitIds,
  ])
}

async function told(account: TestAccount) {
  const { body } = await ask(test, account, contracts.listNotices, { query: {} })
  return body.items.filter(({ kind }) => kind === 'return-unreceived').map(({ text, link }) => ({ text, link }))
}

it('tells the office above, once a period; where nobody is above, those who make accounts and give roles, and nobody else', async () => {
  test.clock.set(new Date('2023-06-12T09:00:00+08:00'))
  const district = await buildDistrict()
  const [first, second, third] = district.clerks as [TestAccount, TestAccount, TestAccount]
  const administrator = await buildAccount(test, district.tenant, 'system-admin')
  const security = await buildAccount(test, district.tenant, 'security-admin')
  const filed = await file(first)
  await act(district.streetClerk, filed, { kind: 'accept' })
  await file(second)
  // Somebody of the street may take it.
  await morning('2023-06-13')
  expect(await told(district.office)).toEqual([])

  await leave(district, [district.street.id])
  await morning('2023-06-14')
  await morning('2023-06-15')
  const word = expect.stringContaining('报给柳荫街道的“进展情况调度表”（2023年6月）有 1 张等待接收') as string
  expect(await told(district.office)).toEqual([
    { text: word, link: `/schedules/${filed.scheduleId}/board?below=${district.street.id}` },
  ])
  expect(await told(administrator)).toEqual([])

  await leave(district, [district.office.unitId])
  await file(third)
  await morning('2023-06-16')
  const both = [{ text: expect.stringContaining('有 2 张等待接收') as string, link: '/admin/accounts' }]
  expect(await told(administrator)).toEqual(both)
  expect(await told(security)).toEqual(both)
  // What is for a unit is no administrator's affair.
  const all = await ask(test, administrator, contracts.listNotices, { query: {} })
  expect(all.body.items.map(({ kind }) => kind)).toEqual(['return-unreceived'])
  expect(await told(first)).toEqual([])
  await ask(test, administrator, contracts.readNotices, { body: { noticeIds: null } })
  const bench = await ask(test, administrator, contracts.showWorkbench, {})
  expect(bench.body.notices.unread.count).toBe(0)
})
