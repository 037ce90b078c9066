/**
 * Under a campaign that was sent out: a town drafts its own plan in Word and hands it in, its sender finds it on the board; and the town's
 * office makes a campaign of its own from what the district's asks of it.
 */
import { readFile } from 'node:fs/promises'
import { readWordTables } from '@bihuan/office'
import * as contracts from '@bihuan/contracts'
import { expect, test } from 'vitest'
import { buildNoticeDistrict } from '../../apps/server/test/build-notice-campaign.js'
import { ask, buildAccount, type TestApp } from '../../apps/server/test/builders.js'
import { visitsTo } from './visits.js'

async function seed(app: TestApp) {
  const district = await buildNoticeDistrict(app)
  const rule = { kinds: ['town' as const], unitIds: [] }
  const params = { campaignId: district.campaign.id }
  const sent = await ask(app, district.officer, contracts.sendOutCampaign, { params, body: { rule } })
  expect(sent.error).toBeUndefined()
  return { ...district, townOffice: await buildAccount(app, district.town, 'safety-office') }
}

const visits = visitsTo(seed, { BIHUAN_NOW: '2023-06-05T09:00:00+08:00' })

test('a town drafts its own plan and hands it in, and its sender reads it', async () => {
  const { clerk, officer, campaign } = visits.seeded
  const { page } = await visits.open(clerk, `/campaigns/${campaign.id}`)
  const own = page.getByRole('region', { name: '本单位实施方案' })
  const [draft] = await Promise.all([
    page.waitForEvent('download'),
    own.getByRole('button', { name: '起草（Word）' }).click(),
  ])
  expect(draft.suggestedFilename()).toBe('柳河镇重大事故隐患排查整治行动实施方案（草稿）.docx')
  const bytes = await readFile(await draft.path())
  const lines = readWordTables(bytes).paragraphs.map(({ text }) => text)
  expect(lines.join('\n')).toContain('各镇排查，每月1次。')
  const mimeType = 'application/octet-stream'
  await own.getByLabel('实施方案定稿').setInputFiles({ name: '柳河镇实施方案.docx', mimeType, buffer: bytes })
  await own.getByText(/林槐 2023-06-05 \d\d:\d\d 交/).waitFor()

  const board = (await visits.open(officer, `/campaigns/${campaign.id}/receivers`)).page
  const row = board.getByRole('row', { name: /柳河镇/ })
  const [kept] = await Promise.all([
    board.waitForEvent('download'),
    row.getByRole('button', { name: '柳河镇实施方案.docx' }).click(),
  ])
  expect(await readFile(await kept.path())).toEqual(bytes)
}, 120_000)

test('a town’s office makes a campaign of its own under the district’s', async () => {
  const { townOffice, campaign } = visits.seeded
  const { page } = await visits.open(townOffice, `/campaigns/${campaign.id}`)
  await page.getByRole('link', { name: '建立柳河镇的行动' }).click()
  await page.getByText('带入阶段 3 个').waitFor()
  await page.getByRole('button', { name: '带入并修改' }).click()
  expect(await page.getByLabel('阶段名称').nth(1).inputValue()).toBe('排查整治阶段')
  await page.getByRole('button', { name: '建立行动' }).click()
  await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}$/)
  await page.getByRole('heading', { name: '柳河镇重大事故隐患排查整治行动' }).waitFor()
  await page.getByRole('link', { name: campaign.name, exact: true }).click()
  await page.getByRole('link', { name: '柳河镇', exact: true }).click()
  await page.getByRole('heading', { name: '柳河镇重大事故隐患排查整治行动' }).waitFor()
}, 120_000)
