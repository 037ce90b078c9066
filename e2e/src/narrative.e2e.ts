/**
 * A report in words, up the line: a community takes its draft, hands in the edited Word and the scan, is told which point is missing,
 * files; the street sends it back at a point, gets it again and takes it. Then the office drafts a circular from the figures.
 */
import { readFile } from 'node:fs/promises'
import { unzipSync, zipSync } from 'fflate'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { readWordTables } from '@bihuan/office'
import { headings, narrativesOn, pdf } from '../../apps/server/test/build-narratives.js'
import type { TestApp } from '../../apps/server/test/builders.js'
import { returnsOn } from '../../apps/server/test/build-returns.js'
import { phone } from './browser.js'
import { visitsTo } from './visits.js'

const title = '阶段工作总结'

async function seed(app: TestApp) {
  const { buildDistrict, hazardIn, open } = returnsOn(() => app)
  const district = await buildDistrict()
  const [community] = district.communities
  const [clerk] = district.clerks
  if (community === undefined || clerk === undefined) throw new Error('a street has communities')
  await hazardIn(district, community, clerk)
  const added = await narrativesOn(() => app).add(district, { tableIds: [district.tableId] })
  expect(added.error).toBeUndefined()
  await open(district)
  return { clerk, street: district.streetClerk, office: district.office, streetName: district.street.name }
}

const visits = visitsTo(seed)

test('a report is drafted, refused while a point is missing, filed, sent back at a point, filed again and taken', async () => {
  const { clerk, street } = visits.seeded
  const { page, expectStatus } = await visits.open(clerk, '/returns')
  await page.getByRole('table').getByRole('link', { name: title }).first().click()
  const side = page.getByRole('complementary', { name: '核对与签名' })
  await side.getByText('还没有交可编辑文档。').waitFor()

  const draft = await taken(page, '下载草稿')
  const lines = readWordTables(draft).paragraphs.map(({ text }) => text)
  expect(lines.join('\n')).toContain('部门检查发现的重大事故隐患1个')

  // A wrong file is refused with a sentence, and nothing is delivered.
  expectStatus(422)
  await hand(page, '可编辑文档', '签字.pdf', pdf())
  await page.getByText('不是Word文档').waitFor()

  const [, problems] = headings
  await hand(page, '可编辑文档', '总结.docx', edited(draft, { [problems as string]: '其他情况' }))
  await side.getByText(`可编辑文档里没有“${problems}”这一部分`).waitFor()
  await hand(page, '签字盖章扫描件', '签字.pdf', pdf(2))
  await page.getByRole('region', { name: '签字盖章扫描件' }).getByText('2 页').waitFor()
  expect(await page.getByRole('button', { name: '上报', exact: true }).isDisabled()).toBe(true)

  await hand(page, '可编辑文档', '总结（改）.docx', edited(draft))
  await side.getByText('没有发现问题').waitFor()
  await page.getByRole('region', { name: '此前交过的' }).getByRole('link', { name: '总结.docx' }).waitFor()
  await page.getByRole('button', { name: '上报', exact: true }).click()
  await page.getByText('已上报', { exact: true }).first().waitFor()
  const address = new URL(page.url()).pathname

  const superior = (await visits.open(street, '/returns?side=received')).page
  await superior.getByRole('table').getByRole('link', { name: title }).first().click()
  await superior.getByRole('link', { name: '签字.pdf' }).waitFor()
  await superior.getByRole('button', { name: '退回', exact: true }).click()
  const panel = superior.getByRole('complementary', { name: '退回', exact: true })
  await superior
    .getByRole('region', { name: '必写要点' })
    .getByRole('button', { name: problems as string })
    .click()
  await panel.getByRole('textbox', { name: `对“${problems}”的意见` }).fill('问题没有写到具体场所')
  await panel.getByRole('button', { name: '退回', exact: true }).click()
  await panel.waitFor({ state: 'detached' })

  await page.reload()
  await page.getByRole('region', { name: '必写要点' }).getByText('问题没有写到具体场所').waitFor()
  await hand(page, '可编辑文档', '总结（再改）.docx', edited(draft, {}, '青榆市场通道堆物，已责令清理'))
  await side.getByText('没有发现问题').waitFor()
  await page.getByRole('button', { name: '上报', exact: true }).click()
  await page.getByText('已上报', { exact: true }).first().waitFor()

  await superior.goto(address)
  await superior.getByRole('button', { name: '接收' }).click()
  await superior.getByText('已接收', { exact: true }).first().waitFor()
  await superior.getByRole('link', { name: '第1次上报的原样' }).click()
  await superior.getByRole('link', { name: '总结（改）.docx' }).waitFor()

  const onPhone = (await visits.open(clerk, address, phone)).page
  await onPhone.getByRole('region', { name: '要交的文件' }).getByText('总结（再改）.docx').waitFor()
}, 240_000)

test('the office drafts a circular of the quarter, opens a figure to its records, and downloads it as Word', async () => {
  const { office, streetName } = visits.seeded
  const { page } = await visits.open(office, '/circulars')
  await page.getByRole('button', { name: '起草通报' }).first().click()
  const panel = page.getByRole('complementary', { name: '起草通报' })
  await panel.getByRole('button', { name: '2023年第二季度（到今天）' }).click()
  await panel.getByRole('button', { name: '起草', exact: true }).click()
  const units = page.getByRole('table', { name: '各单位' })
  await units.getByRole('button', { name: `${streetName}累计发现 1` }).click()
  const records = page.getByRole('complementary', { name: '数字的来源' })
  await records.getByRole('link', { name: '疏散通道堆放杂物' }).waitFor()
  const word = readWordTables(await taken(page, '下载 Word 草稿'))
  const text = word.paragraphs.map((paragraph) => paragraph.text.replace(/\n/g, '')).join('\n')
  expect(text).toContain('进展情况的通报')
  expect(text).toContain('累计发现重大事故隐患1个')
  expect(text).toContain('【待填：发文字号】')
  await page.goto('/circulars')
  await page.getByRole('table', { name: '通报' }).getByText('草稿').waitFor()
})

/** The file that a button gives. */
async function taken(page: Page, button: string): Promise<Uint8Array> {
  const waiting = page.waitForEvent('download')
  await page.getByRole('button', { name: button }).click()
  return new Uint8Array(await readFile(await (await waiting).path()))
}

async function hand(page: Page, form: string, name: string, bytes: Uint8Array): Promise<void> {
  const mimeType = name.endsWith('.pdf')
    ? 'application/pdf'
    : 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
  const answered = page.waitForResponse((response) => response.url().endsWith('/deliveries'))
  await page
    .getByLabel(form, { exact: true })
    .and(page.locator('input'))
    .setInputFiles({ name, mimeType, buffer: Buffer.from(bytes) })
  await answered
}

/** As a person edits a draft: blanks written over, headings perhaps renamed. */
function edited(draft: Uint8Array, renamed: Readonly<Record<string, string>> = {}, words = '已写明'): Uint8Array {
  const files = unzipSync(draft)
  let xml = Buffer.from(files['word/document.xml'] ?? [])
    .toString('utf8')
    .replace(/【待填[^】]*】/g, words)
  for (const [heading, other] of Object.entries(renamed)) xml = xml.replaceAll(heading, other)
  files['word/document.xml'] = new Uint8Array(Buffer.from(xml, 'utf8'))
  return zipSync(files)
}
