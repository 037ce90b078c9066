import { createServer, type AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import {
  certificate,
  headersOf,
  partsOf,
  startMailServer,
  type MailAnswers,
  type TestMailServer,
} from '../../../test/mail-server.js'
import type { MailSettings } from '../settings.js'
import { MailServerAway, openMailSession, type Mail } from './mail-server.js'
import { reminderMail } from './mail-text.js'

const started: TestMailServer[] = []
afterEach(async () => {
  for (const server of started.splice(0)) await server.stop()
})

async function start(answers: MailAnswers = {}, options: Parameters<typeof startMailServer>[0] = {}) {
  const server = await startMailServer(options)
  server.answers = answers
  started.push(server)
  return server
}

const settings = (port: number, more: Partial<MailSettings> = {}): MailSettings => ({
  host: '127.0.0.1',
  port,
  secure: false,
  auth: null,
  from: 'bihuan@example.cn',
  ...more,
})
const trusting = { tls: { ca: certificate.cert } }
const mail: Mail = {
  ...reminderMail('林某', [{ text: '进展情况调度表 今天到期', link: '/returns/1' }], 'https://b.example.cn'),
  to: 'lin@example.cn',
  id: 'a-1',
}
const awayFor = async (work: Promise<unknown>) => {
  const cause: unknown = await work.catch((thrown: unknown) => thrown)
  expect(cause).toBeInstanceOf(MailServerAway)
  return (cause as Error).message
}

describe('a mail', () => {
  it('is handed over as text and as HTML, to one reader, with an id of its own', async () => {
    const server = await start()
    const session = await openMailSession(settings(server.port), trusting)
    expect(await session.send(mail)).toEqual({ result: 'delivered' })
    session.close()
    const [taken] = server.taken
    expect(taken).toMatchObject({ from: 'bihuan@example.cn', to: ['lin@example.cn'] })
    const headers = Object.fromEntries(headersOf(taken!))
    expect(headers).toMatchObject({
      from: '闭环 <bihuan@example.cn>',
      to: 'lin@example.cn',
      subject: '【闭环】进展情况调度表 今天到期',
      'message-id': '<a-1@example.cn>',
      'auto-submitted': 'auto-generated',
    })
    expect(partsOf(taken!).text).toContain('https://b.example.cn/returns/1')
    expect(partsOf(taken!).html).toContain('<a href="https://b.example.cn/returns/1">')
  })

  it('goes over an encrypted line where the server offers one, with user and password', async () => {
    const server = await start({}, { authOptional: false })
    const auth = { user: 'bihuan', pass: 'pa55' }
    const session = await openMailSession(settings(server.port, { auth }), trusting)
    expect(await session.send(mail)).toEqual({ result: 'delivered' })
    session.close()
    expect(server.taken).toMatchObject([{ isEncrypted: true, user: 'bihuan' }])
  })

  it('goes to a server that is encrypted from the first byte', async () => {
    const server = await start({}, { secure: true })
    const session = await openMailSession(settings(server.port, { secure: true }), trusting)
    expect(await session.send(mail)).toEqual({ result: 'delivered' })
    session.close()
    expect(server.taken).toMatchObject([{ isEncrypted: true }])
  })

  it('does not go to a server whose certificate nobody vouches for', async () => {
    const server = await start()
    expect(await awayFor(openMailSession(settings(server.port)))).toBe('ESOCKET')
    expect(server.taken).toEqual([])
  })

  it('takes no password over an open line to another machine', async () => {
    const server = await start({}, { hideSTARTTLS: true, allowInsecureAuth: true })
    const auth = { user: 'bihuan', pass: 'pa55' }
    // Another name of this machine, as far as the rule is concerned.
    const asked = openMailSession(settings(server.port, { host: '127.0.0.2', auth }), trusting)
    expect(await awayFor(asked)).toMatch(/^(smtp-5\d\d|ETLS|ECONNECTION|ESOCKET)$/)
  })

  it.each<[MailAnswers, string, string]>([
    [{ to: () => 550 }, 'refused', 'smtp-550'],
    [{ to: () => 450 }, 'later', 'smtp-450'],
    [{ from: 553 }, 'later', 'smtp-553'],
    [{ data: 554 }, 'refused', 'smtp-554'],
    [{ data: 451 }, 'later', 'smtp-451'],
  ])('%j: %s', async (answers, result, reason) => {
    const server = await start(answers)
    const session = await openMailSession(settings(server.port), trusting)
    expect(await session.send(mail)).toEqual({ result, reason })
    expect(server.taken).toEqual([])
  })

  it('that had left when the line broke may have arrived', async () => {
    const server = await start({ hangUp: true })
    const session = await openMailSession(settings(server.port), trusting)
    expect(await session.send(mail)).toMatchObject({ result: 'unknown' })
  })

  it('that had not left when the line broke has not arrived', async () => {
    const server = await start()
    const session = await openMailSession(settings(server.port), trusting)
    await server.stop()
    started.splice(0)
    expect(await session.send(mail)).toMatchObject({ result: 'later' })
  })

  it('that is not answered in time after its text may have arrived', async () => {
    const silent = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.write('220 silent\r\n')
      socket.on('data', (part) => {
        const said = part.toString()
        if (/^(EHLO|MAIL|RCPT)/.test(said)) socket.write('250 ok\r\n')
        if (said.startsWith('DATA')) socket.write('354 go on\r\n')
      })
    })
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as AddressInfo
    const session = await openMailSession(settings(port), { timeoutMs: 300 })
    expect(await session.send(mail)).toEqual({ result: 'unknown', reason: 'ETIMEDOUT' })
    silent.close()
  })
})

describe('a server', () => {
  it('that refuses the password or is away says so by a code, never by its sentence', async () => {
    const server = await start({ auth: 535 })
    const auth = { user: 'bihuan', pass: 'pa55' }
    expect(await awayFor(openMailSession(settings(server.port, { auth }), trusting))).toBe('smtp-535')
    await server.stop()
    started.splice(0)
    expect(await awayFor(openMailSession(settings(server.port), trusting))).toMatch(/^E[A-Z]+$/)
  })
})
