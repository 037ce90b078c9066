import type { ImportRowView, ImportView } from '@bihuan/contracts'
import { cellText } from '@bihuan/office'
import type { Handle } from '../db/scope.js'
import type { ImportKind } from './import-kind.js'
import * as repo from './import.repo.js'

export async function presentRun(handle: Handle, run: repo.RunRow, kind: ImportKind): Promise<ImportView> {
  // Asked every second while it works, when only the progress is shown: counting 50,000 rows each time would slow the work down.
  const works = run.state === 'reading' || run.state === 'writing'
  return presentCounted(run, kind, works ? {} : await repo.countRows(handle, run.id))
}

function presentCounted(run: repo.RunRow, kind: ImportKind, counts: Partial<Record<repo.Verdict, number>>): ImportView {
  const good = (counts.new ?? 0) + (counts.changed ?? 0)
  return {
    id: run.id,
    kind: run.kind,
    title: kind.title,
    fileName: run.file_name,
    state: run.state,
    done: run.done,
    total: run.total,
    options: run.options,
    columns: kind.columns.map(({ key, title, required, note, allowed }) => ({
      key,
      title,
      required,
      note,
      allowed: [...allowed],
    })),
    sheets: (run.summary?.sheets ?? []).map((sheet) => ({
      ...sheet,
      columns: [...sheet.columns],
      problems: [...sheet.problems],
    })),
    counts: {
      new: 0,
      changed: 0,
      same: 0,
      doubtful: 0,
      refused: 0,
      'left-out': 0,
      written: 0,
      ...counts,
    },
    written: run.summary?.written ?? { new: 0, changed: 0 },
    failure: run.refusal,
    createdAt: run.created_at.toISOString(),
    changedAt: run.changed_at.toISOString(),
    abilities: {
      bringIn: mayBringIn(run) && good > 0,
      mend: run.state === 'preview',
      change: run.state === 'preview' || (run.state === 'failed' && run.summary === null),
      discard: run.state !== 'done' && run.state !== 'failed',
    },
  }
}

/** From the preview; or again, after a failure in the middle of writing. */
export function mayBringIn(run: repo.RunRow): boolean {
  return (
    run.state === 'preview' || (run.state === 'failed' && run.summary?.sheets.some(({ usable }) => usable) === true)
  )
}

export function presentRow(row: repo.ImportRow, run: repo.RunRow): ImportRowView {
  const columns = run.summary?.sheets.find(({ name }) => name === row.sheet)?.columns ?? []
  const keyAt = new Map(columns.map(({ letter, key }) => [letter, key]))
  const keyCalled = new Map(columns.map(({ title, key }) => [title, key]))
  return {
    ordinal: row.ordinal,
    sheet: row.sheet,
    row: row.row_number,
    verdict: row.verdict,
    cells: Object.fromEntries(columns.map(({ key, index }) => [key, shownCell(row.cells[index])])),
    problems: (row.problems ?? []).map((problem) => ({
      ...problem,
      key: (problem.column === null ? keyCalled.get(problem.title) : keyAt.get(problem.column)) ?? null,
    })),
    changes: [...(row.reading?.changes ?? [])],
    candidates: [...(row.reading?.candidates ?? [])],
    decision: row.decision?.is ?? null,
    objectId: row.object_id,
  }
}

function shownCell(cell: repo.ImportRow['cells'][number] | undefined): string | null {
  return cell === undefined || cell === null ? null : cellText(cell)
}
