import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, readImport, startImport } from '@bihuan/contracts'
import { collectBytes, writeWorkbook } from '@bihuan/office'
import { nextCreditCode } from '../../../test/build-enterprise.js'
import {
  ask,
  buildAccount,
  buildTenant,
  buildUnit,
  runJobs,
  startTestApp,
  upload,
  type TestApp,
} from '../../../test/builders.js'
import { verifyDatabase } from '../../platform/audit/verification.js'

const rowsInAll = 5000
const now = '2023-06-16T09:00:00+08:00'

describe('an import whose worker is killed', () => {
  let test: TestApp
  const workers: ChildProcess[] = []
  beforeAll(async () => {
    test = await startTestApp({ now })
  })
  afterAll(async () => {
    for (const worker of workers) worker.kill('SIGKILL')
    await test.stop()
  })

  /** A server's jobs in a process of their own; the next one frees what the dead one held. */
  function startWorker(): ChildProcess {
    const entry = fileURLToPath(new URL('../../../test/job-worker.ts', import.meta.url))
    const worker = spawn(process.execPath, ['--import', 'tsx', entry], {
      env: {
        ...process.env,
        DATABASE_URL: test.db.ownerUrl,
        BIHUAN_DATA: test.platform.settings.dataFolder,
        BIHUAN_LOG: 'silent',
        BIHUAN_NOW: now,
      },
      stdio: 'inherit',
    })
    workers.push(worker)
    return worker
  }

  it('goes on where it was: every row is there, once', { timeout: 240_000 }, async () => {
    const tenant = await buildTenant(test)
    const town = await buildUnit(test, tenant, { kind: 'town' })
    const officer = await buildAccount(test, town, 'territory-officer')
    const headers = ['企业名称', '统一社会信用代码', '行业领域', '地址', '属地单位']
    const bytes = await collectBytes(
      writeWorkbook(
        { sheetName: '企业', title: '企业', columns: headers.map((header) => ({ header })) },
        Array.from({ length: rowsInAll }, (_, n) => ({
          cells: [`${wordOf(n)}制品厂`, nextCreditCode(), '工贸', `${wordOf(n * 7 + 3)}路${n}号`, town.name],
        })),
      ),
    )
    const started = await upload(test, officer, startImport, {
      params: { kind: 'enterprise' },
      file: { name: '企业.xlsx', bytes },
    })
    await runJobs(test)
    const params = { importId: started.body.id }
    const preview = await ask(test, officer, readImport, { params })
    expect(preview.body).toMatchObject({ state: 'preview', counts: { new: rowsInAll } })
    await ask(test, officer, bringIn, { params })

    const counted = async () => {
      const [row] = await test.db.asOwner<{ count: number }>(
        'select count(*)::int as count from enterprise where tenant_id = $1',
        [tenant.id],
      )
      return row?.count ?? 0
    }
    const reached = async (wanted: number, worker: ChildProcess) => {
      while ((await counted()) < wanted) {
        if (worker.exitCode !== null) throw new Error(`the worker ended by itself with ${worker.exitCode}`)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    }
    const kills: number[] = []
    for (const wanted of [400, 1600]) {
      const worker = startWorker()
      await reached(wanted, worker)
      worker.kill('SIGKILL')
      await once(worker, 'exit')
      kills.push(await counted())
    }
    expect(kills[1]).toBeLessThan(rowsInAll)
    await reached(rowsInAll, startWorker())
    for (;;) {
      const { body } = await ask(test, officer, readImport, { params })
      if (body.state === 'done') {
        expect(body).toMatchObject({
          written: { new: rowsInAll, changed: 0 },
          counts: { written: rowsInAll, refused: 0 },
        })
        break
      }
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    const [there] = await test.db.asOwner<Record<string, number>>(
      `select (select count(*) from enterprise where tenant_id = $1)::int as enterprises,
         (select count(distinct credit_code) from enterprise where tenant_id = $1)::int as codes,
         (select count(*) from unit where tenant_id = $1 and kind = 'enterprise')::int as units,
         (select count(*) from unit_placement p join unit u using (tenant_id) where tenant_id = $1 and u.id = p.unit_id and u.kind = 'enterprise')::int as placements,
         (select count(*) from unit_path p join unit u using (tenant_id) where tenant_id = $1 and u.id = p.unit_id and u.kind = 'enterprise'
            and p.path = u.territory_path)::int as paths,
         (select count(*) from audit_entry where tenant_id = $1 and action = 'enterprise.register')::int as entries`,
      [tenant.id],
    )
    expect(there).toEqual({
      enterprises: rowsInAll,
      codes: rowsInAll,
      units: rowsInAll,
      placements: 2 * rowsInAll,
      paths: rowsInAll,
      entries: rowsInAll,
    })
    // What was written in pages is covered by the chain as what is written one by one.
    const verdicts = await verifyDatabase(test.platform, test.modules.verifiers, { of: ({ id }) => id === tenant.id })
    expect(verdicts.map(({ ok }) => ok)).toEqual([true])
  })
})

/** Names far enough apart that none looks like another. */
function wordOf(n: number): string {
  const letters = [...'榆柳松杉桂兰荷菊梅竹枫桐槐杨桃李杏梨枣栗茶棉麻桑葵芦苇蒲藤萝蕨苔']
  let word = ''
  for (let rest = n * 2_654_435 + 97; word.length < 5; rest = Math.floor(rest / 31) + n * 17)
    word += letters[rest % letters.length] ?? ''
  return word
}
