/** Returns of a table that was designed anew in between: what was filed under another number is still the history of its cell. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as contracts from '@bihuan/contracts'
import { spreadOf } from '@bihuan/domain'
import { returnsOn, text, type District } from '../../../test/build-returns.js'
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
import { historyOf } from './return-earlier.js'
import { readPeers } from './return-peers.js'
import { findReturn } from './return.repo.js'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp({ environment: { BIHUAN_LOG: 'error' } })
})
afterAll(() => test.stop())
beforeEach(() => test.clock.set(new Date('2023-06-12T09:00:00+08:00')))

const { buildDistrict, file, fillZeros, hazardIn, list, mine, open, page, sign } = returnsOn(() => test)

/** What departments found stands in g1.m3 and g1.m4 of the notice's form, and from now on before what enterprises found. */
async function departmentsFirst({ office, tableId }: District): Promise<void> {
  const { form, layout, bindings } = (await ask(test, office, contracts.showTable, { params: { tableId } })).body.design
  const [general, enforcement] = form.groups
  if (general === undefined || enforcement === undefined) throw new Error('the form has two groups')
  const order = [3, 4, 1, 2, 5, 6]
  const metrics = order.flatMap((was, at) => ({
    ...(general.metrics[was - 1] as (typeof general.metrics)[0]),
    ordinal: at + 1,
  }))
  const moved = Object.fromEntries(
    Object.entries(bindings).map(([key, id]) => {
      const was = Number(/^g1\.m(\d)$/.exec(key)?.[1])
      return [`g1.m${order.indexOf(was) + 1}`, id]
    }),
  )
  const answer = await ask(test, office, contracts.redesignTable, {
    params: { tableId },
    body: { form: { ...form, groups: [{ ...general, metrics }, enforcement] }, layout, bindings: moved, version: 1 },
  })
  expect([answer.error, answer.body.version]).toEqual([undefined, 2])
}

async function find(district: District, unit: TestUnit, clerk: TestAccount, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) await hazardIn(district, unit, clerk)
}

describe('a table that was designed anew', () => {
  it('compares each figure with what was filed under its old number, by the unit and by its peers', async () => {
    const district = await buildDistrict()
    const [clerk] = district.clerks as [TestAccount]
    for (const [index, times] of [3, 2, 5].entries()) {
      const [unit, own] = [district.communities[index] as TestUnit, district.clerks[index] as TestAccount]
      await find(district, unit, own, times)
      const filed = await file(own, { 'g2.m1': String(7 + index) })
      expect([text(filed, 'g1.m1'), text(filed, 'g1.m3')]).toEqual(['0', String(times)])
    }
    await departmentsFirst(district)
    test.clock.set(new Date('2023-07-03T09:00:00+08:00'))
    await open(district)
    const july = await fillZeros(clerk, (await list(clerk)).items[0]?.id ?? '', { 'g2.m1': '7' })
    expect([text(july, 'g1.m1'), text(july, 'g1.m3')]).toEqual(['3', '0'])
    expect(july.previous?.texts).toMatchObject({ 'g1.m1': '3', 'g1.m3': '0', 'g2.m1': '7' })
    // Under its number 3 departments' cell would have fallen to what enterprises found.
    expect(july.findings).toEqual([])
    const compared = await inTenant(test, district.tenant.id, async (handle) => {
      const record = await findReturn(handle, july.id)
      if (record === null) throw new Error('no return')
      const [filed = []] = await historyOf(handle, record)
      const peers = await readPeers(handle, record, [])
      return ['g1.m1', 'g1.m3', 'g2.m1'].map((key) => [filed.find((one) => one.key === key)?.value, peers.get(key)])
    })
    expect(compared).toEqual([
      [3, spreadOf([2, 5])],
      [0, spreadOf([0, 0])],
      [7, spreadOf([8, 9])],
    ])

    expect((await sign(clerk, july)).error).toBeUndefined()
    const june = (await list(clerk, 'mine', 'all')).items.find(({ periodKey }) => periodKey === '2023-06')?.id ?? ''
    const history = async (returnId: string, key: string) =>
      (await ask(test, clerk, contracts.returnCellHistory, { params: { returnId, key } })).body.items.map((item) => [
        item.periodTitle,
        item.text,
      ])
    const both = [
      ['2023年7月', '3'],
      ['2023年6月', '3'],
    ]
    expect(await history(july.id, 'g1.m1')).toEqual(both)
    expect(await history(june, 'g1.m3')).toEqual(both)
    expect(await history(june, 'g2.m1')).toEqual([
      ['2023年7月', '7'],
      ['2023年6月', '7'],
    ])
  })

  it('holds a return above against one below that was opened under the new form', async () => {
    const district = await buildDistrict()
    await departmentsFirst(district)
    const late = await buildUnit(test, district.tenant, {
      kind: 'community',
      name: '槐北社区',
      parentId: district.street.id,
    })
    const clerk = await buildAccount(test, late, 'territory-officer')
    await open(district)
    await find(district, late, clerk, 1)
    expect(text(await file(clerk), 'g1.m1')).toBe('1')
    await find(district, late, clerk, 1)
    const street = await page(district.streetClerk, (await mine(district.streetClerk)).id)
    expect(text(street, 'g1.m3')).toBe('2')
    expect(street.differences).toMatchObject([
      { cell: 'g1.m3', unitName: '槐北社区', filed: '1', now: '2', records: [{ change: 'added' }] },
    ])
  })

  it('asks what its own checks ask from then on; what is filed under the form before is judged by that one', async () => {
    const district = await buildDistrict()
    const [first, second] = district.clerks as [TestAccount, TestAccount]
    await file(first, { 'g2.m1': '2', 'g2.m2.p1': '5', 'g2.m2.p2': '1' })
    const { design } = (
      await ask(test, district.office, contracts.showTable, { params: { tableId: district.tableId } })
    ).body
    const redesign = (checks: typeof design.checks) =>
      ask(test, district.office, contracts.redesignTable, {
        params: { tableId: district.tableId },
        body: { ...design, checks, version: 1 },
      })
    const visits = design.form.groups[1]?.metrics[0]
    expect(visits?.unit).toBe('家次')
    const other = await redesign([{ kind: 'at-most', cell: 'g2.m2.p1', of: ['g2.m1'], blocking: true }])
    expect(other.error).toMatchObject({ code: 'table.rule', places: [{ path: 'checks.0' }] })
    const named = await redesign([
      { kind: 'at-most', cell: 'g1.m3', of: ['g1.m1'], blocking: true },
      { kind: 'sum', cell: 'g1.m5', of: ['g1.m1', 'g1.m3'], blocking: false },
    ])
    expect([named.error, named.body.version]).toEqual([undefined, 2])

    const codes = async (account: TestAccount, id: string) => (await page(account, id)).findings.map(({ code }) => code)
    const july = async (account: TestAccount) => {
      const { items } = await list(account)
      return items.find(({ periodKey }) => periodKey === '2023-07')?.id ?? ''
    }
    // June was opened under the form before, and stays with it.
    const june = await mine(second)
    await find(district, district.communities[1] as TestUnit, second, 1)
    await fillZeros(second, june.id)
    expect(await codes(second, june.id)).toEqual([])

    test.clock.set(new Date('2023-07-12T09:00:00+08:00'))
    await open(district)
    const draft = await fillZeros(second, await july(second))
    expect(draft.findings).toMatchObject([
      {
        key: 'rule-at-most:g1.m3+g1.m1',
        blocking: true,
        cells: ['g1.m3', 'g1.m1'],
        message:
          '“部门检查发现的重大事故隐患”（1）大于“企业自查发现的重大事故隐患”（0），本表规定不能大于；请核对这几个数，改正后再签。',
      },
      { key: 'rule-sum:g1.m5+g1.m1+g1.m3', blocking: false },
    ])
    const refused = await sign(second, draft, { answers: { 'rule-sum:g1.m5+g1.m1+g1.m3': '尚未挂牌' } })
    expect(refused.error).toMatchObject({ code: 'return.checks-failed' })
    expect(refused.error?.message).toContain('本表规定不能大于')
    const third = district.clerks[2] as TestAccount
    expect((await fillZeros(third, await july(third))).findings).toEqual([])
  })
})
