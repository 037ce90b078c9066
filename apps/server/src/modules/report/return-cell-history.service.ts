/** The history of a cell: what one respondent filed in it, period by period and filing by filing. */
import type { ReturnCellHistory } from '@bihuan/contracts'
import type { Actor } from '../../platform/actor.js'
import { notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { isFilled } from './return-content.js'
import { listFiledCell } from './return-cell-history.repo.js'
import { noReturn, type ReturnContextOf } from './return-page.service.js'
import { findReturn } from './return.repo.js'
import { cellsOf } from './table-cells.js'
import { printed } from './table-fill.js'
import { mayReadTables } from './table.policy.js'
import { findTableAt } from './table.repo.js'

/** Filed under an earlier version of the form the same key may have been another cell: it is shown as it was printed then. */
export async function cellHistory(
  { database }: ReturnContextOf,
  actor: Actor,
  returnId: string,
  key: string,
): Promise<Answer<ReturnCellHistory>> {
  const record = mayReadTables(actor)
    ? await database.withScope(actor.reach, (handle) => findReturn(handle, returnId))
    : null
  if (record === null) return { ok: false, refusal: noReturn(returnId) }
  // In the asker's reach: whoever may read this return and not an earlier one, before a move, is not told of that one.
  return database.withScope(actor.reach, async (handle): Promise<Answer<ReturnCellHistory>> => {
    const table = await findTableAt(handle, record.table_id, record.table_version)
    const cell = table === null ? undefined : cellsOf(table).find((one) => one.key === key)
    if (table === null || cell === undefined || !isFilled(table.form, cell, record.groups))
      return { ok: false, refusal: { ...notFound('格'), path: 'key' } }
    const rows = await listFiledCell(handle, record, key)
    return {
      ok: true,
      value: {
        label: cell.label,
        unit: cell.unit,
        items: rows.map((row) => ({
          returnId: row.return_id,
          periodTitle: row.period_title,
          round: row.round,
          text: row.figure.text,
          typed: row.figure.typed === null || row.figure.derived === null ? null : printed(cell, row.figure.typed),
          personName: row.person_name,
          submittedAt: row.recorded_at.toISOString(),
          stands: row.stands,
        })),
      },
    }
  })
}
