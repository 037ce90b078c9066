/** A campaign as a draft speaks of it: what it is called, its phases and its tasks. */
import type { Plan, PlanTask } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'

export interface CampaignInWords {
  readonly id: string
  readonly name: string
  readonly title: string
  readonly issuer: string
  readonly doc_no: string | null
  readonly unit_id: string
  readonly unit_name: string
  readonly bound_path: string
  readonly state: 'preparing' | 'running' | 'closed'
  readonly starts_on: string | null
  readonly ends_on: string | null
  readonly plan: Plan
}

export async function findCampaignInWords(handle: Handle, id: string): Promise<CampaignInWords | null> {
  const rows = await handle.query<CampaignInWords & Record<string, unknown>>(
    `select c.id, c.name, c.title, c.issuer, c.doc_no, c.unit_id, u.name as unit_name, c.bound_path, c.state, c.starts_on, c.ends_on, c.plan
     from campaign c join unit u on u.tenant_id = c.tenant_id and u.id = c.unit_id where c.tenant_id = $1 and c.id = $2`,
    [handle.tenantId, id],
  )
  return rows[0] ?? null
}

export async function listPhasesInWords(
  handle: Handle,
  campaignId: string,
): Promise<{ readonly name: string; readonly startsOn: string | null; readonly endsOn: string | null }[]> {
  return handle.query(
    `select name, starts_on as "startsOn", ends_on as "endsOn" from campaign_phase
     where tenant_id = $1 and campaign_id = $2 order by ordinal`,
    [handle.tenantId, campaignId],
  )
}

/** In the order of the list; `unitIds`: to whom each was given. */
export async function listTasksInWords(
  handle: Handle,
  campaignId: string,
): Promise<(PlanTask & { readonly unitIds: readonly string[] })[]> {
  return handle.query<PlanTask & { readonly unitIds: readonly string[] } & Record<string, unknown>>(
    `select area, task, requirement, responsible, frequency, quota, due_text as "dueText", due, responsible_unit_ids as "unitIds"
     from campaign_task where tenant_id = $1 and campaign_id = $2 order by ordinal, id`,
    [handle.tenantId, campaignId],
  )
}
