/** What a table is asked for: authorized, its cells known, its units found. */
import type { Metric, Tree } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import type { Clock } from '../../platform/clock.js'
import type { Database, Handle } from '../../platform/db/scope.js'
import { notAllowed, notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { findUnit, readTree, type UnitRow } from '../organization/index.js'
import type { FigureQuestion } from './figure.repo.js'
import { cellsOf, derivedMetrics, type TableCell } from './table-cells.js'
import { isInReach, mayReadTables } from './table.policy.js'
import * as repo from './table.repo.js'

export interface TableQuestion {
  readonly unit?: string | undefined
  readonly cutOff?: string | undefined
  readonly knownAt?: number | undefined
}

export interface Asked {
  readonly table: repo.TableRow
  readonly unit: UnitRow
  readonly cells: readonly TableCell[]
  readonly metrics: readonly Metric[]
  readonly question: FigureQuestion
  /** As it stood at the cut-off and was known at the position. */
  readonly tree: Tree
  /** A department's figures are those of its doing. */
  readonly byDoing: boolean
  readonly typed: TypedQuestion
}

/** Whose typed figures count: in a return those of filed returns below and the unit's own, of one sector where it is filed so. */
export interface TypedQuestion {
  readonly sector: string | null
  readonly onlyFiled: boolean
}

/** What is counted, for one unit. */
export interface FigureSpan {
  readonly startsOn: string
  readonly cutOff: string
  readonly knownAt: number | null
  readonly sectors: readonly string[] | null
}

/** From which day on, and of which sectors (null: all): a campaign may change both while it runs. */
export type CountedSpan = Pick<FigureSpan, 'startsOn' | 'sectors'>

export const noTable = (id: string) => notFound('调度表', { objectKind: 'table', objectId: id })

export interface TableContext {
  readonly database: Database
  readonly clock: Clock
}

/**
 * Authorizes with the actor's reach, then finds the units with the whole tenant's: a figure asked for again must not depend on
 * who asks, nor on where a unit stands today.
 */
export async function askFor(
  context: TableContext,
  actor: Actor,
  tableId: string,
  asked: TableQuestion,
): Promise<Answer<Asked>> {
  if (!mayReadTables(actor)) return { ok: false, refusal: notAllowed('查看调度表') }
  const found = await context.database.withScope(actor.reach, async (handle) => {
    const table = await repo.findTable(handle, tableId)
    // An office asks for the table of the unit that it works for.
    const unitId = asked.unit ?? actor.reach.parties.at(-1) ?? actor.unitId
    return { table, unitId, unit: await findUnit(handle, unitId) }
  })
  const { table, unitId, unit } = found
  if (table === null) return { ok: false, refusal: noTable(tableId) }
  if (unit === null || !isInReach(actor, unit))
    return { ok: false, refusal: { ...notFound('单位', { objectKind: 'unit', objectId: unitId }), path: 'unit' } }
  const startsOn = table.campaign_starts_on
  if (startsOn === null) {
    return {
      ok: false,
      refusal: { code: 'report.campaign-not-begun', message: '行动还没有确定开始日期，没有数字可汇总。请先确定日期。' },
    }
  }
  // Of a campaign that is announced and has not begun, its first day.
  const cutOff = asked.cutOff ?? later(startsOn, earlier(context.clock.today(), table.campaign_ends_on))
  if (cutOff < startsOn) {
    return {
      ok: false,
      refusal: {
        code: 'report.cut-off-before-campaign',
        message: `截止日期 ${cutOff} 早于行动开始的 ${startsOn}。请改为开始之日或以后。`,
        path: 'cutOff',
      },
    }
  }
  const span = { startsOn, cutOff, knownAt: asked.knownAt ?? null, sectors: table.campaign_sectors }
  return {
    ok: true,
    value: await context.database.withScope({ purpose: 'tenant', tenantId: actor.tenantId }, (handle) =>
      questionOf(handle, table, unit, span, { sector: null, onlyFiled: false }),
    ),
  }
}

/** The question itself, whoever asks it: in the reach of the whole tenant, or the figure would depend on the asker. */
export async function questionOf(
  handle: Handle,
  table: repo.TableRow,
  unit: UnitRow,
  { startsOn, cutOff, knownAt, sectors }: FigureSpan,
  typed: TypedQuestion,
): Promise<Asked> {
  const cells = cellsOf(table)
  // A department stands on a line and does things on the territories of others: its figures are those of its doing.
  const byDoing = unit.kind === 'department'
  const metrics = derivedMetrics(cells).map((metric): Metric =>
    byDoing ? { ...metric, attributedTo: 'doer' } : metric,
  )
  const axis = byDoing ? 'line' : 'territory'
  const tree = await readTree(handle, axis, cutOff, knownAt)
  const unitIds = tree.descendantsOf(unit.id, true)
  return {
    table,
    unit,
    cells,
    metrics,
    tree,
    byDoing,
    typed,
    question: { unitIds, startsOn, sectors, cutOff, knownAt },
  }
}

function earlier(a: string, b: string | null): string {
  return b !== null && b < a ? b : a
}

function later(a: string, b: string): string {
  return b > a ? b : a
}
