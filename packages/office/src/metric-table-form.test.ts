import ExcelJS from '@protobi/exceljs'
import mammoth from 'mammoth'
import { unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { buildMetric, buildMetricTable } from '../test/builders.js'
import { gridOfTable } from './form-compare.js'
import { joinFigures, metricKey } from './metric-table-grid.js'
import { writeMetricTableExcel, writeMetricTableWord, type MetricTableForm } from './metric-table-form.js'
import { identifyUpload } from './upload.js'
import { readWordTables } from './word-tables.js'

const FORM: MetricTableForm = {
  table: buildMetricTable(),
  values: { [metricKey(1, 1)]: '120', [metricKey(1, 3)]: joinFigures(['12', '3.50']), [metricKey(2, 2)]: '是' },
  fill: { unit: '示例镇', date: '2026-06-09', persons: { 填报人: '甲某' }, phones: { 填报人: '000-1' } },
  layout: { annexLabel: '附件1' },
}

async function word(form = FORM) {
  const bytes = await writeMetricTableWord(form)
  const [table] = readWordTables(bytes).tables
  if (table === undefined) throw new Error('no table')
  return { bytes, table, document: readWordTables(bytes) }
}

describe('the 调度表 in Word', () => {
  it('has a group over all its rows, then number, label and value twice, and a blank triple where the number is odd', async () => {
    const { table } = await word()
    expect(table.columnWidths).toEqual([760, 440, 2935, 840, 440, 2935, 720])
    expect(table.rows.map(({ cells }) => cells.map(({ text }) => text))).toEqual([
      ['基本情况', '1', '检查场所总数（家次）', '120', '2', '发现火灾隐患（处）', ''],
      ['', '3', '作出罚款（起，万元）', '12，3.50', '', '', ''],
      ['宣传情况', '1', '组织疏散演练（场）', '', '2', '是否开设专栏', '是'],
    ])
    expect(gridOfTable(table)[0]).toMatchObject({ text: '基本情况', rowSpan: 2 })
  })

  it('prints title, lines and notes around it, filled in', async () => {
    const { document } = await word()
    expect(document.paragraphs.map(({ text }) => text)).toEqual([
      '附件1',
      '示例县冬春火灾防控百日行动进展情况统计表',
      '填报单位：示例镇\t时间：2026年6月9日',
      '注：1.填写自发文之日起的数字。',
      '2.没有的填零。',
      '填报人：甲某\t联系电话：000-1',
    ])
    expect(document.pageOf(0)).toEqual({
      isLandscape: false,
      margin: { top: 1418, right: 1418, bottom: 1134, left: 1418 },
    })
  })

  it('takes one triple a row, and notes inside the table, where the form has it so', async () => {
    const notes = { place: 'inside', lead: '说明：', isLeadOnOwnLine: true, fontSize: 21, lineHeight: 280 } as const
    const { table } = await word({ ...FORM, layout: { pairsPerRow: 1, columnWidths: [1100, 600, 5570, 1800], notes } })
    expect(table.rows).toHaveLength(6)
    expect(table.rows.at(-1)?.cells).toMatchObject([
      { colSpan: 4, lines: ['说明：', '1.填写自发文之日起的数字。', '2.没有的填零。'] },
    ])
  })

  it('is read by another library with its merged cells', async () => {
    const { bytes } = await word()
    const { value: html } = await mammoth.convertToHtml({ buffer: Buffer.from(bytes) })
    expect(html).toContain('<td rowspan="2">')
    expect(html).toContain('12，3.50')
    expect(identifyUpload(bytes, 'a.docx')).toMatchObject({ kind: 'docx' })
  })

  it('names the typefaces of official documents, and tells no time of writing', async () => {
    const { bytes } = await word()
    const files = unzipSync(bytes)
    const xml = Buffer.from(files['word/document.xml'] ?? []).toString('utf8')
    for (const face of ['方正小标宋简体', '仿宋', '黑体']) expect(xml).toContain(`w:eastAsia="${face}"`)
    expect(Buffer.from(files['docProps/core.xml'] ?? []).toString('utf8')).not.toMatch(/created|modified|\d{4}-/)
    expect(Buffer.from((await word()).bytes).equals(Buffer.from(bytes))).toBe(true)
  })

  it('survives text that XML cannot hold', async () => {
    const table = buildMetricTable({ groups: [{ name: '甲<&>', metrics: [buildMetric(1, '乙\u0000"丙"')] }] })
    const { table: made } = await word({ table, values: { '1.1': '<1>' } })
    expect(made.rows[0]?.cells.map(({ text }) => text)).toEqual(['甲<&>', '1', '乙"丙"', '<1>', '', '', ''])
  })
})

describe('the 调度表 in Excel, read back by another library', () => {
  it('merges title, lines, groups and notes; plain figures are numbers, others text', async () => {
    const book = new ExcelJS.Workbook()
    await book.xlsx.load(Buffer.from(await writeMetricTableExcel(FORM)) as unknown as ExcelJS.Buffer)
    const sheet = book.worksheets[0]
    expect(sheet?.model.merges).toEqual(['A1:G1', 'A2:G2', 'A3:G3', 'A4:A5', 'A7:G7', 'A8:G8', 'A9:G9'])
    expect(sheet?.getCell('D4').value).toBe(120)
    expect(sheet?.getCell('D5').value).toBe('12，3.50')
    expect(sheet?.getCell('G6').value).toBe('是')
    expect(sheet?.getCell('G4').value).toBeNull()
    expect(sheet?.getCell('A5').border).toMatchObject({ bottom: { style: 'thin' } })
    expect(sheet?.getCell('A3').value).toMatch(/^填报单位：示例镇 {4,}时间：2026年6月9日$/)
    expect(sheet?.pageSetup).toMatchObject({ orientation: 'portrait', fitToHeight: 1 })
  })
})
