/** Where a record counts: the cells of tables, as the asker's own unit would open them today. */
import type { RecordCells } from '@bihuan/contracts'
import { figuresOf } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import { notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import * as repo from './record-cells.repo.js'
import { askFor, type TableContext } from './table-question.js'
import { mayReadTables } from './table.policy.js'
import { findHazardLines } from './table.repo.js'

/** A record feeds the tables of one campaign mostly, of a few at most; each one costs a look at the tree of units. */
const mostTables = 8

/**
 * By the definition of a figure (`figuresOf`), over the few facts of this one record: no figure is computed, and what it says agrees
 * with what opening the cell shows. Of a record that the asker may not see nothing is told.
 */
export async function recordCells(context: TableContext, actor: Actor, recordId: string): Promise<Answer<RecordCells>> {
  const unknown = { ok: false as const, refusal: notFound('记录', { objectKind: 'record', objectId: recordId }) }
  if (!mayReadTables(actor)) return unknown
  const { seen, facts, tableIds } = await context.database.withScope(actor.reach, async (handle) => ({
    seen: (await findHazardLines(handle, [recordId])).size > 0,
    facts: await repo.readRecordFacts(handle, recordId),
    tableIds: await repo.listRunningTableIds(handle, mostTables),
  }))
  if (!seen) return unknown
  const items: RecordCells['items'] = []
  for (const tableId of facts.length === 0 ? [] : tableIds) {
    const asked = await askFor(context, actor, tableId, {})
    if (!asked.ok) continue
    const { table, unit, cells, metrics, question } = asked.value
    const figures = figuresOf(facts, metrics, {
      unitIds: new Set(question.unitIds),
      ownUnitId: unit.id,
      campaign: { startsOn: question.startsOn, sectors: question.sectors },
      cutOff: question.cutOff,
      knownAt: question.knownAt,
    })
    const counting = new Set(figures.filter(({ recordIds }) => recordIds.length > 0).map(({ metricId }) => metricId))
    const own = cells.filter(({ metric }) => counting.has(metric.id))
    if (own.length === 0) continue
    items.push({
      tableId,
      title: table.title,
      campaignName: table.campaign_name,
      unitId: unit.id,
      unitName: unit.name,
      cells: own.map(({ key, label }) => ({ key, label })),
    })
  }
  return { ok: true, value: { items } }
}
