import type { Handle } from '../../platform/db/scope.js'

export interface TaskUpdateAsStored extends Record<string, unknown> {
  readonly id: string
  readonly entry_id: string
  readonly task_id: string
  readonly done_on: string
  readonly finishes: boolean
  readonly note: string
  readonly file_ids: string[]
  readonly withdraws: string | null
  readonly account_id: string
  readonly person_name: string
  readonly unit_id: string
}

/** What was reported on tasks, by the entry of who reported it, those of a range of entries. */
export async function taskUpdatesOfEntries(handle: Handle, after: string, upTo: string): Promise<TaskUpdateAsStored[]> {
  return handle.query<TaskUpdateAsStored>(
    `select id, entry_id, task_id, done_on, finishes, note, file_ids, withdraws, account_id, person_name, unit_id from task_update
     where tenant_id = $1 and entry_id > $2 and entry_id <= $3 order by entry_id, id`,
    [handle.tenantId, after, upTo],
  )
}
