import { describe, expect, it } from 'vitest'
import { matchHeader, type ImportColumn, type SheetCell } from '@bihuan/domain'
import { IDENTITY_HEADER, type MergedRange, type SheetRow } from '@bihuan/office'
import { WorkbookReading } from './sheet-reading.js'

const columns: readonly ImportColumn[] = ['企业', '隐患', '责任人', '时限'].map((title, at) => ({
  key: `k${at}`,
  title,
  required: at < 2,
  alsoCalled: [],
  note: '',
  allowed: [],
}))

function read(
  cells: readonly (readonly SheetCell[])[],
  merges: readonly MergedRange[] = [],
  more: Partial<SheetRow> = {},
) {
  const reading = new WorkbookReading(
    (header) => matchHeader(columns, header),
    (key) => key,
  )
  const rows = cells.map((row, at): SheetRow => ({
    sheet: '表一',
    row: at + 1,
    cells: row,
    hidden: false,
    sheetHidden: false,
    merges: merges.filter(({ top, bottom }) => top <= at + 1 && at + 1 <= bottom),
    ...more,
  }))
  return { rows: [...reading.take(rows), ...reading.end()], sheets: reading.sheets }
}

const data = (rows: ReturnType<typeof read>['rows']) =>
  rows.map((row) => [...row.match.indexOf.values()].map((index) => row.cells[index] ?? null))

describe('reading a sheet as a list', () => {
  it('finds the header below title and lines, in whatever order its columns stand', () => {
    const { rows, sheets } = read([
      ['附件2'],
      ['隐患清单'],
      ['填报单位：某镇', null, '2023年6月'],
      ['隐患', '企业', '时限'],
      ['漏电', '甲厂', '2023-07-01'],
    ])
    expect(data(rows)).toEqual([['甲厂', '漏电', '2023-07-01']])
    expect(sheets[0]).toMatchObject({ headerRow: 4, usable: true, rows: 1 })
  })

  it('reads a header of two rows whose groups are merged', () => {
    const { rows } = read(
      [
        ['企业', '隐患', '整改', null],
        [null, null, '责任人', '时限'],
        ['甲厂', '漏电', '王某', '2023-07-01'],
      ],
      [
        { top: 1, left: 3, bottom: 1, right: 4 },
        { top: 1, left: 1, bottom: 2, right: 1 },
      ],
    )
    expect(data(rows)).toEqual([['甲厂', '漏电', '王某', '2023-07-01']])
  })

  it('gives each row of a cell that is merged downwards its value', () => {
    const { rows } = read(
      [
        ['企业', '隐患'],
        ['甲厂', '漏电'],
        [null, '堵塞'],
        [null, '超载'],
        ['乙厂', '漏电'],
      ],
      [{ top: 2, left: 1, bottom: 4, right: 1 }],
    )
    expect(data(rows)).toEqual([
      ['甲厂', '漏电'],
      ['甲厂', '堵塞'],
      ['甲厂', '超载'],
      ['乙厂', '漏电'],
    ])
  })

  it('passes over blank rows, notes over the whole width, and the header printed again', () => {
    const { rows } = read(
      [
        ['企业', '隐患', '责任人', '时限'],
        ['甲厂', '漏电'],
        [' ', null, ''],
        ['企业', '隐患', '责任人', '时限'],
        ['乙厂', '堵塞'],
        ['注：每月 16 日前报送。'],
      ],
      [{ top: 6, left: 1, bottom: 6, right: 4 }],
    )
    expect(data(rows).map(([firm]) => firm)).toEqual(['甲厂', '乙厂'])
    expect(rows.map(({ row, ordinal }) => [row, ordinal])).toEqual([
      [2, 1],
      [5, 2],
    ])
  })

  it('knows the rows that an export of ours marked, also after they were sorted and one was added', () => {
    const { rows, sheets } = read([
      ['企业', '隐患', IDENTITY_HEADER],
      ['乙厂', '堵塞', 'bihuan:b-2:7'],
      ['甲厂', '漏电'],
      ['丙厂', '超载', 'bihuan:c:x'],
    ])
    expect(rows.map(({ identity }) => identity)).toEqual([{ id: 'b-2', version: 7 }, null, null])
    expect(sheets[0]?.problems.filter(({ code }) => code === 'unknown')).toEqual([])
  })

  it('reads every sheet that has the columns, and says of the others that they have none', () => {
    const reading = new WorkbookReading(
      (header) => matchHeader(columns, header),
      (key) => key,
    )
    const row = (sheet: string, at: number, cells: readonly SheetCell[], sheetHidden = false): SheetRow => ({
      sheet,
      row: at,
      cells,
      hidden: false,
      sheetHidden,
      merges: [],
    })
    const rows = [
      ...reading.take([
        row('说明', 1, ['请按要求填写']),
        row('东镇', 1, ['企业', '隐患']),
        row('东镇', 2, ['甲厂', '漏电']),
        row('选项', 1, ['企业', '隐患'], true),
        row('西镇', 1, ['隐患', '企业']),
        row('西镇', 2, ['堵塞', '乙厂']),
      ]),
      ...reading.end(),
    ]
    expect(rows.map(({ sheet, ordinal }) => [sheet, ordinal])).toEqual([
      ['东镇', 1],
      ['西镇', 2],
    ])
    expect(reading.sheets.map(({ name, usable }) => [name, usable])).toEqual([
      ['说明', false],
      ['东镇', true],
      ['西镇', true],
    ])
  })

  it('leaves out characters that the database cannot keep', () => {
    const { rows } = read([
      ['企业', '隐患'],
      ['甲\u0000厂', '漏\ud800电'],
    ])
    expect(data(rows)).toEqual([['甲厂', '漏电']])
  })
})
