import type { ReturnState } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'

export interface ScoreQuestion {
  readonly scheduleIds: readonly string[]
  /** Days on which returns were due; null: from the first, to the last. */
  readonly from: string | null
  readonly to: string | null
}

export interface ScoredRow {
  readonly place: string
  readonly unit_id: string
  readonly unit_name: string
  readonly return_id: string
  readonly title: string
  readonly sector: string
  readonly period_title: string
  readonly detail: ReturnState
  readonly dissolved_on: string | null
  readonly reopened: number
}

const asked = `r.tenant_id = $1 and r.schedule_id = any($2::uuid[]) and ($3::date is null or r.due_on >= $3::date)
  and ($4::date is null or r.due_on <= $4::date)`

/** A campaign's name and schedules; null where the asker may not know of it. */
export async function findScoredCampaign(
  handle: Handle,
  campaignId: string,
): Promise<{ name: string; schedule_ids: string[] } | null> {
  const rows = await handle.query<{ name: string; schedule_ids: string[] }>(
    `select c.name, array(select s.id from report_schedule s where s.tenant_id = c.tenant_id and s.campaign_id = c.id) as schedule_ids
     from campaign c where c.tenant_id = $1 and c.id = $2`,
    [handle.tenantId, campaignId],
  )
  return rows[0] ?? null
}

/** Months in which returns were due, the first one first. */
export async function listScoredMonths(handle: Handle, { scheduleIds, from, to }: ScoreQuestion): Promise<string[]> {
  const rows = await handle.query<{ month: string }>(
    `select distinct to_char(r.due_on, 'YYYY-MM') as month from report_return r where ${asked} order by month`,
    [handle.tenantId, scheduleIds, from, to],
  )
  return rows.map(({ month }) => month)
}

/** The returns of a page of units, by path, so that a unit stands over those below it. */
export async function listScoredRows(
  handle: Handle,
  { scheduleIds, from, to }: ScoreQuestion,
  after: string,
  units: number,
): Promise<ScoredRow[]> {
  return handle.query<ScoredRow & Record<string, unknown>>(
    `select page.place, r.unit_id, u.name as unit_name, r.id as return_id, s.title, r.sector, r.period_title, r.detail, u.dissolved_on,
       (select count(*)::int from return_event e where e.tenant_id = r.tenant_id and e.return_id = r.id and e.kind = 'reopen') as reopened
     from (select r.unit_id, min(r.territory_path) || r.unit_id::text as place from report_return r where ${asked}
           group by r.unit_id having min(r.territory_path) || r.unit_id::text > $5 order by place limit $6) page
     join report_return r on ${asked} and r.unit_id = page.unit_id
     join report_schedule s on s.tenant_id = r.tenant_id and s.id = r.schedule_id
     join unit u on u.tenant_id = r.tenant_id and u.id = r.unit_id
     order by page.place, r.due_on, s.created_at, s.id, r.period_key, r.sector`,
    [handle.tenantId, scheduleIds, from, to, after, units],
  )
}
