/** Files by content: the same bytes stand once, under their SHA-256, in a folder or in S3-compatible storage. */
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, stat, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'

export interface StoredFile {
  readonly sha256: string
  readonly size: number
}

export interface FileStore {
  put(bytes: Uint8Array): Promise<StoredFile>
  get(sha256: string): Promise<Readable | null>
}

/** The disk said no: full, or read-only. Nothing half-written stays. */
export class FileStoreFull extends Error {}

export function createFolderStore(folder: string): FileStore {
  const place = (sha256: string) => join(folder, sha256.slice(0, 2), sha256)
  return {
    async put(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const path = place(sha256)
      if (await exists(path, bytes.length)) return { sha256, size: bytes.length }
      const draft = `${path}.${randomUUID()}`
      try {
        await mkdir(dirname(path), { recursive: true })
        const file = await open(draft, 'wx', 0o600)
        try {
          await file.writeFile(bytes)
          // Acknowledged means on the disk.
          await file.sync()
        } finally {
          await file.close()
        }
        await rename(draft, path)
        await syncFolder(dirname(path))
      } catch (cause) {
        await unlink(draft).catch(() => undefined)
        const code = (cause as NodeJS.ErrnoException).code
        if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EROFS') throw new FileStoreFull(code, { cause })
        throw cause
      }
      return { sha256, size: bytes.length }
    },
    async get(sha256) {
      if (!/^[0-9a-f]{64}$/.test(sha256)) return null
      const path = place(sha256)
      return (await exists(path)) ? createReadStream(path) : null
    },
  }
}

/** The new name must be on the disk too. Windows cannot open a folder, and keeps names in its journal. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const opened = await open(folder, 'r')
  try {
    await opened.sync()
  } finally {
    await opened.close()
  }
}

async function exists(path: string, size?: number): Promise<boolean> {
  try {
    const found = await stat(path)
    return size === undefined || found.size === size
  } catch {
    return false
  }
}
