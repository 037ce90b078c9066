/** The board's own statements: periods, respondents with their returns, and what the period that is being filed comes to. */
import type { CivilDate, ReturnState } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'

export interface BoardRow {
  readonly unit_id: string
  readonly unit_name: string
  readonly sector: string
  readonly id: string
  readonly period_key: string
  /** Where its last return has it. */
  readonly path: string
  readonly status: ReturnState['status']
  readonly dueOn: CivilDate
  readonly excusedUntil: CivilDate | null
  readonly firstSubmittedOn: CivilDate | null
  readonly dissolvedOn: CivilDate | null
  readonly nil: boolean
  readonly timesSentBack: number
}

/** The latest periods of a schedule, the newest first; stepping from one to the next, because a schedule of years has tens of thousands of returns. */
export async function listBoardPeriods(
  handle: Handle,
  scheduleId: string,
  count: number,
): Promise<{ period_key: string; period_title: string; due_on: string }[]> {
  const step = (than: string) => `select period_key, period_title, due_on from report_return
    where tenant_id = $1 and schedule_id = $2 ${than} order by due_on desc, period_key desc limit 1`
  return handle.query(
    `with recursive period as (
       (${step('')})
       union all
       select n.* from period p cross join lateral (${step('and (due_on, period_key) < (p.due_on, p.period_key)')}) n)
     select period_key, min(period_title) as period_title, min(due_on) as due_on
     from (select * from period limit $3::int * 2) stepped group by period_key order by min(due_on) desc, period_key desc limit $3`,
    [handle.tenantId, scheduleId, count],
  )
}

/**
 * A page of respondents (by path, so that a unit stands over those below it), with their returns of these periods. A unit that was moved
 * stands where its last return has it. Stepping from one to the next: whatever is planned to sort them reads the returns of all.
 */
export async function listBoardRows(
  handle: Handle,
  question: {
    readonly scheduleId: string
    readonly periodKeys: readonly string[]
    readonly receiverId: string | null
    readonly after: readonly [path: string, unitId: string, sector: string] | null
    readonly limit: number
  },
): Promise<BoardRow[]> {
  const [path, unitId, sector] = question.after ?? ['', '00000000-0000-0000-0000-000000000000', '']
  const step = (than: string) => `select p.territory_path, p.unit_id, p.sector from report_return p
    where p.tenant_id = $1 and p.schedule_id = $2 and p.period_key = any($3::text[]) and ($4::uuid is null or p.receiver_ids @> array[$4::uuid])
      and (p.territory_path, p.unit_id, p.sector) > (${than})
    order by p.territory_path, p.unit_id, p.sector limit 1`
  return handle.query<BoardRow & Record<string, unknown>>(
    `with recursive place as (
       (${step('$5::text, $6::uuid, $7::text')})
       union all
       select n.* from place cross join lateral (${step('place.territory_path, place.unit_id, place.sector')}) n)
     select r.unit_id, u.name as unit_name, r.sector, r.id, r.period_key, page.territory_path as path, r.status, r.due_on as "dueOn",
       r.detail ->> 'excusedUntil' as "excusedUntil", r.detail ->> 'firstSubmittedOn' as "firstSubmittedOn",
       u.dissolved_on as "dissolvedOn", (r.detail ->> 'nil')::boolean as nil, (r.detail ->> 'timesSentBack')::int as "timesSentBack"
     from (select place.* from place
           where place.territory_path = (select latest.territory_path from report_return latest
             where latest.tenant_id = $1 and latest.schedule_id = $2 and latest.unit_id = place.unit_id and latest.sector = place.sector
               and latest.period_key = any($3::text[]) order by latest.period_from desc, latest.territory_path limit 1)
           limit $8) page
     join report_return r on r.tenant_id = $1 and r.schedule_id = $2 and r.unit_id = page.unit_id and r.sector = page.sector
       and r.period_key = any($3::text[])
     join unit u on u.tenant_id = r.tenant_id and u.id = r.unit_id
     order by page.territory_path, page.unit_id, page.sector, r.period_key`,
    [
      handle.tenantId,
      question.scheduleId,
      question.periodKeys,
      question.receiverId,
      path,
      unitId,
      sector,
      question.limit,
    ],
  )
}

export interface BoardSummary {
  readonly respondents: number
  readonly filed: number
  readonly late: number
  readonly overdue: number
  readonly sentBack: number
  readonly nil: number
  /** Not filed, and no longer asked for: their unit is no more. */
  readonly dissolved: number
  /** Not filed, of a period that has begun: one that is opened before its day is not filled yet. */
  readonly waiting: number
  readonly looked: number
}

export async function summarizeBoard(
  handle: Handle,
  scheduleId: string,
  periodKey: string,
  receiverId: string | null,
  today: CivilDate,
): Promise<BoardSummary> {
  const until = `coalesce((detail ->> 'excusedUntil')::date, due_on)`
  const isGone = `(detail ->> 'firstSubmittedOn' is null and u.dissolved_on <= $5::date) is true`
  const isOpen = `status not in ('submitted', 'accepted') and not ${isGone}`
  const [row] = await handle.query<BoardSummary & Record<string, unknown>>(
    `select count(*) filter (where not ${isGone})::int as respondents,
       count(*) filter (where ${isGone})::int as dissolved,
       count(*) filter (where status in ('submitted', 'accepted'))::int as filed,
       count(*) filter (where (detail ->> 'firstSubmittedOn')::date > ${until} and ${until} < coalesce(u.dissolved_on, 'infinity'))::int as late,
       count(*) filter (where detail ->> 'firstSubmittedOn' is null and ${until} < $5::date and not ${isGone})::int as overdue,
       count(*) filter (where status = 'sent-back')::int as "sentBack",
       count(*) filter (where status in ('submitted', 'accepted') and (detail ->> 'nil')::boolean)::int as nil,
       count(*) filter (where ${isOpen} and period_from <= $5::date)::int as waiting,
       count(*) filter (where ${isOpen} and period_from <= $5::date and looked_on is not null)::int as looked
     from report_return r join unit u on u.tenant_id = r.tenant_id and u.id = r.unit_id
     where r.tenant_id = $1 and schedule_id = $2 and period_key = $3
       and ($4::uuid is null or receiver_ids @> array[$4::uuid])`,
    [handle.tenantId, scheduleId, periodKey, receiverId, today],
  )
  return (
    row ?? { respondents: 0, filed: 0, late: 0, overdue: 0, sentBack: 0, nil: 0, dissolved: 0, waiting: 0, looked: 0 }
  )
}
