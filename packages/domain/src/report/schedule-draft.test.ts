import { describe, expect, it } from 'vitest'
import type { CampaignQuestion, QuestionDecision } from '../campaign/plan-check.js'
import type { Plan, PlanAnnex, PlanReport } from '../campaign/plan.js'
import { nextDuePeriods } from './schedule.js'
import { draftSchedules, respondentWords, type ScheduleDraft } from './schedule-draft.js'

const everyDayWorks = { isWorkingDay: () => true, isPublished: () => true }

const table: PlanAnnex = {
  ordinal: 1,
  title: '进展情况调度表',
  kind: 'metric-table',
  head: [],
  groups: [
    { name: '总体情况', metrics: [] },
    { name: '执法情况', metrics: [] },
  ],
  notes: [],
  foot: [],
  signatures: [],
}
const ledger: PlanAnnex = {
  ordinal: 2,
  title: '重大事故隐患清单',
  kind: 'ledger',
  head: [],
  columns: ['序号'],
  notes: [],
  foot: [],
  signatures: [],
}

function report(changes: Partial<PlanReport> = {}): PlanReport {
  return {
    name: '进展情况调度表',
    from: '各社区居委会',
    to: ['街道安全办公室'],
    annexes: [1],
    cadence: 'monthly',
    due: { day: 28 },
    since: null,
    cumulative: true,
    cutoff: null,
    nilReport: true,
    holidayShift: null,
    splitBy: null,
    sections: [],
    deliverables: [],
    mustContain: [],
    notes: null,
    ...changes,
  }
}

function drafts(
  reports: readonly PlanReport[],
  questions: readonly CampaignQuestion[] = [],
  decisions: readonly QuestionDecision[] = [],
): readonly ScheduleDraft[] {
  const plan = {
    issuedOn: '2023-05-23',
    campaign: { name: '专项行动', startsOn: '2023-05-23', endsOn: '2023-12-31' },
    recipients: ['各镇人民政府', '区有关部门'],
    annexes: [table, ledger],
    reports,
  } as unknown as Plan
  return draftSchedules({ plan, questions, decisions, startsOn: '2023-05-23', endsOn: '2023-12-31' })
}

function only(...args: Parameters<typeof drafts>): ScheduleDraft {
  const [draft, other] = drafts(...args)
  if (draft === undefined || other !== undefined) throw new Error('one draft was expected')
  return draft
}

const dueDays = (draft: ScheduleDraft, from = '2023-05-23') =>
  nextDuePeriods(draft.rule, everyDayWorks, from, 3).map(({ cutOff, dueOn }) => [cutOff, dueOn])

describe('a draft of a schedule', () => {
  it('is ready when the plan says all of it', () => {
    expect(only([report()])).toMatchObject({
      files: 'table',
      annex: 1,
      respondents: [{ kinds: ['community'], groups: null }],
      receivers: ['街道安全办公室'],
      open: [],
      rule: { cadence: 'monthly', counts: 'cumulative', shift: 'none', firstDay: '2023-05-23', lastDay: '2023-12-31' },
    })
  })

  it('counts until the end of last month where the plan says so', () => {
    expect(dueDays(only([report({ cutoff: 'previous-month-end' })]))).toEqual([
      ['2023-05-31', '2023-06-28'],
      ['2023-06-30', '2023-07-28'],
      ['2023-07-31', '2023-08-28'],
    ])
    expect(dueDays(only([report({ cutoff: 'previous-month-end', due: { day: 1 }, since: '2023-06-01' })]))[0]).toEqual([
      '2023-05-31',
      '2023-06-01',
    ])
    // In May nothing of the campaign lies before the month.
    expect(dueDays(only([report({ cutoff: 'previous-month-end', since: '2023-05-01' })]))[0]).toEqual([
      '2023-05-31',
      '2023-06-28',
    ])
  })

  it.each([
    ['weekly', { weekday: 5 }, '2023-05-26'],
    ['monthly', { day: 'last' }, '2023-05-31'],
    ['quarterly', { day: 25 }, '2023-06-25'],
    ['half-yearly', { day: 20 }, '2023-06-20'],
    ['once', { date: '2023-08-10' }, '2023-08-10'],
  ] as const)('%s falls due first as it says', (cadence, due, first) => {
    const draft = only([report({ cadence, due })])
    expect(draft.open).toEqual([])
    expect(dueDays(draft)[0]?.[1]).toBe(first)
  })

  it('says what the plan does not say', () => {
    expect(only([report({ due: null })]).open).toEqual(['方案没有写明每期几日报，请填写。'])
    expect(only([report({ cadence: null, notes: '每学期报送一次' })]).open[0]).toContain('每学期报送一次')
    expect(only([report({ cadence: 'once', due: null })]).open).toEqual(['方案没有写明报送的日期，请填写。'])
    expect(only([report({ from: null })]).respondents).toEqual([
      { kinds: ['town', 'department'], unitIds: [], groups: null },
    ])
  })

  it('is one for each form that is sent together, and one in words where there is none', () => {
    expect(drafts([report({ annexes: [1, 2] })]).map(({ files, title }) => [files, title])).toEqual([
      ['table', '进展情况调度表'],
      ['ledger', '重大事故隐患清单'],
    ])
    expect(only([report({ annexes: [], name: '工作总结' })])).toMatchObject({ files: 'narrative', title: '工作总结' })
  })

  it('is one for a report in words on several days, with what it must hold', () => {
    const words = { annexes: [], name: '贯彻落实情况', cadence: 'once' as const, mustContain: ['主要做法'] }
    const draft = only([
      report({ ...words, due: { date: '2023-11-05' } }),
      report({ ...words, due: { date: '2023-08-05' }, mustContain: ['存在问题'] }),
    ])
    expect(draft.rule.dates).toEqual(['2023-11-05', '2023-08-05'])
    expect(draft.narrative).toMatchObject({
      kind: 'report',
      mustContain: ['主要做法', '存在问题'],
      forms: ['editable'],
    })
  })

  it('gives each kind of respondents its groups', () => {
    const sections = [
      { respondent: '各镇', groups: ['总体情况', '执法情况'] },
      { respondent: '负有监管职责的部门', groups: ['执法情况'] },
    ]
    expect(only([report({ from: '各镇各有关部门', sections })]).respondents).toEqual([
      { kinds: ['town'], unitIds: [], groups: null },
      { kinds: ['department'], unitIds: [], groups: ['执法情况'] },
    ])
  })
})

describe('a contradiction of due days', () => {
  const question: CampaignQuestion = {
    key: 'conflicting-due#1',
    code: 'conflicting-due',
    message: '正文为每月28日，附件为每月1日。',
    quotes: ['每月28日将进展情况调度表报送', '每月1日前上报'],
    blocking: true,
  }
  const month: CampaignQuestion = {
    ...question,
    key: 'conflicting-due#2',
    message: '正文自5月，附件自6月。',
    quotes: ['自5月份开始', '调度表自6月份开始上报'],
  }
  const decide = (key: string, chosen: string) => ({ key, chosen, reason: '附件是统一制发的表式' })

  it('keeps a draft open until it is decided', () => {
    expect(only([report()], [question]).open).toEqual(['请先裁定疑点：正文为每月28日，附件为每月1日。'])
  })

  it('is settled by the quote that was chosen, and keeps the decision with its reason', () => {
    const draft = only(
      [report({ cutoff: 'previous-month-end', since: '2023-05-01' })],
      [question, month],
      [decide('conflicting-due#1', '每月1日前上报'), decide('conflicting-due#2', '调度表自6月份开始上报')],
    )
    expect(draft.open).toEqual([])
    expect(dueDays(draft, '2023-05-23')[0]).toEqual(['2023-05-31', '2023-06-01'])
    expect(draft.note).toBe(
      '正文为每月28日，附件为每月1日。裁定以“每月1日前上报”为准，理由：附件是统一制发的表式\n' +
        '正文自5月，附件自6月。裁定以“调度表自6月份开始上报”为准，理由：附件是统一制发的表式',
    )
  })

  it('stays with the body where the officer says so in other words; the last decision holds', () => {
    const taken = [decide('conflicting-due#1', '每月1日前上报'), decide('conflicting-due#1', '以正文为准')]
    expect(only([report()], [question], taken).rule.due).toEqual({ kind: 'day-of-month', day: 28, after: 0 })
  })

  it('of another report is not this one’s', () => {
    const other = report({ name: '工作总结', annexes: [], cadence: 'once', due: { date: '2023-12-02' } })
    expect(drafts([report(), other], [question]).map(({ open }) => open.length)).toEqual([1, 0])
  })
})

describe('words for who files', () => {
  it.each([
    ['各镇人民政府', ['town'], undefined],
    ['各乡镇（街道）', ['town', 'township', 'street'], undefined],
    ['街道各社区居委会', ['community'], undefined],
    ['园区各企业', ['enterprise'], undefined],
    ['各规模以上企业', ['enterprise'], 'above-designated'],
    ['高危行业企业', ['enterprise'], 'high-risk'],
    ['区安委会各成员单位', ['department'], undefined],
    ['各村、社区', ['village', 'community'], undefined],
    ['区安委办', [], undefined],
  ])('%s', (words, kinds, enterprises) => {
    const found = respondentWords(words)
    expect([...found.kinds].sort()).toEqual([...kinds].sort())
    expect(found.enterprises).toBe(enterprises)
  })
})
