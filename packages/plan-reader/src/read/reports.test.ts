import { describe, expect, it } from 'vitest'
import type { PlanReport } from '@bihuan/domain'
import { planOf, planWith } from '../../test/builders.js'

const blank: PlanReport = {
  name: '',
  from: null,
  to: [],
  annexes: [],
  cadence: null,
  due: null,
  since: null,
  cumulative: false,
  cutoff: null,
  nilReport: false,
  holidayShift: null,
  splitBy: null,
  sections: [],
  deliverables: [],
  mustContain: [],
  notes: null,
}

const reportsOf = (...paragraphs: string[]) =>
  planWith(...paragraphs).reports.map(({ source: _source, confidence: _confidence, ...report }) => report)

describe('reports in the text', () => {
  it.each<[string, ...Partial<PlanReport>[]]>([
    [
      '各镇于每月25日前将工作进展情况报送县安委办。',
      { name: '工作进展情况', from: '各镇', to: ['县安委办'], cadence: 'monthly', due: { day: 25 } },
    ],
    [
      '各企业每周五下班前向县应急管理局报送自查情况。',
      { name: '自查情况', from: '各企业', to: ['县应急管理局'], cadence: 'weekly', due: { weekday: 5 } },
    ],
    [
      '请各有关单位于2024年11月30日前将工作总结报县安委办和县消安办。',
      {
        name: '工作总结',
        from: '各有关单位',
        to: ['县安委办', '县消安办'],
        cadence: 'once',
        due: { date: '2024-11-30' },
      },
    ],
    [
      '自5月份起，各乡镇每季度末月20日前上报隐患清单至县安委办。',
      {
        name: '隐患清单',
        from: '各乡镇',
        to: ['县安委办'],
        cadence: 'quarterly',
        due: { day: 20 },
        since: '2024-05-01',
      },
    ],
    [
      '工作总结于12月10日前报县安委办备案。',
      { name: '工作总结', to: ['县安委办'], cadence: 'once', due: { date: '2024-12-10' } },
    ],
    [
      '各单位每月底前将本月累计情况报县安委办，遇节假日顺延。',
      {
        name: '本月累计情况',
        from: '各单位',
        to: ['县安委办'],
        cadence: 'monthly',
        due: { day: 'last' },
        cumulative: true,
        holidayShift: 'next-working-day',
      },
    ],
    [
      '各部门分行业报送排查情况，每季度末报县安委办。',
      {
        name: '排查情况',
        from: '各部门',
        to: ['县安委办'],
        cadence: 'quarterly',
        due: { day: 'last' },
        splitBy: 'sector',
      },
    ],
    [
      '各校每学期向教育局报告一次演练情况。',
      { name: '演练情况', from: '各校', to: ['教育局'], cadence: null, due: null, notes: '每学期' },
    ],
  ])('%s', (sentence, ...told) => expect(reportsOf(sentence)).toEqual(told.map((one) => ({ ...blank, ...one }))))

  it('makes an entry of each date, each title, and each thing with a date of its own', () => {
    const [sentence] = [
      '各镇将贯彻落实情况分别于6月5日、9月5日前报县安委办，将中期小结、年度总结分别于7月10日前、12月10日前报县安委办。',
    ]
    expect(reportsOf(sentence).map(({ name, due }) => [name, due])).toEqual([
      ['贯彻落实情况', { date: '2024-06-05' }],
      ['贯彻落实情况', { date: '2024-09-05' }],
      ['中期小结', { date: '2024-07-10' }],
      ['年度总结', { date: '2024-12-10' }],
    ])
    expect(reportsOf('各镇每月5日前报送《进展表》《隐患清单》和典型案例至县安委办。').map(({ name }) => name)).toEqual([
      '进展表',
      '隐患清单',
      '典型案例',
    ])
  })

  it('has another entry where it is passed on, in the same rhythm, by the date that is stated for it', () => {
    const told = reportsOf('各村每月20日前将排查情况报镇应急办，镇应急办汇总后每月28日前报县安委办。')
    expect(told.map(({ from, to, cadence, due }) => [from, to, cadence, due])).toEqual([
      ['各村', ['镇应急办'], 'monthly', { day: 20 }],
      ['镇应急办', ['县安委办'], 'monthly', { day: 28 }],
    ])
  })

  it('gives each respondent the rhythm of its own', () => {
    const told = reportsOf('各企业每周四前、各乡镇每月25日前，将排查情况报县住建局。')
    expect(told.map(({ from, cadence, due }) => [from, cadence, due])).toEqual([
      ['各企业', 'weekly', { weekday: 4 }],
      ['各乡镇', 'monthly', { day: 25 }],
    ])
  })

  it('reads the forms in which it is sent, and what it must state', () => {
    const [report] = reportsOf(
      '各镇于4月1日前将实施方案（需写明以下三点：1.责任分工；2.重点企业；3.时间节点。）报县安委办（加盖公章的扫描件和可编辑电子版，纸质版送至县应急管理局）。',
    )
    expect(report?.mustContain).toEqual(['责任分工', '重点企业', '时间节点'])
    expect(report?.deliverables).toEqual([
      { form: 'signed-scan', to: null },
      { form: 'editable', to: null },
      { form: 'paper', to: '县应急管理局' },
    ])
  })

  it('is none without a rhythm or a date, nor where a number of things is owed', () => {
    expect(reportsOf('发现重大隐患要及时报告县应急管理局。各镇每月上报重大隐患不少于1条。')).toEqual([])
  })

  it('takes its rhythm from the act that it tells of', () => {
    expect(reportsOf('各企业每半年至少组织1次演练，并将演练情况报送县应急管理局。')).toMatchObject([
      { name: '演练情况', cadence: 'half-yearly', due: null },
    ])
  })
})

describe('reports and the notes of their forms', () => {
  const annexes = (note: string) =>
    `附件1\n进展情况调度表\n单位：\n\t总体情况\n\t1\n\t发现隐患（个）\n\t\n\t2\n\t完成整改（个）\n\t\n\n注：${note}`

  it('lays what the notes say beside what the text says, and keeps the due of the text', () => {
    const plan = planOf({
      body: '一、工作要求\n各镇每月28日前将《进展情况调度表》（附件1）报县安委办。',
      annexes: annexes('1.本表自4月起上报，每月25日前报截至上月底累计数。2.没有情况的也要零报送。'),
    })
    expect(plan.reports).toMatchObject([
      {
        annexes: [1],
        due: { day: 28 },
        since: '2024-04-01',
        cumulative: true,
        cutoff: 'previous-month-end',
        nilReport: true,
      },
    ])
    expect(plan.warnings.map(({ code }) => code)).toEqual(['conflicting-due'])
  })

  it('is told by the notes alone when the text does not ask for the form', () => {
    const plan = planOf({ annexes: annexes('本表每月5日前报县安委办。') })
    expect(plan.reports).toMatchObject([{ name: '进展情况调度表', to: ['县安委办'], due: { day: 5 }, annexes: [1] }])
  })
})

describe('what later words say of a report', () => {
  it('the forms go to those that they name or count', () => {
    const found = reportsOf(
      '各乡于6月20日、12月20日前分别向县安委办报送半年小结、全年总结，全年总结须经负责人签字，同时报送可编辑文档和盖章扫描件。',
    )
    expect(found.map(({ name, deliverables }) => [name, deliverables.map(({ form }) => form)])).toEqual([
      ['半年小结', []],
      ['全年总结', ['editable', 'signed-scan']],
    ])
    const counted = reportsOf(
      '各乡于6月20日前向县安委办报送半年小结，于12月20日前报送全年总结，两份材料均须提供纸质版，电子版发至县应急管理局。',
    )
    expect(counted.map(({ deliverables }) => deliverables.map(({ form, to }) => [form, to]))).toEqual([
      [
        ['paper', null],
        ['electronic', '县应急管理局'],
      ],
      [
        ['paper', null],
        ['electronic', '县应急管理局'],
      ],
    ])
  })

  it('the points that it must state, in the sentence or in the next', () => {
    const [first, last] = reportsOf(
      '各乡于6月20日前向县安委办报送半年小结，于12月20日前报送全年总结。全年总结应当包括：1.主要做法；2.存在问题；3.意见建议。',
    )
    expect(first?.mustContain).toEqual([])
    expect(last?.mustContain).toEqual(['主要做法', '存在问题', '意见建议'])
  })

  it('the receiver, where it is named for all of them at the end', () => {
    const found = reportsOf(
      '各乡于6月20日前报送半年小结，于12月20日前报送全年总结。上述材料均报送县安委办，其中纸质版一式两份。',
    )
    expect(found.map(({ to }) => to)).toEqual([['县安委办'], ['县安委办']])
  })

  it('what is passed on keeps its rhythm and its figures, and none of the rules for those who fill it in', () => {
    const [own, passed] = reportsOf(
      '各乡于每月5日前将《进展统计表》报县应急管理局，填报截至上月末的累计数据，没有进展的实行零报送；县应急管理局汇总审核后，于每月10日前报市安委办。',
    )
    expect(own).toMatchObject({ from: '各乡', cumulative: true, cutoff: 'previous-month-end', nilReport: true })
    expect(passed).toMatchObject({ name: '进展统计表', from: '县应急管理局', to: ['市安委办'], due: { day: 10 } })
    expect(passed).toMatchObject({ cumulative: true, cutoff: 'previous-month-end', nilReport: false })
  })

  it('the day in a clause of its own, the sender behind 由', () => {
    expect(
      reportsOf('《督办清单》由各乡按季度报送县安委办，时间为每季度末月28日前，没有督办的也要零报告。')[0],
    ).toMatchObject({ name: '督办清单', from: '各乡', cadence: 'quarterly', due: { day: 28 }, nilReport: true })
  })

  it('a rhythm that has no word stands in the notes', () => {
    expect(reportsOf('各乡每半月报送一次点验情况至县渔政股。')[0]).toMatchObject({
      cadence: null,
      due: null,
      notes: '每半月',
    })
  })
})
