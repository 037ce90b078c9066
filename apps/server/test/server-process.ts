/** A real server as a process of its own: to be started, told to stop, and killed. */
import { spawn, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface ServerProcess {
  readonly url: string
  readonly child: ChildProcess
  /** All that it has said. */
  output(): string
  /** Resolves when it has said that. */
  said(pattern: RegExp): Promise<void>
  /** Sends the signal and waits for the end; gives the exit code, or the signal that ended it. */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals>
}

const root = fileURLToPath(new URL('../../..', import.meta.url))

let built: Promise<void> | undefined
/** The bundle that `npm start` runs, built when it is stale; starts in half the time that the sources take. */
function build(): Promise<void> {
  built ??= new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'scripts/build.mjs'), 'server'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error('the server did not build'))))
  })
  return built
}

export interface ServerOptions {
  readonly dataFolder: string
  readonly port: number
  readonly environment?: Readonly<Record<string, string>>
}

async function launch({ dataFolder, port, environment }: ServerOptions, args: readonly string[]) {
  await build()
  // The server itself and not `npm start` with it as a child: a kill must hit the server.
  const child = spawn(process.execPath, [join(root, 'apps/server/dist/main.mjs'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      BIHUAN_DATA: dataFolder,
      PORT: String(port),
      BIHUAN_LOG: 'warn',
      ...environment,
    },
  })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  return { child, output: () => said }
}

/** Resolves when it says where it answers; a first start founds its district after that. */
export async function startServerProcess(
  options: ServerOptions,
  args: readonly string[] = ['--empty'],
): Promise<ServerProcess> {
  const { child, output } = await launch(options, args)
  return new Promise((resolve, reject) => {
    const early = () => reject(new Error(`the server ended: ${output()}`))
    child.once('exit', early)
    child.stdout?.on('data', () => {
      const url = /闭环已启动：(\S+)/.exec(output())?.[1]
      if (url === undefined) return
      child.removeListener('exit', early)
      resolve({
        url,
        child,
        output,
        said: (pattern) =>
          new Promise((heard) => {
            const listen = () => {
              if (!pattern.test(output())) return
              child.stdout?.removeListener('data', listen)
              heard()
            }
            child.stdout?.on('data', listen)
            listen()
          }),
        end: (signal) =>
          new Promise((ended) => {
            if (child.exitCode !== null || child.signalCode !== null)
              return ended(child.exitCode ?? (child.signalCode as NodeJS.Signals))
            child.once('exit', (code, by) => ended(code ?? (by as NodeJS.Signals)))
            child.kill(signal)
          }),
      })
    })
  })
}

/** A start that is expected to fail: what it said, and how it ended. */
export async function failedStart(
  options: ServerOptions,
  args: readonly string[] = [],
): Promise<{ code: number | null; said: string }> {
  const { child, output } = await launch(options, args)
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, said: output() })))
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
