/** Filling in as a person does: by the label of a field, and by the words in a list. */
import type { Locator, Page } from 'playwright-core'

type Within = Page | Locator

/** A list that opens under its field: what is typed narrows it, what is pressed is taken. */
export async function choose(within: Within, label: string, words: string, typed?: string): Promise<void> {
  const field = within.getByRole('combobox', { name: label })
  await field.click()
  if (typed !== undefined) await field.fill(typed)
  const page = 'page' in within ? within.page() : within
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: words }).first().click()
}

/** A date as it is typed. */
export async function fillDate(within: Within, label: string, date: string): Promise<void> {
  const field = within.getByRole('textbox', { name: label })
  await field.fill(date)
  await field.press('Enter')
}
