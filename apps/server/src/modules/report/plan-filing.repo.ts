/** 方案备案: the returns by which units put their own plans on record. */
import type { ReturnStatus } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'

export interface PlanFiling {
  readonly unit_id: string
  readonly return_id: string
  readonly title: string
  readonly due_on: string
  readonly status: ReturnStatus
}

/** Of each unit the one that is due last. */
export async function listPlanFilings(
  handle: Handle,
  campaignId: string,
  unitIds: readonly string[],
): Promise<PlanFiling[]> {
  return handle.query<PlanFiling & Record<string, unknown>>(
    `select distinct on (r.unit_id) r.unit_id, r.id as return_id, s.title, r.due_on, r.status
     from report_return r join report_schedule s on s.tenant_id = r.tenant_id and s.id = r.schedule_id
     join report_narrative n on n.tenant_id = s.tenant_id and n.id = s.narrative_id and n.version = r.narrative_version
     where r.tenant_id = $1 and r.campaign_id = $2 and r.unit_id = any($3::uuid[]) and n.kind = 'plan-for-record'
     order by r.unit_id, r.due_on desc, r.id`,
    [handle.tenantId, campaignId, unitIds],
  )
}
