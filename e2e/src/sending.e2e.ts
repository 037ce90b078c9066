/**
 * A campaign goes out: the office sends it, a town finds it in its 工作台, reads the notice and confirms it, once; the office sees who has
 * and who has not, and reminds the others in one act.
 */
import { expect, test } from 'vitest'
import { buildNoticeDistrict } from '../../apps/server/test/build-notice-campaign.js'
import { phone } from './browser.js'
import { visitsTo } from './visits.js'

const visits = visitsTo((app) => buildNoticeDistrict(app), { BIHUAN_NOW: '2023-06-05T09:00:00+08:00' })

test('a campaign is sent out, read and confirmed; the board says by whom, and those that have not are reminded', async () => {
  const { officer, clerk, campaign } = visits.seeded
  const { page } = await visits.open(officer, `/campaigns/${campaign.id}`)
  await page.getByRole('button', { name: '下发', exact: true }).click()
  const panel = page.getByRole('complementary', { name: '下发' })
  await panel.getByLabel('单位类别').click()
  for (const kind of ['镇', '企业']) {
    await panel.getByLabel('单位类别').fill(kind)
    await page.locator('.ant-select-item-option').getByText(kind, { exact: true }).click()
  }
  await panel.getByRole('heading', { name: '下发' }).click()
  await panel.getByLabel('哪些企业').waitFor()
  const reach = panel.getByRole('region', { name: '将下发给' })
  await reach.getByText('将下发给 3 个单位').waitFor()
  await panel.getByRole('button', { name: '下发', exact: true }).click()
  await page.getByText('已下发给 3 个单位').waitFor()

  const town = (await visits.open(clerk, '/')).page
  await town.getByRole('region', { name: '待阅读确认' }).getByRole('link', { name: '去确认' }).click()
  await town.getByRole('link', { name: '读通知原文' }).click()
  await town.getByRole('document', { name: '通知原文' }).waitFor()
  await town.getByRole('button', { name: '已阅读，确认' }).click()
  await town.getByText(/柳河镇：林槐 2023-06-05 \d\d:\d\d 阅读确认/).waitFor()
  expect(await town.getByRole('button', { name: '已阅读，确认' }).count()).toBe(0)
  await town.goto('/')
  await town.getByRole('heading', { name: '工作台' }).waitFor()
  expect(await town.getByRole('region', { name: '待阅读确认' }).count()).toBe(0)

  await page.getByRole('link', { name: '下发情况' }).click()
  const board = page.getByRole('grid', { name: '下发情况' })
  await board.getByRole('row', { name: /柳河镇.*已确认.*林槐/ }).waitFor()
  await board.getByRole('row', { name: /槐山镇.*未确认/ }).waitFor()
  await page.getByRole('button', { name: '催办 2 个' }).click()
  const words = page.getByRole('complementary', { name: '催办' })
  await words.getByLabel('附一句话').fill('请今天确认。')
  await words.getByRole('button', { name: '催办' }).click()
  await board.getByRole('row', { name: /槐山镇.*1 次，2023-06-05/ }).waitFor()
  await page.getByRole('group', { name: '汇总' }).getByRole('button', { name: '已确认 1' }).click()
  await board.getByRole('row', { name: /槐山镇/ }).waitFor({ state: 'detached' })
  expect(new URL(page.url()).searchParams.get('state')).toBe('confirmed')
}, 180_000)

test('an enterprise reads and confirms on the phone, and nothing stands beyond the edge', async () => {
  const { manager, campaign } = visits.seeded
  const { page } = await visits.open(manager, '/', phone)
  await page.getByRole('region', { name: '待阅读确认' }).getByRole('link', { name: campaign.name }).click()
  await page.getByRole('button', { name: '已阅读，确认' }).click()
  await page.getByText(/柳河铸造厂：周柳/).waitFor()
  const beyond = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')
  expect(beyond).toBeLessThanOrEqual(0)
}, 120_000)
