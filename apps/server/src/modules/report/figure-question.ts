/** What a figure is asked for: by a table with its unit and day, or by a return, which counts by its own sector, period and form. */
import type { Actor } from '../../platform/actor.js'
import type { Answer } from '../../platform/http/serve.js'
import { askedOf } from './return-content.js'
import { findReturn } from './return.repo.js'
import { noReturn } from './return-page.service.js'
import { mayReadTables } from './table.policy.js'
import { askFor, type Asked, type TableContext, type TableQuestion } from './table-question.js'

export interface FigureAsked extends TableQuestion {
  readonly return?: string | undefined
}

export async function askFigure(
  context: TableContext,
  actor: Actor,
  tableId: string,
  { return: returnId, ...asked }: FigureAsked,
): Promise<Answer<Asked>> {
  if (returnId === undefined) return askFor(context, actor, tableId, asked)
  const record = mayReadTables(actor)
    ? await context.database.withScope(actor.reach, (handle) => findReturn(handle, returnId))
    : null
  if (record === null || record.table_id !== tableId) return { ok: false, refusal: noReturn(returnId) }
  const to = asked.cutOff ?? record.counted_to ?? record.cut_off
  const position = asked.knownAt ?? record.position
  return {
    ok: true,
    value: await context.database.withScope({ purpose: 'tenant', tenantId: actor.tenantId }, (handle) =>
      askedOf(handle, record, { to, position, span: position === record.position ? record.counted_span : null }),
    ),
  }
}
