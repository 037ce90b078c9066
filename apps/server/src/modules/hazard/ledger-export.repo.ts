import type { Handle } from '../../platform/db/scope.js'
import { conditions, type HazardListFilter } from './hazard-list.repo.js'

/** In the order of a ledger: by 检查日期, then by number. All at once, so that a row that is changed meanwhile is neither lost nor printed twice. */
export async function listLedgerIds(handle: Handle, filter: HazardListFilter): Promise<string[]> {
  const { where, values } = conditions(handle.tenantId, filter)
  const rows = await handle.query<{ id: string }>(
    `select h.id from hazard h where ${where} and h.state = any($${values.length + 1}::text[])
     order by coalesce(h.found_on, 'infinity'::date), h.code`,
    [...values, [...filter.states]],
  )
  return rows.map(({ id }) => id)
}
