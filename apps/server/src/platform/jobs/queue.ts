/** Jobs: graphile-worker on the owner's connection; modules add work through `enqueue`, inside their own transaction. */
import { EventEmitter } from 'node:events'
import { run, type Runner, type TaskList } from 'graphile-worker'
import pg from 'pg'
import { createPool } from '../db/pools.js'
import type { Handle } from '../db/scope.js'
import { stackPlaces, type Log } from '../log.js'

export interface Job<Payload> {
  readonly name: string
  run(payload: Payload): Promise<void>
}

export async function enqueue(
  handle: Handle,
  name: string,
  payload: unknown,
  options: { readonly runAt?: Date; readonly key?: string } = {},
): Promise<void> {
  await handle.query('select enqueue($1, $2, $3, $4)', [
    name,
    JSON.stringify(payload),
    options.runAt ?? null,
    options.key ?? null,
  ])
}

/** Many jobs of one name in one statement. A key that stands twice among them is an error of the caller. */
export async function enqueueMany(
  handle: Handle,
  name: string,
  jobs: readonly { readonly payload: unknown; readonly runAt: Date; readonly key: string }[],
): Promise<void> {
  if (jobs.length === 0) return
  await handle.query('select enqueue_many($1, $2::json[], $3::timestamptz[], $4::text[])', [
    name,
    jobs.map(({ payload }) => JSON.stringify(payload)),
    jobs.map(({ runAt }) => runAt),
    jobs.map(({ key }) => key),
  ])
}

export interface JobRunner {
  stop(): Promise<void>
}

const stopSeconds = 30

export async function startJobs(
  ownerUrl: string,
  jobs: readonly Job<never>[],
  log: Log,
  pollMs = 2000,
): Promise<JobRunner> {
  const taskList: TaskList = {}
  for (const job of jobs) {
    taskList[job.name] = async (payload) => {
      try {
        await job.run(payload as never)
      } catch (cause) {
        // Its message may hold data of the payload.
        const code = (cause as { code?: string }).code
        log.error({ event: 'job-failed', job: job.name, name: (cause as Error).name, code, stack: stackPlaces(cause) })
        throw cause
      }
    }
  }
  const pool = createPool(ownerUrl, 4, 'jobs', log)
  const lock = runnerLock(ownerUrl, log)
  const begin = (): Promise<Runner> =>
    lock.beginUnder((events) =>
      run({
        pgPool: pool,
        taskList,
        noHandleSignals: true,
        events,
        logger: quietLogger(log) as never,
        // Batched, an end of a job that the database was not there to hear is said again; unbatched, it ends the process
        // (an unhandled rejection in graphile-worker 0.17).
        preset: { worker: { concurrentJobs: 2, pollInterval: pollMs, completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      }),
    )

  let stopping = false
  let runner = await begin()
  const kept = (async () => {
    for (;;) {
      await runner.promise.catch(() => undefined)
      if (stopping) return
      log.error({ event: 'jobs-stopped' })
      await new Promise((resolve) => setTimeout(resolve, 1000))
      runner = await begin().catch(() => runner)
      if (stopping) await runner.stop().catch(() => undefined)
    }
  })()
  let stopped: Promise<void> | null = null
  const stop = async (): Promise<void> => {
    stopping = true
    const inPeace = runner
      .stop()
      .catch(() => undefined)
      .then(() => kept)
      .then(() => pool.end())
    // A job that takes longer than this is run again by the next start.
    await Promise.race([inPeace, new Promise((resolve) => setTimeout(resolve, stopSeconds * 1000).unref())])
    await lock.release()
  }
  return { stop: () => (stopped ??= stop()) }
}

const lockStatement = `select pg_advisory_lock(hashtextextended('jobs of ' || $1, 0))`
const unlockStatement = `select pg_advisory_unlock(hashtextextended('jobs of ' || $1, 0))`
const tryLockStatement = `select pg_try_advisory_lock(hashtextextended('jobs of ' || $1, 0)) as free`

/**
 * After a kill a server's jobs would stay locked for four hours. So each runner holds an advisory lock under the name that its
 * jobs are locked by (the pool's, not the worker's), and whoever starts frees the jobs of those that do not hold theirs.
 */
function runnerLock(ownerUrl: string, log: Log) {
  let connected: Promise<pg.Client> | null = null
  let poolId: string | null = null
  let released = false

  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: ownerUrl, application_name: 'bihuan job locks' })
    client.on('error', (cause) => log.warn({ event: 'job-lock-lost', code: (cause as { code?: string }).code }))
    await client.connect()
    if (poolId !== null) await client.query(lockStatement, [poolId])
    client.once('end', () => void again())
    return client
  }
  // The database went away and its locks with it: taken again as soon as it is back.
  const again = async (): Promise<void> => {
    connected = null
    while (!released && connected === null) {
      await new Promise((resolve) => setTimeout(resolve, 500).unref())
      if (!released) await client().catch(() => undefined)
    }
  }
  const client = (): Promise<pg.Client> => {
    connected ??= connect().catch((cause: unknown) => {
      connected = null
      throw cause
    })
    return connected
  }

  return {
    /** One starts at a time: between its first job and its lock, a runner would look dead. */
    async beginUnder(start: (events: EventEmitter) => Promise<Runner>): Promise<Runner> {
      const held = await client()
      await held.query(lockStatement, ['those that start'])
      try {
        if (poolId !== null) await held.query(unlockStatement, [poolId])
        poolId = null
        await freeJobsOfTheDead(held, log)
        const events = new EventEmitter()
        events.on('pool:create', ({ workerPool }: { workerPool: { id: string } }) => {
          poolId = workerPool.id
        })
        const runner = await start(events)
        await held.query(lockStatement, [poolId]).catch(async (cause: unknown) => {
          await runner.stop().catch(() => undefined)
          throw cause
        })
        return runner
      } finally {
        await held.query(unlockStatement, ['those that start']).catch(() => undefined)
      }
    },
    async release(): Promise<void> {
      released = true
      await connected?.then((held) => held.end()).catch(() => undefined)
    },
  }
}

async function freeJobsOfTheDead(client: pg.Client, log: Log): Promise<void> {
  const { rows } = await client.query<{ locked_by: string }>(
    'select distinct locked_by from graphile_worker._private_jobs where locked_by is not null',
  )
  for (const { locked_by: holder } of rows) {
    const { rows: tried } = await client.query<{ free: boolean }>(tryLockStatement, [holder])
    if (!tried[0]?.free) continue
    await client.query('select graphile_worker.force_unlock_workers(array[$1])', [holder])
    await client.query(unlockStatement, [holder])
    log.info({ event: 'dead-runner-freed' })
  }
}

function quietLogger(log: Log) {
  const say = (level: 'error' | 'warn') => (message: string, about?: { failure?: boolean }) => {
    // What a job failed with was logged where it was caught.
    if (about?.failure !== true) log[level]({ event: 'job', message })
  }
  const nothing = () => undefined
  return { scope: () => quietLogger(log), error: say('error'), warn: say('warn'), info: nothing, debug: nothing }
}
