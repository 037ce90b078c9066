/** The history of a cell over HTTP: what was filed in it, each period and each time, and by whom. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as contracts from '@bihuan/contracts'
import { cellsToType, returnsOn } from '../../../test/build-returns.js'
import { ask, startTestApp, type TestAccount, type TestApp } from '../../../test/builders.js'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp({ environment: { BIHUAN_LOG: 'error' } })
})
afterAll(() => test.stop())
beforeEach(() => test.clock.set(new Date('2023-06-12T09:00:00+08:00')))

const { act, buildDistrict, file, fillZeros, list, mine, open, page, sign } = returnsOn(() => test)

describe('the history of a cell', () => {
  it('has every filing of every period with who filed it, those that were sent back told apart, and nothing that was only typed', async () => {
    const district = await buildDistrict()
    const [clerk, beside] = district.clerks as [TestAccount, TestAccount]
    const first = await page(clerk, (await mine(clerk)).id)
    const key = cellsToType(first).find(({ kind }) => kind === 'count')?.key ?? ''
    const history = (account: TestAccount, returnId: string, at = key) =>
      ask(test, account, contracts.returnCellHistory, { params: { returnId, key: at } })
    expect((await history(clerk, first.id)).body).toEqual({ label: '帮扶指导重点企业', unit: '家次', items: [] })
    const filed = await file(clerk, { [key]: '3' })
    await act(district.streetClerk, filed, { kind: 'send-back', remarks: [{ cell: key, text: '不符' }] })
    await file(clerk, { [key]: '4' })
    await file(beside, { [key]: '9' })
    test.clock.set(new Date('2023-07-03T09:00:00+08:00'))
    await open(district)
    const july = await fillZeros(clerk, (await list(clerk)).items[0]?.id ?? '', { [key]: '6' })
    expect((await history(clerk, july.id)).body.items.map(({ text }) => text)).toEqual(['4', '3'])
    expect((await sign(clerk, july)).error).toBeUndefined()

    const told = await history(district.streetClerk, july.id)
    expect(
      told.body.items.map(({ periodTitle, round, text, personName, stands }) => [
        periodTitle,
        round,
        text,
        personName,
        stands,
      ]),
    ).toEqual([
      ['2023年7月', 1, '6', '七桥社区填报人', true],
      ['2023年6月', 2, '4', '七桥社区填报人', true],
      ['2023年6月', 1, '3', '七桥社区填报人', false],
    ])
    expect((await history(beside, july.id)).status).toBe(404)
    expect((await history(clerk, july.id, 'g9.m9')).error).toMatchObject({ places: [{ path: 'key' }] })
  })
})
