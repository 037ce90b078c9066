import { describe, expect, it } from 'vitest'
import { planOf, type NoticeWords } from '../../test/builders.js'
import { COUNT_RULES } from './announced-count.js'

const codesOf = (words: Partial<NoticeWords>) => planOf(words).warnings.map(({ code }) => code)
const phases = (...times: string[]) =>
  `一、实施步骤\n整治分${'一二三四'.charAt(times.length - 1)}个阶段，压茬推进。\n${times.map((time, at) => `（${'一二三四'.charAt(at)}）第${at + 1}步整治（${time}）。`).join('\n')}`

describe('what cannot be true', () => {
  it.each<[string, string[], Partial<NoticeWords>]>([
    ['nothing where all is well', [], { body: phases('2024年3月', '4月至9月', '10月') }],
    ['phases with days between them', ['phase-gap'], { body: phases('3月', '5月至9月', '10月') }],
    ['phases that share days', ['phase-overlap'], { body: phases('3月11日至4月20日', '4月15日至9月', '10月') }],
    [
      'another number of phases than is said',
      ['count-mismatch'],
      { body: phases('3月', '4月至9月', '10月').replace('分三个阶段', '分四个阶段') },
    ],
    [
      'another number of tasks than is said',
      ['count-mismatch'],
      {
        body: '一、主要任务\n重点做好以下四项工作。\n（一）排查。全面排查。\n（二）整治。全面整治。\n（三）总结。认真总结。',
      },
    ],
    [
      'as many tasks as are said',
      [],
      {
        body: '一、主要任务\n重点做好以下三项工作：\n（一）排查。全面排查。\n（二）整治。全面整治。\n（三）总结。认真总结。',
      },
    ],
    [
      'a date before the plan was issued',
      ['date-before-issue'],
      { body: '一、任务\n各镇要于2024年3月5日前制定方案。' },
    ],
    ['the year before', ['year-mismatch'], { body: '一、任务\n各镇要于2023年6月底前完成自查。' }],
    ['the month of issue', [], { body: phases('2024年3月', '4月至10月') }],
    [
      'two due days for one report',
      ['conflicting-due'],
      { body: '一、报送\n各镇每月20日前将《进展表》报县安委办。\n二、要求\n各镇每月25日前将《进展表》报县安委办。' },
    ],
    [
      'a report due before the month that it covers has ended',
      ['due-before-cutoff'],
      { body: '一、报送\n各镇每月25日前将截至本月末的进展情况报县安委办。' },
    ],
    [
      'the same where it is passed on in the month that follows',
      ['due-before-cutoff'],
      {
        body: '一、报送\n各镇于每月25日前将进展情况报县安委办，填报截至本月底的累计数；县安委办汇总后于次月3日前报市安委办。',
      },
    ],
    [
      'a short name that holds a number',
      [],
      { body: '一、任务\n开展排查和整治（以下简称“两项整治”）。一是排查。二是整治。三是总结。' },
    ],
    [
      'a report due after the month that it covers',
      [],
      { body: '一、报送\n各镇每月5日前将截至上月末的进展情况报县安委办。' },
    ],
    [
      'fewer things than a heading says',
      ['count-mismatch'],
      { body: '一、三项重点任务\n（一）燃气。全面排查。\n（二）消防。全面整治。' },
    ],
    [
      'fewer places in a table than are said',
      ['count-mismatch'],
      {
        body: '一、对象\n辖区现有高层建筑4栋，名单如下：\n序号\t名称\t性质\n1\t甲座\t住宅\n2\t乙座\t住宅\n3\t丙座\t办公',
      },
    ],
    [
      'fewer groups behind the colon than are said',
      ['count-mismatch'],
      { body: '一、机构\n领导小组下设四个工作组：综合协调组、督导检查组、宣传报道组。' },
    ],
    [
      'fewer things than a saying in figures has',
      ['count-mismatch'],
      { body: '一、任务\n落实“五个一”机制，即建立一本台账、明确一名责任人、制定一套方案、开展一次演练。' },
    ],
    ['fields of which only some are named', [], { body: '一、任务\n突出抓好燃气、消防、交通、工贸等五个领域。' }],
    [
      'a rhythm that begins before the plan was issued',
      ['date-before-issue'],
      { body: '一、报送\n自2月起，各镇每月25日前将《进展表》报县安委办。' },
    ],
    [
      'a date of old that nobody reads as a duty',
      ['year-mismatch'],
      { body: '一、任务\n2012年12月底前为所属货车加装右转盲区警示装置。' },
    ],
    [
      'a year behind that of the phases, long before the plan was issued',
      ['year-mismatch'],
      {
        issuedOn: '2023年11月8日',
        docNo: '青安委〔2023〕9号',
        body: `${phases('2023年11月10日至12月31日', '2024年1月1日至3月31日')}\n二、报送\n2023年3月20日前，各镇将总结报县安委办。`,
      },
    ],
    [
      'fewer campaigns than a saying in quotation marks has',
      ['count-mismatch'],
      { body: '一、任务\n着力打好以下“三场攻坚战”：\n（一）打好排查战。全面排查。\n（二）打好整治战。全面整治。' },
    ],
    ['houses that were built before a date', [], { body: '一、任务\n对2019年12月底前建成的房屋逐一排查。' }],
    [
      'two days for the one summary of a campaign',
      ['conflicting-due'],
      { body: '一、步骤\n各镇11月20日前将工作总结报县安委办。\n二、要求\n各镇11月30日前将工作总结报县安委办。' },
    ],
    [
      'progress reported on two days',
      [],
      { body: '一、步骤\n各镇6月20日前将工作进展报县安委办。\n二、要求\n各镇11月30日前将工作进展报县安委办。' },
    ],
  ])('%s', (_, codes, words) => expect(codesOf(words)).toEqual(codes))

  it('is told in a sentence that quotes the document and says what to do', () => {
    const [warning] = planOf({ body: '一、任务\n各镇要于2024年3月5日前制定方案。' }).warnings
    expect(warning?.message).toBe('方案2024年3月11日印发，“制定方案”却要求在2024年3月5日前，早于印发日期。请核对。')
    expect(warning?.quotes).toEqual(['各镇要于2024年3月5日前制定方案'])
  })
})

it.each(COUNT_RULES.map(({ pattern, example }) => [example, pattern] as const))(
  '%s announces a number of things',
  (example, pattern) => expect(example).toMatch(new RegExp(pattern.source)),
)
