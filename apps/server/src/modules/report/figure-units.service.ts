/** A figure down the tree: what each unit directly below has of it, and what the unit has itself. */
import type { AnswerOf, figureByUnit } from '@bihuan/contracts'
import { governsTerritory, type Metric, type Tree } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import type { Handle } from '../../platform/db/scope.js'
import { notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { findUnits, type UnitRow } from '../organization/index.js'
import * as figures from './figure.repo.js'
import { askFigures } from './roll-up-question.js'
import { blank, fillTable, printed } from './table-fill.js'
import { askFigure, type FigureAsked } from './figure-question.js'
import type { Asked, TableContext } from './table-question.js'
import type { TableCell } from './table-cells.js'

type ByUnit = AnswerOf<typeof figureByUnit>

interface Share {
  derived: number | null
  typed: number | null
}

export async function showFigureByUnit(
  context: TableContext,
  actor: Actor,
  tableId: string,
  key: string,
  asked: FigureAsked,
): Promise<Answer<ByUnit>> {
  const found = await askFigure(context, actor, tableId, asked)
  if (!found.ok) return found
  const { cells, unit } = found.value
  const index = cells.findIndex((one) => one.key === key)
  const cell = cells[index]
  if (cell === undefined) return { ok: false, refusal: notFound('数字') }
  return context.database.withScope({ purpose: 'tenant', tenantId: actor.tenantId }, async (handle) => {
    const { views, typedRows } = await fillTable(handle, found.value)
    const shares = await sharesOf(handle, found.value, cell, typedRows)
    const below = await findUnits(handle, [...found.value.tree.childrenOf(unit.id)])
    const item = (one: UnitRow, own: boolean) => {
      const share = shares.get(one.id) ?? { derived: null, typed: null }
      return {
        unitId: one.id,
        unitName: one.name,
        unitKind: one.kind,
        own,
        derived: textOf(cell, share.derived),
        typed: textOf(cell, share.typed),
        text: textOf(cell, valueOf(share)) ?? '',
      }
    }
    const amount = (one: UnitRow) => valueOf(shares.get(one.id)) ?? 0
    const listed = below
      // What governs a territory says so when it has nothing; offices and enterprises are listed with what they have.
      .filter((one) => governsTerritory(one.kind) || amount(one) !== 0)
      .sort((a, b) => amount(b) - amount(a) || (a.name < b.name ? -1 : 1))
    const firms = listed.filter((one) => one.kind === 'enterprise')
    const offices = listed.filter((one) => one.kind !== 'enterprise')
    return {
      ok: true as const,
      value: {
        figure: views[index] ?? blank(cell),
        additive: cell.kind !== 'flag' && cell.metric.kind !== 'distinct',
        items: [
          item(unit, true),
          ...offices.map((one) => item(one, false)),
          ...firms.slice(0, 200).map((one) => item(one, false)),
        ],
        more: Math.max(0, firms.length - 200),
      },
    }
  })
}

async function sharesOf(
  handle: Handle,
  asked: Asked,
  cell: TableCell,
  typedRows: readonly figures.TypedRow[],
): Promise<Map<string, Share>> {
  const { tree, unit } = asked
  const shares = new Map<string, Share>()
  const shareOf = (id: string): Share => {
    const known = shares.get(id) ?? { derived: null, typed: null }
    shares.set(id, known)
    return known
  }
  if (cell.metric.source === 'derived') {
    for (const id of [unit.id, ...tree.childrenOf(unit.id)]) shareOf(id).derived = 0
    for (const [id, value] of await derivedByUnit(handle, asked, cell.metric.id)) {
      const share = shareOf(branchOf(tree, unit.id, id))
      share.derived = (share.derived ?? 0) + value
    }
  }
  for (const row of typedRows) {
    if (row.cell !== cell.key || row.amount === null) continue
    const branch = branchOf(tree, unit.id, row.unit_id)
    // A flag is not added: it is the unit's own answer, and of those further below nothing follows.
    if (cell.kind === 'flag' && row.unit_id !== branch) continue
    const share = shareOf(branch)
    share.typed = cell.kind === 'flag' ? row.amount : (share.typed ?? 0) + row.amount
  }
  return shares
}

async function derivedByUnit(handle: Handle, asked: Asked, metricId: string): Promise<Map<string, number>> {
  const { metrics, question, tree, unit } = asked
  const metric = metrics.find((one) => one.id === metricId)
  if (metric === undefined) return new Map()
  if (metric.kind !== 'distinct') return figures.readFigureByUnit(handle, metrics, metric, question)
  return distinctByBranch(handle, metrics, metric, question, [
    [unit.id, [unit.id]],
    ...tree.childrenOf(unit.id).map((id): [string, readonly string[]] => [id, tree.descendantsOf(id, true)]),
  ])
}

/** One enterprise may count in two branches, and once in the whole: each is asked for itself. */
async function distinctByBranch(
  handle: Handle,
  metrics: readonly Metric[],
  metric: Metric,
  question: figures.FigureQuestion,
  branches: readonly (readonly [string, readonly string[]])[],
): Promise<Map<string, number>> {
  const values = new Map<string, number>()
  for (const [id, unitIds] of branches) {
    const rows = await askFigures(handle, metrics, { ...question, unitIds })
    values.set(id, rows.find((row) => row.metricId === metric.id)?.value ?? 0)
  }
  return values
}

/** The unit directly below in whose branch another stands, or the unit itself. */
export function branchOf(tree: Tree, top: string, id: string): string {
  let at = id
  while (at !== top) {
    const above = tree.parentOf(at)
    if (above === null || above === top) return at
    at = above
  }
  return top
}

function valueOf(share: Share | undefined): number | null {
  if (share === undefined || (share.derived === null && share.typed === null)) return null
  return (share.derived ?? 0) + (share.typed ?? 0)
}

function textOf(cell: TableCell, value: number | null): string | null {
  return value === null ? null : printed(cell, value)
}
