/** The figures of a circular, by unit: computed at a position, so that they can be computed again; returns and what is overdue, as of the day. */
import type { CircularContent, CircularUnit } from '@bihuan/contracts'
import {
  circularPeriod,
  daysBetween,
  governsTerritory,
  hazardMetric,
  hazardMetrics,
  meanScore,
  rankUnits,
  scoreOf,
  timelinessOf,
  type CircularCount,
  type HazardMetricId,
  type Metric,
  type Tree,
} from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'
import { findUnits, readTree, unitsDownTo, type UnitRow } from '../organization/index.js'
import { listDueReturns, type CircularCampaign, type DueReturn } from './circular.repo.js'
import { branchOf } from './figure-units.service.js'
import * as figures from './figure.repo.js'
import { listOverdue, type OverdueRow } from './overdue.repo.js'
import { cellsOf, type TableCell } from './table-cells.js'
import { printed } from './table-fill.js'
import type { CountedSpan } from './table-question.js'
import { listTableRows } from './table.repo.js'

export interface CircularSpan {
  readonly from: string
  readonly to: string
  readonly position: number
  /** Of the figures from the first day on; without it, that of the campaign as it is. */
  readonly counted: CountedSpan | null
}

/** Whatever is counted from the first day on, of a campaign that may change both. */
export function spanOf(
  { starts_on: startsOn, counted_sectors: sectors }: Pick<CircularCampaign, 'starts_on' | 'counted_sectors'>,
  { from, counted }: Pick<CircularSpan, 'from' | 'counted'>,
): CountedSpan {
  return counted ?? { startsOn: startsOn ?? from, sectors }
}

export type CircularFigureName = keyof CircularCount

const LISTED_OVERDUE = 200
const MOST_OVERDUE = 5000
const MOST_KNOWN = 4

/** Of 重大 alone: it is what the campaigns are against, and what every table counts. */
const parts: Readonly<Record<CircularFigureName, readonly HazardMetricId[]>> = {
  found: ['hazard.major.enterprise.all', 'hazard.major.department.all'],
  rectified: ['hazard.major.enterprise.rectified', 'hazard.major.department.rectified'],
  listed: ['hazard.major.listed.all'],
}

export function metricsOf(figure: CircularFigureName, side: CircularUnit['side']): readonly Metric[] {
  return parts[figure].map((id) => attributed(hazardMetric(id), side))
}

const attributed = (metric: Metric, side: CircularUnit['side']): Metric =>
  side === 'department' ? { ...metric, attributedTo: 'doer' } : metric

/** The units of a circular: what governs a territory directly below, and the departments there. */
export interface CircularUnits {
  readonly whole: UnitRow
  readonly territory: Tree
  readonly line: Tree
  readonly towns: readonly UnitRow[]
  readonly departments: readonly UnitRow[]
}

export async function unitsOf(
  handle: Handle,
  campaign: Pick<CircularCampaign, 'bound_path'>,
  { to, position }: Pick<CircularSpan, 'to' | 'position'>,
): Promise<CircularUnits> {
  const whole = (await unitsDownTo(handle, campaign.bound_path)).at(-1)
  if (whole === undefined) throw new Error('a campaign binds a territory')
  const territory = await readTree(handle, 'territory', to, position)
  const line = await readTree(handle, 'line', to, position)
  const below = [...(await findUnits(handle, [...territory.childrenOf(whole.id)]))].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  )
  return {
    whole,
    territory,
    line,
    towns: below.filter(({ kind }) => governsTerritory(kind)),
    departments: below.filter(({ kind }) => kind === 'department'),
  }
}

/** Of one unit of a circular: everything below it, on its own axis. */
export function unitIdsOf(
  units: CircularUnits,
  { unitId, side }: Pick<CircularUnit, 'unitId' | 'side'>,
): readonly string[] {
  return (side === 'department' ? units.line : units.territory).descendantsOf(unitId, true)
}

export interface CircularCounts {
  readonly whole: CircularCount
  readonly byUnit: ReadonlyMap<string, CircularCount>
}

/** What is counted from one day to the last, of every unit at once: a query for each metric, however many units there are. */
export async function countAt(
  handle: Handle,
  units: CircularUnits,
  sectors: readonly string[] | null,
  { startsOn, to, position }: { readonly startsOn: string; readonly to: string; readonly position: number },
): Promise<CircularCounts> {
  const base = { startsOn, cutOff: to, knownAt: position, sectors }
  const { whole, territory, line, towns, departments } = units
  const none: CircularCount = { found: 0, rectified: 0, listed: 0 }
  const byUnit = new Map([...towns, ...departments].map(({ id }): [string, CircularCount] => [id, none]))
  let all = none
  const add = (counts: CircularCount, figure: CircularFigureName, value: number) => ({
    ...counts,
    [figure]: counts[figure] + value,
  })
  const lines = departments.flatMap(({ id }) =>
    line.descendantsOf(id, true).map((below): [string, string] => [below, id]),
  )
  const departmentOf = new Map(lines)
  for (const figure of ['found', 'rectified', 'listed'] as const) {
    for (const metric of metricsOf(figure, 'territory')) {
      const question = { ...base, unitIds: territory.descendantsOf(whole.id, true) }
      for (const [unitId, value] of await figures.readFigureByUnit(handle, hazardMetrics, metric, question)) {
        all = add(all, figure, value)
        const branch = branchOf(territory, whole.id, unitId)
        const counts = byUnit.get(branch)
        if (counts !== undefined) byUnit.set(branch, add(counts, figure, value))
      }
    }
    if (departmentOf.size === 0) continue
    const doing = hazardMetrics.map((metric) => attributed(metric, 'department'))
    for (const metric of metricsOf(figure, 'department')) {
      const question = { ...base, unitIds: [...departmentOf.keys()] }
      for (const [unitId, value] of await figures.readFigureByUnit(handle, doing, metric, question)) {
        const branch = departmentOf.get(unitId) ?? ''
        byUnit.set(branch, add(byUnit.get(branch) ?? none, figure, value))
      }
    }
  }
  return { whole: all, byUnit }
}

export async function computeCircular(
  handle: Handle,
  campaign: CircularCampaign,
  span: CircularSpan,
  today: string,
): Promise<CircularContent> {
  const { from, to, position } = span
  const units = await unitsOf(handle, campaign, span)
  const { startsOn, sectors } = spanOf(campaign, span)
  const period = await countAt(handle, units, sectors, { startsOn: from, to, position })
  const total = await countAt(handle, units, sectors, { startsOn, to, position })
  const known = await typedFigures(handle, campaign, units, span)
  const shown = [...units.towns, ...units.departments]
  const due = await listDueReturns(handle, { campaignId: campaign.id, unitIds: shown.map(({ id }) => id), from, to })
  const overdue = await overdueOf(handle, units, sectors, today)
  const none = { found: 0, rectified: 0, listed: 0 }
  const rows = shown
    .map(({ id, name, kind }): CircularUnit => {
      const side = kind === 'department' ? 'department' : 'territory'
      return {
        unitId: id,
        unitName: name,
        side,
        period: { ...(period.byUnit.get(id) ?? none) },
        total: { ...(total.byUnit.get(id) ?? none) },
        overdue: (side === 'department' ? overdue.byDepartment : overdue.byTown).get(id) ?? 0,
        known: known.byUnit.get(id) ?? [],
        returns: returnsOf(
          due.filter((row) => row.unit_id === id),
          today,
        ),
      }
    })
    // A department that neither found nor had to file anything is not spoken of.
    .filter(({ side, total: all, returns }) => side === 'territory' || all.found > 0 || returns.rows.length > 0)
  const { leads, lags } = rankUnits(rows.filter(({ side }) => side === 'territory'))
  return {
    periodTitle: circularPeriod(from, to, startsOn),
    whole: { period: { ...period.whole }, total: { ...total.whole }, overdue: overdue.rows.length, known: known.whole },
    overdueOn: today,
    units: rows,
    leads: leads.map((one) => ({ ...one })),
    lags: lags.map((one) => ({ ...one })),
    overdue: overdue.rows.slice(0, LISTED_OVERDUE),
    overdueMore: Math.max(0, overdue.rows.length - LISTED_OVERDUE),
  }
}

async function overdueOf(
  handle: Handle,
  { whole, territory, line, towns, departments }: CircularUnits,
  sectors: readonly string[] | null,
  today: string,
) {
  const found = await listOverdue(handle, {
    unitIds: territory.descendantsOf(whole.id, true),
    byDoing: false,
    sectors,
    today,
    limit: MOST_OVERDUE,
  })
  const names = new Map(towns.map(({ id, name }) => [id, name]))
  const townOf = ({ territory_unit_id: unitId }: OverdueRow) => branchOf(territory, whole.id, unitId)
  const departmentIds = new Map(
    departments.flatMap(({ id }) => line.descendantsOf(id, true).map((below): [string, string] => [below, id])),
  )
  const count = (of: (row: OverdueRow) => string) => {
    const counts = new Map<string, number>()
    for (const row of found) counts.set(of(row), (counts.get(of(row)) ?? 0) + 1)
    return counts
  }
  return {
    byTown: count(townOf),
    byDepartment: count((row) => departmentIds.get(row.authority_unit_id ?? '') ?? ''),
    rows: found.map((row) => ({
      hazardId: row.id,
      unitId: townOf(row),
      unitName: names.get(townOf(row)) ?? whole.name,
      code: row.code,
      subjectName: row.subject_name,
      description: row.description,
      deadline: row.deadline,
      days: daysBetween(row.deadline, today),
    })),
  }
}

function returnsOf(due: readonly DueReturn[], today: string): CircularUnit['returns'] {
  const timed = due.map((row) => ({ row, of: { ...row.detail, dissolvedOn: row.dissolved_on } }))
  const rows = timed.map(({ row, of }) => ({ row, ...timelinessOf(of, today) }))
  const scores = timed.flatMap(({ row, of }) => scoreOf({ ...of, timesReopened: row.reopened }, today) ?? [])
  return {
    onTime: rows.filter(({ state }) => state === 'on-time').length,
    late: rows.filter(({ state }) => state === 'late').length,
    missing: rows.filter(({ state }) => state === 'overdue').length,
    sentBack: due.reduce((sum, { detail }) => sum + detail.timesSentBack, 0),
    score: meanScore(scores.map(({ score }) => score)),
    rows: rows.map(({ row, state, daysLate }) => ({
      returnId: row.return_id,
      title: row.title,
      periodTitle: row.period_title,
      state,
      daysLate,
      timesSentBack: row.detail.timesSentBack,
    })),
  }
}

type Known = CircularUnit['known']

/** Inspections and penalties, as far as units typed them into tables that they filed: no record gives them yet. */
async function typedFigures(
  handle: Handle,
  campaign: CircularCampaign,
  { whole, territory, towns }: CircularUnits,
  { to, position }: CircularSpan,
): Promise<{ whole: Known; byUnit: ReadonlyMap<string, Known> }> {
  const [table] = await listTableRows(handle, campaign.id)
  const cells = table === undefined ? [] : cellsOf(table).filter(isAsked).slice(0, MOST_KNOWN)
  if (table === undefined || cells.length === 0) return { whole: [], byUnit: new Map() }
  const rows = await figures.readTyped(
    handle,
    table.id,
    { unitIds: territory.descendantsOf(whole.id, true), cutOff: to, knownAt: position },
    { sector: null, onlyFiled: true, unitId: whole.id },
  )
  const knownOf = (belongs: (unitId: string) => boolean): Known =>
    cells.flatMap((cell) => {
      const amounts = rows.flatMap((row) =>
        row.cell === cell.key && row.amount !== null && belongs(row.unit_id) ? [row.amount] : [],
      )
      // Nobody said anything of it: a blank, not a zero.
      if (amounts.length === 0) return []
      const sum = amounts.reduce((all, amount) => all + amount, 0)
      return [{ label: cell.label, unit: cell.unit, text: printed(cell, sum) }]
    })
  return {
    whole: knownOf(() => true),
    byUnit: new Map(
      towns.map(({ id }): [string, Known] => [id, knownOf((unitId) => branchOf(territory, whole.id, unitId) === id)]),
    ),
  }
}

function isAsked({ metric, kind, label }: TableCell): boolean {
  // Neither heads nor enterprises: those of two units are not added.
  const isAdded = metric.kind === 'count' || metric.kind === 'sum'
  return metric.source === 'typed' && isAdded && kind !== 'flag' && /检查|处罚|罚款|帮扶/.test(label)
}
