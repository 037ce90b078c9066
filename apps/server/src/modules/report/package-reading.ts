/** A package as it came over the line, read and checked as far as that can be done without knowing anybody: in a thread, or right here. */
import { createHash } from 'node:crypto'
import { returnPackage, type NarrativePackage, type ReturnPackage, type TablePackage } from '@bihuan/contracts'
import { unstorable } from '../../platform/http/unstorable.js'
import type { HttpRefusal } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { isSignedBy } from '../../platform/signing.js'
import { packageHashOf, signedText } from './package-form.js'

export interface PackageFile {
  readonly sha256: string
  readonly bytes: Uint8Array
}

/** What is asked of it; its ledger and the bytes of its files stand in `kept` and `files`. */
export type ReadContent = Omit<TablePackage, 'ledger'> | Omit<NarrativePackage, 'files'>

export interface ReadPackage {
  readonly content: ReadContent
  readonly packageHash: string
  /** By the key that it names: whose that is, the asker knows. */
  readonly isSigned: boolean
  /** JSON, without the bytes of files. */
  readonly kept: string
  readonly files: readonly PackageFile[]
}

const mostPlaces = 20

export function readPackage(bytes: Uint8Array): Answer<ReadPackage> {
  let said: unknown
  try {
    said = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'))
  } catch {
    return unreadable('这不是报表数据包，读不出内容。请选择对方导出的数据包文件。')
  }
  if (unstorable(said)) return unreadable('数据包里有不能保存的字符（空字符或残缺的字符）。请发送方重新导出。')
  const read = returnPackage.safeParse(said)
  if (!read.success) {
    return unreadable(
      '这不是完整的报表数据包，或出自别的版本的系统。请发送方重新导出；仍不行的，请核对两边系统的版本。',
      {
        places: read.error.issues
          .slice(0, mostPlaces)
          .map(({ path, message }) => ({ path: path.map(String).join('.'), message })),
      },
    )
  }
  const given = read.data
  const text = signedText(given)
  const files = given.version === 2 ? filesOf(given) : []
  const isSigned = files !== null && isSignedBy(given.sender.publicKey, text, given.signature.value)
  const { content, kept } = withoutBulk(given)
  return { ok: true, value: { content, packageHash: packageHashOf(text), isSigned, kept, files: files ?? [] } }
}

function withoutBulk(given: ReturnPackage): Pick<ReadPackage, 'content' | 'kept'> {
  if (given.version === 1) {
    const { ledger: _, ...content } = given
    return { content, kept: JSON.stringify(given) }
  }
  const { files: _, ...content } = given
  return { content, kept: JSON.stringify(content) }
}

/**
 * The bytes of every file that is named, each once and no other; null where any of it is not as it was signed. Base64 has several
 * spellings of the same bytes: only the one that is written by the book is taken, so that no byte of a package can be altered.
 */
function filesOf({ narrative, files }: NarrativePackage): readonly PackageFile[] | null {
  const named = new Map(narrative.deliveries.flatMap((one) => one.files.map(({ sha256, size }) => [sha256, size])))
  const found = new Map<string, PackageFile>()
  for (const { sha256, base64 } of files) {
    const bytes = Buffer.from(base64, 'base64')
    const isWhole =
      named.get(sha256) === bytes.length &&
      createHash('sha256').update(bytes).digest('hex') === sha256 &&
      bytes.toString('base64') === base64
    if (!isWhole || found.has(sha256)) return null
    found.set(sha256, { sha256, bytes })
  }
  return found.size === named.size ? [...found.values()] : null
}

function unreadable(message: string, more: Partial<HttpRefusal> = {}): Extract<Answer<never>, { ok: false }> {
  return { ok: false, refusal: { code: 'request.invalid', message, ...more } }
}
