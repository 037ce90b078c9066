/** A plan of our own making: phases, tasks of all four kinds of due, targets, one table of two groups, both ledgers, one warning. */
import type { Plan, PlanMetric } from '@bihuan/domain'

function metric(ordinal: number, label: string, unit: string | null, parts: PlanMetric['parts'] = []): PlanMetric {
  return { ordinal, cell: unit === null ? label : `${label}（${unit}）`, label, unit, parts }
}

export const thirteenColumns = [
  '序号',
  '专题领域',
  '重大隐患',
  '涉及层面',
  '整改措施',
  '检查日期',
  '计划整改时限',
  '责任单位',
  '整改阶段',
  '实际整改完成时间',
  '整改进展',
  '整改进展时间',
  '备注',
]

export const nineColumns = [
  '序号',
  '乡镇/部门',
  '企业（项目）',
  '所属行业领域',
  '重大隐患（重点隐患）描述',
  '整改措施',
  '挂牌督办文件名称及文号',
  '整改期限',
  '整改进展',
]

export function samplePlan(overrides: Partial<Plan> = {}): Plan {
  return {
    title: '青榆区重大事故隐患专项排查整治工作方案',
    issuer: '青榆区安全生产委员会办公室',
    docNo: '青安办〔2023〕7号',
    issuedOn: '2023-05-20',
    campaign: { name: '青榆区重大事故隐患专项排查整治行动', startsOn: '2023-05-20', endsOn: '2023-12-31' },
    basis: [],
    parentPlan: null,
    recipients: ['各镇人民政府', '区有关部门'],
    leadership: [{ role: '组长', name: '秦某', post: '区人民政府副区长' }],
    sectors: ['工贸', '危险化学品', '消防'],
    responsibilities: [],
    criteria: [],
    phases: [
      { ordinal: 1, name: '动员部署', startsOn: '2023-05-20', endsOn: '2023-05-31' },
      { ordinal: 2, name: '自查自改', startsOn: null, endsOn: '2023-08-31' },
      { ordinal: 3, name: '精准执法', startsOn: null, endsOn: '2023-11-30' },
      { ordinal: 4, name: '总结提高', startsOn: '2023-12-01', endsOn: '2023-12-31' },
    ],
    duties: [],
    reports: [],
    targets: [{ name: '青榆金属制品厂', type: '工贸' }],
    contacts: [],
    annexes: [
      {
        ordinal: 1,
        title: '青榆区重大事故隐患专项排查整治进展情况调度表',
        kind: 'metric-table',
        head: ['单位名称：____________ 时间：2023年 月 日'],
        groups: [
          {
            name: '总体情况',
            metrics: [
              metric(1, '企业自查发现的重大事故隐患', '个'),
              metric(2, '企业自查发现重大事故隐患中已完成整改的', '个'),
              metric(3, '部门检查发现的重大事故隐患', '个'),
              metric(4, '部门检查发现重大事故隐患中已完成整改的', '个'),
              metric(5, '政府挂牌督办的重大事故隐患', '个'),
              metric(6, '挂牌督办重大事故隐患中已完成整改的', '个'),
            ],
          },
          {
            name: '部门执法情况',
            metrics: [
              metric(1, '帮扶指导重点企业', '家次'),
              metric(2, '行政处罚', '次，万元', [
                { label: '行政处罚', unit: '次', partOf: null },
                { label: '行政处罚', unit: '万元', partOf: null },
              ]),
              metric(3, '是否开设安全生产专栏', null),
            ],
          },
        ],
        notes: ['1.调度表每月28日前上报截至当月的累计情况。'],
        foot: ['填报人： 联系电话：'],
        signatures: ['填报人'],
      },
      {
        ordinal: 2,
        title: '重大事故隐患清单',
        kind: 'ledger',
        head: ['填报单位：'],
        columns: thirteenColumns,
        notes: [],
        foot: ['审核人： 填表人： 填报时间：2023年 月'],
        signatures: ['审核人', '填表人'],
      },
      {
        ordinal: 3,
        title: '重点隐患清单',
        kind: 'ledger',
        head: [],
        columns: nineColumns,
        notes: [],
        foot: [],
        signatures: [],
      },
      {
        ordinal: 4,
        title: '工作任务清单',
        kind: 'task-list',
        tasks: [
          {
            area: '组织领导',
            task: '动员部署',
            requirement: '召开动员会议',
            responsible: ['青榆区安委办'],
            frequency: null,
            quota: null,
            dueText: '2023年5月31日前',
            due: { kind: 'date', date: '2023-05-31' },
          },
          {
            area: '组织领导',
            task: '调研检查',
            requirement: '每月开展1次调研检查',
            responsible: ['青榆区安委办'],
            frequency: { times: 1, per: 'month' },
            quota: null,
            dueText: '每月',
            due: { kind: 'recurring', per: 'month' },
          },
          {
            area: '排查整治',
            task: '台账管理',
            requirement: '隐患清单化管理',
            responsible: ['各镇'],
            frequency: null,
            quota: null,
            dueText: '常态化',
            due: { kind: 'standing' },
          },
          {
            area: '排查整治',
            task: '听取汇报',
            requirement: '听取工作汇报',
            responsible: ['青榆区安委办'],
            frequency: null,
            quota: null,
            dueText: '8月中旬、11月中旬',
            due: {
              kind: 'dates',
              windows: [
                { from: '2023-08-11', to: '2023-08-20' },
                { from: '2023-11-11', to: '2023-11-20' },
              ],
            },
          },
        ],
      },
    ],
    warnings: [
      {
        code: 'conflicting-due',
        message: '正文要求每月28日前上报，附件要求每月底前上报。',
        quotes: ['每月28日前上报', '每月底前上报'],
      },
    ],
    ...overrides,
  }
}
