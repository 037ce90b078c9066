import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { createAccount, grantRole } from '../../apps/server/src/modules/identity/index.js'
import {
  buildAccount,
  buildTenant,
  buildUnit,
  inTenant,
  testPassword,
  type TestApp,
} from '../../apps/server/test/builders.js'
import { desk, phone } from './browser.js'
import { visitsTo } from './visits.js'

const firstPassword = 'Chuci-Koule-2023'

async function seed(app: TestApp) {
  const tenant = await buildTenant(app, { code: 'qingyu', name: '青榆区' })
  const town = await buildUnit(app, tenant, { kind: 'town', name: '柳河镇' })
  const officer = await buildAccount(app, town, 'territory-officer', { loginName: 'liuhe', personName: '林青' })
  const locked = await buildAccount(app, town, 'territory-officer', { loginName: 'jia' })
  const by = { tenantId: tenant.id, via: 'maintenance', personName: '测试', address: 'local' } as const
  await inTenant(app, tenant.id, async (handle) => {
    const person = {
      loginName: 'xinren',
      personName: '新人',
      post: null,
      phone: null,
      unitId: town.id,
      password: firstPassword,
      mustChangePassword: true,
    }
    const made = await createAccount(handle, by, person, app.clock)
    if (!made.ok) throw new Error(made.refusal.message)
    await grantRole(handle, by, { accountId: made.value.id, unitId: town.id, role: 'territory-officer' }, app.clock)
  })
  return { officer, locked }
}

const visits = visitsTo(seed, { BIHUAN_LOCK_AFTER: '3' })

async function enter(page: Page, loginName: string, password: string): Promise<void> {
  await page.getByLabel('登录名').fill(loginName)
  await page.getByLabel('口令', { exact: true }).fill(password)
  await page.getByRole('button', { name: '登录' }).click()
}

test('a wrong password is said, and the third one locks the account', async () => {
  const { page, expectStatus } = await visits.open(null, '/login')
  expectStatus(401, 423)
  await enter(page, 'jia', 'cuo-de-koule-1')
  await page.getByRole('alert').getByText('登录名或口令不对').waitFor()
  expect(new URL(page.url()).pathname).toBe('/login')
  for (const again of ['cuo-de-koule-2', 'cuo-de-koule-3']) {
    await Promise.all([page.waitForResponse('**/api/session'), enter(page, 'jia', again)])
  }
  await page.getByRole('alert').getByText('锁定').waitFor()
  // The right one opens it no more.
  await enter(page, 'jia', testPassword)
  await page.getByRole('alert').getByText('锁定').waitFor()
})

test.each([
  ['desk', desk],
  ['phone', phone],
] as const)('whoever is sent to log in comes back to where they were going, on the %s', async (_, size) => {
  const { page, expectStatus } = await visits.open(null, '/hazards?state=closed', size)
  expectStatus(401)
  await page.getByRole('heading', { name: '登录' }).waitFor()
  await enter(page, 'liuhe', testPassword)
  await page.getByRole('heading', { name: '隐患台账' }).waitFor()
  expect(new URL(page.url()).search).toContain('state=closed')
})

test('who logs in for the first time sets a password of their own before anything else', async () => {
  const { page } = await visits.open(null, '/login')
  await enter(page, 'xinren', firstPassword)
  await page.getByRole('heading', { name: '请先设置自己的口令' }).waitFor()
  const submit = page.getByRole('button', { name: '设置口令并进入' })
  await page.getByLabel('现在的口令').fill(firstPassword)
  await page.getByLabel('新口令', { exact: true }).fill('duan')
  expect(await submit.isDisabled()).toBe(true)
  await page.getByLabel('新口令', { exact: true }).fill('Xinde-Koule-77')
  await page.getByLabel('再输一次新口令').fill('Xinde-Koule-77')
  await submit.click()
  await page.getByRole('navigation', { name: '主菜单' }).waitFor()
})

test('logging out ends the session, and its address opens nothing any more', async () => {
  const { page, expectStatus } = await visits.open(visits.seeded.officer, '/account')
  expectStatus(401)
  await page.getByRole('button', { name: '林青，我的账户菜单' }).click()
  await page.getByText('退出登录').click()
  await page.getByRole('heading', { name: '登录' }).waitFor()
  await page.goto('/hazards')
  await page.getByRole('heading', { name: '登录' }).waitFor()
})

test('a session that is ended elsewhere leads back to the log-in page', async () => {
  const here = await visits.open(visits.seeded.officer, '/account')
  const there = await visits.open(visits.seeded.officer, '/hazards')
  there.expectStatus(401)
  await there.page.getByRole('heading', { name: '隐患台账' }).waitFor()
  await here.page.reload()
  const sessions = here.page.locator('.sessions li')
  await sessions.first().waitFor()
  const others = here.page.getByRole('button', { name: '结束', exact: true })
  for (let left = await others.count(); left > 0; left--) {
    await Promise.all([
      here.page.waitForResponse((answer) => answer.request().method() === 'GET' && answer.url().includes('/sessions')),
      others.first().click(),
    ])
  }
  await there.page.getByRole('link', { name: '企业' }).first().click()
  await there.page.getByRole('heading', { name: '登录' }).waitFor()
})
