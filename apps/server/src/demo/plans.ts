/** Five invented notices, one for each kind of issuer, and the district's above them, as Plans. */
import {
  addDays,
  addMonths,
  endOfMonth,
  startOfMonth,
  yearOf,
  type Plan,
  type PlanMetric,
  type PlanReport,
  type PlanTask,
} from '@bihuan/domain'

export interface DemoPlan {
  readonly unit: string
  /** Who sets it up. */
  readonly by: string
  readonly plan: Plan
  /** A department counts the sectors that are its own; a territory counts them all. */
  readonly counts: readonly string[] | null
}

const split = (labels: readonly (readonly [string, string | null])[]): PlanMetric[] =>
  labels.map(([label, unit], index) => ({
    ordinal: index + 1,
    cell: unit === null ? label : `${label}（${unit}）`,
    label,
    unit,
    parts: unit === '次，万元' ? ['次', '万元'].map((each) => ({ label, unit: each, partOf: null })) : [],
  }))

const overall = split([
  ['企业自查发现的重大事故隐患', '个'],
  ['企业自查发现重大事故隐患中已完成整改的', '个'],
  ['部门检查发现的重大事故隐患', '个'],
  ['部门检查发现重大事故隐患中已完成整改的', '个'],
  ['政府挂牌督办的重大事故隐患', '个'],
  ['挂牌督办重大事故隐患中已完成整改的', '个'],
])
const checked = split([
  ['抽查企业', '家'],
  ['主要负责人没有带队检查的企业', '家'],
  ['特种作业无证上岗的企业', '家'],
  ['没有按规定演练的企业', '家'],
])
const enforced = split([
  ['上门指导企业', '家次'],
  ['行政处罚', '次，万元'],
  ['责令停产整顿', '家'],
  ['约谈', '家'],
])
const governed = split([
  ['专题研究安全生产', '次'],
  ['负责同志现场督导', '次'],
  ['专兼职检查人员', '人'],
  ['是否开设宣传专栏', null],
])

const thirteen = [
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
const nine = [
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

interface Outline {
  readonly unit: string
  readonly by: string
  readonly issuer: string
  readonly short: string
  readonly docWord: string
  readonly sectors: readonly string[]
  readonly groups: readonly string[]
  readonly columns: readonly string[]
  readonly responsible: readonly string[]
}

const outlines: readonly Outline[] = [
  {
    unit: 'district',
    by: 'anban',
    issuer: '青榆区安全生产委员会办公室',
    short: '青榆区',
    docWord: '青安办',
    sectors: ['工贸', '危险化学品', '消防', '燃气', '建筑施工'],
    groups: ['总体情况', '抽查检查情况', '执法情况', '组织领导情况'],
    columns: nine,
    responsible: ['青榆区安委办', '青榆区应急管理局'],
  },
  {
    unit: 'park',
    by: 'yuanqu',
    issuer: '云栖产业园管理委员会',
    short: '云栖产业园',
    docWord: '云园管',
    sectors: ['工贸', '危险化学品', '建筑施工'],
    groups: ['总体情况', '抽查检查情况'],
    columns: thirteen,
    responsible: ['云栖产业园管理委员会'],
  },
  {
    unit: 'scenic',
    by: 'jingqu',
    issuer: '松雾山风景区管理委员会',
    short: '松雾山风景区',
    docWord: '松管办',
    sectors: ['文旅', '消防', '特种设备'],
    groups: ['总体情况', '抽查检查情况', '执法情况', '组织领导情况'],
    columns: nine,
    responsible: ['松雾山风景区管理委员会'],
  },
  {
    unit: 'emergency',
    by: 'yingji2',
    issuer: '青榆区应急管理局',
    short: '青榆区工贸和危化行业',
    docWord: '青应急',
    sectors: ['工贸', '危险化学品'],
    groups: ['总体情况', '抽查检查情况', '执法情况'],
    columns: thirteen,
    responsible: ['青榆区应急管理局'],
  },
  {
    unit: 'township',
    by: 'xiang',
    issuer: '白鹭乡人民政府',
    short: '白鹭乡',
    docWord: '白政办',
    sectors: ['消防', '燃气', '工贸', '建筑施工'],
    groups: ['总体情况', '抽查检查情况', '组织领导情况'],
    columns: nine,
    responsible: ['白鹭乡', '白鹭村', '芦塘村'],
  },
  {
    unit: 'street',
    by: 'jiedao',
    issuer: '柳荫街道办事处',
    short: '柳荫街道',
    docWord: '柳街办',
    sectors: ['消防', '燃气', '特种设备', '文旅'],
    groups: ['总体情况', '抽查检查情况', '执法情况', '组织领导情况'],
    columns: thirteen,
    responsible: ['柳荫街道公共安全办公室', '柳荫社区', '桃溪社区'],
  },
]

const metricsOf: Readonly<Record<string, readonly PlanMetric[]>> = {
  总体情况: overall,
  抽查检查情况: checked,
  执法情况: enforced,
  组织领导情况: governed,
}

/** From the first of the month, eight months long, so that most of it lies behind today. */
export function inventPlans(startsOn: string): DemoPlan[] {
  const endsOn = endOfMonth(addMonths(startsOn, 9))
  return outlines.map((outline) => ({
    unit: outline.unit,
    by: outline.by,
    plan: planOf(outline, startsOn, endsOn),
    counts: outline.unit === 'emergency' ? outline.sectors : null,
  }))
}

function planOf(outline: Outline, startsOn: string, endsOn: string): Plan {
  const year = yearOf(startsOn)
  const name = `${outline.short}重大事故隐患专项排查整治${year}行动`
  const boundary = (months: number) => endOfMonth(addMonths(startOfMonth(startsOn), months))
  return {
    title: `${name}方案`,
    issuer: outline.issuer,
    docNo: `${outline.docWord}〔${year}〕12号`,
    issuedOn: startsOn,
    campaign: { name, startsOn, endsOn },
    basis: outline.unit === 'district' ? [] : [`青榆区重大事故隐患专项排查整治${year}行动方案`],
    parentPlan: outline.unit === 'district' ? null : `青榆区重大事故隐患专项排查整治${year}行动方案`,
    recipients: ['各有关单位'],
    leadership: [
      { role: '组长', name: '顾成蹊', post: '副区长' },
      { role: '办公室', name: null, post: outline.issuer },
    ],
    sectors: outline.sectors,
    responsibilities: [],
    criteria: [],
    phases: [
      { ordinal: 1, name: '动员部署', startsOn, endsOn: boundary(0) },
      { ordinal: 2, name: '自查自改', startsOn: null, endsOn: boundary(4) },
      { ordinal: 3, name: '精准执法', startsOn: null, endsOn: boundary(7) },
      { ordinal: 4, name: '总结提高', startsOn: addDays(boundary(7), 1), endsOn },
    ],
    duties: [
      {
        level: 'enterprise',
        actor: '企业主要负责人',
        action: '带队检查',
        frequency: { times: 1, per: 'quarter' },
        deadline: null,
        condition: null,
        quota: null,
      },
    ],
    reports: outline.unit === 'park' ? reportsOf(outline, addDays(endsOn, -10)) : [],
    targets: [],
    contacts: [],
    annexes: [
      {
        ordinal: 1,
        title: `${name}进展情况调度表`,
        kind: 'metric-table',
        head: [`单位名称：____________________ 时间：${year}年 月 日`],
        groups: outline.groups.map((group) => ({ name: group, metrics: metricsOf[group] ?? [] })),
        notes: ['1.统计行动开始以来的累计数。', '2.没有相关情况的填0。'],
        foot: ['填报人： 联系电话：'],
        signatures: ['填报人'],
      },
      {
        ordinal: 2,
        title: outline.columns.length === 9 ? '重大隐患（重点隐患）清单' : '重大事故隐患清单',
        kind: 'ledger',
        head: ['填报单位：'],
        columns: outline.columns,
        notes: ['1.计划整改时限、实际整改完成时间、整改进展时间不早于检查日期。'],
        foot: [`审核人： 填表人： 填报时间：${year}年 月`],
        signatures: ['审核人', '填表人'],
      },
      { ordinal: 3, title: `${outline.short}工作任务清单`, kind: 'task-list', tasks: tasksOf(outline, boundary) },
    ],
    warnings: [],
  }
}

/** Asked for by the plan, and nobody has set up yet: what 报送安排 offers. */
function reportsOf({ issuer }: Outline, lastDay: string): PlanReport[] {
  const common = {
    from: '各企业',
    to: [issuer],
    since: null,
    cutoff: null,
    holidayShift: 'next-working-day',
    splitBy: null,
    sections: [],
    notes: null,
  } as const
  return [
    {
      ...common,
      name: '进展情况调度表',
      annexes: [1],
      cumulative: true,
      cadence: 'monthly',
      due: { day: 25 },
      nilReport: true,
      deliverables: [],
      mustContain: [],
    },
    {
      ...common,
      name: '企业主要负责人履职情况和专项行动工作总结',
      annexes: [],
      cumulative: false,
      cadence: 'once',
      due: { date: lastDay },
      nilReport: false,
      deliverables: [
        { form: 'editable', to: null },
        { form: 'signed-scan', to: null },
      ],
      mustContain: ['带队检查情况', '隐患整改情况'],
    },
  ]
}

function tasksOf(outline: Outline, boundary: (months: number) => string): PlanTask[] {
  const task = (
    area: string,
    name: string,
    requirement: string,
    rest: Pick<PlanTask, 'frequency' | 'dueText' | 'due'>,
  ): PlanTask => ({
    area,
    task: name,
    requirement,
    responsible: outline.responsible,
    quota: null,
    ...rest,
  })
  const by = boundary(1)
  const window = { from: addDays(startOfMonth(boundary(3)), 10), to: addDays(startOfMonth(boundary(3)), 19) }
  return [
    task('组织领导', '动员部署', '召开动员会议，印发实施方案', {
      frequency: null,
      dueText: `${by}前`,
      due: { kind: 'date', date: by },
    }),
    task('组织领导', '调研检查', '负责同志每月开展1次调研检查', {
      frequency: { times: 1, per: 'month' },
      dueText: '每月',
      due: { kind: 'recurring', per: 'month' },
    }),
    task('排查整治', '台账管理', '隐患清单化管理，动态更新', {
      frequency: null,
      dueText: '常态化',
      due: { kind: 'standing' },
    }),
    task('排查整治', '中期评估', '听取专项行动情况汇报', {
      frequency: null,
      dueText: `${yearOf(window.from)}年${Number(window.from.slice(5, 7))}月中旬`,
      due: { kind: 'dates', windows: [window] },
    }),
    task('执法检查', '联合执法', '每2月开展1次联合执法', {
      frequency: { times: 1, per: 'two-months' },
      dueText: '每2月',
      due: { kind: 'recurring', per: 'two-months' },
    }),
  ]
}
