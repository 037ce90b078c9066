/** Returns over HTTP: opened on their day, filled from facts, signed, filed up the line, sent back, and the same for ever. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as contracts from '@bihuan/contracts'
import { readSheetGrid, readWordTables } from '@bihuan/office'
import {
  ask,
  buildAccount,
  buildUnit,
  startTestApp,
  type TestAccount,
  type TestApp,
  type TestUnit,
} from '../../../test/builders.js'
import { cellsToType, monthly, returnsOn, text } from '../../../test/build-returns.js'
import { verifyDatabase } from '../../platform/audit/verification.js'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp({ environment: { BIHUAN_LOG: 'error' } })
})
afterAll(() => test.stop())
beforeEach(() => test.clock.set(new Date('2023-06-12T09:00:00+08:00')))

const { act, buildDistrict, file, fillZeros, hazardIn, list, mine, open, page, sign } = returnsOn(() => test)

describe('a schedule', () => {
  it('opens a return for each respondent, each once, however often it is begun again', async () => {
    const district = await buildDistrict()
    expect(await open(district)).toBe(0)
    for (const clerk of [...district.clerks, district.streetClerk]) {
      expect((await list(clerk)).items).toMatchObject([
        { periodTitle: '2023年6月', dueOn: '2023-06-16', status: 'open', timeliness: 'not-due' },
      ])
    }
    expect((await list(district.office)).items).toEqual([])
    test.clock.set(new Date('2023-07-02T09:00:00+08:00'))
    expect(await open(district)).toBe(4)
    // The 16th of July 2023 is a Sunday.
    expect((await list(district.streetClerk)).items.map(({ dueOn }) => dueOn)).toEqual(['2023-06-16', '2023-07-17'])
  })

  it('says when it will be due next, and is refused when it never will', async () => {
    const district = await buildDistrict()
    const shown = await ask(test, district.office, contracts.listSchedules, { query: {} })
    expect(shown.body.items[0]?.next.map(({ dueOn }) => dueOn).slice(0, 3)).toEqual([
      '2023-06-16',
      '2023-07-17',
      '2023-08-16',
    ])
    const never = await ask(test, district.office, contracts.previewSchedule, {
      body: { rule: { ...monthly.rule, cadence: 'named', due: { kind: 'on-date' } } },
    })
    expect(never.error).toMatchObject({ code: 'schedule.never-due' })
    const byClerk = await ask(test, district.streetClerk, contracts.addSchedule, {
      params: { tableId: district.tableId },
      body: monthly,
    })
    expect(byClerk.status).toBe(403)
  })

  it('leaves out a unit that was dissolved before the period', async () => {
    const district = await buildDistrict()
    const extra = await buildUnit(test, district.tenant, { kind: 'community', parentId: district.street.id })
    expect(await open(district)).toBe(1)
    await test.db.asOwner('update unit set dissolved_on = $2 where id = $1', [extra.id, '2023-06-30'])
    test.clock.set(new Date('2023-07-02T09:00:00+08:00'))
    expect(await open(district)).toBe(4)
  })

  it('asks a sector at a time where it is split', async () => {
    const district = await buildDistrict(['填报人'], { splitSectors: ['消防', '燃气'] })
    const [clerk] = district.clerks as [TestAccount]
    await hazardIn(district, district.communities[0] as TestUnit, clerk)
    const { items } = await list(clerk)
    expect(items.map(({ sector }) => sector).sort()).toEqual(['消防', '燃气'].sort())
    const bySector = new Map(items.map((item) => [item.sector, item.id]))
    const fire = await page(clerk, bySector.get('消防') ?? '')
    const gas = await page(clerk, bySector.get('燃气') ?? '')
    expect([text(fire, 'g1.m3'), text(gas, 'g1.m3')]).toEqual(['1', '0'])
    // A figure of a return opens what that return counts.
    const opened = async (returnId: string) => {
      const query = { return: returnId, unit: fire.unitId, cutOff: fire.countedTo, limit: 50 }
      const figure = await ask(test, clerk, contracts.openFigure, {
        params: { tableId: fire.tableId, key: 'g1.m3' },
        query,
      })
      return figure.body.records.length
    }
    expect([await opened(fire.id), await opened(gas.id)]).toEqual([1, 0])
  })
})

describe('configuration alone', () => {
  it('has a brigade file weekly, split by sector, to two offices, which file to two receivers at once', async () => {
    const district = await buildDistrict()
    const { tenant, office, tableId } = district
    const at = async (name: string) => {
      const unit = await buildUnit(test, tenant, { kind: 'department', name })
      return { unit, account: await buildAccount(test, unit, 'department-officer', { personName: `${name}填报人` }) }
    }
    const [brigade, first, second] = [await at('交警大队'), await at('道路交通专班'), await at('运输专班')]
    const [bureau, committee] = [await at('应急局'), await at('交通局')]
    const weekly = (title: string, from: readonly TestUnit[], to: readonly TestUnit[]) =>
      ask(test, office, contracts.addSchedule, {
        params: { tableId },
        body: {
          ...monthly,
          title,
          rule: {
            ...monthly.rule,
            cadence: 'weekly',
            due: { kind: 'weekday', weekday: 5, after: 0 },
            shift: 'previous',
            firstDay: '2023-06-12',
          },
          respondents: [{ kinds: [], unitIds: from.map(({ id }) => id), groups: null }],
          receiverIds: to.map(({ id }) => id),
          splitSectors: ['道路运输', '水上交通'],
        },
      })
    expect((await weekly('周报', [brigade.unit], [first.unit, second.unit])).error).toBeUndefined()
    const up = await weekly('汇总周报', [first.unit, second.unit], [bureau.unit, committee.unit])
    expect(up.error).toBeUndefined()
    await open(district)
    const { items } = await list(brigade.account)
    expect(items.map(({ sector, dueOn }) => [sector, dueOn])).toEqual([
      ['道路运输', '2023-06-16'],
      ['水上交通', '2023-06-16'],
    ])

    for (const { id } of items) {
      const signed = await sign(brigade.account, await fillZeros(brigade.account, id))
      expect(signed.body).toMatchObject({ status: 'submitted' })
      const once = await act(first.account, signed.body, { kind: 'accept' })
      expect(once.body).toMatchObject({ status: 'submitted', abilities: { accept: false } })
      expect((await act(second.account, once.body, { kind: 'accept' })).body.status).toBe('accepted')
    }
    for (const one of [first, second]) {
      for (const { id } of (await list(one.account)).items) {
        const filed = await sign(one.account, await fillZeros(one.account, id))
        expect(filed.body.receivers.map(({ name }) => name).sort()).toEqual(['交通局', '应急局'])
        const back = await act(committee.account, filed.body, {
          kind: 'send-back',
          remarks: [{ cell: null, text: '缺少说明' }],
        })
        expect(back.body.status).toBe('sent-back')
      }
    }
    // The 22nd to 24th of June 2023 are holidays: that week's Friday is brought forward to the Wednesday.
    test.clock.set(new Date('2023-06-19T09:00:00+08:00'))
    await open(district)
    expect((await list(brigade.account)).items.map(({ dueOn }) => dueOn)).toEqual(['2023-06-21', '2023-06-21'])
  })

  it('has the lowest units report quarterly without a table form, by ledger', async () => {
    const district = await buildDistrict()
    const [community, clerk] = [district.communities[0] as TestUnit, district.clerks[0] as TestAccount]
    const beside = district.clerks[1] as TestAccount
    const campaign = await ask(test, district.office, contracts.showCampaign, {
      params: { campaignId: district.campaignId },
    })
    const added = await ask(test, district.office, contracts.addLedgerSchedule, {
      params: { ledgerId: campaign.body.ledgers[0]?.id ?? '' },
      body: {
        ...monthly,
        title: '季度清单',
        rule: { ...monthly.rule, cadence: 'quarterly', due: { kind: 'day-of-month', day: 25, after: 0 } },
        respondents: [{ kinds: ['community'], unitIds: [], groups: null }],
      },
    })
    expect(added.error).toBeUndefined()
    await open(district)
    const byLedger = async (account: TestAccount) => {
      const row = (await list(account)).items.find(({ title }) => title === '季度清单')
      return page(account, row?.id ?? '')
    }
    const hazardId = await hazardIn(district, community, clerk)
    const draft = await byLedger(clerk)
    // The 25th of June 2023 is a Sunday that is worked.
    expect(draft).toMatchObject({ periodTitle: '2023年第二季度', dueOn: '2023-06-25', figures: [], isNil: false })
    expect(draft.ledger).toMatchObject([{ recordId: hazardId, subjectName: '青榆市场' }])
    expect((await sign(clerk, draft, { nil: true })).error).toMatchObject({ code: 'return.not-nil' })
    // The ledger of the notice asks for two signatures.
    const signBoth = async (first: TestAccount, at: TestUnit, nil: boolean) => {
      const signed = await sign(first, await byLedger(first), { nil })
      const head = await buildAccount(test, at, 'leader', { personName: `${at.name}负责人` })
      return (await sign(head, signed.body, { nil })).body
    }
    expect(await signBoth(clerk, community, false)).toMatchObject({ status: 'submitted', nil: false })
    const nil = await signBoth(beside, district.communities[1] as TestUnit, true)
    expect(nil).toMatchObject({ status: 'submitted', nil: true })

    // What is found later is in no ledger that was filed before.
    await hazardIn(district, community, clerk)
    expect((await page(clerk, draft.id)).ledger).toHaveLength(1)
    const tables = await ask(test, clerk, contracts.listTables, { query: {} })
    expect(tables.body.items).toHaveLength(1)
    await test.platform.sealer.sealNow(district.tenant.id)
    const [verdict] = await verifyDatabase(test.platform, test.modules.verifiers, {
      of: ({ id }) => id === district.tenant.id,
    })
    expect(verdict?.difference).toBeNull()
  })
})

describe('a return', () => {
  it('goes up the line: one filed, one nil, one late; the street sees who is missing and files what is there', async () => {
    const district = await buildDistrict()
    const [first, second, third] = district.clerks as [TestAccount, TestAccount, TestAccount]
    await hazardIn(district, district.communities[0] as TestUnit, first)
    const typedKey =
      cellsToType(await page(first, (await mine(first)).id)).find(({ kind }) => kind === 'count')?.key ?? ''

    const filed = await file(first, { [typedKey]: '3' })
    expect(filed).toMatchObject({ status: 'submitted', timeliness: 'on-time', nil: false })
    expect(text(filed, 'g1.m3')).toBe('1')

    const nilDraft = await fillZeros(second, (await mine(second)).id)
    const nil = await sign(second, nilDraft, { nil: true })
    expect(nil.body).toMatchObject({ status: 'submitted', nil: true })

    const up = await page(district.streetClerk, (await mine(district.streetClerk)).id)
    expect(up.missing.map(({ unitName }) => unitName)).toEqual(['九里社区'])
    // The derived figure counts the community's record, filed or not; the typed one only what was filed.
    expect([text(up, 'g1.m3'), text(up, typedKey)]).toEqual(['1', '3'])
    const own = await file(district.streetClerk, { [typedKey]: '2' })
    expect(text(own, typedKey)).toBe('5')

    test.clock.set(new Date('2023-06-19T09:00:00+08:00'))
    const late = await file(third, { [typedKey]: '10' })
    expect(late).toMatchObject({ timeliness: 'late', daysLate: 3 })
    // What came later is in no return that was filed before.
    const again = await page(district.streetClerk, own.id)
    expect(text(again, typedKey)).toBe('5')
    expect((await list(district.streetClerk, 'received')).items).toHaveLength(3)
    expect((await list(district.office, 'received')).items).toMatchObject([
      { unitName: '柳荫街道', status: 'submitted' },
    ])

    const board = await ask(test, district.office, contracts.returnBoard, {
      params: { scheduleId: own.scheduleId },
      query: {},
    })
    expect(board.body.summary).toMatchObject({
      respondents: 4,
      filed: 4,
      late: 1,
      overdue: 0,
      sentBack: 0,
      nil: 1,
      waiting: 0,
    })
    expect(board.body.rows.map(({ unitName, cells }) => [unitName, cells[0]?.timeliness])).toContainEqual([
      '九里社区',
      'late',
    ])
  })

  it('is sent back with a remark at a cell, drops out of the sum above, and comes back as a second version', async () => {
    const district = await buildDistrict()
    const [clerk] = district.clerks as [TestAccount]
    const typedKey =
      cellsToType(await page(clerk, (await mine(clerk)).id)).find(({ kind }) => kind === 'count')?.key ?? ''
    const filed = await file(clerk, { [typedKey]: '3' })
    const street = (await mine(district.streetClerk)).id
    expect(text(await page(district.streetClerk, street), typedKey)).toBe('3')

    const back = await act(district.streetClerk, filed, {
      kind: 'send-back',
      remarks: [{ cell: typedKey, text: '与清单不符' }],
    })
    expect(back.error).toBeUndefined()
    expect(text(await page(district.streetClerk, street), typedKey)).toBe('')
    const mineAgain = await page(clerk, filed.id)
    expect(mineAgain).toMatchObject({ status: 'sent-back', remarks: [{ cell: typedKey, text: '与清单不符' }] })

    const second = await file(clerk, { [typedKey]: '4' })
    expect(second).toMatchObject({ status: 'submitted', timesSentBack: 1 })
    expect(second.remarks).toHaveLength(1)
    expect(text(await page(district.streetClerk, street), typedKey)).toBe('4')
    const old = await ask(test, clerk, contracts.showFiledReturn, { params: { returnId: filed.id, round: 1 } })
    expect(text(old.body, typedKey)).toBe('3')
  })

  it('is locked when it is accepted, and unlocked by its receiver alone, with a reason', async () => {
    const district = await buildDistrict()
    const [clerk] = district.clerks as [TestAccount]
    const filed = await file(clerk)
    const accepted = await act(district.streetClerk, filed, { kind: 'accept' })
    expect(accepted.body).toMatchObject({ status: 'accepted' })
    expect((await act(clerk, accepted.body, { kind: 'reopen', reason: '漏报' })).status).toBe(403)
    const typing = await ask(test, clerk, contracts.typeIntoReturn, {
      params: { returnId: filed.id },
      body: { version: accepted.body.version, values: { 'g2.m1': '1' } },
    })
    expect(typing.error).toMatchObject({ code: 'return.wrong-state' })
    const reopened = await act(district.streetClerk, accepted.body, { kind: 'reopen', reason: '漏报一项' })
    expect(reopened.body.status).toBe('sent-back')
  })

  it('asks two people for two signatures, each with a fresh proof, of the figures that both saw', async () => {
    const district = await buildDistrict(['填表人', '审核人'])
    const { streetClerk, streetHead } = district
    const draft = await fillZeros(streetClerk, (await mine(streetClerk)).id)
    expect(draft).toMatchObject({ wants: '填表人', signatories: { names: ['街道主任', '街道填报人'], more: 0 } })
    expect(draft.abilities['sign']).toBe(true)
    const wrong = await sign(streetClerk, draft, { password: 'not the password' })
    expect(wrong.error).toMatchObject({ code: 'password.wrong' })
    const first = await sign(streetClerk, draft)
    expect(first.body).toMatchObject({
      status: 'signing',
      wants: '审核人',
      signatories: { names: ['街道主任'], more: 0 },
    })
    // Whoever has signed is not offered to sign again; whoever receives it sees whom it waits for, and signs nothing.
    expect(first.body.abilities['sign']).toBe(false)
    const above = await page(district.office, draft.id)
    expect(above).toMatchObject({ wants: '审核人' })
    expect(above.abilities['sign']).toBe(false)
    expect((await sign(streetClerk, first.body)).error).toMatchObject({ code: 'return.same-signatory' })

    // A record that arrives between the two is in the next return, not in this one.
    await hazardIn(district, district.communities[0] as TestUnit, district.clerks[0] as TestAccount)
    const seen = await page(streetHead, draft.id)
    expect(text(seen, 'g1.m3')).toBe('0')
    expect(seen.abilities['sign']).toBe(true)
    const second = await sign(streetHead, seen)
    expect(second.body).toMatchObject({ status: 'submitted', wants: null, signatories: { names: [] } })
    expect(second.body.signatures.map(({ label, name }) => [label, name])).toEqual([
      ['填表人', '街道填报人'],
      ['审核人', '街道主任'],
    ])
  })

  it('is not signed over a blank, nor as nil over a figure, nor unseen', async () => {
    const district = await buildDistrict()
    const [clerk] = district.clerks as [TestAccount]
    const { id } = await mine(clerk)
    expect((await sign(clerk, await page(clerk, id))).error).toMatchObject({ code: 'return.checks-failed' })
    await hazardIn(district, district.communities[0] as TestUnit, clerk)
    const draft = await fillZeros(clerk, id)
    expect((await sign(clerk, draft, { nil: true })).error).toMatchObject({ code: 'return.not-nil' })
    await hazardIn(district, district.communities[0] as TestUnit, clerk)
    expect((await sign(clerk, draft)).error).toMatchObject({ code: 'return.changed' })
  })

  it('is not there for whoever it does not concern', async () => {
    const district = await buildDistrict()
    const [clerk, beside] = district.clerks as [TestAccount, TestAccount]
    const filed = await file(clerk)
    const foreign = await ask(test, beside, contracts.showReturn, { params: { returnId: filed.id } })
    expect(foreign.status).toBe(404)
    const other = await buildDistrict()
    const far = await act(other.office, filed, { kind: 'accept' })
    expect(far.status).toBe(404)
    // The district reads what goes to the street, and does not take it in the street's place.
    expect((await act(district.office, filed, { kind: 'accept' })).status).toBe(403)
  })

  it('comes out as the official form, with the names and numbers of those who signed where the form wants them', async () => {
    const district = await buildDistrict()
    const [community] = district.communities as [TestUnit]
    const clerk = await buildAccount(test, community, 'territory-officer', { personName: '林某', phone: '13900001111' })
    const filed = await file(clerk)
    const bytesAs = async (format: 'docx' | 'xlsx') =>
      (await ask(test, clerk, contracts.exportReturn, { params: { returnId: filed.id }, query: { format } })).bytes
    const { tables, paragraphs } = readWordTables(await bytesAs('docx'))
    expect(tables).toHaveLength(1)
    expect(JSON.stringify(paragraphs)).toContain('填报人：林某\\t联系电话：13900001111')
    const grid = await readSheetGrid(await bytesAs('xlsx'))
    expect(grid.map(({ text: cell }) => cell).join(' ')).toContain('填报人：林某联系电话：13900001111')
  })

  it('computes again for ever, tells what became different since and by which record, and gives a receipt', async () => {
    const district = await buildDistrict()
    const [clerk] = district.clerks as [TestAccount]
    const filed = await file(clerk)
    const late = await hazardIn(district, district.communities[0] as TestUnit, clerk, '2023-06-02')
    const then = await ask(test, clerk, contracts.showFiledReturn, { params: { returnId: filed.id, round: 1 } })
    expect(text(then.body, 'g1.m3')).toBe('0')
    expect(then.body.now['g1.m3']).toBe('1')
    expect(then.body.differences).toContainEqual({
      cell: 'g1.m3',
      recordId: late,
      change: 'added',
      occurredOn: '2023-06-02',
    })
    const receipt = await ask(test, clerk, contracts.returnReceipt, { params: { returnId: filed.id } })
    expect(receipt.body).toMatchObject({ round: 1, contentHash: then.body.contentHash })
    expect(receipt.body.head.chainHash).toMatch(/^[0-9a-f]{64}$/)

    await test.platform.sealer.sealNow(district.tenant.id)
    const verify = async () => {
      const verdicts = await verifyDatabase(test.platform, test.modules.verifiers, {
        of: ({ id }) => id === district.tenant.id,
      })
      return verdicts[0]
    }
    expect((await verify())?.checked).toContainEqual({ subject: '上报的报表', count: 1 })
    await test.db.asOwner(
      `update return_event set content = jsonb_set(content, '{figures,0,value}', '7') where return_id = $1 and kind = 'submit'`,
      [filed.id],
    )
    expect((await verify())?.difference).toMatchObject({ subject: '上报的报表' })
  })
})
