import type { Handle } from './scope.js'

const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * Says which records this transaction has seen under their own policy; what hangs on them (history, facts, papers) is then read by
 * their id, wherever those rows stand. Only ever called with ids of a row that has just been read, and of what that row mentions:
 * an id of a request is not one. Replaces what was opened before.
 */
export async function openRecords(handle: Handle, ids: readonly string[]): Promise<void> {
  for (const id of ids) if (!uuidForm.test(id)) throw new Error('an opened record is named by its id')
  // A literal, as everything in scope.ts is.
  await handle.client.query(`set local app.opened = '${[...new Set(ids)].join(',')}'`)
}
