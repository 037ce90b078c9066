/** The history of a cell: what one respondent filed in it, period by period and filing by filing. */
import type { ReturnCellHistory } from '@bihuan/contracts'
import type { Actor } from '../../platform/actor.js'
import type { Handle } from '../../platform/db/scope.js'
import { notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { isFilled } from './return-content.js'
import { listFiledCell } from './return-cell-history.repo.js'
import { noReturn, type ReturnContextOf } from './return-page.service.js'
import { keysSince } from './return-earlier.js'
import { findReturn, type ReturnRecord } from './return.repo.js'
import { cellsOf } from './table-cells.js'
import { printed } from './table-fill.js'
import { mayReadTables } from './table.policy.js'
import { findTableAt } from './table.repo.js'

/** Of the cell wherever it stands in other versions of the form, each figure as it was printed then. */
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
    const keys = await placesOf(handle, record, key)
    const rows = await listFiledCell(handle, record, keys)
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

/** Where the cell stands in each version of the form that has it. */
async function placesOf(handle: Handle, record: ReturnRecord, key: string): Promise<Map<number, string>> {
  const others = [...(await keysSince(handle, record, null))].flatMap(([version, keys]) =>
    [...keys].filter(([, own]) => own === key).map(([there]) => [version, there] as const),
  )
  return new Map([[record.table_version, key], ...others])
}
