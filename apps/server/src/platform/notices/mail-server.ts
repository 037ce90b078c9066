/**
 * A mail handed over to the mail server (SMTP). nodemailer's connection is used without its transport, because the transport does not
 * tell whether the text had begun to leave when the line broke: then the mail may have arrived, and before that it cannot have.
 * What the server says is kept as its code only: its sentences hold addresses.
 */
import { Readable } from 'node:stream'
import type { ConnectionOptions } from 'node:tls'
import MailComposer from 'nodemailer/lib/mail-composer'
import SmtpConnection from 'nodemailer/lib/smtp-connection'
import type { MailSettings } from '../settings.js'
import type { MailText } from './mail-text.js'

export interface Mail extends MailText {
  readonly to: string
  /** One for one mail for ever: a server that sees it twice may know it again. */
  readonly id: string
}

/**
 * `refused`: the server will never take it. `later`: it has certainly not arrived, and may be sent again. `unknown`: it left and no
 * answer came, so that it may have arrived.
 */
export type MailOutcome =
  { readonly result: 'delivered' } | { readonly result: 'refused' | 'later' | 'unknown'; readonly reason: string }

/** One session with the server, for as many mails as are delivered one after the other; after any other outcome it is closed. */
export interface MailSession {
  send(mail: Mail): Promise<MailOutcome>
  close(): void
}

/** Nothing was sent, and nothing will be before somebody mends it or the server is back. */
export class MailServerAway extends Error {
  override readonly name = 'MailServerAway'
}

const TIMEOUT_MS = 20_000
const ownMachine = ['localhost', '127.0.0.1', '::1']

export async function openMailSession(
  { host, port, secure, auth, from }: MailSettings,
  { tls, timeoutMs = TIMEOUT_MS }: { readonly tls?: ConnectionOptions; readonly timeoutMs?: number } = {},
): Promise<MailSession> {
  const connection = new SmtpConnection({
    host,
    port,
    secure,
    // A password never goes over an open line.
    requireTLS: !secure && auth !== null && !ownMachine.includes(host),
    tls: { minVersion: 'TLSv1.2', ...tls },
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    // Of its own host name this machine says nothing.
    name: 'bihuan',
  })
  let lost: unknown = null
  connection.on('error', (cause) => {
    lost = cause
  })
  await new Promise<void>((resolve, reject) => {
    const away = (cause: unknown) => reject(new MailServerAway(codeOf(cause)))
    connection.once('error', away)
    connection.once('end', () => away(lost))
    const opened = (cause?: unknown) => (cause ? away(cause) : resolve())
    connection.connect((cause) => {
      if (cause || auth === null) return opened(cause)
      connection.login({ user: auth.user, pass: auth.pass }, opened)
    })
  }).catch((cause: unknown) => {
    connection.close()
    throw cause
  })
  return {
    async send(mail) {
      const bytes = await written(mail, from)
      const outcome = await new Promise<MailOutcome>((resolve) => {
        let leaving = false
        // Read from only when the server has said that it listens.
        const text = new Readable({
          read() {
            leaving = true
            this.push(bytes)
            this.push(null)
          },
        })
        const ended = () => resolve({ result: leaving ? 'unknown' : 'later', reason: codeOf(lost) })
        connection.once('end', ended)
        connection.send({ from, to: [mail.to] }, text, (cause) => {
          connection.off('end', ended)
          resolve(cause ? outcomeOf(cause, leaving) : { result: 'delivered' })
        })
      })
      if (outcome.result !== 'delivered') connection.close()
      return outcome
    },
    close: () => connection.quit(),
  }
}

/** Of what the server says no to, only the reader's own address and the text are this mail's affair; a refused sender is everybody's. */
function outcomeOf(cause: unknown, leaving: boolean): MailOutcome {
  const { responseCode, command, code } = cause as { responseCode?: number; command?: string; code?: string }
  const reason = codeOf(cause)
  if (responseCode !== undefined) {
    const forever = responseCode >= 500 && command !== 'MAIL FROM'
    return { result: forever ? 'refused' : 'later', reason }
  }
  if (code === 'EENVELOPE') return { result: 'refused', reason }
  return { result: leaving ? 'unknown' : 'later', reason }
}

function codeOf(cause: unknown): string {
  const { responseCode, code } = (cause ?? {}) as { responseCode?: number; code?: string }
  return responseCode === undefined ? (code ?? 'ECONNECTION') : `smtp-${responseCode}`
}

async function written({ to, id, subject, text, html }: Mail, from: string): Promise<Buffer> {
  const composer = new MailComposer({
    from: { name: '闭环', address: from },
    to: { name: '', address: to },
    subject,
    text,
    html,
    messageId: `<${id}@${from.slice(from.lastIndexOf('@') + 1)}>`,
    // RFC 3834: no out-of-office answer to it.
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return composer.compile().build()
}
