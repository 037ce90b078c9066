import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planChanges, revisedPlan } from './plan-changes.js'
import type { Plan, PlanDuty, PlanPhase, PlanReport, PlanTask } from './plan.js'

const phase = (name: string, endsOn: string | null): PlanPhase => ({ ordinal: 1, name, startsOn: null, endsOn })
const duty = (action: string, times = 1): PlanDuty => ({
  level: 'government',
  actor: '各镇',
  action,
  frequency: { times, per: 'month' },
  deadline: null,
  condition: null,
  quota: null,
})
const task = (requirement: string, responsible = ['区应急局']): PlanTask => ({
  area: '排查整治',
  task: '排查',
  requirement,
  responsible,
  frequency: null,
  quota: null,
  dueText: '常态化',
  due: { kind: 'standing' },
})
const report: PlanReport = {
  name: '进展情况调度表',
  from: '各镇',
  to: ['区安委办'],
  annexes: [1],
  cadence: 'monthly',
  due: { day: 28 },
  since: null,
  cumulative: true,
  cutoff: 'month-end',
  nilReport: true,
  holidayShift: null,
  splitBy: null,
  sections: [],
  deliverables: [],
  mustContain: [],
  notes: null,
}

const planOf = (over: Partial<Plan> & { readonly tasks?: readonly PlanTask[] } = {}): Plan => {
  const { tasks = [task('召开动员会'), task('逐家排查企业')], ...rest } = over
  return {
    title: '青榆区专项行动方案',
    issuer: '青榆区安委办',
    docNo: null,
    issuedOn: '2023-05-20',
    campaign: { name: '专项行动', startsOn: '2023-05-20', endsOn: '2023-12-31' },
    basis: [],
    parentPlan: null,
    recipients: [],
    leadership: [],
    sectors: ['工贸'],
    responsibilities: [],
    criteria: [],
    phases: [phase('动员部署', '2023-05-31'), phase('排查整治', '2023-11-30')].map((one, at) => ({
      ...one,
      ordinal: at + 1,
    })),
    duties: [duty('排查'), duty('召开调度会')],
    reports: [report],
    targets: [],
    contacts: [],
    annexes: [{ ordinal: 2, title: '任务清单', kind: 'task-list', tasks }],
    warnings: [],
    ...rest,
  }
}

const said = (before: Plan, after: Plan) =>
  planChanges(before, after).map(({ part, kind, title, fields }) => [
    part,
    kind,
    title,
    ...fields.map((field) => `${field.label}：${field.before}→${field.after}`),
  ])

describe('a corrected notice', () => {
  it('says what was added, changed and dropped, in words', () => {
    const after = planOf({
      campaign: { name: '专项行动', startsOn: '2023-05-20', endsOn: '2024-01-31' },
      phases: [phase('动员部署', '2023-05-31'), phase('排查整治', '2023-12-15')],
      duties: [duty('排查', 2), duty('开展应急演练')],
      reports: [{ ...report, due: { day: 'last' }, holidayShift: 'next-working-day' }],
      tasks: [task('召开动员会'), task('逐家排查企业', ['区应急局', '区住建局']), task('建立整改台账')],
    })
    expect(said(planOf(), after)).toEqual([
      ['basics', 'changed', '结束日期', '结束日期：2023-12-31→2024-01-31'],
      ['phase', 'changed', '排查整治', '结束：2023-11-30→2023-12-15'],
      ['duty', 'changed', '各镇：排查', '频次：每月1次→每月2次'],
      [
        'duty',
        'added',
        '各镇：开展应急演练',
        '层级：→党委政府',
        '由谁：→各镇',
        '做什么：→开展应急演练',
        '频次：→每月1次',
      ],
      [
        'duty',
        'dropped',
        '各镇：召开调度会',
        '层级：党委政府→',
        '由谁：各镇→',
        '做什么：召开调度会→',
        '频次：每月1次→',
      ],
      ['report', 'changed', '进展情况调度表', '几时报：28日→月底', '遇节假日顺延：否→是'],
      ['task', 'changed', '逐家排查企业', '责任单位：区应急局→区应急局、区住建局'],
      expect.arrayContaining(['task', 'added', '建立整改台账']),
    ])
  })

  it('finds an entry again that was worded otherwise, and does not take a line above for a change', () => {
    const before = planOf({ duties: [{ ...duty('排查重大事故隐患'), source: { start: 1, end: 9 } }] })
    const after = planOf({ duties: [{ ...duty('全面排查重大事故隐患'), source: { start: 40, end: 50 } }] })
    expect(said(before, after)).toEqual([
      ['duty', 'changed', '各镇：全面排查重大事故隐患', '做什么：排查重大事故隐患→全面排查重大事故隐患'],
    ])
    const moved = planOf({ duties: [{ ...duty('排查重大事故隐患'), source: { start: 40, end: 50 } }] })
    expect(planChanges(before, moved)).toEqual([])
  })

  it('leaves alone what officers put right and the notice did not change', () => {
    const before = planOf()
    const after = planOf({ duties: [duty('排查', 2), duty('召开调度会')] })
    const standing = planOf({
      phases: [phase('动员部署', '2023-06-10'), phase('排查整治', '2023-11-30')],
      duties: [{ ...duty('排查'), actor: '各镇（街道）' }, duty('召开调度会')],
      tasks: [task('逐家排查企业')],
    })
    const revised = revisedPlan(standing, { before, after }, planChanges(before, after))
    expect(revised.duties[0]).toMatchObject({ actor: '各镇（街道）', frequency: { times: 2 } })
    expect(revised.phases[0]?.endsOn).toBe('2023-06-10')
    expect(revised.annexes[0]).toMatchObject({ tasks: [{ requirement: '逐家排查企业' }] })
  })

  it('takes over what is accepted and nothing else', () => {
    const before = planOf()
    const after = planOf({ duties: [duty('排查', 2), duty('召开调度会', 3)] })
    const [first] = planChanges(before, after)
    const revised = revisedPlan(before, { before, after }, first === undefined ? [] : [first])
    expect(revised.duties.map(({ frequency }) => frequency?.times)).toEqual([2, 1])
  })

  const words = fc.constantFrom('排查隐患', '召开例会', '应急演练', '约谈企业', '公布案例', '安全培训', '报送材料')
  const some = fc.uniqueArray(fc.record({ action: words, times: fc.integer({ min: 1, max: 3 }) }), {
    selector: ({ action }) => action,
  })
  const plans = fc
    .record({ duties: some, tasks: some, day: fc.integer({ min: 1, max: 28 }) })
    .map(({ duties, tasks, day }): Plan =>
      planOf({
        duties: duties.map(({ action, times }) => duty(action, times)),
        tasks: tasks.map(({ action, times }) => task(action, [`第${times}科`])),
        reports: [{ ...report, due: { day } }],
      }),
    )
  const sorted = (plan: Plan) =>
    JSON.stringify([
      plan.duties.map((one) => JSON.stringify(one)).sort(),
      plan.annexes
        .flatMap((annex) => (annex.kind === 'task-list' ? annex.tasks.map((one) => JSON.stringify(one)) : []))
        .sort(),
      plan.reports,
    ])

  it('accepted whole makes of the first reading the second; of the same reading it changes nothing', () => {
    fc.assert(
      fc.property(plans, plans, (before, after) => {
        expect(planChanges(after, after)).toEqual([])
        expect(sorted(revisedPlan(before, { before, after }, planChanges(before, after)))).toBe(sorted(after))
        expect(sorted(revisedPlan(before, { before, after }, []))).toBe(sorted(before))
      }),
    )
  })
})
