import ExcelJS from '@protobi/exceljs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  bringIn,
  changeImport,
  decideImportRows,
  exportImportRows,
  listHazards,
  mendImportRow,
  showHazard,
  startImport,
} from '@bihuan/contracts'
import { buildEnterprise } from '../../../test/build-enterprise.js'
import { act, buildHazardWorld, planned, type HazardWorld } from '../../../test/build-hazard-world.js'
import { ask, runJobs, startTestApp, upload, type TestAccount, type TestApp } from '../../../test/builders.js'
import { broughtIn, previewed, problemsOf, rowsIn, shown, verdictsOf, type Preview } from '../../../test/ledgers.js'
import { nineColumns, thirteenColumns } from '../../../test/sample-plan.js'
import { verifyDatabase } from '../../platform/audit/verification.js'

type Cell = string | number | Date | null

let app: TestApp
let world: HazardWorld
beforeAll(async () => {
  app = await startTestApp({ now: '2023-06-20T09:00:00+08:00' })
})
afterAll(() => app.stop())

async function typed(
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
  shape?: (sheet: ExcelJS.Worksheet) => void,
) {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('清单')
  sheet.addRow(['重大事故隐患清单'])
  sheet.addRow([...columns])
  for (const row of rows) sheet.addRow([...row])
  shape?.(sheet)
  return Buffer.from(await book.xlsx.writeBuffer())
}

const bringsIn = (who: TestAccount, bytes: Uint8Array, options: Readonly<Record<string, unknown>> = {}) =>
  previewed(app, who, bytes, { campaignId: world.campaignId, source: 'inspection', grade: 'major', ...options })

const hazardsOf = async (who = world.safetyOffice, query = {}) => {
  const answer = await ask(app, who, listHazards, { query: { campaign: world.campaignId, limit: 200, ...query } })
  return answer.body.items
}
const hazardOf = async (id: string | null | undefined, who = world.inspector) =>
  (await ask(app, who, showHazard, { params: { hazardId: id ?? '' } })).body.hazard

/** 序号 专题领域 重大隐患 涉及层面 整改措施 检查日期 计划整改时限 责任单位 整改阶段 实际整改完成时间 整改进展 整改进展时间 备注 */
const thirteen = (description: string, rest: Partial<Record<number, Cell>> = {}): Cell[] => {
  const row: Cell[] = [
    1,
    '工贸',
    description,
    '县区',
    '',
    '2023-06-10',
    '2023-07-10',
    '青榆家具厂',
    '整改中',
    '',
    '',
    '',
    '',
  ]
  return Object.assign(row, rest)
}
/** 序号 乡镇/部门 企业（项目） 所属行业领域 描述 整改措施 挂牌督办文件名称及文号 整改期限 整改进展 */
const nine = (subject: string, description: string, rest: Partial<Record<number, Cell>> = {}): Cell[] =>
  Object.assign([1, '柳河街道', subject, '工贸', description, '', '', '', ''], rest)

describe('a ledger typed by hand', () => {
  beforeAll(async () => {
    world = await buildHazardWorld(app)
  })

  test('is brought in as far as the rules let each row come, and the trail can be verified', async () => {
    const bytes = await typed(thirteenColumns, [
      thirteen('无泄爆装置', { 4: '加装泄爆片', 10: '2023-06-12：已下单' }),
      thirteen('配电箱敞开', { 8: '已销号', 9: '2023-06-10', 4: '当场关闭' }),
      thirteen('没有日期', { 5: '' }),
      [4, ...Array.from({ length: 12 }, () => '')],
    ])
    const preview = await bringsIn(world.inspector, bytes)
    expect(verdictsOf(preview)).toEqual(['new', 'new', 'new', 'left-out'])
    expect(preview.rows.map((row) => problemsOf(row))).toEqual([
      [],
      ['整改阶段 hazard.ledger-not-reinspected'],
      ['检查日期 hazard.ledger-draft'],
      [],
    ])
    expect(await hazardsOf()).toEqual([])

    const done = await broughtIn(app, world.inspector, preview)
    expect(done.run).toMatchObject({ state: 'done', written: { new: 3, changed: 0 } })
    const [first, second, third] = await Promise.all(done.rows.slice(0, 3).map(({ objectId }) => hazardOf(objectId)))
    expect(first).toMatchObject({
      status: 'rectifying',
      subject: { kind: 'enterprise', id: world.firm.id, name: '青榆家具厂' },
      territoryUnitId: world.community.id,
      authorityUnitId: world.department.id,
      responsibleUnitId: world.firm.id,
      finder: { name: '检查员丁', unitId: world.department.id, side: 'department' },
      deadline: '2023-07-10',
      rectification: { mode: 'immediate', measures: '加装泄爆片' },
      version: 3,
    })
    expect(second).toMatchObject({ status: 'awaiting-reinspection', rectifiedOn: '2023-06-10' })
    expect(third).toMatchObject({ status: 'draft', foundOn: null, description: '没有日期' })
    const facts = await app.db.asOwner<{ measure: string; count: number }>(
      'select measure, count(*)::int as count from fact where tenant_id = $1 group by 1',
      [world.tenant.id],
    )
    expect(facts).toEqual([{ measure: 'hazard/found/major/department', count: 2 }])
    const verdicts = await verifyDatabase(app.platform, app.modules.verifiers, { keptHead: () => null })
    expect(verdicts.filter(({ ok }) => !ok)).toEqual([])
  })

  test('changes nothing when it is brought in again, and only adds what was added to it', async () => {
    const rows = [
      thirteen('第一项'),
      thirteen('第二项', { 8: '已完成整改', 9: '2023-06-10', 4: '当场整改' }),
      thirteen('第三项', { 5: '' }),
    ]
    await broughtIn(app, world.inspector, await bringsIn(world.inspector, await typed(thirteenColumns, rows)))
    const before = await app.db.asOwner('select id, version, changed_at from hazard where tenant_id = $1 order by id', [
      world.tenant.id,
    ])

    const again = await bringsIn(world.inspector, await typed(thirteenColumns, rows))
    expect(verdictsOf(again)).toEqual(['same', 'same', 'same'])
    const refused = await ask(app, world.inspector, bringIn, { params: { importId: again.run.id } })
    expect(refused.error?.code).toBe('import.nothing-to-bring-in')
    expect(
      await app.db.asOwner('select id, version, changed_at from hazard where tenant_id = $1 order by id', [
        world.tenant.id,
      ]),
    ).toEqual(before)

    // The clerk goes on writing in the same sheet.
    const grown = [
      thirteen('第一项', { 10: '2023-06-15：已下单\n2023-06-18：已到货', 12: '重点关注' }),
      rows[1] ?? [],
      thirteen('第三项', { 5: '2023.6.11' }),
      thirteen('第四项'),
    ]
    const more = await bringsIn(world.inspector, await typed(thirteenColumns, grown))
    expect(verdictsOf(more)).toEqual(['changed', 'same', 'changed', 'new'])
    const done = await broughtIn(app, world.inspector, more)
    expect(await hazardOf(done.rows[0]?.objectId)).toMatchObject({
      remark: '重点关注',
      progress: [{ text: '已下单' }, { text: '已到货' }],
    })
    expect(await hazardOf(done.rows[2]?.objectId)).toMatchObject({ status: 'rectifying', foundOn: '2023-06-11' })
  })

  test('asks for what the form lacks, and is judged anew when that is given', async () => {
    const bytes = await typed(nineColumns, [
      nine('青榆家具厂', '九栏一', { 7: '2023年7月1日前', 5: '整改' }),
      nine('青榆家具厂', '九栏二', { 3: '' }),
    ])
    const preview = await previewed(app, world.streetOfficer, bytes, {
      campaignId: world.campaignId,
      foundOn: '2023-06-12',
    })
    expect(preview.rows.map((row) => problemsOf(row))).toEqual([
      ['隐患来源 hazard.field-missing', '检查人 hazard.field-missing', '隐患等级 hazard.field-missing'],
      [
        '行业领域 hazard.field-missing',
        '隐患来源 hazard.field-missing',
        '检查人 hazard.field-missing',
        '隐患等级 hazard.field-missing',
      ],
    ])
    const told = {
      campaignId: world.campaignId,
      foundOn: '2023-06-12',
      source: 'self-check',
      grade: 'key',
      sector: '消防',
    }
    const answer = await ask(app, world.streetOfficer, changeImport, {
      params: { importId: preview.run.id },
      body: { options: told },
    })
    expect(answer.status).toBe(200)
    await runJobs(app)
    const judged = await shown(app, world.streetOfficer, preview.run.id)
    expect(verdictsOf(judged)).toEqual(['new', 'new'])
    const done = await broughtIn(app, world.streetOfficer, judged)
    expect(await hazardOf(done.rows[0]?.objectId, world.streetOfficer)).toMatchObject({
      source: 'self-check',
      grade: 'key',
      finder: { name: '青榆家具厂', unitId: world.firm.id, side: 'enterprise' },
      deadline: '2023-07-01',
      authorityUnitId: world.street.id,
      foundOn: '2023-06-12',
    })
    expect((await hazardOf(done.rows[1]?.objectId, world.streetOfficer)).sector).toBe('消防')
  })

  test('without a day anywhere stays a draft', async () => {
    const bytes = await typed(nineColumns, [nine('青榆家具厂', '没有检查日期这一列')])
    const preview = await bringsIn(world.streetOfficer, bytes)
    expect(problemsOf(preview.rows[0])).toEqual(['检查日期 hazard.ledger-draft'])
    const done = await broughtIn(app, world.streetOfficer, preview)
    const found = await ask(app, world.streetOfficer, showHazard, {
      params: { hazardId: done.rows[0]?.objectId ?? '' },
    })
    expect(found.body.hazard.status).toBe('draft')
  })

  test('has each name looked up: by name, by code, by likeness, or kept as it stands', async () => {
    const like = await buildEnterprise(app, world.community, { name: '青榆市宏达精密铸造有限公司' })
    const code = like.enterprise.creditCode ?? ''
    const rows = [
      nine('青榆市宏达精密铸造有限公司', '按名称'),
      nine(`宏达（${code}）`, '按代码'),
      nine('宏达精密铸造厂', '按相似'),
      nine('东门夜市', '不在名册'),
    ]
    const preview = await bringsIn(world.streetOfficer, await typed(nineColumns, rows), { foundOn: '2023-06-12' })
    expect(verdictsOf(preview)).toEqual(['new', 'new', 'doubtful', 'doubtful'])
    expect(preview.rows[2]?.candidates[0]).toMatchObject({ id: like.enterprise.id, name: '青榆市宏达精密铸造有限公司' })
    expect(preview.rows[3]?.candidates).toEqual([])

    const chosen = await ask(app, world.streetOfficer, mendImportRow, {
      params: { importId: preview.run.id, ordinal: 3 },
      body: { decision: { is: 'same', as: like.enterprise.id } },
    })
    expect(chosen.body.verdict).toBe('new')
    await ask(app, world.streetOfficer, decideImportRows, { params: { importId: preview.run.id }, body: { is: 'new' } })
    await runJobs(app)
    const done = await broughtIn(app, world.streetOfficer, await shown(app, world.streetOfficer, preview.run.id))
    const subjects = await Promise.all(
      done.rows.map(
        async ({ objectId }) =>
          (await ask(app, world.streetOfficer, showHazard, { params: { hazardId: objectId ?? '' } })).body.hazard
            .subject,
      ),
    )
    expect(subjects).toEqual([
      { kind: 'enterprise', id: like.enterprise.id, name: '青榆市宏达精密铸造有限公司' },
      { kind: 'enterprise', id: like.enterprise.id, name: '青榆市宏达精密铸造有限公司' },
      { kind: 'enterprise', id: like.enterprise.id, name: '青榆市宏达精密铸造有限公司' },
      { kind: 'place', id: null, name: '东门夜市' },
    ])
  })

  test('with the same row twice asks which is meant', async () => {
    const twin = thirteen('一模一样')
    const preview = await bringsIn(world.inspector, await typed(thirteenColumns, [twin, twin]))
    expect(verdictsOf(preview)).toEqual(['new', 'doubtful'])
    expect(preview.rows[1]?.problems[0]?.message).toContain('第3行')
    await ask(app, world.inspector, mendImportRow, {
      params: { importId: preview.run.id, ordinal: 2 },
      body: { decision: { is: 'new' } },
    })
    const done = await broughtIn(app, world.inspector, await shown(app, world.inspector, preview.run.id))
    expect(new Set(done.rows.map(({ objectId }) => objectId)).size).toBe(2)
    expect(verdictsOf(await bringsIn(world.inspector, await typed(thirteenColumns, [twin, twin])))).toEqual([
      'same',
      'same',
    ])
  })

  test('uploaded by two people at once stands there once', async () => {
    const bytes = await typed(thirteenColumns, [thirteen('同时一'), thirteen('同时二')])
    const previews: Preview[] = []
    for (const who of [world.inspector, world.chief]) previews.push(await bringsIn(who, bytes))
    for (const [at, who] of [world.inspector, world.chief].entries()) {
      await ask(app, who, bringIn, { params: { importId: previews[at]?.run.id ?? '' } })
    }
    await runJobs(app)
    const found = (await hazardsOf(world.inspector)).filter(({ description }) => description.startsWith('同时'))
    expect(found).toHaveLength(2)
    const second = await shown(app, world.chief, previews[1]?.run.id ?? '')
    expect(new Set(second.rows.map(({ objectId }) => objectId))).toEqual(new Set(found.map(({ id }) => id)))
  })
})

describe('a workbook that is not as it should be', () => {
  beforeAll(async () => {
    world = await buildHazardWorld(app)
  })

  test('has dates in any spelling read, and impossible ones named at their cell', async () => {
    const found = [
      '2023-06-10',
      '2023/6/10',
      '2023.6.10',
      '2023年6月10日',
      '２０２３年６月１０日',
      '20230610',
      new Date('2023-06-10T00:00:00Z'),
      45_087,
    ]
    const rows = found.map((date, at) => thirteen(`写法${at}`, { 5: date }))
    const bad = [
      thirteen('限期在前', { 6: '2023-06-09' }),
      thirteen('没有这一天', { 5: '2023年2月30日' }),
      thirteen('还没有到', { 5: '2023-06-21' }),
      thirteen('进展在前', { 10: '2023-06-01：已整改' }),
      thirteen('说不清', { 8: '差不多了' }),
    ]
    const preview = await bringsIn(world.inspector, await typed(thirteenColumns, [...rows, ...bad]))
    expect(verdictsOf(preview).slice(0, 8)).toEqual(Array.from({ length: 8 }, () => 'new'))
    expect(
      preview.rows.slice(8).map((row) => row.problems.map(({ column, code }) => `${column ?? ''} ${code}`)),
    ).toEqual([
      ['G hazard.date-too-early'],
      ['F date.invalid'],
      ['F hazard.date-in-future'],
      ['K hazard.date-too-early'],
      ['I hazard.ledger-cell-unreadable'],
    ])
    // Mended in place, the row is judged again.
    const mended = await ask(app, world.inspector, mendImportRow, {
      params: { importId: preview.run.id, ordinal: 9 },
      body: { cells: { deadline: '2023-07-01' } },
    })
    expect(mended.body).toMatchObject({ verdict: 'new', problems: [] })
    const download = await ask(app, world.inspector, exportImportRows, { params: { importId: preview.run.id } })
    const marked = (await rowsIn(download.bytes))
      .map(({ cells }) => cells.join('|'))
      .filter((line) => line.includes('第') && line.includes('行'))
    expect(marked).toHaveLength(4)

    const done = await broughtIn(app, world.inspector, preview)
    expect(new Set((await hazardsOf()).map(({ foundOn }) => foundOn))).toEqual(new Set(['2023-06-10']))
    expect(done.run.counts).toMatchObject({ written: 9, refused: 4 })
  })

  test('has moved, missing and unknown columns named, and is read by meaning all the same', async () => {
    const columns = ['隐患描述', '检查时间', '企业名称', '隐患级别', '整改责任人', '照片']
    const bytes = await typed(columns, [['顺序不同', '2023-06-10', '青榆家具厂', '一般', '周青', 'x.jpg']])
    const preview = await bringsIn(world.inspector, bytes, { sector: '工贸', columns: [...thirteenColumns] })
    expect(preview.run.sheets[0]?.problems.map(({ code, title }) => `${code} ${title}`)).toEqual(
      expect.arrayContaining(['unknown 照片', 'missing-optional 专题领域']),
    )
    const done = await broughtIn(app, world.inspector, preview)
    expect(await hazardOf(done.rows[0]?.objectId)).toMatchObject({
      grade: 'general',
      named: { rectifying: { name: '周青' } },
    })

    const moved = await typed(
      [...thirteenColumns.slice(0, 5), '计划整改时限', '检查日期', ...thirteenColumns.slice(7)],
      [thirteen('换了位置', { 5: '2023-07-10', 6: '2023-06-10' })],
    )
    const shifted = await bringsIn(world.inspector, moved, { columns: [...thirteenColumns] })
    expect(shifted.run.sheets[0]?.problems.map(({ code }) => code)).toEqual(['moved', 'moved'])
    expect(verdictsOf(shifted)).toEqual(['new'])
  })

  test('with a column twice, or without the one that says what it is, is not read at all', async () => {
    const doubled = await bringsIn(
      world.inspector,
      await typed(['隐患描述', '检查日期', '排查日期', '备注'], [['甲', '2023-06-10', '2023-06-11', '']]),
    )
    expect(doubled.run).toMatchObject({ state: 'failed', failure: { code: 'import.no-usable-sheet' } })
    expect(doubled.run.failure?.message).toContain('B列“检查日期”和C列“排查日期”都是检查日期')
    const without = await bringsIn(
      world.inspector,
      await typed(['企业名称', '检查日期', '备注'], [['青榆家具厂', '2023-06-10', '']]),
    )
    expect(without.run.failure?.message).toContain('没有找到隐患描述这一列')
  })

  test('with merged cells gives each row its value', async () => {
    const bytes = await typed(
      thirteenColumns,
      [thirteen('合并一', { 7: '青榆家具厂', 5: '2023-06-09' }), thirteen('合并二', { 7: null, 5: null })],
      (sheet) => {
        sheet.mergeCells('H3:H4')
        sheet.mergeCells('F3:F4')
      },
    )
    const done = await broughtIn(app, world.inspector, await bringsIn(world.inspector, bytes))
    expect(await hazardOf(done.rows[1]?.objectId)).toMatchObject({
      foundOn: '2023-06-09',
      subject: { name: '青榆家具厂' },
    })
  })

  test('with failed formulas, endless text or somebody else’s unit says so at the cell', async () => {
    const bytes = await typed(
      thirteenColumns,
      [thirteen('公式'), thirteen('长'.repeat(2500)), thirteen('单位')],
      (sheet) => {
        sheet.getCell('C3').value = { formula: '1/0', result: { error: '#DIV/0!' } }
      },
    )
    const preview = await bringsIn(world.inspector, bytes)
    expect(preview.rows.map((row) => [row.verdict, ...problemsOf(row)])).toEqual([
      ['refused', '隐患描述 import.formula-error'],
      ['refused', '隐患描述 hazard.ledger-too-long'],
      ['new'],
    ])
    const foreign = await buildHazardWorld(app)
    const stolen = await bringsIn(world.inspector, await typed(thirteenColumns, [thirteen('别的辖区', { 7: '' })]), {
      territoryUnitId: foreign.street.id,
      authorityUnitId: foreign.department.id,
      subjectName: '某市场',
      unknownSubject: 'place',
    })
    expect(problemsOf(stolen.rows[0])).toEqual(['隐患描述 request.not-found'])
  })

  test('that is no workbook, or of a campaign that is not there, is refused', async () => {
    const begun = await upload(app, world.inspector, startImport, {
      params: { kind: 'ledger' },
      file: { name: '清单.xlsx', bytes: Buffer.from('%PDF-1.7') },
      fields: { options: JSON.stringify({ campaignId: world.campaignId }) },
    })
    expect(begun.error?.code).toMatch(/^upload\./)
    const nowhere = await bringsIn(world.inspector, await typed(thirteenColumns, [thirteen('甲')]), {
      campaignId: '0190a000-0000-7000-8000-000000000001',
    })
    expect(nowhere.run).toMatchObject({ state: 'failed', failure: { code: 'request.not-found' } })
    const none = await upload(app, world.inspector, startImport, {
      params: { kind: 'ledger' },
      file: { name: '清单.xlsx', bytes: await typed(thirteenColumns, [thirteen('甲')]) },
      fields: { options: '{}' },
    })
    expect(none.error).toMatchObject({ code: 'import.options-invalid', places: [{ path: 'options.campaignId' }] })
    const leader = await upload(app, world.leader, startImport, {
      params: { kind: 'ledger' },
      file: { name: '清单.xlsx', bytes: await typed(thirteenColumns, [thirteen('甲')]) },
      fields: { options: JSON.stringify({ campaignId: world.campaignId }) },
    })
    expect(leader).toMatchObject({ status: 403 })
  })

  test('whose hazard changed between preview and act leaves that row out, and says so', async () => {
    const [done] = [
      await broughtIn(
        app,
        world.inspector,
        await bringsIn(world.inspector, await typed(thirteenColumns, [thirteen('赶在前面')])),
      ),
    ]
    const grown = await bringsIn(
      world.inspector,
      await typed(thirteenColumns, [thirteen('赶在前面', { 12: '表里的' })]),
    )
    expect(verdictsOf(grown)).toEqual(['changed'])
    const page = (await ask(app, world.inspector, showHazard, { params: { hazardId: done?.rows[0]?.objectId ?? '' } }))
      .body
    await act(app, world.manager, page, planned)
    const late = await broughtIn(app, world.inspector, grown)
    expect(late.rows.map((row) => [row.verdict, ...problemsOf(row)])).toEqual([['refused', 'hazard.changed-meanwhile']])
  })
})
