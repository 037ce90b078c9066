/** The second factor: one-time codes by time (RFC 6238), six digits, thirty seconds, SHA-1 as every authenticator knows it. */
import { Secret, TOTP } from 'otpauth'
import { decrypt, encrypt } from '../../platform/secret.js'

const period = 30

function totp(secretBase32: string, label: string): TOTP {
  return new TOTP({
    issuer: '闭环',
    label,
    algorithm: 'SHA1',
    digits: 6,
    period,
    secret: Secret.fromBase32(secretBase32),
  })
}

export function newOneTimeSecret(
  serverSecret: Buffer,
  loginName: string,
): { sealed: string; uri: string; base32: string } {
  const base32 = new Secret({ size: 20 }).base32
  return { sealed: encrypt(serverSecret, base32), uri: totp(base32, loginName).toString(), base32 }
}

/** The step that the code belongs to, or null. A step is good once: a code seen over a shoulder cannot be used again. */
export function oneTimeCodeStep(
  serverSecret: Buffer,
  sealed: string,
  code: string,
  now: Date,
  lastStep: number | null,
): number | null {
  const delta = totp(decrypt(serverSecret, sealed), 'bihuan').validate({
    token: code.replaceAll(/\s/g, ''),
    timestamp: now.getTime(),
    window: 1,
  })
  if (delta === null) return null
  const step = Math.floor(now.getTime() / 1000 / period) + delta
  return lastStep !== null && step <= lastStep ? null : step
}
