/**
 * The embedded PostgreSQL: made, started and stopped with the server, and started again when it dies.
 *
 * `pg_ctl` starts it as a process of its own, so a server killed with -9 leaves it running and the next server takes it
 * over. It listens on a Unix socket only; on Windows, which has none for node, on a free port of 127.0.0.1.
 */
import { spawn } from 'node:child_process'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, chown, lchown, link, mkdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { platform, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { findNativeBinaries, passable, type NativeBinaries } from './native-binaries.js'
import type { Log } from '../log.js'

export interface ClusterOptions {
  readonly folder: string
  readonly log: Log
  /** Package prefix of another major version, for tests. */
  readonly packagePrefix?: string
  /** No fsync: for tests that throw the data away. */
  readonly throwAway?: boolean
  readonly maxConnections?: number
  /** For how long a start that fails is tried again. */
  readonly startSeconds?: number
}

export interface Cluster {
  /** The owner's connection to the product's database. */
  readonly ownerUrl: string
  /** Starts it again if it is gone; resolves when it answers. */
  revive(): Promise<void>
  stop(): Promise<void>
}

export class ClusterError extends Error {}

const owner = 'bihuan_owner'
const database = 'bihuan'

export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const binaries = await findNativeBinaries(options.packagePrefix)
  const home = await clusterHome(options.folder, binaries)
  const data = join(home, 'pgdata')
  const passwordFile = join(home, 'owner-password')

  if (!existsSync(join(data, 'PG_VERSION'))) await initialise(home, data, passwordFile, binaries, options)
  const password = (await readFile(passwordFile, 'utf8')).trim()
  const endpoint = await endpointOf(home)

  const url = (user: string, name: string) =>
    endpoint.socket === null
      ? `postgres://${user}:${password}@127.0.0.1:${endpoint.port}/${name}`
      : `postgres://${user}:${password}@/${name}?host=${encodeURIComponent(endpoint.socket)}`

  const settings = [
    `-p ${endpoint.port}`,
    endpoint.socket === null ? '-c listen_addresses=127.0.0.1' : `-c listen_addresses='' -k ${endpoint.socket}`,
    `-c max_connections=${options.maxConnections ?? 100}`,
    '-c shared_buffers=256MB -c work_mem=16MB -c maintenance_work_mem=256MB -c effective_cache_size=2GB',
    '-c max_wal_size=2GB -c timezone=UTC -c log_min_messages=warning',
    // On a small machine the compiler costs more than it wins on statements of a few milliseconds.
    '-c jit=off',
    options.throwAway ? '-c fsync=off -c synchronous_commit=off -c full_page_writes=off' : '',
  ].join(' ')

  const start = async (): Promise<void> => {
    if (await answers(url('postgres', 'postgres'))) return
    if (endpoint.socket !== null) {
      await mkdir(endpoint.socket, { recursive: true, mode: 0o755 })
      if (binaries.runAs) await lchown(endpoint.socket, binaries.runAs.uid, binaries.runAs.gid)
    }
    // PostgreSQL believes the number, and would refuse to start.
    if ((await postmasterOf(data)) === 'gone, its number taken') await rm(join(data, 'postmaster.pid'))
    const log = join(home, 'postgres.log')
    const args = ['-D', data, '-w', '-t', '60', '-l', log, '-o', settings, 'start']
    const deadline = Date.now() + (options.startSeconds ?? 30) * 1000
    for (;;) {
      const failure = await run(binaries, binaries.pgCtl, args).then(
        () => null,
        (cause: unknown) => String(cause),
      )
      if (failure === null || (await answers(url('postgres', 'postgres')))) return
      // Of two servers that start at once the other one won; or it still recovers from a crash; or, after kill -9 of the
      // postmaster, its last children are not gone yet and a new one is refused.
      if (Date.now() > deadline) throw new ClusterError(`内置数据库没有起来。原因见 ${log}。（${failure}）`)
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
  }

  await start()
  await makeDatabase(url('postgres', 'postgres'), password)

  let reviving: Promise<void> | null = null
  let stopped = false
  const revive = (): Promise<void> => {
    reviving ??= start().finally(() => {
      reviving = null
    })
    return reviving
  }
  const watch = setInterval(() => {
    void (async () => {
      if (stopped || reviving || (await postmasterOf(data)) === 'works') return
      options.log.warn({ event: 'database-died' }, 'embedded PostgreSQL is gone; starting it again')
      await revive().catch((cause: unknown) => options.log.error({ event: 'database-dead', cause: String(cause) }))
    })()
  }, 1000)
  watch.unref()

  return {
    ownerUrl: url(owner, database),
    revive,
    async stop() {
      stopped = true
      clearInterval(watch)
      // Another server on the same data folder still works with it. (Our own connections take a moment to be gone.)
      for (let looks = 1; await othersConnected(url('postgres', 'postgres')); looks++) {
        if (looks === 10) return
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
      await run(binaries, binaries.pgCtl, ['-D', data, '-m', 'fast', '-w', '-t', '60', 'stop']).catch(() => undefined)
      if (options.throwAway) await rm(home, { recursive: true, force: true })
    },
  }
}

/** Where the cluster lives: in the data folder, unless its account cannot get there (a data folder below /root). */
async function clusterHome(folder: string, binaries: NativeBinaries): Promise<string> {
  let home = join(folder, 'postgres')
  await mkdir(folder, { recursive: true })
  if (binaries.runAs) {
    const outside = join('/var/lib/bihuan', createHash('sha256').update(folder).digest('hex').slice(0, 12))
    const stands = (place: string) => existsSync(join(place, 'pgdata'))
    // Where data stands already, it stays: a folder whose rights were changed must not come up as an empty database.
    if (stands(outside)) home = outside
    else if (!(await passable(folder))) {
      if (stands(home))
        throw new ClusterError(
          `数据文件夹 ${folder} 的权限被改过，数据库账户进不去。请允许其他账户进入（chmod o+x）后再启动。`,
        )
      home = outside
    }
  }
  await mkdir(home, { recursive: true })
  if (binaries.runAs) {
    await chown(home, binaries.runAs.uid, binaries.runAs.gid)
    await chmod(home, 0o755)
  }
  return home
}

async function initialise(
  home: string,
  data: string,
  passwordFile: string,
  binaries: NativeBinaries,
  options: ClusterOptions,
): Promise<void> {
  // Made aside and moved into place: killed half-way, or done by two servers at once, it leaves nothing that looks like a cluster.
  const draft = join(home, `draft-${randomUUID()}`)
  if (!existsSync(passwordFile)) {
    await writeFile(draft, randomBytes(24).toString('hex') + '\n', { mode: 0o600, flush: true })
    if (binaries.runAs) await chown(draft, binaries.runAs.uid, binaries.runAs.gid)
    await link(draft, passwordFile).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'EEXIST') throw cause
    })
    await rm(draft)
  }
  // With LC_CTYPE C, trigrams hold no Chinese. macOS has no C.UTF-8.
  const locales = ['C.UTF-8', 'en_US.UTF-8']
  for (const [index, locale] of locales.entries()) {
    try {
      await rm(draft, { recursive: true, force: true })
      await run(binaries, binaries.initdb, [
        `--pgdata=${draft}`,
        '--username=postgres',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        `--locale=${locale}`,
        ...(options.throwAway ? ['--no-sync'] : []),
      ])
      await rename(draft, data).catch((cause: NodeJS.ErrnoException) => {
        if (cause.code !== 'ENOTEMPTY' && cause.code !== 'EEXIST' && cause.code !== 'EPERM') throw cause
      })
      await rm(draft, { recursive: true, force: true })
      return
    } catch (cause) {
      if (index === locales.length - 1) throw new ClusterError(`建内置数据库失败：${String(cause)}（文件夹 ${home}）`)
    }
  }
}

async function endpointOf(home: string): Promise<{ socket: string | null; port: number }> {
  if (platform() !== 'win32') {
    // Beside the data, where every server and command of the folder finds it, whatever its TMPDIR, and nobody else can put one.
    // But a socket's path has at most some 100 characters, and stands unquoted in pg_ctl's options.
    if (home.length < 80 && /^[\w./-]+$/.test(home)) return { socket: home, port: 5432 }
    const socket = join(tmpdir(), `bihuan-${createHash('sha256').update(home).digest('hex').slice(0, 12)}`)
    return { socket, port: 5432 }
  }
  const file = join(home, 'port')
  if (!existsSync(file)) await writeFile(file, String(await freePort()))
  return { socket: null, port: Number(await readFile(file, 'utf8')) }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}

function run(binaries: NativeBinaries, program: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    // 'ignore' and not a pipe: the postmaster would inherit the pipe and keep it open for ever.
    const child = spawn(program, args, {
      stdio: ['ignore', 'ignore', program === binaries.initdb ? 'pipe' : 'ignore'],
      cwd: dirname(program),
      env: { ...process.env, LC_MESSAGES: 'C', LC_ALL: 'C', PGPASSWORD: '' },
      ...(binaries.runAs ?? {}),
    })
    let errors = ''
    child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()))
    child.once('error', reject)
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${program} 退出码 ${code}：${errors.trim()}`)),
    )
  })
}

async function answers(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

/**
 * What became of the postmaster that the data folder names. Its number may be taken without being its own: it was killed and
 * nobody has reaped it (in a container, where node is process 1), or another process got it when the container was started again.
 */
async function postmasterOf(data: string): Promise<'works' | 'gone' | 'gone, its number taken'> {
  const file = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')
  const pid = Number(file.split('\n')[0])
  if (!(pid > 0)) return 'gone'
  try {
    process.kill(pid, 0)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EPERM') return 'gone'
  }
  if (platform() !== 'linux') return 'works'
  // A postmaster works in its data folder, and a dead process nowhere.
  const folder = await realpath(`/proc/${pid}/cwd`).catch(() => null)
  return folder === (await realpath(data)) ? 'works' : 'gone, its number taken'
}

/** The owner is no superuser: what row security and grants forbid, it must first say that it lifts. */
async function makeDatabase(superUrl: string, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: superUrl })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock(823641)')
    const { rows } = await client.query<{ role: boolean; db: boolean }>(
      'select exists (select 1 from pg_roles where rolname = $1) as role, exists (select 1 from pg_database where datname = $2) as db',
      [owner, database],
    )
    if (!rows[0]?.role) await client.query(`create role ${owner} login createrole createdb password '${password}'`)
    if (!rows[0]?.db) await client.query(`create database ${database} owner ${owner}`)
  } finally {
    await client.end()
  }
}

async function othersConnected(superUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: superUrl, connectionTimeoutMillis: 2000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query("select 1 from pg_stat_activity where application_name like 'bihuan%' limit 1")
    return rows.length > 0
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}
