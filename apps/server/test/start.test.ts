/** Starting and stopping, as a real process on a data folder of its own: what goes wrong is said in a sentence, and nothing is left running. */
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCli } from './run-command.js'
import { failedStart, freePort, startServerProcess, type ServerProcess } from './server-process.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bihuan-start-'))
  await chmod(folder, 0o755)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** The embedded cluster of a data folder, by the process that it says it is. */
async function databaseRuns(dataFolder: string): Promise<boolean> {
  const file = join(dataFolder, 'postgres/pgdata/postmaster.pid')
  if (!existsSync(file)) return false
  const pid = Number((await readFile(file, 'utf8')).split('\n')[0])
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** A log-in whose line is slow: the server has its head and waits for the rest. */
async function halfARequest({ url }: ServerProcess): Promise<{ finish(): Promise<string> }> {
  const body = JSON.stringify({ loginName: 'nobody', password: 'nothing of the kind' })
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  let answer = ''
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()))
  await new Promise<void>((resolve) => {
    socket.write(
      `POST /api/session HTTP/1.1\r\nhost: bihuan\r\ncontent-type: application/json\r\nx-requested-with: bihuan\r\ncontent-length: ${body.length}\r\n\r\n${body.slice(0, 10)}`,
      () => resolve(),
    )
  })
  await pause(300)
  return {
    finish: () =>
      new Promise((resolve, reject) => {
        socket.once('error', reject)
        socket.once('close', () => resolve(answer))
        socket.write(body.slice(10))
      }),
  }
}

const answers = async (server: ServerProcess) =>
  (await fetch(`${server.url}/healthz`).catch(() => null))?.status ?? null

describe('a start that cannot be', () => {
  it('says that the port is taken, before it has started a database', async () => {
    const port = await freePort()
    const other: Server = createServer()
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve))
    try {
      const dataFolder = join(folder, 'port')
      const { code, said } = await failedStart({ dataFolder, port })
      expect([code, said]).toEqual([
        1,
        `端口 ${port} 已被别的程序占用。请停掉那个程序，或换一个端口：PORT=${port + 1} npm start。\n`,
      ])
      expect(existsSync(dataFolder)).toBe(false)
    } finally {
      other.close()
    }
  })

  it('says that the data folder cannot be written', async () => {
    await writeFile(join(folder, 'a-file'), '')
    const dataFolder = join(folder, 'a-file', 'data')
    const { code, said } = await failedStart({ dataFolder, port: await freePort() })
    expect([code, said]).toEqual([
      1,
      `数据文件夹 ${dataFolder} 不能写（ENOTDIR）。请改它的权限，或用 BIHUAN_DATA 换一个文件夹。\n`,
    ])
  })

  it.each([
    [{ HOST: '203.0.113.7' }, /^不能在地址 203\.0\.113\.7 上监听/],
    [{ BIHUAN_NOW: 'tomorrow' }, /^环境变量 BIHUAN_NOW 不是时间/],
    [{ DATABASE_URL: 'postgres://nobody:secret@127.0.0.1:1/none' }, /^数据库连不上/],
  ])('says what is wrong with the setting %j', async (environment, sentence) => {
    const { code, said } = await failedStart({
      dataFolder: join(folder, 'setting'),
      port: await freePort(),
      environment,
    })
    expect(code).toBe(1)
    expect(said).toMatch(sentence)
    expect(said).not.toContain('secret')
  })

  it('says that there is no such option', async () => {
    const { code, said } = await failedStart({ dataFolder: join(folder, 'option'), port: await freePort() }, [
      '--emtpy',
    ])
    expect([code, said]).toEqual([1, '没有启动选项“--emtpy”。可用的只有 --empty（不装示例数据）。\n'])
  })
})

describe('a server on its data folder', () => {
  it('starts bare with --empty, tells the first passwords once, and takes its database along when it is told to stop', async () => {
    const dataFolder = join(folder, 'bare')
    const port = await freePort()
    const first = await startServerProcess({ dataFolder, port }, ['--empty'])
    await first.said(/首次启动建了三个管理员[\s\S]*sysadmin[\s\S]*secadmin[\s\S]*audadmin/)
    expect(await answers(first)).toBe(200)
    expect(await databaseRuns(dataFolder)).toBe(true)
    expect(await first.end('SIGTERM')).toBe(0)
    expect(await databaseRuns(dataFolder)).toBe(false)

    const again = await startServerProcess({ dataFolder, port })
    expect(again.output()).not.toContain('首次启动')
    expect(await again.end('SIGINT')).toBe(0)
    expect(await databaseRuns(dataFolder)).toBe(false)
  }, 60_000)

  it('finishes what it was asked before it stops, and takes no more', async () => {
    const dataFolder = join(folder, 'bare')
    const server = await startServerProcess({ dataFolder, port: await freePort() })
    const slow = await halfARequest(server)
    const ended = server.end('SIGTERM')
    await pause(300)
    expect(await answers(server)).toBeNull()
    expect(await slow.finish()).toMatch(/^HTTP\/1\.1 401 /)
    expect(await ended).toBe(0)
  }, 60_000)

  it('shares it with a second server on another port, which goes on when the first one stops', async () => {
    const dataFolder = join(folder, 'shared')
    const [one, other] = [await freePort(), await freePort()]
    // Both at once on an empty folder: one of them makes the database, one of them founds the district.
    const [first, second] = await Promise.all([
      startServerProcess({ dataFolder, port: one }),
      startServerProcess({ dataFolder, port: other }),
    ])
    await Promise.race([first.said(/audadmin/), second.said(/audadmin/)])
    await pause(500)
    const told = [first, second].filter((server) => server.output().includes('首次启动建了三个管理员'))
    expect(told).toHaveLength(1)
    expect(await first.end('SIGTERM')).toBe(0)
    expect(await answers(second)).toBe(200)
    expect(await databaseRuns(dataFolder)).toBe(true)

    // So does a command: it adopts the database, and leaves it running.
    const { code, err } = await runCli(['verify'], { BIHUAN_DATA: dataFolder })
    expect([code, err]).toEqual([0, ''])
    expect(await answers(second)).toBe(200)

    expect(await second.end('SIGTERM')).toBe(0)
    expect(await databaseRuns(dataFolder)).toBe(false)
  }, 90_000)

  it('is backed up and restored into a folder that was not there, with no server running', async () => {
    const file = join(folder, 'cold.bihuan')
    const backedUp = await runCli(['backup', '--out', file], { BIHUAN_DATA: join(folder, 'bare') })
    expect([backedUp.code, backedUp.err]).toEqual([0, ''])
    const restored = join(folder, 'restored')
    const { code, out } = await runCli(['restore', file], { BIHUAN_DATA: restored })
    expect([code, out]).toEqual([0, expect.stringContaining('全部相符')])
    expect(await databaseRuns(restored)).toBe(false)
    const server = await startServerProcess({ dataFolder: restored, port: await freePort() })
    expect(server.output()).not.toContain('首次启动')
    expect(await server.end('SIGTERM')).toBe(0)
  }, 90_000)
})
