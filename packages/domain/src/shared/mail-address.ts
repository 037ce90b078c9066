/**
 * A mail address that may stand in a header and in an SMTP command: of RFC 5321 the plain form only, no quotes, no comment, no
 * list, no display name. What would end a header or begin another cannot be part of it.
 */
import { decided, refused, type Decision } from './decision.js'

const local = String.raw`[A-Za-z0-9!#$%&'*+/=?^_\x60{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_\x60{|}~-]+)*`
const label = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?'
const plainForm = new RegExp(`^(?:${local})@(?:${label}\\.)+${label}$`)

export function readMailAddress(text: string): Decision<string> {
  const address = text.normalize('NFKC').trim()
  const at = address.lastIndexOf('@')
  // RFC 5321, 4.5.3.1: 64 before the @, 254 in all.
  if (!plainForm.test(address) || at > 64 || address.length > 254) {
    return refused('mail.address', '这不是一个邮箱地址。请只填一个地址，如 anban@example.gov.cn。', 'address')
  }
  // The host's part is the same in any case; before the @ a server may tell the cases apart.
  return decided(address.slice(0, at) + address.slice(at).toLowerCase())
}
