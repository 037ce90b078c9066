import ExcelJS from '@protobi/exceljs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { collect } from '../test/builders.js'
import { formatRowIdentity, parseRowIdentity } from './row-identity.js'
import { identifyUpload } from './upload.js'
import { readWorkbook } from './workbook-reader.js'
import {
  collectBytes,
  toReadableStream,
  writeWorkbook,
  type WorkbookRow,
  type WorkbookSpec,
} from './workbook-writer.js'

const SPEC: WorkbookSpec = {
  sheetName: '隐患/清单',
  title: '火灾隐患台账',
  head: ['填报单位：示例镇'],
  columns: [
    { header: '序号', width: 6, kind: 'centred' },
    { header: '场所名称', width: 20 },
    { header: '统一社会信用代码', width: 22 },
    { header: '检查日期', kind: 'date' },
    { header: '整改阶段', choices: ['未整改', '整改中', '已完成，已销号'] },
  ],
  notes: ['说明：1.甲', '2.乙'],
  foot: ['审核人：'],
  carriesIdentity: true,
  isFilterable: true,
  blankRows: 2,
}
const ROWS: WorkbookRow[] = [
  { cells: [1, '示例百货', '009150000000000000', '2026-06-09', '整改中'], identity: { id: 'h-1', version: 3 } },
  { cells: [2, '=HYPERLINK("http://x","y")', '-1+1', '待定', null], identity: { id: 'h-2', version: 1 } },
]

async function opened(spec = SPEC, rows: Iterable<WorkbookRow> = ROWS) {
  const bytes = await collectBytes(writeWorkbook(spec, rows))
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(Buffer.from(bytes) as unknown as ExcelJS.Buffer)
  const sheet = book.worksheets[0]
  if (sheet === undefined) throw new Error('no sheet')
  return { bytes, book, sheet }
}

describe('writeWorkbook, read back by another library', () => {
  it('has the title over all shown columns, lines, heads, rows, blank rows, notes and foot in this order', async () => {
    const { sheet } = await opened()
    expect(sheet.name).toBe('隐患 清单')
    const texts = Array.from({ length: sheet.rowCount }, (_, i) => sheet.getCell(i + 1, 1).text)
    expect(texts).toEqual([
      '火灾隐患台账',
      '填报单位：示例镇',
      '序号',
      '1',
      '2',
      '',
      '',
      '说明：1.甲',
      '2.乙',
      '审核人：',
    ])
    expect(sheet.model.merges).toEqual(['A1:E1', 'A2:E2', 'A8:E8', 'A9:E9', 'A10:E10'])
  })

  it('is set up for printing: heads frozen and repeated, A4 across, one page wide', async () => {
    const { sheet } = await opened()
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 3 })
    expect(sheet.pageSetup).toMatchObject({
      paperSize: 9,
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: '3:3',
    })
  })

  it('has 宋体 10, thin borders and wrapped text on every cell, blank ones and those covered by the notes too', async () => {
    const { sheet } = await opened()
    for (const row of [4, 5, 6, 7, 8, 9]) {
      for (let column = 1; column <= 5; column++) {
        const cell = sheet.getCell(row, column)
        expect(cell.border).toMatchObject({ top: { style: 'thin' }, right: { style: 'thin' } })
        expect(cell.alignment.wrapText).toBe(true)
        if (row < 8) expect(cell.font).toMatchObject({ name: '宋体', size: 10 })
      }
    }
  })

  it('keeps long codes and their zeros, dates as dates, and never makes a formula of a text', async () => {
    const { sheet } = await opened()
    expect(sheet.getCell('C4').value).toBe('009150000000000000')
    expect(sheet.getCell('C4').numFmt).toBe('@')
    expect(sheet.getCell('D4').value).toEqual(new Date('2026-06-09T00:00:00Z'))
    expect(sheet.getCell('D5').value).toBe('待定')
    expect(sheet.getCell('B5').value).toBe('=HYPERLINK("http://x","y")')
    expect(sheet.getCell('B5').type).toBe(ExcelJS.ValueType.String)
    expect(sheet.getCell('C5').value).toBe('-1+1')
  })

  it('offers the choices of a column, also those with a comma, for data and blank rows alone', async () => {
    const { sheet, book } = await opened()
    expect(sheet.getCell('E4').dataValidation).toMatchObject({ type: 'list', formulae: ["'选项'!$A$1:$A$3"] })
    expect(sheet.getCell('E7').dataValidation).toMatchObject({ type: 'list' })
    expect(sheet.getCell('E8').dataValidation).toBeUndefined()
    expect(book.getWorksheet('选项')?.state).toBe('veryHidden')
    expect(book.getWorksheet('选项')?.getCell('A3').value).toBe('已完成，已销号')
  })

  it('carries the identity of each row in a hidden last column, inside the range that is sorted', async () => {
    const { sheet } = await opened()
    expect(sheet.getColumn(6).hidden).toBe(true)
    expect(sheet.getCell('F4').value).toBe('bihuan:h-1:3')
    expect(sheet.autoFilter).toBe('A3:F7')
  })

  it('gives the same bytes for the same content', async () => {
    const [one, two] = await Promise.all([opened(), opened()])
    expect(Buffer.from(one.bytes).equals(Buffer.from(two.bytes))).toBe(true)
  })

  it('is accepted by our own gate, and streams', async () => {
    const chunks: Uint8Array[] = []
    const reader = toReadableStream(writeWorkbook(SPEC, ROWS)).getReader()
    for (let next = await reader.read(); !next.done; next = await reader.read()) chunks.push(next.value)
    expect(identifyUpload(new Uint8Array(Buffer.concat(chunks)), 'a.xlsx')).toMatchObject({ kind: 'xlsx' })
  })

  it('refuses a text longer than a cell', async () => {
    await expect(opened(SPEC, [{ cells: [1, '长'.repeat(32_768)] }])).rejects.toMatchObject({ code: 'text-too-long' })
  })
})

describe('what is written is what is read', () => {
  it('for any text and number', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 40 })
    const tricky = fc.constantFrom(
      '_x000D_',
      '<&>"\'',
      ' 两端空格 ',
      '多\n行',
      '=1+1',
      '@a',
      ']]>',
      '\u0001控制',
      'a\rb',
    )
    const value = fc.oneof(
      text,
      tricky,
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
    )
    const columns = [{ header: '甲' }, { header: '乙' }, { header: '丙' }]
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(value, value, value), { minLength: 1, maxLength: 20 }), async (rows) => {
        const bytes = await collectBytes(
          writeWorkbook(
            { sheetName: '表', title: '题', columns },
            rows.map((cells) => ({ cells })),
          ),
        )
        const read = await collect(readWorkbook(bytes))
        const byRow = new Map(read.map((row) => [row.row, row.cells]))
        rows.forEach((cells, i) => {
          const back = byRow.get(i + 3) ?? []
          cells.forEach((cell, c) => expect(back[c] ?? null).toEqual(expectedBack(cell)))
        })
      }),
      { numRuns: 60 },
    )
  })
})

/** Line ends become `\n`, characters that no file can hold go, an empty text is an empty cell. */
function expectedBack(cell: string | number | boolean | null) {
  if (typeof cell === 'number') return Object.is(cell, -0) ? 0 : cell
  if (typeof cell !== 'string') return cell
  const clean = cell.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
  return clean === '' ? null : clean
}

describe('the identity of a row', () => {
  it('is read as it was written, and nothing else is', () => {
    const id = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/)
    fc.assert(
      fc.property(id, fc.nat(999_999_999), (each, version) => {
        expect(parseRowIdentity(formatRowIdentity({ id: each, version }))).toEqual({ id: each, version })
      }),
    )
    for (const other of ['', 'bihuan:a', 'bihuan:a:1x', 'x bihuan:a:1', null, 7])
      expect(parseRowIdentity(other)).toBeNull()
  })
})
