/** Reminders of returns leave the house: once each, together, again after a failure, and never when they may have arrived. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { returnsOn, type District } from '../../../test/build-returns.js'
import { runJobs, startTestApp, type TestApp } from '../../../test/builders.js'
import { openAt } from './index.js'

let test: TestApp
let robot: Server
const received: string[] = []
let answer: { status: number; body: string; isSilent: boolean }

beforeAll(async () => {
  robot = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const { text } = JSON.parse(Buffer.concat(parts).toString()) as { text: { content: string } }
      received.push(text.content)
      if (answer.isSilent) response.destroy()
      else response.writeHead(answer.status).end(answer.body)
    })
  })
  await new Promise<void>((resolve) => robot.listen(0, '127.0.0.1', resolve))
  const { port } = robot.address() as AddressInfo
  test = await startTestApp({
    environment: { BIHUAN_WEBHOOK_URL: `http://127.0.0.1:${port}/send?key=k1`, BIHUAN_WEBHOOK_SECRET: 'SEC1' },
  })
})
afterAll(async () => {
  await test.stop()
  await new Promise((resolve) => robot.close(resolve))
})
beforeEach(() => {
  received.length = 0
  answer = { status: 200, body: '{"errcode":0}', isSilent: false }
  test.clock.set(new Date('2023-06-12T09:00:00+08:00'))
})

const { buildDistrict, file } = returnsOn(() => test)

/** A morning: returns are opened, reminders made, and what waits is sent. */
async function morning(day: string): Promise<void> {
  test.clock.set(new Date(`${day}T07:00:00+08:00`))
  await openAt(test.platform, new Date())
  await runJobs(test)
}

async function sendAgain({ tenant }: District): Promise<void> {
  await test.db.asOwner(`select graphile_worker.add_job('notice.deliver', json_build_object('tenantId', $1::text))`, [
    tenant.id,
  ])
  await runJobs(test)
}

const states = async ({ tenant }: District) => {
  const rows = await test.db.asOwner<{ state: string; count: number }>(
    'select state, count(*)::int as count from notice_delivery where tenant_id = $1 group by state',
    [tenant.id],
  )
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]))
}

const linesOf = () => received.flatMap((content) => content.split('\n').slice(1))

describe('reminders', () => {
  it('are sent together, once each, with the unit, the title and the day, and nobody’s name', async () => {
    const district = await buildDistrict()
    const [clerk] = district.clerks as [(typeof district.clerks)[number]]
    await file(clerk)
    await morning('2023-06-13')
    expect(received).toHaveLength(1)
    expect(received[0]).toMatch(/^【闭环】\n/)
    expect(linesOf().sort()).toEqual(
      ['九里社区', '八角社区', '柳荫街道']
        .map((unit) => `进展情况调度表（${unit}，2023年6月） 2023-06-16 到期，请核对后签名上报。`)
        .sort(),
    )
    await morning('2023-06-13')
    await sendAgain(district)
    expect(received).toHaveLength(1)
    await morning('2023-06-19')
    expect(linesOf().filter((line) => line.includes('已过期'))).toHaveLength(3)
    expect(await states(district)).toEqual({ sent: 6 })
  })

  it('wait when the robot says no, are tried again, and then not any more', async () => {
    const district = await buildDistrict()
    answer = { status: 200, body: '{"errcode":45009}', isSilent: false }
    await expect(morning('2023-06-13')).rejects.toThrow('errcode-45009')
    expect(await states(district)).toEqual({ waiting: 4 })
    const errors = await test.db.asOwner<{ last_error: string }>(
      `select coalesce(last_error, '') as last_error from graphile_worker._private_jobs`,
    )
    expect(JSON.stringify(errors)).not.toMatch(/k1|SEC1|127\.0\.0\.1/)
    answer = { status: 200, body: '{"errcode":0}', isSilent: false }
    await sendAgain(district)
    await sendAgain(district)
    expect(await states(district)).toEqual({ sent: 4 })
    expect(received).toHaveLength(2)
  })

  it('that may have arrived are not sent again, neither after a broken line nor after a stopped server', async () => {
    const district = await buildDistrict()
    answer = { ...answer, isSilent: true }
    await morning('2023-06-13')
    expect(await states(district)).toEqual({ unknown: 4 })
    answer = { ...answer, isSilent: false }
    await test.db.asOwner(
      `update notice_delivery set state = 'sending', since = now() - interval '1 hour' where tenant_id = $1`,
      [district.tenant.id],
    )
    await sendAgain(district)
    expect(await states(district)).toEqual({ unknown: 4 })
    expect(received).toHaveLength(1)
  })

  it('that have waited for two days call nothing to mind any more', async () => {
    const district = await buildDistrict()
    answer = { ...answer, status: 500 }
    await expect(morning('2023-06-13')).rejects.toThrow('http-500')
    answer = { ...answer, status: 200 }
    await test.db.asOwner(`update notice_delivery set queued_at = now() - interval '3 days' where tenant_id = $1`, [
      district.tenant.id,
    ])
    await sendAgain(district)
    expect(await states(district)).toEqual({ expired: 4 })
    expect(received).toHaveLength(1)
  })
})
