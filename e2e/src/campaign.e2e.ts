import { expect, test } from 'vitest'
import { desk, phone } from './browser.js'
import { overdueOne, seedDistrict } from './district.js'
import { visitsTo } from './visits.js'

const visits = visitsTo(seedDistrict)

test('what a plan gave is put right on the campaign’s page, on the desk and on the phone', async () => {
  const { world } = visits.seeded
  for (const [size, post] of [
    [desk, '区长'],
    [phone, '常务副区长'],
  ] as const) {
    const { page } = await visits.open(world.safetyOffice, `/campaigns/${world.campaignId}`, size)
    await page.getByRole('button', { name: '修改组织领导' }).click()
    await page.getByRole('textbox', { name: '职务或单位' }).first().fill(post)
    await page.getByRole('button', { name: '保存' }).click()
    const leaders = page.getByRole('region', { name: '组织领导' })
    await leaders.getByText(post, { exact: true }).waitFor()

    await page.getByRole('button', { name: '修改重点对象' }).click()
    await page.getByRole('button', { name: '加一个' }).click()
    await page.getByRole('textbox', { name: '企业或场所' }).last().fill(`${post}点名的市场`)
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('region', { name: '重点对象' }).getByText(`${post}点名的市场`).waitFor()
  }
})

test('a campaign that runs stands on the 工作台 with its table, and a hazard leads to the cell that counts it', async () => {
  const { world, overdueId } = visits.seeded
  const { page } = await visits.open(world.safetyOffice, `/campaigns/${world.campaignId}`)
  await page.getByRole('button', { name: '启动行动' }).click()
  await page.getByRole('button', { name: '启动行动' }).waitFor({ state: 'detached' })
  await page.goto('/')
  const running = page.getByRole('list', { name: '进行中的行动' })
  await running.getByRole('link', { name: '进展情况调度表' }).waitFor()

  await page.goto(`/hazards/${overdueId}`)
  await page
    .getByRole('list', { name: '计入的调度表' })
    .getByRole('link', { name: '部门检查发现的重大事故隐患' })
    .click()
  await page.getByRole('complementary').getByText(overdueOne).waitFor()
  expect(new URL(page.url()).pathname).toBe(`/tables/${visits.seeded.tableId}`)
})
