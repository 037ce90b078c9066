import type { CivilDate } from '@bihuan/domain'
import { datesOf, readTimes, type Issue, type TimeSpan } from '../lexicon/date.js'
import { cadenceOf, readSchedules, type Schedule } from '../lexicon/due.js'
import { readPeriods, type Rhythm } from '../lexicon/frequency.js'
import type { Found } from '../lexicon/rule.js'

/** A day on which something is due, and where the words say it. */
export interface Due {
  readonly start: number
  readonly end: number
  readonly schedule: Schedule
  /** The wording of a rhythm that has no word: 每年11月30日. */
  readonly rhythm: string | null
}

/** When something is sent: on days that the words name, or in a rhythm without a day. */
export type ReportTime =
  | { readonly kind: 'days'; readonly dues: readonly Due[] }
  | { readonly kind: 'period'; readonly rhythm: Rhythm; readonly text: string }

export function timeOf(plain: string, issue: Issue): ReportTime | null {
  const dues = duesIn(plain, issue)
  if (dues.length > 0) return { kind: 'days', dues }
  const period = readPeriods(plain).find(
    ({ text, start }) => !/^按/.test(text) || !/^附件|^要求/.test(plain.slice(start + 1)),
  )
  if (period !== undefined) return { kind: 'period', rhythm: period.meaning, text: period.text }
  const own = OWN_RHYTHM.exec(plain)
  return own === null ? null : { kind: 'period', rhythm: { per: null, times: 1 }, text: own[0] }
}

/** Rhythms that the contract has no word for: 每三天, 每学期, 每旬. */
const OWN_RHYTHM =
  /每(?:隔|间隔)?(?:[两二三四五六七八九十\d]{1,2}|半)?个?(?:天|日(?!常)|旬|学期|学年|周|星期|月|年)(?!度|产|营|用|均|薪|检|清|会|调)/

/** The days that a clause names, from left to right: those of a rhythm, else dates. */
export function duesIn(plain: string, issue: Issue): Due[] {
  const schedules = readSchedules(plain)
  if (schedules.length > 0)
    return schedules.flatMap(({ start, end, meaning }) => [
      { start, end, schedule: meaning, rhythm: null },
      ...furtherDays(plain, end, meaning),
    ])
  const yearly = /每年(?=\d|[一二三四五六七八九十]+月)/.test(plain)
  return inOrder(
    readTimes(plain).filter((time) => isDue(time, plain)),
    issue,
  ).map(({ time, date }) => {
    const rhythm = yearly ? `每年${time.text}` : null
    return { start: time.start, end: time.end, schedule: onDate(date, rhythm), rhythm }
  })
}

/** 每月5日前、20日前: each day is a report of its own. */
function furtherDays(plain: string, from: number, { cadence }: Schedule): Due[] {
  const more = /^(?:之?前)?(?:(?:[、和]\d{1,2}[日号](?:之?前)?)+)/.exec(plain.slice(from))
  return [...(more?.[0] ?? '').matchAll(/\d{1,2}/g)].map(({ 0: day, index }) => ({
    start: from + index,
    end: from + index + day.length + 1,
    schedule: { cadence, due: { day: Number(day) } },
    rhythm: null,
  }))
}

/** 12月20日、3月25日: days without a year are told in their order, so a month that goes back is that of the next year. */
function inOrder(times: readonly Found<TimeSpan>[], issue: Issue): { time: Found<TimeSpan>; date: CivilDate }[] {
  let last: CivilDate | null = null
  return times.flatMap((time) => {
    let date = datesOf(time.meaning, issue).to
    if (date === null) return []
    if (last !== null && time.meaning.from.year === null && date < last)
      date = `${Number(last.slice(0, 4)) + (date.slice(4) < last.slice(4) ? 1 : 0)}${date.slice(4)}`
    last = date
    return [{ time, date }]
  })
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
  // 每半月 is no cadence, though a duty can be owed twice a month.
  if (time.kind === 'period') return { cadence: time.rhythm.times > 1 ? null : cadenceOf(time.rhythm.per), due: null }
  return time.dues[0]?.schedule ?? { cadence: null, due: null }
}

const onDate = (date: CivilDate, rhythm: string | null): Schedule => ({
  cadence: rhythm === null ? 'once' : null,
  due: { date },
})

/** 开学前（2月20日前）: an occasion, and its day behind it. */
export function timeInBracket(text: string, issue: Issue): ReportTime | null {
  const said = /[前内末]（(?<when>[^（）]{3,16}前)）/.exec(text)?.groups?.when
  return said === undefined ? null : timeOf(said, issue)
}
