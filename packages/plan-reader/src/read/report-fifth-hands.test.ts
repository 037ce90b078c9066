import { describe, expect, it } from 'vitest'
import type { PlanReport } from '@bihuan/domain'
import { planWith } from '../../test/builders.js'

/** Each as other offices write it, with what of the report it is there for. */
const TOLD: readonly [text: string, ...Partial<PlanReport>[]][] = [
  [
    '各科室每周三前将检查情况交办公室汇总，办公室周五前报分管领导。',
    { from: '各科室', to: ['办公室'], cadence: 'weekly', due: { weekday: 3 } },
    { from: '办公室', to: ['分管领导'], cadence: 'weekly', due: { weekday: 5 } },
  ],
  [
    '各县局应当在每月28日之前，将本月执法情况汇总上报市局执法支队，没有执法情况的，填报“无”。',
    { name: '本月执法情况', from: '各县局', to: ['市局执法支队'], due: { day: 28 }, nilReport: true },
  ],
  [
    '各乡镇于每周四下午下班前报《本周情况表》，无新增的零报告，遇法定节假日提前至节前最后一个工作日报送。',
    { name: '本周情况表', due: { weekday: 4 }, nilReport: true, holidayShift: null },
  ],
  [
    '物业企业自查情况每季度末月15日前报街道，街道汇总后20日前报区住建局。',
    { from: '物业企业', to: ['街道'], cadence: 'quarterly', due: { day: 15 } },
    { from: '街道', to: ['区住建局'], cadence: 'quarterly', due: { day: 20 } },
  ],
  [
    '各镇每月5日前将《统计表》以纸质版（加盖公章）和可编辑文档两种形式报县安委办，遇节假日不顺延。',
    {
      name: '统计表',
      holidayShift: null,
      deliverables: [
        { form: 'paper', to: null },
        { form: 'editable', to: null },
      ],
    },
  ],
  [
    '各镇每月5日前报送《统计表》至县安委办，县安委办分行业领域汇总统计表后，于每月8日前报市安委办。',
    { from: '各镇', due: { day: 5 }, splitBy: null },
    { from: '县安委办', to: ['市安委办'], due: { day: 8 }, splitBy: 'sector' },
  ],
  [
    '7月10日前、11月30日前，各镇分别报送阶段总结、全面总结至县安委办，其中全面总结不少于2000字，应写明：①隐患治理情况；②明年工作思路。',
    { name: '阶段总结', mustContain: [] },
    { name: '全面总结', mustContain: ['隐患治理情况', '明年工作思路'] },
  ],
  [
    '各镇12月5日前报送行动总结，均报县安委办。行动总结的电子版发县安委办，纸质版（加盖公章）寄送县应急管理局。',
    {
      name: '行动总结',
      deliverables: [
        { form: 'electronic', to: '县安委办' },
        { form: 'paper', to: '县应急管理局' },
      ],
    },
  ],
  [
    '各镇10月15日前向县应急管理局工贸科报送工作总结，总结要突出有限空间底数、执法办案、典型经验三个方面，统一发送至工贸科邮箱。',
    { to: ['县应急管理局工贸科'], mustContain: ['有限空间底数', '执法办案', '典型经验'] },
  ],
  ['各村的包保人员名单，6月12日前交到镇应急办。', { name: '包保人员名单', from: '各村', due: { date: '2024-06-12' } }],
  [
    '自6月5日起，各社区每周四17时前填报《进展周报表》，报街道应急办。',
    { name: '进展周报表', since: '2024-06-01', due: { weekday: 4 } },
  ],
]

describe('reports as a fifth hand writes them', () => {
  it.each(TOLD)('%s', (text, ...expected) => {
    const { reports } = planWith(text)
    expect(reports).toHaveLength(expected.length)
    expect(reports).toMatchObject(expected)
  })

  it.each([
    '各街道逐步健全“街道吹哨、部门报到”机制，6月20日前配备3名检查员。',
    '班子成员每季度带班检查，要有记录、有反馈、有跟踪。',
    '网格员每月走访船员家属，把安全叮咛送到家、把返航信息问清楚。',
  ])('are none: %s', (text) => expect(planWith(text).reports).toEqual([]))
})
