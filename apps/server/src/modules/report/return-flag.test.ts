/** 是/否 is each unit's own answer: it goes up as that, and beside it stands how many of those below say 是. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as contracts from '@bihuan/contracts'
import type { ReturnPage } from '@bihuan/contracts'
import { readSheetGrid } from '@bihuan/office'
import { ask, startTestApp, type TestAccount, type TestApp } from '../../../test/builders.js'
import { returnsOn } from '../../../test/build-returns.js'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp({ environment: { BIHUAN_LOG: 'error' } })
})
afterAll(() => test.stop())
beforeEach(() => test.clock.set(new Date('2023-06-12T09:00:00+08:00')))
const { buildDistrict, file, fillZeros, mine, page } = returnsOn(() => test)

const column = 'g2.m3'
const shown = ({ figures }: ReturnPage) => {
  const figure = figures.find(({ key }) => key === column)
  return [figure?.text, figure?.answers]
}

describe('a cell of 是/否', () => {
  it('has the unit’s own answer, and counts those below that filed theirs', async () => {
    const district = await buildDistrict()
    const [first, second, third] = district.clerks as [TestAccount, TestAccount, TestAccount]
    const { id } = await mine(district.streetClerk)
    expect(shown(await page(district.streetClerk, id))).toEqual(['', { yes: 0, of: 0 }])
    await file(first, { [column]: '是' })
    await file(second)
    // Typed and not filed: nobody else's affair yet.
    await fillZeros(third, (await mine(third)).id, { [column]: '是' })
    expect(shown(await page(district.streetClerk, id))).toEqual(['', { yes: 1, of: 2 }])

    const filed = await file(district.streetClerk)
    expect(shown(filed)).toEqual(['否', { yes: 1, of: 3 }])
    // Only the unit's own answer is printed.
    const sheet = await ask(test, district.streetClerk, contracts.exportReturn, {
      params: { returnId: id },
      query: { format: 'xlsx' },
    })
    const printed = (await readSheetGrid(sheet.bytes)).map((cell) => cell.text)
    const at = printed.indexOf('是否开设安全生产专栏')
    expect(printed.slice(at, at + 2)).toEqual(['是否开设安全生产专栏', '否'])
    expect(printed.filter((one) => one.includes('1/3') || one.includes('已答'))).toEqual([])
    // A figure that is added has no such answers.
    expect(filed.figures.filter(({ kind, answers }) => kind !== 'flag' && answers !== null)).toEqual([])
  })
})
