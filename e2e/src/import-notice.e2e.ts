/**
 * A notice in Word, to the first return: the street's officer drops the file on the page, goes through what was read beside the text, decides
 * between the two days that it names, starts the campaign; and its communities find the return due on the decided day.
 */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { buildAccount, buildTenant, buildUnit, type TestApp } from '../../apps/server/test/builders.js'
import { phone } from './browser.js'
import { streetsNotice, streetsTable } from './streets-notice.js'
import { visitsTo } from './visits.js'

async function seed(app: TestApp) {
  const tenant = await buildTenant(app, { code: 'qingyu', name: '青榆区' })
  const street = await buildUnit(app, tenant, { kind: 'street', name: '柳荫街道办事处' })
  const community = await buildUnit(app, tenant, { kind: 'community', name: '七桥社区', parentId: street.id })
  return {
    officer: await buildAccount(app, street, 'safety-office', { personName: '叶安' }),
    clerk: await buildAccount(app, community, 'territory-officer', { personName: '林社' }),
  }
}

const visits = visitsTo(seed, { BIHUAN_NOW: '2023-05-23T09:00:00+08:00' })

async function importNotice(page: Page): Promise<void> {
  const file = { name: '柳荫街道通知.docx', mimeType: 'application/octet-stream', buffer: streetsNotice() }
  await page.getByLabel('选择通知文件').setInputFiles(file)
  await page.getByRole('document', { name: '通知原文' }).waitFor()
}

test('a notice becomes a campaign, and its first return falls due on the decided day', async () => {
  const { officer, clerk } = visits.seeded
  const { page } = await visits.open(officer, '/campaigns/new')
  await importNotice(page)
  const side = (kind: string) => page.getByRole('region', { name: kind })
  await side('疑点').getByText('正文要求28日').waitFor()
  await side('报送').getByText(streetsTable).waitFor()

  // A press on the words goes to their item, and the keyboard through the items.
  await page.getByRole('document', { name: '通知原文' }).getByText('各社区居委会每月至少开展1次排查').click()
  const duty = side('职责').locator('[aria-current="true"]')
  await duty.getByText('各社区居委会：排查').waitFor()
  await page.keyboard.press('Enter')
  await side('职责').getByRole('button', { name: '已确认' }).waitFor()

  // What was read wrong is put right where it stands; what is none goes.
  await side('阶段').getByText('总结提升阶段').click()
  await page.keyboard.press('Delete')
  await side('阶段').getByText('总结提升阶段').waitFor({ state: 'detached' })
  await side('报送').getByText(streetsTable).click()
  await page.keyboard.press('F2')
  await side('报送').getByRole('checkbox', { name: '零报告', exact: true }).check()
  await side('报送').getByRole('button', { name: '改好了' }).click()
  await side('报送').getByText('；零报告').waitFor()

  await page.getByRole('button', { name: '建立行动' }).click()
  await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}$/)
  await page.getByRole('button', { name: '1.本表自6月份开始上报，每月1日前上报截至上月末的累计情况。' }).click()
  await page.getByRole('textbox', { name: '裁定的理由' }).first().fill('附件是区里统一制发的表式')
  await page.getByRole('button', { name: '裁定', exact: true }).first().click()
  await page.getByRole('button', { name: '启动行动' }).click()
  await page.getByText('正在按方案设置报送安排').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: '结束行动' }).waitFor()

  await page.goto('/schedules')
  const line = page.getByRole('region', { name: streetsTable })
  await line.getByText('下次到期 2023-06-01').waitFor()
  await line.getByText('理由：附件是区里统一制发的表式').waitFor()
  const clerks = (await visits.open(clerk, '/returns')).page
  const row = clerks.getByRole('row', { name: new RegExp(streetsTable) })
  await expect.poll(() => row.first().innerText(), { timeout: 30_000 }).toContain('2023-06-01')
}, 180_000)

test('on the phone the words stay in sight above the items', async () => {
  const { officer } = visits.seeded
  const { page } = await visits.open(officer, '/campaigns/new', phone)
  await importNotice(page)
  await page.getByRole('region', { name: '职责' }).getByText('各社区居委会：排查').click()
  await expect.poll(() => page.locator('.notice-mark--active').first().isVisible()).toBe(true)
  const beyond = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')
  expect(beyond).toBeLessThanOrEqual(0)
}, 120_000)
