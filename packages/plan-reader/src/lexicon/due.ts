import type { PlanReport, PlanReportDue } from '@bihuan/domain'
import { reader, type Parts, type Rule } from './rule.js'

export interface Schedule {
  readonly cadence: PlanReport['cadence']
  readonly due: PlanReportDue | null
}

const onDay =
  (cadence: Schedule['cadence']) =>
  (parts: Parts): Schedule | null => {
    const day = parts.number('d')
    return day === null ? null : { cadence, due: { day } }
  }
const last = (cadence: Schedule['cadence']): Schedule => ({ cadence, due: { day: 'last' } })
const WEEKDAYS = '一二三四五六日'

/** Spellings of a rhythm in which something is reported, with its day. A new one is a new line. */
export const DUE_RULES: readonly Rule<Schedule>[] = [
  {
    pattern: '(?:每|各)个?月(?:度|份)?的?(?:月)?(?:初|前)?{d}[日号]',
    meaning: onDay('monthly'),
    example: ['每月28日', { cadence: 'monthly', due: { day: 28 } }],
  },
  {
    pattern: '(?:每个?月[，的]?[^，。；]{0,20}?)?(?:次|下|下一|下个)月的?{d}[日号]',
    meaning: onDay('monthly'),
    example: ['次月5日', { cadence: 'monthly', due: { day: 5 } }],
  },
  {
    pattern: '(?:每个?|当)月的?(?:月)?(?:底|末)|每个?月的?最后一(?:个工作)?[日天]',
    meaning: () => last('monthly'),
    example: ['每月底', last('monthly')],
  },
  {
    pattern: '每个?(?:周|星期)的?(?:周|星期)?(?<w>[一二三四五六日天])',
    meaning: (parts) => {
      const weekday = WEEKDAYS.indexOf(parts.text('w').replace('天', '日')) + 1
      return { cadence: 'weekly', due: { weekday } }
    },
    example: ['每周五', { cadence: 'weekly', due: { weekday: 5 } }],
  },
  {
    // 办公室周五前报…: of every week, where no other is named.
    pattern:
      '(?<![每个本上下次一的周])周(?<w>[一二三四五六日])(?=(?:上午|下午|下班|中午)?(?:\\d{1,2}(?:时|点|：\\d{2}))?(?:之|以)?前)',
    meaning: (parts) => ({ cadence: 'weekly', due: { weekday: WEEKDAYS.indexOf(parts.text('w')) + 1 } }),
    example: ['周五前', { cadence: 'weekly', due: { weekday: 5 } }],
  },
  {
    pattern: '(?:次|下|下一)个?(?:周|星期)的?(?:周|星期)?(?<w>[一二三四五六日天])',
    meaning: (parts) => {
      const weekday = WEEKDAYS.indexOf(parts.text('w').replace('天', '日')) + 1
      return { cadence: 'weekly', due: { weekday } }
    },
    example: ['次周周一', { cadence: 'weekly', due: { weekday: 1 } }],
  },
  {
    pattern: '每个?季度?的?(?:末|底|最后一?个?|第三个?|首|第一个?|次)月?的?{d}[日号]',
    meaning: onDay('quarterly'),
    example: ['每季度末月25日', { cadence: 'quarterly', due: { day: 25 } }],
  },
  {
    pattern: '(?:每个?季度?[^，。；]{0,12}?)?(?:次|下|下一|下个|下一个)季度?(?:首月|第一个月)?的?{d}[日号]',
    meaning: onDay('quarterly'),
    example: ['下一季度首月5日', { cadence: 'quarterly', due: { day: 5 } }],
  },
  {
    pattern: '季度?(?:结束|终了)?后的?(?:次月|下月|下个月|首月|首个月|第一个月)?的?{d}(?:个工作)?[日号天]',
    meaning: onDay('quarterly'),
    example: ['季度结束后次月10日', { cadence: 'quarterly', due: { day: 10 } }],
  },
  {
    pattern: '每个?季度?的?(?:末|底|最后一(?:个工作)?[日天])(?!月)|(?<!第?[一二三四])季度末',
    meaning: () => last('quarterly'),
    example: ['每季度末', last('quarterly')],
  },
  {
    pattern: '每半年度?的?(?:最后一个|末|第六个)月的?{d}[日号]',
    meaning: onDay('half-yearly'),
    example: ['每半年最后一个月的15日', { cadence: 'half-yearly', due: { day: 15 } }],
  },
  {
    pattern: '每半年的?(?:末|底|结束)',
    meaning: () => last('half-yearly'),
    example: ['每半年末', last('half-yearly')],
  },
]

export const readSchedules = reader(DUE_RULES, /[每各当]个?[月周星季半]|周[一二三四五六日]|[次下]|季度末|季后|束后/)

const CADENCES = { week: 'weekly', month: 'monthly', quarter: 'quarterly', 'half-year': 'half-yearly' } as const

/** The cadence of a period, or null where reports have no word for it. */
export function cadenceOf(per: string | null): Schedule['cadence'] {
  return per !== null && per in CADENCES ? CADENCES[per as keyof typeof CADENCES] : null
}
