import { describe, expect, it } from 'vitest'
import type { PlanReport } from '@bihuan/domain'
import { planWith } from '../../test/builders.js'

/** What a report is where the sentence says no more of it. */
const silent: PlanReport = {
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

interface Row {
  readonly text: string
  readonly expected: readonly Partial<PlanReport>[]
}

const once = (name: string, from: string | null, to: string | null, date: string, more: Partial<PlanReport> = {}) => ({
  name,
  from,
  to: to === null ? [] : [to],
  cadence: 'once' as const,
  due: { date },
  ...more,
})
const monthly = (
  name: string,
  from: string | null,
  to: string | null,
  day: number | 'last' | null,
  more: Partial<PlanReport> = {},
) => ({
  name,
  from,
  to: to === null ? [] : [to],
  cadence: 'monthly' as const,
  due: day === null ? null : { day },
  ...more,
})
const weekly = (
  name: string,
  from: string | null,
  to: string | null,
  weekday: number,
  more: Partial<PlanReport> = {},
) => ({
  name,
  from,
  to: to === null ? [] : [to],
  cadence: 'weekly' as const,
  due: { weekday },
  ...more,
})

/** Lines are paragraphs. */
const check = (rows: readonly Row[]) =>
  it.each(rows)('$text', ({ text, expected }) => {
    const found = planWith(...text.split('\n')).reports.map(
      ({ source: _source, confidence: _confidence, notes: _notes, ...report }) => report,
    )
    expect(found).toEqual(
      expected.map((one) => {
        const { notes: _notes, ...report } = { ...silent, ...one }
        return report
      }),
    )
  })

describe('what is sent, by whom and to whom', () => {
  check([
    {
      text: '各乡镇、县直有关部门要明确1名信息联络员，于3月20日前将联络员名单报县安委办。',
      expected: [once('联络员名单', '各乡镇、县直有关部门', '县安委办', '2024-03-20')],
    },
    {
      text: '各社区每周五下午下班前报送《隐患排查周报表》至街道应急办。',
      expected: [weekly('隐患排查周报表', '各社区', '街道应急办', 5)],
    },
    {
      text: '区级各行业主管部门每月最后一个工作日前，将本行业领域排查整治情况书面报区安委办。',
      expected: [monthly('本行业领域排查整治情况', '区级各行业主管部门', '区安委办', 'last')],
    },
    {
      text: '每月5日前，各镇安监站须向县应急管理局上报上月排查整治情况。',
      expected: [monthly('上月排查整治情况', '各镇安监站', '县应急管理局', 5)],
    },
    {
      text: '整治工作总结请于2024年12月20日前报送县消安办。',
      expected: [once('整治工作总结', null, '县消安办', '2024-12-20')],
    },
    {
      text: '各企业完成自查后，于4月30日前向镇应急办提交自查报告。',
      expected: [once('自查报告', '各企业', '镇应急办', '2024-04-30')],
    },
    {
      text: '各单位要于每月28日前将隐患排查治理台账报送县安委会办公室汇总。',
      expected: [monthly('隐患排查治理台账', '各单位', '县安委会办公室', 28)],
    },
    {
      text: '各街道每月20日前填报《排查整治进度表》并报区住建局。',
      expected: [monthly('排查整治进度表', '各街道', '区住建局', 20)],
    },
    {
      text: '各县区应急管理局要按月调度、汇总辖区内工作进展，每月3日前报市应急管理局。',
      expected: [monthly('辖区内工作进展', '各县区应急管理局', '市应急管理局', 3)],
    },
    {
      text: '各部门指定专人负责信息报送工作，自5月起，每月10日前将上月工作情况报县安委办，重大情况随时报告。',
      expected: [monthly('上月工作情况', '各部门', '县安委办', 10, { since: '2024-05-01' })],
    },
    {
      text: '各有关单位请于4月10日下班前，将本单位工作方案和联络员信息表（附件2）报送至区专班办公室。',
      expected: [once('本单位工作方案和联络员信息表', '各有关单位', '区专班办公室', '2024-04-10', { annexes: [2] })],
    },
    {
      text: '各相关企业自5月份起每周一上午10时前通过微信工作群报送上周检查情况。',
      expected: [weekly('上周检查情况', '各相关企业', null, 1, { since: '2024-05-01' })],
    },
    {
      text: '各成员单位工作总结于12月15日前报指挥部办公室。',
      expected: [once('工作总结', '各成员单位', '指挥部办公室', '2024-12-15')],
    },
    {
      text: '领导小组办公室每月底前汇总各成员单位工作进展情况，报送市领导小组办公室。',
      expected: [monthly('各成员单位工作进展情况', '领导小组办公室', '市领导小组办公室', 'last')],
    },
    {
      text: '各校要建立隐患台账，实行月报告制度，于每月22日前将台账报区教育局安全科。',
      expected: [monthly('台账', '各校', '区教育局安全科', 22)],
    },
    {
      text: '各镇要严格执行周报制度，每周四17时前将本周工作进展报县专班。',
      expected: [weekly('本周工作进展', '各镇', '县专班', 4)],
    },
    {
      text: '各单位务必于3月25日前完成自查，自查情况报县安委办。',
      expected: [once('自查情况', '各单位', '县安委办', '2024-03-25')],
    },
    {
      text: '各站所每月报送一次工作动态。',
      expected: [monthly('工作动态', '各站所', null, null)],
    },
    {
      text: '每月28日前，各区将调度表（见附件1）报市安委办，同时抄送市消防救援支队。',
      expected: [monthly('调度表', '各区', '市安委办', 28, { annexes: [1], to: ['市安委办', '市消防救援支队'] })],
    },
    {
      text: '各单位每月25日前将进展情况同时报县安委办、县消防救援大队。',
      expected: [monthly('进展情况', '各单位', null, 25, { to: ['县安委办', '县消防救援大队'] })],
    },
    {
      text: '各单位每月25日前将进展情况报至县安委办（联系人：王某，电话：0999-1234567）。',
      expected: [monthly('进展情况', '各单位', '县安委办', 25)],
    },
    {
      text: '由各镇每周五将检查情况报县安委办。',
      expected: [weekly('检查情况', '各镇', '县安委办', 5)],
    },
    {
      text: '检查情况由各镇每周五报县安委办。',
      expected: [weekly('检查情况', '各镇', '县安委办', 5)],
    },
    {
      text: '请将自查情况于4月20日前以书面形式报送我局安全监管科。',
      expected: [once('自查情况', null, '我局安全监管科', '2024-04-20')],
    },
    {
      text: '各镇须在5月10日之前把《摸底表》交到县民政局养老股。',
      expected: [once('摸底表', '各镇', '县民政局养老股', '2024-05-10')],
    },
    {
      text: '各企业每月25日前登录“智慧安监”系统填报当月数据。',
      expected: [monthly('当月数据', '各企业', null, 25)],
    },
    {
      text: '县市场监管局、县住建局、县交通局等部门于每月20日前，将监管领域情况报县安委办。',
      expected: [monthly('监管领域情况', '县市场监管局、县住建局、县交通局等部门', '县安委办', 20)],
    },
    {
      text: '实行日报告制度，各镇每天16时前向指挥部报告当日情况。',
      expected: [{ name: '当日情况', from: '各镇', to: ['指挥部'] }],
    },
    {
      text: '请各镇于3月28日前将本辖区企业底数（填写附件1）报送县安委办。',
      expected: [once('本辖区企业底数', '各镇', '县安委办', '2024-03-28', { annexes: [1] })],
    },
    {
      text: '各单位请按附件2格式，于每月23日前将整治情况报县应急局执法大队。',
      expected: [monthly('整治情况', '各单位', '县应急局执法大队', 23, { annexes: [2] })],
    },
    {
      text: '县安委办负责汇总全县数据，每月6日前报市安委办。',
      expected: [monthly('全县数据', '县安委办', '市安委办', 6)],
    },
    {
      text: '企业应当于每季度第一个月10日前，将上一季度隐患排查治理统计分析表报送所在地乡镇人民政府。',
      expected: [
        {
          name: '上一季度隐患排查治理统计分析表',
          from: '企业',
          to: ['所在地乡镇人民政府'],
          cadence: 'quarterly',
          due: { day: 10 },
        },
      ],
    },
    {
      text: '各单位每半年向县安委办报告一次重大隐患治理情况。',
      expected: [{ name: '重大隐患治理情况', from: '各单位', to: ['县安委办'], cadence: 'half-yearly' }],
    },
    {
      text: '各镇要发挥好“吹哨人”作用，每月25日前，向县安委办和县消安办各报送一份工作情况。',
      expected: [monthly('工作情况', '各镇', null, 25, { to: ['县安委办', '县消安办'] })],
    },
    {
      text: '各施工单位于每月20日前将自查情况经监理单位审核后报县质监站。',
      expected: [monthly('自查情况', '各施工单位', '县质监站', 20)],
    },
    {
      text: '自4月起，各村（社区）每月15日前、镇直各单位每月18日前，将排查情况报镇安办。',
      expected: [
        monthly('排查情况', '各村（社区）', '镇安办', 15, { since: '2024-04-01' }),
        monthly('排查情况', '镇直各单位', '镇安办', 18, { since: '2024-04-01' }),
      ],
    },
  ])
})

describe('what a clause before it names', () => {
  check([
    {
      text: '各部门要结合实际制定实施方案，并于3月25日前报县安委办备案。',
      expected: [once('实施方案', '各部门', '县安委办', '2024-03-25')],
    },
    {
      text: '各镇要于4月5日前制定具体实施方案，并报区安委办。',
      expected: [once('具体实施方案', '各镇', '区安委办', '2024-04-05')],
    },
    {
      text: '企业要每月开展一次自查，自查结果报所在镇。',
      expected: [monthly('自查结果', '企业', '所在镇', null)],
    },
    {
      text: '各单位要认真总结经验做法，形成专题报告，于11月20日前报送县安委办。',
      expected: [once('专题报告', '各单位', '县安委办', '2024-11-20')],
    },
    {
      text: '11月底前，各单位要对行动进行全面总结，并将总结报告报县安委办。',
      expected: [once('总结报告', '各单位', '县安委办', '2024-11-30')],
    },
    {
      text: '各镇每周向县专班报送一次进展情况，报送时间为每周五12:00前。',
      expected: [weekly('进展情况', '各镇', '县专班', 5)],
    },
    {
      text: '各单位填写《自查登记表》（附件1），经主要负责人签字后，于4月18日前报县商务局。',
      expected: [once('自查登记表', '各单位', '县商务局', '2024-04-18', { annexes: [1] })],
    },
    {
      text: '工作进展情况实行一月一报，各镇每月27日前报县安委办。',
      expected: [monthly('工作进展情况', '各镇', '县安委办', 27)],
    },
    {
      text: '各企业要建立台账，每月更新，于每月25日前报镇安办。',
      expected: [monthly('台账', '各企业', '镇安办', 25)],
    },
    {
      text: '各县区要做好数据统计工作，按要求填写《整治情况统计表》（附件1），于每月26日前报送市局。',
      expected: [monthly('整治情况统计表', '各县区', '市局', 26, { annexes: [1] })],
    },
  ])
})

describe('several things, several days', () => {
  check([
    {
      text: '各镇阶段性工作情况分别于6月底、9月底前报送县安委办。',
      expected: [
        once('阶段性工作情况', '各镇', '县安委办', '2024-06-30'),
        once('阶段性工作情况', '各镇', '县安委办', '2024-09-30'),
      ],
    },
    {
      text: '各镇分别于7月1日、10月1日、12月20日前报送半年、三季度和全年工作总结。',
      expected: [
        once('半年工作总结', '各镇', null, '2024-07-01'),
        once('三季度工作总结', '各镇', null, '2024-10-01'),
        once('全年工作总结', '各镇', null, '2024-12-20'),
      ],
    },
    {
      text: '请各单位将整改方案于4月15日前、整改报告于9月30日前报局安全科。',
      expected: [
        once('整改方案', '各单位', '局安全科', '2024-04-15'),
        once('整改报告', '各单位', '局安全科', '2024-09-30'),
      ],
    },
    {
      text: '信息员名单3月18日前、自查表4月18日前报镇安办。',
      expected: [once('信息员名单', null, '镇安办', '2024-03-18'), once('自查表', null, '镇安办', '2024-04-18')],
    },
    {
      text: '从4月开始，各企业于每月的15号和30号前向园区安监局报送隐患整改进度。',
      expected: [
        monthly('隐患整改进度', '各企业', '园区安监局', 15, { since: '2024-04-01' }),
        monthly('隐患整改进度', '各企业', '园区安监局', 30, { since: '2024-04-01' }),
      ],
    },
    {
      text: '各市场于每月10日、20日、30日前报送检查记录。',
      expected: [10, 20, 30].map((day) => monthly('检查记录', '各市场', null, day)),
    },
    {
      text: '各单位应于每月25日前、每季度末月25日前分别将《月报表》《季报表》报县安委办。',
      expected: [
        monthly('月报表', '各单位', '县安委办', 25),
        { name: '季报表', from: '各单位', to: ['县安委办'], cadence: 'quarterly', due: { day: 25 } },
      ],
    },
    {
      text: '各镇4月12日前将动员部署情况报县安委办，8月12日前将中期进展情况报县安委办，12月12日前将总结报县安委办。',
      expected: [
        once('动员部署情况', '各镇', '县安委办', '2024-04-12'),
        once('中期进展情况', '各镇', '县安委办', '2024-08-12'),
        once('总结', '各镇', '县安委办', '2024-12-12'),
      ],
    },
    {
      text: '各镇于2024年6月15日、12月15日前分别将半年和全年工作总结以正式文件报送县安委办。',
      expected: [
        once('半年工作总结', '各镇', '县安委办', '2024-06-15'),
        once('全年工作总结', '各镇', '县安委办', '2024-12-15'),
      ],
    },
    {
      text: '1.周报：每周五前报送《周进展表》。\n2.月报：每月25日前报送《月统计表》。\n3.总结：12月10日前报送工作总结。\n以上材料由各镇报县安委办。',
      expected: [
        weekly('周进展表', '各镇', '县安委办', 5),
        monthly('月统计表', '各镇', '县安委办', 25),
        once('工作总结', '各镇', '县安委办', '2024-12-10'),
      ],
    },
    {
      text: '各乡镇要按以下要求向县安委办报送信息：\n1.每周五前报送《周进展表》。\n2.每月25日前报送《月统计表》。',
      expected: [weekly('周进展表', '各乡镇', '县安委办', 5), monthly('月统计表', '各乡镇', '县安委办', 25)],
    },
    {
      text: '各乡镇（街道）每月月底前将《重大隐患清单》（附件2）、《整改销号情况表》（附件3）一并报县安委办，没有的实行零报告。',
      expected: [
        monthly('重大隐患清单', '各乡镇（街道）', '县安委办', 'last', { annexes: [2], nilReport: true }),
        monthly('整改销号情况表', '各乡镇（街道）', '县安委办', 'last', { annexes: [3], nilReport: true }),
      ],
    },
    {
      text: '各物业服务企业应将检查记录于每月25日前报社区居委会，社区居委会汇总后于每月28日前报街道办事处，街道办事处于次月3日前报区住建局。',
      expected: [
        monthly('检查记录', '各物业服务企业', '社区居委会', 25),
        monthly('检查记录', '社区居委会', '街道办事处', 28),
        monthly('检查记录', '街道办事处', '区住建局', 3),
      ],
    },
    {
      text: '各镇每月25日前将《统计表》报县城管局，经县城管局汇总审核后，于每月30日前报县安委办。',
      expected: [monthly('统计表', '各镇', '县城管局', 25), monthly('统计表', '县城管局', '县安委办', 30)],
    },
  ])
})

describe('what else is said of it', () => {
  check([
    {
      text: '各镇于每月25日前将工作开展情况（电子版）报送至县安委办。',
      expected: [monthly('工作开展情况', '各镇', '县安委办', 25, { deliverables: [{ form: 'electronic', to: null }] })],
    },
    {
      text: '各镇于11月30日前将工作总结报县应急局。纸质版加盖公章后报县应急局综合股，电子版发至指定邮箱。',
      expected: [
        once('工作总结', '各镇', '县应急局', '2024-11-30', {
          deliverables: [
            { form: 'paper', to: '县应急局综合股' },
            { form: 'electronic', to: null },
          ],
        }),
      ],
    },
    {
      text: '各镇于11月30日前将工作总结（word版及盖章PDF版）报县应急局。',
      expected: [
        once('工作总结', '各镇', '县应急局', '2024-11-30', {
          deliverables: [
            { form: 'editable', to: null },
            { form: 'signed-scan', to: null },
          ],
        }),
      ],
    },
    {
      text: '各镇于11月30日前将经主要负责人签字并加盖公章的工作总结（纸质版一式三份）报送县应急局，同时报送电子文档。',
      expected: [
        once('工作总结', '各镇', '县应急局', '2024-11-30', {
          deliverables: [
            { form: 'paper', to: null },
            { form: 'electronic', to: null },
          ],
        }),
      ],
    },
    {
      text: '各镇于每月25日前将分管负责人签字的《统计表》（附件1）扫描件报县安委办。',
      expected: [
        monthly('统计表', '各镇', '县安委办', 25, { annexes: [1], deliverables: [{ form: 'signed-scan', to: null }] }),
      ],
    },
    {
      text: '自2024年5月起至12月止，各镇每月25日前报送《进度表》。',
      expected: [monthly('进度表', '各镇', null, 25, { since: '2024-05-01' })],
    },
    {
      text: '5月至11月，各镇每月25日前报送《进度表》。',
      expected: [monthly('进度表', '各镇', null, 25, { since: '2024-05-01' })],
    },
    {
      text: '从下月起，各镇每月25日前报送《进度表》。',
      expected: [monthly('进度表', '各镇', null, 25, { since: '2024-04-01' })],
    },
    {
      text: '各镇每月3日前将调度表报县安委办。报表数据为行动开展以来累计数，统计时间截止到上月最后一天，遇周末或法定节假日的，顺延至下一工作日。',
      expected: [
        monthly('调度表', '各镇', '县安委办', 3, {
          cumulative: true,
          cutoff: 'previous-month-end',
          holidayShift: 'next-working-day',
        }),
      ],
    },
    {
      text: '各镇每月3日前将调度表报县安委办，无新增情况的，也应按时“零报告”。',
      expected: [monthly('调度表', '各镇', '县安委办', 3, { nilReport: true })],
    },
    {
      text: '各单位每月25日前按行业领域分别填报《汇总表》报县安委办。',
      expected: [monthly('汇总表', '各单位', '县安委办', 25, { splitBy: 'sector' })],
    },
    {
      text: '各镇每月25日前（遇节假日提前至前一工作日）将《进度表》报县安委办。',
      expected: [monthly('进度表', '各镇', '县安委办', 25)],
    },
    {
      text: '各镇于11月20日前将工作总结报县安委办，内容包括：（1）基本情况；（2）主要成效；（3）存在问题。',
      expected: [
        once('工作总结', '各镇', '县安委办', '2024-11-20', { mustContain: ['基本情况', '主要成效', '存在问题'] }),
      ],
    },
    {
      text: '各镇于11月20日前将工作总结报县安委办，总结要重点说明整治成效、存在问题、下步打算。',
      expected: [
        once('工作总结', '各镇', '县安委办', '2024-11-20', { mustContain: ['整治成效', '存在问题', '下步打算'] }),
      ],
    },
    {
      text: '各镇于11月20日前将工作总结（应包含工作进展、存在问题和下一步计划等内容）报县安委办。',
      expected: [
        once('工作总结', '各镇', '县安委办', '2024-11-20', { mustContain: ['工作进展', '存在问题', '下一步计划'] }),
      ],
    },
  ])
})

describe('what is no report', () => {
  it.each([
    '对排查出的重大隐患，要在3日内报县安委办挂牌督办。',
    '发生险情的，24小时内书面报告县应急管理局。',
    '县安委办每月通报各镇报送情况，对上报不及时的予以约谈。',
    '工作中的重要情况要及时报告县安委办。',
    '工作信息每月不少于2篇报县安委办。',
    '未按时报送的，予以通报。',
    '各企业每月组织员工学习事故报告，每季度开展一次隐患举报奖励宣传。',
    '举报电话每月公布一次，群众举报的隐患要及时上报。',
    '各镇要建立健全月报送、季通报制度。',
  ])('%s', (text) => expect(planWith(text).reports).toEqual([]))
})
