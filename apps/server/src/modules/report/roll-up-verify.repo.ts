import type { Handle } from '../../platform/db/scope.js'
import {
  foldValues,
  looseSelect,
  monthRows,
  seenMonths,
  seenRows,
  standingRows,
  type FoldQuestion,
} from './roll-up-fold.repo.js'

/** The first row that differs, and how many do. */
export interface RollUpDifference extends Record<string, unknown> {
  readonly rows: number
  readonly starts_on: string
  readonly unit_name: string
  readonly metric: string
  readonly sector: string
  readonly from_on: string
  readonly kept: string | null
  readonly computed: string | null
}

/** Rows that are kept and rows that follow from the facts, side by side; the first that differ. */
function firstApart(rows: string, stored: string, key: string, value: string): string {
  return `with computed as materialized (${rows})
    select count(*) over () as rows, coalesce(k.starts_on, c.starts_on) as starts_on, coalesce(k.metric, c.metric) as metric, coalesce(k.sector, c.sector) as sector,
      coalesce(k.from_on, c.from_on) as from_on, k.value as kept, c.value as computed,
      (select u.name from unit u where u.tenant_id = $1 and u.id = coalesce(k.unit_id, c.unit_id)) as unit_name
    from (select ${key}, ${value} as value from ${stored}) k
    full join (select ${key}, ${value} as value from computed) c
      on (k.starts_on, k.unit_id, k.metric, k.sector, k.from_on, k.subject_id) = (c.starts_on, c.unit_id, c.metric, c.sector, c.from_on, c.subject_id)
    where k.value is distinct from c.value
    order by 1, 2, 4 limit 1`
}

/** Subjects by month follow from when each is seen, which is looked at by itself. */
export async function findMonthApart(
  handle: Handle,
  question: FoldQuestion,
  additive: readonly string[],
): Promise<RollUpDifference | null> {
  const values = [...foldValues(handle, question), additive]
  const key = 'starts_on, unit_id, metric, sector, month as from_on, unit_id as subject_id'
  // A month in which all was undone again is as good as none.
  const stored = `(select * from roll_up_month where tenant_id = $1 and days <> '{}') m`
  const value = `amount || ' ' || days::text || ' ' || amounts::text`
  const [row] = await handle.query<RollUpDifference>(
    firstApart(
      `select * from (${monthRows(false, `$${values.length}`, '1')}) additive
       union all ${seenMonths('(select * from roll_up_seen where tenant_id = $1)', 1)}`,
      stored,
      key,
      value,
    ),
    values,
  )
  return row ?? null
}

/** What stands for a subject; then when it is seen, which follows from it. */
export async function findSeenApart(
  handle: Handle,
  question: FoldQuestion,
  distinct: readonly string[],
): Promise<RollUpDifference | null> {
  const values = [...foldValues(handle, question), distinct]
  const seen = seenRows(`(${standingRows(false, `$${values.length}`)})`)
  const key = 'starts_on, unit_id, metric, sector, from_on, subject_id'
  const value = `subject_id || ' ' || to_on::text`
  const stored = '(select * from roll_up_seen where tenant_id = $1) s'
  const [row] = await handle.query<RollUpDifference>(firstApart(seen, stored, key, value), values)
  return row ?? null
}

/** The next figure is folded from it. */
export async function findStandingApart(
  handle: Handle,
  question: FoldQuestion,
  distinct: readonly string[],
): Promise<RollUpDifference | null> {
  const values = [...foldValues(handle, question), distinct]
  const key = 'starts_on, unit_id, metric, sector, from_on, record_id as subject_id'
  const value = `subject_id || ' ' || to_on::text`
  const stored = '(select * from roll_up_standing where tenant_id = $1) s'
  const [row] = await handle.query<RollUpDifference>(
    firstApart(standingRows(false, `$${values.length}`), stored, key, value),
    values,
  )
  return row ?? null
}

/** A record that is held to be loose and is not, or the other way round. */
export async function findLooseApart(
  handle: Handle,
  measures: readonly string[],
  upTo: number,
): Promise<{ readonly record_id: string; readonly rows: number } | null> {
  const [row] = await handle.query<{ record_id: string; rows: number }>(
    `select count(*) over () as rows, coalesce(k.record_id, c.record_id) as record_id
     from (select record_id, subject_id from roll_up_loose where tenant_id = $1) k
     full join (${looseSelect('')}) c on c.record_id = k.record_id and c.subject_id = k.subject_id
     where k.record_id is null or c.record_id is null order by 1 limit 1`,
    [handle.tenantId, measures, upTo],
  )
  return row ?? null
}

export async function countMonths(handle: Handle): Promise<number> {
  const [row] = await handle.query<{ count: number }>(
    'select count(*) as count from roll_up_month where tenant_id = $1',
    [handle.tenantId],
  )
  return row?.count ?? 0
}
