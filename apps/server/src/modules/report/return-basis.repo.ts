/** What a schedule was set up from: the report of the plan, and the notice in which it stands. */
import type { NoticeStretch } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'

export interface BasisRow {
  /** Its place among the plan's reports. */
  readonly report: number
  readonly source: NoticeStretch
  readonly words: string
}

/** Read in the tenant's reach: the notice's file is its issuer's. Null where the plan does not ask for it, or where no notice is kept. */
export async function findBasis(handle: Handle, scheduleId: string): Promise<BasisRow | null> {
  const rows = await handle.query<BasisRow & Record<string, unknown>>(
    `select s.plan_report as report, c.plan -> 'reports' -> s.plan_report -> 'source' as source, n.words
     from report_schedule s join campaign c on c.tenant_id = s.tenant_id and c.id = s.campaign_id
     join imported_notice n on n.tenant_id = c.tenant_id and n.file_id = c.notice_file_id
     where s.tenant_id = $1 and s.id = $2 and c.plan -> 'reports' -> s.plan_report -> 'source' is not null`,
    [handle.tenantId, scheduleId],
  )
  return rows[0] ?? null
}
