/** A table and a ledger that one unit files for the same days: whichever is signed second is held against the one that was filed. */
import { ledgerMetrics, type LedgerBeside } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'
import { findFiledBeside } from './return-beside.repo.js'
import type { FigureAt } from './return-comparison.repo.js'
import type { LedgerRow } from './return-ledger.js'
import type { ReturnRecord } from './return.repo.js'
import { cellsOf, type TableCell } from './table-cells.js'
import type { Asked } from './table-question.js'
import { findTableAt } from './table.repo.js'

const listed = new Set(ledgerMetrics.map(({ id }) => id))

export async function besideOf(
  handle: Handle,
  of: ReturnRecord,
  {
    asked,
    cells,
    figures,
    rows,
  }: {
    readonly asked: Asked
    readonly cells: readonly TableCell[]
    readonly figures: readonly FigureAt[]
    readonly rows: readonly LedgerRow[] | null
  },
): Promise<LedgerBeside | null> {
  // A table that counts none of what a ledger lists has nothing to be held against.
  if (rows === null && !cells.some(({ metric }) => listed.has(metric.id))) return null
  const filed = await findFiledBeside(handle, of, asked.question.cutOff)
  if (filed === null) return null
  const { title, period_title: periodTitle, table_id: tableId, content } = filed
  if (rows === null) {
    const counts = countsOf(content.rows ?? [])
    return counts === null
      ? null
      : { filed: 'ledger', title, periodTitle, figures: figuresOf(cells, figures), rows: counts }
  }
  const table = await findTableAt(handle, tableId, content.tableVersion)
  const counts = countsOf(rows)
  return table === null || counts === null
    ? null
    : { filed: 'table', title, periodTitle, figures: figuresOf(cellsOf(table), content.figures), rows: counts }
}

/** Null of rows that were filed before their metrics were kept with them. */
function countsOf(rows: readonly LedgerRow[]): Map<string, number> | null {
  const counts = new Map<string, number>()
  for (const { metric } of rows) {
    if (metric === undefined) return null
    counts.set(metric, (counts.get(metric) ?? 0) + 1)
  }
  return counts
}

function figuresOf(cells: readonly TableCell[], figures: readonly FigureAt[]): LedgerBeside['figures'] {
  const values = new Map(figures.map(({ key, value }) => [key, value]))
  return cells.map(({ key, metric }) => ({ metric, value: values.get(key) ?? null }))
}
