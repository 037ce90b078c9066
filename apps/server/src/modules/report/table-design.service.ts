/** Tables designed in the web: a fourth one beside those of the notice, or another layout of one. */
import { v7 as uuidv7 } from 'uuid'
import type { TableDesign } from '@bihuan/contracts'
import { checkTableRules, hazardMetrics, strayParts } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import { recordAct } from '../../platform/audit/record.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import { notAllowed, notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { cellsOf, type MetricOfferRow } from './table-cells.js'
import { noTable } from './table-question.js'
import { mayDesign, mayReadTables } from './table.policy.js'
import * as repo from './table.repo.js'

export interface DesignedFor {
  readonly id: string
  readonly territory_path: string
  readonly bound_path: string
  readonly state: 'preparing' | 'running' | 'closed'
}

export async function designTable(
  handle: Handle,
  actor: Actor,
  campaignId: string,
  campaign: DesignedFor | null,
  design: TableDesign,
  clock: Clock,
): Promise<Answer<{ id: string; version: number }>> {
  if (campaign === null)
    return { ok: false, refusal: notFound('行动', { objectKind: 'campaign', objectId: campaignId }) }
  if (!mayDesign(actor, campaign)) return { ok: false, refusal: notAllowed('设计这个行动的调度表') }
  if (campaign.state === 'closed') {
    return {
      ok: false,
      refusal: { code: 'table.campaign-closed', message: '行动已经结束，不能再增加调度表。', path: 'campaignId' },
    }
  }
  const fault = faultOf(design)
  if (fault !== null) return fault
  const id = uuidv7()
  const ordinal = (await repo.listTableRows(handle, campaign.id)).length + 100
  await repo.insertTable(handle, {
    ...design,
    id,
    campaignId: campaign.id,
    territoryPath: campaign.territory_path,
    boundPath: campaign.bound_path,
    ordinal,
  })
  await recordAct(
    handle,
    actor,
    { action: 'table.design', objectKind: 'table', objectId: id, after: design },
    clock.now(),
  )
  return { ok: true, value: { id, version: 1 } }
}

export async function redesignTable(
  handle: Handle,
  actor: Actor,
  command: {
    readonly tableId: string
    readonly version: number
    readonly design: TableDesign
    /** What is still to be decided of it. Nothing, where somebody designed it. */
    readonly offers?: readonly MetricOfferRow[]
  },
  clock: Clock,
): Promise<Answer<{ id: string; version: number }>> {
  const table = mayReadTables(actor) ? await repo.findTable(handle, command.tableId) : null
  if (table === null) return { ok: false, refusal: noTable(command.tableId) }
  if (!mayDesign(actor, table)) return { ok: false, refusal: notAllowed('修改这张调度表的设计') }
  const fault =
    faultOf(command.design) ?? movedCellOf(table, command.design, await repo.listTypedCells(handle, table.id))
  if (fault !== null) return fault
  const { version, design, offers = [] } = command
  if (!(await repo.saveTableDesign(handle, table.id, version, design, offers))) {
    return {
      ok: false,
      refusal: {
        code: 'table.changed-meanwhile',
        message: '这张表的设计刚被别人改过，您的修改没有保存。请刷新后再改。',
      },
    }
  }
  await recordAct(
    handle,
    actor,
    {
      action: 'table.redesign',
      objectKind: 'table',
      objectId: table.id,
      before: { form: table.form, layout: table.layout, bindings: table.bindings, checks: table.checks },
      after: command.design,
    },
    clock.now(),
  )
  return { ok: true, value: { id: table.id, version: command.version + 1 } }
}

/**
 * What people typed is kept by the cell's key, which is its place in the form. A cell that holds figures keeps its place, its words
 * and its unit, or the figures would come to stand under another heading.
 */
function movedCellOf(before: TableDesign, after: TableDesign, typed: readonly string[]): Answer<never> | null {
  const now = new Map(cellsOf(after).map((cell) => [cell.key, cell]))
  const moved = cellsOf(before).find((was) => {
    if (!typed.includes(was.key)) return false
    const is = now.get(was.key)
    return is === undefined || is.label !== was.label || is.unit !== was.unit || is.metric.source !== 'typed'
  })
  if (moved === undefined) return null
  return {
    ok: false,
    refusal: {
      code: 'table.typed-cell-moved',
      message: `“${moved.label}”已有单位填过数，不能改名、改单位、改来源、挪位置或删去。请恢复这一格；要换一种表式，请另设计一张。`,
      path: `cells.${moved.key}`,
    },
  }
}

/** What cannot be filled or printed: no cells, a binding to nothing, one metric in two cells, a part without its whole, a check of what cannot be compared. */
function faultOf(design: TableDesign): Answer<never> | null {
  const refuse = (code: string, message: string, path: string): Answer<never> => ({
    ok: false,
    refusal: { code, message, path },
  })
  if (design.form.groups.every((group) => group.metrics.length === 0)) {
    return refuse('table.empty', '表里还没有指标。请至少加一组、一个指标。', 'form.groups')
  }
  const cells = cellsOf(design)
  const keys = new Set(cells.map((cell) => cell.key))
  const known = new Set(hazardMetrics.map((metric) => metric.id))
  const bound = new Set<string>()
  for (const [key, metricId] of Object.entries(design.bindings)) {
    if (!keys.has(key))
      return refuse('table.binding-unknown', `表里没有 ${key} 这一格，不能给它指定来源。`, `bindings.${key}`)
    if (!known.has(metricId))
      return refuse('table.metric-unknown', '指定的来源指标不存在。请从列表里选择。', `bindings.${key}`)
    if (bound.has(metricId))
      return refuse('table.metric-twice', '同一个来源指标用在了两格里。请只留一处。', `bindings.${key}`)
    bound.add(metricId)
  }
  for (const [groupIndex, group] of design.form.groups.entries()) {
    const doubled = group.metrics.findIndex(
      (metric, at) => group.metrics.findIndex((other) => other.ordinal === metric.ordinal) !== at,
    )
    if (doubled !== -1) {
      return refuse(
        'table.ordinal-twice',
        `“${group.name}”里有两个序号 ${group.metrics[doubled]?.ordinal ?? ''}。请改正序号。`,
        `form.groups.${groupIndex}.metrics.${doubled}.ordinal`,
      )
    }
  }
  const [stray] = strayParts(design.form)
  if (stray !== undefined) {
    const [group, metric] = stray.at
    return refuse(
      'table.part-without-whole',
      `“${stray.label}”写明是“${stray.partOf}”的一部分，但这一格里没有后者。请补上，或去掉所属。`,
      `form.groups.${group}.metrics.${metric}.parts`,
    )
  }
  const ruled = checkTableRules(design.checks, cells)
  return ruled.ok ? null : ruled
}
