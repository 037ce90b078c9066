import type { Handle } from '../../platform/db/scope.js'

export interface UntakenRow {
  readonly receiver_id: string
  readonly schedule_id: string
  readonly title: string
  readonly period_key: string
  readonly period_title: string
  readonly count: number
}

/** Filed returns that wait, counted by receiver and period; of schedules that go on. */
export async function countUntaken(handle: Handle): Promise<UntakenRow[]> {
  return handle.query<UntakenRow & Record<string, unknown>>(
    `select waits.id as receiver_id, r.schedule_id, s.title, r.period_key, r.period_title, count(*)::int as count
     from report_return r
     join report_schedule s on s.tenant_id = r.tenant_id and s.id = r.schedule_id
     join campaign c on c.tenant_id = r.tenant_id and c.id = r.campaign_id and c.state = 'running'
     cross join lateral unnest(r.receiver_ids) as waits (id)
     where r.tenant_id = $1 and r.status = 'submitted'
       and not jsonb_path_exists(r.detail, '$.takenBy[*] ? (@.unitId == $id)', jsonb_build_object('id', waits.id))
     group by waits.id, r.schedule_id, s.title, r.period_key, r.period_title
     order by waits.id, r.schedule_id, r.period_key`,
    [handle.tenantId],
  )
}
