import type { FileStore } from './store.js'

/** All of a file at once; null where the store has none. */
export async function bytesOf(files: FileStore, sha256: string): Promise<Buffer | null> {
  const content = await files.get(sha256)
  if (content === null) return null
  const pieces: Buffer[] = []
  for await (const piece of content) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}
