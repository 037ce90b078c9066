import { civilDateOf, type DateSerial } from './excel-date.js'

/** What a formula came to when it failed: `#REF!`, `#N/A`. */
export interface CellError {
  readonly error: string
}

export type CellValue = string | number | boolean | DateSerial | CellError | null

/** A cell as a person reads it: a date as `2026-06-09`, a truth as 是 or 否. */
export function cellText(value: CellValue): string {
  if (value === null) return ''
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value !== 'object') return String(value)
  if ('error' in value) return value.error
  return civilDateOf(value) ?? String(value.serial)
}
