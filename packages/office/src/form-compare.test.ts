import { describe, expect, it } from 'vitest'
import { buildLedger, buildMetricTable, buildPlan, handMadeDocument } from '../test/builders.js'
import { compareTables, compareWithNotice } from './form-compare.js'
import { writeMetricTableWord } from './metric-table-form.js'
import { readSheetGrid } from './sheet-grid.js'
import { metricLayoutFromNotice } from './notice-layout.js'
import { writeMetricTableExcel } from './metric-table-form.js'
import { readWordTables, type WordTable } from './word-tables.js'

const P = (text: string) =>
  `<w:p><w:r><w:t xml:space="preserve">${text.replace(/\n/g, '</w:t><w:br/><w:t>')}</w:t></w:r></w:p>`
const cell = (text: string, properties = '') => `<w:tc><w:tcPr>${properties}</w:tcPr>${P(text)}</w:tc>`
const START = '<w:vMerge w:val="restart"/>'
const GO_ON = '<w:vMerge/>'
const PORTRAIT_PAGE =
  '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1418" w:bottom="1134" w:left="1418"/></w:sectPr>'

/** A notice as an office would type it: own breaks, spaces and widths, notes inside the table. */
function notice({ label = '发现火灾\n隐患（处）' } = {}): Uint8Array {
  const grid = [800, 400, 3000, 800, 400, 3000, 670].map((width) => `<w:gridCol w:w="${width}"/>`).join('')
  const row = (...cells: string[]) => `<w:tr><w:trPr><w:trHeight w:val="555"/></w:trPr>${cells.join('')}</w:tr>`
  const rows = [
    row(cell('基本\n情况', START), cell('1'), cell('检查场所总数（家次）'), cell(''), cell('2'), cell(label), cell('')),
    row(cell('', GO_ON), cell('3'), cell('作出罚款\n（起，万元）'), cell(''), cell(''), cell(''), cell('')),
    row(cell('宣传\n情况'), cell('1'), cell('组织疏散演练（场）'), cell(''), cell('2'), cell('是否开设专栏'), cell('')),
    row(cell('注：1. 填写自发文之日起的数字。\n2.没有的填零。', '<w:gridSpan w:val="7"/>')),
  ]
  return handMadeDocument(
    P('正文') +
      P('附件 1') +
      P('示例县冬春火灾防控百日行动\n进展情况统计表') +
      P('填报单位：____________                   时间：2024年  月  日') +
      `<w:tbl><w:tblGrid>${grid}</w:tblGrid>${rows.join('')}</w:tbl>` +
      P('填报人：               联系电话：') +
      PORTRAIT_PAGE,
  )
}

describe('compareWithNotice', () => {
  it('finds our form equal to the one in a notice, in its own layout, as Word and as Excel', async () => {
    const [compared] = await compareWithNotice(buildPlan([buildMetricTable()]), notice())
    expect(compared).toMatchObject({ ordinal: 1, word: [], excel: [] })
  })

  it('tells where a label was read wrongly', async () => {
    const [compared] = await compareWithNotice(
      buildPlan([buildMetricTable()]),
      notice({ label: '发现重大火灾隐患（处）' }),
    )
    const wrong = { what: 'text', expected: '发现重大火灾隐患（处）', actual: '发现火灾隐患（处）' }
    expect(compared?.word).toEqual([{ ...wrong, row: 1, cell: 6 }])
    expect(compared?.excel).toEqual([{ ...wrong, row: 1, cell: 6 }])
  })

  it('tells of an annex that is not there', async () => {
    const [compared] = await compareWithNotice(buildPlan([buildLedger()]), notice())
    expect(compared?.word[0]?.what).toBe('missing')
  })
})

describe('the layout of a notice', () => {
  it('is taken over: page, widths, heights, breaks, place and opening of the notes, where fields begin', () => {
    const layout = metricLayoutFromNotice(readWordTables(notice()), buildMetricTable())
    expect(layout).toMatchObject({
      annexLabel: '附件 1',
      titleLines: ['示例县冬春火灾防控百日行动', '进展情况统计表'],
      columnWidths: [800, 400, 3000, 800, 400, 3000, 670],
      rowHeight: 555,
      pairsPerRow: 2,
      notes: { place: 'inside', lead: '注：', isLeadOnOwnLine: false },
      page: { isLandscape: false, margin: { top: 1440 } },
    })
    expect(layout?.brokenCells?.get('发现火灾隐患（处）')).toEqual(['发现火灾', '隐患（处）'])
    expect([...(layout?.lineStops?.values() ?? [])][0]?.[0]).toBeGreaterThan(3000)
  })
})

describe('compareTables', () => {
  const table = (cells: Partial<WordTable['rows'][number]['cells'][number]>[]): WordTable => ({
    columnWidths: [],
    rows: [
      {
        height: null,
        isHeader: false,
        cells: cells.map((each) => ({
          text: '',
          lines: [],
          colSpan: 1,
          vMerge: null,
          fontSize: null,
          lineHeight: null,
          ...each,
        })),
      },
    ],
  })

  it('takes any value in a cell that the model leaves blank, and no other text or span', () => {
    expect(compareTables(table([{ text: '甲' }, {}]), table([{ text: '甲' }, { text: '12' }]))).toEqual([])
    expect(compareTables(table([{ text: '甲' }]), table([{ text: '乙', colSpan: 2 }])).map(({ what }) => what)).toEqual(
      ['text', 'colSpan'],
    )
    expect(compareTables(table([{ vMerge: 'start' }, {}]), table([{}])).map(({ what }) => what)).toEqual([
      'cells',
      'vMerge',
    ])
  })
})

describe('what is read from documents', () => {
  it('leaves out deleted text, field codes and alternatives, and takes a nested table as text', () => {
    const body =
      '<w:p><w:r><w:t>甲</w:t></w:r><w:del><w:r><w:delText>乙</w:delText></w:r></w:del><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>' +
      `<w:tbl><w:tr><w:tc>${P('丙')}<w:tbl><w:tr><w:tc>${P('丁')}</w:tc></w:tr></w:tbl>${P('')}</w:tc></w:tr></w:tbl>${PORTRAIT_PAGE}`
    const { paragraphs, tables } = readWordTables(handMadeDocument(body))
    expect(paragraphs.map(({ text }) => text)).toEqual(['甲'])
    expect(tables.map(({ rows }) => rows.map(({ cells }) => cells.map(({ text }) => text)))).toEqual([[['丙丁']]])
  })

  it('gives texts and merges of a sheet', async () => {
    const grid = await readSheetGrid(await writeMetricTableExcel({ table: buildMetricTable(), values: { '1.1': '5' } }))
    expect(grid).toContainEqual({ row: 3, column: 1, rowSpan: 2, colSpan: 1, text: '基本情况' })
    expect(grid).toContainEqual({ row: 3, column: 4, rowSpan: 1, colSpan: 1, text: '5' })
  })

  it('refuses what is no document', async () => {
    expect(() => readWordTables(new Uint8Array([1, 2, 3, 4]))).toThrow(/不是/)
    expect(readWordTables(await writeMetricTableWord({ table: buildMetricTable(), values: {} })).tables).toHaveLength(1)
  })
})
