import type { Handle } from '../../platform/db/scope.js'
import type { FileRow } from '../../platform/files/keep-file.js'

/** Those of the files that may be seen, oldest first. */
export async function findFiles(handle: Handle, ids: readonly string[]): Promise<FileRow[]> {
  if (ids.length === 0) return []
  return handle.query<FileRow & Record<string, unknown>>(
    `select id, sha256, name, media_type, size, uploaded_at from file where tenant_id = $1 and id = any($2::uuid[]) order by uploaded_at, id`,
    [handle.tenantId, [...new Set(ids)]],
  )
}
