/** `bihuan table` as its users meet it: the figures, as files too, as known at a position, and on whose record. */
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as contracts from '@bihuan/contracts'
import { readSheetGrid, readWordTables } from '@bihuan/office'
import { dissolveUnit } from '../src/modules/organization/index.js'
import { readHead } from '../src/platform/audit/verify.js'
import {
  ask,
  buildAccount,
  buildUnit,
  inTenant,
  startTestApp,
  type TestAccount,
  type TestApp,
  type TestUnit,
} from './builders.js'
import { buildReportingDistrict, found, type, type ReportingDistrict } from './build-reporting.js'
import { runCli } from './run-command.js'
import { samplePlan } from './sample-plan.js'

let test: TestApp
let district: ReportingDistrict
let park: TestUnit
let folder: string
/** One hazard, and the town's typing: all that the figures below stand on. */
let positionThen: number
beforeAll(async () => {
  test = await startTestApp()
  folder = await mkdtemp(join(tmpdir(), 'bihuan-table-'))
  district = await buildReportingDistrict(test)
  park = await buildUnit(test, district.tenant, { kind: 'functional-area', name: '青榆产业园', code: '990188' })
  await found(district)
  await type(district, district.townOfficer, district.town, { 'g2.m2.p1': '2', 'g2.m2.p2': '3.5', 'g2.m3': '是' })
  await test.platform.sealer.sealNow(district.tenant.id)
  positionThen = (await inTenant(test, district.tenant.id, readHead)).position
})
afterAll(async () => {
  await test.stop()
  await rm(folder, { recursive: true, force: true })
})

const settings = () => ({
  DATABASE_URL: test.db.ownerUrl,
  BIHUAN_DATA: test.platform.settings.dataFolder,
  BIHUAN_NOW: '2023-06-16T09:00:00+08:00',
})

interface Given {
  readonly by?: TestAccount
  readonly campaign?: string
  readonly unit?: string
  readonly asOf?: string
}

/** Of the town, at the day of the district, unless said otherwise. */
const table = (verb: 'show' | 'export', more: readonly string[] = [], given: Given = {}) =>
  runCli(
    [
      ...['table', verb, '--campaign', given.campaign ?? district.campaignId],
      ...['--unit', given.unit ?? '柳河镇', '--as-of', given.asOf ?? '2023-06-16'],
      ...['--tenant', district.tenant.code, '--as', (given.by ?? district.safetyOffice).loginName],
      ...more,
    ],
    settings(),
  )

const lastAct = async (by: TestAccount) => {
  const [entry] = await test.db.asOwner<Record<string, unknown>>(
    `select action, object_kind, object_id, via, address, after,
       exists (select 1 from audit_seal s where s.entry_id = e.id) as sealed
     from audit_entry e where account_id = $1 order by id desc limit 1`,
    [by.id],
  )
  return entry
}

describe('bihuan table show', () => {
  it('lists each figure with its number, label and unit, and whether records or people gave it', async () => {
    const { code, out, err } = await table('show', ['--table', district.tableId])
    expect([code, err]).toEqual([0, ''])
    const lines = out.split('\n')
    expect(lines.slice(0, 4)).toEqual([
      '青榆区重大事故隐患专项排查整治进展情况调度表',
      '单位：柳河镇　行动：青榆区重大事故隐患专项排查整治行动',
      '累计：2023-05-20 至 2023-06-16',
      '依据：账上现有的全部记录',
    ])
    expect(lines[4]).toMatch(/^链头：\d+:[0-9a-f]{64}$/)
    expect(lines.slice(5).map((line) => line.replace(/ {2,}/g, '|'))).toEqual([
      '',
      '【总体情况】',
      '序号|指标|单位|数字|来源',
      '1|企业自查发现的重大事故隐患|个|0|记录',
      '2|企业自查发现重大事故隐患中已完成整改的|个|0|记录',
      '3|部门检查发现的重大事故隐患|个|1|记录',
      '4|部门检查发现重大事故隐患中已完成整改的|个|0|记录',
      '5|政府挂牌督办的重大事故隐患|个|0|记录',
      '6|挂牌督办重大事故隐患中已完成整改的|个|0|记录',
      '',
      '【部门执法情况】',
      '序号|指标|单位|数字|来源',
      '1|帮扶指导重点企业|家次|未填|手填',
      '2|行政处罚|次|2|手填',
      '|行政处罚|万元|3.50|手填',
      '3|是否开设安全生产专栏|是|手填',
      '',
    ])
    // Chinese characters take two columns: the columns stand under each other all the same.
    const ends = lines.flatMap((line) => /^(.*) {2}(?:记录|手填)$/.exec(line)?.[1] ?? [])
    const widths = ends.map((text) => [...text].reduce((width, one) => width + (one > '\u2e80' ? 2 : 1), 0))
    expect(new Set(widths).size).toBe(1)
  })

  it('gives JSON on the terminal, and takes the only table when none is named', async () => {
    const { code, out } = await table('show', ['--format', 'json'])
    expect(code).toBe(0)
    const content = JSON.parse(out) as contracts.TablePage & { schema: string }
    expect([content.schema, content.id, content.unitName]).toEqual(['bihuan.table/1', district.tableId, '柳河镇'])
    expect(content.figures.find(({ key }) => key === 'g1.m3')?.text).toBe('1')
  })

  it('finds the unit by code as well as by name', async () => {
    const { out } = await table('show', [], { unit: park.name })
    expect(out).toContain('单位：青榆产业园')
    expect((await table('show', [], { unit: '990188' })).out.replace(/^链头.*$/m, '')).toBe(
      out.replace(/^链头.*$/m, ''),
    )
  })

  it('shows as known at a position what it showed then, whatever was entered later', async () => {
    const figuresAt = async (more: readonly string[]) =>
      (JSON.parse((await table('show', ['--format', 'json', ...more])).out) as contracts.TablePage).figures
    const then = await figuresAt(['--known-at', String(positionThen)])
    expect(then.find(({ key }) => key === 'g1.m3')?.text).toBe('1')
    await found(district, { foundOn: '2023-06-11' })
    await type(district, district.townOfficer, district.town, { 'g2.m2.p1': '7' })
    expect((await figuresAt([])).find(({ key }) => key === 'g1.m3')?.text).toBe('2')
    expect(await figuresAt(['--known-at', String(positionThen)])).toEqual(then)
    const { out } = await table('show', ['--known-at', String(positionThen)])
    expect(out).toContain(`依据：账上到第 ${positionThen} 号为止的记录`)
    // At the beginning nothing was known.
    expect((await figuresAt(['--known-at', '0'])).find(({ key }) => key === 'g1.m3')?.text).toBe('0')
  })

  it('is on record as the act of the person named, from this machine', async () => {
    await table('show', ['--known-at', String(positionThen)], { by: district.townOfficer })
    expect(await lastAct(district.townOfficer)).toMatchObject({
      action: 'table.read',
      object_id: district.tableId,
      via: 'cli',
      address: hostname(),
      after: { unitId: district.town.id, cutOff: '2023-06-16', knownAt: positionThen, format: 'text' },
      sealed: true,
    })
  })

  it('asks which one is meant when there are several, and takes one of the campaign above', async () => {
    const plan = samplePlan({ warnings: [] }) as contracts.BodyOf<typeof contracts.createCampaign>['plan']
    const under = await ask(test, district.safetyOffice, contracts.createCampaign, {
      body: { unitId: district.otherTown.id, parentId: district.campaignId, plan },
    })
    const own = under.body.tables.find(({ from }) => from === null)?.id ?? ''
    const campaign = under.body.id
    const { code, out, err } = await table('show', [], { campaign })
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(/^请用 --table 指明是哪一张调度表：\n/)
    expect([...err.matchAll(/^ {2}(\S{36}) /gm)].map(([, id]) => id)).toEqual([own, district.tableId])
    expect((await table('show', ['--table', district.tableId], { campaign })).code).toBe(0)
    // And not the other way round.
    expect((await table('show', ['--table', own])).code).toBe(2)
  })
})

describe('bihuan table export', () => {
  it('writes the form in Word and in Excel with the figures in their cells', async () => {
    const known = ['--known-at', String(positionThen)]
    const word = join(folder, 'new', 'table.docx')
    expect(await table('export', ['--format', 'docx', '--out', word, ...known])).toEqual({
      code: 0,
      out: `已导出到 ${word}。\n`,
      err: '',
    })
    const document = readWordTables(await readFile(word))
    expect(document.tables[0]?.rows.map(({ cells }) => cells.map(({ text }) => text))).toEqual([
      expect.arrayContaining(['企业自查发现的重大事故隐患（个）', '0']) as unknown,
      expect.arrayContaining(['3', '部门检查发现的重大事故隐患（个）', '1']) as unknown,
      expect.arrayContaining(['政府挂牌督办的重大事故隐患（个）', '0']) as unknown,
      expect.arrayContaining(['帮扶指导重点企业（家次）', '', '行政处罚（次，万元）', '2，3.50']) as unknown,
      expect.arrayContaining(['是否开设安全生产专栏', '是']) as unknown,
    ])
    expect(document.paragraphs.map(({ text }) => text)).toContainEqual(expect.stringContaining('柳河镇'))

    const sheet = join(folder, 'table.xlsx')
    expect((await table('export', ['--format', 'xlsx', '--out', sheet, ...known])).code).toBe(0)
    const cells = await readSheetGrid(await readFile(sheet))
    const rightOf = (label: string) => {
      const at = cells.find(({ text }) => text === label)
      return cells.find(({ row, column }) => row === at?.row && column === at.column + at.colSpan)?.text
    }
    expect(rightOf('部门检查发现的重大事故隐患（个）')).toBe('1')
    expect(rightOf('行政处罚（次，万元）')).toBe('2，3.50')
    expect(rightOf('是否开设安全生产专栏')).toBe('是')
  })

  it('gives JSON into a file or on the terminal', async () => {
    const file = join(folder, 'table.json')
    const known = ['--format', 'json', '--known-at', String(positionThen)]
    expect((await table('export', [...known, '--out', file])).code).toBe(0)
    const { code, out } = await table('export', known)
    expect(code).toBe(0)
    const [kept, said] = [await readFile(file, 'utf8'), out].map((text) => JSON.parse(text) as contracts.TablePage)
    expect(said?.figures).toEqual(kept?.figures)
    expect(kept?.figures.find(({ key }) => key === 'g2.m2.p2')?.text).toBe('3.50')
  })

  it('is on record with the position up to which it was true, as over the web', async () => {
    const out = join(folder, 'recorded.xlsx')
    await table('export', ['--format', 'xlsx', '--out', out], { by: district.townOfficer })
    const byCommand = await lastAct(district.townOfficer)
    expect(byCommand).toMatchObject({ action: 'table.export', via: 'cli', object_id: district.tableId, sealed: true })
    await ask(test, district.townOfficer, contracts.exportTable, {
      params: { tableId: district.tableId },
      query: { unit: district.town.id, cutOff: '2023-06-16', format: 'xlsx' },
    })
    const overWeb = await lastAct(district.townOfficer)
    expect(overWeb).toMatchObject({ action: 'table.export', via: 'web' })
    expect(Object.keys(byCommand?.['after'] as object)).toEqual(Object.keys(overWeb?.['after'] as object))
  })

  it('is not on record when the file could not be written', async () => {
    const before = await lastAct(district.safetyOffice)
    const { code, err } = await table('export', ['--format', 'docx', '--out', folder])
    expect([code, err]).toEqual([2, `文件 ${folder} 写不了（EISDIR）。请换一个地方。\n`])
    expect(await lastAct(district.safetyOffice)).toEqual(before)
  })
})

describe('what cannot be meant', () => {
  it.each([
    [['show', '--campaign', 'x', '--unit', 'x'], '必须给出选项 --as-of <日期>。用 --help 看用法。'],
    [['show', '--unit', 'x', '--as-of', '2023-06-16'], '必须给出选项 --campaign <编号>。用 --help 看用法。'],
    [
      ['show', '--campaign', 'x', '--unit', 'x', '--as-of', '2023-06-16', '--format', 'docx'],
      '选项 --format <格式> 不能是“docx”，可用 text、json。用 --help 看用法。',
    ],
    [
      ['export', '--campaign', 'x', '--unit', 'x', '--as-of', '2023-06-16'],
      '必须给出选项 --format <格式>。用 --help 看用法。',
    ],
    [
      ['show', '--campaign', 'x', '--unit', 'x', '--as-of', '2023-06-16'],
      '--campaign 应是编号，从网页地址里可以抄到。',
    ],
  ])('%j is answered with one sentence and exit code 2', async (argv, sentence) => {
    expect(await runCli(['table', ...argv])).toEqual({ code: 2, out: '', err: `${sentence}\n` })
  })

  it('asks for the file of a Word or Excel export, before it asks the database', async () => {
    for (const format of ['docx', 'xlsx']) {
      expect(await table('export', ['--format', format])).toMatchObject({
        code: 2,
        err: `导出 ${format} 须用 --out 写明文件。\n`,
      })
    }
  })

  it('refuses a day that is none, a position that is none, and one that the ledger has not reached', async () => {
    expect((await table('show', [], { asOf: '2023-06-31' })).err).toBe(
      '--as-of 应是一个存在的日期，写作 2023-06-16；“2023-06-31”不是。\n',
    )
    expect((await table('show', ['--known-at', '最近'])).err).toBe('--known-at 应是不小于 0 的整数；“最近”不是。\n')
    const far = await table('show', ['--known-at', '999999'])
    expect([far.code, far.out, far.err]).toEqual([
      2,
      '',
      expect.stringMatching(/^账上现在只到第 \d+ 号，没有第 999999 号。/),
    ])
  })

  it('says that the cut-off lies before the campaign', async () => {
    expect(await table('show', [], { asOf: '2023-05-01' })).toMatchObject({
      code: 2,
      err: expect.stringContaining('早于行动开始的 2023-05-20') as string,
    })
  })

  it('refuses a table and a unit that are not there', async () => {
    expect(await table('show', ['--table', district.campaignId])).toMatchObject({
      code: 2,
      err: expect.stringContaining(`请用 --table 指明是哪一张调度表：\n  ${district.tableId}`) as string,
    })
    expect((await table('show', [], { unit: '没有的镇' })).err).toBe('没有找到单位“没有的镇”。\n')
  })

  it('finds a unit that is gone for the days on which it stood', async () => {
    const town = await buildUnit(test, district.tenant, { kind: 'town', name: '旧桥镇' })
    const gone = await inTenant(test, district.tenant.id, (handle) =>
      dissolveUnit(
        handle,
        { tenantId: district.tenant.id, via: 'maintenance', personName: '测试', address: 'local' },
        { unitId: town.id, version: 1, on: '2023-06-10' },
        test.clock,
      ),
    )
    expect(gone.ok).toBe(true)
    expect((await table('show', [], { unit: '旧桥镇', asOf: '2023-06-09' })).code).toBe(0)
    expect((await table('show', [], { unit: '旧桥镇', asOf: '2023-06-10' })).err).toBe('没有找到单位“旧桥镇”。\n')
  })
})

describe('who may', () => {
  it('is refused another town’s table, which stays on record as reached for', async () => {
    const { code, out, err } = await table('show', [], { by: district.townOfficer, unit: '槐山镇' })
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(/^没有找到/)
    const other = await buildReportingDistrict(test)
    const strange = await runCli(
      [
        ...['table', 'show', '--campaign', district.campaignId, '--unit', '柳河镇', '--as-of', '2023-06-16'],
        ...['--tenant', other.tenant.code, '--as', other.safetyOffice.loginName],
      ],
      settings(),
    )
    expect(strange).toMatchObject({ code: 2, err: expect.stringContaining('没有找到行动') as string })
    expect(await lastAct(other.safetyOffice)).toMatchObject({
      action: 'access.refused',
      object_kind: 'campaign',
      object_id: district.campaignId,
      via: 'cli',
      sealed: true,
    })
  })

  it('may look and not export, in a firm, and no file is written', async () => {
    const firm = { by: district.worker, unit: district.firm.name }
    const seen = await table('show', [], firm)
    expect([seen.code, seen.out]).toEqual([0, expect.stringContaining('单位：柳河铸造厂')])
    const out = join(folder, 'refused.xlsx')
    const { code, err } = await table('export', ['--format', 'xlsx', '--out', out], firm)
    expect([code, err]).toEqual([2, expect.stringMatching(/^您的角色不能导出调度表。/)])
    expect(existsSync(out)).toBe(false)
    expect(await lastAct(district.worker)).toMatchObject({ action: 'table.read' })
  })

  it('may not even look, as an administrator of the system', async () => {
    const admin = await buildAccount(test, district.tenant, 'system-admin')
    expect(await table('show', [], { by: admin })).toEqual({
      code: 2,
      out: '',
      err: '这个行动没有您能看的调度表。\n',
    })
  })
})
