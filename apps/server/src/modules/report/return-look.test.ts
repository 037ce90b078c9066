/** The morning's look at what waits: filled and checked before anybody opens it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as contracts from '@bihuan/contracts'
import { returnsOn } from '../../../test/build-returns.js'
import { ask, startTestApp, type TestAccount, type TestApp, type TestUnit } from '../../../test/builders.js'
import { listActiveSchedules, lookAtReturns } from './index.js'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp({ environment: { BIHUAN_LOG: 'error' } })
})
afterAll(() => test.stop())
beforeEach(() => test.clock.set(new Date('2023-06-12T09:00:00+08:00')))

const { buildDistrict, fillZeros, hazardIn, list, mine } = returnsOn(() => test)

async function look(tenantId: string): Promise<number> {
  const schedules = await test.database.withScope({ purpose: 'tenant', tenantId }, listActiveSchedules)
  let looked = 0
  for (const { id } of schedules) looked += await lookAtReturns(test, tenantId, id)
  return looked
}

describe('the morning’s look', () => {
  it('says what stands in each return, once a day, and nothing of one that was touched since', async () => {
    const district = await buildDistrict()
    const [clerk, other] = district.clerks as [TestAccount, TestAccount]
    expect((await mine(clerk)).look).toBeNull()
    expect(await look(district.tenant.id)).toBe(4)
    expect(await look(district.tenant.id)).toBe(0)
    const { look: found, id } = await mine(clerk)
    // Four figures of the form are typed.
    expect(found).toEqual({ blocking: 0, asked: 0, blank: 4, isNil: true })

    await fillZeros(clerk, id)
    expect((await mine(clerk)).look).toBeNull()
    await hazardIn(district, district.communities[1] as TestUnit, other)
    // Due on the 16th: looked at again each morning from three days before.
    test.clock.set(new Date('2023-06-13T09:00:00+08:00'))
    expect(await look(district.tenant.id)).toBe(4)
    expect((await mine(clerk)).look).toMatchObject({ blank: 0, isNil: true })
    expect((await mine(other)).look).toMatchObject({ blank: 4, isNil: false })
  })

  it('goes on where it was broken off, and the board says how far it is', async () => {
    const district = await buildDistrict()
    const summary = async () => {
      const { items } = (await ask(test, district.office, contracts.listSchedules, { query: {} })).body
      const board = await ask(test, district.office, contracts.returnBoard, {
        params: { scheduleId: items[0]?.id ?? '' },
        query: {},
      })
      return board.body.summary
    }
    expect(await summary()).toMatchObject({ waiting: 4, looked: 0 })
    await look(district.tenant.id)
    // As if the job had ended after the first one.
    const { id } = await mine(district.streetClerk)
    await test.db.asOwner('update report_return set look = null, looked_on = null where id = $1', [id])
    expect(await summary()).toMatchObject({ waiting: 4, looked: 3 })
    expect(await look(district.tenant.id)).toBe(1)
    expect(await summary()).toMatchObject({ waiting: 4, looked: 4 })
    // One that was opened before its day has nothing to be filled with yet.
    await test.db.asOwner(
      "update report_return set period_from = '2023-06-20', look = null, looked_on = null where id = $1",
      [id],
    )
    expect(await look(district.tenant.id)).toBe(0)
    expect(await summary()).toMatchObject({ waiting: 3, looked: 3 })
  })

  it('leaves what is filed alone', async () => {
    const district = await buildDistrict()
    await test.db.asOwner("update report_return set status = 'accepted' where unit_id = $1", [district.street.id])
    expect(await look(district.tenant.id)).toBe(3)
    expect((await list(district.streetClerk, 'mine', 'all')).items[0]?.look).toBeNull()
  })
})
