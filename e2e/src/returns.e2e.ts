/**
 * The monthly table, up the line: a community fills, signs and files; another says zero; the street sends one back with a remark at a
 * cell, takes it when it comes again, and files its own; the board shows who has filed.
 */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { addSchedule, createCampaign, startCampaign, type BodyOf } from '@bihuan/contracts'
import { ask, buildAccount, buildTenant, buildUnit, type TestApp } from '../../apps/server/test/builders.js'
import { samplePlan } from '../../apps/server/test/sample-plan.js'
import { phone } from './browser.js'
import { fillAndSign, openRow, sendBack, typeFigure } from './filing.js'
import { visitsTo } from './visits.js'

const title = '进展情况月报'

async function seed(app: TestApp) {
  const tenant = await buildTenant(app, { code: 'qingyu', name: '青榆区' })
  const safety = await buildUnit(app, tenant, { kind: 'safety-committee-office', name: '青榆区安委办' })
  const street = await buildUnit(app, tenant, { kind: 'street', name: '柳荫街道' })
  const first = await buildUnit(app, tenant, { kind: 'community', name: '七桥社区', parentId: street.id })
  const second = await buildUnit(app, tenant, { kind: 'community', name: '八角社区', parentId: street.id })
  const office = await buildAccount(app, safety, 'safety-office', { personName: '秦安' })
  const created = await ask(app, office, createCampaign, {
    body: {
      unitId: tenant.rootUnitId,
      plan: samplePlan({ warnings: [] }) as BodyOf<typeof createCampaign>['plan'],
    },
  })
  const { id, version, tables } = created.body
  await ask(app, office, startCampaign, { params: { campaignId: id }, body: { version } })
  const added = await ask(app, office, addSchedule, {
    params: { tableId: tables[0]?.id ?? '' },
    body: {
      title,
      rule: {
        cadence: 'monthly',
        due: { kind: 'day-of-month', day: 16, after: 0 },
        shift: 'next',
        cutOff: 'due-day',
        counts: 'cumulative',
        firstDay: '2023-06-01',
        lastDay: null,
        dates: [],
      },
      respondents: [{ kinds: ['street', 'community'], unitIds: [], groups: null }],
      receiverIds: [],
      splitSectors: [],
      note: '',
    },
  })
  expect(added.error).toBeUndefined()
  return {
    office,
    tableId: tables[0]?.id ?? '',
    first: await buildAccount(app, first, 'territory-officer', { personName: '林社' }),
    second: await buildAccount(app, second, 'territory-officer', { personName: '苏社' }),
    street: await buildAccount(app, street, 'territory-officer', { personName: '叶街' }),
  }
}

const visits = visitsTo(seed)
const visited = '帮扶指导重点企业'

test('who was slower is told, keeps what was typed, and saves it after loading again', async () => {
  const { street } = visits.seeded
  const fines = '行政处罚（次）'
  const [quick, slow] = [await visits.open(street, '/returns'), await visits.open(street, '/returns')]
  for (const { page } of [quick, slow]) {
    await openRow(page, title)
    await typeFigure(page, fines, '0')
  }
  await quick.page.keyboard.press('Control+s')
  await quick.page.getByText('已保存').waitFor()
  slow.expectStatus(409)
  await slow.page.keyboard.press('Control+s')
  await slow.page.getByText('刚被别人办理过').waitFor()
  await slow.page.getByRole('button', { name: '重新载入' }).click()
  await slow.page.getByText('刚被别人办理过').waitFor({ state: 'detached' })
  await slow.page.getByRole('button', { name: '保存 1 处' }).click()
  await slow.page.getByText('已保存').waitFor()
})

test('a return goes up, comes back with a remark, goes up again, and the board shows it', async () => {
  const { first, second, street, office } = visits.seeded

  const clerk = (await visits.open(first, '/')).page
  // From the 工作台: its line opens the return, the panel signs it.
  await clerk.getByRole('list', { name: '待报的报表' }).getByRole('link', { name: title }).click()
  await typeFigure(clerk, visited, '3')
  await fillAndSign(clerk, first)
  const filedAt = new URL(clerk.url()).pathname

  const other = (await visits.open(second, '/returns')).page
  await openRow(other, title)
  await fillAndSign(other, second, { nil: true })

  const superior = (await visits.open(street, '/returns?side=received')).page
  await superior
    .getByRole('row', { name: /八角社区/ })
    .getByText('零报告')
    .waitFor()
  await superior
    .getByRole('row', { name: /七桥社区/ })
    .getByRole('link', { name: title })
    .click()
  await sendBack(superior, visited, '与走访记录不符')

  await clerk.reload()
  await clerk.getByRole('region', { name: '退回意见' }).getByText('与走访记录不符').waitFor()
  const cell = clerk.getByRole('textbox', { name: new RegExp(`^${visited}`) })
  expect(await cell.getAttribute('aria-label')).toContain('与走访记录不符')
  await typeFigure(clerk, visited, '4')
  await fillAndSign(clerk, first)

  // What was filed first stands as it was, and says what it would be now.
  await clerk.getByRole('link', { name: '第1次上报的原样' }).click()
  const differences = clerk.getByRole('complementary', { name: '与现在的差别' })
  await differences.getByText('上报 3，现在 4').waitFor()

  await superior.goto(filedAt)
  await superior.getByRole('button', { name: '接收' }).click()
  await superior.getByText('已接收', { exact: true }).first().waitFor()

  await superior.goto('/returns')
  await openRow(superior, title)
  const own = superior.getByRole('textbox', { name: new RegExp(`^${visited}`) })
  expect(await own.inputValue()).toBe('4')
  await fillAndSign(superior, street)
  await superior.getByRole('button', { name: '回执' }).first().click()
  await superior
    .getByRole('dialog')
    .getByText(/^\d+:[0-9a-f]{64}$/)
    .waitFor()

  const officer = (await visits.open(office, '/schedules')).page
  await officer.getByRole('region', { name: title }).getByRole('link', { name: '报送情况' }).click()
  await showsBoard(officer)
  const onPhone = (await visits.open(office, new URL(officer.url()).pathname, phone)).page
  await onPhone.getByRole('listitem').filter({ hasText: '八角社区' }).getByRole('link', { name: '零报' }).waitFor()

  // What the community lost by its first filing leads to the return that was sent back.
  await officer.getByRole('link', { name: '报送得分' }).click()
  const scored = officer.getByRole('row', { name: /七桥社区/ })
  await scored.getByText('被退回1次，扣5分').waitFor()
  expect(await scored.getByRole('cell').first().innerText()).toBe('95')
  await scored.getByRole('link', { name: '2023年6月' }).click()
  await officer.getByText('第1次上报的原样').waitFor()
}, 240_000)

test('a schedule is set up with the days on which it will be due', async () => {
  const { office } = visits.seeded
  const { page } = await visits.open(office, '/schedules')
  await page.getByRole('link', { name: '再加一个' }).click()
  await page.getByRole('spinbutton', { name: '几日' }).fill('28')
  const preview = page.getByRole('region', { name: '接下来的期限' })
  await preview.getByText('2023-06-28', { exact: true }).waitFor()
  await page.getByRole('textbox', { name: '名称' }).fill('部门月报')
  await page.getByRole('combobox', { name: '单位类别' }).click()
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: '部门' }).first().click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: '保存' }).click()
  const line = page.getByRole('region', { name: '部门月报' })
  await line.getByText('每月28日前，遇节假日顺延；累计数，截至上报日').waitFor()
  await line.getByRole('button', { name: '停用' }).click()
  await page.getByRole('tooltip').getByRole('button', { name: '停用' }).click()
  await line.getByText('已停用').waitFor()
})

test('a table is given a check of its own, which stands there with its cells', async () => {
  const { office, tableId } = visits.seeded
  const { page } = await visits.open(office, `/tables/${tableId}/design`)
  await page.getByRole('button', { name: '加一条核对规则' }).click()
  const rule = page.getByRole('group', { name: '第1条核对规则' })
  await page.getByText('第1条核对规则还没有选好指标。').waitFor()
  const choose = async (field: string, figure: string) => {
    await rule.getByRole('combobox', { name: field }).click()
    const choice = page.locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: figure })
    await choice.first().click()
  }
  await choose('哪个指标', '部门检查发现的重大事故隐患（个）')
  await choose('和哪些指标比', '企业自查发现的重大事故隐患（个）')
  await page.keyboard.press('Escape')
  await choose('不符时', '不符要写说明')
  await page.getByRole('button', { name: '保存' }).click()
  await page.waitForURL(/\/tables\/[^/]+$/)
  await page.goto(`/tables/${tableId}/design`)
  const kept = await rule.innerText()
  expect(kept).toMatch(/部门检查发现的重大事故隐患（个）.*不大于.*企业自查发现的重大事故隐患（个）.*不符要写说明/s)
})

async function showsBoard(page: Page): Promise<void> {
  const row = (unit: string) => page.getByRole('row', { name: new RegExp(unit) })
  await row('七桥社区').getByRole('link', { name: '已报' }).waitFor()
  await row('八角社区').getByRole('link', { name: '零报' }).waitFor()
  await row('柳荫街道').getByRole('link', { name: '已报' }).waitFor()
  const summary = await page.getByLabel('本期汇总').innerText()
  expect(summary).toMatch(/应报 3.*已报 3.*迟报 0.*零报 1.*逾期 0.*退回 0/s)
  await row('七桥社区').getByRole('link', { name: '已报' }).click()
  await page.getByText('退回过 1 次').waitFor()
  await page.goBack()
  await row('七桥社区').waitFor()
}
