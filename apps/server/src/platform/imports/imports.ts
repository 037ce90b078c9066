/** Imports as their person sees them: begun with an upload, looked at, mended, brought in, given up. See import-kind.ts for the whole. */
import { v7 as uuidv7 } from 'uuid'
import type { ImportRowView, ImportView } from '@bihuan/contracts'
import { collectBytes, writeWorkbook, type AcceptedUpload, type WorkbookRow } from '@bihuan/office'
import type { Actor } from '../actor.js'
import { recordAct } from '../audit/record.js'
import type { Handle } from '../db/scope.js'
import type { StoredFile } from '../files/store.js'
import { keepFile } from '../files/keep-file.js'
import { notAllowed, notFound } from '../http/refusal.js'
import type { Answer } from '../http/serve.js'
import { onlyFile, type UploadedFile } from '../http/upload.js'
import { enqueue, type Job } from '../jobs/queue.js'
import type { Platform } from '../platform.js'
import * as repo from './import.repo.js'
import {
  importJobs,
  judge,
  judgeAgainJob,
  readerOf,
  readJob,
  rowRead,
  writeJob,
  type ActorAt,
  type ImportJobPayload,
} from './import-jobs.js'
import type { ImportKind, ImportName, RowDecision } from './import-kind.js'
import { mayBringIn, presentRow, presentRun } from './import.present.js'
import { identify } from './workbook-thread.js'

export interface StoredWorkbook {
  readonly name: string
  readonly stored: StoredFile
  readonly accepted: AcceptedUpload
}

export interface Imports {
  readonly jobs: readonly Job<never>[]
  storeWorkbook(actor: Actor, kind: ImportName, upload: Parameters<typeof onlyFile>[0]): Promise<Answer<StoredWorkbook>>
  start(
    handle: Handle,
    actor: Actor,
    kind: ImportName,
    workbook: StoredWorkbook,
    options: unknown,
  ): Promise<Answer<ImportView>>
  list(
    handle: Handle,
    actor: Actor,
    asked: ListAsked,
  ): Promise<Answer<{ items: ImportView[]; next: string | null; total: null }>>
  show(handle: Handle, actor: Actor, id: string): Promise<Answer<ImportView>>
  rows(
    handle: Handle,
    actor: Actor,
    id: string,
    asked: RowsAsked,
  ): Promise<Answer<{ items: ImportRowView[]; next: string | null; total: null }>>
  mendRow(handle: Handle, actor: Actor, id: string, ordinal: number, mend: Mend): Promise<Answer<ImportRowView>>
  decideAll(handle: Handle, actor: Actor, id: string, is: RowDecision['is']): Promise<Answer<ImportView>>
  changeOptions(handle: Handle, actor: Actor, id: string, options: unknown): Promise<Answer<ImportView>>
  bringIn(handle: Handle, actor: Actor, id: string): Promise<Answer<ImportView>>
  discard(handle: Handle, actor: Actor, id: string): Promise<Answer<undefined>>
  refusedRows(read: <T>(work: (handle: Handle) => Promise<T>) => Promise<T>, id: string): Promise<Answer<ExportedFile>>
  template(actor: Actor, kind: ImportName): Promise<Answer<{ name: string; bytes: Uint8Array }>>
}

export interface ExportedFile {
  readonly name: string
  readonly chunks: AsyncIterable<Uint8Array>
}

interface ListAsked {
  readonly kind?: ImportName | undefined
  readonly after?: string | undefined
  readonly limit: number
}

interface RowsAsked {
  readonly verdict?: repo.Verdict | undefined
  readonly after?: string | undefined
  readonly limit: number
}

interface Mend {
  readonly cells?: Readonly<Record<string, string | null>> | undefined
  readonly decision?: RowDecision | null | undefined
}

export function createImports(platform: Platform, kinds: readonly ImportKind[], actorAt: ActorAt): Imports {
  const { clock, files, settings } = platform
  const byName = new Map(kinds.map((kind) => [kind.name, kind]))
  const kindOf = (name: string): ImportKind => {
    const kind = byName.get(name as ImportName)
    if (kind === undefined) throw new Error(`no import of kind ${name} is registered`)
    return kind
  }
  const payloadOf = (handle: Handle, run: { id: string; account_id: string }): ImportJobPayload => ({
    tenantId: handle.tenantId,
    runId: run.id,
    accountId: run.account_id,
  })
  const later = (handle: Handle, job: string, run: { id: string; account_id: string }) =>
    enqueue(handle, job, payloadOf(handle, run), { key: `import ${run.id}` })
  const unknown = (id: string): Answer<never> => ({
    ok: false,
    refusal: notFound('导入', { objectKind: 'import', objectId: id }),
  })
  const wrongState = (run: repo.RunRow): Answer<never> => ({
    ok: false,
    refusal: {
      code: 'import.conflict',
      message: `这次导入现在是“${stateLabel[run.state]}”，不能这样做。请刷新后再看。`,
      current: { state: run.state },
    },
  })

  async function presented(handle: Handle, id: string): Promise<Answer<ImportView>> {
    const run = await repo.findRun(handle, id)
    return run === null ? unknown(id) : { ok: true, value: await presentRun(handle, run, kindOf(run.kind)) }
  }

  return {
    jobs: importJobs(platform, kindOf, actorAt),

    /** Outside the transaction: what the file is, and its bytes into the store. */
    async storeWorkbook(actor, name, upload) {
      const kind = kindOf(name)
      if (!actor.permissions.has(kind.permission)) return { ok: false, refusal: notAllowed(kind.title) }
      const file: UploadedFile = onlyFile(upload)
      const verdict = await identify(file.bytes, file.name, settings.uploadBytes)
      if (!verdict.ok)
        return { ok: false, refusal: { code: `upload.${verdict.code}`, message: verdict.message, path: 'file' } }
      if (verdict.kind !== 'xlsx') {
        return {
          ok: false,
          refusal: {
            code: 'upload.not-a-workbook',
            message: '请上传 .xlsx 格式的 Excel 工作簿；旧版 .xls 请用 Excel 或 WPS 另存为 .xlsx。',
            path: 'file',
          },
        }
      }
      return { ok: true, value: { name: file.name, stored: await files.put(file.bytes), accepted: verdict } }
    },

    async start(handle, actor, name, workbook, options) {
      const kind = kindOf(name)
      if (!actor.permissions.has(kind.permission)) return { ok: false, refusal: notAllowed(kind.title) }
      const read = kind.options.safeParse(options)
      if (!read.success) return badOptions(read.error.issues)
      const now = clock.now()
      const file = await keepFile(
        handle,
        actor,
        { stored: workbook.stored, name: workbook.name, mediaType: workbook.accepted.mediaType },
        now,
      )
      const run = { id: uuidv7(), account_id: actor.accountId }
      await repo.insertRun(handle, {
        ...run,
        kind: name,
        unit_id: actor.unitId,
        address: actor.address,
        file_id: file.id,
        file_name: workbook.name,
        options: options ?? {},
        now,
      })
      await recordAct(
        handle,
        actor,
        {
          action: 'import.begin',
          objectKind: 'import',
          objectId: run.id,
          after: { kind: name, fileId: file.id, sha256: workbook.stored.sha256 },
        },
        now,
      )
      await later(handle, readJob, run)
      return presented(handle, run.id)
    },

    async list(handle, actor, { kind, after, limit }) {
      const cursor = after === undefined ? null : readCursor(after)
      const runs = await repo.listRuns(handle, actor.accountId, kind ?? null, cursor, limit + 1)
      const shown = runs.slice(0, limit)
      const items: ImportView[] = []
      for (const run of shown) items.push(await presentRun(handle, run, kindOf(run.kind)))
      const last = runs.length > limit ? shown.at(-1) : undefined
      return {
        ok: true,
        value: { items, next: last ? `${last.created_at.toISOString()} ${last.id}` : null, total: null },
      }
    },

    show: (handle, _actor, id) => presented(handle, id),

    async rows(handle, _actor, id, { verdict, after, limit }) {
      const run = await repo.findRun(handle, id)
      if (run === null) return unknown(id)
      const found = await repo.listRows(
        handle,
        id,
        verdict === undefined ? null : [verdict],
        Number(after ?? 0) || 0,
        limit + 1,
      )
      const shown = found.slice(0, limit)
      return {
        ok: true,
        value: {
          items: shown.map((row) => presentRow(row, run)),
          next: found.length > limit ? String(shown.at(-1)?.ordinal) : null,
          total: null,
        },
      }
    },

    async mendRow(handle, actor, id, ordinal, mend) {
      const run = await repo.lockRun(handle, id)
      if (run === null) return unknown(id)
      if (run.state !== 'preview') return wrongState(run)
      const kind = kindOf(run.kind)
      const row = await repo.findRow(handle, id, ordinal)
      if (row === null) return { ok: false, refusal: notFound('行') }
      const columns = run.summary?.sheets.find(({ name }) => name === row.sheet)?.columns ?? []
      const cells = [...row.cells]
      for (const [key, text] of Object.entries(mend.cells ?? {})) {
        const column = columns.find((one) => one.key === key)
        if (column === undefined) {
          return {
            ok: false,
            refusal: {
              code: 'import.no-such-column',
              message: '工作簿里没有这一列，不能在这里填写。请在工作簿里补上该列后重新上传。',
              path: key,
            },
          }
        }
        while (cells.length <= column.index) cells.push(null)
        cells[column.index] = text === null || text.trim() === '' ? null : text.trim()
      }
      const mended = { ...row, cells, decision: mend.decision === undefined ? row.decision : mend.decision }
      const context = { runId: id, options: kind.options.parse(run.options), clock }
      // The mended cells are saved first, so that a survey of the rows sees them.
      await repo.saveRows(handle, id, actor.accountId, [
        { ...rowRead(mended, run), judged: { verdict: 'refused', problems: [] } },
      ])
      const reader = await readerOf(handle, kind, actor, context, run)
      await repo.saveRows(handle, id, actor.accountId, await judge(handle, reader, [rowRead(mended, run)]))
      const judged = await repo.findRow(handle, id, ordinal)
      return judged === null ? { ok: false, refusal: notFound('行') } : { ok: true, value: presentRow(judged, run) }
    },

    async decideAll(handle, _actor, id, is) {
      const run = await repo.lockRun(handle, id)
      if (run === null) return unknown(id)
      if (run.state !== 'preview') return wrongState(run)
      await repo.decideDoubtful(handle, id, is)
      await repo.changeRun(handle, id, 'preview', { state: 'reading' }, clock.now())
      await later(handle, judgeAgainJob, run)
      return presented(handle, id)
    },

    async changeOptions(handle, _actor, id, options) {
      const run = await repo.lockRun(handle, id)
      if (run === null) return unknown(id)
      if (run.state !== 'preview') return wrongState(run)
      const read = kindOf(run.kind).options.safeParse(options)
      if (!read.success) return badOptions(read.error.issues)
      await repo.changeRun(handle, id, 'preview', { state: 'reading', options, done: 0, total: null }, clock.now())
      await later(handle, readJob, run)
      return presented(handle, id)
    },

    async bringIn(handle, actor, id) {
      const run = await repo.lockRun(handle, id)
      if (run === null) return unknown(id)
      const kind = kindOf(run.kind)
      if (!actor.permissions.has(kind.permission)) return { ok: false, refusal: notAllowed(kind.title) }
      if (!mayBringIn(run)) return wrongState(run)
      const counts = await repo.countRows(handle, id)
      const waiting = (counts.new ?? 0) + (counts.changed ?? 0)
      if (waiting === 0) {
        return {
          ok: false,
          refusal: {
            code: 'import.nothing-to-bring-in',
            message: '没有可以导入的行。请先改正有问题的行，或换一个文件。',
          },
        }
      }
      await repo.changeRun(
        handle,
        id,
        run.state,
        { state: 'writing', done: 0, total: waiting, refusal: null },
        clock.now(),
      )
      await recordAct(
        handle,
        actor,
        {
          action: `${kind.permission}`,
          objectKind: 'import',
          objectId: id,
          after: { rows: waiting, options: run.options },
        },
        clock.now(),
      )
      await later(handle, writeJob, run)
      return presented(handle, id)
    },

    async discard(handle, actor, id) {
      const run = await repo.lockRun(handle, id)
      if (run === null) return unknown(id)
      if (run.state === 'done' || run.state === 'failed') return wrongState(run)
      const refusal = { code: 'import.given-up', message: '这次导入已放弃；放弃之前导入的行保留。' }
      await repo.changeRun(handle, id, run.state, { state: 'failed', refusal }, clock.now())
      await recordAct(handle, actor, { action: 'import.discard', objectKind: 'import', objectId: id }, clock.now())
      return { ok: true, value: undefined }
    },

    async refusedRows(read, id) {
      const run = await read((handle) => repo.findRun(handle, id))
      if (run === null) return unknown(id)
      const kind = kindOf(run.kind)
      const columns = [...new Set((run.summary?.sheets ?? []).flatMap((sheet) => sheet.columns.map(({ key }) => key)))]
      const titleOf = new Map(kind.columns.map(({ key, title }) => [key, title]))
      async function* rows(): AsyncGenerator<WorkbookRow> {
        for (let after = 0; ;) {
          const page = await read((handle) => repo.listRows(handle, id, ['refused', 'doubtful'], after, 500))
          for (const row of page) {
            const shown = presentRow(row, run as repo.RunRow)
            const problems = shown.problems.map(({ title, message }) =>
              title === '' || message.includes(title) ? message : `${title}：${message}`,
            )
            yield {
              cells: [
                ...columns.map((key) => shown.cells[key] ?? null),
                problems.join('\n'),
                `${row.sheet} 第${row.row_number}行`,
              ],
            }
          }
          const last = page.at(-1)
          if (last === undefined) return
          after = last.ordinal
        }
      }
      const chunks = writeWorkbook(
        {
          sheetName: '需要改正的行',
          title: `${kind.title}：需要改正的行`,
          columns: [
            ...columns.map((key) => {
              const choices = kind.columns.find((column) => column.key === key)?.allowed ?? []
              return { header: titleOf.get(key) ?? key, width: 18, ...(choices.length === 0 ? {} : { choices }) }
            }),
            { header: '需要改正的问题', width: 40 },
            { header: '原来的位置', width: 18 },
          ],
        },
        rows(),
      )
      return { ok: true, value: { name: `${kind.title}-需要改正的行.xlsx`, chunks } }
    },

    async template(actor, name) {
      const kind = kindOf(name)
      if (!actor.permissions.has(kind.permission)) return { ok: false, refusal: notAllowed(kind.title) }
      const bytes = await collectBytes(
        writeWorkbook(
          {
            sheetName: kind.title,
            title: `${kind.title}模板`,
            columns: kind.columns.map(({ title, required, allowed }) => ({
              header: required ? `${title}*` : title,
              width: Math.max(14, title.length * 2 + 4),
              ...(allowed.length === 0 ? {} : { choices: allowed }),
            })),
            blankRows: 200,
            notes: [
              '填写说明（带 * 的列必须填写；列的顺序可以变，列名请不要改）：',
              ...kind.columns.map(({ title, note }) => `${title}：${note}`),
            ],
          },
          [],
        ),
      )
      return { ok: true, value: { name: `${kind.title}模板.xlsx`, bytes } }
    },
  }
}

const stateLabel: Readonly<Record<repo.RunState, string>> = {
  reading: '正在核对',
  preview: '等待导入',
  writing: '正在导入',
  done: '已完成',
  failed: '已停止',
}

function badOptions(
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
): Answer<never> {
  return {
    ok: false,
    refusal: {
      code: 'import.options-invalid',
      message: '导入的选项没有填对，请按提示改正。',
      places: issues.map(({ path, message }) => ({ path: ['options', ...path].join('.'), message })),
    },
  }
}

function readCursor(cursor: string): { createdAt: Date; id: string } | null {
  const [at, id] = cursor.split(' ')
  const createdAt = new Date(at ?? '')
  return Number.isNaN(createdAt.getTime()) || !/^[0-9a-f-]{36}$/.test(id ?? '') ? null : { createdAt, id: id ?? '' }
}
