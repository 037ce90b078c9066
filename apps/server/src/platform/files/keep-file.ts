/** A file's row: whose it is and what it is called. The bytes are in the store before, since a store is no part of a transaction. */
import { v7 as uuidv7 } from 'uuid'
import type { Actor } from '../actor.js'
import { recordAct } from '../audit/record.js'
import type { Handle } from '../db/scope.js'
import type { StoredFile } from './store.js'

export interface KeepFile {
  readonly stored: StoredFile
  readonly name: string
  readonly mediaType: string
}

export interface FileRow {
  readonly id: string
  readonly sha256: string
  readonly name: string
  readonly media_type: string
  readonly size: number
  readonly uploaded_at: Date
}

/** Belongs to the unit that the actor works in: seen on its territory, and by the actor's unit wherever it goes. */
export async function keepFile(handle: Handle, actor: Actor, file: KeepFile, now: Date): Promise<{ id: string }> {
  if (actor.reach.path === null) throw new Error('who has no unit keeps no file')
  const id = uuidv7()
  const entryId = await recordAct(
    handle,
    actor,
    {
      action: 'file.upload',
      objectKind: 'file',
      objectId: id,
      after: { sha256: file.stored.sha256, size: file.stored.size },
    },
    now,
  )
  await handle.query(
    `insert into file (tenant_id, id, territory_path, line_path, parties, sha256, name, media_type, size, uploaded_by, uploaded_at, entry_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      handle.tenantId,
      id,
      actor.reach.path,
      null,
      [...actor.reach.parties],
      file.stored.sha256,
      file.name,
      file.mediaType,
      file.stored.size,
      actor.accountId,
      now,
      entryId,
    ],
  )
  return { id }
}

export async function findFile(handle: Handle, id: string): Promise<FileRow | null> {
  const [row] = await handle.query<FileRow>(
    'select id, sha256, name, media_type, size, uploaded_at from file where tenant_id = $1 and id = $2',
    [handle.tenantId, id],
  )
  return row ?? null
}
