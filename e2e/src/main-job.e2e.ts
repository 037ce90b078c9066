/**
 * The main job, by the people whose it is: the safety office opens a campaign from a notice's Plan, the community's officer registers
 * what was found, the firm plans and proves its rectification, the department re-inspects and signs off, and the table is there.
 */
import { readFile } from 'node:fs/promises'
import type { Download, Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { readSheetGrid, readWordTables } from '@bihuan/office'
import { buildEnterprise } from '../../apps/server/test/build-enterprise.js'
import { buildAccount, buildTenant, buildUnit, type TestApp } from '../../apps/server/test/builders.js'
import { samplePlan } from '../../apps/server/test/sample-plan.js'
import { choose, fillDate } from './fields.js'
import { visitsTo } from './visits.js'

async function seed(app: TestApp) {
  const tenant = await buildTenant(app, { code: 'qingyu', name: '青榆区' })
  const safety = await buildUnit(app, tenant, { kind: 'safety-committee-office', name: '青榆区安委办' })
  const department = await buildUnit(app, tenant, { kind: 'department', name: '应急局' })
  const street = await buildUnit(app, tenant, { kind: 'street', name: '柳河街道' })
  const community = await buildUnit(app, tenant, { kind: 'community', name: '七桥社区', parentId: street.id })
  const firm = await buildEnterprise(app, community, {
    name: '青榆家具厂',
    leadSector: '工贸',
    leadRegulatorId: department.id,
  })
  const at = { tenantId: tenant.id, id: firm.enterprise.id, kind: 'enterprise', name: '青榆家具厂' } as const
  return {
    office: await buildAccount(app, safety, 'safety-office', { personName: '秦安' }),
    community: await buildAccount(app, community, 'territory-officer', { personName: '林社' }),
    firm: await buildAccount(app, at, 'enterprise-safety', { personName: '周厂' }),
    department: await buildAccount(app, department, 'department-officer', { personName: '孟局' }),
  }
}

const visits = visitsTo(seed)
const plan = samplePlan()
const description = '喷漆房未设置可燃气体报警装置'
const found = '部门检查发现的重大事故隐患'
const rectified = '部门检查发现重大事故隐患中已完成整改的'

test('from the notice to the table: a campaign, a hazard that is closed, and a figure that opens it', async () => {
  const { office, community, firm, department } = visits.seeded

  const officer = await visits.open(office, '/campaigns/new')
  await makeCampaign(officer.page)

  const finder = await visits.open(community, '/hazards/new')
  await register(finder.page)
  const { pathname } = new URL(finder.page.url())

  const manager = await visits.open(firm, '/')
  await planAndRectify(manager.page)

  const inspector = await visits.open(department, '/')
  await reinspectAndSignOff(inspector.page)

  await officer.page.goto('/tables')
  await openTable(officer.page, pathname)
}, 240_000)

async function makeCampaign(page: Page): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: /\.json 文件/ }).click(),
  ])
  await chooser.setFiles({ name: '方案.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(plan)) })
  await page.getByRole('button', { name: '建立行动' }).click()
  await page.getByRole('heading', { name: plan.campaign.name }).waitFor()

  // The notice says two things; the officer decides, and the reason is kept.
  await page.getByRole('button', { name: '每月28日前上报' }).click()
  await page.getByRole('textbox', { name: '裁定的理由' }).fill('以正文为准')
  await page.getByRole('button', { name: '裁定', exact: true }).click()
  await page.getByText('已裁定', { exact: true }).waitFor()
  await page.getByRole('button', { name: '启动行动' }).click()
  await page.getByRole('button', { name: '结束行动' }).waitFor()
}

async function register(page: Page): Promise<void> {
  await page.getByRole('heading', { name: '登记隐患' }).waitFor()
  await choose(page, '企业或场所', '青榆家具厂', '家具')
  await page.getByRole('textbox', { name: '隐患描述' }).fill(description)
  await fillDate(page, '检查日期', '2023-06-12')
  await page.getByRole('radio', { name: '重大' }).check()
  await page.getByRole('textbox', { name: '判定的理由' }).fill('符合工贸企业重大事故隐患判定标准第十一条')
  await fillDate(page, '整改时限', '2023-07-12')
  await page.getByRole('button', { name: '登记', exact: true }).click()
  await page.getByRole('heading', { name: '青榆家具厂' }).waitFor()
  await page.getByText('已登记').first().waitFor()
}

async function planAndRectify(page: Page): Promise<void> {
  // What waits for the firm stands on its 工作台, with the one act that moves it.
  await page.getByRole('listitem').filter({ hasText: description }).getByRole('link', { name: '制定整改措施' }).click()
  const form = page.getByRole('region', { name: '制定整改措施' })
  await form.getByRole('radio', { name: '制定方案（五落实）' }).check()
  await form.getByRole('textbox', { name: '责任人' }).fill('周厂')
  await form.getByRole('textbox', { name: '措施' }).fill('加装可燃气体报警装置并与风机联锁')
  await form.getByRole('spinbutton', { name: '资金' }).fill('3.5')
  await fillDate(form, '时限', '2023-06-30')
  await form.getByRole('textbox', { name: '预案' }).fill('整改期间停止喷漆作业')
  await submit(form, '制定整改措施')

  await page.getByRole('button', { name: '申请复查' }).click()
  const done = page.getByRole('region', { name: '申请复查' })
  await done.getByRole('textbox', { name: '整改完成情况' }).fill('报警装置已安装，联锁试验合格')
  await submit(done, '申请复查')
  await page.getByText('待复查').first().waitFor()
}

async function reinspectAndSignOff(page: Page): Promise<void> {
  await page.getByRole('listitem').filter({ hasText: description }).getByRole('link', { name: '复查' }).click()
  const form = page.getByRole('region', { name: '复查' })
  await form.getByRole('radio', { name: '通过', exact: true }).check()
  await form.getByRole('textbox', { name: '复查意见' }).fill('现场核查，整改到位')
  await submit(form, '复查')

  await page.getByRole('button', { name: '销号' }).click()
  await submit(page.getByRole('region', { name: '销号' }), '销号')
  await page.getByText('已销号').first().waitFor()
}

async function submit(form: Locator, name: string): Promise<void> {
  await form.getByRole('button', { name, exact: true }).click()
  await form.waitFor({ state: 'detached' })
}

async function openTable(page: Page, hazardPath: string): Promise<void> {
  await page.getByRole('link', { name: '青榆区重大事故隐患专项排查整治进展情况调度表' }).click()
  const figure = (label: string) => page.getByRole('gridcell', { name: new RegExp(`^${label}（个）：`) }).last()
  await figure(found).waitFor()
  expect(await figure(found).getAttribute('aria-label')).toContain('：1，由记录计算')
  expect(await figure(rectified).getAttribute('aria-label')).toContain('：1，由记录计算')
  expect(await figure('企业自查发现的重大事故隐患').getAttribute('aria-label')).toContain('：0，由记录计算')

  const [word] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出 Word' }).click(),
  ])
  const [excel] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出 Excel' }).click(),
  ])
  await checkWord(word)
  await checkExcel(excel)

  // Down from the figure to the record that it counts, and to the page of that record.
  await figure(rectified).click()
  const source = page.getByRole('complementary', { name: '数字的来源' })
  await source.getByText(description).waitFor()
  await source.getByRole('region', { name: '记录' }).getByRole('link').first().click()
  await page.getByText('现场核查，整改到位').first().waitFor()
  expect(new URL(page.url()).pathname).toBe(hazardPath)
}

/** Behind its label stands the figure: `3 | 部门检查发现的重大事故隐患（个） | 1`. */
function behind(cells: readonly string[], label: string): string | undefined {
  const at = cells.findIndex((text) => text === `${label}（个）`)
  return at === -1 ? undefined : cells[at + 1]
}

async function checkWord(file: Download): Promise<void> {
  expect(file.suggestedFilename()).toMatch(/\.docx$/)
  const { tables } = readWordTables(await readFile(await file.path()))
  const cells = tables.flatMap((table) => table.rows.flatMap((row) => row.cells.map((cell) => cell.text)))
  expect(behind(cells, found)).toBe('1')
  expect(behind(cells, rectified)).toBe('1')
}

async function checkExcel(file: Download): Promise<void> {
  expect(file.suggestedFilename()).toMatch(/\.xlsx$/)
  const cells = (await readSheetGrid(await readFile(await file.path()))).map((cell) => cell.text)
  expect(behind(cells, found)).toBe('1')
  expect(behind(cells, rectified)).toBe('1')
}
