import { describe, expect, it } from 'vitest'
import type { Plan, PlanDuty, PlanReport } from '@bihuan/domain'
import { f1, pool, precision, recall, scorePlan } from './score.js'
import { closeWording, sameSector, sameWording } from './wording.js'

const duty = (over: Partial<PlanDuty> = {}): PlanDuty => ({
  level: 'enterprise',
  actor: '企业主要负责人',
  action: '带队检查',
  frequency: { times: 1, per: 'month' },
  deadline: null,
  condition: null,
  quota: null,
  ...over,
})

const report = (over: Partial<PlanReport> = {}): PlanReport => ({
  name: '进展情况调度表',
  from: '各镇',
  to: ['县安委办'],
  annexes: [1],
  cadence: 'monthly',
  due: { day: 25 },
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
  ...over,
})

const plan = (over: Partial<Plan> = {}): Plan => ({
  title: '青石县整治方案',
  issuer: '青石县安委会',
  docNo: '青安委〔2024〕9号',
  issuedOn: '2024-03-11',
  campaign: { name: '专项整治', startsOn: '2024-03-11', endsOn: null },
  basis: [],
  parentPlan: null,
  recipients: ['各镇'],
  leadership: [],
  sectors: ['矿山', '燃气'],
  responsibilities: [],
  criteria: [],
  phases: [{ ordinal: 1, name: '动员部署', startsOn: null, endsOn: '2024-03-31' }],
  duties: [duty()],
  reports: [report()],
  targets: [],
  contacts: [{ name: '张某', phone: '138****0001', mail: null, scope: null }],
  annexes: [
    {
      ordinal: 1,
      title: '进展情况调度表',
      kind: 'metric-table',
      head: [],
      groups: [{ name: '总体', metrics: [{ ordinal: 1, cell: '隐患（个）', label: '隐患', unit: '个', parts: [] }] }],
      notes: [],
      foot: [],
      signatures: [],
    },
  ],
  warnings: [],
  ...over,
})

const wrongOf = (found: Partial<Plan>) =>
  scorePlan(plan(), plan(found)).wrong.map(({ kind, what }) => `${kind} ${what}`)

describe('the score of a plan', () => {
  it('finds nothing wrong in the right answer, in any order, and whatever its notes and provenance say', () => {
    expect(wrongOf({})).toEqual([])
    expect(wrongOf({ sectors: ['燃气安全', '矿 山'], reports: [report({ notes: '通过邮箱' })] })).toEqual([])
    expect(wrongOf({ duties: [{ ...duty(), source: { start: 1, end: 2 }, confidence: 0.5 }] })).toEqual([])
  })

  it.each<[string, Partial<Plan>, string[]]>([
    ['a wrong date', { issuedOn: '2024-03-12' }, ['facts missed', 'facts invented']],
    [
      'a phase by its end',
      { phases: [{ ordinal: 1, name: '动员部署', startsOn: null, endsOn: '2024-04-30' }] },
      ['phases differs'],
    ],
    ['a duty too often', { duties: [duty({ frequency: { times: 2, per: 'month' } })] }, ['duties differs']],
    ['a duty of another', { duties: [duty({ actor: '各部门', level: 'department' })] }, ['duties differs']],
    ['a duty that is not there', { duties: [] }, ['duties missed']],
    ['a duty too many', { duties: [duty(), duty({ action: '召开例会' })] }, ['duties invented']],
    ['a report on another day', { reports: [report({ due: { day: 28 } })] }, ['reports differs']],
    ['a report to nobody', { reports: [report({ to: [] })] }, ['reports differs']],
    [
      'a wrong telephone',
      { contacts: [{ name: '张某', phone: '138****0002', mail: null, scope: null }] },
      ['contacts differs'],
    ],
    ['a metric without its unit', { annexes: [] }, ['annexes missed', 'annexes missed']],
    ['a warning that is none', { warnings: [{ code: 'phase-gap', message: '', quotes: [] }] }, ['warnings invented']],
  ])('catches %s', (_, found, wrong) => expect(wrongOf(found)).toEqual(wrong))

  it('pools items over documents before it divides', () => {
    const one = scorePlan(plan(), plan())
    const other = scorePlan(plan({ duties: [duty(), duty({ action: '召开例会' })] }), plan({ duties: [] }))
    const { duties } = pool([one, other])
    expect(duties).toEqual({ expected: 3, found: 1, right: 1 })
    expect([precision(duties), recall(duties), f1(duties)]).toEqual([1, 1 / 3, 0.5])
  })
})

describe('wording', () => {
  it('is the same without white space, blanks, brackets and other marks, full and half width alike', () => {
    expect(sameWording('单位：____（盖章）', '单位 盖章')).toBe(true)
    expect(sameWording('附件１', '附件1')).toBe(true)
    expect(sameWording('带队检查', '检查')).toBe(false)
    expect(sameSector('燃气安全', '燃气')).toBe(true)
    expect(sameSector('消防安全', '燃气')).toBe(false)
  })

  it('is close where most of it is common, and not where little is', () => {
    expect(closeWording('召开专项行动推进会', '专项行动推进会')).toBe(true)
    expect(closeWording('落实岗位责任情况全面排查', '岗位责任落实情况全面排查')).toBe(true)
    expect(closeWording('带队检查', '应急演练')).toBe(false)
  })
})
