/** The two long parts of an import, as jobs: judging the rows of a workbook, and writing those that are good. */
import type { SheetCell } from '@bihuan/domain'
import { matchHeader } from '@bihuan/domain'
import { buffer } from 'node:stream/consumers'
import type { Actor } from '../actor.js'
import { recordAct } from '../audit/record.js'
import type { Handle } from '../db/scope.js'
import { notAllowed, outageOf, RefusedRequest } from '../http/refusal.js'
import { collectGarbage } from '../jobs/garbage.js'
import type { Job } from '../jobs/queue.js'
import { stackPlaces } from '../log.js'
import type { Platform } from '../platform.js'
import * as repo from './import.repo.js'
import type { ImportContext, ImportKind, ImportReader, RowRead, RowToWrite, RowWritten } from './import-kind.js'
import { savingBehind } from './saving-behind.js'
import { WorkbookReading, type SheetSummary } from './sheet-reading.js'
import { parse } from './workbook-thread.js'

export interface ImportJobPayload {
  readonly tenantId: string
  readonly runId: string
  readonly accountId: string
}

export const readJob = 'import.read'
export const judgeAgainJob = 'import.judge-again'
export const writeJob = 'import.write'

/** Who acts for the run: the person who uploaded, as they stand now; null when they may not work there any more. */
export type ActorAt = (
  who: { readonly tenantId: string; readonly accountId: string; readonly unitId: string },
  from: { readonly via: 'job'; readonly address: string },
) => Promise<Actor | null>

const rowsToJudge = 500
const batchesBetweenCollections = 10
const rowsToWrite = 200

interface Taken {
  readonly run: repo.RunRow
  readonly kind: ImportKind
  readonly actor: Actor
  readonly context: ImportContext<unknown>
}

class GivenUp extends Error {}

export function importJobs(
  { database, clock, files, log }: Platform,
  kindOf: (name: string) => ImportKind,
  actorAt: ActorAt,
): readonly Job<never>[] {
  /** Loads the run and its person, does the work, and turns what stops it into the run's failure. An outage is tried again by the queue. */
  function job(name: string, inState: repo.RunState, work: (taken: Taken) => Promise<void>): Job<ImportJobPayload> {
    return {
      name,
      async run({ tenantId, runId, accountId }) {
        const own = { tenantId, accountId, path: null, scope: [], lines: [], parties: [], audit: false }
        const run = await database.withScope(own, (handle) => repo.findRun(handle, runId))
        if (run === null || run.state !== inState) return
        const fail = (refusal: { code: string; message: string }) =>
          database.withScope(own, (handle) =>
            repo.changeRun(handle, runId, inState, { state: 'failed', refusal }, clock.now()),
          )
        const kind = kindOf(run.kind)
        const actor = await actorAt({ tenantId, accountId, unitId: run.unit_id }, { via: 'job', address: run.address })
        if (actor === null || !actor.permissions.has(kind.permission)) {
          await fail(notAllowed(kind.title))
          return
        }
        try {
          await work({ run, kind, actor, context: { runId: run.id, options: kind.options.parse(run.options), clock } })
        } catch (cause) {
          if (cause instanceof GivenUp) return
          if (cause instanceof RefusedRequest) {
            await fail({ code: cause.refusal.code, message: cause.refusal.message })
            return
          }
          if (outageOf(cause) !== null) throw cause
          log.error({
            event: 'bug',
            job: name,
            name: (cause as Error).name,
            code: (cause as { code?: string }).code,
            stack: stackPlaces(cause),
          })
          await fail({
            code: 'server.bug',
            message: '系统出错了，导入没有做完；已导入的行保留。请把导入的时间告诉系统管理员。',
          })
        }
      },
    }
  }

  async function* rowsOf({ run, actor }: Taken, reading: WorkbookReading) {
    const file = await database.withScope(actor.reach, (handle) => repo.findFileOf(handle, run.file_id))
    const stream = file === null ? null : await files.get(file.sha256)
    if (stream === null) {
      throw new RefusedRequest({ code: 'import.file-gone', message: '上传的文件已不在系统中。请重新上传。' })
    }
    for await (const batch of parse(await buffer(stream))) yield reading.take(batch)
    yield reading.end()
  }

  const reading = job(readJob, 'reading', async (taken) => {
    const { run, kind, actor, context } = taken
    const newReading = () => readingFor(kind, context.options)
    const reader = await database.withScope(actor.reach, (handle) => kind.open(handle, actor, context))
    if (reader.survey) for await (const rows of rowsOf(taken, newReading())) reader.survey(rows)

    await database.withScope(actor.reach, (handle) => repo.clearRows(handle, run.id))
    const workbook = newReading()
    let done = 0
    let batches = 0
    await savingBehind(async (begin) => {
      for await (const rows of rowsOf(taken, workbook)) {
        for (let at = 0; at < rows.length; at += rowsToJudge) {
          const batch = rows.slice(at, at + rowsToJudge)
          if (batches++ % batchesBetweenCollections === 0) collectGarbage()
          const judged = await database.withScope(actor.reach, (handle) => judge(handle, reader, batch))
          const upTo = (done += batch.length)
          await begin(() =>
            database.withScope(actor.reach, async (handle) => {
              await repo.saveRows(handle, run.id, actor.accountId, judged)
              if (!(await repo.changeRun(handle, run.id, 'reading', { done: upTo }, clock.now()))) throw new GivenUp()
            }),
          )
        }
      }
    })
    const summary = { sheets: workbook.sheets, written: { new: 0, changed: 0 } }
    const usable = workbook.sheets.some((sheet) => sheet.usable)
    await database.withScope(actor.reach, (handle) =>
      repo.changeRun(
        handle,
        run.id,
        'reading',
        usable
          ? { state: 'preview', total: done, summary }
          : { state: 'failed', total: done, summary, refusal: noUsableSheet(workbook.sheets) },
        clock.now(),
      ),
    )
  })

  const judgingAgain = job(judgeAgainJob, 'reading', async ({ run, kind, actor, context }) => {
    const reader = await database.withScope(actor.reach, (handle) => readerOf(handle, kind, actor, context, run))
    for (let after = 0; ;) {
      const rows = await database.withScope(actor.reach, async (handle) => {
        const decided = await repo.listDecidedRows(handle, run.id, after, rowsToJudge)
        await repo.saveRows(
          handle,
          run.id,
          actor.accountId,
          await judge(
            handle,
            reader,
            decided.map((row) => rowRead(row, run)),
          ),
        )
        return decided
      })
      const last = rows.at(-1)
      if (last === undefined) break
      after = last.ordinal
    }
    await database.withScope(actor.reach, (handle) =>
      repo.changeRun(handle, run.id, 'reading', { state: 'preview' }, clock.now()),
    )
  })

  const writing = job(writeJob, 'writing', async ({ run, kind, actor, context }) => {
    const batch = kind.batch ?? rowsToWrite
    // Behind what this run has written: to begin at the first row each time would look through all written ones again.
    let [after, last] = [0, 0]
    for (let [more, batches] = [true, 0]; more; batches++) {
      if (batches % batchesBetweenCollections === 0) collectGarbage()
      more = await database.withScope(actor.reach, async (handle) => {
        // Held until the batch is committed: two servers that both think the run is theirs take turns.
        const now = await repo.lockRun(handle, run.id)
        if (now?.state !== 'writing' || now.summary === null) throw new GivenUp()
        const rows = await repo.listRowsToWrite(handle, run.id, after, batch)
        if (rows.length === 0) {
          await kind.finish?.(handle, actor, context)
          await repo.changeRun(handle, run.id, 'writing', { state: 'done' }, clock.now())
          await recordAct(
            handle,
            actor,
            {
              action: 'import.done',
              objectKind: 'import',
              objectId: run.id,
              after: { kind: kind.name, ...now.summary.written },
            },
            clock.now(),
          )
          return false
        }
        const outcomes = await writeBatch(handle, kind, actor, rows, context)
        await repo.saveOutcomes(handle, run.id, outcomes)
        const written = { ...now.summary.written }
        for (const one of outcomes) if (one.problems === null) written[one.was] += 1
        await repo.changeRun(
          handle,
          run.id,
          'writing',
          { done: now.done + rows.length, summary: { ...now.summary, written } },
          clock.now(),
        )
        last = rows.at(-1)?.ordinal ?? last
        return true
      })
      after = last
    }
  })

  async function writeBatch(
    handle: Handle,
    kind: ImportKind,
    actor: Actor,
    rows: readonly RowToWrite<unknown>[],
    context: ImportContext<unknown>,
  ): Promise<repo.RowOutcome[]> {
    try {
      const written = await repo.inSavepoint(handle, () => kind.write(handle, actor, rows, context))
      return rows.map((row, index) => outcomeOf(row, written[index]))
    } catch (cause) {
      if (outageOf(cause) !== null) throw cause
      log.warn({
        event: 'import-batch-failed',
        kind: kind.name,
        code: (cause as { code?: string }).code,
        stack: stackPlaces(cause),
      })
    }
    const outcomes: repo.RowOutcome[] = []
    for (const row of rows) {
      try {
        const [written] = await repo.inSavepoint(handle, () => kind.write(handle, actor, [row], context))
        outcomes.push(outcomeOf(row, written))
      } catch (cause) {
        if (outageOf(cause) !== null) throw cause
        outcomes.push(outcomeOf(row, undefined))
      }
    }
    return outcomes
  }

  return [reading, judgingAgain, writing] as readonly Job<never>[]
}

/** A reader that has surveyed the rows as they stand now, mended cells included. */
export async function readerOf(
  handle: Handle,
  kind: ImportKind,
  actor: Actor,
  context: ImportContext<unknown>,
  run: repo.RunRow,
): Promise<ImportReader<unknown, string>> {
  const reader = await kind.open(handle, actor, context)
  for (let after = 0; reader.survey;) {
    const rows = await repo.listRows(handle, run.id, null, after, 2000)
    const last = rows.at(-1)
    if (last === undefined) break
    reader.survey(rows.map((row) => rowRead(row, run)))
    after = last.ordinal
  }
  return reader
}

export async function judge(
  handle: Handle,
  reader: ImportReader<unknown, string>,
  rows: readonly RowRead[],
): Promise<repo.JudgedRow[]> {
  const judged = await reader.read(handle, rows)
  return rows.map((row, index) => {
    const verdict = judged[index]
    if (verdict === undefined) throw new Error('a reader judges each row that it is given')
    return { ...row, judged: row.decision?.is === 'left-out' ? { verdict: 'left-out' } : verdict }
  })
}

/** A row as it was read, out of what was kept of it. */
export function rowRead(row: repo.ImportRow, run: Pick<repo.RunRow, 'summary'>): RowRead {
  const sheet = run.summary?.sheets.find(({ name }) => name === row.sheet)
  return {
    ordinal: row.ordinal,
    sheet: row.sheet,
    row: row.row_number,
    cells: row.cells,
    match: {
      indexOf: new Map((sheet?.columns ?? []).map(({ key, index }) => [key, index])),
      problems: sheet?.problems ?? [],
      usable: sheet?.usable ?? false,
    },
    identity: row.reading?.identity ?? null,
    decision: row.decision,
  }
}

function readingFor(kind: ImportKind, options: unknown): WorkbookReading {
  const titles = new Map(kind.columns.map(({ key, title }) => [key, title]))
  const match = (header: readonly SheetCell[]) => kind.match?.(header, options) ?? matchHeader(kind.columns, header)
  return new WorkbookReading(match, (key) => titles.get(key) ?? key)
}

function noUsableSheet(sheets: readonly SheetSummary[]): { code: string; message: string } {
  const [nearest] = [...sheets].sort((a, b) => b.columns.length - a.columns.length)
  const missing = nearest?.problems.filter(({ blocking }) => blocking).map(({ message }) => message) ?? []
  return {
    code: 'import.no-usable-sheet',
    message:
      nearest === undefined || nearest.columns.length === 0
        ? '工作簿里没有找到表头。请使用系统提供的模板，或把列名改成模板中的列名后重新上传。'
        : `工作表“${nearest.name}”不能导入：${missing.join('')}`,
  }
}

function outcomeOf(row: RowToWrite<unknown>, written: RowWritten | undefined): repo.RowOutcome {
  if (written === undefined) {
    const message = '这一行没能保存：可能与刚刚由别人登记的内容重复。请核对后单独登记。'
    const problem = { row: row.row, column: null, title: '', code: 'import.not-saved', message }
    return { ordinal: row.ordinal, was: row.verdict, objectId: row.objectId, problems: [problem] }
  }
  return written.ok
    ? { ordinal: row.ordinal, was: row.verdict, objectId: written.objectId, problems: null }
    : { ordinal: row.ordinal, was: row.verdict, objectId: row.objectId, problems: written.problems }
}
