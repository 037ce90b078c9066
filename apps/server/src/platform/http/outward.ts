/**
 * A POST to a server that a person named: to an address that was judged (guarded-address.ts), within a time and a size, and no further than
 * there: what sends on to elsewhere is an answer like any other.
 */
import { request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import { judgedAddress } from './guarded-address.js'

export interface OutwardLimits {
  readonly totalMs: number
  readonly answerBytes: number
}

const usual: OutwardLimits = { totalMs: 120_000, answerBytes: 256 * 1024 }

export type OutwardAnswer =
  | { readonly ok: true; readonly status: number; readonly text: string }
  /** A code: of the network, or of what is not allowed. No address, no header. */
  | { readonly ok: false; readonly reason: string }

export interface OutwardOptions {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  readonly privateHosts: readonly string[]
  readonly limits?: Partial<OutwardLimits>
  /** Whose certificates count besides those that Node knows. */
  readonly ca?: string
}

export async function postOutward(url: URL, options: OutwardOptions): Promise<OutwardAnswer> {
  const { totalMs, answerBytes } = { ...usual, ...options.limits }
  const isEncrypted = url.protocol === 'https:'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (!isEncrypted && !(url.protocol === 'http:' && options.privateHosts.includes(host)))
    return { ok: false, reason: 'not-https' }
  const signal = AbortSignal.timeout(totalMs)
  try {
    const judged = await judgedAddress(host, options.privateHosts)
    if (judged === null) return { ok: false, reason: 'address-not-allowed' }
    return await new Promise<OutwardAnswer>((resolve, reject) => {
      const request = (isEncrypted ? overHttps : overHttp)(url, {
        method: 'POST',
        headers: { ...options.headers, 'content-length': String(options.body.byteLength) },
        // Not the name a second time: the address that was judged.
        lookup: (_name, asked, done) =>
          asked.all === true
            ? (done as unknown as (cause: null, found: readonly { address: string; family: number }[]) => void)(null, [
                judged,
              ])
            : done(null, judged.address, judged.family),
        agent: false,
        signal,
        ...(options.ca === undefined ? {} : { ca: options.ca }),
      })
      request.on('error', reject)
      request.on('response', (answer) => {
        const parts: Buffer[] = []
        let length = 0
        answer.on('data', (part: Buffer) => {
          length += part.length
          parts.push(part)
          if (length <= answerBytes) return
          request.destroy()
          resolve({ ok: false, reason: 'answer-too-large' })
        })
        answer.on('end', () =>
          resolve({ ok: true, status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') }),
        )
        answer.on('error', reject)
      })
      request.end(options.body)
    })
  } catch (cause) {
    const { code, name } = cause as { code?: string; name: string }
    return { ok: false, reason: signal.aborted ? 'ETIMEDOUT' : (code ?? name) }
  }
}
