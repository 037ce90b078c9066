import type { CivilDate } from '@bihuan/domain'

/** A number that the sheet shows as a date. The serial counts days in one of Excel's two calendars; its fraction is the time of day. */
export interface DateSerial {
  readonly serial: number
  readonly system: '1900' | '1904'
}

const DAY_MS = 86_400_000
const MAX_SERIAL = 2_958_465 // 9999-12-31

/** The day of a serial, or null if there is none: 1900 has a 29 February in Excel (serial 60) and nowhere else. */
export function civilDateOf({ serial, system }: DateSerial): CivilDate | null {
  const day = Math.floor(serial)
  if (!Number.isFinite(serial) || day < 0 || day > MAX_SERIAL) return null
  if (system === '1904') return isoDay(Date.UTC(1904, 0, 1) + day * DAY_MS)
  if (day === 60 || day === 0) return null
  return isoDay(Date.UTC(1899, 11, day < 60 ? 31 : 30) + day * DAY_MS)
}

/** The serial of a day in the 1900 calendar, or null for what is no date or lies before March 1900. */
export function serialOf(date: CivilDate): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return null
  const at = Date.parse(`${date}T00:00:00Z`)
  if (Number.isNaN(at) || isoDay(at) !== date) return null
  const serial = (at - Date.UTC(1899, 11, 30)) / DAY_MS
  return serial > 60 && serial <= MAX_SERIAL ? serial : null
}

function isoDay(at: number): CivilDate {
  return new Date(at).toISOString().slice(0, 10)
}

/** Built-in formats that show dates or times: ECMA-376 part 1, 18.8.30, with the East Asian 27-36 and 50-58. */
export function isDateFormatId(id: number): boolean {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)
}

/** Whether a format code shows a date or time: has a y, m, d, h or s outside quotes, escapes and brackets. */
export function isDateFormatCode(code: string): boolean {
  const bare = code.replace(/\[(?:h+|m+|s+)\]/gi, 'h').replace(/"[^"]*"|\[[^\]]*\]|\\.|_.|\*./g, '')
  return /[ymdhs]/i.test(bare.replace(/general/gi, ''))
}
