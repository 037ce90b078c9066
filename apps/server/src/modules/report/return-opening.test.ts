/** The morning's job goes through all districts: what is wrong in one is not the others' affair. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../../test/builders.js'
import { returnsOn, type District } from '../../../test/build-returns.js'
import { openJob } from './return-opening.js'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())
const { buildDistrict } = returnsOn(() => test)

const opened = async ({ tenant }: District, period: string) => {
  const rows = await test.db.asOwner<{ id: string }>(
    'select id from report_return where tenant_id = $1 and period_key = $2',
    [tenant.id, period],
  )
  return rows.length
}

describe('the opening of returns', () => {
  it('goes on with the other districts when one fails, says so, and comes again the next morning', async () => {
    test.clock.set(new Date('2023-06-12T09:00:00+08:00'))
    const [first, broken, last] = [await buildDistrict(), await buildDistrict(), await buildDistrict()]
    // Past all that refuses it: a year without a working day.
    await test.db.asOwner(
      `insert into calendar_override (tenant_id, id, day, kind, reason, account_id, person_name, entry_id, recorded_at)
       select $1, gen_random_uuid(), day, 'day-off', '误填', gen_random_uuid(), '测试', (select id from audit_entry where tenant_id = $1 limit 1), now()
       from generate_series(date '2023-07-01', date '2024-12-31', interval '1 day') as day`,
      [broken.tenant.id],
    )
    test.clock.set(new Date('2023-07-03T09:00:00+08:00'))
    await test.db.asOwner('delete from graphile_worker._private_jobs')
    const job = test.modules.jobs.find(({ name }) => name === openJob)
    await expect(job?.run({} as never)).rejects.toThrow('no working days')
    expect([await opened(first, '2023-07'), await opened(broken, '2023-07'), await opened(last, '2023-07')]).toEqual([
      4, 0, 4,
    ])
    const [again] = await test.db.asOwner<{ waiting: number }>(
      `select count(*)::int as waiting from graphile_worker.jobs where task_identifier = $1 and run_at > now()`,
      [openJob],
    )
    expect(again?.waiting).toBe(1)
  })
})
