/** A mail server in the test's own process, that answers as it is told and keeps what it took. */
import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { selfSigned } from './self-signed.js'

/** Of every mail server of this run. */
export const certificate = selfSigned()

export interface TakenMail {
  readonly from: string
  readonly to: readonly string[]
  readonly isEncrypted: boolean
  readonly user: string | null
  /** As it came, header and parts. */
  readonly raw: string
}

/** Refusals, by code: `{ data: 451 }`. `hangUp`: the line breaks when the whole text has come. */
export interface MailAnswers {
  readonly connect?: number
  readonly auth?: number
  readonly from?: number
  readonly to?: (address: string) => number | undefined
  readonly data?: number
  readonly hangUp?: boolean
}

export interface TestMailServer {
  readonly port: number
  readonly taken: TakenMail[]
  answers: MailAnswers
  stop(): Promise<void>
}

const no = (responseCode: number) =>
  Object.assign(new Error('not taken: somebody@example.cn, password pa55'), { responseCode })
const orNo = (code: number | undefined, done: (cause?: Error | null) => void) =>
  code === undefined ? done() : done(no(code))

export async function startMailServer(options: SMTPServerOptions = {}): Promise<TestMailServer> {
  const lines = new Set<{ end(): void; destroy(): void }>()
  const running = {
    port: 0,
    taken: [] as TakenMail[],
    answers: {} as MailAnswers,
    async stop() {
      for (const line of lines) line.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
  const server = new SMTPServer({
    authOptional: true,
    ...certificate,
    disableReverseLookup: true,
    onConnect: (_session, done) => orNo(running.answers.connect, done),
    onAuth({ username = '', password = '' }, _session, done) {
      if (running.answers.auth !== undefined || password !== 'pa55') return done(no(running.answers.auth ?? 535))
      done(null, { user: username })
    },
    onMailFrom: (_address, _session, done) => orNo(running.answers.from, done),
    onRcptTo: ({ address }, _session, done) => orNo(running.answers.to?.(address), done),
    onData(stream, session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        if (running.answers.hangUp === true) {
          for (const line of lines) line.destroy()
          return
        }
        if (running.answers.data !== undefined) return done(no(running.answers.data))
        const { mailFrom, rcptTo } = session.envelope
        running.taken.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          isEncrypted: session.secure,
          user: typeof session.user === 'string' ? session.user : null,
          raw: Buffer.concat(parts).toString('utf8'),
        })
        done()
      })
    },
    ...options,
  })
  server.on('error', () => undefined)
  server.server.on(
    'connection',
    (line: { end(): void; destroy(): void; once(event: 'close', of: () => void): void }) => {
      lines.add(line)
      line.once('close', () => lines.delete(line))
    },
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  running.port = (server.server.address() as AddressInfo).port
  return running
}

/** The headers of a mail, unfolded and with encoded words read. */
export function headersOf({ raw }: TakenMail): readonly (readonly [name: string, value: string])[] {
  const [head = ''] = raw.split('\r\n\r\n')
  return head
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      readWords(line.slice(line.indexOf(':') + 1).trim()),
    ])
}

function readWords(text: string): string {
  return text
    .replace(/\?= =\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, way: string, words: string) =>
      way.toLowerCase() === 'b' ? Buffer.from(words, 'base64').toString() : quotedPrintable(words.replaceAll('_', ' ')),
    )
}

/** The plain part and the HTML part. */
export function partsOf({ raw }: TakenMail): { readonly text: string; readonly html: string } {
  const boundary = /boundary="([^"]+)"/.exec(raw)?.[1] ?? ''
  const parts = raw.split(`--${boundary}`).slice(1, -1)
  const read = (type: string) => {
    const part = parts.find((one) => one.includes(`Content-Type: ${type}`)) ?? ''
    const body = part.slice(part.indexOf('\r\n\r\n') + 4)
    if (/Encoding: base64/i.test(part)) return Buffer.from(body, 'base64').toString()
    return /Encoding: quoted-printable/i.test(part) ? quotedPrintable(body.replace(/=\r\n/g, '')) : body
  }
  return { text: read('text/plain'), html: read('text/html') }
}

function quotedPrintable(text: string): string {
  return Buffer.from(
    text.replace(/=([0-9A-F]{2})/g, (_, byte: string) => String.fromCharCode(Number.parseInt(byte, 16))),
    'latin1',
  ).toString()
}
