import { join } from 'node:path'
import type { Settings } from '../settings.js'
import { createFolderStore, type FileStore } from './store.js'

/** The S3 client is loaded only where it is used: it is large, and most servers keep their files in a folder. */
export async function createFileStore(settings: Settings): Promise<FileStore> {
  if (settings.s3 === null) return createFolderStore(join(settings.dataFolder, 'files'))
  const { createS3Store } = await import('./s3-store.js')
  return createS3Store(settings.s3)
}
