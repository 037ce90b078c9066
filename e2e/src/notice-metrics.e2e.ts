/** The figures of an imported table: bound to what the records give, offered where that is likely, and decided beside the text. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { buildAccount, buildTenant, buildUnit, type TestApp } from '../../apps/server/test/builders.js'
import { phone } from './browser.js'
import { choose } from './fields.js'
import { streetsNotice, streetsTable } from './streets-notice.js'
import { visitsTo } from './visits.js'

async function seed(app: TestApp) {
  const tenant = await buildTenant(app, { code: 'qingyu', name: '青榆区' })
  const street = await buildUnit(app, tenant, { kind: 'street', name: '柳荫街道办事处' })
  await buildUnit(app, tenant, { kind: 'community', name: '七桥社区', parentId: street.id })
  return { officer: await buildAccount(app, street, 'safety-office', { personName: '叶安' }) }
}

const visits = visitsTo(seed, { BIHUAN_NOW: '2023-05-23T09:00:00+08:00' })

const rows = [
  ['政府挂牌', '5', '挂牌督办（个）', '', '6', '行政处罚（次）', ''],
  ['', '7', '是否开设专栏', '', '8', '约谈企业（家）', ''],
]

async function importNotice(page: Page, more: readonly (readonly string[])[] = rows): Promise<void> {
  const buffer = streetsNotice({ rows: more })
  const file = { name: '柳荫街道通知.docx', mimeType: 'application/octet-stream', buffer }
  await page.getByLabel('选择通知文件').setInputFiles(file)
  await page.getByRole('document', { name: '通知原文' }).waitFor()
}

const beyondEdge = (page: Page) => page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')

test('what is likely a known metric is decided beside the text, and the next notice does not ask again', async () => {
  const { page } = await visits.open(visits.seeded.officer, '/campaigns/new')
  await importNotice(page)
  await page.getByText('指标（1 待定）').click()
  const table = page.getByRole('region', { name: `指标：${streetsTable}` })
  const bound = table.getByRole('group', { name: /企业自查发现的重大事故隐患/ })
  await bound.getByText('由记录计算').waitFor()
  await bound.getByText('数隐患记录的件数（个）：级别为重大事故隐患，企业自查发现').waitFor()
  const listed = table.getByRole('group', { name: /挂牌督办（个）/ })
  await listed.getByText('没有写明级别，按重大事故隐患理解').waitFor()
  await listed.getByRole('button', { name: '选定' }).click()
  await choose(listed, '这个数由什么给出', '由本单位填写', '由本单位')
  await listed.getByText('没有记录给出这个数').waitFor()
  await choose(listed, '这个数由什么给出', '政府挂牌督办的重大事故隐患', '挂牌督办的重大')
  await listed.getByRole('textbox', { name: /理由/ }).fill('区里挂牌的都是重大隐患')
  await listed.getByRole('textbox', { name: /理由/ }).press('Enter')
  await listed.getByText('；区里挂牌的都是重大隐患').waitFor()
  await page.getByText('指标', { exact: true }).waitFor()
  // What no metric counts is typed, and may still be given one.
  await table.getByRole('button', { name: /另有 3 个数由人工填写/ }).click()
  await table
    .getByRole('group', { name: /行政处罚/ })
    .getByText('没有含义相同的指标')
    .waitFor()
  expect(await beyondEdge(page)).toBeLessThanOrEqual(0)
  await page.getByRole('button', { name: '建立行动' }).click()
  await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}$/)

  await page.goto('/campaigns/new')
  await importNotice(page)
  await page.getByText('指标', { exact: true }).click()
  await page
    .getByRole('group', { name: /挂牌督办（个）/ })
    .getByText('选定为“政府挂牌督办的重大事故隐患”')
    .waitFor()
}, 180_000)

test('a campaign made before its figures are decided says what is missing, and starts when that is decided there', async () => {
  const { page } = await visits.open(visits.seeded.officer, '/campaigns/new')
  await importNotice(page, [['政府挂牌', '5', '挂牌督办隐患（个）', '', '6', '行政处罚（次）', '']])
  await page.getByRole('button', { name: '建立行动' }).click()
  await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}$/)
  await page.getByRole('button', { name: /每月1日前上报/ }).click()
  await page.getByRole('textbox', { name: '裁定的理由' }).first().fill('附件是区里统一制发的表式')
  await page.getByRole('button', { name: '裁定', exact: true }).first().click()
  await page.getByText('调度表里还有 1 个数没有选定由什么指标计算').waitFor()
  const table = page.getByRole('region', { name: `指标：${streetsTable}` })
  await table.getByRole('textbox', { name: '选定指标的理由' }).fill('区里只挂牌重大隐患')
  await table.getByRole('button', { name: '1 个都照此选定' }).click()
  await table.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: '启动行动' }).click()
  await page.getByRole('button', { name: '结束行动' }).waitFor()
}, 180_000)

test('phases and tasks are added and put right beside the text', async () => {
  const { page } = await visits.open(visits.seeded.officer, '/campaigns/new')
  await importNotice(page)
  const side = (kind: string) => page.getByRole('region', { name: kind, exact: true })
  await page.getByRole('button', { name: '加一个阶段' }).click()
  await side('阶段').getByRole('textbox', { name: '阶段名称' }).fill('回头看阶段')
  await side('阶段').getByRole('button', { name: '改好了' }).click()
  await side('阶段').getByText('回头看阶段').waitFor()
  await side('阶段').getByText('动员部署阶段').click()
  await page.keyboard.press('F2')
  await side('阶段').getByRole('textbox', { name: '阶段名称' }).fill('动员阶段')
  await side('阶段').getByRole('button', { name: '改好了' }).click()
  // By the keyboard alone: one more of the kind, its first field in hand, and Esc back to the list.
  await page.keyboard.press('Insert')
  await page.keyboard.type('验收阶段')
  await page.keyboard.press('Escape')
  await side('阶段').getByText('验收阶段').waitFor()
  await expect.poll(() => side('阶段').getByRole('textbox').count()).toBe(0)
  await page.getByRole('button', { name: '加一项任务' }).click()
  await side('任务').getByRole('textbox', { name: '任务要求' }).fill('建立楼栋台账')
  await side('任务').getByText('常态化').click()
  await side('任务').getByRole('button', { name: '改好了' }).click()
  await side('任务').getByText('建立楼栋台账').waitFor()
  await page.getByRole('button', { name: '建立行动' }).click()
  await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}$/)
  await page.getByText('回头看阶段').first().waitFor()
  await page.getByText('动员阶段').first().waitFor()
  await page.getByText('建立楼栋台账').first().waitFor()
}, 180_000)

test('on the phone the figures can be decided, and nothing stands beyond the edge', async () => {
  const { page } = await visits.open(visits.seeded.officer, '/campaigns/new', phone)
  await importNotice(page)
  await page.getByText(/^指标/).click()
  const listed = page.getByRole('group', { name: /挂牌督办（个）/ })
  await listed.getByRole('button').first().click()
  await listed.getByRole('textbox', { name: /理由/ }).waitFor()
  expect(await beyondEdge(page)).toBeLessThanOrEqual(0)
}, 120_000)
