/**
 * A holiday moves, and with it the day by which a return is due. What is not opened yet follows by itself; what is open is re-dated
 * here, each return with its old day and its new one on record and its respondent told; what was filed once keeps its day.
 */
import { v7 as uuidv7 } from 'uuid'
import {
  addDays,
  decideReturn,
  duePeriods,
  movesDue,
  periodTitle,
  type CivilDate,
  type DuePeriod,
  type Schedule,
  type WorkingDays,
} from '@bihuan/domain'
import type { Clock } from '../../platform/clock.js'
import type { Database, Handle } from '../../platform/db/scope.js'
import { enqueue, type Job } from '../../platform/jobs/queue.js'
import { giveNotice } from '../../platform/notices/notices.js'
import type { Platform } from '../../platform/platform.js'
import { workingDaysOf } from '../../platform/working-days.js'
import * as repo from './calendar.repo.js'
import { saveStep } from './return.service.js'
import { loadReturn } from './return.repo.js'
import { listActiveSchedules } from './schedule.repo.js'

export const redateJob = 'report.re-date'

/** Written in one transaction: small enough to be interrupted, large enough to be quick. */
const PAGE = 200
/** A due day lies at most so far from the one that it had: more than the longest row of days off. */
const AROUND_DAYS = 70

export async function redateSoon(handle: Handle): Promise<void> {
  const { tenantId } = handle
  await enqueue(handle, redateJob, { tenantId }, { key: `${redateJob}:${tenantId}` })
}

export function redatingJobs({ database, clock }: Platform): Job<{ tenantId: string }>[] {
  return [
    {
      name: redateJob,
      async run({ tenantId }) {
        await redateReturns({ database, clock }, tenantId)
      },
    },
  ]
}

interface OpenMove {
  readonly row: repo.OpenDueRow
  readonly period: DuePeriod
}

/** Open returns that the calendar gives another day, by the rule under which each was opened. */
export function movesOfOpen(rows: readonly repo.OpenDueRow[], calendar: WorkingDays, today: CivilDate): OpenMove[] {
  return rows.flatMap((row) => {
    const period = periodOf(row, calendar)
    return period !== null && movesDue(row.due_on, period.dueOn, today) ? [{ row, period }] : []
  })
}

function periodOf(row: repo.OpenDueRow, calendar: WorkingDays): DuePeriod | null {
  const periods = duePeriods(row.rule, calendar, addDays(row.due_on, AROUND_DAYS))
  return periods.find(({ key }) => key === row.period_key) ?? null
}

/** Begun again anywhere it moves what is left, and nothing twice. Gives how many were re-dated. */
export async function redateReturns(
  { database, clock }: { readonly database: Database; readonly clock: Clock },
  tenantId: string,
): Promise<number> {
  const inTenant = <T>(work: (handle: Handle) => Promise<T>) =>
    database.withScope({ purpose: 'tenant', tenantId }, work)
  const [rows, calendar] = await inTenant(async (handle) => [
    await repo.listOpenDues(handle),
    await workingDaysOf(handle),
  ])
  let redated = 0
  for (const move of movesOfOpen(rows, calendar, clock.today())) {
    for (let page = PAGE; page === PAGE;) {
      page = await inTenant((handle) => redatePage(handle, move, clock))
      redated += page
    }
  }
  for (const row of rows) {
    const period = periodOf(row, calendar)
    if (period !== null && period.dueOn === row.due_on && period.provisional !== row.provisional)
      await inTenant((handle) => repo.saveProvisional(handle, row, period.provisional))
  }
  return redated
}

async function redatePage(handle: Handle, { row, period }: OpenMove, clock: Clock): Promise<number> {
  const ids = await repo.listOpenOf(handle, row, PAGE)
  const now = clock.now()
  for (const id of ids) {
    const record = await loadReturn(handle, id)
    if (record === null) continue
    const decision = decideReturn(
      record.detail,
      { kind: 're-date', dueOn: period.dueOn },
      { today: clock.today(), actor: { personId: '', name: '系统' }, isRespondent: false, isReceiver: false },
    )
    // Filed since it was listed.
    if (!decision.ok) continue
    const counted = { position: record.position, countedTo: record.counted_to }
    const by = { tenantId: handle.tenantId, via: 'job', personName: '系统', address: 'local' } as const
    await saveStep(handle, by, record, decision.value, { counted, filed: null, hash: null }, clock)
    await repo.saveDue(handle, id, {
      dueOn: period.dueOn,
      cutOff: row.rule.cutOff === 'due-day' ? period.cutOff : record.cut_off,
      provisional: period.provisional,
    })
    await giveNotice(handle, {
      id: uuidv7(),
      territoryPath: record.territory_path,
      linePath: record.line_path,
      unitIds: [record.unit_id],
      kind: 'return-redated',
      text: `${record.title}（${record.unit_name}，${record.period_title}）因节假日安排有变化，上报日期由 ${row.due_on} 改为 ${period.dueOn}。`,
      link: `/returns/${id}`,
      dedupeKey: `return-redated:${id}:${decision.value.next.version}`,
      now,
    })
  }
  return ids.length
}

export interface ScheduledMove {
  readonly scheduleTitle: string
  readonly campaignName: string
  readonly periodTitle: string
  readonly from: CivilDate
  readonly to: CivilDate
  readonly returns: number
}

/** Everything that would be due on another day by `next` than by `before`: what is open, and what is not opened yet up to `until`. */
export async function movesBetween(
  handle: Handle,
  before: WorkingDays,
  next: WorkingDays,
  today: CivilDate,
  until: CivilDate,
): Promise<ScheduledMove[]> {
  const rows = await repo.listOpenDues(handle)
  const open = movesOfOpen(rows, next, today).map(({ row, period }): ScheduledMove => ({
    scheduleTitle: row.schedule_title,
    campaignName: row.campaign_name,
    periodTitle: row.period_title,
    from: row.due_on,
    to: period.dueOn,
    returns: row.count,
  }))
  const opened = new Set(rows.map(({ schedule_id: id, period_key: key }) => `${id} ${key}`))
  const ahead: ScheduledMove[] = []
  for (const schedule of await listActiveSchedules(handle)) {
    for (const { from, to } of differences(schedule.rule, before, next, until)) {
      if (from.from <= today || opened.has(`${schedule.id} ${from.key}`)) continue
      ahead.push({
        scheduleTitle: schedule.title,
        campaignName: schedule.campaign_name,
        periodTitle: periodTitle(schedule.rule.cadence, from),
        from: from.dueOn,
        to: to.dueOn,
        returns: 0,
      })
    }
  }
  return [...open, ...ahead].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
}

function differences(rule: Schedule, before: WorkingDays, next: WorkingDays, until: CivilDate) {
  const later = new Map(duePeriods(rule, next, addDays(until, AROUND_DAYS)).map((period) => [period.key, period]))
  return duePeriods(rule, before, until).flatMap((from) => {
    const to = later.get(from.key)
    return to === undefined || to.dueOn === from.dueOn ? [] : [{ from, to }]
  })
}
