/** Ledgers for tests: out of the product, changed as a clerk changes them in Excel, and in again. */
import ExcelJS from '@protobi/exceljs'
import {
  bringIn,
  exportLedger,
  listImportRows,
  readImport,
  showCampaign,
  startImport,
  type ImportRowView,
  type ImportView,
  type QueryOf,
} from '@bihuan/contracts'
import { parseRowIdentity, readWorkbook, type CellValue } from '@bihuan/office'
import { ask, runJobs, upload, type TestAccount, type TestApp } from './builders.js'

export async function ledgersOf(test: TestApp, who: TestAccount, campaignId: string) {
  const { body } = await ask(test, who, showCampaign, { params: { campaignId }, query: {} })
  const [thirteen, nine] = body.ledgers
  if (thirteen === undefined || nine === undefined) throw new Error('the sample plan has two ledgers')
  return { thirteen, nine }
}

export async function exportedLedger(
  test: TestApp,
  who: TestAccount,
  campaignId: string,
  ledgerId: string,
  query: QueryOf<typeof exportLedger> = {},
): Promise<Buffer> {
  const answer = await ask(test, who, exportLedger, { params: { campaignId, ledgerId }, query })
  if (answer.error) throw new Error(`${answer.error.code}: ${answer.error.message}`)
  return answer.bytes
}

export async function rowsIn(bytes: Uint8Array): Promise<{ row: number; cells: readonly CellValue[] }[]> {
  const rows: { row: number; cells: readonly CellValue[] }[] = []
  for await (const { row, cells } of readWorkbook(bytes)) rows.push({ row, cells })
  return rows
}

/** The rows that carry an identity, in the order of the sheet. */
export async function dataRowsIn(bytes: Uint8Array) {
  return (await rowsIn(bytes)).flatMap(({ row, cells }) => {
    const identity = parseRowIdentity(cells.at(-1))
    return identity === null ? [] : [{ row, cells, identity }]
  })
}

/** Opens the workbook in another library, as Excel would, and saves what `edit` made of its sheet. */
export async function editedIn(bytes: Uint8Array, edit: (sheet: ExcelJS.Worksheet) => void): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(Buffer.from(bytes) as unknown as ExcelJS.Buffer)
  const [sheet] = book.worksheets
  if (sheet === undefined) throw new Error('no sheet')
  edit(sheet)
  return Buffer.from(await book.xlsx.writeBuffer())
}

export interface Preview {
  readonly run: ImportView
  readonly rows: readonly ImportRowView[]
}

/** Uploads and judges; nothing is brought in. */
export async function previewed(
  test: TestApp,
  who: TestAccount,
  bytes: Uint8Array,
  options: Readonly<Record<string, unknown>>,
): Promise<Preview> {
  const begun = await upload(test, who, startImport, {
    params: { kind: 'ledger' },
    file: { name: '清单.xlsx', bytes },
    fields: { options: JSON.stringify(options) },
  })
  if (begun.error) throw new Error(`${begun.error.code}: ${begun.error.message}`)
  await runJobs(test)
  return shown(test, who, begun.body.id)
}

export async function shown(test: TestApp, who: TestAccount, importId: string): Promise<Preview> {
  const run = await ask(test, who, readImport, { params: { importId } })
  const rows = await ask(test, who, listImportRows, { params: { importId }, query: { limit: 200 } })
  return { run: run.body, rows: rows.body.items }
}

export async function broughtIn(test: TestApp, who: TestAccount, { run }: Preview): Promise<Preview> {
  const begun = await ask(test, who, bringIn, { params: { importId: run.id } })
  if (begun.error) throw new Error(`${begun.error.code}: ${begun.error.message}`)
  await runJobs(test)
  return shown(test, who, run.id)
}

export function verdictsOf({ rows }: Preview): string[] {
  return rows.map(({ verdict }) => verdict)
}

/** `列名 代码` of each problem. */
export function problemsOf(row: ImportRowView | undefined): string[] {
  return (row?.problems ?? []).map(({ title, code }) => `${title} ${code}`.trim())
}
