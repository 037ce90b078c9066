import { createServer as createPlain, type RequestListener, type Server } from 'node:http'
import { createServer as createEncrypted } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { selfSigned } from '../../../test/self-signed.js'
import { postOutward, type OutwardOptions } from './outward.js'

const certificate = selfSigned()
const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

async function start(listener: RequestListener, isEncrypted = false): Promise<URL> {
  const server = isEncrypted ? createEncrypted(certificate, listener) : createPlain(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return new URL(`${isEncrypted ? 'https' : 'http'}://127.0.0.1:${port}/api/packages`)
}

const post = (url: URL, more: Partial<OutwardOptions> = {}) =>
  postOutward(url, {
    headers: { authorization: 'Bearer k1', 'content-type': 'application/json' },
    body: Buffer.from('{"a":1}'),
    privateHosts: ['127.0.0.1', 'localhost'],
    ...more,
  })

describe('a request outward', () => {
  it('sends the body with its headers and gives the answer', async () => {
    const seen: unknown[] = []
    const url = await start((request, answer) => {
      const parts: Buffer[] = []
      request.on('data', (part: Buffer) => parts.push(part))
      request.on('end', () => {
        seen.push([request.method, request.url, request.headers.authorization, Buffer.concat(parts).toString()])
        answer.writeHead(422).end('{"error":{}}')
      })
    })
    expect(await post(url)).toEqual({ ok: true, status: 422, text: '{"error":{}}' })
    expect(seen).toEqual([['POST', '/api/packages', 'Bearer k1', '{"a":1}']])
  })

  it('goes over HTTPS to whom a known authority vouches for, and to nobody else', async () => {
    const url = await start((_request, answer) => answer.end('ok'), true)
    expect(await post(url, { ca: certificate.cert })).toEqual({ ok: true, status: 200, text: 'ok' })
    const named = new URL(url)
    named.hostname = 'localhost'
    expect(await post(named, { ca: certificate.cert })).toEqual({ ok: true, status: 200, text: 'ok' })
    expect(await post(url)).toEqual({ ok: false, reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
  })

  it('goes neither inside nor unencrypted but to hosts that the operator named', async () => {
    let asked = 0
    const url = await start((_request, answer) => {
      asked += 1
      answer.end('ok')
    })
    expect(await post(url, { privateHosts: [] })).toEqual({ ok: false, reason: 'not-https' })
    const encrypted = new URL(url.href.replace('http:', 'https:'))
    expect(await post(encrypted, { privateHosts: [] })).toEqual({ ok: false, reason: 'address-not-allowed' })
    expect(await post(new URL('file:///etc/passwd'))).toEqual({ ok: false, reason: 'not-https' })
    expect(asked).toBe(0)
  })

  it('does not follow where it is sent on to', async () => {
    let elsewhere = 0
    const other = await start(() => (elsewhere += 1))
    const url = await start((_request, answer) => answer.writeHead(307, { location: other.href }).end())
    expect(await post(url)).toMatchObject({ ok: true, status: 307 })
    expect(elsewhere).toBe(0)
  })

  it('ends when the answer does not, or never comes', async () => {
    const endless = await start((_request, answer) => {
      answer.writeHead(200)
      const more = setInterval(() => answer.write('x'.repeat(10_000)), 1)
      answer.on('close', () => clearInterval(more))
    })
    expect(await post(endless, { limits: { answerBytes: 50_000 } })).toEqual({ ok: false, reason: 'answer-too-large' })
    const silent = await start(() => undefined)
    expect(await post(silent, { limits: { totalMs: 200 } })).toEqual({ ok: false, reason: 'ETIMEDOUT' })
    const [server] = servers.splice(-1)
    server?.closeAllConnections()
    await new Promise((resolve) => server?.close(resolve))
    expect(await post(silent)).toEqual({ ok: false, reason: 'ECONNREFUSED' })
  })
})
