/** The statements of a fold. Positions bound every one of them: what is folded twice gives the same rows. */
import type { Handle } from '../../platform/db/scope.js'

/** Stands for all sectors together. */
export const anySector = '*'

/** One measure of a metric (level 0), of its whole (1), of the whole's whole (2). */
export interface ChainLink {
  readonly metric: string
  readonly isDistinct: boolean
  readonly measure: string
  readonly level: number
  readonly depth: number
}

export interface RollUpState {
  readonly version: number
  readonly folded_to: number
  readonly tree: number
  readonly definition: string
}

/** Held to the end of the transaction. One fold at a time for a tenant, whatever servers there are. */
export async function holdFold(handle: Handle, whenBusy: 'wait' | 'leave'): Promise<boolean> {
  if (whenBusy === 'wait') {
    await handle.query(`select pg_advisory_xact_lock(hashtextextended('roll up ' || $1, 0))`, [handle.tenantId])
    return true
  }
  const [lock] = await handle.query<{ held: boolean }>(
    `select pg_try_advisory_xact_lock(hashtextextended('roll up ' || $1, 0)) as held`,
    [handle.tenantId],
  )
  return lock?.held === true
}

export async function findState(handle: Handle): Promise<RollUpState | null> {
  const [row] = await handle.query<RollUpState & Record<string, unknown>>(
    'select version, folded_to, tree, definition from roll_up_state where tenant_id = $1',
    [handle.tenantId],
  )
  return row ?? null
}

export async function saveState(handle: Handle, state: Omit<RollUpState, 'version'>): Promise<void> {
  await handle.query(
    `insert into roll_up_state as s (tenant_id, version, folded_to, tree, definition) values ($1, 1, $2, $3, $4)
     on conflict (tenant_id) do update set version = s.version + 1, folded_to = excluded.folded_to, tree = excluded.tree,
       definition = excluded.definition`,
    [handle.tenantId, state.folded_to, state.tree, state.definition],
  )
}

/** Of a roll-up that is to be made from nothing: what servers keep of its tree is of another making. */
export async function beginAnew(handle: Handle, definition: string): Promise<void> {
  await clearRollUp(handle)
  await saveState(handle, { folded_to: 0, tree: 0, definition })
  await handle.query('update roll_up_state set making = making + 1 where tenant_id = $1', [handle.tenantId])
}

/** All but the state: its version goes on. */
export async function clearRollUp(handle: Handle): Promise<void> {
  for (const table of ['span', 'place', 'loose', 'month', 'standing', 'seen'])
    await handle.query(`delete from roll_up_${table} where tenant_id = $1`, [handle.tenantId])
}

export async function headPosition(handle: Handle): Promise<number> {
  const [head] = await handle.query<{ position: number }>(
    'select position from audit_seal where tenant_id = $1 order by position desc limit 1',
    [handle.tenantId],
  )
  return head?.position ?? 0
}

/** Of campaigns that run: nobody asks day by day for one that is closed. */
export async function listSpanStarts(handle: Handle): Promise<readonly string[]> {
  const rows = await handle.query<{ starts_on: string }>(
    `select distinct starts_on from campaign where tenant_id = $1 and state = 'running' and starts_on is not null order by starts_on`,
    [handle.tenantId],
  )
  return rows.map((row) => row.starts_on)
}

export async function listSpans(handle: Handle): Promise<readonly string[]> {
  const rows = await handle.query<{ starts_on: string }>(
    'select starts_on from roll_up_span where tenant_id = $1 order by starts_on',
    [handle.tenantId],
  )
  return rows.map((row) => row.starts_on)
}

export async function insertSpans(handle: Handle, starts: readonly string[]): Promise<void> {
  await handle.query('insert into roll_up_span (tenant_id, starts_on) select $1, unnest($2::date[])', [
    handle.tenantId,
    starts,
  ])
}

export async function deleteSpans(handle: Handle, starts: readonly string[]): Promise<void> {
  for (const table of ['span', 'month', 'standing', 'seen'])
    await handle.query(`delete from roll_up_${table} where tenant_id = $1 and starts_on = any($2::date[])`, [
      handle.tenantId,
      starts,
    ])
}

export async function hasPlacementsBetween(handle: Handle, after: number, upTo: number): Promise<boolean> {
  const [row] = await handle.query<{ found: boolean }>(
    `select exists (select 1 from audit_seal s join unit_placement p on p.tenant_id = s.tenant_id and p.entry_id = s.entry_id
       where s.tenant_id = $1 and s.position > $2 and s.position <= $3 and p.axis = 'territory') as found`,
    [handle.tenantId, after, upTo],
  )
  return row?.found === true
}

export interface PlaceRow {
  readonly unit_id: string
  readonly above: readonly string[]
}

export async function listPlaces(handle: Handle): Promise<PlaceRow[]> {
  return handle.query<PlaceRow & Record<string, unknown>>(
    'select unit_id, above from roll_up_place where tenant_id = $1',
    [handle.tenantId],
  )
}

export async function savePlaces(handle: Handle, places: readonly PlaceRow[]): Promise<void> {
  await handle.query(
    `insert into roll_up_place (tenant_id, unit_id, above)
     select $1, unit_id, string_to_array(above, ',')::uuid[] from unnest($2::uuid[], $3::text[]) as p (unit_id, above)
     on conflict (tenant_id, unit_id) do update set above = excluded.above`,
    [handle.tenantId, places.map((place) => place.unit_id), places.map((place) => place.above.join(','))],
  )
}

export interface TouchedRecord {
  readonly record_id: string
  readonly measures: readonly string[]
  /** Of one that the roll-up holds already, its share is taken out before it is put in anew. */
  readonly was_there: boolean
}

/** Records with facts between two positions. */
export async function listTouched(
  handle: Handle,
  measures: readonly string[],
  after: number,
  upTo: number,
): Promise<TouchedRecord[]> {
  return handle.query<TouchedRecord & Record<string, unknown>>(
    `select t.record_id, t.measures, exists (
       select 1 from fact f join audit_seal s on s.tenant_id = f.tenant_id and s.entry_id = f.entry_id
       where f.tenant_id = $1 and f.record_id = t.record_id and f.measure = any($2::text[]) and s.position <= $3) as was_there
     from (select f.record_id, array_agg(distinct f.measure) as measures
       from audit_seal s join fact f on f.tenant_id = s.tenant_id and f.entry_id = s.entry_id
       where s.tenant_id = $1 and s.position > $3 and s.position <= $4 and f.measure = any($2::text[])
       group by f.record_id) t`,
    [handle.tenantId, measures, after, upTo],
  )
}

/** Records that stand on the territory of units. */
export async function listRecordsAt(
  handle: Handle,
  measures: readonly string[],
  unitIds: readonly string[],
  upTo: number,
): Promise<string[]> {
  const rows = await handle.query<{ record_id: string }>(
    `select distinct f.record_id from fact f join audit_seal s on s.tenant_id = f.tenant_id and s.entry_id = f.entry_id
     where f.tenant_id = $1 and f.unit_id = any($3::uuid[]) and f.measure = any($2::text[]) and s.position <= $4`,
    [handle.tenantId, measures, unitIds, upTo],
  )
  return rows.map((row) => row.record_id)
}

/** What is loose among records as known at a position: with what each of its subjects is. */
export const looseSelect = (records: string) => `select distinct f.record_id, f.subject_id
  from fact f join audit_seal s on s.tenant_id = f.tenant_id and s.entry_id = f.entry_id
  where f.tenant_id = $1 and f.measure = any($2::text[]) and s.position <= $3 ${records}
    and f.record_id in (
      select f.record_id from fact f join audit_seal s on s.tenant_id = f.tenant_id and s.entry_id = f.entry_id
      where f.tenant_id = $1 and f.measure = any($2::text[]) and s.position <= $3 and f.reverses is null ${records}
      group by f.record_id
      having min(f.unit_id::text) <> max(f.unit_id::text) or min(f.sector) <> max(f.sector)
        or min(f.subject_id::text) <> max(f.subject_id::text) or min(f.amount) < 0)`

/** Gives the subjects of those that were not loose before. */
export async function addLoose(
  handle: Handle,
  measures: readonly string[],
  upTo: number,
  recordIds: readonly string[],
): Promise<string[]> {
  const rows = await handle.query<{ subject_id: string }>(
    `insert into roll_up_loose (tenant_id, record_id, subject_id)
     select $1, l.record_id, l.subject_id from (${looseSelect('and f.record_id = any($4::uuid[])')}) l
     on conflict do nothing returning subject_id`,
    [handle.tenantId, measures, upTo, recordIds],
  )
  return rows.map((row) => row.subject_id)
}

export interface FoldQuestion {
  readonly chains: readonly ChainLink[]
  readonly spans: readonly string[]
  readonly upTo: number
  /** Null for every record there is. */
  readonly recordIds: readonly string[] | null
}

export function foldValues(handle: Handle, { chains, spans, upTo, recordIds }: FoldQuestion): unknown[] {
  return [
    handle.tenantId,
    upTo,
    spans,
    chains.map((link) => link.metric),
    chains.map((link) => link.measure),
    chains.map((link) => link.level),
    chains.map((link) => link.depth),
    ...(recordIds === null ? [] : [recordIds]),
  ]
}

/**
 * What each plain record counts for a metric from a span's first day on: a staircase over days, a row for each day on which it changes
 * (`level` from that day on, `delta` against the day before, `until` the next change). This is `figuresOf` for one record:
 * an original stands from its day to that of its reversal, and a part counts no more than its whole does.
 *
 * A reversal lies on the record of its original (it is made so, and verified), so that few records are looked at by their key.
 */
export function contributions(few: boolean): string {
  const among = (fact: string) => (few ? `and ${fact}.record_id = any($8::uuid[])` : '')
  return `with chain as (
    select * from unnest($4::text[], $5::text[], $6::int[], $7::int[]) as c (metric, measure, level, depth)),
  put as materialized (
    select f.record_id, f.unit_id, f.sector, f.subject_id, f.measure, f.amount, f.occurred_on, r.occurred_on as reversed_on
    from fact f join audit_seal s on s.tenant_id = f.tenant_id and s.entry_id = f.entry_id
    left join (
      select r.reverses, r.occurred_on from fact r join audit_seal t on t.tenant_id = r.tenant_id and t.entry_id = r.entry_id
      where r.tenant_id = $1 and r.reverses is not null and t.position <= $2 ${among('r')}) r on r.reverses = f.id
    where f.tenant_id = $1 and f.reverses is null and s.position <= $2 ${among('f')}
      and f.measure = any($5::text[])
      and not exists (select 1 from roll_up_loose l where l.tenant_id = $1 and l.record_id = f.record_id)),
  change as (
    select b.starts_on, c.metric, c.depth, p.record_id, p.unit_id, p.sector, p.subject_id, e.day,
      ${[0, 1, 2, 3].map((level) => `coalesce(sum(e.delta) filter (where c.level = ${level}), 0) as d${level}`).join(', ')}
    from put p join chain c on c.measure = p.measure
    join unnest($3::date[]) as b (starts_on) on p.occurred_on >= b.starts_on
    cross join lateral (values (p.occurred_on, p.amount), (p.reversed_on, -p.amount)) as e (day, delta)
    where e.day is not null and (p.reversed_on is null or p.reversed_on > p.occurred_on)
    group by b.starts_on, c.metric, c.depth, p.record_id, p.unit_id, p.sector, p.subject_id, e.day),
  stair as (
    select starts_on, metric, record_id, unit_id, sector, subject_id, day,
      least(sum(d0) over w, ${[1, 2, 3].map((level) => `case when depth >= ${level} then sum(d${level}) over w end`).join(', ')})::bigint as level
    from change window w as (partition by starts_on, metric, record_id order by day)),
  step as (
    select *, level - lag(level, 1, 0::bigint) over w as delta, lead(day) over w as until
    from stair window w as (partition by starts_on, metric, record_id order by day))`
}

/** Under which wide units a month changes by how much: rows as roll_up_month holds them. `additive` and `sign` are parameters. */
export function monthRows(few: boolean, additive: string, sign: string): string {
  return `${contributions(few)},
  by_day as (
    select s.starts_on, a.unit_id, s.metric, c.sector, s.day, (sum(s.delta) * ${sign})::bigint as amount
    from step s join roll_up_place p on p.tenant_id = $1 and p.unit_id = s.unit_id cross join unnest(p.above) as a (unit_id)
    cross join lateral (values ('${anySector}'), (s.sector)) as c (sector)
    where s.metric = any(${additive}::text[])
    group by s.starts_on, a.unit_id, s.metric, s.day, c.sector having sum(s.delta) <> 0)
  ${byMonth}`
}

/** Of changes by day (`by_day`) the rows of a month. */
const byMonth = `select $1::uuid as tenant_id, starts_on, unit_id, metric, date_trunc('month', day)::date as month, sector,
    sum(amount)::bigint as amount, array_agg(extract(day from day)::smallint order by day) as days, array_agg(amount order by day) as amounts
  from by_day group by starts_on, unit_id, metric, date_trunc('month', day), sector`

const putMonths = (rows: string) =>
  `insert into roll_up_month as m (tenant_id, starts_on, unit_id, metric, month, sector, amount, days, amounts)
   ${rows}
   on conflict (tenant_id, starts_on, unit_id, metric, month, sector) do update set amount = m.amount + excluded.amount,
     (days, amounts) = (
       select coalesce(array_agg(t.day order by t.day), '{}'), coalesce(array_agg(t.amount order by t.day), '{}')
       from (select e.day, sum(e.amount)::bigint as amount
         from (select unnest(m.days) as day, unnest(m.amounts) as amount
           union all select unnest(excluded.days), unnest(excluded.amounts)) e
         group by e.day having sum(e.amount) <> 0) t)`

/** Puts the shares of records in (1), or takes them out (-1), as they are known at the position. */
export async function addMonths(
  handle: Handle,
  question: FoldQuestion,
  additive: readonly string[],
  sign: 1 | -1,
): Promise<void> {
  const few = question.recordIds !== null
  const values = [...foldValues(handle, question), additive, sign]
  await handle.query(putMonths(monthRows(few, `$${values.length - 1}`, `$${values.length}::int`)), values)
}

/** Rows as roll_up_standing holds them. */
export function standingRows(few: boolean, distinct: string): string {
  return `${contributions(few)}
  select $1::uuid as tenant_id, starts_on, metric, subject_id, record_id, day as from_on, coalesce(until, 'infinity'::date) as to_on, unit_id, sector
  from step where level > 0 and metric = any(${distinct}::text[])`
}

export async function replaceStanding(
  handle: Handle,
  question: FoldQuestion,
  distinct: readonly string[],
): Promise<void> {
  const few = question.recordIds !== null
  if (few)
    await handle.query('delete from roll_up_standing where tenant_id = $1 and record_id = any($2::uuid[])', [
      handle.tenantId,
      question.recordIds,
    ])
  const values = [...foldValues(handle, question), distinct]
  await handle.query(
    `insert into roll_up_standing (tenant_id, starts_on, metric, subject_id, record_id, from_on, to_on, unit_id, sector)
     ${standingRows(few, `$${values.length}`)}`,
    values,
  )
}

/** Rows as roll_up_seen holds them, of what stands: a subject once, from when to when. One of a loose record is left to its facts. */
export const seenRows = (
  standing: string,
) => `select $1::uuid as tenant_id, g.starts_on, g.unit_id, g.metric, g.sector, g.subject_id, lower(i.days) as from_on, upper(i.days) as to_on
  from (
    select s.starts_on, a.unit_id, s.metric, c.sector, s.subject_id, range_agg(daterange(s.from_on, s.to_on)) as days
    from ${standing} s
    join roll_up_place p on p.tenant_id = $1 and p.unit_id = s.unit_id cross join unnest(p.above) as a (unit_id)
    cross join lateral (values ('${anySector}'), (s.sector)) as c (sector)
    where not exists (select 1 from roll_up_loose l where l.tenant_id = $1 and l.subject_id = s.subject_id)
    group by s.starts_on, a.unit_id, s.metric, c.sector, s.subject_id) g
  cross join unnest(g.days) as i (days)`

/** Of subjects, for metrics; null for all subjects of the spans, of which nothing is there yet. */
export async function replaceSeen(
  handle: Handle,
  spans: readonly string[],
  metrics: readonly string[],
  subjectIds: readonly string[] | null,
): Promise<void> {
  const values: unknown[] = [handle.tenantId, metrics, spans]
  if (subjectIds !== null) {
    values.push(subjectIds)
    await handle.query(
      `with gone as (
         delete from roll_up_seen
         where tenant_id = $1 and metric = any($2::text[]) and starts_on = any($3::date[]) and subject_id = any($4::uuid[])
         returning *)
       ${putMonths(seenMonths('gone', -1))}`,
      values,
    )
  }
  await handle.query(
    `with come as (
       insert into roll_up_seen (tenant_id, starts_on, unit_id, metric, sector, subject_id, from_on, to_on)
       ${seenRows(`(select * from roll_up_standing where tenant_id = $1 and metric = any($2::text[]) and starts_on = any($3::date[])
         ${subjectIds === null ? '' : 'and subject_id = any($4::uuid[])'})`)}
       returning *)
     ${putMonths(seenMonths('come', 1))}`,
    values,
  )
}

/**
 * How many subjects more, or fewer, are seen from a day on: under one unit and in one sector, or in any, a subject is there or not, so
 * that these too can be added up by month. Of two units together it is `roll_up_seen` that knows.
 */
export const seenMonths = (seen: string, sign: 1 | -1) => `select by_month.* from (
  with by_day as (
    select s.starts_on, s.unit_id, s.metric, s.sector, e.day, (sum(e.amount) * ${sign})::bigint as amount
    from ${seen} s cross join lateral (values (s.from_on, 1), (s.to_on, -1)) as e (day, amount)
    where e.day < 'infinity'
    group by s.starts_on, s.unit_id, s.metric, s.sector, e.day having sum(e.amount) <> 0)
  ${byMonth}) by_month`

/** Whose facts the records hold. */
export async function subjectsOf(handle: Handle, recordIds: readonly string[]): Promise<string[]> {
  const rows = await handle.query<{ subject_id: string }>(
    'select distinct subject_id from fact where tenant_id = $1 and record_id = any($2::uuid[])',
    [handle.tenantId, recordIds],
  )
  return rows.map((row) => row.subject_id)
}
