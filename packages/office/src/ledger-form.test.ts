import ExcelJS from '@protobi/exceljs'
import mammoth from 'mammoth'
import { describe, expect, it } from 'vitest'
import { buildLedger, collect } from '../test/builders.js'
import { writeLedgerExcel, writeLedgerWord } from './ledger-form.js'
import { parseRowIdentity } from './row-identity.js'
import { readWordTables } from './word-tables.js'
import { readWorkbook } from './workbook-reader.js'
import { collectBytes } from './workbook-writer.js'

const ledger = buildLedger()
const fill = { unit: '示例镇', date: '2026-06-09', persons: { 审核人: '乙某' } }
const ROW = ['', '示例百货', '009150000000000000', '安全出口锁闭\n疏散指示灯损坏', '2026-06-01', '整改中', '']

describe('the 清单 in Word', () => {
  it('numbers the rows, keeps several lines in a cell, repeats its heads on each page', async () => {
    const document = readWordTables(await writeLedgerWord({ ledger, fill }, [ROW, ROW]))
    const [table] = document.tables
    expect(table?.rows[0]).toMatchObject({ isHeader: true })
    expect(table?.rows[0]?.cells.map(({ text }) => text)).toEqual(ledger.columns)
    expect(table?.rows[2]?.cells[0]?.text).toBe('2')
    expect(table?.rows[1]?.cells[3]?.lines).toEqual(['安全出口锁闭', '疏散指示灯损坏'])
    expect(table?.rows.at(-1)?.cells).toMatchObject([{ colSpan: 7, lines: ['填报说明：', '1.隐患描述写明部位。'] }])
    expect(document.pageOf(0).isLandscape).toBe(true)
    expect(document.paragraphs.map(({ text }) => text)).toEqual([
      '火灾隐患台账',
      '填报单位：示例镇',
      '审核人：乙某\t填表人：\t填报时间：2026年6月',
    ])
  })

  it('fills up with numbered rows to write in', async () => {
    const [table] = readWordTables(await writeLedgerWord({ ledger, layout: { minimumRows: 5 } }, [ROW])).tables
    expect(table?.rows.slice(1, 6).map(({ cells }) => cells[0]?.text)).toEqual(['1', '2', '3', '4', '5'])
  })

  it('is as wide as the page for any number of columns', async () => {
    for (const count of [1, 3, 9, 13, 20]) {
      const columns = Array.from({ length: count }, (_, i) => `第${i + 1}列`)
      const [table] = readWordTables(await writeLedgerWord({ ledger: buildLedger({ columns }) }, [[]])).tables
      const width = table?.columnWidths.reduce((sum, each) => sum + each, 0) ?? 0
      expect(width).toBeGreaterThan(14_540)
      expect(width).toBeLessThanOrEqual(14_570)
    }
  })

  it('is read by another library', async () => {
    const buffer = Buffer.from(await writeLedgerWord({ ledger }, [ROW]))
    const { value: html } = await mammoth.convertToHtml({ buffer })
    expect(html).toContain('<th><p>统一社会信用代码</p></th>')
    expect(html).toContain('<td colspan="7">')
  })
})

describe('the 清单 in Excel', () => {
  it('goes out and comes back with every row, its identity and its codes', async () => {
    const rows = Array.from({ length: 50 }, (_, i) => ({
      cells: [String(i + 1), ...ROW.slice(1)],
      identity: { id: `h${i}`, version: i },
    }))
    const columns = { 整改阶段: { choices: ['整改中', '已完成'] }, 检查日期: { kind: 'date' as const } }
    const bytes = await collectBytes(writeLedgerExcel({ ledger, fill }, rows, { columns, carriesIdentity: true }))
    const data = (await collect(readWorkbook(bytes))).filter(({ cells }) => parseRowIdentity(cells[7]) !== null)
    expect(data).toHaveLength(50)
    expect(data[9]?.cells).toEqual([
      '10',
      ...ROW.slice(1, 4),
      { serial: 46174, system: '1900' },
      '整改中',
      null,
      'bihuan:h9:9',
    ])
  })

  it('is a template when it has no rows', async () => {
    const bytes = await collectBytes(
      writeLedgerExcel({ ledger }, [], { blankRows: 20, columns: { 整改阶段: { choices: ['整改中'] } } }),
    )
    const book = new ExcelJS.Workbook()
    await book.xlsx.load(Buffer.from(bytes) as unknown as ExcelJS.Buffer)
    const sheet = book.worksheets[0]
    expect(sheet?.getCell('F23').dataValidation.type).toBe('list')
    expect(sheet?.getCell('A24').value).toBe('填报说明：')
  })
})
