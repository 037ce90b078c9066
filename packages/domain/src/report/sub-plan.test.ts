import { describe, expect, it } from 'vitest'
import type { PlanDuty } from '../campaign/plan.js'
import { dutiesOf, nameUnder, subPlanBody, tasksOf, type OwnPart } from './sub-plan.js'

const duty = (level: PlanDuty['level'], actor: string | null, more: Partial<PlanDuty> = {}): PlanDuty => ({
  level,
  actor,
  action: '开展排查',
  frequency: null,
  deadline: null,
  condition: null,
  quota: null,
  ...more,
})

const duties: readonly PlanDuty[] = [
  duty('enterprise', '企业主要负责人', { action: '带队检查', frequency: { times: 1, per: 'quarter' } }),
  duty('enterprise', '班组'),
  duty('department', '各行业主管部门'),
  duty('department', '区应急管理局'),
  duty('government', '各镇'),
  duty('government', '各乡镇（街道）'),
  duty('government', '柳荫街道'),
  duty('government', '各村（社区）', {
    deadline: '2023-06-30',
    quota: { atLeast: 1, unit: '项' },
    condition: '沿街商户',
  }),
  duty('government', null),
]

describe('the duties of a unit', () => {
  const actorsOf = (name: string, kind: OwnPart['unit']['kind']) =>
    dutiesOf({ name, kind }, duties).map(({ actor }) => actor)

  it('are those of its kind and those that name it', () => {
    expect(actorsOf('柳河镇', 'town')).toEqual(['各镇', '各乡镇（街道）', null])
    expect(actorsOf('柳荫街道', 'street')).toEqual(['各乡镇（街道）', '柳荫街道', null])
    expect(actorsOf('石桥街道', 'street')).toEqual(['各乡镇（街道）', null])
    expect(actorsOf('七桥社区', 'community')).toEqual(['各村（社区）', null])
    expect(actorsOf('青榆区应急管理局', 'department')).toEqual(['各行业主管部门', '区应急管理局'])
    expect(actorsOf('青榆区文化和旅游局', 'department')).toEqual(['各行业主管部门'])
  })

  it('within an enterprise are those of all its people', () => {
    expect(actorsOf('柳河铸造厂', 'enterprise')).toEqual(['企业主要负责人', '班组'])
  })
})

describe('the tasks of a unit', () => {
  it('are those that were given to it, and those that the list gives to all of its kind', () => {
    const tasks = [
      { requirement: '给了它', responsible: ['区安委办'], unitIds: ['town'] },
      { requirement: '各镇都办', responsible: ['区应急管理局', '各镇'], unitIds: ['bureau'] },
      { requirement: '别人的', responsible: ['槐山镇', '各部门'], unitIds: ['other'] },
    ]
    const found = tasksOf({ name: '柳河镇', kind: 'town' }, tasks, 'town')
    expect(found.map(({ requirement }) => requirement)).toEqual(['给了它', '各镇都办'])
  })
})

describe('the draft of a unit’s own plan', () => {
  const own: OwnPart = {
    unit: { name: '七桥社区', kind: 'community' },
    campaign: {
      name: '青榆区排查整治行动',
      title: '青榆区排查整治行动方案',
      issuer: '青榆区安委办',
      docNo: '青安办〔2023〕9号',
      unitName: '青榆区',
    },
    phases: [
      { name: '动员部署', startsOn: '2023-05-22', endsOn: '2023-05-31' },
      { name: '排查整治', startsOn: null, endsOn: '2023-11-30' },
    ],
    duties,
    tasks: [
      {
        requirement: '召开动员会',
        due: { kind: 'date', date: '2023-06-15' },
        dueText: '6月15日前',
        frequency: null,
      },
      {
        requirement: '组织检查。',
        due: { kind: 'recurring', per: 'month' },
        dueText: '每月',
        frequency: { times: 2, per: 'month' },
      },
    ],
    returns: [{ title: '《社区月报》', dueOn: ['2023-06-16', '2023-07-17'], receiverNames: ['柳荫街道'] }],
    contacts: [
      { name: '林槐', phone: '2345678', scope: '信息报送' },
      { name: null, phone: null, scope: '其他' },
    ],
  }
  const lines = (headings: readonly string[] = [], part: Partial<OwnPart> = {}) =>
    subPlanBody({ ...own, ...part }, headings).map(({ text }) => text)

  it('says what the campaign asks of it, with its days, and leaves blank what only the unit knows', () => {
    expect(lines()).toEqual([
      '根据青榆区安委办《青榆区排查整治行动方案》（青安办〔2023〕9号）的部署，结合本单位实际，制定本方案。',
      '工作目标',
      '【待填：本单位要达到的目标】',
      '组织领导',
      '【待填：由谁牵头、谁负责、谁参加】',
      '时间安排',
      '动员部署（2023年5月22日至2023年5月31日）',
      '【待填：本单位在这一阶段的安排】',
      '排查整治（2023年11月30日前）',
      '【待填：本单位在这一阶段的安排】',
      '重点任务',
      '召开动员会。时限：2023年6月15日前。责任人：【待填：姓名、职务】。',
      '组织检查。每月2次。责任人：【待填：姓名、职务】。',
      '工作职责',
      '各村（社区）开展排查，2023年6月30日前完成，不少于1项（限沿街商户）。',
      '开展排查。',
      '信息报送',
      '《社区月报》，报柳荫街道，接下来的期限为2023年6月16日、2023年7月17日。',
      '联系方式',
      '本单位联系人：【待填：姓名】，联系电话：【待填：电话】。',
      '上级联系人（信息报送）：林槐，2345678。',
      '保障措施',
      '【待填：人员、资金、督查考核的安排】',
    ])
  })

  it('has no heading with nothing under it', () => {
    const said = lines([], { tasks: [], duties: [], returns: [] })
    for (const heading of ['重点任务', '工作职责', '信息报送']) expect(said).not.toContain(heading)
  })

  it('follows the headings that the plan prescribes, each part once; what none asks for stands at the end', () => {
    const said = lines(['总体要求', '工作步骤', '主要任务和时间'])
    expect(said.indexOf('工作步骤')).toBeLessThan(said.indexOf('动员部署（2023年5月22日至2023年5月31日）'))
    expect(said.indexOf('主要任务和时间')).toBeLessThan(
      said.indexOf('召开动员会。时限：2023年6月15日前。责任人：【待填：姓名、职务】。'),
    )
    expect(said.filter((line) => line.startsWith('动员部署'))).toHaveLength(1)
    expect(said.slice(said.indexOf('工作职责'))).toContain('信息报送')
    expect(said).not.toContain('工作目标')
  })

  it('is called after the unit, and not after the place above it as well', () => {
    expect(nameUnder('柳河镇', own.campaign)).toBe('柳河镇排查整治行动')
    expect(nameUnder('柳河镇', { name: '排查整治行动', unitName: '青榆区' })).toBe('柳河镇排查整治行动')
  })
})
