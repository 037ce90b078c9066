/** How long a start takes until the log-in page answers, and what the server weighs while it serves. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { logIn, whoAmI } from '@bihuan/contracts'
import type { Figure } from './figure.js'

export const name = 'start'
export const setting =
  '`npm start -- --empty` on a copy of the sources without a build, then on an empty data folder with the build, then again on the same folder; then with the example data under 16 clients.'

const root = fileURLToPath(new URL('../..', import.meta.url))

export async function run(smoke: boolean): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bihuan-bench-start-'))
  try {
    const checkout = join(folder, 'checkout')
    await copySources(checkout)
    const fresh = await measureStart(checkout, join(folder, 'data-1'), ['--empty'])
    await stop(fresh)
    const first = await measureStart(checkout, join(folder, 'data-2'), ['--empty'])
    await stop(first)
    const again = await measureStart(checkout, join(folder, 'data-2'), ['--empty'])
    const idle = await residentMegabytes(again.child)
    await stop(again)
    return [
      seconds('first start of a fresh clone, build included, to a usable log-in page', fresh.seconds, 20),
      seconds('first start on an empty data folder, built', first.seconds, 20),
      seconds('later start', again.seconds, 5),
      megabytes('resident after a start', idle),
      ...(smoke ? [] : await weighServing(checkout, join(folder, 'data-3'))),
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** What a clone would have, and what is not committed yet; dependencies are shared. */
async function copySources(to: string): Promise<void> {
  const list = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
  })
  for (const path of list.split('\0')) {
    if (path === '') continue
    await mkdir(dirname(join(to, path)), { recursive: true })
    // One that was deleted and not committed is listed and gone.
    await cp(join(root, path), join(to, path)).catch(() => undefined)
  }
  await symlink(join(root, 'node_modules'), join(to, 'node_modules'))
}

interface Started {
  readonly child: ChildProcess
  readonly url: string
  readonly seconds: number
  said(): string
}

/** Until the page, its script and the API all answer: what a person needs to log in. */
async function measureStart(checkout: string, dataFolder: string, args: readonly string[]): Promise<Started> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const began = performance.now()
  const child = spawn(process.execPath, ['scripts/start.mjs', ...args], {
    cwd: checkout,
    env: { ...process.env, PORT: String(port), BIHUAN_DATA: dataFolder, BIHUAN_LOG: 'warn' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the server ended: ${said}`)
    if (performance.now() - began > 120_000) throw new Error(`the log-in page did not come: ${said}`)
    if (await pageAnswers(url)) break
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return { child, url, seconds: (performance.now() - began) / 1000, said: () => said }
}

async function pageAnswers(url: string): Promise<boolean> {
  try {
    const page = await fetch(`${url}/login`, { headers: { accept: 'text/html' } })
    const script = /<script[^>]+src="([^"]+\.js)"/.exec(await page.text())?.[1]
    if (page.status !== 200 || script === undefined) return false
    const [asset, session] = await Promise.all([fetch(new URL(script, url)), fetch(`${url}${whoAmI.path}`)])
    await asset.arrayBuffer()
    return asset.status === 200 && session.status === 401
  } catch {
    return false
  }
}

async function stop({ child }: Started): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
}

/** With the example data: log-in pages, ledgers, hazards and campaigns, asked by 16 clients for ten seconds. */
async function weighServing(checkout: string, dataFolder: string): Promise<Figure[]> {
  const started = await measureStart(checkout, dataFolder, [])
  try {
    const [, password = '', loginName = ''] = await heard(started, /密码都是 (\S+)）：\n\s+(?:\S+admin\s.*\n\s+)*(\S+)/)
    await settled(started)
    const login = await fetch(`${started.url}${logIn.path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-requested-with': 'bihuan' },
      body: JSON.stringify({ loginName, password }),
    })
    const cookie = /bihuan_session=[^;]+/.exec(login.headers.get('set-cookie') ?? '')?.[0] ?? ''
    const listed = (await (await fetch(`${started.url}/api/hazards?limit=50`, { headers: { cookie } })).json()) as {
      items: { id: string }[]
    }
    const paths = [
      '/',
      whoAmI.path,
      '/api/campaigns',
      '/api/hazards?limit=50',
      ...listed.items.slice(0, 20).map(({ id }) => `/api/hazards/${id}`),
    ]
    const until = Date.now() + 10_000
    let asked = 0
    const failed = new Set<string>()
    const client = async (offset: number): Promise<void> => {
      for (let at = offset; Date.now() < until; at++) {
        const path = paths[at % paths.length] ?? '/'
        const answer = await fetch(`${started.url}${path}`, { headers: { cookie } })
        await answer.arrayBuffer()
        asked += 1
        if (answer.status !== 200) failed.add(`${path}: ${answer.status}`)
      }
    }
    await Promise.all(Array.from({ length: 16 }, (_, offset) => client(offset)))
    if (failed.size > 0) throw new Error(`not all was answered: ${[...failed].slice(0, 3).join(', ')}`)
    return [
      megabytes(
        `resident while serving (${Math.round(asked / 10)} requests/s of 16 clients, example data)`,
        await residentMegabytes(started.child),
        250,
      ),
      megabytes(
        'the most it ever was since its start, loading the example data included',
        await residentMegabytes(started.child, 'VmHWM'),
      ),
    ]
  } finally {
    await stop(started)
  }
}

async function heard(started: Started, pattern: RegExp): Promise<RegExpExecArray> {
  for (const deadline = Date.now() + 300_000; Date.now() < deadline;) {
    const found = pattern.exec(started.said())
    if (found) return found
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error(`the example data did not come: ${started.said()}`)
}

/** Loading leaves garbage that a server which only serves never makes; it is given a moment to be collected. */
async function settled({ url }: Started): Promise<void> {
  await fetch(`${url}/healthz`)
  await new Promise((resolve) => setTimeout(resolve, 5000))
}

/** Of the process itself, PostgreSQL aside; Linux only. */
async function residentMegabytes(child: ChildProcess, field = 'VmRSS'): Promise<number> {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8')
  return Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024
}

function seconds(what: string, value: number, limit: number): Figure {
  return { what, value: `${value.toFixed(1)} s`, limit: `≤ ${limit} s`, kept: value <= limit }
}

function megabytes(what: string, value: number, limit?: number): Figure {
  const figure = { what, value: `${Math.round(value)} MB` }
  return limit === undefined ? figure : { ...figure, limit: `≤ ${limit} MB`, kept: value <= limit }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
