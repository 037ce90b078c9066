/**
 * The code that is sent to an address to be confirmed: six digits, derived from the server's secret and what it is for. It stands
 * in no table, no job and no log, and fits no other person, address or request.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'

export interface MailCodeSubject {
  readonly tenantId: string
  readonly accountId: string
  readonly address: string
  readonly nonce: string
}

export function mailCode(secret: Buffer, { tenantId, accountId, address, nonce }: MailCodeSubject): string {
  const digest = createHmac('sha256', secret)
    .update(`bihuan mail ${JSON.stringify([tenantId, accountId, address, nonce])}`)
    .digest()
  // Of 48 bits the remainder by a million is as good as even.
  return String(digest.readUIntBE(0, 6) % 1_000_000).padStart(6, '0')
}

export function isMailCode(secret: Buffer, subject: MailCodeSubject, given: string): boolean {
  const [wanted, said] = [mailCode(secret, subject), given.normalize('NFKC').replaceAll(/\s/g, '')]
  return said.length === wanted.length && timingSafeEqual(Buffer.from(said), Buffer.from(wanted))
}
