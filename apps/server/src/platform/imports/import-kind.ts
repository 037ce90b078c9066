/**
 * Bringing in a workbook, for every module that can: the same way from the upload to the last row.
 *
 *     upload -> identified by content, in a worker thread -> stored -> import_run 'reading'
 *     job import.read:  parsed in the worker, sheet by sheet -> your `read` judges rows in batches -> import_row -> 'preview'
 *     a person looks, mends cells in place, decides doubtful rows (each is judged again by `read`)
 *     job import.write: batches of good rows -> your `write`, in one transaction with their mark 'written' -> 'done'
 *
 * Either job may die anywhere and is taken up again: reading begins anew, writing goes on behind the last batch that was committed.
 * So nothing is written twice, and nothing is left half written. The jobs act as the person who uploaded, with the reach and the
 * permissions that the person has at that moment.
 *
 * A module writes one `ImportKind` in `<noun>-import.ts`, exports it from its index.ts, and `modules.ts` lists it in `createImports`.
 * Routes (contracts/document/import.ts), preview, progress, template, marked bad rows and recording of the run are then there:
 *
 *     export const unitImport: ImportKind<Options, UnitRow, UnitColumnKey> = {
 *       name: 'unit', title: '单位导入', permission: 'unit.import', options: z.object({}), columns: unitImportColumns,
 *       async open(handle, actor, { options, clock }) {             // once for a reading; what it closes over lives as long
 *         const known = await repo.listOffices(handle)
 *         return {
 *           survey(rows) { ... },                                   // optional: all rows first, for what refers to other rows
 *           async read(handle, rows) {                              // then each batch, in the order of the sheet
 *             return rows.map((row) => {
 *               const reading = readUnitRow(row.match, row.cells, row.row, context)
 *               return reading.ok ? { verdict: 'new', reading: reading.value } : { verdict: 'refused', problems: reading.problems }
 *             })
 *           },
 *         }
 *       },
 *       async write(handle, actor, rows, { clock }) {               // one transaction a batch; record each act yourself
 *         ... return [{ ok: true, objectId }, { ok: false, problems }]   // one for each row, in order
 *       },
 *     }
 *
 * Rules for `write`: decide before you save, so that a refused row leaves nothing behind; a row that somebody else changed since the
 * preview is refused, not overwritten. If it throws, the batch is undone and its rows are tried one by one.
 */
import type { z } from 'zod'
import type { CellProblem, HeaderMatch, ImportColumn, Permission, SheetCell } from '@bihuan/domain'
import type { RowIdentity } from '@bihuan/office'
import type { Actor } from '../actor.js'
import type { Clock } from '../clock.js'
import type { Handle } from '../db/scope.js'

export type ImportName = 'unit' | 'enterprise' | 'ledger'

/** What a person decided on a doubtful row: it is a new thing, it is this one, or leave it out. */
export type RowDecision =
  { readonly is: 'new' } | { readonly is: 'same'; readonly as: string } | { readonly is: 'left-out' }

export interface RowRead<Key extends string = string> {
  /** Counted over all sheets from 1; the row's name within its run. */
  readonly ordinal: number
  readonly sheet: string
  /** As the user sees it. */
  readonly row: number
  /** From column A on. A value merged over several rows stands in each of them. */
  readonly cells: readonly SheetCell[]
  readonly match: HeaderMatch<Key>
  /** What an export of ours put into the hidden column; null for a row that somebody added. */
  readonly identity: RowIdentity | null
  readonly decision: RowDecision | null
}

export interface RowChange {
  readonly title: string
  readonly before: string | null
  readonly after: string | null
}

/** Something there already that a doubtful row may mean. */
export interface RowCandidate {
  readonly id: string
  readonly name: string
  /** 名称相近、地址相同 */
  readonly why: string
}

/** `reading` is kept as JSON until it is written: no Date, no Map. */
export type RowVerdict<Reading> =
  | { readonly verdict: 'new'; readonly reading: Reading; readonly problems?: readonly CellProblem[] }
  | {
      readonly verdict: 'changed'
      readonly reading: Reading
      readonly objectId: string
      readonly changes: readonly RowChange[]
      readonly problems?: readonly CellProblem[]
    }
  | { readonly verdict: 'same'; readonly objectId: string; readonly problems?: readonly CellProblem[] }
  | {
      readonly verdict: 'doubtful'
      readonly reading: Reading
      readonly problems: readonly CellProblem[]
      readonly candidates: readonly RowCandidate[]
    }
  | { readonly verdict: 'refused'; readonly problems: readonly CellProblem[] }
  | { readonly verdict: 'left-out' }

export interface ImportReader<Reading, Key extends string> {
  /** Sees every row once before the first `read`; the workbook is then parsed twice. For references between rows. */
  survey?(rows: readonly RowRead<Key>[]): void
  read(handle: Handle, rows: readonly RowRead<Key>[]): Promise<readonly RowVerdict<Reading>[]>
}

export interface RowToWrite<Reading> {
  readonly ordinal: number
  readonly sheet: string
  readonly row: number
  readonly verdict: 'new' | 'changed'
  readonly reading: Reading
  /** Of a changed row. */
  readonly objectId: string | null
}

export type RowWritten =
  { readonly ok: true; readonly objectId: string } | { readonly ok: false; readonly problems: readonly CellProblem[] }

export interface ImportContext<Options> {
  readonly runId: string
  readonly options: Options
  readonly clock: Clock
}

export interface ImportKind<Options = unknown, Reading = unknown, Key extends string = string> {
  readonly name: ImportName
  /** 单位导入 */
  readonly title: string
  /** Asked at the upload and again by each job. */
  readonly permission: Permission
  /** What the form field `options` may hold, as JSON. */
  readonly options: z.ZodType<Options>
  /** Of the template and of the preview. */
  readonly columns: readonly ImportColumn<Key>[]
  /** Which column is which; by the titles of `columns` if not given. */
  match?(header: readonly SheetCell[], options: Options): HeaderMatch<Key>
  open(handle: Handle, actor: Actor, context: ImportContext<Options>): Promise<ImportReader<Reading, Key>>
  write(
    handle: Handle,
    actor: Actor,
    rows: readonly RowToWrite<Reading>[],
    context: ImportContext<Options>,
  ): Promise<readonly RowWritten[]>
  /** In the transaction that ends the run. */
  finish?(handle: Handle, actor: Actor, context: ImportContext<Options>): Promise<void>
  /** Rows a transaction; 200 if not given. */
  readonly batch?: number
}
