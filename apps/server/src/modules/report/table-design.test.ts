/** 调度表 designed in the web, and tables as files: compared with the form by reading the files back. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as contracts from '@bihuan/contracts'
import type { BodyOf } from '@bihuan/contracts'
import { readSheetGrid, readWordTables } from '@bihuan/office'
import { ask, startTestApp, type TestApp } from '../../../test/builders.js'
import {
  buildReportingDistrict,
  found,
  printed,
  rectifiedAndSignedOff,
  type,
  type ReportingDistrict as District,
} from '../../../test/build-reporting.js'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp({ environment: { BIHUAN_LOG: 'error' } })
})
afterAll(() => test.stop())

const buildDistrict = () => buildReportingDistrict(test)

describe('a table that is designed in the web', () => {
  const metric = (ordinal: number, label: string, unit: string | null) => ({
    ordinal,
    cell: unit === null ? label : `${label}（${unit}）`,
    label,
    unit,
    parts: [],
  })
  const design: BodyOf<typeof contracts.designTable> = {
    form: {
      ordinal: 5,
      title: '青榆区夏季攻坚周调度表',
      kind: 'metric-table',
      head: ['填报单位：________ 时间：2023年 月 日'],
      groups: [
        { name: '隐患情况', metrics: [metric(1, '部门查出的问题', '处'), metric(2, '处理废料', '吨')] },
        { name: '宣传情况', metrics: [metric(1, '播放警示片', '次')] },
      ],
      notes: ['每周五报送。'],
      foot: ['填报人： 联系电话：'],
      signatures: ['填报人'],
    },
    layout: { pairsPerRow: 1 },
    bindings: { 'g1.m1': 'hazard.major.department.all' },
  }

  async function designed(district: District): Promise<string> {
    const made = await ask(test, district.safetyOffice, contracts.designTable, {
      params: { campaignId: district.campaignId },
      body: design,
    })
    expect(made.error).toBeUndefined()
    return made.body.id
  }

  it('counts, is typed into, and prints in its own layout', async () => {
    const district = await buildDistrict()
    const tableId = await designed(district)
    await found(district)
    const typed = await ask(test, district.townOfficer, contracts.typeFigures, {
      params: { tableId },
      body: { unitId: district.town.id, asOf: '2023-06-16', values: { 'g1.m2': '1.25', 'g2.m1': '3' } },
    })
    expect(typed.error).toBeUndefined()
    const page = await ask(test, district.townOfficer, contracts.showTable, { params: { tableId } })
    expect(printed(page.body)).toEqual({ 'g1.m1': '1', 'g1.m2': '1.25', 'g2.m1': '3' })
    const word = await ask(test, district.townOfficer, contracts.exportTable, {
      params: { tableId },
      query: { format: 'docx' },
    })
    expect(readWordTables(word.bytes).tables[0]?.rows.map(({ cells }) => cells.map(({ text }) => text))).toEqual([
      ['隐患情况', '1', '部门查出的问题（处）', '1'],
      ['', '2', '处理废料（吨）', '1.25'],
      ['宣传情况', '1', '播放警示片（次）', '3'],
    ])
  })

  it('keeps typed figures under their heading: a cell that holds some cannot be renamed or moved', async () => {
    const district = await buildDistrict()
    const tableId = await designed(district)
    await ask(test, district.townOfficer, contracts.typeFigures, {
      params: { tableId },
      body: { unitId: district.town.id, asOf: '2023-06-16', values: { 'g2.m1': '3' } },
    })
    const redesign = (form: typeof design.form) =>
      ask(test, district.safetyOffice, contracts.redesignTable, {
        params: { tableId },
        body: { ...design, form, version: 1 },
      })
    const [first, second] = design.form.groups
    if (first === undefined || second === undefined) throw new Error('two groups')
    const moved = await redesign({ ...design.form, groups: [second, first] })
    expect(moved.error?.code).toBe('table.typed-cell-moved')
    const renamed = await redesign({
      ...design.form,
      groups: [first, { ...second, metrics: [metric(1, '组织演练', '次')] }],
    })
    expect(renamed.error?.code).toBe('table.typed-cell-moved')
    const added = await redesign({
      ...design.form,
      groups: [first, { ...second, metrics: [...second.metrics, metric(2, '组织演练', '次')] }],
    })
    expect([added.error, added.body.version]).toEqual([undefined, 2])
  })

  it('is refused with two alike ordinals, and to whoever does not manage the campaign', async () => {
    const district = await buildDistrict()
    const [first] = design.form.groups
    const doubled = {
      ...design,
      form: {
        ...design.form,
        groups: [{ name: '甲', metrics: [...(first?.metrics ?? []), metric(2, '再一个', '次')] }],
      },
    }
    const refused = await ask(test, district.safetyOffice, contracts.designTable, {
      params: { campaignId: district.campaignId },
      body: doubled,
    })
    expect(refused.error?.code).toBe('table.ordinal-twice')
    const byTown = await ask(test, district.townOfficer, contracts.designTable, {
      params: { campaignId: district.campaignId },
      body: design,
    })
    expect(byTown.status).toBe(403)
  })
})

describe('exports', () => {
  async function filled() {
    const district = await buildDistrict()
    await found(district, {}, rectifiedAndSignedOff)
    await type(district, district.townOfficer, district.town, {
      'g2.m1': '12',
      'g2.m2.p1': '2',
      'g2.m2.p2': '3.5',
      'g2.m3': '否',
    })
    const file = async (format: 'docx' | 'xlsx' | 'json') =>
      ask(test, district.townOfficer, contracts.exportTable, {
        params: { tableId: district.tableId },
        query: { format },
      })
    return { district, file }
  }

  it('print the official form with every figure at its place, in Word and in Excel alike', async () => {
    const { file } = await filled()
    const rows = [
      [
        '总体情况',
        '1',
        '企业自查发现的重大事故隐患（个）',
        '0',
        '2',
        '企业自查发现重大事故隐患中已完成整改的（个）',
        '0',
      ],
      ['', '3', '部门检查发现的重大事故隐患（个）', '1', '4', '部门检查发现重大事故隐患中已完成整改的（个）', '1'],
      ['', '5', '政府挂牌督办的重大事故隐患（个）', '0', '6', '挂牌督办重大事故隐患中已完成整改的（个）', '0'],
      ['部门执法情况', '1', '帮扶指导重点企业（家次）', '12', '2', '行政处罚（次，万元）', '2，3.50'],
      ['', '3', '是否开设安全生产专栏', '否', '', '', ''],
    ]
    const word = readWordTables((await file('docx')).bytes)
    expect(word.tables[0]?.rows.map(({ cells }) => cells.map(({ text }) => text))).toEqual(rows)
    expect(word.paragraphs.map(({ text }) => text.replace(/\s+/g, ''))).toContain('单位名称：柳河镇时间：2023年6月16日')

    const grid = await readSheetGrid((await file('xlsx')).bytes)
    const top = grid.find((cell) => cell.text === '总体情况')?.row ?? 0
    const sheet = rows.map((row, r) =>
      row.map((_, c) => grid.find((cell) => cell.row === top + r && cell.column === c + 1)?.text ?? ''),
    )
    expect(sheet).toEqual(rows)
    expect(grid.find((cell) => cell.text === '总体情况')).toMatchObject({ rowSpan: 3 })
  })

  it('give JSON for another system, with the position that it was true at', async () => {
    const { file, district } = await filled()
    const json = JSON.parse(Buffer.from((await file('json')).bytes).toString('utf8')) as Record<string, unknown>
    expect(json).toMatchObject({
      schema: 'bihuan.table/1',
      unitName: '柳河镇',
      cutOff: '2023-06-16',
      campaignId: district.campaignId,
    })
    expect(json['abilities']).toBeUndefined()
  })

  it('put a dash for the blank one of two figures in a cell, and nothing for two blanks', async () => {
    const district = await buildDistrict()
    const cellOf = async () => {
      const word = await ask(test, district.townOfficer, contracts.exportTable, {
        params: { tableId: district.tableId },
        query: { format: 'docx' },
      })
      return readWordTables(word.bytes).tables[0]?.rows[3]?.cells[6]?.text
    }
    expect(await cellOf()).toBe('')
    await type(district, district.townOfficer, district.town, { 'g2.m2.p1': '2' })
    expect(await cellOf()).toBe('2，—')
  })
})
