/**
 * Backup: every table and every stored file, in one file, as they stood at one moment. The embedded PostgreSQL ships no pg_dump, and
 * a copy of its folder would be bound to its version and to this machine; COPY in one snapshot is bound to neither.
 *
 * The secret of the data folder is not in it: beside what it encrypts it would encrypt nothing. It is kept apart, and `restore` says
 * when another one is there.
 */
import { createHash, createHmac, type Hash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { open, rename, stat, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { readHead } from '../audit/verify.js'
import { atMaintenance, type Maintenance } from '../db/maintenance.js'
import { readTenants } from '../db/tenants.js'
import type { FileStore } from '../files/store.js'
import type { Platform } from '../platform.js'
import { closeSection, frame, framed, magic, openSection, trailerOf, type BackupHeader } from './backup-format.js'
import { quoted, sequences, tablesInOrder } from './tables.js'

export interface BackupMade {
  readonly header: BackupHeader
  readonly tables: number
  readonly rows: number
  readonly files: number
  /** Hashes of files that have a row and are not in the store, or not what their hash says. */
  readonly lostFiles: readonly string[]
  readonly bytes: number
}

export function secretMark(secret: Buffer): string {
  return createHmac('sha256', secret).update('bihuan backup').digest('hex').slice(0, 16)
}

/** Writes the file at `path`, which must not be there; under that name it stands whole or not at all. */
export async function makeBackup(platform: Platform, path: string, version: string): Promise<BackupMade> {
  // What was committed before the call is under the head that the header tells.
  for (const { id } of await atMaintenance(platform.ownerUrl, platform.log, 'read', ({ client }) =>
    readTenants(client),
  )) {
    await platform.sealer.sealNow(id)
  }
  const draft = `${path}.part`
  try {
    const made = await atMaintenance(platform.ownerUrl, platform.log, 'read', async (maintenance) => {
      const header = await headerOf(maintenance, platform, version)
      const counts = { tables: 0, rows: 0, files: 0, lostFiles: [] as string[] }
      const hash = createHash('sha256')
      await pipeline(
        Readable.from(sections(maintenance.client, platform.files, counts), { objectMode: false }),
        createGzip({ level: 6 }),
        async function* (compressed: AsyncIterable<Buffer>) {
          const opening = Buffer.from(`${magic}${JSON.stringify(header)}\n`)
          hash.update(opening)
          yield opening
          for await (const chunk of compressed) {
            hash.update(chunk)
            yield chunk
          }
          yield Buffer.from(trailerOf(hash))
        },
        createWriteStream(draft, { mode: 0o600 }),
      )
      return { header, ...counts }
    })
    await onDisk(draft)
    await rename(draft, path)
    await onDisk(dirname(path))
    return { ...made, bytes: (await stat(path)).size }
  } catch (cause) {
    await unlink(draft).catch(() => undefined)
    throw cause
  }
}

async function headerOf(
  { client, forTenant }: Maintenance,
  platform: Platform,
  version: string,
): Promise<BackupHeader> {
  const { rows: migrations } = await client.query<BackupHeader['migrations'][number]>(
    'select number, name, checksum from schema_migration order by number',
  )
  const { rows: server } = await client.query<{ version: string }>(
    "select current_setting('server_version') as version",
  )
  const tenants: BackupHeader['tenants'][number][] = []
  for (const tenant of await readTenants(client))
    tenants.push({ ...tenant, head: await readHead(forTenant(tenant.id)) })
  return {
    createdAt: platform.clock.now().toISOString(),
    version,
    postgres: server[0]?.version ?? '',
    migrations,
    tenants,
    secretMark: secretMark(platform.secret),
  }
}

async function* sections(
  client: pg.PoolClient,
  files: FileStore,
  counts: { tables: number; rows: number; files: number; lostFiles: string[] },
): AsyncGenerator<Buffer> {
  for (const { name, columns } of await tablesInOrder(client)) {
    yield* openSection({ kind: 'table', name, columns })
    // Of a query and not of the table: a partitioned one has no rows of its own.
    const rows = client.query(copyTo(`copy (select ${columns.map(quoted).join(', ')} from ${quoted(name)}) to stdout`))
    yield* framed(rows)
    yield* closeSection()
    counts.tables += 1
    counts.rows += rows.rowCount
  }
  // Numbers are given outside of transactions: read last, none that a copied row carries is given again.
  for (const sequence of await sequences(client)) {
    yield* openSection({ kind: 'sequence', ...sequence })
    yield* closeSection()
  }
  let after = ''
  for (;;) {
    const { rows } = await client.query<{ sha256: string; size: number }>(
      'select sha256, max(size) as size from file where sha256 > $1 group by sha256 order by sha256 limit 1000',
      [after],
    )
    for (const { sha256, size } of rows) {
      after = sha256
      const stored = await files.get(sha256)
      if (stored === null) {
        counts.lostFiles.push(sha256)
        yield* openSection({ kind: 'lost-file', sha256 })
      } else {
        yield* openSection({ kind: 'file', sha256, size })
        const hash = createHash('sha256')
        yield* framed(hashed(stored as AsyncIterable<Buffer>, hash))
        if (hash.digest('hex') !== sha256) counts.lostFiles.push(sha256)
        counts.files += 1
      }
      yield* closeSection()
    }
    if (rows.length < 1000) break
  }
  yield frame(
    Buffer.from(JSON.stringify({ kind: 'end', tables: counts.tables, rows: counts.rows, files: counts.files })),
  )
  yield* closeSection()
}

async function* hashed(chunks: AsyncIterable<Buffer>, hash: Hash): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    hash.update(chunk)
    yield chunk
  }
}

async function onDisk(path: string): Promise<void> {
  if (process.platform === 'win32' && !path.endsWith('.part')) return
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
