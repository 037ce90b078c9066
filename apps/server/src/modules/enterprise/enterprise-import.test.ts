import ExcelJS from '@protobi/exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  bringIn,
  changeEnterprise,
  decideImportRows,
  downloadTemplate,
  exportImportRows,
  listEnterprises,
  listImportRows,
  mendImportRow,
  readImport,
  showEnterprise,
  startImport,
  type ImportRowView,
} from '@bihuan/contracts'
import { enterpriseImportColumns } from '@bihuan/domain'
import { cellText, readWorkbook } from '@bihuan/office'
import { buildEnterprise, nextCreditCode } from '../../../test/build-enterprise.js'
import {
  ask,
  buildAccount,
  buildTenant,
  buildUnit,
  runJobs,
  startTestApp,
  upload,
  type TestAccount,
  type TestApp,
  type TestTenant,
  type TestUnit,
} from '../../../test/builders.js'

type Row = Readonly<Record<string, string | number | boolean | null>>

async function workbook(
  rows: readonly Row[],
  headings?: readonly string[],
  shape?: (sheet: ExcelJS.Worksheet) => void,
): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('企业')
  const heads = headings ?? [...new Set(rows.flatMap((row) => Object.keys(row)))]
  sheet.addRow([...heads])
  for (const row of rows) sheet.addRow(heads.map((head) => row[head] ?? null))
  shape?.(sheet)
  return Buffer.from(await book.xlsx.writeBuffer())
}

describe('an import of enterprises', () => {
  let test: TestApp
  let tenant: TestTenant
  beforeAll(async () => {
    test = await startTestApp()
    tenant = await buildTenant(test)
  })
  afterAll(() => test.stop())

  async function townWithOfficer() {
    const town = await buildUnit(test, tenant, { kind: 'town' })
    return { town, officer: await buildAccount(test, town, 'territory-officer') }
  }
  const rowFor = (town: TestUnit, overrides: Row = {}): Row => ({
    企业名称: `榆叶${nextCreditCode().slice(8, 14)}制品厂`,
    统一社会信用代码: nextCreditCode(),
    行业领域: '工贸',
    规模: '小微',
    地址: `榆叶路${nextCreditCode().slice(9, 13)}号`,
    属地单位: town.name,
    主要负责人: '周青',
    主要负责人电话: '13800001234',
    ...overrides,
  })

  async function previewOf(officer: TestAccount, bytes: Buffer) {
    const started = await upload(test, officer, startImport, {
      params: { kind: 'enterprise' },
      file: { name: '企业.xlsx', bytes },
    })
    expect(started.error).toBeUndefined()
    await runJobs(test)
    return look(officer, started.body.id)
  }
  async function look(officer: TestAccount, importId: string) {
    const run = (await ask(test, officer, readImport, { params: { importId } })).body
    const rows = (await ask(test, officer, listImportRows, { params: { importId }, query: { limit: 200 } })).body.items
    return { importId, run, rows }
  }
  async function broughtIn(officer: TestAccount, importId: string) {
    const answer = await ask(test, officer, bringIn, { params: { importId } })
    expect(answer.error).toBeUndefined()
    await runJobs(test)
    return look(officer, importId)
  }
  const verdicts = (rows: readonly ImportRowView[]) => rows.map(({ verdict }) => verdict)
  const messagesAt = (row: ImportRowView | undefined) =>
    (row?.problems ?? []).map(({ key, message }) => `${key}: ${message}`)
  const countIn = async (town: TestUnit) => {
    const [row] = await test.db.asOwner<{ count: number }>(
      'select count(*)::int as count from enterprise where territory_unit_id = $1',
      [town.id],
    )
    return row?.count
  }

  it('writes nothing before the one act that brings the good rows in, and then each of them once', async () => {
    const { town, officer } = await townWithOfficer()
    const rows = [rowFor(town), rowFor(town, { 地址: null }), rowFor(town)]
    const { importId, run, rows: judged } = await previewOf(officer, await workbook(rows))
    expect(run).toMatchObject({ state: 'preview', counts: { new: 2, refused: 1 } })
    expect(messagesAt(judged[1])).toEqual([expect.stringContaining('address: “地址”必须填写')])
    expect(await countIn(town)).toBe(0)

    const done = await broughtIn(officer, importId)
    expect(done.run).toMatchObject({
      state: 'done',
      written: { new: 2, changed: 0 },
      counts: { written: 2, refused: 1 },
    })
    expect(await countIn(town)).toBe(2)
    const again = await ask(test, officer, bringIn, { params: { importId } })
    expect(again.status).toBe(409)
    expect(await countIn(town)).toBe(2)
  })

  it('finds columns by what they mean, wherever they stand, and says which are moved, missing or doubled', async () => {
    const { town, officer } = await townWithOfficer()
    const headings = ['序号', '所属镇街', '单位名称（必填）', '信用代码', '所属行业', '详细地址', '法定代表人']
    const row = {
      序号: 1,
      所属镇街: town.name,
      '单位名称（必填）': '榆钱食品厂',
      信用代码: nextCreditCode(),
      所属行业: '商贸',
      详细地址: '榆钱路1号',
      法定代表人: '林一',
    }
    const { run, rows } = await previewOf(officer, await workbook([row], headings))
    expect(verdicts(rows)).toEqual(['new'])
    const codes = new Set(run.sheets[0]?.problems.map(({ code }) => code))
    expect(codes).toEqual(new Set(['unknown', 'moved', 'missing-optional']))

    const doubled = await previewOf(officer, await workbook([row], [...headings, '企业名称']))
    expect(doubled.run).toMatchObject({
      state: 'failed',
      failure: { code: 'import.no-usable-sheet', message: expect.stringContaining('出现了2次') as string },
    })
    const missing = await previewOf(
      officer,
      await workbook(
        [row],
        headings.filter((one) => one !== '详细地址'),
      ),
    )
    expect(missing.run.failure?.message).toContain('缺少“地址”列')
  })

  it('takes a messy workbook: a title above, merged cells, full-width figures, codes with blanks, numbers for text, notes below', async () => {
    const { town, officer } = await townWithOfficer()
    const code = nextCreditCode()
    const spread = [...code].map((letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)).join('')
    const rows = [
      rowFor(town, { 统一社会信用代码: ` ${code.slice(0, 6)} ${code.slice(6)}`, 从业人数: '１２人', 高危: '√' }),
      rowFor(town, { 统一社会信用代码: nextCreditCode().toLowerCase(), 从业人数: 3000, 高危: '否' }),
      rowFor(town, { 统一社会信用代码: 913601001234567890, 从业人数: '许多', 高危: '也许' }),
      rowFor(town, {
        统一社会信用代码: null,
        替代编号类别: '个体注册号',
        替代编号: 'gt-2023-17',
        属地单位: '没有的镇',
      }),
    ]
    const bytes = await workbook(rows, undefined, (sheet) => {
      sheet.insertRow(1, ['柳河镇企业名册'])
      const territory = (sheet.getRow(2).values as unknown[]).indexOf('属地单位')
      sheet.mergeCells(3, territory, 4, territory)
      sheet.addRow(['填表人：周青'])
      sheet.mergeCells(sheet.rowCount, 1, sheet.rowCount, 8)
    })
    const { run, rows: judged, importId } = await previewOf(officer, bytes)
    expect(run.sheets[0]).toMatchObject({ headerRow: 2, rows: 4 })
    expect(verdicts(judged)).toEqual(['new', 'new', 'refused', 'refused'])
    expect(messagesAt(judged[2])).toEqual([
      expect.stringMatching(/^creditCode: .*被Excel当作数字/) as string,
      expect.stringMatching(/^employees: “许多”/) as string,
      expect.stringMatching(/^highRisk: “也许”/) as string,
    ])
    expect(messagesAt(judged[3])).toEqual([expect.stringMatching(/^territory: 找不到单位“没有的镇”/) as string])

    const mended = await ask(test, officer, mendImportRow, {
      params: { importId, ordinal: 4 },
      body: { cells: { territory: town.name } },
    })
    expect(mended.body).toMatchObject({ verdict: 'new', problems: [] })
    const fullWidth = await ask(test, officer, mendImportRow, {
      params: { importId, ordinal: 3 },
      body: { cells: { creditCode: spread, employees: '20', highRisk: '是' } },
    })
    // The same code as the first row, in another spelling.
    expect(messagesAt(fullWidth.body)).toEqual([expect.stringMatching(/^creditCode: 与第3行的代码相同/) as string])
    await broughtIn(officer, importId)
    const { items } = (await ask(test, officer, listEnterprises, { query: {} })).body
    expect(items.map(({ creditCode, employees }) => ({ creditCode, employees }))).toContainEqual({
      creditCode: code,
      employees: 12,
    })
    expect(items.map(({ alternativeNumber }) => alternativeNumber)).toContain('GT-2023-17')
  })

  it('shows what a row would change of an enterprise that is there, telephones masked, and changes that alone', async () => {
    const { town, officer } = await townWithOfficer()
    const { enterprise } = await buildEnterprise(test, town, {
      size: 'individual',
      safetyManager: { name: '吴岚', phone: '13911112222' },
    })
    const same = await buildEnterprise(test, town)
    const row = {
      企业名称: enterprise.name,
      统一社会信用代码: enterprise.creditCode,
      行业领域: '工贸',
      规模: '规上',
      地址: enterprise.address,
      属地单位: town.name,
      主要负责人: '周青',
      主要负责人电话: '13700009999',
    }
    const unchanged = {
      ...row,
      企业名称: same.enterprise.name,
      统一社会信用代码: same.enterprise.creditCode,
      规模: '小微',
      地址: same.enterprise.address,
      主要负责人电话: '13800001234',
    }
    const { importId, rows } = await previewOf(officer, await workbook([row, unchanged]))
    expect(verdicts(rows)).toEqual(['changed', 'same'])
    expect(rows[0]?.changes).toEqual([
      { title: '规模', before: '个体', after: '规上' },
      { title: '主要负责人电话', before: '138****1234', after: '137****9999' },
    ])
    await broughtIn(officer, importId)
    const page = await ask(test, officer, showEnterprise, { params: { enterpriseId: enterprise.id } })
    // No column for the safety manager: kept.
    expect(page.body.enterprise).toMatchObject({
      version: 2,
      size: 'above-designated',
      safetyManager: { name: '吴岚', phone: '139****2222' },
      employees: 25,
    })
  })

  it('does not overwrite what somebody changed between the preview and the bringing in', async () => {
    const { town, officer } = await townWithOfficer()
    const { enterprise } = await buildEnterprise(test, town)
    const row = {
      企业名称: enterprise.name,
      统一社会信用代码: enterprise.creditCode,
      行业领域: '工贸',
      地址: '新地址2号',
      属地单位: town.name,
    }
    const { importId } = await previewOf(officer, await workbook([row, rowFor(town)]))
    await ask(test, officer, changeEnterprise, {
      params: { enterpriseId: enterprise.id },
      body: { version: 1, changes: { address: '另一处3号' } },
    })
    const done = await broughtIn(officer, importId)
    expect(done.run.written).toEqual({ new: 1, changed: 0 })
    expect(done.rows[0]?.problems[0]?.code).toBe('enterprise.changed-meanwhile')
    const page = await ask(test, officer, showEnterprise, { params: { enterpriseId: enterprise.id } })
    expect(page.body.enterprise.address).toBe('另一处3号')
  })

  it('asks about rows that look like an enterprise there is, or like a row above, and does as was decided', async () => {
    const { town, officer } = await townWithOfficer()
    const old = await buildEnterprise(test, town, {
      name: '青榆区金桂木器制造有限公司',
      creditCode: null,
      alternativeKey: { kind: 'place', number: 'CS-1' },
      address: '榆叶路8号',
    })
    const like = { 企业名称: '金桂木器制造有限责任公司', 地址: '榆叶路8号', 主要负责人电话: null }
    const rows = [
      rowFor(town, like),
      rowFor(town, { ...like, 地址: '榆叶路８号' }),
      rowFor(town, { 企业名称: '银桂印刷厂', 地址: '桂花路3号' }),
      rowFor(town, {
        企业名称: '银桂印刷厂',
        地址: '桂花路3号',
        统一社会信用代码: null,
        替代编号类别: '场所编号',
        替代编号: 'CS-9',
      }),
    ]
    const { importId, rows: judged } = await previewOf(officer, await workbook(rows))
    expect(verdicts(judged)).toEqual(['doubtful', 'doubtful', 'new', 'doubtful'])
    expect(judged[0]?.candidates).toEqual([
      { id: old.enterprise.id, name: old.enterprise.name, why: expect.stringContaining('名称主干相同') as string },
    ])
    expect(judged[3]?.problems[0]?.message).toContain('很像本表第4行“银桂印刷厂”')

    const decided = await ask(test, officer, mendImportRow, {
      params: { importId, ordinal: 1 },
      body: { decision: { is: 'same', as: old.enterprise.id } },
    })
    expect(decided.body).toMatchObject({ verdict: 'changed', objectId: old.enterprise.id })
    expect(decided.body.changes.map(({ title }) => title)).toContain('统一社会信用代码')
    await ask(test, officer, mendImportRow, { params: { importId, ordinal: 1 }, body: { decision: null } })
    // The last row looks like a row above and like nothing registered: there is nothing that it could be the same as.
    await ask(test, officer, decideImportRows, { params: { importId }, body: { is: 'same' } })
    await runJobs(test)
    expect(verdicts((await look(officer, importId)).rows)).toEqual(['changed', 'changed', 'new', 'doubtful'])
    await ask(test, officer, mendImportRow, { params: { importId, ordinal: 2 }, body: { decision: null } })
    await ask(test, officer, decideImportRows, { params: { importId }, body: { is: 'left-out' } })
    await runJobs(test)
    const done = await broughtIn(officer, importId)
    expect(done.run).toMatchObject({ written: { new: 1, changed: 1 }, counts: { written: 2, 'left-out': 2 } })
    expect(await countIn(town)).toBe(2)
  })

  it('takes nothing into another town, and says so at the cell; a code held out of sight is refused when it is written', async () => {
    const { town, officer } = await townWithOfficer()
    const { town: farTown } = await townWithOfficer()
    const far = await buildEnterprise(test, farTown)
    const { importId, rows } = await previewOf(
      officer,
      await workbook([
        rowFor(town, { 属地单位: farTown.name }),
        rowFor(town, { 统一社会信用代码: far.enterprise.creditCode }),
        rowFor(town),
      ]),
    )
    expect(verdicts(rows)).toEqual(['refused', 'new', 'new'])
    expect(messagesAt(rows[0])).toEqual([expect.stringMatching(/^territory: .*不在您的管辖范围内/) as string])
    const done = await broughtIn(officer, importId)
    expect(verdicts(done.rows)).toEqual(['refused', 'refused', 'written'])
    expect(done.rows[1]?.problems[0]).toMatchObject({ key: 'creditCode', code: 'enterprise.already-exists' })
    const page = await ask(test, officer, showEnterprise, { params: { enterpriseId: far.enterprise.id } })
    expect(page.status).toBe(404)
    const strays = await test.db.asOwner(
      `select 1 from unit u where u.tenant_id = $1 and u.kind = 'enterprise' and not exists (select 1 from enterprise e where e.tenant_id = u.tenant_id and e.id = u.id)`,
      [tenant.id],
    )
    expect(strays).toHaveLength(0)
  })

  it('is not seen by anybody else', async () => {
    const { town, officer } = await townWithOfficer()
    const colleague = await buildAccount(test, town, 'territory-officer')
    const { importId } = await previewOf(officer, await workbook([rowFor(town)]))
    for (const route of [readImport, listImportRows, exportImportRows]) {
      expect((await ask(test, colleague, route, { params: { importId }, query: {} })).status).toBe(404)
    }
    expect((await ask(test, colleague, bringIn, { params: { importId } })).status).toBe(404)
  })

  it('refuses what is no workbook, is cut off, or carries formulas that failed and texts that would be formulas stay texts', async () => {
    const { town, officer } = await townWithOfficer()
    const good = await workbook([rowFor(town)])
    for (const [name, bytes] of [
      ['企业.xlsx', Buffer.from('<html>不是表格</html>')],
      ['企业.xlsx', good.subarray(0, good.length / 2)],
      ['企业.xlsx', Buffer.alloc(0)],
      ['企业.docx', good],
    ] as const) {
      const answer = await upload(test, officer, startImport, { params: { kind: 'enterprise' }, file: { name, bytes } })
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(answer.status).toBeLessThan(500)
      expect(answer.error?.message).toMatch(/[。]$/)
    }
    const hostile = await workbook(
      [rowFor(town, { 企业名称: '=HYPERLINK("http://x","点我")' }), rowFor(town)],
      undefined,
      (sheet) => {
        const employees = sheet.columnCount + 1
        sheet.getCell(1, employees).value = '从业人数'
        sheet.getCell(3, employees).value = { formula: '1/0', result: { error: '#DIV/0!' } }
      },
    )
    const { rows, importId } = await previewOf(officer, hostile)
    expect(messagesAt(rows[1])).toEqual([expect.stringMatching(/^employees: .*公式出错/) as string])
    await broughtIn(officer, importId)
    const { items } = (await ask(test, officer, listEnterprises, { query: {} })).body
    expect(items[0]?.name).toBe('=HYPERLINK("http://x","点我")')
  })

  it('gives the bad rows back marked, as a workbook that can be mended and brought in', async () => {
    const { town, officer } = await townWithOfficer()
    const { importId } = await previewOf(
      officer,
      await workbook([rowFor(town), rowFor(town, { 统一社会信用代码: '91360100MA12345678' })]),
    )
    const file = await ask(test, officer, exportImportRows, { params: { importId } })
    const cells: string[][] = []
    for await (const row of readWorkbook(file.bytes)) if (!row.sheetHidden) cells.push(row.cells.map(cellText))
    expect(cells).toHaveLength(3)
    expect(cells[2]?.join()).toMatch(/第18位应为/)
    const again = await previewOf(officer, file.bytes)
    expect(verdicts(again.rows)).toEqual(['refused'])
    const template = await ask(test, officer, downloadTemplate, { params: { kind: 'enterprise' } })
    const heads: string[] = []
    for await (const row of readWorkbook(template.bytes))
      if (row.row === 2 && !row.sheetHidden) heads.push(...row.cells.map(cellText))
    expect(heads.map((head) => head.replace('*', ''))).toEqual(enterpriseImportColumns.map(({ title }) => title))
  })
})
