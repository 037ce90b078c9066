import ExcelJS from '@protobi/exceljs'
import { describe, expect, it } from 'vitest'
import { collect, handMadeWorkbook, oleFile } from '../test/builders.js'
import { civilDateOf } from './excel-date.js'
import { OfficeRefusal } from './refusal.js'
import { describeWorkbook, readWorkbook, type WorkbookLimits } from './workbook-reader.js'

const read = (bytes: Uint8Array, limits?: Partial<WorkbookLimits>) => collect(readWorkbook(bytes, limits))
const cells = async (sheet: string, rest: Parameters<typeof handMadeWorkbook>[0] = {}) =>
  (await read(handMadeWorkbook({ sheet: `<sheetData>${sheet}</sheetData>`, ...rest }))).map((row) => row.cells)

async function refused(bytes: Uint8Array, limits?: Partial<WorkbookLimits>): Promise<OfficeRefusal> {
  const thrown: unknown = await read(bytes, limits).then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(thrown instanceof OfficeRefusal)) throw new Error(`expected a refusal, got ${String(thrown)}`)
  return thrown
}

describe('readWorkbook', () => {
  it('gives what Excel shows: text, numbers, truths, dates, formulas by their value, rich text without its guide', async () => {
    const book = new ExcelJS.Workbook()
    const sheet = book.addWorksheet('台账')
    sheet.getCell('A1').value = '0091500'
    sheet.getCell('B1').value = 12.5
    sheet.getCell('C1').value = true
    sheet.getCell('D1').value = new Date('2026-06-09T00:00:00Z')
    sheet.getCell('E1').value = { formula: 'B1*2', result: 25 }
    sheet.getCell('F1').value = { richText: [{ text: '第一' }, { text: '第二', font: { bold: true } }] }
    sheet.getCell('H1').value = { error: '#N/A' }
    sheet.getCell('A3').value = '末\n行'
    sheet.getRow(3).hidden = true
    book.addWorksheet('隐藏', { state: 'hidden' }).getCell('A1').value = 1
    const rows = await read(new Uint8Array(await book.xlsx.writeBuffer()))
    expect(rows.map(({ sheet: name, row, hidden, sheetHidden }) => [name, row, hidden, sheetHidden])).toEqual([
      ['台账', 1, false, false],
      ['台账', 3, true, false],
      ['隐藏', 1, false, true],
    ])
    const [first] = rows
    const date = first?.cells[3]
    expect(first?.cells).toEqual([
      '0091500',
      12.5,
      true,
      { serial: 46182, system: '1900' },
      25,
      '第一第二',
      null,
      { error: '#N/A' },
    ])
    expect(date !== null && typeof date === 'object' && 'serial' in date && civilDateOf(date)).toBe('2026-06-09')
    expect(rows[1]?.cells).toEqual(['末\n行'])
  })

  it('reads inline, shared and escaped text, and leaves a phonetic guide out', async () => {
    const row =
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>甲&amp;乙&#x4E19;</t></is></c>' +
      '<c r="C1" t="str"><f>1</f><v>丁_x000A_戊</v></c></row>'
    const sharedStrings =
      '<si><r><t>一</t></r><rPh sb="0" eb="1"><t>yī</t></rPh><r><t xml:space="preserve"> 二</t></r></si>'
    expect(await cells(row, { sharedStrings })).toEqual([['一 二', '甲&乙丙', '丁\n戊']])
  })

  it('counts rows and columns that give no place, and knows the 1904 calendar', async () => {
    const styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="31"/></cellXfs>'
    const rows = await cells('<row><c><v>1</v></c><c s="1"><v>1</v></c></row><row><c/></row>', {
      styles,
      workbookPr: '<workbookPr date1904="1"/>',
    })
    expect(rows).toEqual([[1, { serial: 1, system: '1904' }]])
  })

  it('tells the merged ranges that a row is part of, and value in the top left cell only', async () => {
    const bytes = handMadeWorkbook({
      sheet:
        '<sheetData><row r="2"><c r="A2"><v>1</v></c><c r="B2"/></row><row r="3"><c r="C3"><v>2</v></c></row></sheetData>' +
        '<mergeCells><mergeCell ref="A2:B3"/></mergeCells>',
    })
    const range = { top: 2, left: 1, bottom: 3, right: 2 }
    expect((await read(bytes)).map(({ row, merges }) => ({ row, merges }))).toEqual([
      { row: 2, merges: [range] },
      { row: 3, merges: [range] },
    ])
    expect(describeWorkbook(bytes)).toEqual([{ name: '表', hidden: false, merges: [range] }])
    const empty = handMadeWorkbook({ sheet: '<sheetData/><mergeCells><mergeCell ref="A1:B1"/></mergeCells>' })
    expect(describeWorkbook(empty)[0]?.merges).toHaveLength(1)
  })

  it('reads parts that carry a namespace prefix', async () => {
    const sheet =
      '<x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>甲</x:t></x:is></x:c></x:row></x:sheetData><x:mergeCells><x:mergeCell ref="A1:A2"/></x:mergeCells>'
    const [row] = await read(handMadeWorkbook({ sheet }))
    expect(row?.cells).toEqual(['甲'])
    expect(row?.merges).toHaveLength(1)
  })
})

describe('a workbook is refused, with the place', () => {
  const sheet = (inner: string) => handMadeWorkbook({ sheet: `<sheetData>${inner}</sheetData>` })
  it.each([
    ['a cell in another row', sheet('<row r="3"><c r="B5"><v>1</v></c></row>'), 'broken-workbook'],
    [
      'a cell before its neighbour',
      sheet('<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>'),
      'broken-workbook',
    ],
    ['rows out of order', sheet('<row r="3"/><row r="2"/>'), 'broken-workbook'],
    ['a cell reference that is none', sheet('<row r="1"><c r="ÄÖ"><v>1</v></c></row>'), 'broken-workbook'],
    ['a string that is not there', sheet('<row r="1"><c r="A1" t="s"><v>7</v></c></row>'), 'broken-workbook'],
    ['a number that is none', sheet('<row r="1"><c r="A1"><v>十</v></c></row>'), 'broken-workbook'],
    ['a tag that is not closed', sheet('<row r="1"><c r="A1"></row>'), 'broken-xml'],
    [
      'entities that multiply',
      handMadeWorkbook({
        extra: { 'xl/sharedStrings.xml': '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><sst/>' },
      }),
      'xml-declares-entities',
    ],
    [
      'a merge that is none',
      handMadeWorkbook({ sheet: '<sheetData/><mergeCells><mergeCell ref="B2:A1"/></mergeCells>' }),
      'broken-workbook',
    ],
    ['not a workbook at all', oleFile(['EncryptedPackage']), 'unsupported-format'],
  ])('%s', async (_, bytes, code) => {
    expect((await refused(bytes)).code).toBe(code)
  })

  it('names sheet, row and column', async () => {
    const refusal = await refused(sheet('<row r="3"><c r="B3" t="s"><v>7</v></c></row>'))
    expect(refusal.place).toEqual({ sheet: '表', row: 3, column: 2 })
    expect(refusal.message).toBe('工作表“表”第 3 行B 列：单元格指向的文字不存在，文件已损坏。请另存后再上传。')
  })

  it('beyond its limits: rows, columns, sheets, merges, inflated bytes', async () => {
    const rows = sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="C2"><v>1</v></c></row>')
    expect((await refused(rows, { maxRows: 1 })).code).toBe('too-many-rows')
    expect((await refused(rows, { maxColumns: 2 })).code).toBe('too-many-columns')
    expect((await refused(rows, { maxSheets: 0 })).code).toBe('too-many-sheets')
    expect((await refused(rows, { maxBytes: 10 })).code).toBe('too-large')
    const blank = sheet(`<row r="1"><c r="A1"><v>1</v></c></row>${'<row/>'.repeat(200_000)}`)
    expect((await refused(blank, { maxInflatedBytes: 500_000, maxRatio: 1e9 })).code).toBe('inflates-too-much')
    const merged = handMadeWorkbook({
      sheet: `<sheetData/><mergeCells>${'<mergeCell ref="A1:B2"/>'.repeat(5)}</mergeCells>`,
    })
    expect((await refused(merged, { maxMerges: 4 })).code).toBe('too-many-merges')
  })

  it('but a far corner that is only formatted costs nothing', async () => {
    expect(
      await cells('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"/></row><row r="1048576"><c r="XFD1048576"/></row>'),
    ).toEqual([[1]])
  })
})
