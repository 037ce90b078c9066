/**
 * A message to the robot of a chat group, in the form that 企业微信 and 钉钉 both take
 * (https://developer.work.weixin.qq.com/document/path/91770, https://open.dingtalk.com/document/robots/custom-robot-access).
 * The address holds the robot's key: it stands in no log and in no error.
 */
import { createHmac } from 'node:crypto'

export interface Webhook {
  readonly url: string
  /** 钉钉's 加签; null where the robot has none. */
  readonly secret: string | null
}

/**
 * `refused`: it has certainly not been shown, and may be sent again. `unknown`: it left and no answer came, so that it may stand in the
 * group already.
 */
export type Delivery =
  { readonly result: 'delivered' } | { readonly result: 'refused' | 'unknown'; readonly reason: string }

const TIMEOUT_MS = 10_000
/** 企业微信 takes 2048 bytes. */
export const MOST_BYTES = 2000
/** No connection was made, so nothing has left. */
const neverLeft = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']

export async function sendToRobot(
  webhook: Webhook,
  content: string,
  { now = Date.now(), timeoutMs = TIMEOUT_MS }: { readonly now?: number; readonly timeoutMs?: number } = {},
): Promise<Delivery> {
  try {
    const answer = await fetch(signedAddress(webhook, now), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ msgtype: 'text', text: { content } }),
      // Followed, a message could be led to wherever somebody who holds the first address likes.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    })
    // A gateway that waited in vain does not know either.
    if (answer.status === 504) return { result: 'unknown', reason: 'http-504' }
    if (!answer.ok) return { result: 'refused', reason: `http-${answer.status}` }
    const code = errorCode(await answer.text())
    return code === 0 ? { result: 'delivered' } : { result: 'refused', reason: `errcode-${code}` }
  } catch (cause) {
    const { name, cause: inner } = cause as { name: string; cause?: { code?: string } }
    const code = inner?.code ?? name
    return { result: isUnsent(code) ? 'refused' : 'unknown', reason: code }
  }
}

function isUnsent(code: string): boolean {
  return neverLeft.includes(code) || /CERT|TLS|SELF_SIGNED/.test(code)
}

/** 钉钉: HMAC-SHA256 of the time and the secret, with the secret as the key, both in the address. */
export function signedAddress({ url, secret }: Webhook, now: number): URL {
  const address = new URL(url)
  if (secret !== null) {
    address.searchParams.set('timestamp', String(now))
    address.searchParams.set('sign', createHmac('sha256', secret).update(`${now}\n${secret}`).digest('base64'))
  }
  return address
}

/** Both answer 200 whatever happened, and say in the body what did. A robot of another make may say nothing. */
function errorCode(body: string): number {
  try {
    const { errcode } = JSON.parse(body) as { errcode?: unknown }
    return typeof errcode === 'number' ? errcode : 0
  } catch {
    return 0
  }
}

/** As many lines from the beginning as go into one message; one that is too long by itself is cut. */
export function packLines(
  head: string,
  lines: readonly string[],
): { readonly content: string; readonly taken: number } {
  let content = head
  let taken = 0
  for (const line of lines) {
    const longer = `${content}\n${line}`
    if (Buffer.byteLength(longer) > MOST_BYTES) break
    content = longer
    taken += 1
  }
  if (taken > 0 || lines.length === 0) return { content, taken }
  const room = MOST_BYTES - Buffer.byteLength(`${head}\n…`)
  // A character that is cut in two is left out.
  const cut = new TextDecoder().decode(Buffer.from(lines[0] ?? '').subarray(0, room)).replace(/\ufffd+$/, '')
  return { content: `${head}\n${cut}…`, taken: 1 }
}
