import type { CellProblem, SheetCell } from '@bihuan/domain'
import type { RowIdentity } from '@bihuan/office'
import { idArray, jsonArray } from '../db/array-literal.js'
import type { Handle } from '../db/scope.js'
import type { ImportName, RowCandidate, RowChange, RowDecision, RowToWrite, RowVerdict } from './import-kind.js'
import type { SheetSummary } from './sheet-reading.js'

export type RunState = 'reading' | 'preview' | 'writing' | 'done' | 'failed'
export type Verdict = RowVerdict<unknown>['verdict'] | 'written'

export interface RunSummary {
  readonly sheets: readonly SheetSummary[]
  readonly written: { readonly new: number; readonly changed: number }
}

export interface RunRow {
  readonly id: string
  readonly kind: ImportName
  readonly account_id: string
  readonly unit_id: string
  readonly address: string
  readonly file_id: string
  readonly file_name: string
  readonly options: unknown
  readonly state: RunState
  readonly done: number
  readonly total: number | null
  readonly summary: RunSummary | null
  readonly refusal: { readonly code: string; readonly message: string } | null
  readonly created_at: Date
  readonly changed_at: Date
}

const runColumns = `id, kind, account_id, unit_id, address, file_id, file_name, options, state, done, total, summary, refusal, created_at, changed_at`

export async function insertRun(
  handle: Handle,
  run: Pick<RunRow, 'id' | 'kind' | 'account_id' | 'unit_id' | 'address' | 'file_id' | 'file_name' | 'options'> & {
    now: Date
  },
): Promise<void> {
  await handle.query(
    `insert into import_run (tenant_id, id, kind, account_id, unit_id, address, file_id, file_name, options, state, created_at, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'reading', $10, $10)`,
    [
      handle.tenantId,
      run.id,
      run.kind,
      run.account_id,
      run.unit_id,
      run.address,
      run.file_id,
      run.file_name,
      JSON.stringify(run.options),
      run.now,
    ],
  )
}

export async function findRun(handle: Handle, id: string): Promise<RunRow | null> {
  const [row] = await handle.query<RunRow>(`select ${runColumns} from import_run where tenant_id = $1 and id = $2`, [
    handle.tenantId,
    id,
  ])
  return row ?? null
}

export async function lockRun(handle: Handle, id: string): Promise<RunRow | null> {
  const [row] = await handle.query<RunRow>(
    `select ${runColumns} from import_run where tenant_id = $1 and id = $2 for update`,
    [handle.tenantId, id],
  )
  return row ?? null
}

export async function listRuns(
  handle: Handle,
  accountId: string,
  kind: ImportName | null,
  before: { createdAt: Date; id: string } | null,
  limit: number,
): Promise<RunRow[]> {
  return handle.query<RunRow>(
    `select ${runColumns} from import_run
     where tenant_id = $1 and account_id = $2 and ($3::text is null or kind = $3)
       and ($4::timestamptz is null or (created_at, id) < ($4, $5::uuid))
     order by created_at desc, id desc limit $6`,
    [handle.tenantId, accountId, kind, before?.createdAt ?? null, before?.id ?? null, limit],
  )
}

export interface RunChange {
  readonly state?: RunState
  readonly done?: number
  readonly total?: number | null
  readonly summary?: RunSummary
  readonly options?: unknown
  readonly refusal?: { readonly code: string; readonly message: string } | null
}

/** Only while the run is in the state that the change was decided in: a run that was given up meanwhile stays so. */
export async function changeRun(
  handle: Handle,
  id: string,
  inState: RunState,
  change: RunChange,
  now: Date,
): Promise<boolean> {
  const rows = await handle.query(
    `update import_run set state = coalesce($4, state), done = coalesce($5, done),
       total = case when $6 then $7 else total end, summary = coalesce($8, summary), options = coalesce($9, options),
       refusal = case when $10 then $11::jsonb else refusal end, changed_at = $12
     where tenant_id = $1 and id = $2 and state = $3 returning id`,
    [
      handle.tenantId,
      id,
      inState,
      change.state ?? null,
      change.done ?? null,
      change.total !== undefined,
      change.total ?? null,
      change.summary === undefined ? null : JSON.stringify(change.summary),
      change.options === undefined ? null : JSON.stringify(change.options),
      change.refusal !== undefined,
      change.refusal === undefined || change.refusal === null ? null : JSON.stringify(change.refusal),
      now,
    ],
  )
  return rows.length > 0
}

/** What is kept of a judged row beside its verdict. */
interface KeptReading {
  readonly value?: unknown
  readonly changes?: readonly RowChange[]
  readonly candidates?: readonly RowCandidate[]
}

export interface ImportRow {
  readonly ordinal: number
  readonly sheet: string
  readonly row_number: number
  readonly verdict: Verdict
  readonly cells: readonly SheetCell[]
  readonly reading: (KeptReading & { readonly identity?: RowIdentity | null; readonly was?: 'new' | 'changed' }) | null
  readonly problems: readonly CellProblem[] | null
  readonly object_id: string | null
  readonly decision: RowDecision | null
}

const rowColumns = 'ordinal, sheet, row_number, verdict, cells, reading, problems, object_id, decision'

export interface JudgedRow {
  readonly ordinal: number
  readonly sheet: string
  readonly row: number
  readonly cells: readonly SheetCell[]
  readonly identity: RowIdentity | null
  readonly decision: RowDecision | null
  readonly judged: RowVerdict<unknown>
}

function keptOf({ judged, identity }: JudgedRow) {
  return {
    verdict: judged.verdict,
    reading: {
      ...('reading' in judged ? { value: judged.reading } : {}),
      ...('changes' in judged ? { changes: judged.changes } : {}),
      ...('candidates' in judged ? { candidates: judged.candidates } : {}),
      ...(identity === null ? {} : { identity }),
    },
    problems: 'problems' in judged && judged.problems !== undefined ? judged.problems : null,
    objectId: 'objectId' in judged ? judged.objectId : null,
  }
}

/** Adds the rows, or judges them anew where they stand already. */
export async function saveRows(
  handle: Handle,
  runId: string,
  accountId: string,
  rows: readonly JudgedRow[],
): Promise<void> {
  const kept = rows.map(keptOf)
  await handle.query(
    `insert into import_row (tenant_id, run_id, account_id, ordinal, sheet, row_number, verdict, cells, reading, problems, object_id, decision)
     select $1, $2, $3, r.ordinal, r.sheet, r.row_number, r.verdict, r.cells, r.reading, r.problems, r.object_id, r.decision
     from unnest($4::int[], $5::text[], $6::int[], $7::text[], $8::jsonb[], $9::jsonb[], $10::jsonb[], $11::uuid[], $12::jsonb[])
       as r (ordinal, sheet, row_number, verdict, cells, reading, problems, object_id, decision)
     on conflict (tenant_id, run_id, ordinal) do update set verdict = excluded.verdict, cells = excluded.cells, reading = excluded.reading,
       problems = excluded.problems, object_id = excluded.object_id, decision = excluded.decision`,
    [
      handle.tenantId,
      runId,
      accountId,
      rows.map((row) => row.ordinal),
      rows.map((row) => row.sheet),
      rows.map((row) => row.row),
      kept.map((row) => row.verdict),
      jsonArray(rows.map((row) => row.cells)),
      jsonArray(kept.map((row) => row.reading)),
      jsonArray(kept.map((row) => row.problems)),
      idArray(kept.map((row) => row.objectId)),
      jsonArray(rows.map((row) => row.decision)),
    ],
  )
}

export async function clearRows(handle: Handle, runId: string): Promise<void> {
  await handle.query('delete from import_row where tenant_id = $1 and run_id = $2', [handle.tenantId, runId])
}

export async function countRows(handle: Handle, runId: string): Promise<Partial<Record<Verdict, number>>> {
  const rows = await handle.query<{ verdict: Verdict; count: number }>(
    'select verdict, count(*)::int as count from import_row where tenant_id = $1 and run_id = $2 group by verdict',
    [handle.tenantId, runId],
  )
  return Object.fromEntries(rows.map(({ verdict, count }) => [verdict, count]))
}

export async function findRow(handle: Handle, runId: string, ordinal: number): Promise<ImportRow | null> {
  const [row] = await handle.query<ImportRow>(
    `select ${rowColumns} from import_row where tenant_id = $1 and run_id = $2 and ordinal = $3 for update`,
    [handle.tenantId, runId, ordinal],
  )
  return row ?? null
}

export async function listRows(
  handle: Handle,
  runId: string,
  verdicts: readonly Verdict[] | null,
  after: number,
  limit: number,
): Promise<ImportRow[]> {
  return handle.query<ImportRow>(
    `select ${rowColumns} from import_row
     where tenant_id = $1 and run_id = $2 and ordinal > $3 and ($4::text[] is null or verdict = any($4)) order by ordinal limit $5`,
    [handle.tenantId, runId, after, verdicts === null ? null : [...verdicts], limit],
  )
}

/** The next rows that are good, behind one: what was read of them, without the cells that it was read from. */
export async function listRowsToWrite(
  handle: Handle,
  runId: string,
  after: number,
  limit: number,
): Promise<RowToWrite<unknown>[]> {
  return handle.query<RowToWrite<unknown> & Record<string, unknown>>(
    `select ordinal, sheet, row_number as row, verdict, reading->'value' as reading, object_id as "objectId" from import_row
     where tenant_id = $1 and run_id = $2 and ordinal > $3 and verdict in ('new', 'changed') order by ordinal limit $4`,
    [handle.tenantId, runId, after, limit],
  )
}

export async function listDecidedRows(
  handle: Handle,
  runId: string,
  after: number,
  limit: number,
): Promise<ImportRow[]> {
  return handle.query<ImportRow>(
    `select ${rowColumns} from import_row
     where tenant_id = $1 and run_id = $2 and ordinal > $3 and verdict = 'doubtful' and decision is not null order by ordinal limit $4`,
    [handle.tenantId, runId, after, limit],
  )
}

/** `same` is the first candidate of each row: the likeliest. */
export async function decideDoubtful(handle: Handle, runId: string, is: RowDecision['is']): Promise<number> {
  const decided =
    is === 'same'
      ? `jsonb_build_object('is', 'same', 'as', reading #>> '{candidates,0,id}')`
      : `jsonb_build_object('is', $3::text)`
  const rows = await handle.query(
    `update import_row set decision = ${decided} where tenant_id = $1 and run_id = $2 and verdict = 'doubtful'
       ${is === 'same' ? `and reading #>> '{candidates,0,id}' is not null` : ''} returning ordinal`,
    is === 'same' ? [handle.tenantId, runId] : [handle.tenantId, runId, is],
  )
  return rows.length
}

export interface RowOutcome {
  readonly ordinal: number
  readonly was: 'new' | 'changed'
  readonly objectId: string | null
  /** Null when it was written. */
  readonly problems: readonly CellProblem[] | null
}

/**
 * What became of a batch; the readings of written rows have served and go.
 *
 * By `any` and places in arrays, not by a join: a table that has just been filled has no statistics, and the join was planned as a scan
 * of all rows of the run for each batch (50,000 rows: 110 s against 7 s).
 */
export async function saveOutcomes(handle: Handle, runId: string, outcomes: readonly RowOutcome[]): Promise<void> {
  const refused = outcomes.filter((one) => one.problems !== null)
  const written = outcomes.filter((one) => one.problems === null)
  if (written.length > 0) {
    await handle.query(
      `update import_row set verdict = 'written', object_id = ($4::uuid[])[array_position($3::int[], ordinal)], problems = null,
         reading = jsonb_build_object('was', ($5::text[])[array_position($3::int[], ordinal)])
       where tenant_id = $1 and run_id = $2 and ordinal = any($3::int[])`,
      [
        handle.tenantId,
        runId,
        written.map((one) => one.ordinal),
        idArray(written.map((one) => one.objectId)),
        written.map((one) => one.was),
      ],
    )
  }
  for (const one of refused) {
    await handle.query(
      `update import_row set verdict = 'refused', problems = $4, reading = jsonb_build_object('was', $5::text)
       where tenant_id = $1 and run_id = $2 and ordinal = $3`,
      [handle.tenantId, runId, one.ordinal, JSON.stringify(one.problems), one.was],
    )
  }
}

export async function findFileOf(handle: Handle, fileId: string): Promise<{ sha256: string } | null> {
  const [row] = await handle.query<{ sha256: string }>('select sha256 from file where tenant_id = $1 and id = $2', [
    handle.tenantId,
    fileId,
  ])
  return row ?? null
}

/** A row that cannot be written must not undo those beside it. */
export async function inSavepoint<T>(handle: Handle, work: () => Promise<T>): Promise<T> {
  await handle.query('savepoint import_row')
  try {
    const result = await work()
    await handle.query('release savepoint import_row')
    return result
  } catch (cause) {
    await handle.query('rollback to savepoint import_row')
    throw cause
  }
}
