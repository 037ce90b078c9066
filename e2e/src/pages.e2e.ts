/** Every main page opens for somebody whose page it is, on the desk and on the phone, with nothing to complain of and nothing cut off. */
import { expect, test } from 'vitest'
import { desk, phone, type LogIn } from './browser.js'
import { overdueOne, seedDistrict } from './district.js'
import { visitsTo } from './visits.js'

const visits = visitsTo(seedDistrict)
type Seeded = typeof visits.seeded

interface MainPage {
  readonly name: string
  readonly who: (seeded: Seeded) => LogIn
  readonly address: (seeded: Seeded) => string
  readonly heading: string
  /** Something that only stands there when the page has its data. */
  readonly shows: string
}

const campaignName = '青榆区重大事故隐患专项排查整治行动'
const tableTitle = '青榆区重大事故隐患专项排查整治进展情况调度表'
const officer = ({ world }: Seeded) => world.inspector
const office = ({ world }: Seeded) => world.safetyOffice

const pages: readonly MainPage[] = [
  {
    name: '工作台 of an enterprise',
    who: ({ world }) => world.manager,
    address: () => '/',
    heading: '工作台',
    shows: overdueOne,
  },
  {
    name: '工作台 of a leader',
    who: ({ world }) => world.leader,
    address: () => '/',
    heading: '工作台',
    shows: '各单位超期未销号',
  },
  { name: '隐患台账', who: officer, address: () => '/hazards', heading: '隐患台账', shows: overdueOne },
  {
    name: '隐患详情',
    who: officer,
    address: ({ overdueId }) => `/hazards/${overdueId}`,
    heading: '青榆家具厂',
    shows: overdueOne,
  },
  { name: '登记隐患', who: officer, address: () => '/hazards/new', heading: '登记隐患', shows: '隐患描述' },
  { name: '企业', who: officer, address: () => '/enterprises', heading: '企业', shows: '青榆家具厂' },
  {
    name: '企业一页',
    who: officer,
    address: ({ world }) => `/enterprises/${world.firm.id}`,
    heading: '青榆家具厂',
    shows: '周青',
  },
  { name: '登记企业', who: officer, address: () => '/enterprises/new', heading: '登记企业', shows: '统一社会信用代码' },
  { name: '行动', who: office, address: () => '/campaigns', heading: '行动', shows: campaignName },
  {
    name: '行动一页',
    who: office,
    address: ({ world }) => `/campaigns/${world.campaignId}`,
    heading: campaignName,
    shows: '动员部署',
  },
  {
    name: '下发情况',
    who: office,
    address: ({ world }) => `/campaigns/${world.campaignId}/receivers`,
    heading: '下发情况',
    shows: '还没有下发过',
  },
  { name: '建立行动', who: office, address: () => '/campaigns/new', heading: '建立行动', shows: '导入方案数据' },
  { name: '调度表', who: office, address: () => '/tables', heading: '调度表', shows: tableTitle },
  {
    name: '调度表一张',
    who: office,
    address: ({ tableId }) => `/tables/${tableId}`,
    heading: '调度表',
    shows: '部门执法情况',
  },
  {
    name: '报送得分',
    who: office,
    address: ({ world }) => `/campaigns/${world.campaignId}/scores`,
    heading: '报送得分',
    shows: campaignName,
  },
  {
    name: '单位与人员',
    who: ({ systemAdmin }) => systemAdmin,
    address: () => '/units',
    heading: '单位与人员',
    shows: '柳河街道',
  },
  { name: '我的账户', who: officer, address: () => '/account', heading: '我的账户', shows: '检查员丁' },
  {
    name: '管理',
    who: ({ systemAdmin }) => systemAdmin,
    address: () => '/admin',
    heading: '账户与授权',
    shows: '账户与授权',
  },
  {
    name: '账户与授权',
    who: ({ systemAdmin }) => systemAdmin,
    address: () => '/admin/accounts',
    heading: '账户与授权',
    shows: '徐守正',
  },
  {
    name: '角色与权限',
    who: ({ systemAdmin }) => systemAdmin,
    address: () => '/admin/roles',
    heading: '角色与权限',
    shows: '系统管理员',
  },
  {
    name: '审计记录',
    who: ({ auditAdmin }) => auditAdmin,
    // By name, since the log-ins of the pages before this one fill the first page.
    address: () => `/admin/audit?q=${encodeURIComponent('网格员乙')}`,
    heading: '审计记录',
    shows: '网格员乙',
  },
  {
    name: '节假日安排',
    who: ({ systemAdmin }) => systemAdmin,
    address: () => '/admin/calendar?year=2023',
    heading: '节假日安排',
    shows: '本辖区登记的',
  },
  {
    name: '邮件提醒',
    who: ({ systemAdmin }) => systemAdmin,
    address: () => '/admin/mail',
    heading: '邮件提醒',
    shows: '没有设置邮件服务器',
  },
  ...['发送方与公钥', '系统外接收方', '发出的', '收下的'].map((part, at): MainPage => ({
    name: `数据包：${part}`,
    who: office,
    address: () => `/packages?part=${['senders', 'receivers', 'sent', 'received'][at] ?? ''}`,
    heading: '系统间数据包',
    shows: ['本系统的公钥', '登记接收方', '这里将列出发给别的系统的报表', '上传数据包文件'][at] ?? '',
  })),
]

test.each(pages)('$name opens', async ({ who, address, heading, shows }) => {
  for (const size of [desk, phone]) {
    const { page } = await visits.open(who(visits.seeded), address(visits.seeded), size)
    await page.getByRole('heading', { level: 1, name: heading }).waitFor()
    await page.getByText(shows).filter({ visible: true }).first().waitFor()
    const beyond = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
    expect(beyond, `pixels that stand out of a window ${size.width} wide`).toBeLessThanOrEqual(0)
  }
})

test('an address that leads nowhere says so, and a page that one may not see says whom to ask', async () => {
  const nowhere = await visits.open(visits.seeded.world.manager, '/nirgendwo')
  await nowhere.page.getByRole('heading').first().waitFor()
  const foreign = await visits.open(visits.seeded.world.otherTownOfficer, `/hazards/${visits.seeded.overdueId}`)
  foreign.expectStatus(404)
  await foreign.page.getByText('管辖范围').first().waitFor()
  expect(await foreign.page.getByText(overdueOne).count()).toBe(0)
})
