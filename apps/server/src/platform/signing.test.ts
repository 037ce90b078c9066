import { expect, it } from 'vitest'
import { isSignedBy, readPublicKey, signingKeyOf } from './signing.js'

const secret = Buffer.alloc(32, 7)

it('is the same key on every server of a database, and another for another tenant', () => {
  const [one, again, other] = [signingKeyOf(secret, 'a'), signingKeyOf(secret, 'a'), signingKeyOf(secret, 'b')]
  expect(again.publicKey).toBe(one.publicKey)
  expect(other.publicKey).not.toBe(one.publicKey)
  expect(isSignedBy(one.publicKey, '报表', again.sign('报表'))).toBe(true)
  expect(isSignedBy(other.publicKey, '报表', one.sign('报表'))).toBe(false)
  expect(isSignedBy(one.publicKey, '报表。', one.sign('报表'))).toBe(false)
})

it.each(['', 'not a key', Buffer.alloc(44).toString('base64')])('takes no key from %o', (text) => {
  expect(readPublicKey(text)).toBeNull()
  expect(isSignedBy(text, 'x', signingKeyOf(secret, 'a').sign('x'))).toBe(false)
})
