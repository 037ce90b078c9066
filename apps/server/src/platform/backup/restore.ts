/**
 * Restore: into a database without data, all of it or nothing. What the backup was made under is made first (its migrations), then the
 * rows are loaded in one transaction, then later migrations run as on any other start.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { atMaintenance } from '../db/maintenance.js'
import type { Handle } from '../db/scope.js'
import type { FileStore } from '../files/store.js'
import type { Log } from '../log.js'
import { BackupFileError, FrameReader, type BackupHeader, type SoundBackup } from './backup-format.js'
import { quoted, tablesInOrder } from './tables.js'

/** Cannot be restored here; the message says why and what to do. */
export class RestoreError extends Error {}

/** What a module does after a restore for what a backup does not hold: jobs that wait. In the tenant, as the server itself. */
export type AfterRestore = (handle: Handle) => Promise<void>

export interface Restored {
  readonly tables: number
  readonly rows: number
  readonly files: number
  readonly lostFiles: readonly string[]
}

/** The database has been migrated as far as `sound.header` says. */
export async function loadBackup(
  ground: { readonly ownerUrl: string; readonly log: Log; readonly files: FileStore },
  path: string,
  sound: SoundBackup,
): Promise<Restored> {
  const loading = atMaintenance(ground.ownerUrl, ground.log, 'write', async ({ client }) => {
    const tables = await tablesInOrder(client)
    // A server that starts meanwhile would found a district beside the one that comes: it waits.
    await client.query('lock table tenant in access exclusive mode')
    await refuseUsedDatabase(client)
    await refuseOtherMigrations(client, sound.header)
    await emptyAndOpen(client, tables)

    const compressed = createReadStream(path, { start: sound.from, end: sound.to - 1, highWaterMark: 256 * 1024 })
    const bytes = createGunzip()
    compressed.once('error', (cause) => bytes.destroy(cause))
    const reader = new FrameReader(compressed.pipe(bytes))
    const done = { tables: 0, rows: 0, files: 0, lostFiles: [] as string[] }
    for (;;) {
      const section = await reader.section()
      if (section.kind === 'table') {
        done.rows += await loadTable(client, tables, section, reader.content())
        done.tables += 1
        continue
      }
      if (section.kind === 'file') {
        if (!(await loadFile(ground.files, section.sha256, reader.content()))) done.lostFiles.push(section.sha256)
        done.files += 1
        continue
      }
      for await (const _ of reader.content()) throw new BackupFileError('备份文件的结构不对。请换一份备份。')
      if (section.kind === 'sequence') {
        await client.query('select setval($1::regclass, $2::bigint, $3)', [
          quoted(section.name),
          section.last,
          section.called,
        ])
      } else if (section.kind === 'lost-file') {
        done.lostFiles.push(section.sha256)
      } else {
        await reader.finish()
        if (section.rows !== done.rows || section.tables !== done.tables || section.files !== done.files) {
          throw new BackupFileError('备份文件的内容与它的清单不符。没有恢复任何内容，请换一份备份。')
        }
        break
      }
    }
    for (const { name } of tables) await client.query(`alter table ${quoted(name)} force row level security`)
    await client.query('analyze')
    return done
  })
  return loading.catch((cause: unknown) => {
    // What gunzip says of a stream that breaks off, or is none.
    const unreadable = /^Z_/.test((cause as { code?: string }).code ?? '')
    throw unreadable ? new BackupFileError('备份文件的内容不完整。没有恢复任何内容，请换一份备份。') : cause
  })
}

async function refuseUsedDatabase(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query('select 1 from tenant limit 1')
  if (rows.length > 0) {
    throw new RestoreError(
      '这个数据库里已经有数据。只能恢复到空的数据库：请用 BIHUAN_DATA 指定一个新的数据文件夹，或给出一个空库的 DATABASE_URL。',
    )
  }
}

async function refuseOtherMigrations(client: pg.ClientBase, header: BackupHeader): Promise<void> {
  const { rows } = await client.query<{ number: number; checksum: string }>(
    'select number, checksum from schema_migration order by number',
  )
  const same =
    rows.length === header.migrations.length &&
    rows.every(
      (row, index) =>
        header.migrations[index]?.number === row.number && header.migrations[index].checksum === row.checksum,
    )
  if (!same) {
    throw new RestoreError(
      '这个空数据库的结构与备份的不同（版本不同）。请用 BIHUAN_DATA 指定一个新的数据文件夹，或给出一个全新空库的 DATABASE_URL，再恢复。',
    )
  }
}

/**
 * COPY is refused on tables with row security that binds the asker, and it binds the owner too (FORCE): lifted within this
 * transaction, whose end nobody sees before it is back. What migrations put into catalogues is in the backup as well.
 */
async function emptyAndOpen(client: pg.ClientBase, tables: readonly { readonly name: string }[]): Promise<void> {
  for (const { name } of tables) await client.query(`alter table ${quoted(name)} no force row level security`)
  for (const { name } of [...tables].reverse()) await client.query(`delete from ${quoted(name)}`)
}

async function loadTable(
  client: pg.ClientBase,
  tables: readonly { readonly name: string; readonly columns: readonly string[] }[],
  section: { readonly name: string; readonly columns: readonly string[] },
  content: AsyncIterable<Buffer>,
): Promise<number> {
  const table = tables.find(({ name }) => name === section.name)
  if (table === undefined || section.columns.some((column) => !table.columns.includes(column))) {
    throw new BackupFileError(`备份里的表 ${section.name} 与数据库的结构不符。没有恢复任何内容。`)
  }
  const rows = client.query(
    copyFrom(`copy ${quoted(section.name)} (${section.columns.map(quoted).join(', ')}) from stdin`),
  )
  await pipeline(Readable.from(content, { objectMode: false }), rows)
  return rows.rowCount
}

/**
 * Whole in memory, one at a time: a store takes a file as it was uploaded, and uploads are bounded. False when the bytes are not what
 * their name says: they were spoilt before the backup was made, and the rest of it is none the worse for that.
 */
async function loadFile(files: FileStore, sha256: string, content: AsyncIterable<Buffer>): Promise<boolean> {
  const chunks: Buffer[] = []
  for await (const chunk of content) chunks.push(chunk)
  const bytes = Buffer.concat(chunks)
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) return false
  await files.put(bytes)
  return true
}
