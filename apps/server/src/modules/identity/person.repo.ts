import type { Handle } from '../../platform/db/scope.js'

/** The names of accounts that the asker may see, by id: whoever is named in a record by id must be one of them. */
export async function personNames(handle: Handle, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await handle.query<{ id: string; person_name: string }>(
    'select id, person_name from account where tenant_id = $1 and id = any($2::uuid[])',
    [handle.tenantId, [...new Set(ids)]],
  )
  return new Map(rows.map((row) => [row.id, row.person_name]))
}
