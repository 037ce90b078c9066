import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as contracts from '@bihuan/contracts'
import { IDENTITY_HEADER, readWorkbook } from '@bihuan/office'
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
} from '../../../test/builders.js'
import { buildWorkbook } from '../../../test/workbooks.js'

const header = ['名称', '类别', '上级单位（块）', '条线上级', '代码', '负责行业', '起始日期']

describe('units from a workbook', () => {
  let test: TestApp
  let tenant: TestTenant
  let admin: TestAccount
  beforeAll(async () => {
    test = await startTestApp()
  })
  afterAll(() => test.stop())

  const begin = async () => {
    tenant = await buildTenant(test)
    admin = await buildAccount(test, tenant, 'system-admin')
  }
  const bring = async (bytes: Uint8Array) => {
    const begun = await upload(test, admin, contracts.startImport, {
      params: { kind: 'unit' },
      file: { name: '单位.xlsx', bytes },
    })
    expect(begun.error).toBeUndefined()
    await runJobs(test)
    const params = { importId: begun.body.id }
    const run = (await ask(test, admin, contracts.readImport, { params })).body
    const rows = (await ask(test, admin, contracts.listImportRows, { params })).body.items
    return {
      run,
      rows,
      verdicts: rows.map(({ verdict }) => verdict),
      codes: rows.map(({ problems }) => problems.map(({ code }) => code).join()),
      async bringIn() {
        const answer = await ask(test, admin, contracts.bringIn, { params })
        await runJobs(test)
        return answer.error ?? (await ask(test, admin, contracts.readImport, { params })).body
      },
    }
  }
  const tree = async () => (await ask(test, admin, contracts.showUnitTree, { query: {} })).body.units

  it('come in whatever the order of the rows, with their superiors and their sectors', async () => {
    await begin()
    const { verdicts, codes, bringIn } = await bring(
      await buildWorkbook(header, [
        ['东柳村', '村', '东柳镇', null, null, null, '2021-03-01'],
        ['东柳镇', '镇', tenant.name, null, 'DLZ', null, '2021年1月1日'],
        ['工信局', '部门', tenant.name, null, null, '工贸、民爆', 44197],
        ['民爆科', '内设机构', '工信局', '工信局', null, null, null],
      ]),
    )
    expect([verdicts, codes]).toEqual([
      ['new', 'new', 'new', 'new'],
      ['', '', '', ''],
    ])
    expect((await tree()).map(({ name }) => name)).toEqual([tenant.name])
    expect(await bringIn()).toMatchObject({ state: 'done', written: { new: 4 } })
    const units = await tree()
    const called = (name: string) => units.find((unit) => unit.name === name)
    expect(called('东柳村')?.parentId).toBe(called('东柳镇')?.id)
    expect(called('东柳镇')).toMatchObject({ code: 'DLZ', parentId: tenant.rootUnitId })
    const duties = (await ask(test, admin, contracts.listResponsibilities)).body.items
    expect(duties.map(({ sector, role, unit, validFrom }) => [sector, role, unit.name, validFrom])).toEqual([
      ['工贸', 'lead', '工信局', '2021-01-01'],
      ['民爆', 'lead', '工信局', '2021-01-01'],
    ])
  })

  it('are refused at the cell that is wrong', async () => {
    await begin()
    const town = await buildUnit(test, tenant, { kind: 'town', name: '西柳镇', code: 'XLZ' })
    const { rows, codes, run } = await bring(
      await buildWorkbook(header, [
        ['甲村', '村', '不存在的镇', null, null, null, null],
        ['乙村', '村落', town.name, null, null, null, null],
        ['丙村', '村', null, null, null, null, null],
        ['丁局', '部门', town.name, null, null, null, null],
        ['戊厂', '企业', town.name, null, null, null, null],
        ['己村', '村', 'xlz', null, null, null, '6月31日'],
        ['庚局', '部门', tenant.name, null, null, '工贸', null],
        ['辛局', '部门', tenant.name, null, null, '工贸行业', null],
        ['庚局', '部门', tenant.name, null, null, null, null],
      ]),
    )
    expect(codes).toEqual([
      'organization.no-such-unit',
      'organization.unknown-kind',
      'organization.parent-required',
      'organization.parent-kind',
      'organization.enterprise-elsewhere',
      'date.year-missing',
      '',
      'organization.two-leads',
      'import.twice',
    ])
    expect(rows[1]?.problems[0]).toMatchObject({ key: 'kind', column: 'B', row: rows[1]?.row })
    expect(run.counts).toMatchObject({ new: 1, refused: 8 })
  })

  it('that went out come back with what was changed in them, and nothing else', async () => {
    await begin()
    const east = await buildUnit(test, tenant, { kind: 'town', name: '东镇' })
    const west = await buildUnit(test, tenant, { kind: 'town', name: '西镇' })
    await buildUnit(test, tenant, { kind: 'village', name: '小村', parentId: east.id })
    const file = await ask(test, admin, contracts.exportUnits)
    const sheet: (string | null)[][] = []
    let titles: string[] = []
    for await (const row of readWorkbook(file.bytes)) {
      const cells = row.cells.map((cell) => (cell === null || typeof cell === 'object' ? null : String(cell)))
      if (cells.includes(IDENTITY_HEADER)) titles = cells.map((cell) => cell ?? '')
      else if (titles.length > 0 && cells.at(-1)?.startsWith('bihuan:')) sheet.push(cells)
    }
    expect(sheet).toHaveLength(4)
    const same = await bring(await buildWorkbook(titles, sheet))
    expect(same.verdicts).toEqual(['same', 'same', 'same', 'same'])

    const village = sheet.find((row) => row[0] === '小村') ?? []
    village[0] = '小新村'
    village[2] = '西镇'
    village[6] = '2023-06-01'
    const changed = await bring(await buildWorkbook(titles, sheet))
    expect(changed.verdicts.filter((verdict) => verdict === 'changed')).toHaveLength(1)
    expect(changed.rows.find(({ verdict }) => verdict === 'changed')?.changes).toEqual([
      { title: '名称', before: '小村', after: '小新村' },
      { title: '上级单位（块）', before: '东镇', after: '西镇' },
    ])
    expect(await changed.bringIn()).toMatchObject({ state: 'done', written: { new: 0, changed: 1 } })
    const moved = (await tree()).find(({ name }) => name === '小新村')
    expect(moved?.parentId).toBe(west.id)
    // The same workbook once more meets a unit that has changed since.
    const again = await bring(await buildWorkbook(titles, sheet))
    expect(again.codes).toContain('import.changed-meanwhile')
  })

  it('of a name that there is already are asked about, and become what was decided', async () => {
    await begin()
    const east = await buildUnit(test, tenant, { kind: 'town', name: '东镇' })
    await buildUnit(test, tenant, { kind: 'town', name: '西镇' })
    const village = await buildUnit(test, tenant, { kind: 'village', name: '新华村', parentId: east.id })
    const { run, rows, bringIn } = await bring(
      await buildWorkbook(header, [['新华村', '村', '西镇', null, null, null, '2023-05-01']]),
    )
    expect(rows[0]).toMatchObject({ verdict: 'doubtful', candidates: [{ id: village.id }] })
    expect(run.abilities['bringIn']).toBe(false)
    const same = await ask(test, admin, contracts.mendImportRow, {
      params: { importId: run.id, ordinal: 1 },
      body: { decision: { is: 'same', as: village.id } },
    })
    expect(same.body).toMatchObject({
      verdict: 'changed',
      changes: [{ title: '上级单位（块）', before: '东镇', after: '西镇' }],
    })
    const fresh = await ask(test, admin, contracts.mendImportRow, {
      params: { importId: run.id, ordinal: 1 },
      body: { decision: { is: 'new' } },
    })
    expect(fresh.body.verdict).toBe('new')
    expect(await bringIn()).toMatchObject({ state: 'done', written: { new: 1 } })
    expect((await tree()).filter(({ name }) => name === '新华村')).toHaveLength(2)
  })

  it('have a template whose rows can be filled in and brought in', async () => {
    await begin()
    const template = await ask(test, admin, contracts.downloadTemplate, { params: { kind: 'unit' } })
    const heads: string[] = []
    for await (const row of readWorkbook(template.bytes)) {
      if (row.cells.includes('名称*')) heads.push(...row.cells.map((cell) => String(cell as string)))
    }
    expect(heads).toEqual(['名称*', '类别*', ...header.slice(2)])
    const { verdicts } = await bring(
      await buildWorkbook(heads, [['一个镇', '镇', tenant.name, null, null, null, null]]),
    )
    expect(verdicts).toEqual(['new'])
    const officer = await buildAccount(test, tenant, 'safety-office')
    const refused = await upload(test, officer, contracts.startImport, {
      params: { kind: 'unit' },
      file: { name: 'a.xlsx', bytes: template.bytes },
    })
    expect(refused.error?.code).toBe('request.not-allowed')
  })
})
