/** What a figure reads of a roll-up. */
import type { Handle } from '../../platform/db/scope.js'
import { anySector } from './roll-up-fold.repo.js'

export interface TailFact {
  readonly id: string
  readonly record_id: string
  readonly subject_id: string
}

export interface LooseRow {
  readonly record_id: string
  readonly subject_id: string
}

export interface RollUpMark {
  readonly version: number
  readonly making: number
  readonly folded_to: number
  readonly tree: number
  /** Facts after the folded position that the question knows; one more than `most` where there are too many. */
  readonly tail: readonly TailFact[]
  readonly loose: readonly LooseRow[]
}

/** Entries after the folded position that are looked through for facts. */
const mostBehind = 10_000

/**
 * Where the roll-up stands, and what it does not hold: in one statement, so that nothing comes between. Null when it holds no such span,
 * is of another definition, knows more than the question does, or is far behind.
 *
 * The entries are counted off before their facts are looked up, one by one (`offset 0`): the planner takes a third of all seals to lie
 * behind an unknown position, and read a million facts to join them (200 ms).
 */
export async function readMark(
  handle: Handle,
  asked: {
    readonly signature: string
    readonly startsOn: string
    readonly knownAt: number | null
    readonly measures: readonly string[]
    readonly most: number
  },
): Promise<RollUpMark | null> {
  const tail = (entries: string) =>
    `select f.id, f.record_id, f.subject_id from (${entries}) w cross join lateral (
       select id, record_id, subject_id from fact
       where tenant_id = $1 and entry_id = w.entry_id and measure = any($5::text[]) offset 0) f`
  const [row] = await handle.query<RollUpMark & { readonly behind: number } & Record<string, unknown>>(
    `select s.version, s.making, s.folded_to, s.tree,
       coalesce((select position from audit_seal where tenant_id = $1 order by position desc limit 1), 0) - s.folded_to as behind,
       array(select to_jsonb(t) from (
         ${tail(`select entry_id from audit_seal where tenant_id = $1 and position > s.folded_to and position <= coalesce($4::bigint, s.folded_to + ${mostBehind})
           order by position limit ${mostBehind}`)}
         union all
         ${tail(`select entry_id from audit_pending where tenant_id = $1 and $4::bigint is null limit ${mostBehind}`)}
         limit $6::int) t order by t.id) as tail,
       array(select to_jsonb(l) from (
         select record_id, subject_id from roll_up_loose where tenant_id = $1 limit $6::int) l) as loose
     from roll_up_state s join roll_up_span b on b.tenant_id = s.tenant_id and b.starts_on = $3::date
     where s.tenant_id = $1 and s.definition = $2 and ($4::bigint is null or s.folded_to <= $4::bigint)`,
    [handle.tenantId, asked.signature, asked.startsOn, asked.knownAt, asked.measures, asked.most + 1],
  )
  if (row === undefined || row.behind > mostBehind) return null
  const { version, making, folded_to, tree, tail: waiting, loose } = row
  return { version, making, folded_to, tree, tail: waiting, loose }
}

export interface RollUpCell {
  readonly startsOn: string
  readonly cutOff: string
  readonly sectors: readonly string[] | null
  readonly unitIds: readonly string[]
  readonly metrics: readonly string[]
}

/**
 * Up to a day: whole months, and of the last one its days. Counts and sums of any units, a row for each month and metric in any sector;
 * subjects of one unit in one sector, or in any.
 */
export async function readMonths(handle: Handle, cell: RollUpCell): Promise<Map<string, number>> {
  const rows = await handle.query<{ metric: string; value: number }>(
    `select m.metric, sum(case when m.month < date_trunc('month', $5::date) then m.amount
         else (select coalesce(sum(e.amount), 0)::bigint from unnest(m.days, m.amounts) as e (day, amount)
           where e.day <= extract(day from $5::date)) end)::bigint as value
     from roll_up_month m
     where m.tenant_id = $1 and m.starts_on = $2::date and m.unit_id = any($3::uuid[]) and m.metric = any($4::text[])
       and m.month <= $5::date and m.sector = any($6::text[])
     group by m.metric`,
    [handle.tenantId, cell.startsOn, cell.unitIds, cell.metrics, cell.cutOff, sectorsOf(cell)],
  )
  return new Map(rows.map((row) => [row.metric, row.value]))
}

/** Whether a subject has one row there at most: then `readMonths` has counted it. */
export function isSeenOnce(cell: Pick<RollUpCell, 'sectors' | 'unitIds'>): boolean {
  return sectorsOf(cell).length === 1 && cell.unitIds.length === 1
}

const sectorsOf = ({ sectors }: Pick<RollUpCell, 'sectors'>): readonly string[] => sectors ?? [anySector]

/** Subjects up to a day, but for those that are looked at by themselves. */
export async function readSeen(
  handle: Handle,
  cell: RollUpCell,
  apart: readonly string[],
): Promise<Map<string, number>> {
  const rows = await handle.query<{ metric: string; value: number }>(
    `select metric, count(*) as value from (
       select ${isSeenOnce(cell) ? '' : 'distinct'} metric, subject_id from roll_up_seen
       where tenant_id = $1 and starts_on = $2::date and unit_id = any($3::uuid[]) and metric = any($4::text[])
         and sector = any($6::text[]) and from_on <= $5::date and to_on > $5::date and subject_id <> all($7::uuid[])) seen
     group by metric`,
    [handle.tenantId, cell.startsOn, cell.unitIds, cell.metrics, cell.cutOff, sectorsOf(cell), apart],
  )
  return new Map(rows.map((row) => [row.metric, row.value]))
}

export async function readMeasuresOf(handle: Handle, recordIds: readonly string[]): Promise<string[]> {
  const rows = await handle.query<{ measure: string }>(
    'select distinct measure from fact where tenant_id = $1 and record_id = any($2::uuid[])',
    [handle.tenantId, recordIds],
  )
  return rows.map((row) => row.measure)
}

/** Records of these subjects that stand at some time, for any metric. */
export async function readRecordsOfSubjects(
  handle: Handle,
  startsOn: string,
  metrics: readonly string[],
  subjectIds: readonly string[],
): Promise<string[]> {
  const rows = await handle.query<{ record_id: string }>(
    `select distinct record_id from roll_up_standing
     where tenant_id = $1 and starts_on = $2::date and metric = any($3::text[]) and subject_id = any($4::uuid[])`,
    [handle.tenantId, startsOn, metrics, subjectIds],
  )
  return rows.map((row) => row.record_id)
}

/** Of units those on whose territory something happened in the time: the others may be counted or not. */
export async function listUnitsWithFacts(
  handle: Handle,
  unitIds: readonly string[],
  startsOn: string,
  cutOff: string,
): Promise<string[]> {
  const rows = await handle.query<{ unit_id: string }>(
    `select u.unit_id from unnest($2::uuid[]) as u (unit_id)
     where exists (select 1 from fact f where f.tenant_id = $1 and f.unit_id = u.unit_id and f.occurred_on >= $3::date and f.occurred_on <= $4::date)`,
    [handle.tenantId, unitIds, startsOn, cutOff],
  )
  return rows.map((row) => row.unit_id)
}
