/**
 * Working days that are not as published: what a tenant entered stands above the published calendar, day by day. And a notice of holidays
 * (国务院办公厅关于部分节假日安排的通知), pasted as it is, read into such days.
 */
import { addDays, daysBetween, isCivilDate, type CivilDate } from '../shared/civil-date.js'
import type { WorkingDays } from './schedule.js'

export const dayKindLabels = { 'working-day': '上班', 'day-off': '放假' } as const
export type DayKind = keyof typeof dayKindLabels

/** `as-published` takes an earlier one back. */
export const overrideKindLabels = { ...dayKindLabels, 'as-published': '照公布的安排' } as const
export type OverrideKind = keyof typeof overrideKindLabels

export interface CalendarOverride {
  readonly day: CivilDate
  readonly kind: OverrideKind
}

/** `overrides` in the order in which they were entered: of two for one day the later counts. */
export function calendarWith(published: WorkingDays, overrides: readonly CalendarOverride[]): WorkingDays {
  const latest = new Map(overrides.map(({ day, kind }) => [day, kind]))
  return {
    isWorkingDay(date) {
      const kind = latest.get(date)
      return kind === undefined || kind === 'as-published' ? published.isWorkingDay(date) : kind === 'working-day'
    },
    // A year without the first of October among its holidays was not entered as a whole; a single day moved is no year's arrangement.
    isPublished: (date) => published.isPublished(date) || latest.get(`${date.slice(0, 4)}-10-01`) === 'day-off',
  }
}

export interface ReadDay {
  readonly day: CivilDate
  readonly kind: DayKind
  /** The words from which it was read. */
  readonly quote: string
}

export interface HolidayReading {
  readonly days: readonly ReadDay[]
  /** Sentences that speak of a day, and in which none was understood, or not what is to be done on it. */
  readonly unread: readonly string[]
  /** Days that the text calls both. */
  readonly contradictions: readonly CivilDate[]
}

/** A closure is nine days at most; one longer than this is a slip of the pen. */
export const LONGEST_CLOSURE = 31

export interface Closure {
  readonly from: CivilDate
  readonly to: CivilDate
  readonly days: number
}

/** So many days without a working day in a row, around one of these, that it must be a slip: no due day could be put off over it. */
export function closureTooLong(calendar: WorkingDays, around: readonly CivilDate[]): Closure | null {
  const seen = new Set<CivilDate>()
  for (const start of around) {
    if (calendar.isWorkingDay(start) || seen.has(start)) continue
    const [from, to] = [lastDayOff(calendar, start, -1), lastDayOff(calendar, start, 1)]
    const days = daysBetween(from, to) + 1
    if (days > LONGEST_CLOSURE) return { from, to, days }
    for (let at = from; at <= to; at = addDays(at, 1)) seen.add(at)
  }
  return null
}

/** Further than a year away nobody need know where it ends. */
function lastDayOff(calendar: WorkingDays, start: CivilDate, step: 1 | -1): CivilDate {
  let at = start
  for (let days = 0; days < 366 && !calendar.isWorkingDay(addDays(at, step)); days += 1) at = addDays(at, step)
  return at
}

const day = String.raw`(?:(?:(\d{4})[年.\/-])?(\d{1,2})[月.\/-])?(\d{1,2})日?`
const span = new RegExp(`${day}(?:(?:至|到|—+|－|~|～|–)${day})?`, 'g')
const word = /放假|休息|休|上班|工作日|班/g

/**
 * Understands the notice's own sentences (`2月15日（周日）至23日（周一）放假调休，共9天。2月14日（周六）上班。`) and lists (`2027-10-01 休`), one kind after
 * its dates. A date without its year is of `year`, one without its month of the month before it.
 */
export function readHolidays(text: string, year: number): HolidayReading {
  const found: ReadDay[] = []
  const unread: string[] = []
  for (const sentence of text.normalize('NFKC').split(/[。;\n]/)) {
    const read = readSentence(sentence, year)
    found.push(...read)
    if (read.length === 0 && /\d+\s*日|\d{4}-\d|\d+-\d+/.test(sentence)) unread.push(sentence.trim())
  }
  const kinds = new Map<CivilDate, Set<DayKind>>()
  for (const one of found) kinds.set(one.day, (kinds.get(one.day) ?? new Set()).add(one.kind))
  return {
    days: [...new Map(found.map((one) => [one.day, one])).values()].sort((a, b) => (a.day < b.day ? -1 : 1)),
    unread,
    contradictions: [...kinds].filter(([, some]) => some.size > 1).map(([date]) => date),
  }
}

function readSentence(sentence: string, year: number): ReadDay[] {
  // 农历腊月二十八、周日: what stands in brackets explains the date; 共9天 counts days and names none.
  const plain = sentence
    .replace(/\([^()]*\)/g, '')
    .replace(/共\s*\d+\s*天/g, '')
    .replace(/\s+/g, ' ')
  const words = [...plain.matchAll(word)]
  let month = 0
  return [...plain.matchAll(span)].flatMap((match): ReadDay[] => {
    const [, fromYear, fromMonth, fromDay, toYear, toMonth, toDay] = match
    const isDate = fromMonth !== undefined || /日/.test(match[0])
    if (!isDate) return []
    month = Number(fromMonth ?? month)
    const from = dateOf(Number(fromYear ?? year), month, Number(fromDay))
    const last = Number(toMonth ?? month)
    // From December into January.
    const lastYear = Number(toYear ?? Number(fromYear ?? year) + (last < month ? 1 : 0))
    if (toDay !== undefined) month = last
    const to = toDay === undefined ? from : dateOf(lastYear, last, Number(toDay))
    const kind = words.find(({ index }) => index >= match.index + match[0].length)?.[0]
    if (from === null || to === null || kind === undefined) return []
    const length = daysBetween(from, to)
    if (length < 0 || length > LONGEST_CLOSURE) return []
    return Array.from({ length: length + 1 }, (_, at) => ({
      day: addDays(from, at),
      kind: /休|假/.test(kind) ? 'day-off' : 'working-day',
      quote: sentence.trim(),
    }))
  })
}

function dateOf(year: number, month: number, date: number): CivilDate | null {
  const text = `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
  return isCivilDate(text) ? text : null
}
