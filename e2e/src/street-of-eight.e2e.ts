/**
 * A month of a street with eight communities, due on a 16th that is a holiday: seven file in time, one of them nil and one a second time after
 * a remark; the street files while the eighth is missing, and what the district takes comes out as the notice's own form.
 */
import { readFile } from 'node:fs/promises'
import type { Download, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { createCampaign, setUpSchedules, startCampaign, type BodyOf } from '@bihuan/contracts'
import { blankHazardDetails, type HazardCommand, type Plan, type PlanMetricTable } from '@bihuan/domain'
import { compareTables, readSheetGrid, readWordTables, writeMetricTableWord } from '@bihuan/office'
import { buildHazard } from '../../apps/server/test/build-hazards.js'
import { actorFor, ask, buildAccount, buildTenant, buildUnit, type TestApp } from '../../apps/server/test/builders.js'
import { samplePlan } from '../../apps/server/test/sample-plan.js'
import type { Actor } from '../../apps/server/src/platform/actor.js'
import { desk, phone, type LogIn } from './browser.js'
import { choose, fillDate } from './fields.js'
import { fillAndSign, lookAgainFor, openRow, sendBack, typeFigure } from './filing.js'
import { visitsTo } from './visits.js'

const communities = [
  '七桥社区',
  '八角社区',
  '九里社区',
  '柳湾社区',
  '石埠社区',
  '东塘社区',
  '南浦社区',
  '北苑社区',
] as const
type Community = (typeof communities)[number]

const table = '进展情况调度表'
const visited = '帮扶指导重点企业'

/** Monthly on the 16th, moved from holidays, from the month of `since` on; each level to the one above. */
function monthlyPlan(since: string): Plan {
  const plan = samplePlan({ warnings: [], targets: [] })
  const annexes = plan.annexes.filter(({ kind }) => kind !== 'task-list')
  return {
    ...plan,
    docNo: null,
    issuedOn: '2024-08-20',
    campaign: { ...plan.campaign, startsOn: '2024-08-20', endsOn: '2024-12-31' },
    phases: [],
    annexes: annexes.map((annex) =>
      annex.kind === 'metric-table'
        ? {
            ...annex,
            head: ['单位名称：____________ 时间：2024年 月 日'],
            notes: ['1.每月16日前报，遇节假日顺延。'],
          }
        : annex,
    ),
    reports: [
      {
        name: table,
        from: '各街道、各社区',
        to: [],
        annexes: [1],
        cadence: 'monthly',
        due: { day: 16 },
        since,
        cumulative: true,
        cutoff: null,
        nilReport: true,
        holidayShift: 'next-working-day',
        splitBy: null,
        sections: [],
        deliverables: [],
        mustContain: [],
        notes: null,
      },
    ],
  }
}

async function seedStreet(app: TestApp, code: string, since: string) {
  const tenant = await buildTenant(app, { code, name: '青榆区' })
  const safety = await buildUnit(app, tenant, { kind: 'safety-committee-office', name: '青榆区安委办' })
  const street = await buildUnit(app, tenant, { kind: 'street', name: '柳荫街道' })
  const office = await buildAccount(app, safety, 'safety-office', { personName: '秦安' })
  const streetClerk = await buildAccount(app, street, 'territory-officer', { personName: '叶街' })
  const units = new Map<Community, { readonly id: string; readonly clerk: LogIn }>()
  for (const name of communities) {
    const unit = await buildUnit(app, tenant, { kind: 'community', name, parentId: street.id })
    const clerk = await buildAccount(app, unit, 'territory-officer', { personName: `${name.slice(0, 2)}填报员` })
    units.set(name, { id: unit.id, clerk })
  }
  const created = await ask(app, office, createCampaign, {
    body: { unitId: tenant.rootUnitId, plan: monthlyPlan(since) as BodyOf<typeof createCampaign>['plan'] },
  })
  const { id: campaignId, version } = created.body
  const params = { campaignId }
  await ask(app, office, startCampaign, { params, body: { version } })
  const set = await ask(app, office, setUpSchedules, { params, body: {} })
  expect(set.body.left).toEqual([])
  const scheduleId = set.body.added[0]?.id ?? ''

  /** Found by the street in the community, and done away with or not. */
  const found = async (name: Community, rectified: boolean) => {
    const actor = await actorFor(app, streetClerk)
    const worker = await actorFor(app, office)
    const unitId = units.get(name)?.id ?? ''
    await buildHazard(
      app,
      actor,
      {
        ...blankHazardDetails,
        campaignId,
        subject: { kind: 'place', id: null, name: `${name}菜市场` },
        territoryUnitId: unitId,
        sector: '消防',
        source: 'inspection',
        finder: { personId: null, name: '网格员', unitId, side: 'government' },
        foundOn: '2024-09-05',
        description: '疏散通道堆放杂物',
        grade: 'major',
        gradeReason: '符合判定标准',
        deadline: '2024-10-10',
        responsibleUnitId: unitId,
        authorityUnitId: street.id,
      },
      rectified ? rectifiedLife(worker, actor) : [],
    )
  }
  const clerkOf = (name: Community): LogIn => units.get(name)?.clerk as LogIn
  return { office, streetClerk, clerkOf, scheduleId, found }
}

/** As far as the sign-off, in the days before the table is due. */
function rectifiedLife(worker: Actor, inspector: Actor): (readonly [Actor, HazardCommand])[] {
  const clear = { text: '通道已清理', evidenceFileIds: [] }
  return [
    [
      worker,
      {
        kind: 'plan-rectification',
        rectification: {
          mode: 'planned',
          responsible: { personId: worker.accountId, name: worker.personName },
          measures: '清理并划线',
          funds: 0.5,
          deadline: '2024-10-10',
          contingency: '增派人员值守',
        },
      },
    ],
    [worker, { kind: 'report-rectified', rectifiedOn: '2024-09-10', rectifiedBy: null, ...clear }],
    [inspector, { kind: 'reinspect-passed', on: '2024-09-11', ...clear }],
    [inspector, { kind: 'sign-off' }],
  ]
}

async function seed(app: TestApp) {
  const september = await seedStreet(app, 'qingyu', '2024-09-01')
  await september.found('七桥社区', true)
  await september.found('九里社区', false)
  await september.found('北苑社区', false)
  return { september, october: await seedStreet(app, 'qingyu-dong', '2024-10-01') }
}

// 中秋 of 2024 is the 15th to the 17th of September.
const visits = visitsTo(seed, { BIHUAN_NOW: '2024-09-18T09:00:00+08:00' })

/** What stands in the street's form: the eighth's hazard is counted, what its clerk typed is not; a question each level answers for itself. */
const expectedRows = [
  ['总体情况', '1', '企业自查发现的重大事故隐患（个）', '0', '2', '企业自查发现重大事故隐患中已完成整改的（个）', '0'],
  ['', '3', '部门检查发现的重大事故隐患（个）', '4', '4', '部门检查发现重大事故隐患中已完成整改的（个）', '1'],
  ['', '5', '政府挂牌督办的重大事故隐患（个）', '0', '6', '挂牌督办重大事故隐患中已完成整改的（个）', '0'],
  ['部门执法情况', '1', '帮扶指导重点企业（家次）', '16', '2', '行政处罚（次，万元）', '2，1.50'],
  ['', '3', '是否开设安全生产专栏', '是', '', '', ''],
]

test('a street files on the working day after the holiday while one of eight is missing, and the district has the form of the annex', async () => {
  const { office, streetClerk, clerkOf, scheduleId } = visits.seeded.september
  const scheduled = (await visits.open(office, '/schedules')).page
  await scheduled.getByRole('region', { name: table }).getByText('2024-09-18').waitFor()

  // The eighth begins, and does not come to an end in time.
  const begun = await openOwn('北苑社区')
  await typeFigure(begun, visited, '7')
  await begun.keyboard.press('Control+s')
  await begun.getByText('已保存').waitFor()

  await registerInLiuwan()
  await Promise.all([
    fileOf('七桥社区', { [visited]: '3', '行政处罚（次）': '2', '行政处罚（万元）': '1.5' }),
    fileOf('八角社区', {}, { nil: true }),
    fileOf('九里社区', { [visited]: '2' }),
  ])
  await Promise.all([
    fileOf('柳湾社区', { [visited]: '1' }),
    fileOf('石埠社区', { [visited]: '2' }),
    fileOf('东塘社区', { [visited]: '5' }),
    fileOf('南浦社区', { [visited]: '1' }),
  ])

  const superior = (await visits.open(streetClerk, '/returns?side=received')).page
  await superior
    .getByRole('row', { name: /九里社区/ })
    .getByRole('link', { name: table })
    .click()
  await sendBack(superior, visited, '与走访记录不符')
  const again = (await visits.open(clerkOf('九里社区'), new URL(superior.url()).pathname)).page
  await again.getByRole('region', { name: '退回意见' }).getByText('与走访记录不符').waitFor()
  await typeFigure(again, visited, '4')
  await fillAndSign(again, clerkOf('九里社区'))

  await superior.goto('/returns')
  await openRow(superior, table)
  const missing = superior.getByRole('region', { name: '下级未报' })
  await missing.getByRole('link', { name: '北苑社区' }).waitFor()
  expect(await missing.getByRole('listitem').count()).toBe(1)
  await expectFits(superior)
  const own = superior.getByRole('textbox', { name: new RegExp(`^${visited}`) })
  expect(await own.inputValue()).toBe('16')
  // Seven of the eight have answered; what they answered is beside the street's own answer, and not in it.
  await superior
    .getByRole('gridcell', { name: /^是否开设安全生产专栏：空白，人工填写，7个单位已答，0个答“是”/ })
    .last()
    .press('1')
  await fillAndSign(superior, streetClerk)
  const { pathname } = new URL(superior.url())

  const received = (await visits.open(office, '/returns?side=received')).page
  const line = received.getByRole('row', { name: /柳荫街道/ })
  await line.getByText('2024-09-18').waitFor()
  await line.getByText('按时').waitFor()
  await line.getByRole('link', { name: table }).click()
  await received.getByRole('region', { name: '下级未报' }).getByText('北苑社区').waitFor()
  await received.getByText('填报人：叶街', { exact: true }).waitFor()
  await received.getByRole('button', { name: '接收', exact: true }).click()
  await received.getByText('已接收', { exact: true }).first().waitFor()
  await expectWord(await exported(received, '导出 Word'))
  await expectExcel(await exported(received, '导出 Excel'))

  await visits.moveTo('2024-09-19T09:00:00+08:00')
  const late = await openOwn('北苑社区')
  await late.getByText('逾期1天').waitFor()
  await fillAndSign(late, clerkOf('北苑社区'))

  // What was filed stays as it was, and says what it would be with the eighth.
  const officer = (await visits.open(office, `${pathname}/rounds/1`)).page
  await officer.getByRole('complementary', { name: '与现在的差别' }).getByText('上报 16，现在 23').waitFor()
  await officer.goto(pathname)
  await expectWord(await exported(officer, '导出 Word'))

  await officer.goto(`/schedules/${scheduleId}/board`)
  const summary = officer.getByLabel('本期汇总')
  await summary.waitFor()
  expect(await summary.innerText()).toMatch(/应报 9.*已报 9.*迟报 1.*零报 1.*逾期 0.*退回 0/s)
  const expected = new Map<string, string>(communities.map((name) => [name, '已报']))
  expected.set('八角社区', '零报').set('北苑社区', '迟报1天')
  await expectMarks(officer, expected)
  const twice = officer.getByRole('row', { name: /九里社区/ }).getByRole('link', { name: '已报' })
  expect(await twice.getAttribute('title')).toContain('退回过 1 次')
  const small = (await visits.open(office, `/schedules/${scheduleId}/board`, phone)).page
  await expectCards(small, expected)
}, 240_000)

test('the board tells eight states apart, on the desk and on the phone', async () => {
  const { streetClerk, clerkOf, scheduleId } = visits.seeded.october
  const october = (name: Community, figures: Figures, how?: Filing) => fileAs(clerkOf(name), figures, how)
  await visits.moveTo('2024-10-16T09:00:00+08:00')
  await Promise.all([
    october('七桥社区', { [visited]: '1' }),
    october('八角社区', {}, { nil: true }),
    october('九里社区', { [visited]: '2' }),
  ])
  const board = `/schedules/${scheduleId}/board`
  const superior = (await visits.open(streetClerk, board)).page
  const open = (name: Community) =>
    superior
      .getByRole('row', { name: new RegExp(name) })
      .getByRole('link')
      .click()
  await open('九里社区')
  await sendBack(superior, visited, '请核对')
  for (const [name, until] of [
    ['南浦社区', '2024-10-17'],
    ['北苑社区', '2024-10-18'],
  ] as const) {
    await superior.goto(board)
    await open(name)
    await superior.getByRole('button', { name: '准予延期' }).click()
    const panel = superior.getByRole('complementary', { name: '准予延期' })
    await fillDate(panel, '延至', until)
    await panel.getByRole('textbox', { name: '原因' }).fill('台风防汛值守')
    await panel.getByRole('button', { name: '准予延期' }).click()
    await panel.waitFor({ state: 'detached' })
  }

  await visits.moveTo('2024-10-17T09:00:00+08:00')
  await Promise.all([october('柳湾社区', { [visited]: '3' }), october('石埠社区', {}, { nil: true })])
  const expected = new Map<string, string>([
    ['七桥社区', '已报'],
    ['八角社区', '零报'],
    ['九里社区', '退回'],
    ['柳湾社区', '迟报1天'],
    ['石埠社区', '迟报1天·零'],
    ['东塘社区', '逾期1天'],
    ['南浦社区', '今日到期'],
    ['北苑社区', '未到期'],
  ])
  for (const [size, expectAll] of [
    [desk, expectMarks],
    [phone, expectCards],
  ] as const) {
    const { page } = await visits.open(streetClerk, board, size)
    await expectAll(page, expected)
  }
}, 240_000)

/** The one that waits for the community, found where its clerk finds it. */
async function openOwn(name: Community): Promise<Page> {
  return openWaiting(visits.seeded.september.clerkOf(name))
}

async function openWaiting(clerk: LogIn): Promise<Page> {
  const { page } = await visits.open(clerk, '/returns')
  await lookAgainFor(page, page.getByRole('table').getByRole('link', { name: table }))
  await openRow(page, table)
  return page
}

/** By label; what is not named is zero. */
type Figures = Readonly<Record<string, string>>
type Filing = Parameters<typeof fillAndSign>[2]

const fileOf = (name: Community, figures: Figures, how?: Filing) =>
  fileAs(visits.seeded.september.clerkOf(name), figures, how)

async function fileAs(clerk: LogIn, figures: Figures, how?: Filing): Promise<void> {
  const page = await openWaiting(clerk)
  for (const [label, figure] of Object.entries(figures)) await typeFigure(page, label, figure)
  await fillAndSign(page, clerk, how)
  await page.close()
}

async function registerInLiuwan(): Promise<void> {
  const { page } = await visits.open(visits.seeded.september.clerkOf('柳湾社区'), '/hazards/new')
  await page.getByRole('heading', { name: '登记隐患' }).waitFor()
  await page.getByRole('radio', { name: '场所、未登记的单位' }).check()
  await page.getByRole('textbox', { name: '企业或场所' }).fill('柳湾农贸市场')
  await page.getByRole('textbox', { name: '隐患描述' }).fill('燃气软管穿墙敷设')
  await fillDate(page, '检查日期', '2024-09-12')
  await page.getByRole('combobox', { name: '行业领域' }).fill('燃气')
  await page.getByRole('radio', { name: '重大' }).check()
  await page.getByRole('textbox', { name: '判定的理由' }).fill('符合燃气经营重大事故隐患判定标准')
  await choose(page, '整改责任单位', '柳湾社区', '柳湾')
  await fillDate(page, '整改时限', '2024-10-12')
  await page.getByRole('button', { name: '登记', exact: true }).click()
  await page.getByText('已登记').first().waitFor()
}

async function exported(page: Page, how: '导出 Word' | '导出 Excel'): Promise<Buffer> {
  await page.getByRole('button', { name: '导出', exact: true }).click()
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: how }).click()])
  return readFile(await (file satisfies Download).path())
}

/** Around the table, without white space. Of the one that is missing the form says nothing. */
const expectedLines = [
  '青榆区重大事故隐患专项排查整治进展情况调度表',
  '单位名称：柳荫街道时间：2024年9月18日',
  '注：1.每月16日前报，遇节假日顺延。',
  '填报人：叶街联系电话：',
]
const withoutSpace = (text: string) => text.replace(/\s/g, '')

/** The table is the annex, merges and all; in its blanks stand these figures, and about it the unit, the day and who signed. */
async function expectWord(bytes: Uint8Array): Promise<void> {
  const annex = monthlyPlan('2024-09-01').annexes.find((one): one is PlanMetricTable => one.kind === 'metric-table')
  if (annex === undefined) throw new Error('the plan has its table')
  const blank = readWordTables(await writeMetricTableWord({ table: annex, values: {}, layout: { pairsPerRow: 2 } }))
  const { tables, body } = readWordTables(bytes)
  const [model, made] = [blank.tables[0], tables[0]]
  if (model === undefined || made === undefined) throw new Error('there is a table')
  expect(compareTables(model, made)).toEqual([])
  expect(made.rows.map(({ cells }) => cells.map(({ text }) => text))).toEqual(expectedRows)
  const lines = body.flatMap((item) => ('paragraph' in item && item.paragraph.text.trim() ? [item.paragraph.text] : []))
  expect(lines.map(withoutSpace)).toEqual(expectedLines)
}

async function expectExcel(bytes: Uint8Array): Promise<void> {
  const grid = await readSheetGrid(bytes)
  const first = grid.find(({ text }) => text === '总体情况')?.row ?? 0
  const at = (row: number, column: number) =>
    grid.find((cell) => cell.row === row && cell.column === column)?.text ?? ''
  expect(expectedRows.map((row, down) => row.map((_, over) => at(first + down, over + 1)))).toEqual(expectedRows)
  expect(grid.find(({ text }) => text === '总体情况')).toMatchObject({ rowSpan: 3, column: 1 })
  const around = grid.filter(({ row, text }) => text !== '' && (row < first || row >= first + expectedRows.length))
  expect(around.map(({ text }) => withoutSpace(text))).toEqual(expectedLines)
}

async function expectMarks(page: Page, expected: ReadonlyMap<string, string>): Promise<void> {
  for (const [unit, mark] of expected) {
    await page
      .getByRole('row', { name: new RegExp(unit) })
      .getByRole('link', { name: mark, exact: true })
      .waitFor()
  }
  await expectFits(page)
}

async function expectCards(page: Page, expected: ReadonlyMap<string, string>): Promise<void> {
  for (const [unit, mark] of expected) {
    await page.getByRole('listitem').filter({ hasText: unit }).getByRole('link', { name: mark, exact: true }).waitFor()
  }
  await expectFits(page)
}

/** Nothing stands beyond the edge of the screen. */
async function expectFits(page: Page): Promise<void> {
  expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
}
