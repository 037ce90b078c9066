import type { HazardBrief } from '@bihuan/contracts'
import type { Handle } from '../../platform/db/scope.js'

/** What stands open at an enterprise or place, by state, and how much of it is past its deadline. */
export async function countOpenAt(
  handle: Handle,
  subjectId: string,
  openStates: readonly string[],
  today: string,
): Promise<{ state: string; count: number; overdue: number }[]> {
  return handle.query(
    `select state, count(*)::int as count, count(*) filter (where deadline < $4::date)::int as overdue from hazard
     where tenant_id = $1 and subject_id = $2 and state = any($3::text[]) group by state order by state`,
    [handle.tenantId, subjectId, [...openStates], today],
  )
}

/** The last ones found there, open or not. */
export async function listLatestAt(handle: Handle, subjectId: string, limit: number): Promise<HazardBrief['latest']> {
  return handle.query<HazardBrief['latest'][number] & Record<string, unknown>>(
    `select id, code, grade, state, description, found_on as "foundOn", deadline from hazard
     where tenant_id = $1 and subject_id = $2 and state not in ('draft', 'cancelled') order by found_on desc, id desc limit $3`,
    [handle.tenantId, subjectId, limit],
  )
}
