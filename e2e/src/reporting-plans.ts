/** Plans that order their reporting in the ways in which notices do; districts, parks and forms are invented. */
import type { BodyOf, createCampaign } from '@bihuan/contracts'
import type { Plan, PlanAnnex, PlanReport } from '@bihuan/domain'
import { samplePlan } from '../../apps/server/test/sample-plan.js'

export type CampaignPlan = BodyOf<typeof createCampaign>['plan']

const nothingSaid: PlanReport = {
  name: '进展情况调度表',
  from: null,
  to: [],
  annexes: [],
  cadence: 'monthly',
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

const report = (said: Partial<PlanReport>): PlanReport => ({ ...nothingSaid, ...said })

const narrative = (name: string, from: string, to: string, date: string): PlanReport =>
  report({ name, from, to: [to], cadence: 'once', due: { date } })

function planOf(name: string, issuer: string, said: Partial<Plan>): CampaignPlan {
  const plan = samplePlan({
    title: `${name}工作方案`,
    issuer,
    docNo: null,
    campaign: { name, startsOn: '2023-05-20', endsOn: '2023-12-31' },
    targets: [],
    warnings: [],
    ...said,
  })
  return plan as CampaignPlan
}

/** The text says the 28th and from May on, the annex the 1st of the next month and from June on. */
export const streetsDates = {
  due: ['每月28日前向街道安全办报调度表', '每月1日前报截至上个月末的累计数'],
  since: ['调度表自5月份起报', '第一次报表从6月份起'],
} as const

export function streetPlan(): CampaignPlan {
  const [from, to] = ['各社区居委会', '柳荫街道办事处安全办']
  return planOf('柳荫街道重大事故隐患专项整治', '柳荫街道办事处', {
    reports: [
      report({
        from,
        to: [to],
        annexes: [1],
        due: { day: 28 },
        since: '2023-05-01',
        cumulative: true,
        cutoff: 'previous-month-end',
        nilReport: true,
        notes: '没有情况也报零',
      }),
      narrative('动员部署情况', from, to, '2023-05-31'),
      narrative('中期落实情况', from, to, '2023-08-10'),
    ],
    warnings: [
      {
        code: 'conflicting-due',
        message: '同一张调度表，正文每月28日报，附件每月1日前报。',
        quotes: [...streetsDates.due],
      },
      {
        code: 'conflicting-due',
        message: '同一张调度表，正文自5月份开始，附件自6月份开始。',
        quotes: [...streetsDates.since],
      },
    ],
  })
}

/** What departments leave to the towns. */
export const townsOnly = ['总体情况', '组织领导情况'] as const
export const departmentsToo = ['抽查企业情况', '部门执法情况'] as const

/** Towns fill every group, departments the middle two; the table is moved from holidays, of the ledger nothing is said. */
export function scenicAreaPlan(): CampaignPlan {
  const [from, to] = ['各镇各有关部门', '区安委办']
  const groups = [townsOnly[0], ...departmentsToo, townsOnly[1]]
  return planOf('霜叶岭景区隐患专项整治', '霜叶岭区安委办', {
    // The 16th of the month in which it begins is past.
    campaign: { name: '霜叶岭景区隐患专项整治', startsOn: '2023-06-20', endsOn: '2023-12-31' },
    reports: [
      report({
        from,
        to: [to],
        annexes: [1],
        due: { day: 16 },
        cumulative: true,
        holidayShift: 'next-working-day',
        sections: [
          { respondent: '各镇', groups },
          { respondent: '区负有监管职责的部门', groups: [...departmentsToo] },
        ],
      }),
      report({ name: '重点隐患清单', from, to: [to], annexes: [3], due: { day: 16 } }),
      report({ name: '典型案例', from, to: [to], due: { day: 16 } }),
      report({ name: '演练情况', from: '高危行业企业', to: ['监管部门'], cadence: 'half-yearly' }),
    ],
    annexes: [fourGroups(groups), ...samplePlan().annexes.filter(({ kind }) => kind === 'ledger')],
  })
}

function fourGroups([general = '', spotChecks = '', enforcement = '', leadership = '']: readonly string[]): PlanAnnex {
  const metric = (ordinal: number, label: string, unit: string | null) => ({
    ordinal,
    cell: unit === null ? label : `${label}（${unit}）`,
    label,
    unit,
    parts: [],
  })
  return {
    ordinal: 1,
    title: '霜叶岭区隐患专项整治进展情况调度表',
    kind: 'metric-table',
    head: ['单位：____________ 时间：2023年 月 日'],
    groups: [
      { name: general, metrics: [metric(1, '企业自查发现的重大事故隐患', '个')] },
      { name: spotChecks, metrics: [metric(2, '抽查的企业', '家次')] },
      { name: enforcement, metrics: [metric(3, '部门检查发现的重大事故隐患', '个'), metric(4, '责令停产整顿', '家')] },
      { name: leadership, metrics: [metric(5, '专题研究', '次')] },
    ],
    notes: [],
    foot: ['填报人： 联系电话：'],
    signatures: ['填报人'],
  }
}

/** The large enterprises file themselves, up to the last day of the month that they count. */
export function parkPlan(): CampaignPlan {
  const [from, to] = ['各规模以上企业', '园区管委会安监部']
  return planOf('云溪产业园隐患专项整治', '云溪产业园管委会', {
    reports: [
      narrative('动员部署情况', from, to, '2023-05-31'),
      report({
        name: '月度调度表',
        from,
        to: [to],
        annexes: [1],
        due: { day: 'last' },
        since: '2023-06-01',
        cumulative: true,
        cutoff: 'month-end',
        notes: '以电子邮件报送',
      }),
    ],
    warnings: [
      {
        code: 'due-before-cutoff',
        message: '月度调度表每月底前上报，却统计到本月末，上报时本月还没有结束。',
        quotes: ['每月底前报月度调度表', '统计到当月最后一天'],
      },
    ],
  })
}

/** No word of reporting: all of it is set up by hand. */
export function silentPlan(name: string, issuer: string): CampaignPlan {
  return planOf(name, issuer, { reports: [] })
}
