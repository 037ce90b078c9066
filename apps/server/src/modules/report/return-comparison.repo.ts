/** What a return's figures are compared with, read at once for all cells: the unit's own earlier returns, and those of its peers. */
import type { Spread } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'
import type { ReturnRecord } from './return.repo.js'

type Compared = Pick<ReturnRecord, 'schedule_id' | 'unit_id' | 'sector' | 'period_from' | 'counts_from'>

/** Five years of months: what lies further back is no measure of this one. */
const MOST_PERIODS = 60
/** As good a measure of what is usual as all of two thousand villages would be, at a bounded cost. */
const MOST_PEERS = 300

interface FigureAt {
  readonly key: string
  readonly value: number | null
}

/** The figures of the unit's filed returns before this period, as filed last; the oldest first. */
export async function readHistory(handle: Handle, of: Compared): Promise<(readonly FigureAt[])[]> {
  const rows = await handle.query<{ figures: readonly FigureAt[] }>(
    `select filed.figures from report_return r cross join lateral (
       select e.content -> 'figures' as figures from return_event e
       where e.tenant_id = r.tenant_id and e.return_id = r.id and e.kind = 'submit' order by e.round desc limit 1) filed
     where r.tenant_id = $1 and r.schedule_id = $2 and r.unit_id = $3 and r.sector = $4 and r.period_from < $5
       and r.status in ('submitted', 'accepted')
     order by r.period_from desc limit ${MOST_PERIODS}`,
    [handle.tenantId, of.schedule_id, of.unit_id, of.sector, of.period_from],
  )
  return rows.map(({ figures }) => figures).reverse()
}

/**
 * Of each cell, how the figures of other respondents of the same kind of unit spread in the last period that was filed: what that
 * period added to them, and of the cells `asTheyAre` the figures themselves. The arithmetic is that of `spreadOf`, done where the
 * figures lie (a district of 300 villages has ten thousand of them).
 */
export async function readPeers(
  handle: Handle,
  of: Compared,
  asTheyAre: readonly string[],
): Promise<ReadonlyMap<string, Spread>> {
  const figures = (of: string) =>
    `cross join lateral (select e.content from return_event e
       where e.tenant_id = $1 and e.return_id = ${of}.id and e.kind = 'submit' order by e.round desc limit 1) filed
     cross join lateral jsonb_to_recordset(filed.content -> 'figures') as f (key text, value float8)`
  const rows = await handle.query<Spread & { key: string } & Record<string, unknown>>(
    `with peer as materialized (
       select r.id, r.unit_id, r.period_from from report_return r join unit u on u.tenant_id = r.tenant_id and u.id = r.unit_id
       where r.tenant_id = $1 and r.schedule_id = $2 and r.sector = $4 and r.period_from < $5 and r.unit_id <> $3
         and r.status in ('submitted', 'accepted')
         and u.kind = (select kind from unit where tenant_id = $1 and id = $3)),
     last as (
       select id, unit_id from peer where period_from = (select max(period_from) from peer) order by unit_id limit ${MOST_PEERS}),
     before as (
       select distinct on (p.unit_id) p.id, p.unit_id from peer p join last l on l.unit_id = p.unit_id and l.id <> p.id
       order by p.unit_id, p.period_from desc),
     earlier as (select b.unit_id, f.key, f.value from before b ${figures('b')}),
     compared as (
       select f.key, f.value - case when f.key = any($6::text[]) then 0 else coalesce(earlier.value, 0) end as value
       from last l ${figures('l')} left join earlier on earlier.unit_id = l.unit_id and earlier.key = f.key
       where f.value is not null),
     middle as (
       select key, count(*)::int as count, percentile_cont(0.5) within group (order by value) as median from compared group by key)
     select middle.key, middle.count, middle.median,
       percentile_cont(0.5) within group (order by abs(compared.value - middle.median)) as deviation
     from middle join compared using (key) group by middle.key, middle.count, middle.median`,
    [handle.tenantId, of.schedule_id, of.unit_id, of.sector, of.period_from, asTheyAre],
  )
  return new Map(rows.map(({ key, count, median, deviation }) => [key, { count, median, deviation }]))
}
