import { expect, it } from 'vitest'
import { planOf, type NoticeWords } from '../../test/builders.js'

/** Phases told one below the other by their times. */
const phases = (...times: string[]) =>
  `一、实施步骤\n${times.map((time, at) => `（${'一二三四'.charAt(at)}）第${'一二三四'.charAt(at)}阶段：整治${at}（${time}）。认真落实。`).join('\n')}`
/** An attached form with a note. */
const form = (note: string) =>
  `附件1\n进展情况调度表\n单位：\n\t总体情况\n\t1\n\t发现隐患（个）\n\t\n\t2\n\t完成整改（个）\n\t\n\n注：${note}`

it.each<[string, string[], Partial<NoticeWords>]>([
  [
    'seven campaigns of which six follow',
    ['count-mismatch'],
    {
      body: '一、重点任务\n开展七大专项行动：\n（一）甲行动。内容。\n（二）乙行动。内容。\n（三）丙行动。内容。\n（四）丁行动。内容。\n（五）戊行动。内容。\n（六）己行动。内容。',
    },
  ],
  [
    'five points of which four are told',
    ['count-mismatch'],
    { body: '一、重点任务\n重点检查五个方面内容：1.责任落实情况；2.隐患排查情况；3.应急演练情况；4.教育培训情况。' },
  ],
  [
    'five measures of which four are told',
    ['count-mismatch'],
    { body: '一、任务\n各企业要做到五项措施：一是建立台账；二是落实责任；三是开展演练；四是加强培训。' },
  ],
  [
    'four phases of which three follow',
    ['count-mismatch'],
    {
      body: '一、时间安排\n行动从2024年3月开始至12月结束，分四个阶段实施。\n（一）部署阶段（3月）。部署。\n（二）整治阶段（4月至10月）。整治。\n（三）总结阶段（11月至12月）。总结。',
    },
  ],
  [
    'five firms of which four are listed',
    ['count-mismatch'],
    { body: '一、对象\n全镇现有涉氨制冷企业5家，具体名单如下：\n序号\t名称\n1\t甲厂\n2\t乙厂\n3\t丙厂\n4\t丁厂' },
  ],
  ['a saying in figures without a list', [], { body: '一、原则\n按照“三个必须”要求，落实监管责任。' }],
  [
    'a saying in figures above items of another matter',
    [],
    { body: '一、原则\n坚持“三管三必须”，做到守土有责。\n（一）压实责任。要落实。\n（二）加强监管。要落实。' },
  ],
  [
    'a saying in figures before points of another matter',
    [],
    { body: '一、方式\n采取“四不两直”方式，开展检查，落实“一岗双责”。一是检查现场；二是检查资料；三是检查人员。' },
  ],
  [
    'three points, and three are told',
    [],
    { body: '一、任务\n重点抓好以下三个方面工作：一是排查；二是整治；三是提升。' },
  ],
  [
    'a number of measures decided elsewhere',
    [],
    { body: '一、要求\n深入落实安全生产十五条措施，做好以下工作：（一）压实责任。（二）强化监管。（三）严格执法。' },
  ],
  [
    'days between phases',
    ['phase-gap'],
    { body: phases('2024年3月11日至3月31日', '4月10日至9月30日', '10月1日至12月31日') },
  ],
  [
    'days that phases share',
    ['phase-overlap'],
    { body: phases('2024年3月11日至4月30日', '4月20日至9月30日', '10月1日至12月31日') },
  ],
  ['phases that share a month', ['phase-overlap'], { body: phases('2024年3月至5月', '5月至9月', '10月至12月') }],
  ['a phase told by its last day', [], { body: phases('4月10日前', '4月11日至9月30日', '10月1日至12月31日') }],
  [
    'a year that cannot be',
    ['year-mismatch'],
    { body: phases('2024年3月11日至3月31日', '2024年4月1日至9月30日', '2023年10月1日至12月31日') },
  ],
  [
    'a meeting that was held',
    [],
    { body: '一、背景\n2024年1月5日，市政府召开专题会议，部署冬季安全工作。\n二、任务\n各镇要于4月1日前制定方案。' },
  ],
  [
    'an accident of the year before',
    [],
    { body: '一、背景\n2023年4月18日，某地发生火灾事故，造成人员伤亡，教训深刻。' },
  ],
  ['a law in force since a day of old', [], { body: '一、依据\n自2021年9月1日起施行的法律要求企业落实责任。' }],
  [
    'a list due before the plan was issued',
    ['date-before-issue'],
    { body: '一、报送\n请各单位于3月8日前将联络员名单报县安委办。' },
  ],
  [
    'a report that begins before the plan was issued',
    ['date-before-issue'],
    { body: '一、报送\n自2024年2月起，各单位每月25日前将《进展表》报县安委办。' },
  ],
  [
    'an annex that only the list names',
    ['missing-annex'],
    {
      body: '一、报送\n各单位每月25日前将《进展表》（附件2）报县安委办。',
      annexes: `附件：1.进展情况调度表\n2.进展表\n\n` + form('1.每月25日前上报。'),
    },
  ],
  [
    'another day in the notes of the form',
    ['conflicting-due'],
    {
      body: '一、报送\n各单位每月25日前将《进展情况调度表》（附件1）报县安委办。',
      annexes: form('本表每月28日前报县安委办。'),
    },
  ],
  [
    'the same day in the notes of the form',
    [],
    {
      body: '一、报送\n各单位每月25日前将《进展情况调度表》（附件1）报县安委办。',
      annexes: form('本表于每月25日前报县安委办，填报累计数。'),
    },
  ],
  [
    'another first month in the notes of the form',
    ['conflicting-due'],
    {
      body: '一、报送\n自4月起，各单位每月25日前将《进展情况调度表》（附件1）报县安委办。',
      annexes: form('本表自5月起填报，每月25日前报县安委办。'),
    },
  ],
  [
    'a cut-off in the notes behind the day in the text',
    ['due-before-cutoff'],
    {
      body: '一、报送\n各单位每月25日前将《进展情况调度表》（附件1）报县安委办。',
      annexes: form('统计数据截至当月月底。'),
    },
  ],
  [
    'a report of the month that follows',
    [],
    {
      body: '一、报送\n各单位于次月3日前将《进展情况调度表》（附件1）报县安委办。',
      annexes: form('统计数据截至本月底。'),
    },
  ],
  [
    'a report due on the last day that it covers',
    ['due-before-cutoff'],
    { body: '一、报送\n各单位每月底前将《进展情况调度表》报县安委办，数据截至本月末。' },
  ],
  [
    'another rhythm in the notes of the form',
    ['conflicting-due'],
    {
      body: '一、报送\n各单位每周五前将《进展情况调度表》（附件1）报县安委办。',
      annexes: form('本表每月25日前报县安委办。'),
    },
  ],
  [
    'two weekdays in the text',
    ['conflicting-due'],
    { body: '一、调度\n各镇每周四将《周报表》报县安委办。\n二、要求\n各镇要按时报送，每周五将《周报表》报县安委办。' },
  ],
  ['a date that can be', [], { body: '一、任务\n各镇要于4月30日前完成自查。' }],
  [
    'phases that run into the next year',
    [],
    { issuedOn: '2024年11月8日', body: phases('2024年11月', '2024年12月至2025年2月', '2025年3月') },
  ],
  [
    'dates within the years of a plan',
    [],
    {
      title: '青石县安全生产治本攻坚三年行动方案（2024—2026年）',
      body: '一、任务\n到2026年底前，全面建成双重预防机制。\n2025年6月底前完成改造。',
    },
  ],
  [
    'four groups, and four are named',
    [],
    { body: '一、机构\n下设四个工作组：综合协调组、督导检查组、宣传报道组、执法监督组。' },
  ],
  [
    'an annex that only the text names',
    ['missing-annex'],
    { body: '一、报送\n各镇于4月20日前填写自查表（见附件1）报镇安办。' },
  ],
])('%s', (_, codes, words) => expect(planOf(words).warnings.map(({ code }) => code)).toEqual(codes))
