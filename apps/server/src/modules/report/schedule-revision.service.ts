/** Schedules follow a plan that was corrected, as far as nobody filed by them: what was put right by hand and the notice did not change stays. */
import { matchCells, rulesSince, type PlanMetricTable, type WordChoice } from '@bihuan/domain'
import type { ScheduleDraftView, ScheduleInput, TableDesign } from '@bihuan/contracts'
import type { Actor } from '../../platform/actor.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import type { Answer } from '../../platform/http/serve.js'
import { formCells } from './return-earlier.js'
import { findPlanned, listForms } from './schedule-draft.repo.js'
import { draftsOf } from './schedule-draft.service.js'
import * as repo from './schedule-revision.repo.js'
import { findSchedule, type ScheduleRow } from './schedule.repo.js'
import { changeSchedule } from './schedule.service.js'
import { bindingsOf, cellsOf, type TableCell } from './table-cells.js'
import { redesignTable } from './table-design.service.js'
import { findTable } from './table.repo.js'

export async function countFiled(handle: Handle, campaignId: string): Promise<ReadonlyMap<number, number>> {
  return new Map((await repo.listFiled(handle, campaignId)).map(({ report, filed }) => [report, filed]))
}

/** While the plan stands as it was. */
export async function draftsBefore(handle: Handle, campaignId: string): Promise<readonly ScheduleDraftView[]> {
  const campaign = await findPlanned(handle, campaignId)
  return campaign === null ? [] : draftsOf(handle, campaign)
}

export interface FollowReports {
  readonly campaignId: string
  readonly drafts: readonly ScheduleDraftView[]
  /** Where each report of the plan before stands now; null: nowhere. */
  readonly places: readonly (number | null)[]
  /** Those that the notice changed, by their places before. */
  readonly changed: readonly number[]
}

export async function followReports(
  handle: Handle,
  actor: Actor,
  { campaignId, drafts, places, changed }: FollowReports,
  clock: Clock,
): Promise<Answer<null>> {
  await repo.moveReports(handle, campaignId, places)
  const after = await draftsBefore(handle, campaignId)
  for (const before of drafts) {
    const place = places[before.report] ?? null
    if (before.scheduleId === null || (place !== null && !changed.includes(before.report))) continue
    const schedule = await findSchedule(handle, before.scheduleId)
    if (schedule === null) continue
    const draft = after.find(({ report, annex }) => report === place && annex === before.annex)
    // What is open in it somebody must say: it is set up anew once they did.
    const follows = draft !== undefined && draft.open.length === 0
    const input = follows ? inputAfter(schedule, before.input, draft.input) : inputOf(schedule)
    const { id, version } = schedule
    const active = schedule.active && follows
    const answer = await changeSchedule(handle, actor, { id, version, active, input, narrative: null }, clock)
    if (!answer.ok) return answer
    if (!follows) await repo.forgetReport(handle, id)
  }
  return { ok: true, value: null }
}

function inputOf({ title, rule, respondents, note, ...row }: ScheduleRow): ScheduleInput {
  const view = { title, rule, respondents, note, receiverIds: row.receiver_ids, splitSectors: row.split_sectors }
  return structuredClone({ ...view, planReport: row.plan_report }) as unknown as ScheduleInput
}

function inputAfter(schedule: ScheduleRow, before: ScheduleInput, after: ScheduleInput): ScheduleInput {
  const names = ['title', 'rule', 'respondents', 'receiverIds', 'splitSectors', 'note'] as const
  const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
  return { ...inputOf(schedule), ...Object.fromEntries(changed.map((name) => [name, after[name]])) }
}

/**
 * Cells in which somebody typed keep their place, or it is refused; what was filed is read by the form it was filed under. A cell that the
 * notice did not change keeps its metric, whoever chose it.
 */
export async function reviseTable(
  handle: Handle,
  actor: Actor,
  of: {
    readonly campaignId: string
    readonly annex: number
    readonly form: PlanMetricTable
    readonly choices: readonly WordChoice[]
  },
  clock: Clock,
): Promise<Answer<null>> {
  const tableId = (await listForms(handle, of.campaignId)).tables.find(({ annex }) => annex === of.annex)?.id
  const table = tableId === undefined ? null : await findTable(handle, tableId)
  if (table === null) return { ok: true, value: null }
  const form = structuredClone(of.form) as unknown as TableDesign['form']
  const { bindings, offers } = bindingsOf(of.form, of.choices)
  const nameOf = ({ label, unit }: TableCell) => `${label} ${unit ?? ''}`
  const standing = new Map(cellsOf(table).map((cell) => [cell.key, nameOf(cell)]))
  const cells = cellsOf({ form, layout: table.layout, bindings, checks: [] })
  const kept = new Set(cells.filter((cell) => standing.get(cell.key) === nameOf(cell)).map(({ key }) => key))
  const metricOf = (key: string) => table.bindings[key]
  const keptMetrics = new Set([...kept].map(metricOf))
  const revised = Object.entries(bindings).filter(([key, metricId]) => !kept.has(key) && !keptMetrics.has(metricId))
  const before = Object.entries(table.bindings).filter(([key]) => kept.has(key))
  const bound = Object.fromEntries([...before, ...revised])
  const keys = matchCells(formCells(table), formCells({ form, bindings: bound }))
  const checks = structuredClone(rulesSince(table.checks, keys)) as TableDesign['checks']
  const design: TableDesign = { form, layout: table.layout, bindings: bound, checks }
  const wasOpen = new Set(table.offers.map(({ key }) => key))
  const open = offers.filter(({ key }) => !kept.has(key) || wasOpen.has(key))
  const command = { tableId: table.id, version: table.version, design, offers: open }
  const answer = await redesignTable(handle, actor, command, clock)
  return answer.ok ? { ok: true, value: null } : answer
}
