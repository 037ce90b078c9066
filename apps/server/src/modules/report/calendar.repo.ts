import type { CivilDate, OverrideKind, Schedule } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'

export interface OverrideRow {
  readonly day: string
  readonly kind: OverrideKind
  readonly reason: string
  readonly person_name: string
  readonly recorded_at: Date
}

/** Of the days from `from` to `to`, in the order in which they were entered. */
export async function listOverrideRows(handle: Handle, from: CivilDate, to: CivilDate): Promise<OverrideRow[]> {
  return handle.query<OverrideRow & Record<string, unknown>>(
    `select day, kind, reason, person_name, recorded_at from calendar_override
     where tenant_id = $1 and day between $2 and $3 order by recorded_at, id`,
    [handle.tenantId, from, to],
  )
}

export async function insertOverrides(
  handle: Handle,
  rows: readonly { readonly id: string; readonly day: CivilDate; readonly kind: OverrideKind }[],
  of: {
    readonly reason: string
    readonly accountId: string
    readonly personName: string
    readonly entryId: string
    readonly now: Date
  },
): Promise<void> {
  await handle.query(
    `insert into calendar_override (tenant_id, id, day, kind, reason, account_id, person_name, entry_id, recorded_at)
     select $1, n.id, n.day, n.kind, $5, $6, $7, $8, $9 from unnest($2::uuid[], $3::date[], $4::text[]) as n (id, day, kind)`,
    [
      handle.tenantId,
      rows.map(({ id }) => id),
      rows.map(({ day }) => day),
      rows.map(({ kind }) => kind),
      of.reason,
      of.accountId,
      of.personName,
      of.entryId,
      of.now,
    ],
  )
}

/** Of two who change the calendar at once, the second sees what the first entered. */
export async function lockCalendar(handle: Handle): Promise<void> {
  await handle.query(`select pg_advisory_xact_lock(hashtextextended('calendar ' || $1, 0))`, [handle.tenantId])
}

export interface OpenDueRow {
  readonly schedule_id: string
  readonly schedule_title: string
  readonly campaign_name: string
  readonly rule: Schedule
  readonly period_key: string
  readonly period_title: string
  readonly due_on: string
  readonly cut_off: string
  readonly provisional: boolean
  readonly count: number
}

const unfiled = `r.status in ('open', 'signing', 'signed', 'sent-back') and r.detail ->> 'firstSubmittedOn' is null`

/** By what days the returns that are open and were never filed are due, each day of a period once. */
export async function listOpenDues(handle: Handle): Promise<OpenDueRow[]> {
  return handle.query<OpenDueRow & Record<string, unknown>>(
    `select r.schedule_id, s.title as schedule_title, c.name as campaign_name, r.rule, r.period_key, min(r.period_title) as period_title,
       r.due_on, r.cut_off, r.provisional, count(*)::int as count
     from report_return r join report_schedule s on s.tenant_id = r.tenant_id and s.id = r.schedule_id
     join campaign c on c.tenant_id = r.tenant_id and c.id = r.campaign_id
     where r.tenant_id = $1 and ${unfiled} and c.state = 'running'
     group by r.schedule_id, s.title, c.name, r.rule, r.period_key, r.due_on, r.cut_off, r.provisional order by r.due_on, s.title, r.period_key`,
    [handle.tenantId],
  )
}

/** Which of them, a page at a time. */
export async function listOpenOf(
  handle: Handle,
  of: Pick<OpenDueRow, 'schedule_id' | 'period_key' | 'due_on' | 'rule'>,
  limit: number,
): Promise<string[]> {
  const rows = await handle.query<{ id: string }>(
    `select r.id from report_return r where r.tenant_id = $1 and r.schedule_id = $2 and r.period_key = $3 and r.due_on = $4
       and r.rule = $5::jsonb and ${unfiled} order by r.id limit $6`,
    [handle.tenantId, of.schedule_id, of.period_key, of.due_on, JSON.stringify(of.rule), limit],
  )
  return rows.map(({ id }) => id)
}

export async function saveDue(
  handle: Handle,
  returnId: string,
  to: { readonly dueOn: CivilDate; readonly cutOff: CivilDate; readonly provisional: boolean },
): Promise<void> {
  await handle.query(
    'update report_return set due_on = $3, cut_off = $4, provisional = $5 where tenant_id = $1 and id = $2',
    [handle.tenantId, returnId, to.dueOn, to.cutOff, to.provisional],
  )
}

/** The day is what it was, and is certain now, or is not any more. */
export async function saveProvisional(
  handle: Handle,
  of: Pick<OpenDueRow, 'schedule_id' | 'period_key' | 'due_on'>,
  provisional: boolean,
): Promise<void> {
  await handle.query(
    `update report_return r set provisional = $5 where r.tenant_id = $1 and r.schedule_id = $2 and r.period_key = $3 and r.due_on = $4 and ${unfiled}`,
    [handle.tenantId, of.schedule_id, of.period_key, of.due_on, provisional],
  )
}
