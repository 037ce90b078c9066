/** A schedule in the words of the notices: 每月16日前，遇节假日顺延；累计数，截至期限当日. */
import type { NarrativeInput, ScheduleInput, ScheduleRule } from '@bihuan/contracts'
import { deliverableFormLabels, enterpriseClasses, unitKindLabel } from '@bihuan/domain'

export const shiftLabels = { next: '遇节假日顺延', previous: '遇节假日提前', none: '遇节假日不变' } as const
export const cutOffLabels = {
  'period-end': '截至本期末',
  'previous-period-end': '截至上期末',
  'due-day': '截至上报日',
} as const
export const countsLabels = { cumulative: '累计数', period: '本期数' } as const
export const dueLabels = {
  'day-of-month': '几日前',
  'last-day': '月底前',
  weekday: '星期几前',
  'working-days': '期后若干个工作日内',
  'on-date': '指定日期当日',
} as const
export const weekdays = ['一', '二', '三', '四', '五', '六', '日'] as const

/** Which due rules a cadence can have, as the server has it. */
export function dueKindsOf(cadence: ScheduleRule['cadence']): readonly (keyof typeof dueLabels)[] {
  if (cadence === 'named') return ['on-date', 'working-days']
  if (cadence === 'weekly') return ['weekday', 'working-days']
  return ['day-of-month', 'last-day', 'weekday', 'working-days']
}

/** What a period and its end are called: the last month of a quarter is 季末月. */
const periods = {
  weekly: { each: '每周', month: '', end: '', over: '每周结束后' },
  monthly: { each: '每月', month: '每月', end: '每月底前', over: '每月结束后' },
  quarterly: { each: '每季度', month: '每季度末月', end: '每季度末前', over: '每季度结束后' },
  'half-yearly': { each: '每半年', month: '每半年末月', end: '每半年末前', over: '每半年结束后' },
  yearly: { each: '每年', month: '每年12月', end: '每年底前', over: '每年结束后' },
  named: { each: '', month: '', end: '', over: '指定日期后' },
} as const

/** 每月16日前, 月底前, 每周五前, 每季度结束后5个工作日内. */
export function dueText({ cadence, due }: Pick<ScheduleRule, 'cadence' | 'due'>): string {
  const { each, month, end, over } = periods[cadence]
  switch (due.kind) {
    case 'on-date':
      return '指定日期当日'
    case 'working-days':
      return `${over}${due.days}个工作日内`
    case 'weekday': {
      const day = `周${weekdays[due.weekday - 1] ?? ''}前`
      if (cadence === 'weekly')
        return due.after === 0
          ? `每${day}`
          : `${due.after === 1 ? '' : '每周结束后'}${afterText(due.after, '周')}${day}`
      return due.after === 0 ? `${each}最后一个${day}` : `${over}第${due.after}个${day}`
    }
    case 'last-day':
      return due.after === 0 ? end : `${lead(each, due.after)}${afterText(due.after, '月')}底前`
    case 'day-of-month':
      return due.after === 0
        ? `${month}${due.day}日前`
        : `${lead(each, due.after)}${afterText(due.after, '月')}${due.day}日前`
  }
}

/** 次月16日前 says enough of a month. */
const lead = (each: string, after: number): string => (each === '每月' && after === 1 ? '' : `${each}结束后`)

function afterText(after: number, unit: '月' | '周'): string {
  if (after === 1) return `次${unit}`
  return unit === '月' ? `第${after}个月` : `第${after}周`
}

export function ruleText(rule: ScheduleRule): string {
  const shift = rule.due.kind === 'working-days' ? '' : `，${shiftLabels[rule.shift]}`
  return `${dueText(rule)}${shift}；${countsLabels[rule.counts]}，${cutOffLabels[rule.cutOff]}`
}

/** 镇、街道（全部各组）；指定3个单位（报“专项整治”）. */
export function respondentsText(rules: ScheduleInput['respondents']): string {
  return rules
    .map(({ kinds, unitIds, groups, enterprises }) => {
      const label = (kind: (typeof kinds)[number]) =>
        kind === 'enterprise' && enterprises !== undefined ? enterpriseClasses[enterprises] : unitKindLabel(kind)
      const who = [...kinds.map(label), ...(unitIds.length === 0 ? [] : [`指定的${unitIds.length}个单位`])]
      return `${who.join('、')}${groups === null ? '' : `（只报${groups.map((name) => `“${name}”`).join('、')}）`}`
    })
    .join('；')
}

/** 可编辑文档、签字盖章扫描件，写明3点 */
export function askedText({ deliverables, mustContain }: Pick<NarrativeInput, 'deliverables' | 'mustContain'>): string {
  const forms = [...new Set(deliverables.map(({ form }) => deliverableFormLabels[form]))].join('、')
  return mustContain.length === 0 ? forms : `${forms}，写明${mustContain.length}点`
}
