/**
 * Reporting as notices order it, run from configuration alone: three by what their plans say, set up by starting the campaign, and two of
 * which no plan says a word, set up on the pages. Each goes from the officer's decision to what its receiver holds.
 */
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { createCampaign, startCampaign } from '@bihuan/contracts'
import { buildEnterprise } from '../../apps/server/test/build-enterprise.js'
import {
  ask,
  buildAccount,
  buildTenant,
  buildUnit,
  type TestAccount,
  type TestApp,
} from '../../apps/server/test/builders.js'
import { choose, fillDate } from './fields.js'
import { fillAndSign, lookAgainFor, sign, signAndFile, typeFigure } from './filing.js'
import {
  departmentsToo,
  parkPlan,
  scenicAreaPlan,
  silentPlan,
  streetPlan,
  streetsDates,
  townsOnly,
  type CampaignPlan,
} from './reporting-plans.js'
import { visitsTo } from './visits.js'

async function campaignBy(app: TestApp, officer: TestAccount, unitId: string, plan: CampaignPlan) {
  const created = await ask(app, officer, createCampaign, { body: { unitId, plan } })
  expect(created.error).toBeUndefined()
  return created.body
}

async function seedStreet(app: TestApp) {
  const tenant = await buildTenant(app, { code: 'qingyu', name: '青榆区' })
  const street = await buildUnit(app, tenant, { kind: 'street', name: '柳荫街道办事处' })
  const community = await buildUnit(app, tenant, { kind: 'community', name: '七桥社区', parentId: street.id })
  await buildUnit(app, tenant, { kind: 'community', name: '八角社区', parentId: street.id })
  const officer = await buildAccount(app, street, 'safety-office', { personName: '叶街' })
  const clerk = await buildAccount(app, community, 'territory-officer', { personName: '林社' })
  return { officer, clerk, campaignId: (await campaignBy(app, officer, street.id, streetPlan())).id }
}

async function seedScenicArea(app: TestApp) {
  const tenant = await buildTenant(app, { code: 'shuangye', name: '霜叶岭区' })
  const safety = await buildUnit(app, tenant, { kind: 'safety-committee-office', name: '霜叶岭区安委办' })
  const town = await buildUnit(app, tenant, { kind: 'town', name: '枫桥镇' })
  const department = await buildUnit(app, tenant, { kind: 'department', name: '文旅局' })
  const officer = await buildAccount(app, safety, 'safety-office', { personName: '秦安' })
  return {
    officer,
    town: await buildAccount(app, town, 'territory-officer', { personName: '陶镇' }),
    department: await buildAccount(app, department, 'department-officer', { personName: '孟局' }),
    campaignId: (await campaignBy(app, officer, tenant.rootUnitId, scenicAreaPlan())).id,
  }
}

async function seedPark(app: TestApp) {
  const tenant = await buildTenant(app, { code: 'yunxi', name: '云溪区' })
  const park = await buildUnit(app, tenant, { kind: 'functional-area', name: '云溪产业园' })
  const committee = await buildUnit(app, tenant, {
    kind: 'area-committee',
    name: '云溪产业园管委会',
    parentId: park.id,
  })
  const firmCalled = async (name: string, size: 'above-designated' | 'small-micro') => {
    const { enterprise } = await buildEnterprise(app, park, { name, size })
    const at = { tenantId: tenant.id, id: enterprise.id, kind: 'enterprise', name } as const
    return buildAccount(app, at, 'enterprise-safety', { personName: `${name}安全员` })
  }
  const officer = await buildAccount(app, committee, 'safety-office', { personName: '顾园' })
  return {
    officer,
    large: await firmCalled('云溪重工', 'above-designated'),
    small: await firmCalled('云溪纸盒', 'small-micro'),
    campaignId: (await campaignBy(app, officer, park.id, parkPlan())).id,
  }
}

async function seedByHand(app: TestApp) {
  const tenant = await buildTenant(app, { code: 'wutong', name: '梧桐区' })
  const safety = await buildUnit(app, tenant, { kind: 'safety-committee-office', name: '梧桐区安委办' })
  const bureau = await buildUnit(app, tenant, { kind: 'department', name: '应急局' })
  const brigade = await buildUnit(app, tenant, { kind: 'department', name: '消防救援大队' })
  const inspectorate = await buildUnit(app, tenant, { kind: 'department', name: '督查室' })
  const first = await buildUnit(app, tenant, { kind: 'office', name: '基础科', parentId: bureau.id })
  const second = await buildUnit(app, tenant, { kind: 'office', name: '协调科', parentId: bureau.id })
  const street = await buildUnit(app, tenant, { kind: 'street', name: '桐荫街道' })
  const community = await buildUnit(app, tenant, { kind: 'community', name: '竹里社区', parentId: street.id })
  const town = await buildUnit(app, tenant, { kind: 'town', name: '石桥镇' })
  const village = await buildUnit(app, tenant, { kind: 'village', name: '梅里村', parentId: town.id })
  const officer = await buildAccount(app, safety, 'safety-office', { personName: '秦安' })
  const plan = silentPlan('梧桐区隐患专项整治', '梧桐区安委办')
  const { id, version } = await campaignBy(app, officer, tenant.rootUnitId, plan)
  await ask(app, officer, startCampaign, { params: { campaignId: id }, body: { version } })
  return {
    officer,
    brigade: await buildAccount(app, brigade, 'department-officer', { personName: '严队' }),
    first: await buildAccount(app, first, 'department-officer', { personName: '孟科' }),
    second: await buildAccount(app, second, 'department-officer', { personName: '项科' }),
    inspectorate: await buildAccount(app, inspectorate, 'department-officer', { personName: '督员' }),
    community: await buildAccount(app, community, 'territory-officer', { personName: '林社' }),
    communityHead: await buildAccount(app, community, 'leader', { personName: '竹书记' }),
    village: await buildAccount(app, village, 'territory-officer', { personName: '梅村' }),
    villageHead: await buildAccount(app, village, 'leader', { personName: '石主任' }),
  }
}

async function seed(app: TestApp) {
  return {
    street: await seedStreet(app),
    area: await seedScenicArea(app),
    park: await seedPark(app),
    byHand: await seedByHand(app),
  }
}

const visits = visitsTo(seed, { BIHUAN_NOW: '2023-05-22T09:00:00+08:00' })
const table = '进展情况调度表'

test('a street decides between the 28th and the 1st, between May and June, and its communities file on the decided day', async () => {
  const { officer, clerk, campaignId } = visits.seeded.street
  const { page } = await visits.open(officer, `/schedules?campaign=${campaignId}`)
  const planned = page.getByRole('region', { name: '方案要求的报送' })
  await planned.getByText('请先裁定疑点：同一张调度表，正文每月28日报').waitFor()
  await planned.getByRole('link', { name: '补充后设置' }).waitFor()

  await page.goto(`/campaigns/${campaignId}`)
  await decide(page, streetsDates.due[1], '附件是区里统一制发的表式')
  await decide(page, streetsDates.since[1], '5月份还没有开始统计')
  await start(page)
  await page.goto(`/schedules?campaign=${campaignId}`)
  // The reports in words run too; the table says by whose decision.
  await page.getByRole('region', { name: /动员部署情况/ }).waitFor()
  const line = page.getByRole('region', { name: table, exact: true })
  await line.getByText('次月1日前，遇节假日不变；累计数，截至本期末').waitFor()
  await line.getByText('理由：附件是区里统一制发的表式').waitFor()
  await line.getByText('2023-06-01').waitFor()
  await expectDueDays(page, line, ['2023-06-01', '2023-07-01', '2023-08-01'])

  await visits.moveTo('2023-06-01T09:00:00+08:00')
  const filing = (await visits.open(clerk, '/returns')).page
  const own = filing.getByRole('row').filter({ hasText: '2023年5月' }).filter({ hasText: table })
  await lookAgainFor(filing, own.getByText('今日到期'))
  expect(await own.innerText()).toContain('2023-06-01')
  await own.getByRole('link', { name: table }).click()
  await filing.getByText(/^2023-05-20 至 2023-05-31/).waitFor()
  await typeFigure(filing, '帮扶指导重点企业', '3')
  await fillAndSign(filing, clerk)

  const receiving = (await visits.open(officer, '/returns?side=received')).page
  const filed = receiving.getByRole('row', { name: /七桥社区/ })
  await filed.getByText('按时').waitFor()
  expect(await receiving.getByRole('row', { name: /八角社区/ }).count()).toBe(0)
  await filed.getByRole('link', { name: table }).click()
  await accept(receiving)
}, 240_000)

test('the large enterprises of a park file up to the last day of the month, and no other', async () => {
  const { officer, large, small, campaignId } = visits.seeded.park
  const { page } = await visits.open(officer, `/campaigns/${campaignId}`)
  await decide(page, '统计到当月最后一天', '月底前数字仍有变动的，下月补报')
  await start(page)
  // Its reports in words are set up with the table.
  await page.goto(`/schedules?campaign=${campaignId}`)
  const line = page.getByRole('region', { name: '月度调度表', exact: true })
  await line.getByText('每月底前，遇节假日不变；累计数，截至本期末').waitFor()
  await line.getByText('规上企业填报').waitFor()
  await line.getByText('2023-06-30').waitFor()

  await visits.moveTo('2023-06-30T09:00:00+08:00')
  const firm = (await visits.open(large, '/returns')).page
  const own = firm.getByRole('row').filter({ hasText: '2023年6月' })
  await lookAgainFor(firm, own.getByText('今日到期'))
  await own.getByRole('link', { name: '月度调度表' }).click()
  await firm.getByText('云溪重工').first().waitFor()
  await typeFigure(firm, '行政处罚（次）', '1')
  await fillAndSign(firm, large)

  const other = (await visits.open(small, '/returns')).page
  await other.getByText('没有待报的报表').waitFor()

  const receiving = (await visits.open(officer, '/returns?side=received&show=all')).page
  const rows = receiving.getByRole('row').filter({ hasText: '2023年6月' })
  await rows.getByText('已上报').waitFor()
  expect(await rows.count()).toBe(1)
  expect(await rows.innerText()).toContain('云溪重工')
  await rows.getByRole('link', { name: '月度调度表' }).click()
  await accept(receiving)
}, 240_000)

test('towns fill every group and departments two, on the working day after a 16th that is a Sunday, and the ledger goes with it', async () => {
  const { officer, town, department, campaignId } = visits.seeded.area
  const { page } = await visits.open(officer, `/campaigns/${campaignId}`)
  await start(page)
  await page.getByRole('link', { name: '去设置' }).click()
  const planned = page.getByRole('region', { name: '方案要求的报送' })
  await planned.getByText('演练情况').waitFor()
  await page.getByRole('region', { name: '典型案例', exact: true }).waitFor()
  const line = page.getByRole('region', { name: table, exact: true })
  await line.getByText('每月16日前，遇节假日顺延；累计数，截至上报日').waitFor()
  await line.getByText(`部门（只报“${departmentsToo[0]}”、“${departmentsToo[1]}”）`).waitFor()
  await expectDueDays(page, line, ['2023-07-17', '2023-08-16'])

  // Of the ledger the notice does not say that a holiday moves it: the officer does.
  const ledger = page.getByRole('region', { name: '重点隐患清单', exact: true })
  await ledger.getByText('每月16日前，遇节假日不变').waitFor()
  await ledger.getByRole('link', { name: '修改' }).click()
  await choose(page, '遇节假日', '遇节假日顺延')
  await page.getByRole('region', { name: '接下来的期限' }).getByText('2023-07-17', { exact: true }).waitFor()
  await page.getByRole('button', { name: '保存' }).click()
  await ledger.getByText('每月16日前，遇节假日顺延').waitFor()

  await visits.moveTo('2023-07-17T09:00:00+08:00')
  const inTown = (await visits.open(town, '/returns')).page
  const july = inTown.getByRole('row').filter({ hasText: '2023年7月' })
  await lookAgainFor(inTown, july.filter({ hasText: '今日到期' }).nth(1))
  // Nothing was due before the campaign began.
  expect(await inTown.getByRole('row').filter({ hasText: '2023年6月' }).count()).toBe(0)
  await july.getByRole('link', { name: table }).click()
  for (const group of [...townsOnly, ...departmentsToo]) await groupCell(inTown, group).waitFor()
  await typeFigure(inTown, '专题研究', '2')
  await fillAndSign(inTown, town)
  await inTown.goto('/returns')
  await july.getByRole('link', { name: '重点隐患清单' }).click()
  await inTown.getByText('2023-07-17', { exact: true }).first().waitFor()
  await signAndFile(inTown, town, { nil: true })

  const inDepartment = (await visits.open(department, '/returns')).page
  await inDepartment.getByRole('row').filter({ hasText: '2023年7月' }).getByRole('link', { name: table }).click()
  for (const group of departmentsToo) await groupCell(inDepartment, group).waitFor()
  for (const group of townsOnly) expect(await groupCell(inDepartment, group).count()).toBe(0)
  await typeFigure(inDepartment, '抽查的企业', '6')
  await fillAndSign(inDepartment, department)

  const receiving = (await visits.open(officer, '/returns?side=received')).page
  const filed = (unit: string, form: string) =>
    receiving.getByRole('row', { name: new RegExp(unit) }).filter({ hasText: form })
  await filed('枫桥镇', '重点隐患清单').getByText('零报告').waitFor()
  await filed('枫桥镇', table).getByText('按时').waitFor()
  await filed('文旅局', table).getByRole('link', { name: table }).click()
  await accept(receiving)
}, 240_000)

test('a brigade files weekly and by sector to two offices, and they to two receivers at once', async () => {
  const { officer, brigade, first, second, inspectorate } = visits.seeded.byHand
  const { page } = await visits.open(officer, '/schedules')
  await page.getByRole('link', { name: '设置报送安排' }).first().click()
  await page.getByRole('textbox', { name: '名称' }).fill('大队周报')
  await choose(page, '周期', '每周')
  await choose(page, '星期几', '星期五')
  await pickUnits(page, '另外指定的单位', ['消防救援大队'])
  await pickUnits(page, '报给', ['基础科', '协调科'])
  await typeSectors(page, ['消防', '工贸'])
  await fillDate(page, '开始日期', '2023-07-17')
  await save(page)
  const weekly = page.getByRole('region', { name: '大队周报' })
  await weekly.getByText('每周五前，遇节假日顺延').waitFor()
  await weekly.getByText('报给基础科、协调科；分行业：消防、工贸').waitFor()

  await page.getByRole('link', { name: '再加一个' }).click()
  await page.getByRole('textbox', { name: '名称' }).fill('科室周报')
  await choose(page, '周期', '每周')
  await choose(page, '星期几', '星期五')
  await pickUnits(page, '另外指定的单位', ['基础科', '协调科'])
  await pickUnits(page, '报给', ['梧桐区安委办', '督查室'])
  await fillDate(page, '开始日期', '2023-07-17')
  await save(page)
  await page.getByRole('region', { name: '科室周报' }).getByText('报给梧桐区安委办、督查室').waitFor()

  await visits.moveTo('2023-07-21T09:00:00+08:00')
  const reporting = (await visits.open(brigade, '/returns')).page
  const bySector = (within: Page, sector: string) =>
    within.getByRole('row').filter({ has: within.getByText(sector, { exact: true }) })
  await lookAgainFor(reporting, bySector(reporting, '消防').filter({ hasText: '今日到期' }))
  await bySector(reporting, '工贸').filter({ hasText: '今日到期' }).waitFor()
  await bySector(reporting, '消防').getByRole('link', { name: '大队周报' }).click()
  await typeFigure(reporting, '帮扶指导重点企业', '5')
  await fillAndSign(reporting, brigade)
  await reporting.goto('/returns')
  await bySector(reporting, '工贸').getByRole('link', { name: '大队周报' }).click()
  await fillAndSign(reporting, brigade, { nil: true })

  // Both offices hold both sectors; what one has taken waits for the other.
  for (const [office, state] of [
    [first, '已上报'],
    [second, '已接收'],
  ] as const) {
    const { page: taking } = await visits.open(office, '/returns?side=received')
    await bySector(taking, '工贸').getByText('零报告').waitFor()
    await bySector(taking, '消防').getByRole('link', { name: '大队周报' }).click()
    await accept(taking, state)
  }

  const inOffice = (await visits.open(first, '/returns')).page
  await inOffice.getByRole('row').filter({ hasText: '今日到期' }).getByRole('link', { name: '科室周报' }).click()
  await inOffice.getByText('梧桐区安委办、督查室').waitFor()
  await typeFigure(inOffice, '帮扶指导重点企业', '2')
  await fillAndSign(inOffice, first)
  for (const [receiver, state] of [
    [officer, '已上报'],
    [inspectorate, '已接收'],
  ] as const) {
    const { page: taking } = await visits.open(receiver, '/returns?side=received')
    await taking
      .getByRole('row', { name: /基础科/ })
      .getByRole('link', { name: '科室周报' })
      .click()
    await accept(taking, state)
  }
}, 240_000)

test('the lowest units report each quarter by their ledger, without a table form', async () => {
  const { officer, community, communityHead, village, villageHead } = visits.seeded.byHand
  const { page } = await visits.open(officer, '/schedules')
  const ledger = '重大事故隐患清单'
  await page
    .locator('.schedules')
    .filter({ has: page.getByRole('link', { name: ledger, exact: true }) })
    .getByRole('link', { name: '设置报送安排' })
    .click()
  await page.getByRole('heading', { name: '设置清单的报送安排' }).waitFor()
  await page.getByRole('textbox', { name: '名称' }).fill('季度清单')
  await choose(page, '周期', '每季度')
  await page.getByRole('spinbutton', { name: '几日' }).fill('25')
  await choose(page, '统计数', '累计数')
  await choose(page, '单位类别', '社区')
  await choose(page, '单位类别', '村')
  await page.keyboard.press('Escape')
  await fillDate(page, '开始日期', '2023-07-01')
  await page.getByRole('region', { name: '接下来的期限' }).getByText('2023-09-25', { exact: true }).waitFor()
  await save(page)
  const quarterly = page.getByRole('region', { name: '季度清单' })
  await quarterly.getByText('每季度末月25日前，遇节假日顺延；累计数').waitFor()

  await visits.moveTo('2023-09-25T09:00:00+08:00')
  const finder = (await visits.open(community, '/hazards/new')).page
  await registerAtPlace(finder, '竹里菜市场', '消防通道被摊位占用')
  await finder.goto('/returns')
  const own = finder.getByRole('row').filter({ hasText: '2023年第三季度' })
  await lookAgainFor(finder, own.getByText('今日到期'))
  await own.getByRole('link', { name: '季度清单' }).click()
  await finder.getByRole('table', { name: '上报的清单' }).getByText('消防通道被摊位占用').waitFor()
  await finder.getByText('待“填表人”签名').waitFor()
  await sign(finder, community)
  await finder.getByText('待审签', { exact: true }).waitFor()
  // Whoever has signed reads who may sign next, and is not offered to sign again.
  await finder.getByText(/^可由.+签（已签的人不能再签）。$/).waitFor()
  expect(await finder.getByRole('button', { name: '签名上报' }).isVisible()).toBe(false)
  // The form prints 审核人 first; who reviews signs last, and that files it.
  const reviewing = (await visits.open(communityHead, new URL(finder.url()).pathname)).page
  await reviewing.getByText('待“审核人”签名').waitFor()
  await signAndFile(reviewing, communityHead)

  const other = (await visits.open(village, '/returns')).page
  await other.getByRole('row').filter({ hasText: '2023年第三季度' }).getByRole('link', { name: '季度清单' }).click()
  await sign(other, village, { nil: true })
  const seconding = (await visits.open(villageHead, new URL(other.url()).pathname)).page
  await signAndFile(seconding, villageHead, { nil: true })

  const receiving = (await visits.open(officer, '/returns?side=received')).page
  await receiving
    .getByRole('row', { name: /梅里村/ })
    .getByText('零报告')
    .waitFor()
  await receiving
    .getByRole('row', { name: /竹里社区/ })
    .getByRole('link', { name: '季度清单' })
    .click()
  await receiving.getByRole('table', { name: '上报的清单' }).getByText('消防通道被摊位占用').waitFor()
  await accept(receiving)
}, 240_000)

async function decide(page: Page, quote: string, reason: string): Promise<void> {
  await page.getByRole('button', { name: quote }).click()
  await page.getByRole('textbox', { name: '裁定的理由' }).first().fill(reason)
  await page.getByRole('button', { name: '裁定', exact: true }).first().click()
  await page.getByRole('button', { name: quote }).waitFor({ state: 'detached' })
}

async function start(page: Page): Promise<void> {
  await page.getByRole('button', { name: '启动行动' }).click()
  await page.getByRole('button', { name: '结束行动' }).waitFor()
}

/** As the form of the schedule foretells them; back to the list. */
async function expectDueDays(page: Page, line: Locator, days: readonly string[]): Promise<void> {
  await line.getByRole('link', { name: '修改' }).click()
  const preview = page.getByRole('region', { name: '接下来的期限' })
  for (const day of days) await preview.getByText(day, { exact: true }).waitFor()
  await page.goBack()
  await line.waitFor()
}

function groupCell(page: Page, name: string): Locator {
  return page.getByRole('rowheader', { name, exact: true })
}

async function accept(page: Page, state = '已接收'): Promise<void> {
  const act = page.getByRole('button', { name: '接收', exact: true })
  await act.click()
  await act.waitFor({ state: 'detached' })
  await page.getByText(state, { exact: true }).first().waitFor()
}

async function pickUnits(page: Page, label: string, names: readonly string[]): Promise<void> {
  for (const name of names) await choose(page, label, name, name)
  await page.keyboard.press('Escape')
}

async function typeSectors(page: Page, sectors: readonly string[]): Promise<void> {
  const field = page.getByRole('combobox', { name: '分行业填报' })
  for (const sector of sectors) {
    await field.fill(sector)
    await field.press('Enter')
  }
}

async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('heading', { name: '报送安排', exact: true }).waitFor()
}

async function registerAtPlace(page: Page, place: string, description: string): Promise<void> {
  await page.getByRole('heading', { name: '登记隐患' }).waitFor()
  await page.getByRole('radio', { name: '场所、未登记的单位' }).check()
  await page.getByRole('textbox', { name: '企业或场所' }).fill(place)
  await page.getByRole('textbox', { name: '隐患描述' }).fill(description)
  await fillDate(page, '检查日期', '2023-09-20')
  await page.getByRole('combobox', { name: '行业领域' }).fill('消防')
  await page.getByRole('radio', { name: '重大' }).check()
  await page.getByRole('textbox', { name: '判定的理由' }).fill('符合消防重大事故隐患判定标准')
  await choose(page, '整改责任单位', '竹里社区', '竹里')
  await fillDate(page, '整改时限', '2023-10-20')
  await page.getByRole('button', { name: '登记', exact: true }).click()
  await page.getByText('已登记').first().waitFor()
}
