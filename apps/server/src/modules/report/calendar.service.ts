/** The calendar of a year: as published, and as the tenant entered it. Who keeps it sees beforehand which due days it moves. */
import { v7 as uuidv7 } from 'uuid'
import type { AnswerOf, CalendarChange, CalendarYear, MovedDue, readHolidayNotice } from '@bihuan/contracts'
import {
  addDays,
  calendarWith,
  closureTooLong,
  isCivilDate,
  latestDate,
  LONGEST_CLOSURE,
  readHolidays,
  type CivilDate,
  type DayKind,
  type WorkingDays,
} from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import { recordAct } from '../../platform/audit/record.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import { notAllowed } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { holidayName, listOverrides, workingDays } from '../../platform/working-days.js'
import * as repo from './calendar.repo.js'
import { movesBetween, redateSoon } from './return-redating.js'
import { mayReadTables } from './table.policy.js'

/** The permission is held at the district alone (identity/actor-of.ts): there is one calendar for all who file. */
const mayManage = (actor: Actor): boolean => actor.permissions.has('calendar.manage')

const kindOf = (calendar: WorkingDays, day: CivilDate): DayKind =>
  calendar.isWorkingDay(day) ? 'working-day' : 'day-off'

export async function showYear(handle: Handle, actor: Actor, year: number): Promise<Answer<CalendarYear>> {
  if (!mayManage(actor) && !mayReadTables(actor)) return { ok: false, refusal: notAllowed('查看节假日安排') }
  const [first, last] = [`${year}-01-01`, `${year}-12-31`]
  const rows = await repo.listOverrideRows(handle, first, last)
  const calendar = calendarWith(workingDays, rows)
  const latest = new Map(rows.map((row) => [row.day, row]))
  const days: CalendarYear['days'] = []
  for (let day = first; day <= last; day = addDays(day, 1)) {
    const entry = latest.get(day)
    days.push({
      day,
      kind: kindOf(calendar, day),
      published: kindOf(workingDays, day),
      holiday: holidayName(day),
      entry: entry === undefined || entry.kind === 'as-published' ? null : entryOf(entry),
    })
  }
  return {
    ok: true,
    value: {
      year,
      isPublished: calendar.isPublished(first),
      days,
      entries: [...rows].reverse().map(entryOf),
      abilities: { manage: mayManage(actor) },
    },
  }
}

function entryOf(row: repo.OverrideRow): CalendarYear['entries'][number] {
  return {
    day: row.day,
    kind: row.kind,
    reason: row.reason,
    personName: row.person_name,
    recordedAt: row.recorded_at.toISOString(),
  }
}

export async function readNotice(
  handle: Handle,
  actor: Actor,
  year: number,
  text: string,
): Promise<Answer<AnswerOf<typeof readHolidayNotice>>> {
  if (!mayManage(actor)) return { ok: false, refusal: notAllowed('维护节假日安排') }
  const { days, unread, contradictions } = readHolidays(text, year)
  const news = new Set((await newsAmong(handle, days)).map(({ day }) => day))
  return {
    ok: true,
    value: {
      days: days.map((one) => ({ ...one, isNew: news.has(one.day) })),
      unread: [...unread],
      contradictions: [...contradictions],
    },
  }
}

export async function previewChanges(
  handle: Handle,
  actor: Actor,
  changes: readonly CalendarChange[],
  clock: Clock,
): Promise<Answer<{ moves: MovedDue[] }>> {
  if (!mayManage(actor)) return { ok: false, refusal: notAllowed('维护节假日安排') }
  const fault = faultOf(changes) ?? (await closureFault(handle, changes))
  if (fault !== null) return fault
  return { ok: true, value: { moves: await movesOf(handle, changes, clock) } }
}

export async function changeCalendar(
  handle: Handle,
  actor: Actor,
  { changes, reason }: { readonly changes: readonly CalendarChange[]; readonly reason: string },
  clock: Clock,
): Promise<Answer<{ changed: number; moves: MovedDue[] }>> {
  if (!mayManage(actor)) return { ok: false, refusal: notAllowed('维护节假日安排') }
  const fault = faultOf(changes)
  if (fault !== null) return fault
  await repo.lockCalendar(handle)
  const news = await newsAmong(handle, changes)
  if (news.length === 0) {
    return {
      ok: false,
      refusal: { code: 'calendar.nothing-new', message: '这些日期本来就是这样安排的，没有要登记的。', path: 'changes' },
    }
  }
  const closed = await closureFault(handle, news)
  if (closed !== null) return closed
  const moves = await movesOf(handle, news, clock)
  const rows = news.map(({ day, kind }) => ({ id: uuidv7(), day, kind }))
  const now = clock.now()
  const entryId = await recordAct(
    handle,
    actor,
    {
      action: 'calendar.change',
      objectKind: 'calendar',
      objectId: null,
      after: { reason, changes: news },
      detail: { rows },
    },
    now,
  )
  const { accountId, personName } = actor
  await repo.insertOverrides(handle, rows, { reason, accountId, personName, entryId, now })
  await redateSoon(handle)
  return { ok: true, value: { changed: news.length, moves } }
}

function faultOf(changes: readonly CalendarChange[]): Extract<Answer<never>, { ok: false }> | null {
  const days = changes.map(({ day }) => day)
  const strange = days.find((day) => !isCivilDate(day))
  const twice = days.find((day, at) => days.indexOf(day) !== at)
  if (strange === undefined && twice === undefined) return null
  const message =
    strange === undefined ? `${twice ?? ''}写了两次，请只留一个。` : `“${strange}”不是一个存在的日期，请核对。`
  return { ok: false, refusal: { code: 'calendar.day', message, path: 'changes' } }
}

/** With what was entered before: two months that are shut one after the other have no working day either. */
async function closureFault(
  handle: Handle,
  changes: readonly CalendarChange[],
): Promise<Extract<Answer<never>, { ok: false }> | null> {
  const calendar = calendarWith(workingDays, [...(await listOverrides(handle)), ...changes])
  const closure = closureTooLong(
    calendar,
    changes.map(({ day }) => day),
  )
  if (closure === null) return null
  const message = `照这样登记，${closure.from}至${closure.to}连续${closure.days}天没有一个工作日（最长${LONGEST_CLOSURE}天），报表将无日可报。请核对放假的起止日期。`
  return { ok: false, refusal: { code: 'calendar.closure', message, path: 'changes' } }
}

/** Without what stands so already. In a year that is not published a day off is an entry even if it is a Sunday: it makes the year known. */
async function newsAmong<Change extends CalendarChange>(
  handle: Handle,
  changes: readonly Change[],
): Promise<readonly Change[]> {
  const latest = new Map((await listOverrides(handle)).map(({ day, kind }) => [day, kind]))
  return changes.filter(({ day, kind }) => {
    const entered = latest.get(day) ?? 'as-published'
    if (entered !== 'as-published' || kind === 'as-published') return entered !== kind
    return !workingDays.isPublished(day) || kindOf(workingDays, day) !== kind
  })
}

async function movesOf(handle: Handle, changes: readonly CalendarChange[], clock: Clock): Promise<MovedDue[]> {
  const entered = await listOverrides(handle)
  const [before, next] = [calendarWith(workingDays, entered), calendarWith(workingDays, [...entered, ...changes])]
  const [first = clock.today(), ...rest] = changes.map(({ day }) => day)
  const moves = await movesBetween(handle, before, next, clock.today(), addDays(latestDate(first, ...rest), 31))
  return [...moves]
}
