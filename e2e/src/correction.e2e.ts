/** The notice is printed again: what it changes stands beside its text, what is accepted is taken over, and the campaign tells of it. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { buildAccount, buildTenant, buildUnit, type TestApp } from '../../apps/server/test/builders.js'
import { phone } from './browser.js'
import { streetsNotice, type StreetsWords } from './streets-notice.js'
import { visitsTo } from './visits.js'

async function seed(app: TestApp) {
  const tenant = await buildTenant(app, { code: 'qingyu', name: '青榆区' })
  const street = await buildUnit(app, tenant, { kind: 'street', name: '柳荫街道办事处' })
  await buildUnit(app, tenant, { kind: 'community', name: '七桥社区', parentId: street.id })
  return { officer: await buildAccount(app, street, 'safety-office', { personName: '叶安' }) }
}

const visits = visitsTo(seed, { BIHUAN_NOW: '2023-05-23T09:00:00+08:00' })

async function importNotice(page: Page, words: StreetsWords = {}): Promise<void> {
  const buffer = streetsNotice(words)
  const file = { name: '柳荫街道通知（更正）.docx', mimeType: 'application/octet-stream', buffer }
  await page.getByLabel('选择通知文件').setInputFiles(file)
  await page.getByRole('document', { name: '通知原文' }).waitFor()
}

const corrected: StreetsWords = {
  until: '12月10日',
  more: ['（二）强化现场管控。', '各社区居委会每季度至少开展1次应急演练。'],
}

test('only what is accepted of a corrected notice is taken over', async () => {
  const { page } = await visits.open(visits.seeded.officer, '/campaigns/new')
  await importNotice(page)
  await page.getByRole('button', { name: '建立行动' }).click()
  await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}$/)
  await page.getByRole('button', { name: '更正通知' }).click()
  await importNotice(page, corrected)
  const side = (part: string) => page.getByRole('region', { name: part })
  const phase = side('阶段').getByRole('group', { name: '排查整治阶段' })
  await phase.getByText('2023-11-30').waitFor()
  await phase.getByText('2023-12-10').waitFor()
  // A press on the words goes to what they changed; the keyboard turns it off.
  await page.getByRole('document', { name: '通知原文' }).getByText('每季度至少开展1次应急演练').click()
  const drill = side('职责').locator('[aria-current="true"]')
  await drill.getByText('各社区居委会：应急演练').waitFor()
  await page.keyboard.press('Enter')
  await expect.poll(() => drill.getByRole('checkbox').isChecked()).toBe(false)
  await page.getByRole('textbox', { name: '更正的原因' }).fill('街道重新印发')
  await page.getByRole('button', { name: '应用 1 项改动' }).click()

  await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}#corrections$/)
  const history = page.getByRole('region', { name: '通知的更正' })
  await history.getByText('街道重新印发').click()
  await history.getByText('阶段 修改：排查整治阶段').waitFor()
  await history.getByText('职责 新增：各社区居委会：应急演练（没有应用）').waitFor()
  // Against the corrected text the same notice says nothing new.
  await page.getByRole('button', { name: '更正通知' }).click()
  await importNotice(page, corrected)
  await page.getByText('没有读出改动').waitFor()
}, 180_000)

test('what was misread of a corrected notice is put right before it is taken over', async () => {
  const { page } = await visits.open(visits.seeded.officer, '/campaigns/new')
  await importNotice(page)
  await page.getByRole('button', { name: '建立行动' }).click()
  await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}$/)
  await page.getByRole('button', { name: '更正通知' }).click()
  await importNotice(page, corrected)
  const side = (part: string) => page.getByRole('region', { name: part })
  const drill = side('职责').getByRole('group', { name: '各社区居委会：应急演练' })
  await drill.getByRole('button', { name: '读错了，改' }).click()
  await drill.getByRole('textbox', { name: '做什么' }).fill('消防疏散演练')
  await drill.getByRole('button', { name: '改好了' }).click()
  await side('职责').getByRole('group', { name: '各社区居委会：消防疏散演练' }).waitFor()
  await page.getByRole('button', { name: '加阶段' }).click()
  await page.getByRole('textbox', { name: '阶段名称' }).fill('回头看阶段')
  await page.getByRole('button', { name: '改好了' }).click()
  await side('阶段').getByRole('group', { name: '回头看阶段' }).getByText('新增').waitFor()
  await page.getByRole('textbox', { name: '更正的原因' }).fill('街道重新印发')
  await page.getByRole('button', { name: /应用 \d+ 项改动/ }).click()
  await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}#corrections$/)
  await page.getByRole('list', { name: '职责' }).getByText('消防疏散演练').waitFor()
  await page.getByText('回头看阶段').first().waitFor()
}, 180_000)

test('on the phone the changes can be gone through, and nothing stands beyond the edge', async () => {
  const { page } = await visits.open(visits.seeded.officer, '/campaigns', phone)
  await page
    .getByRole('link', { name: /重大事故隐患排查整治行动/ })
    .first()
    .click()
  await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}/)
  await page.goto(`${page.url().split('#')[0] ?? ''}/correction`)
  await importNotice(page, { until: '11月20日' })
  await page.getByRole('button', { name: /应用 \d+ 项改动/ }).waitFor()
  const beyond = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')
  expect(beyond).toBeLessThanOrEqual(0)
}, 120_000)
