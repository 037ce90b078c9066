import { expect, test } from 'vitest'
import { phone } from './browser.js'
import { generalOne, overdueOne, plannedOne, seedDistrict } from './district.js'
import { visitsTo } from './visits.js'

const visits = visitsTo(seedDistrict)

test('what is filtered for stands in the address, and a reload asks the same', async () => {
  const { page } = await visits.open(visits.seeded.world.inspector, '/hazards')
  const grid = page.getByRole('grid', { name: '隐患台账' })
  await grid.getByText(generalOne).waitFor()
  // It opens with what is not signed off.
  await page.getByRole('button', { name: '修改条件：状态=未销号' }).waitFor()
  await page.getByRole('button', { name: '＋ 且' }).click()
  await page.getByRole('button', { name: '等级', exact: true }).click()
  await page.getByRole('listbox', { name: '等级' }).getByRole('button', { name: '重大' }).click()
  await grid.getByText(generalOne).waitFor({ state: 'detached' })
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: '＋ 且' }).click()
  await page.getByRole('button', { name: '超期', exact: true }).click()
  await grid.getByText(plannedOne).waitFor({ state: 'detached' })
  await grid.getByText(overdueOne).waitFor()
  const { searchParams } = new URL(page.url())
  expect(Object.fromEntries(searchParams)).toMatchObject({ grade: 'major', overdue: 'yes' })

  await page.reload()
  await grid.getByText(overdueOne).waitFor()
  expect(await grid.getByRole('row').count()).toBe(2)
  await page.getByRole('button', { name: '去掉条件：超期' }).click()
  await grid.getByText(plannedOne).waitFor()
  expect(new URL(page.url()).searchParams.get('overdue')).toBeNull()

  await page.goBack()
  await grid.getByText(plannedOne).waitFor({ state: 'detached' })
})

test('a view of one’s own remembers question and columns, comes first when asked to, is renamed and taken away', async () => {
  const { page } = await visits.open(visits.seeded.world.chief, '/hazards?grade=major')
  const grid = page.getByRole('grid', { name: '隐患台账' })
  const views = page.getByRole('group', { name: '已存的视图' })
  const pressed = views.getByRole('button', { pressed: true })
  const column = (name: string) => grid.getByRole('columnheader', { name })
  await grid.getByText(plannedOne).waitFor()
  await page.getByRole('button', { name: '列', exact: true }).click()
  await page.getByRole('checkbox', { name: '属地' }).uncheck()
  await page.keyboard.press('Escape')
  await views.getByRole('button', { name: '存为视图' }).click()
  await page.getByRole('textbox', { name: '视图名称' }).fill('我的重大')
  await page.keyboard.press('Enter')
  await pressed.filter({ hasText: '我的重大' }).waitFor()

  await views.getByRole('button', { name: '全部' }).click()
  await grid.getByText(generalOne).waitFor()
  await views.getByRole('button', { name: '管理视图' }).click()
  await page.getByRole('radio', { name: '我的重大' }).check()
  await page.getByRole('button', { name: '给“我的重大”改名' }).click()
  await page.getByRole('textbox', { name: '“我的重大”的新名称' }).fill('重大的')
  await page.keyboard.press('Enter')
  await page.getByRole('radio', { name: '重大的', checked: true }).waitFor()

  // Another machine: what is kept is kept with the person.
  const elsewhere = await visits.open(visits.seeded.world.chief, '/hazards')
  const there = elsewhere.page.getByRole('grid', { name: '隐患台账' })
  await there.getByText(plannedOne).waitFor()
  expect(new URL(elsewhere.page.url()).searchParams.get('grade')).toBe('major')
  expect(await there.getByRole('columnheader', { name: '属地' }).count()).toBe(0)
  expect(await column('监管单位').count()).toBe(1)

  await page.getByRole('button', { name: '删去“重大的”' }).click()
  await page.getByRole('button', { name: '删去', exact: true }).click()
  await page.getByRole('radio', { name: '未销号', exact: true, checked: true }).waitFor()
  expect(await views.getByText('重大的').count()).toBe(0)
})

test('the keyboard searches, walks, opens and closes', async () => {
  const { page } = await visits.open(visits.seeded.world.inspector, '/hazards')
  const grid = page.getByRole('grid', { name: '隐患台账' })
  await grid.getByText(generalOne).waitFor()

  await page.keyboard.press('/')
  await page.keyboard.type('泄爆')
  await grid.getByText(generalOne).waitFor({ state: 'detached' })
  expect(new URL(page.url()).searchParams.get('q')).toBe('泄爆')
  await page.keyboard.press('Escape')
  await grid.getByText(generalOne).waitFor()

  await grid.getByRole('row').nth(1).focus()
  await page.keyboard.press('ArrowDown')
  const second = grid.getByRole('row').nth(2)
  await expect.poll(() => second.and(page.locator(':focus')).count()).toBe(1)
  const panel = page.getByRole('complementary', { name: '隐患' })
  await page.keyboard.press('Enter')
  await panel.getByText(plannedOne).first().waitFor()
  const opened = new URL(page.url()).searchParams.get('open')

  // The panel follows the arrows.
  await page.keyboard.press('ArrowUp')
  await panel.getByText(overdueOne).first().waitFor()
  expect(new URL(page.url()).searchParams.get('open')).not.toBe(opened)
  await page.keyboard.press('Escape')
  await panel.waitFor({ state: 'detached' })
  expect(new URL(page.url()).searchParams.get('open')).toBeNull()
})

test('on the phone the ledger is cards, and a card opens the hazard', async () => {
  const { page } = await visits.open(visits.seeded.world.inspector, '/hazards', phone)
  const cards = page.getByRole('list', { name: '隐患台账' })
  await cards.getByText(overdueOne).waitFor()
  expect(await page.getByRole('grid').count()).toBe(0)
  await cards.getByRole('button').filter({ hasText: overdueOne }).tap()
  await page.getByRole('heading', { name: '青榆家具厂' }).waitFor()
  expect(new URL(page.url()).pathname).toBe(`/hazards/${visits.seeded.overdueId}`)
})
