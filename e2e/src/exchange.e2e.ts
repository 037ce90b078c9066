/** What is set up once and then works by itself: whose packages are taken, and which days are worked. By accessible role. */
import { expect, test } from 'vitest'
import { desk, phone } from './browser.js'
import { seedDistrict } from './district.js'
import { visitsTo } from './visits.js'

const visits = visitsTo(seedDistrict)

test('a sender is known once its fingerprint fits, and can be withdrawn', async () => {
  const visit = await visits.open(visits.seeded.world.safetyOffice, '/packages?part=senders', desk)
  const { page } = visit
  visit.expectStatus(422)
  const own = page.getByRole('region', { name: '本系统的公钥' })
  await own.waitFor()
  const key = (await own.locator('code').textContent()) ?? ''
  const fingerprint = (await own.locator('.fingerprint span').allTextContents()).join(' ')
  expect(fingerprint).toMatch(/^([0-9A-F]{4} ){15}[0-9A-F]{4}$/)
  await page.getByRole('button', { name: '登记发送方' }).click()
  await page.getByLabel('发送方', { exact: true }).fill('柳河街道的系统')
  await page.getByLabel('代表本系统里的哪个单位').fill('柳河街道')
  await page.getByTitle('柳河街道').first().click()
  await page.getByLabel('对方的公钥').fill(key)
  await page.getByLabel('对方念的指纹').fill(fingerprint.replace(/^.{4}/, '0000'))
  await page
    .getByRole('button', { name: /登\s*记/ })
    .last()
    .click()
  await page.getByRole('alert').getByText('指纹与公钥不符').first().waitFor()
  await page.getByLabel('对方念的指纹').fill(fingerprint.toLowerCase().replaceAll(' ', ''))
  await page
    .getByRole('button', { name: /登\s*记/ })
    .last()
    .click()
  const listed = page.getByRole('region', { name: '收谁的数据包' })
  await listed.getByText('代表 柳河街道').waitFor()
  await listed.getByRole('button', { name: /停\s*收/ }).click()
  await page
    .getByRole('tooltip')
    .getByRole('button', { name: /停\s*收/ })
    .click()
  await listed.getByText('已停收').waitFor()
})

test('a notice of holidays is pasted, looked through and entered, and a day taken back on the phone', async () => {
  const who = visits.seeded.systemAdmin
  const { page } = await visits.open(who, '/admin/calendar?year=2035', desk)
  await page.getByRole('button', { name: '粘贴放假通知' }).click()
  await page.getByLabel('放假通知').fill('国庆节：10月1日至7日放假调休，共7天。9月29日上班。')
  await page.getByRole('button', { name: /读\s*取/ }).click()
  await page.getByText('读出 8 天，要登记的 8 天').waitFor()
  await page.getByLabel('文号或理由').fill('国办发明电〔2034〕1号')
  await page.getByRole('button', { name: '登记 8 天' }).click()
  await page.getByText('2035年的安排已公布').waitFor()
  await page.getByRole('button', { name: /^2035-10-03，放假，本辖区登记/ }).waitFor()

  const mobile = await visits.open(who, '/admin/calendar?year=2035', phone)
  await mobile.page.getByRole('button', { name: /^2035-10-03，/ }).click()
  await mobile.page.getByText('照公布的', { exact: true }).click()
  await mobile.page.getByLabel('文号或理由').fill('通知有误')
  await mobile.page.getByRole('button', { name: /^登\s*记$/ }).click()
  await mobile.page.getByRole('button', { name: '2035-10-03，上班', exact: true }).waitFor()
})
