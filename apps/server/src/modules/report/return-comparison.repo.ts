/** What a return's figures are compared with, read at once for all cells: the unit's own earlier returns, and those of its peers. */
import type { Handle } from '../../platform/db/scope.js'
import type { ReturnRecord } from './return.repo.js'

type Compared = Pick<ReturnRecord, 'schedule_id' | 'unit_id' | 'sector' | 'period_from' | 'counts_from'>

/** Five years of months: what lies further back is no measure of this one. */
const MOST_PERIODS = 60
/** As good a measure of what is usual as all of two thousand villages would be, at a bounded cost. */
export const MOST_PEERS = 300

export type PeerGroup = Pick<ReturnRecord, 'schedule_id' | 'sector' | 'period_from' | 'unit_kind'>

export interface FigureAt {
  readonly key: string
  readonly value: number | null
}

/** As filed under one version of the form, by the keys of that version. */
export interface FiledUnder {
  readonly table_version: number
  readonly figures: readonly FigureAt[]
}

/** The figures of the unit's filed returns before this period, as filed last; the oldest first. */
export async function readHistory(handle: Handle, of: Compared): Promise<FiledUnder[]> {
  const rows = await handle.query<FiledUnder & Record<string, unknown>>(
    `select r.table_version, filed.figures from report_return r cross join lateral (
       select e.content -> 'figures' as figures from return_event e
       where e.tenant_id = r.tenant_id and e.return_id = r.id and e.kind in ('submit', 'receive') order by e.round desc limit 1) filed
     where r.tenant_id = $1 and r.schedule_id = $2 and r.unit_id = $3 and r.sector = $4 and r.period_from < $5
       and r.status in ('submitted', 'accepted')
     order by r.period_from desc limit ${MOST_PERIODS}`,
    [handle.tenantId, of.schedule_id, of.unit_id, of.sector, of.period_from],
  )
  return rows.reverse()
}

export interface PeerFigures {
  readonly unit_id: string
  /** As filed last in the last period that any of them filed, and in the one that the unit filed before it, if any. */
  readonly last: FiledUnder
  readonly before: FiledUnder | null
}

/**
 * Of respondents of one kind of unit what they filed before this period, by unit; one more than are compared with, so that each may leave
 * itself out. `except`: as if that one had filed nothing.
 */
export async function readPeerFigures(handle: Handle, of: PeerGroup, except: string | null): Promise<PeerFigures[]> {
  const filed = (of: string) =>
    `jsonb_build_object('table_version', ${of}.table_version, 'figures', coalesce((select e.content -> 'figures' from return_event e
       where e.tenant_id = $1 and e.return_id = ${of}.id and e.kind in ('submit', 'receive') order by e.round desc limit 1), '[]'::jsonb))`
  return handle.query<PeerFigures & Record<string, unknown>>(
    `with peer as materialized (
       select r.id, r.unit_id, r.period_from, r.table_version from report_return r join unit u on u.tenant_id = r.tenant_id and u.id = r.unit_id
       where r.tenant_id = $1 and r.schedule_id = $2 and r.sector = $3 and r.period_from < $4
         and r.status in ('submitted', 'accepted') and u.kind = $5 and ($6::uuid is null or r.unit_id <> $6::uuid)),
     last as (
       select id, unit_id, table_version from peer where period_from = (select max(period_from) from peer) order by unit_id limit ${MOST_PEERS + 1}),
     before as (
       select distinct on (p.unit_id) p.id, p.unit_id, p.table_version from peer p join last l on l.unit_id = p.unit_id and l.id <> p.id
       order by p.unit_id, p.period_from desc)
     select l.unit_id, ${filed('l')} as last, case when b.id is not null then ${filed('b')} end as before
     from last l left join before b on b.unit_id = l.unit_id order by l.unit_id`,
    [handle.tenantId, of.schedule_id, of.sector, of.period_from, of.unit_kind, except],
  )
}

/** Changes with every act on a return of the last two periods before this one: while it stays, so do the figures to compare with. */
export async function peerStamp(
  handle: Handle,
  of: PeerGroup & Pick<ReturnRecord, 'due_on' | 'period_key'>,
): Promise<string> {
  const [row] = await handle.query<{ stamp: string }>(
    `select count(*) || ' ' || coalesce(sum(version), 0) || ' ' || coalesce(min(period_from)::text, '') as stamp from report_return
     where tenant_id = $1 and schedule_id = $2 and sector = $3 and status in ('submitted', 'accepted') and period_key in (
       with recursive earlier as (
         select 0 as step, due_on, period_key from (values ($4::date, $5::text collate "C")) own (due_on, period_key)
         union all
         select e.step + 1, n.due_on, n.period_key from earlier e cross join lateral (
           select due_on, period_key from report_return
           where tenant_id = $1 and schedule_id = $2 and (due_on, period_key) < (e.due_on, e.period_key)
           order by due_on desc, period_key desc limit 1) n
         where e.step < 2)
       select period_key from earlier where step > 0)`,
    [handle.tenantId, of.schedule_id, of.sector, of.due_on, of.period_key],
  )
  return row?.stamp ?? ''
}
