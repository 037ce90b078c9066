import type { Handle } from '../../platform/db/scope.js'

/** In one statement, whatever their number; at the hour of `remindAt`, and not again where the notice was given. */
export async function enqueueReminders(handle: Handle, job: string, states: readonly string[]): Promise<void> {
  await handle.query(
    `select count(enqueue($2::text, json_build_object('tenantId', tenant_id, 'hazardId', id),
       (deadline + time '08:00') at time zone 'Asia/Shanghai', $2::text || ':' || id))
     from hazard h
     where tenant_id = $1 and state = any($3::text[]) and deadline is not null and not exists (
       select 1 from notice n where n.tenant_id = h.tenant_id and n.dedupe_key = 'hazard-due:' || h.id || ':' || h.deadline)`,
    [handle.tenantId, job, states],
  )
}
