import type { CivilDate } from '@bihuan/domain'
import { datesOf, readTimes, type Issue, type TimeSpan } from '../lexicon/date.js'
import { cadenceOf, readSchedules, type Schedule } from '../lexicon/due.js'
import { readPeriods, type Rhythm } from '../lexicon/frequency.js'
import type { Found } from '../lexicon/rule.js'

/** When something is sent: in a rhythm with its days, on named dates, or in a rhythm without a day. */
export type ReportTime =
  | { readonly kind: 'schedule'; readonly schedules: readonly Schedule[]; readonly at: number }
  /** `rhythm` where they come again in a rhythm that has no word: 每年11月30日. */
  | {
      readonly kind: 'dates'
      readonly dates: readonly CivilDate[]
      readonly at: number
      readonly rhythm: string | null
    }
  | { readonly kind: 'period'; readonly rhythm: Rhythm; readonly text: string; readonly at: number }

export function timeOf(plain: string, issue: Issue): ReportTime | null {
  const [schedule] = readSchedules(plain)
  if (schedule !== undefined) {
    const schedules = [schedule.meaning, ...furtherDays(plain.slice(schedule.end), schedule.meaning)]
    return { kind: 'schedule', schedules, at: schedule.start }
  }
  const times = readTimes(plain).filter((time) => isDue(time, plain))
  const yearly = /每年(?=\d|[一二三四五六七八九十]+月)/.exec(plain)
  if (times.length > 0) {
    const dates = times.map(({ meaning }) => datesOf(meaning, issue).to).filter((date): date is string => date !== null)
    if (dates.length > 0)
      return {
        kind: 'dates',
        dates,
        at: times[0]?.start ?? 0,
        rhythm: yearly === null ? null : `每年${times[0]?.text ?? ''}`,
      }
  }
  const [period] = readPeriods(plain)
  if (period !== undefined) return { kind: 'period', rhythm: period.meaning, text: period.text, at: period.start }
  return null
}

/** 每月5日前、20日前: each day is a report of its own. */
function furtherDays(rest: string, { cadence }: Schedule): Schedule[] {
  const more = /^(?:之?前)?(?:(?:[、和]\d{1,2}[日号](?:之?前)?)+)/.exec(rest)
  return [...(more?.[0] ?? '').matchAll(/\d{1,2}/g)].map(([day]) => ({ cadence, due: { day: Number(day) } }))
}

function isDue({ meaning, start, end }: Found<TimeSpan>, plain: string): boolean {
  if (meaning.bound === 'since' || meaning.isRange) return false
  if (/截[至止]到?$/.test(plain.slice(0, start))) return false
  const { grain } = meaning.from
  if (meaning.bound === 'by') return grain !== 'issue'
  if (grain === 'day' || grain === 'end') return true
  // 8月中旬报送: a vague date is due at its end; 6月份工作情况 names what is sent.
  return grain === 'part' && /^[，、]?(?:前|将|向|报|上报|和|、|$)/.test(plain.slice(end))
}

export const scheduleOf = (time: ReportTime): Schedule => {
  if (time.kind === 'schedule') return time.schedules[0] ?? { cadence: null, due: null }
  // 每半月 is no cadence, though a duty can be owed twice a month.
  if (time.kind === 'period') return { cadence: time.rhythm.times > 1 ? null : cadenceOf(time.rhythm.per), due: null }
  const [first] = time.dates
  return first === undefined ? { cadence: null, due: null } : onDate(first, time.rhythm)
}
export const onDate = (date: string, rhythm: string | null): Schedule => ({
  cadence: rhythm === null ? 'once' : null,
  due: { date },
})
