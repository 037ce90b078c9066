import { describe, expect, it } from 'vitest'
import type { Plan, PlanTask } from './plan.js'
import { campaignFromPlan } from './plan-check.js'
import { planUnder, type Superior } from './sub-campaign.js'

const source = { start: 3, end: 9 }
const task: PlanTask = {
  area: '组织领导',
  task: '动员部署',
  requirement: '召开动员会',
  responsible: ['各镇', '区应急管理局'],
  frequency: null,
  quota: null,
  dueText: '6月15日前',
  due: { kind: 'date', date: '2023-06-15' },
  source,
}
const about = { frequency: null, deadline: null, condition: null, quota: null, source }
const plan: Plan = {
  title: '青榆区排查整治行动方案',
  issuer: '青榆区安委办',
  docNo: '青安办〔2023〕9号',
  issuedOn: '2023-05-22',
  campaign: { name: '青榆区排查整治行动', startsOn: '2023-05-22', endsOn: '2023-12-31' },
  basis: [],
  parentPlan: null,
  recipients: ['各镇'],
  leadership: [{ role: '组长', name: '林槐', post: null }],
  sectors: ['工贸'],
  responsibilities: [],
  criteria: [],
  phases: [],
  duties: [
    { ...about, level: 'enterprise', actor: '企业主要负责人', action: '带队检查' },
    { ...about, level: 'department', actor: '各部门', action: '执法检查' },
    { ...about, level: 'government', actor: '各镇', action: '排查' },
  ],
  reports: [],
  targets: [],
  contacts: [],
  annexes: [],
  warnings: [],
}
const superior: Superior = {
  campaign: { name: plan.campaign.name, title: plan.title, issuer: plan.issuer, docNo: plan.docNo, unitName: '青榆区' },
  status: 'running',
  unitId: 'district',
  startsOn: '2023-05-23',
  endsOn: '2023-12-31',
  phases: [{ name: '动员部署', startsOn: null, endsOn: '2023-05-31' }],
  plan,
  tasks: [task],
}
const town = { id: 'town', name: '柳河镇', kind: 'town' } as const

describe('a campaign under the superior’s', () => {
  it('carries in its phases as they stand now, the unit’s own tasks, and the duties of the unit and of enterprises', () => {
    const decision = planUnder(superior, town)
    if (!decision.ok) throw new Error(decision.refusal.message)
    const made = decision.value
    expect(made).toMatchObject({
      title: '柳河镇排查整治行动实施方案',
      issuer: '柳河镇',
      docNo: null,
      parentPlan: '青榆区排查整治行动方案',
      basis: ['青榆区排查整治行动方案（青安办〔2023〕9号）'],
      campaign: { name: '柳河镇排查整治行动', startsOn: '2023-05-23', endsOn: '2023-12-31' },
      leadership: [],
    })
    expect(made.phases).toEqual([{ ordinal: 1, name: '动员部署', startsOn: null, endsOn: '2023-05-31' }])
    expect(made.duties.map(({ action }) => action)).toEqual(['排查', '带队检查'])
    expect(made.annexes).toMatchObject([{ tasks: [{ requirement: '召开动员会', responsible: ['柳河镇'] }] }])
    // It is no notice that was read: nothing in it has a place in a text.
    expect(JSON.stringify(made)).not.toContain('source')
    expect(campaignFromPlan(made, { today: '2023-06-01' }).ok).toBe(true)
  })

  it('is none for the unit itself, for an enterprise, or when it is over', () => {
    const codeOf = (...asked: Parameters<typeof planUnder>) => {
      const decision = planUnder(...asked)
      return decision.ok ? null : decision.refusal.code
    }
    expect(codeOf(superior, { id: 'district', name: '青榆区', kind: 'district' })).toBe('sub-campaign.own-campaign')
    expect(codeOf(superior, { id: 'mill', name: '柳河铸造厂', kind: 'enterprise' })).toBe('sub-campaign.enterprise')
    expect(codeOf({ ...superior, status: 'closed' }, town)).toBe('campaign.closed')
    expect(codeOf({ ...superior, tasks: [] }, town)).toBeNull()
  })
})
