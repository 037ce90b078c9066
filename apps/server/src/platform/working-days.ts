/** Working days of the Chinese calendar, 调休 among them, as chinese-days has them from what the State Council's office publishes. */
import chineseDays from 'chinese-days'
import type { WorkingDays } from '@bihuan/domain'

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
