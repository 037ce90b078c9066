/** Working days of the Chinese calendar, 调休 among them, as chinese-days has them from what the State Council's office publishes. */
import chineseDays from 'chinese-days'
import { calendarWith, type CalendarOverride, type WorkingDays } from '@bihuan/domain'
import type { Handle } from './db/scope.js'

/** The first of October is a holiday in every year whose holidays are known, and may be a plain weekday in one that is not. */
const yearIsKnown = new Map<string, boolean>()

export const workingDays: WorkingDays = {
  isWorkingDay: (date) => chineseDays.isWorkday(date),
  isPublished(date) {
    const year = date.slice(0, 4)
    const known = yearIsKnown.get(year) ?? chineseDays.getDayDetail(`${year}-10-01`).name.includes(',')
    yearIsKnown.set(year, known)
    return known
  },
}

/** With what the tenant entered beside it: the calendar by which its returns are due. */
export async function workingDaysOf(handle: Handle): Promise<WorkingDays> {
  return calendarWith(workingDays, await listOverrides(handle))
}

/** In the order in which they were entered, so that the last of a day counts. */
export async function listOverrides(handle: Handle): Promise<CalendarOverride[]> {
  return handle.query<CalendarOverride & Record<string, unknown>>(
    'select day, kind from calendar_override where tenant_id = $1 order by recorded_at, id',
    [handle.tenantId],
  )
}

/** 国庆节, 端午: on a day that is off or worked because of it; null on any other. */
export function holidayName(date: string): string | null {
  const [, name] = chineseDays.getDayDetail(date).name.split(',')
  return name ?? null
}
