/** What leaves this server for another is signed with a key of the tenant's own (Ed25519), derived from the server's secret: one on every server of a database, and none to keep. */
import { createHash, createPrivateKey, createPublicKey, hkdfSync, sign, verify, type KeyObject } from 'node:crypto'

/** Of RFC 8410: what stands before the 32 bytes of a private key. */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex')

export interface SigningKey {
  /** SPKI in base64: what a receiver keeps. */
  readonly publicKey: string
  sign(text: string): string
}

export function signingKeyOf(secret: Buffer, tenantId: string): SigningKey {
  const seed = Buffer.from(hkdfSync('sha256', secret, '', `bihuan package ${tenantId}`, 32))
  const key = createPrivateKey({ key: Buffer.concat([pkcs8Head, seed]), format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64')
  return { publicKey, sign: (text) => sign(null, Buffer.from(text), key).toString('base64') }
}

/** Null for what is no Ed25519 key. */
export function readPublicKey(text: string): KeyObject | null {
  try {
    const key = createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' })
    return key.asymmetricKeyType === 'ed25519' ? key : null
  } catch {
    return null
  }
}

/** What two people read to each other: SHA-256 of the key, in sixteen groups of four. Null for what is no Ed25519 key. */
export function fingerprintOf(publicKey: string): string | null {
  const key = readPublicKey(publicKey)
  if (key === null) return null
  const digest = createHash('sha256')
    .update(key.export({ format: 'der', type: 'spki' }))
    .digest('hex')
  return digest.toUpperCase().match(/.{4}/g)?.join(' ') ?? null
}

export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  const key = readPublicKey(publicKey)
  return key !== null && verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'))
}
