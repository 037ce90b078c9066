import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bringIn, readImport } from '@bihuan/contracts'
import { buildHazardWorld } from '../../../test/build-hazard-world.js'
import { ask, startTestApp, type TestApp } from '../../../test/builders.js'
import { previewed, verdictsOf } from '../../../test/ledgers.js'
import { thirteenColumns } from '../../../test/sample-plan.js'
import { buildWorkbook } from '../../../test/workbooks.js'
import { verifyDatabase } from '../../platform/audit/verification.js'

const rowsInAll = 3000
const now = '2023-06-20T09:00:00+08:00'

let app: TestApp
const workers: ChildProcess[] = []
beforeAll(async () => {
  app = await startTestApp({ now })
})
afterAll(async () => {
  for (const worker of workers) worker.kill('SIGKILL')
  await app.stop()
})

function startWorker(): ChildProcess {
  const entry = fileURLToPath(new URL('../../../test/job-worker.ts', import.meta.url))
  const worker = spawn(process.execPath, ['--import', 'tsx', entry], {
    env: {
      ...process.env,
      DATABASE_URL: app.db.ownerUrl,
      BIHUAN_DATA: app.platform.settings.dataFolder,
      BIHUAN_LOG: 'silent',
      BIHUAN_NOW: now,
    },
    stdio: 'inherit',
  })
  workers.push(worker)
  return worker
}

test(
  'an import that is killed goes on where it was: every hazard is there once, with its history and its facts',
  { timeout: 300_000 },
  async () => {
    const world = await buildHazardWorld(app)
    const { tenant, campaignId } = world
    const bytes = await buildWorkbook(
      thirteenColumns,
      Array.from({ length: rowsInAll }, (_, n) => [
        n + 1,
        '工贸',
        `第${n}项`,
        '县区',
        n % 3 === 0 ? '停用检修' : '',
        '2023-06-10',
        '2023-07-10',
        '青榆家具厂',
        n % 3 === 0 ? '整改中' : '未整改',
        '',
        n % 3 === 0 ? '2023-06-12：已下单' : '',
        '',
        '',
      ]),
    )
    const options = { campaignId, source: 'inspection', grade: 'general' }
    const preview = await previewed(app, world.inspector, bytes, options)
    expect(preview.run).toMatchObject({ state: 'preview', counts: { new: rowsInAll } })
    const params = { importId: preview.run.id }
    await ask(app, world.inspector, bringIn, { params })

    const counted = async () => {
      const [row] = await app.db.asOwner<{ count: number }>(
        'select count(*)::int as count from hazard where tenant_id = $1',
        [tenant.id],
      )
      return row?.count ?? 0
    }
    const reached = async (wanted: number, worker: ChildProcess) => {
      while ((await counted()) < wanted) {
        if (worker.exitCode !== null) throw new Error(`the worker ended by itself with ${worker.exitCode}`)
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
    }
    for (const wanted of [500, 1500]) {
      const worker = startWorker()
      await reached(wanted, worker)
      worker.kill('SIGKILL')
      await once(worker, 'exit')
    }
    expect(await counted()).toBeLessThan(rowsInAll)
    await reached(rowsInAll, startWorker())
    for (let done = false; !done;) {
      const { body } = await ask(app, world.inspector, readImport, { params })
      done = body.state === 'done'
      if (done)
        expect(body).toMatchObject({
          written: { new: rowsInAll, changed: 0 },
          counts: { written: rowsInAll, refused: 0 },
        })
      else await new Promise((resolve) => setTimeout(resolve, 50))
    }
    for (const worker of workers) worker.kill('SIGKILL')

    const third = rowsInAll / 3
    const [there] = await app.db.asOwner<Record<string, number>>(
      `select (select count(distinct description) from hazard where tenant_id = $1)::int as wordings,
       (select count(*) from hazard where tenant_id = $1)::int as hazards,
       (select count(*) from hazard_event where tenant_id = $1)::int as events,
       (select count(*) from audit_entry where tenant_id = $1 and action = 'hazard.register')::int as registrations,
       (select count(*) from fact where tenant_id = $1)::int as facts,
       (select count(*) from graphile_worker._private_jobs where key like 'hazard.remind:%')::int as reminders`,
      [tenant.id],
    )
    expect(there).toEqual({
      wordings: rowsInAll,
      hazards: rowsInAll,
      events: rowsInAll + 2 * third,
      registrations: rowsInAll,
      facts: rowsInAll,
      reminders: rowsInAll,
    })
    const verdicts = await verifyDatabase(app.platform, app.modules.verifiers, { of: ({ id }) => id === tenant.id })
    expect(verdicts.map(({ ok }) => ok)).toEqual([true])
    expect(new Set(verdictsOf(await previewed(app, world.inspector, bytes, options)))).toEqual(new Set(['same']))
  },
)
