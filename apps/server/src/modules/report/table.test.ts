/** 调度表 over HTTP: derived from real hazards, typed by people, as known at a position, and seen by whom it concerns. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as contracts from '@bihuan/contracts'
import { blankHazardDetails } from '@bihuan/domain'
import { actorFor, ask, inTenant, startTestApp, type TestApp } from '../../../test/builders.js'
import { buildHazard } from '../../../test/build-hazards.js'
import {
  act,
  buildReportingDistrict,
  derivedZeros,
  figures,
  found,
  printed,
  rectifiedAndSignedOff,
  selfFound,
  show,
  type,
} from '../../../test/build-reporting.js'
import { moveUnit } from '../organization/index.js'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp({ environment: { BIHUAN_LOG: 'error' } })
})
afterAll(() => test.stop())
beforeEach(() => test.clock.set(new Date('2023-06-16T09:00:00+08:00')))

const buildDistrict = () => buildReportingDistrict(test)

describe('figures that records give', () => {
  it('follow a hazard: found, signed off, reopened on its own day', async () => {
    const district = await buildDistrict()
    expect(await figures(district)).toEqual(derivedZeros)
    const hazardId = await found(district, {}, rectifiedAndSignedOff)
    expect(await figures(district)).toEqual({ ...derivedZeros, 'g1.m3': '1', 'g1.m4': '1' })

    test.clock.set(new Date('2023-06-20T09:00:00+08:00'))
    await act(district, hazardId, {
      kind: 'reopen',
      reason: 'superficial',
      text: '水封高度不足',
      deadline: '2023-07-20',
    })
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
    expect(await figures(district, { cutOff: '2023-06-16' })).toEqual({
      ...derivedZeros,
      'g1.m1': '1',
      'g1.m3': '1',
      'g2.m2.p1': '1',
    })
  })

  it('are those of the sectors that the campaign counts, from the moment they are chosen', async () => {
    const district = await buildReportingDistrict(test)
    await found(district)
    await found(district, { sector: '燃气' })
    expect((await figures(district))['g1.m3']).toBe('2')
    const campaign = await ask(test, district.safetyOffice, contracts.showCampaign, {
      params: { campaignId: district.campaignId },
    })
    const chosen = await ask(test, district.safetyOffice, contracts.setCampaignSectors, {
      params: { campaignId: district.campaignId },
      body: { version: campaign.body.version, sectors: ['燃气'], reason: '只抓燃气' },
    })
    expect(chosen.body.countedSectors).toEqual(['燃气'])
    expect((await figures(district))['g1.m3']).toBe('1')
    const byTown = await ask(test, district.townOfficer, contracts.setCampaignSectors, {
      params: { campaignId: district.campaignId },
      body: { version: chosen.body.version, sectors: null, reason: '都要' },
    })
    expect(byTown.status).toBe(403)
  })

  it('open down to the records, page by page', async () => {
    const district = await buildDistrict()
    const ids = [await found(district), await found(district, { description: '除尘器未设泄爆' })]
    const opened = await ask(test, district.townOfficer, contracts.openFigure, {
      params: { tableId: district.tableId, key: 'g1.m3' },
      query: { limit: 1 },
    })
    expect(opened.body.figure.text).toBe('2')
    expect(opened.body.records.map((record) => [record.recordId, record.hazard?.subjectName])).toEqual([
      [ids[0], '柳河铸造厂'],
    ])
    expect(opened.body.records[0]?.facts).toMatchObject([
      { measure: 'hazard/found/major/department', amount: 1, occurredOn: '2023-06-10' },
    ])
    const rest = await ask(test, district.townOfficer, contracts.openFigure, {
      params: { tableId: district.tableId, key: 'g1.m3' },
      query: { after: opened.body.next ?? '', limit: 50 },
    })
    expect([rest.body.records.map((record) => record.recordId), rest.body.next]).toEqual([[ids[1]], null])
  })

  it('belong to the town in which the firm stands at the cut-off, which sees the records behind them', async () => {
    const district = await buildDistrict()
    await found(district, { foundOn: '2023-06-10' })
    const by = { tenantId: district.tenant.id, via: 'maintenance', personName: '测试', address: 'local' } as const
    const moved = await inTenant(test, district.tenant.id, (handle) =>
      moveUnit(
        handle,
        by,
        {
          unitId: district.firm.id,
          axis: 'territory',
          parentId: district.otherTown.id,
          validFrom: '2023-06-12',
          corrects: null,
        },
        test.clock,
      ),
    )
    expect(moved.ok).toBe(true)
    const opened = await ask(test, district.otherOfficer, contracts.openFigure, {
      params: { tableId: district.tableId, key: 'g1.m3' },
      query: {},
    })
    expect(opened.body.figure.text).toBe('1')
    expect(opened.body.records.map((record) => record.hazard?.subjectName)).toEqual(['柳河铸造厂'])
    expect((await figures(district, { unit: district.town.id }))['g1.m3']).toBe('0')
    expect((await figures(district, { unit: district.town.id, cutOff: '2023-06-11' }))['g1.m3']).toBe('1')
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
        await ask(test, district.safetyOffice, contracts.openFigure, {
          params: { tableId: district.tableId, key: 'g1.m4' },
          query,
        })
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
      return Object.fromEntries(
        answer.body.items
          .filter((item) => item.text !== '' && item.text !== '0')
          .map((item) => [item.unitName, item.text]),
      )
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
    expect(
      (
        await type(district, district.townOfficer, district.town, {
          'g2.m1': '3',
          'g2.m2.p1': '2',
          'g2.m2.p2': '3.5',
          'g2.m3': '是',
        })
      ).error,
    ).toBeUndefined()
    await type(district, district.otherOfficer, district.otherTown, { 'g2.m1': '4' })
    await type(district, district.safetyOffice, district.tenant, { 'g2.m1': '5' })
    const whole = (await show(district, district.safetyOffice)).body
    expect(printed(whole)).toEqual({ ...derivedZeros, 'g2.m1': '12', 'g2.m2.p1': '2', 'g2.m2.p2': '3.50' })
    const cell = whole.figures.find((figure) => figure.key === 'g2.m1')
    expect(cell?.typedBy.map((share) => [share.unitName, share.value]).sort()).toEqual(
      [
        [district.tenant.name, '5'],
        ['柳河镇', '3'],
        ['槐山镇', '4'],
      ].sort(),
    )
    // A yes of the town is the town's own.
    expect((await figures(district, { unit: district.town.id }))['g2.m3']).toBe('是')

    await type(district, district.townOfficer, district.town, { 'g2.m1': '' })
    expect((await figures(district))['g2.m1']).toBe('9')
    expect(await figures(district, { unit: district.town.id })).toEqual({
      ...derivedZeros,
      'g2.m2.p1': '2',
      'g2.m2.p2': '3.50',
      'g2.m3': '是',
    })
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
    [{ 'g2.m1': '三' }, 'values.g2.m1', '“帮扶指导重点企业”：“三”不是数字；请填写不小于0的数字，没有的填0。'],
    [{ 'g2.m1': '-1' }, 'values.g2.m1', '“帮扶指导重点企业”：“-1”不是数字；请填写不小于0的数字，没有的填0。'],
    [{ 'g2.m1': '1.5' }, 'values.g2.m1', '“帮扶指导重点企业”：“1.5”应为整数；请改正。'],
    [{ 'g2.m2.p2': '1.2345678' }, 'values.g2.m2.p2', '“行政处罚”：“1.2345678”最多保留6位小数；请改正。'],
    [{ 'g2.m3': '也许' }, 'values.g2.m3', '“是否开设安全生产专栏”：只能填“是”或“否”。'],
    [
      { 'g1.m1': '5' },
      'values.g1.m1',
      '“企业自查发现的重大事故隐患”由隐患记录自动计算，不能手填。数字不对时，请打开它核对背后的记录。',
    ],
  ])('are refused when they cannot be: %j', async (values, path, message) => {
    const district = await buildDistrict()
    const answer = await type(district, district.townOfficer, district.town, { 'g2.m2.p1': '7', ...values })
    expect(answer.error?.places).toEqual([{ path, message }])
    // All or nothing.
    expect((await figures(district))['g2.m2.p1']).toBeUndefined()
  })

  it('are read in full width, with separators, and printed with two decimals', async () => {
    const district = await buildDistrict()
    await type(district, district.townOfficer, district.town, {
      'g2.m1': '１,２３４',
      'g2.m2.p1': '1',
      'g2.m2.p2': '１２',
    })
    expect(await figures(district, { unit: district.town.id })).toMatchObject({ 'g2.m1': '1234', 'g2.m2.p2': '12.00' })
  })

  it('of a day that has not come, or before the campaign, are refused', async () => {
    const district = await buildDistrict()
    expect(
      (await type(district, district.townOfficer, district.town, { 'g2.m1': '1' }, '2023-06-17')).error?.code,
    ).toBe('report.as-of-in-future')
    expect(
      (await type(district, district.townOfficer, district.town, { 'g2.m1': '1' }, '2023-05-01')).error?.code,
    ).toBe('report.cut-off-before-campaign')
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
