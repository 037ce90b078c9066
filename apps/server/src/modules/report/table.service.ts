/** 调度表: for a campaign, a unit and a cut-off date, with every figure open to what it stands on. */
import { v7 as uuidv7 } from 'uuid'
import type { TableDesign, TablePage } from '@bihuan/contracts'
import type { PlanMetricTable, WordChoice } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import { recordAct } from '../../platform/audit/record.js'
import { readHead } from '../../platform/audit/verify.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import { notAllowed, notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { findUnit, findUnits, type UnitRow } from '../organization/index.js'
import { askFigure, type FigureAsked } from './figure-question.js'
import * as figures from './figure.repo.js'
import { bindingsOf } from './table-cells.js'
import { blank, fillTable } from './table-fill.js'
import { isInReach, mayReadTables, mayType, tableAbilities } from './table.policy.js'
import { askFor, noTable, type Asked, type TableContext, type TableQuestion } from './table-question.js'
import * as repo from './table.repo.js'
import { insertTypedCells, readTypedCells } from './typed-cells.js'

export async function listTables(handle: Handle, actor: Actor, campaignId: string | null): Promise<repo.TableRow[]> {
  return mayReadTables(actor) ? repo.listTableRows(handle, campaignId) : []
}

export async function showTable(
  context: TableContext,
  actor: Actor,
  tableId: string,
  asked: TableQuestion,
): Promise<Answer<TablePage>> {
  const found = await askFor(context, actor, tableId, asked)
  return found.ok ? { ok: true, value: await pageOf(context, actor, found.value) } : found
}

async function pageOf(context: TableContext, actor: Actor, asked: Asked): Promise<TablePage> {
  const { table, unit, cells, question } = asked
  const { views, problems, head, above } = await context.database.withScope(
    { purpose: 'tenant', tenantId: actor.tenantId },
    async (handle) => ({
      ...(await fillTable(handle, asked)),
      head: await readHead(handle),
      above: await pathTo(handle, actor, asked),
    }),
  )
  return {
    id: table.id,
    campaignId: table.campaign_id,
    campaignName: table.campaign_name,
    title: table.title,
    design: { form: table.form, layout: table.layout, bindings: table.bindings, checks: table.checks },
    version: table.version,
    unitId: unit.id,
    unitName: unit.name,
    path: above.map((one) => ({ unitId: one.id, unitName: one.name })),
    campaign: { startsOn: question.startsOn, endsOn: table.campaign_ends_on },
    cutOff: question.cutOff,
    knownAt: question.knownAt,
    head,
    figures: cells.map((cell, index) => views[index] ?? blank(cell)),
    problems,
    abilities: tableAbilities(actor, unit, table),
  }
}

/** The way down from the asker's own top. */
async function pathTo(handle: Handle, actor: Actor, { tree, unit }: Asked): Promise<UnitRow[]> {
  const ids = [...tree.ancestorsOf(unit.id)].reverse()
  const rows = new Map((await findUnits(handle, ids)).map((row) => [row.id, row]))
  return [...ids.flatMap((id) => rows.get(id) ?? []).filter((row) => isInReach(actor, row)), unit]
}

/** The records behind a figure: those that the asker may not see are counted, and not shown. */
export async function openFigure(
  context: TableContext,
  actor: Actor,
  tableId: string,
  key: string,
  asked: FigureAsked & { readonly after?: string | undefined; readonly limit: number },
) {
  const found = await askFigure(context, actor, tableId, asked)
  if (!found.ok) return found
  const { cells, metrics, question } = found.value
  const index = cells.findIndex((one) => one.key === key)
  const cell = cells[index]
  if (cell === undefined) return { ok: false as const, refusal: notFound('数字') }
  const { views, ids, facts } = await context.database.withScope(
    { purpose: 'tenant', tenantId: actor.tenantId },
    async (handle) => {
      const { views: all } = await fillTable(handle, found.value)
      if (cell.metric.source !== 'derived') return { views: all, ids: [], facts: [] }
      const records = await figures.readFigureRecords(
        handle,
        metrics,
        cell.metric.id,
        question,
        asked.after ?? null,
        asked.limit + 1,
      )
      return {
        views: all,
        ids: records,
        facts: await figures.readFactsOf(handle, records, cell.metric.measures, question),
      }
    },
  )
  const page = ids.slice(0, asked.limit)
  const visible = await context.database.withScope(actor.reach, (handle) => repo.findHazardLines(handle, page))
  return {
    ok: true as const,
    value: {
      figure: views[index] ?? blank(cell),
      records: page.map((recordId) => ({
        recordId,
        hazard: visible.get(recordId) ?? null,
        facts: facts
          .filter((fact) => fact.record_id === recordId)
          .map((fact) => ({
            measure: fact.measure,
            amount: fact.amount,
            occurredOn: fact.occurred_on,
            position: fact.position,
          })),
      })),
      next: ids.length > asked.limit ? (page.at(-1) ?? null) : null,
    },
  }
}

export interface TypeFigures {
  readonly tableId: string
  readonly unitId: string
  readonly asOf: string
  readonly values: Readonly<Record<string, string>>
}

/** All or nothing: one wrong cell, and none is kept. */
export async function typeFigures(
  handle: Handle,
  actor: Actor,
  command: TypeFigures,
  clock: Clock,
): Promise<Answer<undefined>> {
  const table = await repo.findTable(handle, command.tableId)
  if (table === null) return { ok: false, refusal: noTable(command.tableId) }
  const unit = await findUnit(handle, command.unitId)
  if (unit === null || !isInReach(actor, unit))
    return {
      ok: false,
      refusal: { ...notFound('单位', { objectKind: 'unit', objectId: command.unitId }), path: 'unitId' },
    }
  if (!mayType(actor, unit)) return { ok: false, refusal: notAllowed('填写调度表') }
  if (command.asOf > clock.today()) {
    return {
      ok: false,
      refusal: { code: 'report.as-of-in-future', message: '截止日期还没有到，不能先填。', path: 'asOf' },
    }
  }
  if (table.campaign_starts_on === null || command.asOf < table.campaign_starts_on) {
    return {
      ok: false,
      refusal: {
        code: 'report.cut-off-before-campaign',
        message: `行动 ${table.campaign_starts_on ?? '未定日期'} 才开始，截止日期不能更早。`,
        path: 'asOf',
      },
    }
  }
  const rows = readTypedCells(table, command.values)
  if (!rows.ok) return rows
  const now = clock.now()
  const entryId = await recordAct(
    handle,
    actor,
    {
      action: 'table.type',
      objectKind: 'table',
      objectId: table.id,
      after: { unitId: unit.id, asOf: command.asOf, values: command.values },
      detail: { typed: rows.value },
    },
    now,
  )
  const place = {
    tableId: table.id,
    unitId: unit.id,
    territoryPath: unit.territory_path,
    linePath: unit.line_path,
    parties: [unit.id],
    asOf: command.asOf,
    sector: '',
    returnId: null,
  }
  await insertTypedCells(handle, actor, rows.value, place, entryId, now)
  return { ok: true, value: undefined }
}

/** A table from a notice's annex, each cell bound by the meaning of its label or by a choice. The caller has authorized. */
export async function addTable(
  handle: Handle,
  table: {
    readonly campaignId: string
    readonly territoryPath: string
    readonly boundPath: string
    readonly ordinal: number
    readonly form: PlanMetricTable
    readonly choices: readonly WordChoice[]
  },
): Promise<string> {
  const id = uuidv7()
  const form = structuredClone(table.form) as unknown as TableDesign['form']
  const bound = bindingsOf(table.form, table.choices)
  await repo.insertTable(handle, { ...table, id, form, layout: { pairsPerRow: 2 }, ...bound, checks: [] })
  return id
}
