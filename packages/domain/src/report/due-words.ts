/**
 * What a few words say of when something is filed: 每月28日前, 每月底, 每周五下班前, 自6月份开始. For the quotes of a contradiction, of which
 * an officer has taken one; whole notices are read by the plan reader.
 */
import type { PlanReportDue } from '../campaign/plan.js'

export interface DueInWords {
  readonly due: PlanReportDue | null
  /** The month from which it runs, 1 to 12. */
  readonly sinceMonth: number | null
}

const figure = '(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})'
const weekdays = '一二三四五六日'

/** Each with an example, which runs as its test. */
export const dueWords: readonly {
  readonly pattern: RegExp
  readonly due: (...found: readonly string[]) => PlanReportDue | null
  readonly example: readonly [string, PlanReportDue]
}[] = [
  {
    pattern: /每?(?:月|月份)(?:的)?(?:月底|底|末|最后一日)/u,
    due: () => ({ day: 'last' }),
    example: ['每月底前报送', { day: 'last' }],
  },
  {
    pattern: new RegExp(`(?:每|当|次|下)(?:个)?月(?:的)?(?:份)?(${figure})[日号]`, 'u'),
    due: (day = '') => dayOf(day),
    example: ['每月十六日前报送', { day: 16 }],
  },
  {
    pattern: new RegExp(`(?:季度|半年)(?:末月|末|首月|后)(?:的)?(${figure})[日号]`, 'u'),
    due: (day = '') => dayOf(day),
    example: ['每季度末月25日前', { day: 25 }],
  },
  {
    pattern: new RegExp(`(?:每周|每星期|周|星期)([${weekdays}天])`, 'u'),
    due: (day = '') => ({ weekday: day === '天' ? 7 : weekdays.indexOf(day) + 1 }),
    example: ['每周五下班前', { weekday: 5 }],
  },
]

const since = new RegExp(`(?:自|从)(?:[0-9]{4}年)?(${figure})月(?:份)?(?:[0-9]{1,2}日)?(?:开始|起)`, 'u')

export function dueInWords(words: string): DueInWords {
  const text = words.normalize('NFKC').replace(/\s/gu, '')
  const begins = since.exec(text)
  // Neither what it begins with is a due day (自6月份开始), nor up to when it counts (截至上月末).
  const rest = (begins === null ? text : text.replace(begins[0], '')).replace(
    /截[至止](?:到)?[^，。；]*?(?:月末|月底|[日号])/u,
    '',
  )
  let due: PlanReportDue | null = null
  for (const rule of dueWords) {
    const found = rule.pattern.exec(rest)
    if (found === null) continue
    due = rule.due(...found.slice(1))
    break
  }
  const month = begins === null ? null : wholeOf(begins[1] ?? '')
  return { due, sinceMonth: month !== null && month >= 1 && month <= 12 ? month : null }
}

function dayOf(text: string): PlanReportDue | null {
  const day = wholeOf(text)
  return day !== null && day >= 1 && day <= 31 ? { day } : null
}

/** Up to 99, in either writing. */
function wholeOf(text: string): number | null {
  if (/^[0-9]+$/u.test(text)) return Number(text)
  const digits = '一二三四五六七八九'
  const [, tens, ten, ones] = /^([一二三四五六七八九]?)(十?)([一二三四五六七八九]?)$/u.exec(text) ?? []
  if (tens === undefined || ten === undefined || ones === undefined) return null
  if (ten === '') return tens !== '' && ones === '' ? digits.indexOf(tens) + 1 : null
  return (tens === '' ? 1 : digits.indexOf(tens) + 1) * 10 + (ones === '' ? 0 : digits.indexOf(ones) + 1)
}
