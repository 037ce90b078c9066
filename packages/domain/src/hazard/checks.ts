/** Small checks that several commands share: a text that must be there, a day that must lie where it can. */
import { formatChinese, isCivilDate, type CivilDate } from '../shared/civil-date.js'
import { refused } from '../shared/decision.js'
import type { Refused } from './guards.js'

/** The first refusal of several checks, in the order in which a person fills in the form. */
export function firstOf(...refusals: readonly (Refused | null)[]): Refused | null {
  return refusals.find((refusal) => refusal !== null) ?? null
}

export function needsText(text: string, name: string, path: string): Refused | null {
  return text.trim() === '' ? refused('hazard.text-missing', `${name}没有填写，请填写${name}。`, path) : null
}

export function needsReason(text: string, name = '原因'): Refused | null {
  return text.trim() === '' ? refused('hazard.reason-missing', `请写明${name}。`, 'reason') : null
}

export interface DateLimits {
  readonly name: string
  readonly path: string
  readonly notBefore?: readonly [what: string, date: CivilDate | null][]
  /** For things done: the day on which it is told. */
  readonly notAfterToday?: CivilDate
}

export function needsDate(date: CivilDate, { name, path, notBefore, notAfterToday }: DateLimits): Refused | null {
  if (!isCivilDate(date)) {
    return refused('hazard.date-invalid', `${name}“${date}”不是一个存在的日期，请核对。`, path)
  }
  for (const [what, limit] of notBefore ?? []) {
    if (limit !== null && date < limit) {
      return refused(
        'hazard.date-too-early',
        `${name}${formatChinese(date)}早于${what}${formatChinese(limit)}，请核对。`,
        path,
      )
    }
  }
  if (notAfterToday !== undefined && date > notAfterToday) {
    return refused('hazard.date-in-future', `${name}${formatChinese(date)}还没有到，请填写实际日期。`, path)
  }
  return null
}
