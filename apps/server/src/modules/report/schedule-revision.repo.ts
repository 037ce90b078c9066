/** Schedules of a plan's reports, when the plan is corrected. */
import type { Handle } from '../../platform/db/scope.js'

/** By the report's place in the plan: returns that were signed or filed. */
export async function listFiled(
  handle: Handle,
  campaignId: string,
): Promise<{ readonly report: number; readonly filed: number }[]> {
  return handle.query(
    `select s.plan_report as report, count(*)::int as filed from report_schedule s
     join report_return r on r.tenant_id = s.tenant_id and r.schedule_id = s.id
     where s.tenant_id = $1 and s.campaign_id = $2 and s.plan_report is not null and r.status not in ('open', 'signing')
     group by s.plan_report`,
    [handle.tenantId, campaignId],
  )
}

/** Of a plan whose reports moved: each schedule goes with its own; null where it is not in the plan any more. */
export async function moveReports(
  handle: Handle,
  campaignId: string,
  places: readonly (number | null)[],
): Promise<void> {
  await handle.query(
    `update report_schedule s set plan_report = p.new_place from unnest($3::int[], $4::int[]) as p (old_place, new_place)
     where s.tenant_id = $1 and s.campaign_id = $2 and s.plan_report = p.old_place`,
    [handle.tenantId, campaignId, places.map((_, at) => at), places],
  )
}

export async function forgetReport(handle: Handle, scheduleId: string): Promise<void> {
  await handle.query('update report_schedule set plan_report = null where tenant_id = $1 and id = $2', [
    handle.tenantId,
    scheduleId,
  ])
}
