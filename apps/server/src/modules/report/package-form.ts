/** What of a package is signed, and by what it is known again. */
import { createHash } from 'node:crypto'
import type { ReturnPackage } from '@bihuan/contracts'
import { canonical } from '../../platform/audit/chain.js'

/** 50,000 rows of a ledger with their descriptions, or a report with its scan, and room to spare. */
export const mostPackageBytes = 64 * 1024 * 1024
/** Of the files in one: a third more in base64, and the words besides. */
export const mostFileBytes = 45 * 1024 * 1024

/** Everything but the signature and the bytes of files, whose hashes it holds. */
export function signedText(given: ReturnPackage): string {
  const { signature: _, ...content } = given
  if (!('files' in content)) return canonical(content)
  const { files: __, ...words } = content
  return canonical(words)
}

export function packageHashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
