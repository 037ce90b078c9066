import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { proxyTo } from '../../../test/postgres-proxy.js'
import { cloneDatabase, type TestDatabase } from '../../../test/test-database.js'
import { createLog, type Log } from '../log.js'
import { enqueue, startJobs, type Job, type JobRunner } from './queue.js'

const tenantId = '018f0000-0000-7000-8000-00000000000a'
const log = createLog('silent')
const reach = { purpose: 'tenant', tenantId } as const

let db: TestDatabase
let runners: JobRunner[]
let ran: string[]

beforeAll(async () => {
  db = await cloneDatabase()
})
afterAll(() => db.drop())
beforeEach(() => {
  runners = []
  ran = []
})
afterEach(async () => {
  await Promise.all(runners.map((runner) => runner.stop()))
  await db.asOwner('delete from graphile_worker._private_jobs')
})

interface Named {
  readonly name: string
}
const quick: Job<Named> = { name: 'test.quick', run: async ({ name }) => void ran.push(name) }

async function start(jobs: readonly Job<Named>[], url = db.ownerUrl, withLog: Log = log): Promise<JobRunner> {
  const runner = await startJobs(url, jobs, withLog, 100)
  runners.push(runner)
  return runner
}
const add = (task: string, name: string, options: { key?: string; runAt?: Date } = {}) =>
  db.database.withScope(reach, (handle) => enqueue(handle, task, { name }, options))
const waiting = async () =>
  (await db.asOwner<{ count: number }>('select count(*)::int as count from graphile_worker._private_jobs'))[0]?.count

describe('a job', () => {
  it('runs soon after the commit, and is then gone', async () => {
    await start([quick])
    await add('test.quick', 'one')
    await expect.poll(() => ran, { timeout: 15_000 }).toEqual(['one'])
    await expect.poll(waiting, { timeout: 15_000 }).toBe(0)
  })

  it('does not run before the commit, nor after a rollback', async () => {
    await start([quick])
    const undone = db.database.withScope(reach, async (handle) => {
      await enqueue(handle, 'test.quick', { name: 'undone' })
      await new Promise((resolve) => setTimeout(resolve, 300))
      expect(ran).toEqual([])
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    await add('test.quick', 'next')
    await expect.poll(() => ran, { timeout: 15_000 }).toEqual(['next'])
    expect(await waiting()).toBe(0)
  })

  it('with a key waits once, and one with a time waits until then', async () => {
    for (let times = 0; times < 3; times++) await add('test.quick', 'keyed', { key: 'the one' })
    await add('test.quick', 'later', { runAt: new Date(Date.now() + 3_600_000) })
    await start([quick])
    await expect.poll(() => ran, { timeout: 15_000 }).toEqual(['keyed'])
    await expect.poll(waiting, { timeout: 15_000 }).toBe(1)
    expect(ran).toEqual(['keyed'])
  })

  it('is run once by two servers, and by the other one when one stops', async () => {
    const first = await start([quick])
    await start([quick])
    await Promise.all(Array.from({ length: 10 }, (_, n) => add('test.quick', String(n))))
    await expect.poll(() => ran.length, { timeout: 15_000 }).toBe(10)
    await first.stop()
    await add('test.quick', 'after')
    await expect.poll(() => ran.at(-1), { timeout: 15_000 }).toBe('after')
    expect(new Set(ran).size).toBe(ran.length)
  })

  it('that fails is kept for another try, and the log holds nothing of its data', async () => {
    const said: string[] = []
    const listening = { ...log, error: (what: unknown) => said.push(JSON.stringify(what)) } as unknown as Log
    const failing: Job<Named> = {
      name: 'test.fails',
      run: ({ name }) => Promise.reject(new Error(`cannot do it for ${name}, 13800000000`)),
    }
    await start([failing], db.ownerUrl, listening)
    await add('test.fails', '王某')
    await expect
      .poll(() => db.asOwner('select attempts, last_error is not null as failed from graphile_worker._private_jobs'), {
        timeout: 15_000,
      })
      .toEqual([{ attempts: 1, failed: true }])
    await expect.poll(() => said.join(), { timeout: 15_000 }).toMatch(/job-failed.*test\.fails/)
    expect(said.join()).not.toMatch(/王某|1380/)
  })

  it('that is running when the server stops is finished first', async () => {
    let finished = false
    const slow: Job<Named> = {
      name: 'test.slow',
      run: async () => {
        ran.push('began')
        await new Promise((resolve) => setTimeout(resolve, 400))
        finished = true
      },
    }
    const runner = await start([slow])
    await add('test.slow', 'x')
    await expect.poll(() => ran, { timeout: 15_000 }).toEqual(['began'])
    await runner.stop()
    expect(finished).toBe(true)
    expect(await waiting()).toBe(0)
  })
})

describe('the application role', () => {
  it.each([
    'select * from graphile_worker._private_jobs',
    'select * from graphile_worker.jobs',
    `insert into graphile_worker._private_jobs (task_id, payload) values (1, '{}')`,
    'delete from graphile_worker._private_jobs',
    `select graphile_worker.add_job('test.quick', '{}')`,
    `select graphile_worker.force_unlock_workers(array['x'])`,
  ])('has one door to the queue, and this is none: %s', async (sql) => {
    await expect(db.database.withScope(reach, (handle) => handle.query(sql))).rejects.toMatchObject({ code: '42501' })
  })
})

describe('a server that is killed in the middle of a job', () => {
  const children: ChildProcess[] = []
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL')
  })

  /** Another server, which is at the job `name` when this resolves. */
  async function otherServerAt(name: string): Promise<ChildProcess> {
    const script = fileURLToPath(new URL('../../../test/endless-job.ts', import.meta.url))
    const child = spawn(process.execPath, ['--import', 'tsx', script, db.ownerUrl], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    children.push(child)
    await add('test.slow', name)
    const [chunk] = (await once(child.stdout, 'data')) as [Buffer]
    expect(chunk.toString()).toBe(`began ${name}\n`)
    return child
  }
  const slow: Job<Named> = { name: 'test.slow', run: async ({ name }) => void ran.push(name) }

  it('leaves its job, and the next that starts frees and runs it', async () => {
    const child = await otherServerAt('left')
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(await waiting()).toBe(1)
    await start([slow])
    await expect.poll(() => ran, { timeout: 15_000 }).toEqual(['left'])
    await expect.poll(waiting, { timeout: 15_000 }).toBe(0)
  })

  it('is told from one that lives: a job in work is not taken from it', async () => {
    await otherServerAt('in work')
    await start([slow, quick])
    await add('test.quick', 'another')
    await expect.poll(() => ran, { timeout: 15_000 }).toEqual(['another'])
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(ran).toEqual(['another'])
  })
})

describe('a database that goes away', () => {
  it('while a job ends, and comes back: the job is run until its end is heard, and the server keeps what it works on', async () => {
    const proxy = await proxyTo(db.ownerUrl)
    const gates: (() => void)[] = []
    const held: Job<Named> = {
      name: 'test.held',
      run: async ({ name }) => {
        ran.push(name)
        await new Promise<void>((resolve) => gates.push(resolve))
      },
    }
    try {
      const runner = await start([held, quick], proxy.url)
      await add('test.held', 'first')
      await expect.poll(() => ran, { timeout: 15_000 }).toEqual(['first'])
      proxy.takeAway()
      gates[0]?.()
      await new Promise((resolve) => setTimeout(resolve, 1200))
      proxy.giveBack()
      await expect.poll(() => ran, { timeout: 15_000 }).toEqual(['first', 'first'])
      gates[1]?.()
      await expect.poll(waiting, { timeout: 15_000 }).toBe(0)

      // Away and back while it works: its lock was lost with the connection, and is taken again before another starts.
      await add('test.held', 'second')
      await expect.poll(() => ran, { timeout: 15_000 }).toEqual(['first', 'first', 'second'])
      proxy.takeAway()
      proxy.giveBack()
      await new Promise((resolve) => setTimeout(resolve, 1000))
      await start([held])
      await new Promise((resolve) => setTimeout(resolve, 500))
      expect(ran).toEqual(['first', 'first', 'second'])
      gates[2]?.()
      await expect.poll(waiting, { timeout: 15_000 }).toBe(0)
      await runner.stop()
    } finally {
      for (const open of gates) open()
      await proxy.close()
    }
  })
})
