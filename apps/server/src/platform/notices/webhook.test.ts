import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { MOST_BYTES, packLines, sendToRobot, signedAddress } from './webhook.js'

interface Received {
  readonly path: string
  readonly method: string | undefined
  readonly body: unknown
}

const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

/** A robot that answers as it is told. */
async function robot(
  answer: { status?: number; body?: string; headers?: Record<string, string>; silent?: boolean } = {},
) {
  const received: Received[] = []
  const server = createServer((request: IncomingMessage, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      received.push({
        path: request.url ?? '',
        method: request.method,
        body: JSON.parse(Buffer.concat(parts).toString() || 'null') as unknown,
      })
      if (answer.silent === true) return
      response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers })
      response.end(answer.body ?? '{"errcode":0,"errmsg":"ok"}')
    })
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { received, url: `http://127.0.0.1:${port}/robot/send?access_token=k` }
}

describe('a message to a robot', () => {
  it('is posted as text, and delivered when the robot says so', async () => {
    const { url, received } = await robot()
    expect(await sendToRobot({ url, secret: null }, '【闭环】\n到期')).toEqual({ result: 'delivered' })
    expect(received).toEqual([
      {
        path: '/robot/send?access_token=k',
        method: 'POST',
        body: { msgtype: 'text', text: { content: '【闭环】\n到期' } },
      },
    ])
  })

  it('carries the time and a signature where the robot has a secret', async () => {
    const { url, received } = await robot()
    await sendToRobot({ url, secret: 'SEC1' }, '到期', { now: 1_686_900_000_000 })
    const sent = new URL(received[0]?.path ?? '', url).searchParams
    expect(Object.fromEntries(sent)).toEqual({
      access_token: 'k',
      timestamp: '1686900000000',
      sign: createHmac('sha256', 'SEC1').update('1686900000000\nSEC1').digest('base64'),
    })
    // Base64 has signs that mean something else in an address.
    expect(signedAddress({ url, secret: 'SEC1' }, 1).search).not.toMatch(/[+/](?!robot)/)
  })

  it.each([
    [{ body: '{"errcode":310000,"errmsg":"keywords not in content"}' }, 'refused', 'errcode-310000'],
    [{ status: 500 }, 'refused', 'http-500'],
    [{ status: 504 }, 'unknown', 'http-504'],
    [{ body: 'ok' }, 'delivered', undefined],
  ] as const)('%j: %s', async (answer, result, reason) => {
    const { url } = await robot(answer)
    expect(await sendToRobot({ url, secret: null }, '到期')).toEqual({ result, ...(reason && { reason }) })
  })

  it('does not follow where it is sent on to', async () => {
    const other = await robot()
    const { url } = await robot({ status: 307, headers: { location: other.url } })
    expect(await sendToRobot({ url, secret: null }, '到期')).toEqual({ result: 'refused', reason: 'http-307' })
    expect(other.received).toEqual([])
  })

  it('that is not answered in time may have arrived; one that found nobody has not', async () => {
    const { url, received } = await robot({ silent: true })
    expect(await sendToRobot({ url, secret: null }, '到期', { timeoutMs: 300 })).toMatchObject({ result: 'unknown' })
    expect(received).toHaveLength(1)
    const gone = await robot()
    const [, server] = servers.splice(0)
    await new Promise((resolve) => server?.close(resolve))
    expect(await sendToRobot({ url: gone.url, secret: null }, '到期')).toEqual({
      result: 'refused',
      reason: 'ECONNREFUSED',
    })
  })

  it('never tells the address in what it says of a failure', async () => {
    for (const answer of [{ status: 500 }, { silent: true }, { body: '{"errcode":1}' }]) {
      const { url } = await robot(answer)
      const said = JSON.stringify(await sendToRobot({ url, secret: 'SEC1' }, '到期', { timeoutMs: 200 }))
      expect(said).not.toMatch(/127\.0\.0\.1|access_token|SEC1/)
    }
  })
})

describe('lines in a message', () => {
  it('are as many as it holds, in their order', () => {
    const lines = Array.from({ length: 60 }, (_, index) => `第${index}张调度表（柳荫街道，2023年6月） 2023-06-16 到期`)
    const { content, taken } = packLines('【闭环】', lines)
    expect(content).toBe(['【闭环】', ...lines.slice(0, taken)].join('\n'))
    expect(Buffer.byteLength(content)).toBeLessThanOrEqual(MOST_BYTES)
    expect(Buffer.byteLength(`${content}\n${lines[taken]}`)).toBeGreaterThan(MOST_BYTES)
  })

  it('that are too long by themselves are cut, at a whole character', () => {
    const { content, taken } = packLines('【闭环】', ['长'.repeat(2000), '下一条'])
    expect(taken).toBe(1)
    expect(Buffer.byteLength(content)).toBeLessThanOrEqual(MOST_BYTES)
    expect(content).toMatch(/^【闭环】\n长+…$/)
  })
})
