/** 调度表 over HTTP: derived from real hazards, typed by people, as known at a position, seen by whom it concerns, and printed. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as contracts from '@bihuan/contracts'
import type { BodyOf, TablePage } from '@bihuan/contracts'
import { blankHazardDetails, type HazardCommand, type HazardDetails } from '@bihuan/domain'
import { readSheetGrid, readWordTables } from '@bihuan/office'
import {
  actorFor,
  ask,
  buildAccount,
  buildTenant,
  buildUnit,
  startTestApp,
  type TestAccount,
  type TestApp,
  type TestTenant,
  type TestUnit,
} from '../../../test/builders.js'
import { buildHazard } from '../../../test/build-hazards.js'
import { samplePlan } from '../../../test/sample-plan.js'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp({ environment: { BIHUAN_LOG: 'error' } })
})
afterAll(() => test.stop())
beforeEach(() => test.clock.set(new Date('2023-06-16T09:00:00+08:00')))

interface District {
  readonly tenant: TestTenant
  readonly safetyOffice: TestAccount
  readonly town: TestUnit
  readonly otherTown: TestUnit
  readonly townOfficer: TestAccount
  readonly otherOfficer: TestAccount
  readonly department: TestUnit
  readonly inspector: TestAccount
  readonly firm: TestUnit
  readonly worker: TestAccount
  readonly campaignId: string
  readonly tableId: string
}

async function buildDistrict(): Promise<District> {
  const tenant = await buildTenant(test)
  const office = await buildUnit(test, tenant, { kind: 'safety-committee-office', name: '青榆区安委办' })
  const department = await buildUnit(test, tenant, { kind: 'department', name: '青榆区应急局' })
  const town = await buildUnit(test, tenant, { kind: 'town', name: '柳河镇' })
  const otherTown = await buildUnit(test, tenant, { kind: 'town', name: '槐山镇' })
  const firm = await buildUnit(test, tenant, { kind: 'enterprise', parentId: town.id, lineParentId: department.id, name: '柳河铸造厂' })
  const safetyOffice = await buildAccount(test, office, 'safety-office')
  const created = await ask(test, safetyOffice, contracts.createCampaign, {
    body: { unitId: tenant.rootUnitId, plan: samplePlan({ warnings: [] }) as BodyOf<typeof contracts.createCampaign>['plan'] },
  })
  expect(created.error).toBeUndefined()
  const started = await ask(test, safetyOffice, contracts.startCampaign, {
    params: { campaignId: created.body.id },
    body: { version: created.body.version },
  })
  expect(started.error).toBeUndefined()
  return {
    tenant,
    safetyOffice,
    town,
    otherTown,
    department,
    firm,
    townOfficer: await buildAccount(test, town, 'territory-officer', { personName: '林槐' }),
    otherOfficer: await buildAccount(test, otherTown, 'territory-officer'),
    inspector: await buildAccount(test, department, 'department-officer', { personName: '秦榆' }),
    worker: await buildAccount(test, firm, 'enterprise-principal', { personName: '周柳' }),
    campaignId: created.body.id,
    tableId: created.body.tables[0]?.id ?? '',
  }
}

/** Found by the department in the firm; what is then done is done by the firm and by the department. */
async function found(district: District, overrides: Partial<HazardDetails> = {}, acts: readonly (readonly ['firm' | 'department', HazardCommand])[] = []) {
  const inspector = await actorFor(test, district.inspector)
  const worker = await actorFor(test, district.worker)
  const details: HazardDetails = {
    ...blankHazardDetails,
    campaignId: district.campaignId,
    subject: { kind: 'enterprise', id: district.firm.id, name: district.firm.name },
    territoryUnitId: district.town.id,
    sector: '工贸',
    source: 'inspection',
    finder: { personId: district.inspector.id, name: '秦榆', unitId: district.department.id, side: 'department' },
    foundOn: '2023-06-10',
    description: '煤气管道排水器未设水封',
    grade: 'major',
    gradeReason: '符合判定标准第六条',
    deadline: '2023-07-10',
    responsibleUnitId: district.firm.id,
    authorityUnitId: district.department.id,
    ...overrides,
  }
  const by = overrides.source === 'self-check' ? worker : inspector
  return buildHazard(
    test,
    by,
    details,
    acts.map(([who, act]) => [who === 'firm' ? worker : inspector, act] as const),
  )
}

const selfFound = (district: District): Partial<HazardDetails> => ({
  source: 'self-check',
  finder: { personId: district.worker.id, name: '周柳', unitId: district.firm.id, side: 'enterprise' },
})

const rectifiedAndSignedOff: readonly (readonly ['firm' | 'department', HazardCommand])[] = [
  ['firm', { kind: 'plan-rectification', rectification: { mode: 'immediate', measures: '加装水封' } }],
  ['firm', { kind: 'report-rectified', rectifiedOn: '2023-06-14', rectifiedBy: null, text: '已加装', evidenceFileIds: [] }],
  ['department', { kind: 'reinspect-passed', on: '2023-06-15', text: '水封有效', evidenceFileIds: [] }],
  ['department', { kind: 'sign-off' }],
]

async function act(district: District, hazardId: string, command: HazardCommand) {
  const seen = await ask(test, district.inspector, contracts.showHazard, { params: { hazardId } })
  const done = await ask(test, district.inspector, contracts.actOnHazard, {
    params: { hazardId },
    body: { version: seen.body.hazard.version, act: command as contracts.HazardAct },
  })
  expect(done.error).toBeUndefined()
}

async function show(district: District, who: TestAccount, query: { unit?: string; cutOff?: string; knownAt?: number } = {}) {
  return ask(test, who, contracts.showTable, { params: { tableId: district.tableId }, query })
}

/** The figures that the form prints, blanks left out. */
function printed(page: TablePage): Record<string, string> {
  return Object.fromEntries(page.figures.flatMap(({ key, text }) => (text === '' ? [] : [[key, text]])))
}

async function figures(district: District, query: { unit?: string; cutOff?: string; knownAt?: number } = {}, who = district.safetyOffice) {
  const answer = await show(district, who, query)
  expect(answer.error).toBeUndefined()
  return printed(answer.body)
}

async function type(district: District, who: TestAccount, unit: TestUnit | TestTenant, values: Record<string, string>, asOf = '2023-06-16') {
  const unitId = 'rootUnitId' in unit ? unit.rootUnitId : unit.id
  return ask(test, who, contracts.typeFigures, { params: { tableId: district.tableId }, body: { unitId, asOf, values } })
}

const derivedZeros = { 'g1.m1': '0', 'g1.m2': '0', 'g1.m3': '0', 'g1.m4': '0', 'g1.m5': '0', 'g1.m6': '0' }

describe('figures that records give', () => {
  it('follow a hazard: found, signed off, reopened on its own day', async () => {
    const district = await buildDistrict()
    expect(await figures(district)).toEqual(derivedZeros)
    const hazardId = await found(district, {}, rectifiedAndSignedOff)
    expect(await figures(district)).toEqual({ ...derivedZeros, 'g1.m3': '1', 'g1.m4': '1' })

    test.clock.set(new Date('2023-06-20T09:00:00+08:00'))
    await act(district, hazardId, { kind: 'reopen', reason: 'superficial', text: '水封高度不足', deadline: '2023-07-20' })
    expect(await figures(district)).toEqual({ ...derivedZeros, 'g1.m3': '1' })
    // Until that day the work did count as done.
    expect(await figures(district, { cutOff: '2023-06-19' })).toEqual({ ...derivedZeros, 'g1.m3': '1', 'g1.m4': '1' })
  })

  it('take an error of entry back on the day for which it was entered', async () => {
    const district = await buildDistrict()
    const hazardId = await found(district)
    expect((await figures(district, { cutOff: '2023-06-11' }))['g1.m3']).toBe('1')
    await act(district, hazardId, { kind: 'correct', changes: { foundOn: '2023-06-12' }, reason: '日期写错' })
    expect((await figures(district, { cutOff: '2023-06-11' }))['g1.m3']).toBe('0')
    expect((await figures(district, { cutOff: '2023-06-12' }))['g1.m3']).toBe('1')
  })

  it('stay for ever what they were as known at a position, whatever is entered later', async () => {
    const district = await buildDistrict()
    const first = await found(district)
    await type(district, district.townOfficer, district.town, { 'g2.m1': '3' })
    await test.platform.sealer.sealNow(district.tenant.id)
    const { head } = (await show(district, district.safetyOffice)).body
    const then = await figures(district, { cutOff: '2023-06-16', knownAt: head.position })
    expect(then).toEqual({ ...derivedZeros, 'g1.m3': '1', 'g2.m1': '3' })

    await found(district, { foundOn: '2023-06-11' })
    await act(district, first, { kind: 'cancel', reason: '重复登记' })
    await type(district, district.townOfficer, district.town, { 'g2.m1': '', 'g2.m2.p1': '1', 'g2.m3': '是' })
    await found(district, selfFound(district))
    expect(await figures(district, { cutOff: '2023-06-16', knownAt: head.position })).toEqual(then)
    await test.platform.sealer.sealNow(district.tenant.id)
    expect(await figures(district, { cutOff: '2023-06-16', knownAt: head.position })).toEqual(then)
    expect(await figures(district, { cutOff: '2023-06-16' })).toEqual({ ...derivedZeros, 'g1.m1': '1', 'g1.m3': '1', 'g2.m2.p1': '1' })
  })

  it('open down to the records, those that the asker may not see counted and not shown', async () => {
    const district = await buildDistrict()
    const ids = [await found(district), await found(district, { description: '除尘器未设泄爆' })]
    const opened = await ask(test, district.townOfficer, contracts.openFigure, {
      params: { tableId: district.tableId, key: 'g1.m3' },
      query: { limit: 1 },
    })
    expect(opened.body.figure.text).toBe('2')
    expect(opened.body.records.map((record) => [record.recordId, record.hazard?.subjectName])).toEqual([[ids[0], '柳河铸造厂']])
    expect(opened.body.records[0]?.facts).toMatchObject([{ measure: 'hazard/found/major/department', amount: 1, occurredOn: '2023-06-10' }])
    const rest = await ask(test, district.townOfficer, contracts.openFigure, {
      params: { tableId: district.tableId, key: 'g1.m3' },
      query: { after: opened.body.next ?? '', limit: 50 },
    })
    expect([rest.body.records.map((record) => record.recordId), rest.body.next]).toEqual([[ids[1]], null])
  })

  it('show of a record only the facts that the cut-off and the position know', async () => {
    const district = await buildDistrict()
    const hazardId = await found(district, {}, rectifiedAndSignedOff)
    await test.platform.sealer.sealNow(district.tenant.id)
    const { head } = (await show(district, district.safetyOffice)).body
    test.clock.set(new Date('2023-06-20T09:00:00+08:00'))
    await act(district, hazardId, { kind: 'reopen', reason: 'paper', text: '只有记录', deadline: null })
    const factsOf = async (query: { cutOff?: string; knownAt?: number }) =>
      (
        await ask(test, district.safetyOffice, contracts.openFigure, { params: { tableId: district.tableId, key: 'g1.m4' }, query })
      ).body.records.flatMap((record) => record.facts.map((fact) => fact.amount))
    expect(await factsOf({ cutOff: '2023-06-19' })).toEqual([1])
    expect(await factsOf({ cutOff: '2023-06-20', knownAt: head.position })).toEqual([1])
  })

  it('of a department are those of its doing and of the firms on its line, wherever they stand', async () => {
    const district = await buildDistrict()
    await found(district)
    await found(district, selfFound(district))
    const ofDepartment = await figures(district, {}, district.inspector)
    expect(ofDepartment).toEqual({ ...derivedZeros, 'g1.m1': '1', 'g1.m3': '1' })
    // Found by the town itself: on the firm's line, but not the department's doing.
    await buildHazard(test, await actorFor(test, district.townOfficer), {
      ...blankHazardDetails,
      campaignId: district.campaignId,
      subject: { kind: 'enterprise', id: district.firm.id, name: district.firm.name },
      territoryUnitId: district.town.id,
      sector: '工贸',
      source: 'inspection',
      finder: { personId: district.townOfficer.id, name: '林槐', unitId: district.town.id, side: 'government' },
      foundOn: '2023-06-11',
      description: '配电柜无漏电保护',
      grade: 'major',
      gradeReason: '对照判定标准',
      deadline: '2023-07-10',
      responsibleUnitId: district.firm.id,
      authorityUnitId: district.town.id,
    })
    expect(await figures(district, {}, district.inspector)).toEqual(ofDepartment)
    expect((await figures(district))['g1.m3']).toBe('2')
  })

  it('open down the tree: own and below make the whole', async () => {
    const district = await buildDistrict()
    await found(district)
    await type(district, district.townOfficer, district.town, { 'g2.m1': '3', 'g2.m3': '是' })
    await type(district, district.otherOfficer, district.otherTown, { 'g2.m1': '4' })
    await type(district, district.safetyOffice, district.tenant, { 'g2.m1': '5' })
    const byUnit = async (key: string, unit?: string) => {
      const answer = await ask(test, district.safetyOffice, contracts.figureByUnit, {
        params: { tableId: district.tableId, key },
        query: unit === undefined ? {} : { unit },
      })
      expect(answer.error).toBeUndefined()
      return Object.fromEntries(answer.body.items.filter((item) => item.text !== '' && item.text !== '0').map((item) => [item.unitName, item.text]))
    }
    expect(await byUnit('g1.m3')).toEqual({ 柳河镇: '1' })
    expect(await byUnit('g1.m3', district.town.id)).toEqual({ 柳河铸造厂: '1' })
    expect(await byUnit('g2.m1')).toEqual({ [district.tenant.name]: '5', 柳河镇: '3', 槐山镇: '4' })
    expect(await byUnit('g2.m3')).toEqual({ 柳河镇: '是' })
  })
})

describe('figures that people type', () => {
  it('are added up the tree, stay visible as typed unit by unit, and are blank again when emptied', async () => {
    const district = await buildDistrict()
    expect((await type(district, district.townOfficer, district.town, { 'g2.m1': '3', 'g2.m2.p1': '2', 'g2.m2.p2': '3.5', 'g2.m3': '是' })).error).toBeUndefined()
    await type(district, district.otherOfficer, district.otherTown, { 'g2.m1': '4' })
    await type(district, district.safetyOffice, district.tenant, { 'g2.m1': '5' })
    const whole = (await show(district, district.safetyOffice)).body
    expect(printed(whole)).toEqual({ ...derivedZeros, 'g2.m1': '12', 'g2.m2.p1': '2', 'g2.m2.p2': '3.50' })
    const cell = whole.figures.find((figure) => figure.key === 'g2.m1')
    expect(cell?.typedBy.map((share) => [share.unitName, share.value]).sort()).toEqual([
      [district.tenant.name, '5'],
      ['柳河镇', '3'],
      ['槐山镇', '4'],
    ].sort())
    // A yes of the town is the town's own.
    expect((await figures(district, { unit: district.town.id }))['g2.m3']).toBe('是')

    await type(district, district.townOfficer, district.town, { 'g2.m1': '' })
    expect((await figures(district))['g2.m1']).toBe('9')
    expect(await figures(district, { unit: district.town.id })).toEqual({ ...derivedZeros, 'g2.m2.p1': '2', 'g2.m2.p2': '3.50', 'g2.m3': '是' })
  })

  it('hold from the day for which they were typed', async () => {
    const district = await buildDistrict()
    await type(district, district.townOfficer, district.town, { 'g2.m1': '3' }, '2023-05-31')
    await type(district, district.townOfficer, district.town, { 'g2.m1': '8' }, '2023-06-16')
    expect((await figures(district, { cutOff: '2023-05-31' }))['g2.m1']).toBe('3')
    expect((await figures(district, { cutOff: '2023-06-15' }))['g2.m1']).toBe('3')
    expect((await figures(district, { cutOff: '2023-06-16' }))['g2.m1']).toBe('8')
  })

  it.each([
    [{ 'g2.m1': '三' }, 'values.g2.m1', '“三”不是数字；请填写不小于0的数字，没有的填0。'],
    [{ 'g2.m1': '-1' }, 'values.g2.m1', '“-1”不是数字；请填写不小于0的数字，没有的填0。'],
    [{ 'g2.m1': '1.5' }, 'values.g2.m1', '“1.5”应为整数；请改正。'],
    [{ 'g2.m2.p2': '1.2345678' }, 'values.g2.m2.p2', '“1.2345678”最多保留6位小数；请改正。'],
    [{ 'g2.m3': '也许' }, 'values.g2.m3', '“是否开设安全生产专栏”只能填“是”或“否”。'],
    [{ 'g1.m1': '5' }, 'values.g1.m1', '“企业自查发现的重大事故隐患”由隐患记录自动计算，不能手填。数字不对时，请打开它核对背后的记录。'],
  ])('are refused when they cannot be: %j', async (values, path, message) => {
    const district = await buildDistrict()
    const answer = await type(district, district.townOfficer, district.town, { 'g2.m2.p1': '7', ...values })
    expect(answer.error?.places).toEqual([{ path, message }])
    // All or nothing.
    expect((await figures(district))['g2.m2.p1']).toBeUndefined()
  })

  it('are read in full width, with separators, and printed with two decimals', async () => {
    const district = await buildDistrict()
    await type(district, district.townOfficer, district.town, { 'g2.m1': '１,２３４', 'g2.m2.p1': '1', 'g2.m2.p2': '１２' })
    expect(await figures(district, { unit: district.town.id })).toMatchObject({ 'g2.m1': '1234', 'g2.m2.p2': '12.00' })
  })

  it('of a day that has not come, or before the campaign, are refused', async () => {
    const district = await buildDistrict()
    expect((await type(district, district.townOfficer, district.town, { 'g2.m1': '1' }, '2023-06-17')).error?.code).toBe('report.as-of-in-future')
    expect((await type(district, district.townOfficer, district.town, { 'g2.m1': '1' }, '2023-05-01')).error?.code).toBe('report.cut-off-before-campaign')
    expect((await type(district, district.townOfficer, district.town, {})).error?.code).toBe('report.nothing-typed')
  })

  it('point at money without a case', async () => {
    const district = await buildDistrict()
    await type(district, district.townOfficer, district.town, { 'g2.m2.p1': '0', 'g2.m2.p2': '2' })
    const page = (await show(district, district.townOfficer)).body
    expect(page.problems).toMatchObject([{ code: 'money-without-act', cells: ['g2.m2.p1', 'g2.m2.p2'] }])
  })
})

describe('who may ask for a table', () => {
  it('is refused the table of another town, another line, another district, as if it were not there', async () => {
    const district = await buildDistrict()
    const other = await buildDistrict()
    const asked = [
      await show(district, district.townOfficer, { unit: district.otherTown.id }),
      await show(district, district.inspector, { unit: district.otherTown.id }),
      await show(district, district.townOfficer, { unit: district.tenant.rootUnitId }),
      await show(district, other.safetyOffice),
      await show(district, other.safetyOffice, { unit: district.town.id }),
      await show(district, district.worker, { unit: district.town.id }),
      await ask(test, district.townOfficer, contracts.figureByUnit, {
        params: { tableId: district.tableId, key: 'g1.m1' },
        query: { unit: district.tenant.rootUnitId },
      }),
      await ask(test, district.otherOfficer, contracts.exportTable, {
        params: { tableId: district.tableId },
        query: { unit: district.town.id, format: 'json' },
      }),
    ]
    expect(asked.map((answer) => answer.status)).toEqual(asked.map(() => 404))
    const typed = [
      await type(district, district.townOfficer, district.otherTown, { 'g2.m1': '1' }),
      await type(district, other.safetyOffice, district.town, { 'g2.m1': '1' }),
      await type(district, district.inspector, district.town, { 'g2.m1': '1' }),
    ]
    expect(typed.map((answer) => answer.status)).toEqual([404, 404, 404])
    expect(await figures(district)).toEqual(derivedZeros)
  })

  it('of a district that is announced and has not begun, is shown its first day', async () => {
    const district = await buildDistrict()
    test.clock.set(new Date('2023-05-01T09:00:00+08:00'))
    const page = await show(district, district.safetyOffice)
    expect([page.error, page.body.cutOff]).toEqual([undefined, '2023-05-20'])
  })
})

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
    const made = await ask(test, district.safetyOffice, contracts.designTable, { params: { campaignId: district.campaignId }, body: design })
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
    const word = await ask(test, district.townOfficer, contracts.exportTable, { params: { tableId }, query: { format: 'docx' } })
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
      ask(test, district.safetyOffice, contracts.redesignTable, { params: { tableId }, body: { ...design, form, version: 1 } })
    const [first, second] = design.form.groups
    if (first === undefined || second === undefined) throw new Error('two groups')
    const moved = await redesign({ ...design.form, groups: [second, first] })
    expect(moved.error?.code).toBe('table.binding-unknown')
    const renamed = await redesign({ ...design.form, groups: [first, { ...second, metrics: [metric(1, '组织演练', '次')] }] })
    expect(renamed.error?.code).toBe('table.typed-cell-moved')
    const added = await redesign({ ...design.form, groups: [first, { ...second, metrics: [...second.metrics, metric(2, '组织演练', '次')] }] })
    expect([added.error, added.body.version]).toEqual([undefined, 2])
  })

  it('is refused with two alike ordinals, and to whoever does not manage the campaign', async () => {
    const district = await buildDistrict()
    const [first] = design.form.groups
    const doubled = { ...design, form: { ...design.form, groups: [{ name: '甲', metrics: [...(first?.metrics ?? []), metric(2, '再一个', '次')] }] } }
    const refused = await ask(test, district.safetyOffice, contracts.designTable, { params: { campaignId: district.campaignId }, body: doubled })
    expect(refused.error?.code).toBe('table.ordinal-twice')
    const byTown = await ask(test, district.townOfficer, contracts.designTable, { params: { campaignId: district.campaignId }, body: design })
    expect(byTown.status).toBe(403)
  })
})

describe('exports', () => {
  async function filled() {
    const district = await buildDistrict()
    await found(district, {}, rectifiedAndSignedOff)
    await type(district, district.townOfficer, district.town, { 'g2.m1': '12', 'g2.m2.p1': '2', 'g2.m2.p2': '3.5', 'g2.m3': '否' })
    const file = async (format: 'docx' | 'xlsx' | 'json') =>
      ask(test, district.townOfficer, contracts.exportTable, { params: { tableId: district.tableId }, query: { format } })
    return { district, file }
  }

  it('print the official form with every figure at its place, in Word and in Excel alike', async () => {
    const { file } = await filled()
    const rows = [
      ['总体情况', '1', '企业自查发现的重大事故隐患（个）', '0', '2', '企业自查发现重大事故隐患中已完成整改的（个）', '0'],
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
    const sheet = rows.map((row, r) => row.map((_, c) => grid.find((cell) => cell.row === top + r && cell.column === c + 1)?.text ?? ''))
    expect(sheet).toEqual(rows)
    expect(grid.find((cell) => cell.text === '总体情况')).toMatchObject({ rowSpan: 3 })
  })

  it('give JSON for another system, with the position that it was true at', async () => {
    const { file, district } = await filled()
    const json = JSON.parse(Buffer.from((await file('json')).bytes).toString('utf8')) as Record<string, unknown>
    expect(json).toMatchObject({ schema: 'bihuan.table/1', unitName: '柳河镇', cutOff: '2023-06-16', campaignId: district.campaignId })
    expect(json['abilities']).toBeUndefined()
  })

  it('put a dash for the blank one of two figures in a cell, and nothing for two blanks', async () => {
    const district = await buildDistrict()
    const cellOf = async () => {
      const word = await ask(test, district.townOfficer, contracts.exportTable, { params: { tableId: district.tableId }, query: { format: 'docx' } })
      return readWordTables(word.bytes).tables[0]?.rows[3]?.cells[6]?.text
    }
    expect(await cellOf()).toBe('')
    await type(district, district.townOfficer, district.town, { 'g2.m2.p1': '2' })
    expect(await cellOf()).toBe('2，—')
  })
})
