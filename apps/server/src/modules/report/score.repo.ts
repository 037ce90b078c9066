import type { ReturnState } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'

export interface ScoreQuestion {
  readonly scheduleId: string
  /** Days on which returns were due; null: from the first, to the last. */
  readonly from: string | null
  readonly to: string | null
}

export interface ScoredRow {
  readonly place: string
  readonly unit_id: string
  readonly unit_name: string
  readonly return_id: string
  readonly sector: string
  readonly period_title: string
  readonly detail: ReturnState
  readonly dissolved_on: string | null
  readonly reopened: number
}

const asked = `r.tenant_id = $1 and r.schedule_id = $2 and ($3::date is null or r.due_on >= $3::date)
  and ($4::date is null or r.due_on <= $4::date)`

/** Months in which returns were due, the first one first. */
export async function listScoredMonths(handle: Handle, { scheduleId, from, to }: ScoreQuestion): Promise<string[]> {
  const rows = await handle.query<{ month: string }>(
    `select distinct to_char(r.due_on, 'YYYY-MM') as month from report_return r where ${asked} order by month`,
    [handle.tenantId, scheduleId, from, to],
  )
  return rows.map(({ month }) => month)
}

/** The returns of a page of units, by path, so that a unit stands over those below it. */
export async function listScoredRows(
  handle: Handle,
  { scheduleId, from, to }: ScoreQuestion,
  after: string,
  units: number,
): Promise<ScoredRow[]> {
  return handle.query<ScoredRow & Record<string, unknown>>(
    `select page.place, r.unit_id, u.name as unit_name, r.id as return_id, r.sector, r.period_title, r.detail, u.dissolved_on,
       (select count(*)::int from return_event e where e.tenant_id = r.tenant_id and e.return_id = r.id and e.kind = 'reopen') as reopened
     from (select r.unit_id, min(r.territory_path) || r.unit_id::text as place from report_return r where ${asked}
           group by r.unit_id having min(r.territory_path) || r.unit_id::text > $5 order by place limit $6) page
     join report_return r on ${asked} and r.unit_id = page.unit_id
     join unit u on u.tenant_id = r.tenant_id and u.id = r.unit_id
     order by page.place, r.due_on, r.period_key, r.sector`,
    [handle.tenantId, scheduleId, from, to, after, units],
  )
}
