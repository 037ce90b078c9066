import type { ScheduleRule } from '@bihuan/contracts'
import { describe, expect, it } from 'vitest'
import { inputOf, isComplete, newSchedule, valuesOf } from './schedule-values.js'
import { dueText, respondentsText, ruleText } from './schedule-words.js'

const said = (cadence: ScheduleRule['cadence'], due: ScheduleRule['due']) => dueText({ cadence, due })

describe('the words of a due rule', () => {
  it('are those of the notices', () => {
    expect(said('monthly', { kind: 'day-of-month', day: 16, after: 0 })).toBe('每月16日前')
    expect(said('monthly', { kind: 'day-of-month', day: 1, after: 1 })).toBe('次月1日前')
    expect(said('monthly', { kind: 'last-day', after: 0 })).toBe('每月底前')
    expect(said('weekly', { kind: 'weekday', weekday: 5, after: 0 })).toBe('每周五前')
    expect(said('weekly', { kind: 'weekday', weekday: 1, after: 1 })).toBe('次周周一前')
    expect(said('monthly', { kind: 'weekday', weekday: 5, after: 0 })).toBe('每月最后一个周五前')
    expect(said('monthly', { kind: 'working-days', days: 5 })).toBe('每月结束后5个工作日内')
    expect(said('named', { kind: 'working-days', days: 3 })).toBe('指定日期后3个工作日内')
    expect(said('named', { kind: 'on-date' })).toBe('指定日期当日')
  })

  it('tell in which month of a longer period', () => {
    expect(said('quarterly', { kind: 'day-of-month', day: 25, after: 0 })).toBe('每季度末月25日前')
    expect(said('quarterly', { kind: 'day-of-month', day: 5, after: 1 })).toBe('每季度结束后次月5日前')
    expect(said('yearly', { kind: 'last-day', after: 0 })).toBe('每年底前')
    expect(said('half-yearly', { kind: 'last-day', after: 2 })).toBe('每半年结束后第2个月底前')
  })

  it('say the whole rule in a sentence', () => {
    expect(ruleText(newSchedule('表', '2023-06-01').rule as ScheduleRule)).toBe(
      '每月16日前，遇节假日顺延；累计数，截至上报日',
    )
  })

  it('say who files what', () => {
    expect(
      respondentsText([
        { kinds: ['town', 'street'], unitIds: [], groups: null },
        { kinds: ['department'], unitIds: ['a', 'b'], groups: ['专项整治'] },
      ]),
    ).toBe('镇、街道；部门、指定的2个单位（只报“专项整治”）')
  })
})

describe('the form of a schedule', () => {
  it('gives back what it was given', () => {
    const input = inputOf({
      ...newSchedule('进展情况调度表', '2023-06-01'),
      respondents: [{ kinds: ['street'], unitIds: [], groups: ['一'] }],
      note: '正文28日、附件1日，以正文为准',
    })
    expect(inputOf(valuesOf(input))).toEqual(input)
  })

  it('keeps nothing of a due rule that was chosen before', () => {
    const values = newSchedule('表', '2023-06-01')
    const weekly = inputOf({
      ...values,
      rule: { ...values.rule, cadence: 'weekly', due: { ...values.rule.due, kind: 'weekday', weekday: 5 } },
    })
    expect(weekly.rule.due).toEqual({ kind: 'weekday', weekday: 5, after: 0 })
    expect(weekly.rule.dates).toEqual([])
  })

  it('asks for no preview while something is missing', () => {
    const { rule } = newSchedule('表', '2023-06-01')
    expect(isComplete(rule)).toBe(true)
    expect(isComplete({ ...rule, firstDay: null })).toBe(false)
    expect(isComplete({ ...rule, due: { ...rule.due, day: null } })).toBe(false)
    expect(isComplete({ ...rule, cadence: 'named', due: { ...rule.due, kind: 'on-date' }, dates: [] })).toBe(false)
  })
})
