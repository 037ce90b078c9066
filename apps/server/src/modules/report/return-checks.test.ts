/** What a return asks about before it is signed, what is answered, and who reads the answer. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as contracts from '@bihuan/contracts'
import type { TableDesign } from '@bihuan/contracts'
import { spreadOf } from '@bihuan/domain'
import { cellsToType, monthly, returnsOn, text, type District } from '../../../test/build-returns.js'
import {
  ask,
  buildAccount,
  buildUnit,
  inTenant,
  startTestApp,
  type TestAccount,
  type TestApp,
  type TestUnit,
} from '../../../test/builders.js'
import { samplePlan } from '../../../test/sample-plan.js'
import { openSchedule, listActiveSchedules } from './index.js'
import { cellsOf } from './table-cells.js'
import { historyOf } from './return-earlier.js'
import { readPeers } from './return-peers.js'
import { findReturn } from './return.repo.js'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp({ environment: { BIHUAN_LOG: 'error' } })
})
afterAll(() => test.stop())
beforeEach(() => test.clock.set(new Date('2023-06-12T09:00:00+08:00')))

const { act, buildDistrict, file, fillZeros, hazardIn, list, mine, open, page, sign } = returnsOn(() => test)

/** The next month's returns, opened on its twelfth. */
async function nextMonth({ tenant }: District, month: string): Promise<void> {
  test.clock.set(new Date(`${month}-12T09:00:00+08:00`))
  for (const schedule of await inTenant(test, tenant.id, listActiveSchedules)) {
    await openSchedule(test, tenant.id, schedule)
  }
}

async function countKey(account: TestAccount): Promise<string> {
  const { id } = await mine(account)
  return cellsToType(await page(account, id)).find(({ kind }) => kind === 'count')?.key ?? ''
}

/** Draft of the month with this number typed in. */
async function draft(account: TestAccount, key: string, value: string) {
  const { items } = await list(account)
  return fillZeros(account, items[0]?.id ?? '', { [key]: value })
}

async function fileMonths(district: District, account: TestAccount, key: string, values: readonly string[]) {
  for (const [index, value] of values.entries()) {
    await nextMonth(district, `2023-${String(6 + index).padStart(2, '0')}`)
    const before = await draft(account, key, value)
    const answers = Object.fromEntries(before.findings.map((finding) => [finding.key, '已核实，属实']))
    expect((await sign(account, before, { answers })).error).toBeUndefined()
  }
}

describe('a figure that stands out', () => {
  it('from its own history is asked about, and the answer is kept with the return', async () => {
    const district = await buildDistrict()
    const [clerk] = district.clerks as [TestAccount]
    const key = await countKey(clerk)
    await fileMonths(district, clerk, key, ['10', '21', '30', '41'])
    await nextMonth(district, '2023-10')
    expect((await draft(clerk, key, '52')).findings).toEqual([])
    const odd = await draft(clerk, key, '90')
    expect(odd.findings).toMatchObject([{ key: `far-from-history:${key}`, blocking: false, cells: [key] }])
    expect((await sign(clerk, odd)).error).toMatchObject({ code: 'return.remark-wanted' })
    const signed = await sign(clerk, odd, { answers: { [`far-from-history:${key}`]: '集中检查了两轮' } })
    expect(signed.error).toBeUndefined()
    expect(signed.body.remarks).toMatchObject([
      { cell: key, text: '集中检查了两轮', finding: `far-from-history:${key}`, round: 0 },
    ])
  })

  it('from what its peers added last time is asked about; what is kept of them follows what they file again', async () => {
    const district = await buildDistrict()
    const more: TestUnit[] = []
    for (const name of ['槐北社区', '柳南社区']) {
      more.push(await buildUnit(test, district.tenant, { kind: 'community', name, parentId: district.street.id }))
    }
    const clerks = [...district.clerks]
    for (const unit of more) clerks.push(await buildAccount(test, unit, 'territory-officer'))
    const key = await countKey(district.clerks[0] as TestAccount)
    await nextMonth(district, '2023-06')
    for (const [index, clerk] of clerks.entries()) await file(clerk, { [key]: String(10 + index) })
    await nextMonth(district, '2023-07')
    const [odd] = clerks as [TestAccount]
    // 10 last month: 12 more are as many as the others had; 60 more are not.
    expect((await draft(odd, key, '22')).findings).toEqual([])
    const asked = await draft(odd, key, '70')
    expect(asked.findings).toMatchObject([{ key: `far-from-peers:${key}`, blocking: false }])
    const spread = await inTenant(test, district.tenant.id, async (handle) => {
      const record = await findReturn(handle, asked.id)
      if (record === null) throw new Error('no return')
      expect((await historyOf(handle, record)).length).toBe(1)
      return (await readPeers(handle, record, [])).get(key)
    })
    expect(spread).toEqual(spreadOf([11, 12, 13, 14]))

    // One of them is opened again, and files another figure.
    const peer = clerks[1] as TestAccount
    const { items } = await list(peer, 'mine', 'all')
    const filed = await page(district.streetClerk, items.find(({ status }) => status === 'submitted')?.id ?? '')
    await act(district.streetClerk, filed, { kind: 'send-back', remarks: [{ cell: null, text: '请核对' }] })
    expect((await draft(odd, key, '22')).findings).toEqual([])
    const without = await inTenant(test, district.tenant.id, async (handle) => {
      const record = await findReturn(handle, asked.id)
      if (record === null) throw new Error('no return')
      return (await readPeers(handle, record, [])).get(key)
    })
    expect(without).toEqual(spreadOf([12, 13, 14]))
  })

  it('is not compared with what was sent back, nor with what was filed later', async () => {
    const district = await buildDistrict()
    const [clerk] = district.clerks as [TestAccount]
    const key = await countKey(clerk)
    await fileMonths(district, clerk, key, ['10', '20'])
    const { items } = await list(district.streetClerk, 'received')
    const last = items.at(-1)
    if (last === undefined) throw new Error('nothing received')
    const received = await page(district.streetClerk, last.id)
    await act(district.streetClerk, received, { kind: 'send-back', remarks: [{ cell: null, text: '请核对' }] })
    const history = await inTenant(test, district.tenant.id, async (handle) => {
      const record = await findReturn(handle, received.id)
      if (record === null) throw new Error('no return')
      const later = { ...record, period_from: '2024-01-01' }
      return [await historyOf(handle, record), await historyOf(handle, later)]
    })
    expect(history.map((filed) => filed.map((figures) => figures.find((one) => one.key === key)?.value))).toEqual([
      [10],
      [10],
    ])
  })

  it('because a cumulative count fell is asked about once, by the rule for that', async () => {
    const district = await buildDistrict()
    const [clerk] = district.clerks as [TestAccount]
    const key = await countKey(clerk)
    await fileMonths(district, clerk, key, ['10'])
    await nextMonth(district, '2023-07')
    expect((await draft(clerk, key, '8')).findings).toMatchObject([{ code: 'fell' }])
  })
})

describe('an answer', () => {
  it('travels up level by level, with the filed return, and is gone with it', async () => {
    const district = await buildDistrict()
    const [clerk] = district.clerks as [TestAccount]
    const key = await countKey(clerk)
    await fileMonths(district, clerk, key, ['10'])
    await nextMonth(district, '2023-07')
    const lower = await draft(clerk, key, '8')
    const [finding] = lower.findings
    const signed = await sign(clerk, lower, { answers: { [finding?.key ?? '']: '上月多计两次' } })
    expect(signed.error).toBeUndefined()
    const own = await list(district.streetClerk)
    const above = own.items.find(({ periodKey }) => periodKey === '2023-07')?.id ?? ''
    const said = { unitName: '七桥社区', cell: key, text: '上月多计两次', returnId: lower.id }
    const street = await page(district.streetClerk, above)
    expect(street.remarksBelow).toMatchObject([said])
    expect(street.remarksBelow[0]?.label).toBe(lower.figures.find((one) => one.key === key)?.label)
    await act(district.streetClerk, signed.body, { kind: 'send-back', remarks: [{ cell: key, text: '仍不清楚' }] })
    expect((await page(district.streetClerk, above)).remarksBelow).toEqual([])
    // What the receiver wrote is no answer, and goes nowhere but to the respondent.
    expect((await page(clerk, lower.id)).remarks.map(({ text: words, finding: of }) => [words, of === null])).toEqual([
      ['上月多计两次', false],
      ['仍不清楚', true],
    ])
  })
})

describe('where a return counts otherwise than those below it', () => {
  it('it lists the records that were entered after they filed, and nothing where all agrees', async () => {
    const district = await buildDistrict()
    const [first, second] = district.clerks as [TestAccount, TestAccount]
    const [unit, other] = district.communities as [TestUnit, TestUnit]
    await hazardIn(district, unit, first)
    const filed = await file(first)
    await hazardIn(district, other, second)
    const street = (await mine(district.streetClerk)).id
    expect((await page(district.streetClerk, street)).differences).toEqual([])
    const late = await hazardIn(district, unit, first, '2023-06-02')
    const above = await page(district.streetClerk, street)
    expect(text(above, 'g1.m3')).toBe('3')
    expect(above.differences).toEqual([
      {
        cell: 'g1.m3',
        returnId: filed.id,
        unitId: unit.id,
        unitName: '七桥社区',
        filed: '1',
        now: '2',
        records: [{ recordId: late, change: 'added', occurredOn: '2023-06-02' }],
        more: 0,
      },
    ])
    const seen = await ask(test, first, contracts.showReturn, { params: { returnId: filed.id } })
    expect(seen.body.differences).toEqual([])
  })
})

describe('a table beside a ledger', () => {
  it('asks where the ledger of the same days lists another number of a grade than the table counts, whichever is filed second', async () => {
    const district = await buildDistrict()
    const [unit, clerk] = [district.communities[0] as TestUnit, district.clerks[0] as TestAccount]
    const campaign = await ask(test, district.office, contracts.showCampaign, {
      params: { campaignId: district.campaignId },
    })
    const added = await ask(test, district.office, contracts.addLedgerSchedule, {
      params: { ledgerId: campaign.body.ledgers[0]?.id ?? '' },
      body: { ...monthly, title: '隐患清单', respondents: [{ kinds: ['community'], unitIds: [], groups: null }] },
    })
    expect(added.error).toBeUndefined()
    await open(district)
    const ids = new Map((await list(clerk)).items.map(({ title, id }) => [title, id]))
    const [ledgerId, tableId] = [ids.get('隐患清单') ?? '', ids.get(monthly.title) ?? '']
    await hazardIn(district, unit, clerk)
    // The ledger of the notice asks for two signatures.
    const signed = await sign(clerk, await page(clerk, ledgerId))
    const head = await buildAccount(test, unit, 'leader')
    expect((await sign(head, signed.body)).body).toMatchObject({ status: 'submitted' })
    expect((await fillZeros(clerk, tableId)).findings).toEqual([])

    await hazardIn(district, unit, clerk)
    const table = await page(clerk, tableId)
    expect(table.findings).toMatchObject([
      {
        key: 'ledger-differs:g1.m3',
        blocking: false,
        cells: ['g1.m3'],
        message:
          '“部门检查发现的重大事故隐患”为2个，已上报的《隐患清单》（2023年6月）里列出1条；请核对两边，属实的请写明原因。',
      },
    ])
    expect((await sign(clerk, table)).error).toMatchObject({ code: 'return.remark-wanted' })
    const filed = await sign(clerk, table, { answers: { 'ledger-differs:g1.m3': '清单上报后又查出一处' } })
    expect(filed.body).toMatchObject({ status: 'submitted' })

    // The other way about: the ledger is opened again, and one more was found meanwhile.
    const back = await act(district.office, await page(district.office, ledgerId), {
      kind: 'send-back',
      remarks: [{ cell: null, text: '请补齐' }],
    })
    expect(back.body.status).toBe('sent-back')
    expect((await page(clerk, ledgerId)).findings).toEqual([])
    await hazardIn(district, unit, clerk)
    expect((await page(clerk, ledgerId)).findings).toMatchObject([{ code: 'ledger-differs', cells: [] }])
  })
})

describe('a cell that counts people', () => {
  it('is a head-count by its words, and otherwise counted from the start', () => {
    const [annex] = samplePlan({ warnings: [] }).annexes
    if (annex?.kind !== 'metric-table') throw new Error('the sample begins with its table')
    const [group] = annex.groups
    const metrics = ['配备专兼职技术检查员数量', '移送司法机关'].map((label, index) => ({
      ...group?.metrics[0],
      ordinal: index + 1,
      label,
      unit: '人',
      parts: [],
    }))
    const form = { ...annex, groups: [{ ...group, metrics }] } as unknown as TableDesign['form']
    const kinds = cellsOf({ form, layout: { pairsPerRow: 2 }, bindings: {}, checks: [] }).map(
      ({ metric }) => metric.kind,
    )
    expect(kinds).toEqual(['stock', 'count'])
  })
})
