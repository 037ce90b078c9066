/** Fields of a plan's entries in words, as the list of what a corrected notice changed says them. Empty: the notice does not say it. */
import { formatChinese } from '../shared/civil-date.js'
import type { PlanFrequency, PlanPeriod, PlanQuota, PlanReportDue, PlanTaskDue } from './plan.js'

export interface FieldWords<V> {
  readonly label: string
  readonly words: (value: V) => string
}

const periods: Readonly<Record<PlanPeriod, string>> = {
  week: '每周',
  month: '每月',
  'two-months': '每两个月',
  quarter: '每季度',
  'half-year': '每半年',
  year: '每年',
  campaign: '行动期间',
}

export const joined = (...parts: readonly (string | null)[]) => parts.map((part) => part ?? '').join(' ')
export const listText = (list: readonly string[]) => list.join('、')
export const yesNo = (is: boolean) => (is ? '是' : '否')
export const frequencyText = (frequency: PlanFrequency | null) =>
  frequency === null ? '' : `${periods[frequency.per]}${frequency.times}次`
export const quotaText = (quota: PlanQuota | null) => (quota === null ? '' : `不少于${quota.atLeast}${quota.unit}`)

export function reportDueText(due: PlanReportDue | null): string {
  if (due === null) return ''
  if ('date' in due) return formatChinese(due.date)
  if ('weekday' in due) return `周${'一二三四五六日'[due.weekday - 1] ?? ''}`
  return due.day === 'last' ? '月底' : `${due.day}日`
}

export function dueText(due: PlanTaskDue | null): string {
  switch (due?.kind) {
    case undefined:
      return ''
    case 'date':
      return formatChinese(due.date)
    case 'recurring':
      return periods[due.per]
    case 'standing':
      return '常态化'
    case 'dates':
      return due.windows.map(({ from, to }) => (from === to ? from : `${from}至${to}`)).join('、')
  }
}
