import { decided, refused, type Decision } from './decision.js'

/** A day on the calendar of Asia/Shanghai, `YYYY-MM-DD`. Never an instant. Such strings sort in the order of time. */
export type CivilDate = string

const CIVIL = /^(\d{4})-(\d{2})-(\d{2})$/

/** Whether the text is a day that exists: 2023-02-30 is none. A plain boolean, since a `CivilDate` is a string to TypeScript. */
export function isCivilDate(text: string): boolean {
  const match = CIVIL.exec(text)
  return match !== null && dayExists(Number(match[1]), Number(match[2]), Number(match[3]))
}

export function parseCivilDate(text: string, path?: string): Decision<CivilDate> {
  if (isCivilDate(text)) return decided(text)
  return refused('date.invalid', `“${text}”不是一个存在的日期，请按 2023-06-16 的格式填写。`, path)
}

/** Negative, zero or positive, for `sort`. */
export function compareCivilDates(a: CivilDate, b: CivilDate): number {
  return a < b ? -1 : a > b ? 1 : 0
}

export function latestDate(first: CivilDate, ...others: readonly (CivilDate | null)[]): CivilDate {
  return others.reduce<CivilDate>((latest, date) => (date !== null && date > latest ? date : latest), first)
}

export function addDays(date: CivilDate, days: number): CivilDate {
  return fromDayNumber(dayNumber(date) + days)
}

/** The same day of another month; where that month is shorter, its last day (01-31 plus one month is 02-28). */
export function addMonths(date: CivilDate, months: number): CivilDate {
  const { year, month, day } = partsOf(date)
  const index = year * 12 + (month - 1) + months
  const toYear = Math.floor(index / 12)
  const toMonth = index - toYear * 12 + 1
  return write(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)))
}

export function startOfMonth(date: CivilDate): CivilDate {
  const { year, month } = partsOf(date)
  return write(year, month, 1)
}

export function endOfMonth(date: CivilDate): CivilDate {
  const { year, month } = partsOf(date)
  return write(year, month, daysInMonth(year, month))
}

/** Days from `from` to `to`: 1 from a day to its morrow, negative when `to` comes first. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return dayNumber(to) - dayNumber(from)
}

/** 1 is Monday, 7 is Sunday. */
export function weekdayOf(date: CivilDate): number {
  return ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1
}

export function yearOf(date: CivilDate): number {
  return partsOf(date).year
}

/** 1 to 12. */
export function monthOf(date: CivilDate): number {
  return partsOf(date).month
}

/** 2023年6月16日: Arabic figures, month and day without a leading zero (GB/T 9704-2012, 7.3.5.4). */
export function formatChinese(date: CivilDate): string {
  const { year, month, day } = partsOf(date)
  return `${year}年${month}月${day}日`
}

const EIGHT_HOURS = 8 * 60 * 60 * 1000
const ONE_DAY = 24 * 60 * 60 * 1000

/**
 * The day in Asia/Shanghai on which an instant falls.
 *
 * UTC+8 all the year round holds from 1992 on. Before it, summer time was kept from 1986 to 1991 (an instant in the last
 * hour before midnight of those summers is put one day early here), and other offsets before 1949; nothing this
 * product stamps is that old. The time zone tables of Intl were not used: they differ between builds of Node, and a rule
 * must give the same answer everywhere.
 */
export function civilDateOf(instant: Date): CivilDate {
  return fromDayNumber(Math.floor((instant.getTime() + EIGHT_HOURS) / ONE_DAY))
}

export interface LooseDateContext {
  /** The year of a date written without one (6月16日). Without it such a date is refused. */
  readonly year?: number
  /** The workbook's date system; 1904 in workbooks that come from old Macs. Default 1900. */
  readonly epoch?: 1900 | 1904
  readonly path?: string
}

/** Serials before this are counts or typing errors, not dates of our time (10000 is 1927-05-18). */
const FIRST_SERIAL = 10_000
const FIRST_YEAR = 1900
const LAST_YEAR = 2199

/**
 * Reads a date as people write it in workbooks: `2023-06-16`, `2023/6/16`, `2023.6.16`, `2023年6月16日`, `二〇二三年六月十六日`,
 * `20230616`, `6月16日` (with a year given), an Excel serial; in half or full width, followed by a time, a weekday or 前.
 * Refuses what could be two dates (`6/7/2023`, `23.6.16`) instead of guessing.
 */
export function readLooseDate(value: string | number, context: LooseDateContext = {}): Decision<CivilDate> {
  if (typeof value === 'number') return readNumber(value, context)
  const text = tidy(value)
  if (text === '') return refused('date.blank', '日期没有填写。', context.path)
  if (/^\d{8}$/.test(text)) return day(text.slice(0, 4), text.slice(4, 6), text.slice(6), value, context)
  if (/^\d{5}(\.\d+)?$/.test(text)) return readNumber(Number(text), context)

  // An instant with its offset (written by programs): its day is the one in Shanghai, not the one in the text.
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:?\d{2})$/i.test(text)) {
    const instant = new Date(text)
    if (!Number.isNaN(instant.getTime())) return decided(civilDateOf(instant))
  }

  const bare = withoutTail(arabic(text))
  const full = /^(\d{4})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})[日号]?$/.exec(bare)
  if (full !== null) return day(full[1], full[2], full[3], value, context)
  const short = /^(\d{1,2})(?:月|[-/.])(\d{1,2})[日号]?$/.exec(bare)
  if (short !== null) {
    if (context.year !== undefined) return day(String(context.year), short[1], short[2], value, context)
    return refused('date.year-missing', `“${value}”没有写年份，请写成 2023年6月16日 的样子。`, context.path)
  }
  if (/^\d{1,2}[-/.年]\d{1,2}[-/.月]\d{1,4}[日号]?$/.test(bare)) {
    return refused('date.ambiguous', `“${value}”看不出哪个是年、哪个是月，请写成 2023-06-16 的样子。`, context.path)
  }
  if (/^\d{4}(?:年|[-/.])\d{1,2}月?$/.test(bare)) {
    return refused('date.day-missing', `“${value}”没有写到日，请写成 2023-06-16 的样子。`, context.path)
  }
  return refused('date.unreadable', `“${value}”读不出日期，请写成 2023-06-16 的样子。`, context.path)
}

function readNumber(value: number, context: LooseDateContext): Decision<CivilDate> {
  const whole = Math.floor(value)
  if (Number.isInteger(value) && value >= 19_000_101 && value <= 99_991_231) {
    const digits = String(value)
    return day(digits.slice(0, 4), digits.slice(4, 6), digits.slice(6), digits, context)
  }
  // Excel believes in 1900-02-29 (serial 60); every later serial of the 1900 system is therefore counted from 1899-12-30.
  const origin = context.epoch === 1904 ? '1904-01-01' : '1899-12-30'
  const last = dayNumber(write(LAST_YEAR, 12, 31)) - dayNumber(origin)
  if (!Number.isFinite(value) || whole < FIRST_SERIAL || whole > last) {
    return refused('date.unreadable', `数字 ${value} 不是日期，请写成 2023-06-16 的样子。`, context.path)
  }
  return decided(addDays(origin, whole))
}

function day(
  year: string | undefined,
  month: string | undefined,
  date: string | undefined,
  written: string,
  context: LooseDateContext,
): Decision<CivilDate> {
  const [y, m, d] = [Number(year), Number(month), Number(date)]
  if (!dayExists(y, m, d)) {
    return refused('date.invalid', `“${written.trim()}”不是一个存在的日期，请核对。`, context.path)
  }
  if (y < FIRST_YEAR || y > LAST_YEAR) {
    return refused('date.invalid', `“${written.trim()}”的年份不对，请核对。`, context.path)
  }
  return decided(write(y, m, d))
}

/** Half width, one kind of dash, no white space except before a time (`2023-06-16 08:30`). */
function tidy(text: string): string {
  return text
    .replace(/[\uFF10-\uFF19]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/[—–－−‐]+/g, '-')
    .replace(/[．。]/g, '.')
    .replace(/／/g, '/')
    .replace(/：/g, ':')
    .replace(/[\s\u3000\u00A0]+/g, ' ')
    .trim()
    .replace(/(\d)(?: )?([年月]) ?/g, '$1$2')
    .replace(/ ?([-/.]) ?/g, '$1')
    .replace(/ (日|号)/g, '$1')
}

const CHINESE_DIGITS = '〇一二三四五六七八九'

/** 二〇二三年六月十六日 as 2023年6月16日. */
function arabic(text: string): string {
  if (!/^[〇○零一二三四五六七八九]{4}年/.test(text)) return text
  return text
    .replace(/[○零]/g, '〇')
    .replace(/([一二三])?十([一二三四五六七八九])?/g, (_, tens?: string, ones?: string) =>
      String(
        (tens === undefined ? 1 : CHINESE_DIGITS.indexOf(tens)) * 10 +
          (ones === undefined ? 0 : CHINESE_DIGITS.indexOf(ones)),
      ),
    )
    .replace(/[〇一二三四五六七八九]/g, (digit) => String(CHINESE_DIGITS.indexOf(digit)))
}

/** Takes off what may follow a date: a time, a weekday, 前, a full stop. */
function withoutTail(text: string): string {
  return text
    .replace(
      /[ T]?(?:上午|下午|凌晨|晚)? ?\d{1,2}(?::\d{1,2}(?::\d{1,2}(?:\.\d+)?)?|[时点](?:\d{1,2}分?(?:\d{1,2}秒)?)?)$/,
      '',
    )
    .replace(/ ?[（(]?(?:星期|周)[一二三四五六日天][)）]?$/, '')
    .replace(/(?:之前|以前|前|[.])$/, '')
    .trim()
}

function partsOf(date: CivilDate): { year: number; month: number; day: number } {
  const match = CIVIL.exec(date)
  if (match === null) throw new RangeError(`not a civil date: ${date}`)
  return { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) }
}

function write(year: number, month: number, day: number): CivilDate {
  if (year < 1 || year > 9999) throw new RangeError(`year ${year} has no civil date`)
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function dayExists(year: number, month: number, day: number): boolean {
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

/** Days since 1970-01-01 on the proleptic Gregorian calendar (years counted from March, so that the leap day comes last). */
function dayNumber(date: CivilDate): number {
  const { year, month, day } = partsOf(date)
  const y = month <= 2 ? year - 1 : year
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719_468
}

function fromDayNumber(days: number): CivilDate {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return write(year, month, dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1)
}
