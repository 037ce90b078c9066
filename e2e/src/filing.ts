/** A return as its people fill it in, sign it and file it. */
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { LogIn } from './browser.js'

/** The line of the table or the list, by its title. */
export async function openRow(page: Page, name: string): Promise<void> {
  await page.getByRole('table').getByRole('link', { name }).first().click()
}

export async function typeFigure(page: Page, label: string, figure: string): Promise<void> {
  const cell = page.getByRole('textbox', { name: new RegExp(`^${label}`) })
  await cell.fill(figure)
  await cell.press('Enter')
}

/** Zeros where nothing was typed, saved with Ctrl+S, then signed and filed in one act. */
export async function fillAndSign(page: Page, who: LogIn, { nil = false } = {}): Promise<void> {
  const zeros = page.getByRole('button', { name: '空白格全部填 0' })
  await page.getByRole('button', { name: '签名上报' }).waitFor()
  if (await zeros.isVisible()) await zeros.click()
  const save = page.getByRole('button', { name: /保存 \d+ 处$/ })
  await save.waitFor()
  await page.keyboard.press('Control+s')
  await save.waitFor({ state: 'detached' })
  await page.getByText('没有发现问题').waitFor()
  await signAndFile(page, who, { nil })
}

/** The last signature sends it up. */
export async function signAndFile(page: Page, who: LogIn, { nil = false } = {}): Promise<void> {
  await sign(page, who, { nil })
  await page.getByText('已上报', { exact: true }).first().waitFor()
}

/** Whether it can be a nil return the panel knows by the figures. */
export async function sign(page: Page, { password }: LogIn, { nil = false } = {}): Promise<void> {
  await page.getByRole('button', { name: '签名上报' }).click()
  const panel = page.getByRole('complementary', { name: '签名', exact: true })
  await panel.getByLabel('登录口令').fill(password)
  const zero = panel.getByRole('checkbox', { name: /^零报告/ })
  expect(await zero.isVisible()).toBe(nil)
  if (nil) await zero.setChecked(true)
  await panel.getByRole('button', { name: '签名', exact: true }).click()
  await panel.waitFor({ state: 'detached' })
}

/** A press on the cell is a remark at the cell. */
export async function sendBack(page: Page, label: string, remark: string): Promise<void> {
  await page.getByRole('button', { name: '退回', exact: true }).click()
  const panel = page.getByRole('complementary', { name: '退回', exact: true })
  await page
    .getByRole('gridcell', { name: new RegExp(`^${label}`) })
    .last()
    .click()
  await panel.getByRole('textbox', { name: `对“${label}”的意见` }).fill(remark)
  await panel.getByRole('button', { name: '退回', exact: true }).click()
  await panel.waitFor({ state: 'detached' })
  await page.getByText('已退回', { exact: true }).first().waitFor()
}

/** What the night brings, or a job that was just asked for, is there a moment later: as a person does, look again. */
export async function lookAgainFor(page: Page, wanted: Locator): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const found = await wanted
      .first()
      .waitFor({ timeout: 1_500 })
      .then(() => true)
      .catch(() => false)
    if (found) return
    if (tries === 10) throw new Error(`it did not come, however often one looked: ${wanted.toString()}`)
    await page.reload()
  }
}
