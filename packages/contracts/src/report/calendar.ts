import { z } from 'zod'
import { route } from '../shared/route.js'
import { abilities, civilDate, instant } from '../shared/scalars.js'

const tag = '节假日安排'
const year = z.coerce.number().int().min(2000).max(2100)
const dayKind = z.enum(['working-day', 'day-off'])

export const calendarChange = z.object({
  day: civilDate,
  /** `as-published` takes an earlier entry back. */
  kind: z.enum(['working-day', 'day-off', 'as-published']),
})
export type CalendarChange = z.output<typeof calendarChange>
const changes = z.array(calendarChange).min(1, '没有要改的日期').max(400)

export const calendarEntry = calendarChange.extend({
  reason: z.string(),
  personName: z.string(),
  recordedAt: instant,
})

export const calendarDay = z.object({
  day: civilDate,
  kind: dayKind,
  published: dayKind,
  /** 国庆节, 端午; null on an ordinary day. */
  holiday: z.string().nullable(),
  /** What counts instead of the published arrangement. */
  entry: calendarEntry.nullable(),
})

/** A due day that the calendar moves: of returns that are open, or of a period that is not opened yet. */
export const movedDue = z.object({
  scheduleTitle: z.string(),
  campaignName: z.string(),
  periodTitle: z.string(),
  from: civilDate,
  to: civilDate,
  /** Returns that are open and will be re-dated; 0 of a period not opened yet. */
  returns: z.number().int(),
})
export type MovedDue = z.output<typeof movedDue>

export const calendarYear = z.object({
  year: z.number().int(),
  /** The State Council's arrangement of that year is known, published or entered here. */
  isPublished: z.boolean(),
  days: z.array(calendarDay),
  /** Newest first. */
  entries: z.array(calendarEntry),
  abilities,
})
export type CalendarYear = z.output<typeof calendarYear>

export const showCalendar = route({
  name: 'showCalendar',
  method: 'GET',
  path: '/api/calendar/:year',
  summary: '一年的上班和放假安排：公布的，和本辖区另外登记的',
  tag,
  params: z.object({ year }),
  answer: calendarYear,
})

export const readHolidayNotice = route({
  name: 'readHolidayNotice',
  method: 'POST',
  path: '/api/calendar/:year/reading',
  summary: '读一段放假通知，得到日期；不保存',
  tag,
  idempotent: false,
  params: z.object({ year }),
  body: z.object({ text: z.string().trim().min(1, '请粘贴放假通知').max(20_000) }),
  answer: z.object({
    days: z.array(z.object({ day: civilDate, kind: dayKind, quote: z.string(), isNew: z.boolean() })),
    unread: z.array(z.string()),
    contradictions: z.array(civilDate),
  }),
})

export const previewCalendar = route({
  name: 'previewCalendar',
  method: 'POST',
  path: '/api/calendar/preview',
  summary: '这样登记后，哪些上报日期会变；不保存',
  tag,
  idempotent: false,
  body: z.object({ changes }),
  answer: z.object({ moves: z.array(movedDue) }),
})

export const changeCalendar = route({
  name: 'changeCalendar',
  method: 'POST',
  path: '/api/calendar/changes',
  summary: '登记放假或上班的日期；已开启、还没有上报的报表由后台改期并通知填报单位',
  tag,
  body: z.object({ changes, reason: z.string().trim().min(1, '请写明文号或理由').max(200) }),
  answer: z.object({ changed: z.number().int(), moves: z.array(movedDue) }),
})
