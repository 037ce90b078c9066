/** Opens the returns of each respondent on the day on which their period begins, and calls those to mind that are due. */
import { v7 as uuidv7 } from 'uuid'
import {
  addDays,
  decideReturn,
  duePeriods,
  periodTitle,
  signingOrder,
  type CivilDate,
  type DuePeriod,
  type Respondent,
} from '@bihuan/domain'
import { recordActs } from '../../platform/audit/record.js'
import type { Clock } from '../../platform/clock.js'
import type { Database, Handle } from '../../platform/db/scope.js'
import { enqueue, type Job } from '../../platform/jobs/queue.js'
import { deliverNotice } from '../../platform/notices/delivery.js'
import { stackPlaces } from '../../platform/log.js'
import { giveNotice } from '../../platform/notices/notices.js'
import type { Platform } from '../../platform/platform.js'
import { workingDaysOf } from '../../platform/working-days.js'
import { listEnterpriseClasses } from '../enterprise/index.js'
import { listTenantIds, unitsUnder, type UnitRow } from '../organization/index.js'
import { lookAtReturns } from './return-look.js'
import { readdressReturns } from './return-addressing.js'
import { redateReturns } from './return-redating.js'
import { respondentsAmong } from './return-respondents.js'
import { tellUnreceived } from './return-unreceived.js'
import * as repo from './return.repo.js'
import { listActiveSchedules, type ScheduleRow } from './schedule.repo.js'

export const openJob = 'report.open-returns'

/** A return on a named day is opened so long before it. One of a period is opened when the period begins. */
const NAMED_AHEAD_DAYS = 15
/** Written in one transaction: small enough to be interrupted, large enough to be quick. */
const PAGE = 500

const opener = (tenantId: string) => ({ tenantId, via: 'job', personName: '系统', address: 'local' }) as const

export function returnJobs(platform: Platform): readonly Job<Record<string, never>>[] {
  return [
    {
      name: openJob,
      async run() {
        const [fault] = await openEverywhere(platform)
        await openAt(platform, nextMorning(platform.clock))
        // Tried again by the queue, for those that it failed.
        if (fault !== undefined) throw fault
      },
    },
  ]
}

/** One key: several servers that start at once make one job, and the next morning's is the same one. */
export async function openAt({ database }: Platform, runAt: Date): Promise<void> {
  await database.withScope({ purpose: 'tenant', tenantId: null }, (handle) =>
    enqueue(handle, openJob, {}, { runAt, key: openJob }),
  )
}

/** Each district for itself: what goes wrong in one keeps no other from its returns. Gives what went wrong. */
async function openEverywhere(platform: Platform): Promise<readonly Error[]> {
  const tenants = await platform.database.withScope({ purpose: 'log-in', tenantId: null }, listTenantIds)
  const failed: Error[] = []
  for (const tenantId of tenants) {
    try {
      await openTenant(platform, tenantId)
    } catch (cause) {
      const error = cause instanceof Error ? cause : new Error(String(cause))
      platform.log.error({ event: 'returns-not-opened', tenantId, name: error.name, stack: stackPlaces(error) })
      failed.push(error)
    }
  }
  return failed
}

async function openTenant({ database, clock, settings }: Platform, tenantId: string): Promise<void> {
  const inTenant = <T>(work: (handle: Handle) => Promise<T>) =>
    database.withScope({ purpose: 'tenant', tenantId }, work)
  const schedules = await inTenant(listActiveSchedules)
  for (const schedule of schedules) {
    await openSchedule({ database, clock }, tenantId, schedule)
    await readdressReturns({ database, clock }, tenantId, schedule)
  }
  // A holiday that was published since moves what is open.
  await redateReturns({ database, clock }, tenantId)
  for (const { id } of schedules) await lookAtReturns({ database, clock }, tenantId, id)
  await inTenant((handle) => remind(handle, clock, settings.webhook !== null))
  await inTenant((handle) => tellUnreceived(handle, clock))
}

/**
 * Whatever of the schedule has begun and is not opened yet. Begun again anywhere it opens what is left, and nothing twice: the key of
 * a return is its schedule, unit, period and sector. Gives how many were opened.
 */
export async function openSchedule(
  { database, clock }: { readonly database: Database; readonly clock: Clock },
  tenantId: string,
  schedule: ScheduleRow,
): Promise<number> {
  const today = clock.today()
  const calendar = await database.withScope({ purpose: 'tenant', tenantId }, workingDaysOf)
  const periods = duePeriods(schedule.rule, calendar, addDays(today, 400)).filter(
    (period) => opensOn(schedule, period) <= today,
  )
  if (periods.length === 0) return 0
  const { respondents, units } = await database.withScope({ purpose: 'tenant', tenantId }, async (handle) => {
    const found = await unitsUnder(handle, schedule.bound_path)
    const isAsked = schedule.respondents.some(({ kinds }) => kinds.includes('enterprise'))
    const enterprises = isAsked ? await listEnterpriseClasses(handle, schedule.bound_path) : []
    return {
      respondents: respondentsAmong(schedule, found, today, new Map(enterprises.map((one) => [one.id, one]))),
      units: new Map(found.map((unit) => [unit.id, unit])),
    }
  })
  let opened = 0
  for (const period of periods) {
    for (let from = 0; from < respondents.length; from += PAGE) {
      const page = respondents.slice(from, from + PAGE)
      opened += await database.withScope({ purpose: 'tenant', tenantId }, (handle) =>
        openPage(handle, schedule, period, page, units, clock),
      )
    }
  }
  return opened
}

function opensOn({ rule }: ScheduleRow, { from }: DuePeriod): CivilDate {
  return rule.cadence === 'named' ? addDays(from, -NAMED_AHEAD_DAYS) : from
}

async function openPage(
  handle: Handle,
  schedule: ScheduleRow,
  period: DuePeriod,
  page: readonly Respondent[],
  units: ReadonlyMap<string, UnitRow>,
  clock: Clock,
): Promise<number> {
  const { narrative, form } = schedule
  const asked = signingOrder(narrative?.signatures ?? form.signatures)
  const signatureLabels = narrative === null && asked.length === 0 ? ['填报人'] : asked
  const sectors = schedule.split_sectors.length === 0 ? [''] : schedule.split_sectors
  const rows = page.flatMap((respondent) =>
    sectors.flatMap((sector): repo.NewReturn[] => {
      const unit = units.get(respondent.unitId)
      if (unit === undefined || respondent.receiverIds.length === 0) return []
      const id = uuidv7()
      const decision = decideReturn(
        null,
        { kind: 'open', id, dueOn: period.dueOn, signatureLabels, mayBeUnsigned: narrative !== null },
        {
          today: clock.today(),
          actor: { personId: '', name: '系统' },
          isRespondent: false,
          isReceiver: false,
        },
      )
      if (!decision.ok) throw new Error(decision.refusal.message)
      return [
        {
          id,
          unitId: unit.id,
          territoryPath: unit.territory_path,
          linePath: unit.line_path,
          receiverIds: respondent.receiverIds,
          groups: respondent.groups,
          sector,
          state: decision.value.next,
        },
      ]
    }),
  )
  if (rows.length === 0) return 0
  const now = clock.now()
  const title = periodTitle(schedule.rule.cadence, period)
  const made = new Set(await repo.insertReturns(handle, schedule, { ...period, title }, rows, now))
  const acts = rows
    .filter(({ id }) => made.has(id))
    .map(({ id, unitId, sector }) => ({
      action: 'return.open',
      objectKind: 'return',
      objectId: id,
      after: { scheduleId: schedule.id, unitId, period: period.key, sector, dueOn: period.dueOn },
    }))
  await recordActs(handle, opener(handle.tenantId), acts, now)
  return acts.length
}

/** Three days before, on the day, and to the superior as well once it is past. The key keeps each from being said twice. */
async function remind(handle: Handle, clock: Clock, goesOut: boolean): Promise<void> {
  const today = clock.today()
  for (const row of await repo.listToRemind(handle, addDays(today, 3), today)) {
    const until = row.detail.excusedUntil ?? row.due_on
    const stage = until < today ? 'overdue' : until === today ? 'today' : 'ahead'
    const what = `${row.title}（${row.unit_name}，${row.period_title}）`
    const text = {
      ahead: `${what} ${until} 到期，请核对后签名上报。`,
      today: `${what} 今天到期，请签名上报。`,
      overdue: `${what} ${until} 已过期，还没有上报。`,
    }[stage]
    const id = uuidv7()
    const isNew = await giveNotice(handle, {
      id,
      territoryPath: row.territory_path,
      linePath: row.line_path,
      unitIds: stage === 'overdue' ? row.parties : [row.unit_id],
      kind: stage === 'overdue' ? 'return-overdue' : 'return-due',
      text,
      link: `/returns/${row.id}`,
      dedupeKey: `return-due:${row.id}:${until}:${stage}`,
      now: clock.now(),
    })
    if (isNew && goesOut) await deliverNotice(handle, id)
  }
}

/** Seven in the morning by the clock of the product, which in a demonstration is not that of the queue: the same time from now. */
function nextMorning(clock: Clock): Date {
  const today = clock.today()
  const at = (day: CivilDate) => new Date(`${day}T07:00:00+08:00`).getTime() - clock.now().getTime()
  const away = at(today) > 0 ? at(today) : at(addDays(today, 1))
  return new Date(Date.now() + away)
}
