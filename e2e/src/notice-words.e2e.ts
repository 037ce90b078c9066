/** What the words of a notice mean: asked beside the text, remembered for the next notice, and kept in a table by the district. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { buildAccount, buildTenant, buildUnit, type TestApp } from '../../apps/server/test/builders.js'
import { phone } from './browser.js'
import { choose } from './fields.js'
import { streetsNotice } from './streets-notice.js'
import { visitsTo } from './visits.js'

async function seed(app: TestApp) {
  const tenant = await buildTenant(app, { code: 'qingyu', name: '青榆区' })
  const street = await buildUnit(app, tenant, { kind: 'street', name: '柳荫街道办事处' })
  await buildUnit(app, tenant, { kind: 'community', name: '七桥社区', parentId: street.id })
  const office = await buildUnit(app, tenant, { kind: 'safety-committee-office', name: '青榆区安委办' })
  return {
    street: await buildAccount(app, street, 'safety-office', { personName: '叶安' }),
    district: await buildAccount(app, office, 'safety-office', { personName: '宋区' }),
  }
}

const visits = visitsTo(seed, { BIHUAN_NOW: '2023-05-23T09:00:00+08:00' })

async function importNotice(page: Page, ...more: string[]): Promise<void> {
  const file = {
    name: '柳荫街道通知.docx',
    mimeType: 'application/octet-stream',
    buffer: streetsNotice({ more: ['（二）强化现场管控。', ...more] }),
  }
  await page.getByLabel('选择通知文件').setInputFiles(file)
  await page.getByRole('document', { name: '通知原文' }).waitFor()
}

test('words that nobody understood are decided on the page, and the next notice does not ask again', async () => {
  const { page } = await visits.open(visits.seeded.street, '/campaigns/new')
  await importNotice(page, '各社区居委会每季度至少开展1次楼道守望。')
  await page.getByText('词语（1 待定）').click()
  const word = page.getByRole('group', { name: '楼道守望' })
  await word.getByText('没有读懂').waitFor()
  await word.getByRole('button', { name: '选定' }).click()
  await choose(word, '记作', '监督检查')
  await word.getByRole('textbox', { name: /理由/ }).fill('社区网格员入楼查看')
  await word.getByRole('textbox', { name: /理由/ }).press('Enter')
  await word.getByText('指监督检查').waitFor()
  // What the notice leaves open is decided beside its text, and what it forgot is added there.
  await page.getByText('逐项核对').click()
  const doubt = page.getByRole('region', { name: '疑点' })
  await doubt.getByRole('button', { name: '裁定' }).click()
  await doubt.getByRole('button', { name: /每月1日前上报/ }).click()
  await doubt.getByRole('textbox', { name: /理由/ }).fill('附件是区里统一制发的表式')
  await doubt.getByRole('textbox', { name: /理由/ }).press('Enter')
  await doubt.getByText('；附件是区里统一制发的表式').waitFor()
  await page.getByRole('button', { name: '加一项职责' }).click()
  const added = page.getByRole('region', { name: '职责' })
  await added.getByRole('textbox', { name: '由谁' }).fill('各社区居委会')
  await added.getByRole('textbox', { name: '做什么' }).fill('应急演练')
  await added.getByRole('button', { name: '改好了' }).click()
  await page.getByRole('button', { name: '建立行动' }).click()
  await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}$/)
  const duties = page.getByRole('list', { name: '职责' })
  await duties.getByRole('listitem').filter({ hasText: '楼道守望' }).getByText('记作监督检查').waitFor()
  await duties.getByRole('listitem').filter({ hasText: '各社区居委会：应急演练' }).getByText('记作应急演练').waitFor()
  await page.getByRole('button', { name: '启动行动' }).waitFor()

  await page.goto('/campaigns/new')
  await importNotice(page, '各社区居委会每月至少开展1次楼道守望。')
  await page.getByText('词语', { exact: true }).click()
  await page.getByRole('group', { name: '楼道守望' }).getByText('以前选定的；社区网格员入楼查看').waitFor()
}, 180_000)

test('a campaign made before its words are decided says what is missing, and starts when it is decided there', async () => {
  const { page } = await visits.open(visits.seeded.street, '/campaigns/new')
  await importNotice(page, '各社区居委会每季度至少开展1次楼道值更。')
  await page.getByRole('button', { name: '建立行动' }).click()
  await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}$/)
  await page.getByRole('button', { name: /每月1日前上报/ }).click()
  await page.getByRole('textbox', { name: '裁定的理由' }).first().fill('附件是区里统一制发的表式')
  await page.getByRole('button', { name: '裁定', exact: true }).first().click()
  await page.getByText('还有 1 项职责里的词语没有选定指什么').waitFor()
  const word = page.getByRole('group', { name: '楼道值更' })
  await word.getByRole('button', { name: '选定' }).click()
  await word.getByRole('textbox', { name: /理由/ }).fill('由社区自行掌握')
  await word.getByRole('button', { name: '只留文字' }).click()
  await page.getByRole('button', { name: '启动行动' }).click()
  await page.getByRole('button', { name: '结束行动' }).waitFor()
}, 180_000)

test('the district keeps the phrase table, sees first what a phrase would change, and may go back', async () => {
  const { page } = await visits.open(visits.seeded.district, '/campaigns/phrases')
  await page.getByRole('button', { name: '加一个词语' }).click()
  const panel = page.getByRole('complementary', { name: '词语' })
  await panel.getByRole('textbox', { name: '词语（做什么）' }).fill('楼道值更')
  await choose(panel, '记作 填报并附证明', '监督检查', '监督')
  await panel.getByRole('button', { name: '看看有什么变化' }).click()
  await panel.getByRole('region', { name: '有什么变化' }).getByText('没有读懂 → 监督检查').waitFor()
  await panel.getByRole('textbox', { name: '理由（留存）' }).fill('按本区习惯')
  await panel.getByRole('button', { name: '保存' }).click()
  await panel.waitFor({ state: 'detached' })
  const line = page.getByRole('list', { name: '词语' }).getByRole('button', { name: /楼道值更/ })
  await line.getByText('本辖区加的').waitFor()
  await line.click()
  await panel.getByText('宋区').waitFor()
  await panel.getByRole('textbox', { name: '理由（留存）' }).fill('改由社区自定')
  await panel.getByRole('button', { name: '停用' }).click()
  await line.waitFor({ state: 'detached' })
}, 120_000)

test('on the phone the phrases can be read and nothing stands beyond the edge', async () => {
  const { page } = await visits.open(visits.seeded.district, '/campaigns/phrases?of=condition', phone)
  await page.getByRole('button', { name: /#人以下/ }).waitFor()
  const beyond = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')
  expect(beyond).toBeLessThanOrEqual(0)
}, 60_000)
