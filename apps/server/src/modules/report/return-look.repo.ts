import type { CivilDate } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'

/** What stands in a return that nobody has signed yet: shown in lists, where a form is not. */
export interface ReturnLook {
  readonly version: number
  /** Rules that stop a signature; a blank cell is none of them, it waits to be filled. */
  readonly blocking: number
  readonly asked: number
  readonly blank: number
  readonly isNil: boolean
}

/**
 * Returns that wait for their respondent and were not looked at today: those never looked at, and those that fall due by a day. In the
 * order of their ids, so that a run that was broken off goes on.
 */
export async function listToLookAt(
  handle: Handle,
  scheduleId: string,
  today: CivilDate,
  dueBy: CivilDate,
  limit: number,
): Promise<string[]> {
  const rows = await handle.query<{ id: string }>(
    `select id from report_return
     where tenant_id = $1 and schedule_id = $2 and status in ('open', 'signing', 'signed', 'sent-back') and period_from <= $3
       and (looked_on is null or (looked_on < $3 and due_on <= $4))
     order by id limit $5`,
    [handle.tenantId, scheduleId, today, dueBy, limit],
  )
  return rows.map(({ id }) => id)
}

/** Only of the version that was looked at: what was signed or typed meanwhile is looked at again another day. */
export async function saveLooks(
  handle: Handle,
  looks: readonly { readonly id: string; readonly look: ReturnLook }[],
  today: CivilDate,
): Promise<void> {
  await handle.query(
    `update report_return r set look = n.look, looked_on = $4
     from unnest($2::uuid[], $3::jsonb[]) as n (id, look)
     where r.tenant_id = $1 and r.id = n.id and r.version = (n.look ->> 'version')::int`,
    [handle.tenantId, looks.map(({ id }) => id), looks.map(({ look }) => JSON.stringify(look)), today],
  )
}
