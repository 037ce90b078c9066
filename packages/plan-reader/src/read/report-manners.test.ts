import { describe } from 'vitest'
import { check, monthly, once, weekly } from '../../test/report-rows.js'

describe('as other hands write it', () => {
  check([
    {
      text: '各企业应于每月5日前将上月自查自改情况录入信息系统，并向所在镇应急办报备；镇应急办于每月8日前汇总上报区应急局。',
      expected: [
        monthly('上月自查自改情况', '各企业', '所在镇应急办', 5),
        monthly('上月自查自改情况', '镇应急办', '区应急局', 8),
      ],
    },
    {
      text: '月报表（附件1）每月23日前报局安全科，年度总结12月10日前报局安全科。',
      expected: [
        monthly('月报表', null, '局安全科', 23, { annexes: [1] }),
        once('年度总结', null, '局安全科', '2024-12-10'),
      ],
    },
    {
      text: '各部门每周五将工作动态发县安委办工作群。',
      expected: [weekly('工作动态', '各部门', null, 5, { to: [] })],
    },
    {
      text: '各县区每月10日前报上月数据（统计周期为上月1日至月末），无数据的填“0”。',
      expected: [monthly('上月数据', '各县区', null, 10, { nilReport: true })],
    },
    {
      text: '请于每月1日前将截至上月底的累计数据填入《统计表》（附件1），经主要领导签字后报县安委办。',
      expected: [
        monthly('统计表', null, '县安委办', 1, { annexes: [1], cumulative: true, cutoff: 'previous-month-end' }),
      ],
    },
    {
      text: '各镇于8月底前完成自查，形成自查报告，报县安委办备案。',
      expected: [once('自查报告', '各镇', '县安委办', '2024-08-31')],
    },
    {
      text: '县安委办将各镇报表汇总，于每月30日前分行业报送市安委办。',
      expected: [monthly('各镇报表', '县安委办', '市安委办', 30, { splitBy: 'sector' })],
    },
    {
      text: '整治情况月报（附件1）从4月份开始每月底前报送，报送对象为局办公室。',
      expected: [monthly('整治情况月报', null, '局办公室', 'last', { annexes: [1], since: '2024-04-01' })],
    },
    {
      text: '各镇要建立隐患清单，实行动态更新，每两周报送一次。',
      expected: [{ name: '隐患清单', from: '各镇' }],
    },
    {
      text: '各乡镇5月至10月每月25日前上报进展情况。',
      expected: [monthly('进展情况', '各乡镇', null, 25, { since: '2024-05-01' })],
    },
    {
      text: '区安委办负责汇总各成员单位报送的数据，形成全区月报，每月28日前报市安委办。',
      expected: [monthly('全区月报', '区安委办', '市安委办', 28)],
    },
    {
      text: '领导小组办公室每月10日前汇总上月工作情况，形成专报呈送县委、县政府主要领导。',
      expected: [monthly('专报', '领导小组办公室', null, 10, { to: ['县委', '县政府主要领导'] })],
    },
    {
      text: '各有关企业每季度末月25日前将治理情况通过“云平台”向县应急管理局报告，并向从业人员通报。',
      expected: [
        { name: '治理情况', from: '各有关企业', to: ['县应急管理局'], cadence: 'quarterly', due: { day: 25 } },
      ],
    },
    {
      text: '每月25日前，各部门填写《统计表》（附件1），经主要负责同志签字并加盖公章后，扫描件报县安委办。',
      expected: [
        monthly('统计表', '各部门', '县安委办', 25, {
          annexes: [1],
          deliverables: [{ form: 'signed-scan', to: '县安委办' }],
        }),
      ],
    },
    {
      text: '6月20日前、12月10日前，各单位分别报送上半年和全年专项整治工作总结。',
      expected: [
        once('上半年专项整治工作总结', '各单位', null, '2024-06-20'),
        once('全年专项整治工作总结', '各单位', null, '2024-12-10'),
      ],
    },
    {
      text: '街道安全办要每月汇总各社区排查数据，于次月3日前报区安委办（首次报送时间为5月3日）。',
      expected: [monthly('各社区排查数据', '街道安全办', '区安委办', 3, { since: '2024-05-01' })],
    },
    {
      text: '各镇每月25日向县专班报送工作开展情况（零报告），同时抄报县委督查室。',
      expected: [monthly('工作开展情况', '各镇', null, 25, { to: ['县专班', '县委督查室'], nilReport: true })],
    },
    {
      text: '各单位要认真填写《联络员登记表》，并于3月16日前发送至邮箱abc@example.com。',
      expected: [once('联络员登记表', '各单位', null, '2024-03-16')],
    },
    {
      text: '各园区请于每月18日前将当月数据汇总表报区应急管理局（逢双休日、节假日顺延）。',
      expected: [monthly('当月数据汇总表', '各园区', '区应急管理局', 18, { holidayShift: 'next-working-day' })],
    },
    {
      text: '各村于每月20日前向镇安监办报送隐患排查台账，镇安监办于每月23日前审核汇总并报县安委办。',
      expected: [monthly('隐患排查台账', '各村', '镇安监办', 20), monthly('隐患排查台账', '镇安监办', '县安委办', 23)],
    },
    {
      text: '各单位务必于2024年3月底前将实施方案、2024年12月底前将工作总结报送市安委办。',
      expected: [
        once('实施方案', '各单位', '市安委办', '2024-03-31'),
        once('工作总结', '各单位', '市安委办', '2024-12-31'),
      ],
    },
    {
      text: '《整改台账》（附件2）实行随发现随更新，由各县局于每季度末月20日前报送市局危化科，遇节假日顺延。',
      expected: [
        {
          name: '整改台账',
          from: '各县局',
          to: ['市局危化科'],
          annexes: [2],
          cadence: 'quarterly',
          due: { day: 20 },
          holidayShift: 'next-working-day',
        },
      ],
    },
    {
      text: '各县区于5月31日前、12月10日前，分别将工作方案、年度总结报告送市安委办；两份材料均须报送盖章PDF扫描件和WORD版。',
      expected: ['工作方案', '年度总结报告'].map((name, at) =>
        once(name, '各县区', '市安委办', at === 0 ? '2024-05-31' : '2024-12-10', {
          deliverables: [
            { form: 'signed-scan', to: null },
            { form: 'editable', to: null },
          ],
        }),
      ),
    },
    {
      text: '派出所、供电所要在4月20日、6月20日前，各向领导小组办公室报送一次工作情况。',
      expected: ['2024-04-20', '2024-06-20'].map((date) => once('工作情况', '派出所、供电所', '领导小组办公室', date)),
    },
    {
      text: '5月26日前报送联络员名单，12月8日前报送行动总结，以上材料由各乡镇以纸质版、电子版两种形式报县安委办。',
      expected: [
        ['联络员名单', '2024-05-26'],
        ['行动总结', '2024-12-08'],
      ].map(([name = '', date = '']) =>
        once(name, '各乡镇', '县安委办', date, {
          deliverables: [
            { form: 'paper', to: null },
            { form: 'electronic', to: null },
          ],
        }),
      ),
    },
    {
      text: '各村民小组组长每三天向村综合服务站报一次《登记表》，没有查出问题也要报平安。',
      expected: [{ name: '登记表', from: '各村民小组组长', to: ['村综合服务站'], nilReport: true }],
    },
    {
      text: '各学院每周五前向实验室与设备管理处报送《整改周报》。',
      expected: [weekly('整改周报', '各学院', '实验室与设备管理处', 5)],
    },
    {
      text: '各乡镇每半年最后一个月的15日前向县安委办报送阶段性总结。',
      expected: [{ name: '阶段性总结', from: '各乡镇', to: ['县安委办'], cadence: 'half-yearly', due: { day: 15 } }],
    },
  ])
})
