import { describe, expect, it } from 'vitest'
import { readNumbering, NUMBERING_RULES } from '../outline/heading.js'
import { ATTRIBUTE_RULES } from '../read/report-attributes.js'
import { isRemark, REMARK_RULES } from '../read/report-remark.js'
import { CanonicalText } from '../normalise/canonical-text.js'
import { DATE_RULES, datesOf, RANGE_RULES, readTimes } from './date.js'
import { FORM_RULES, readForms } from './deliverable.js'
import { DUE_RULES, readSchedules } from './due.js'
import { COUNT_RULES, frequencyOf, PERIOD_RULES, readCounts, readPeriods } from './frequency.js'
import { numberOf, reader, type Rule } from './rule.js'

const canonical = (text: string) => CanonicalText.of(text).text

/** Each rule understands its own example, alone. */
function examplesOf<M>(name: string, rules: readonly Rule<M>[]) {
  describe(name, () => {
    it.each(rules.map((rule) => [rule.example[0], rule] as const))('%s', (text, rule) => {
      // Some rules look at what stands around them.
      const around = ['', '实行', '自'].map((before) => `${before}${text}`)
      const behind = around.flatMap((one) => [one, `${one}调度`, `${one}不少于2次`, `${one}2次`, `${one}起`])
      const found = behind.flatMap((one) => reader([rule], /^/)(canonical(one))).map(({ meaning }) => meaning)
      expect(found).toContainEqual(rule.example[1])
    })
  })
}

examplesOf('dates', DATE_RULES)
examplesOf('ranges', RANGE_RULES)
examplesOf('periods', PERIOD_RULES)
examplesOf('counts', COUNT_RULES)
examplesOf('dues', DUE_RULES)
examplesOf('forms', FORM_RULES)

describe('attributes of reports', () => {
  it.each(ATTRIBUTE_RULES.map(({ example, pattern }) => [example, pattern] as const))('%s', (example, pattern) => {
    expect(example).toMatch(pattern)
  })
})

describe('remarks on reports', () => {
  it.each(REMARK_RULES.map(({ example, pattern }) => [example, pattern] as const))('%s', (example, pattern) => {
    expect(example).toMatch(pattern)
  })

  it('are none where something is sent', () => {
    expect(isRemark('每月5日前将统计表报送县安委办')).toBe(false)
    expect(isRemark('各镇于每月25日前报送工作进展情况')).toBe(false)
  })
})

describe('numbers of headings', () => {
  it.each(NUMBERING_RULES.map(({ example }) => example))('%s', (text, meaning) => {
    expect(readNumbering(canonical(text))).toMatchObject(meaning)
  })

  it('takes a number that is written twice for one, and a decimal for none', () => {
    expect(readNumbering(canonical('（二）（二）集中攻坚'))).toMatchObject({ level: 2, ordinal: 2, length: 6 })
    expect(readNumbering('1.5倍')).toBeNull()
    expect(readNumbering('2.7月31日前')).toMatchObject({ level: 3, ordinal: 2 })
  })
})

describe('numbers', () => {
  it.each([
    ['16', 16],
    ['十六', 16],
    ['二十', 20],
    ['廿一', 21],
    ['一百零八', 108],
    ['二〇二三', 2023],
    ['两', 2],
    ['条', null],
  ])('%s', (text, number) => expect(numberOf(text)).toBe(number))
})

describe('a stretch of time', () => {
  const issue = { issuedOn: '2023-05-25', year: 2023 }
  it.each([
    ['2023年5月23日', '2023-05-23', '2023-05-23', 'on'],
    ['２０２３ 年 ５ 月 ２３ 日', '2023-05-23', '2023-05-23', 'on'],
    ['二〇二三年五月二十三日', '2023-05-23', '2023-05-23', 'on'],
    ['二○二三年十二月三十一日前', '2023-12-31', '2023-12-31', 'by'],
    ['2O23年5月2l日', '2023-05-21', '2023-05-21', 'on'],
    ['2023.6.16', '2023-06-16', '2023-06-16', 'on'],
    ['2023/6/16', '2023-06-16', '2023-06-16', 'on'],
    ['2023-06-16', '2023-06-16', '2023-06-16', 'on'],
    ['20230616', '2023-06-16', '2023-06-16', 'on'],
    ['6月16日之前', '2023-06-16', '2023-06-16', 'by'],
    ['今年7月底前', '2023-07-31', '2023-07-31', 'by'],
    ['明年2月底前', '2024-02-29', '2024-02-29', 'by'],
    ['2月份', '2023-02-01', '2023-02-28', 'on'],
    ['8月中旬', '2023-08-11', '2023-08-20', 'on'],
    ['6月上旬', '2023-06-01', '2023-06-10', 'on'],
    ['11月下旬', '2023-11-21', '2023-11-30', 'on'],
    ['2023年6月至7月', '2023-06-01', '2023-07-31', 'on'],
    ['2023年8月—11月', '2023-08-01', '2023-11-30', 'on'],
    ['6－7月', '2023-06-01', '2023-07-31', 'on'],
    ['6月21日～7月31日', '2023-06-21', '2023-07-31', 'on'],
    ['12月1日-15日', '2023-12-01', '2023-12-15', 'on'],
    ['5月16—31日', '2023-05-16', '2023-05-31', 'on'],
    ['2023年11月至次年2月', '2023-11-01', '2024-02-29', 'on'],
    ['2023年11月至2月', '2023-11-01', '2024-02-29', 'on'],
    ['2024年6月至2025年12月', '2024-06-01', '2025-12-31', 'on'],
    ['即日起至12月底', '2023-05-25', '2023-12-31', 'on'],
    ['自印发之日起至2023年10月31日', '2023-05-25', '2023-10-31', 'on'],
    ['第三季度', '2023-07-01', '2023-09-30', 'on'],
    ['下半年', '2023-07-01', '2023-12-31', 'on'],
    ['年底前', '2023-12-31', '2023-12-31', 'by'],
    ['5月20日前完成，', '2023-05-20', '2023-05-20', 'by'],
    ['6月份起', '2023-06-01', '2023-06-30', 'since'],
    ['自2024年1月1日开始', '2024-01-01', '2024-01-01', 'since'],
  ])('%s', (text, from, to, bound) => {
    const [time] = readTimes(canonical(text))
    expect({ ...datesOf(time?.meaning as never, issue), bound: time?.meaning.bound }).toEqual({ from, to, bound })
  })

  it('is none where the figures cannot be a date, and none in a number of a document', () => {
    for (const text of ['2023年13月', '第2号', '应急〔2023〕4号', '1.2万元', '三个月', '每月5日'.slice(0, 2)]) {
      expect(readTimes(canonical(text)).map((time) => time.text)).toEqual([])
    }
  })

  it('has no date where neither the words nor the notice name a year', () => {
    const [time] = readTimes('6月底前')
    expect(datesOf(time?.meaning as never, { issuedOn: null, year: null })).toEqual({ from: null, to: null })
  })
})

describe('how often', () => {
  it.each([
    ['每月至少召开1次', { times: 1, per: 'month' }],
    ['每季度至少开展两次', { times: 2, per: 'quarter' }],
    ['至少每半年组织1次', { times: 1, per: 'half-year' }],
    ['每两个月不少于1次', { times: 1, per: 'two-months' }],
    ['每2月', { times: 1, per: 'two-months' }],
    ['每3个月听取1次', { times: 1, per: 'quarter' }],
    ['每年不少于2次', { times: 2, per: 'year' }],
    ['每周检查三次', { times: 3, per: 'week' }],
    ['每半月至少1次', { times: 2, per: 'month' }],
    ['至少组织开展1次', { times: 1, per: 'campaign' }],
    ['全年不少于4次', { times: 4, per: 'year' }],
    ['按月通报', { times: 1, per: 'month' }],
    ['一次性投入', null],
    ['第一次会议', null],
    ['每学期至少1次', null],
  ])('%s', (text, frequency) => {
    const [period] = readPeriods(text)
    const count = readCounts(text).find(({ meaning }) => 'times' in meaning)?.meaning
    const times = count !== undefined && 'times' in count ? count.times : null
    expect(frequencyOf(period?.meaning ?? null, times)).toEqual(frequency)
  })

  it.each([
    ['每月25日前', { cadence: 'monthly', due: { day: 25 } }],
    ['每月底前', { cadence: 'monthly', due: { day: 'last' } }],
    ['次月5日前', { cadence: 'monthly', due: { day: 5 } }],
    ['每周五下班前', { cadence: 'weekly', due: { weekday: 5 } }],
    ['每星期一上午', { cadence: 'weekly', due: { weekday: 1 } }],
    ['每季度末月20日前', { cadence: 'quarterly', due: { day: 20 } }],
    ['每季度最后一个月25日前', { cadence: 'quarterly', due: { day: 25 } }],
    ['每季度末', { cadence: 'quarterly', due: { day: 'last' } }],
  ])('due %s', (text, schedule) => expect(readSchedules(text)[0]?.meaning).toEqual(schedule))

  it('counts what is owed in things', () => {
    expect(readCounts('不少于5家')[0]?.meaning).toEqual({ quota: { atLeast: 5, unit: '家' } })
    expect(readForms('报送纸质版').map(({ meaning }) => meaning)).toEqual(['paper'])
  })
})
