import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import type { Settings } from '../settings.js'
import type { FileStore } from './store.js'

export function createS3Store(given: NonNullable<Settings['s3']>): FileStore {
  const client = new S3Client({
    endpoint: given.url,
    region: given.region,
    forcePathStyle: true,
    credentials: { accessKeyId: given.key, secretAccessKey: given.secret },
  })
  const at = (sha256: string) => ({ Bucket: given.bucket, Key: `${sha256.slice(0, 2)}/${sha256}` })
  const isMissing = (cause: unknown) =>
    (cause as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode === 404
  return {
    async put(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const stands = await client.send(new HeadObjectCommand(at(sha256))).then(
        () => true,
        (cause: unknown) => {
          if (isMissing(cause)) return false
          throw cause
        },
      )
      if (!stands) await client.send(new PutObjectCommand({ ...at(sha256), Body: bytes }))
      return { sha256, size: bytes.length }
    },
    async get(sha256) {
      try {
        const answer = await client.send(new GetObjectCommand(at(sha256)))
        return (answer.Body as Readable | undefined) ?? null
      } catch (cause) {
        if (isMissing(cause)) return null
        throw cause
      }
    },
  }
}
