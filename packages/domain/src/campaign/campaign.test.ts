import { describe, expect, it } from 'vitest'
import { checkLifecycle } from '../shared/lifecycle-check.js'
import {
  campaignLifecycle,
  decideCampaign,
  drawCampaignLifecycle,
  phasesAsOf,
  type Campaign,
  type CampaignCommand,
  type CampaignContext,
} from './campaign.js'
import { campaignFromPlan, openQuestions } from './plan-check.js'
import type { Plan } from './plan.js'

function buildPlan(overrides: Partial<Plan> = {}): Plan {
  return {
    title: '重大事故隐患专项排查整治行动方案',
    issuer: '某某区安委会',
    docNo: '某安委〔2023〕4号',
    issuedOn: '2023-05-25',
    campaign: { name: '重大事故隐患专项排查整治2023行动', startsOn: '2023-05-25', endsOn: '2023-12-31' },
    basis: [],
    parentPlan: null,
    recipients: [],
    leadership: [{ role: '组长', name: null, post: '主要领导' }],
    sectors: ['工贸'],
    responsibilities: [],
    criteria: [],
    phases: [
      { ordinal: 1, name: '动员部署', startsOn: null, endsOn: '2023-05-31' },
      { ordinal: 2, name: '自查自改', startsOn: null, endsOn: '2023-10-31' },
      { ordinal: 3, name: '总结', startsOn: '2023-12-01', endsOn: '2023-12-31' },
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
    reports: [],
    targets: [],
    contacts: [],
    annexes: [
      {
        ordinal: 1,
        title: '任务清单',
        kind: 'task-list',
        tasks: [
          {
            area: '一',
            task: '部署',
            requirement: '每月一次',
            responsible: ['安全生产部'],
            frequency: null,
            quota: null,
            dueText: '每月',
            due: { kind: 'recurring', per: 'month' },
          },
        ],
      },
      { ordinal: 2, title: '调度表', kind: 'metric-table', groups: [], head: [], notes: [], foot: [], signatures: [] },
      { ordinal: 3, title: '清单', kind: 'ledger', columns: ['序号'], head: [], notes: [], foot: [], signatures: [] },
    ],
    warnings: [
      { code: 'conflicting-due', message: '正文28日，附件1日', quotes: ['每月28日', '每月1日前'] },
      { code: 'conflicting-due', message: '5月或6月', quotes: ['自5月份', '自6月份'] },
    ],
    ...overrides,
  }
}

const today = '2023-05-26'
const draftOf = (overrides: Partial<Plan> = {}) => campaignFromPlan(buildPlan(overrides), { today })

describe('a campaign from a plan', () => {
  it('takes over what the plan says, duties to the word', () => {
    const draft = draftOf()
    expect(draft).toMatchObject({
      ok: true,
      value: {
        name: '重大事故隐患专项排查整治2023行动',
        startsOn: '2023-05-25',
        duties: buildPlan().duties,
        taskLists: [{ ordinal: 1, tasks: [{ key: 't1.1', due: { per: 'month' } }] }],
        tables: [{ ordinal: 2 }],
        ledgers: [{ columns: ['序号'] }],
      },
    })
  })

  it('asks a question for every contradiction', () => {
    const draft = draftOf()
    expect(draft.ok && draft.value.questions.map(({ key, blocking }) => [key, blocking])).toEqual([
      ['conflicting-due#1', true],
      ['conflicting-due#2', true],
    ])
  })

  it('asks what a figure is part of, where its table does not have the whole', () => {
    const [, table] = buildPlan().annexes
    if (table?.kind !== 'metric-table') throw new Error('the second annex is a table')
    const parts = [{ label: '已整改隐患', unit: '个', partOf: '发现隐患' }]
    const groups = [
      { name: '总体情况', metrics: [{ ordinal: 1, cell: '隐患整改（个）', label: '隐患整改', unit: '个', parts }] },
    ]
    const draft = draftOf({ annexes: [{ ...table, groups }], warnings: [] })
    expect(draft.ok && draft.value.questions).toMatchObject([
      { key: 'part-without-whole#1', blocking: true, quotes: ['隐患整改（个）'] },
    ])
  })

  it('asks for a start that the plan does not give, and notes an end that has passed', () => {
    const draft = draftOf({ campaign: { name: '行动', startsOn: null, endsOn: '2023-05-01' }, warnings: [] })
    expect(draft.ok && draft.value.questions.map(({ key, blocking }) => [key, blocking])).toEqual([
      ['start-missing#1', true],
      ['already-ended#1', false],
    ])
  })

  it('refuses what nothing can be counted with', () => {
    expect(draftOf({ campaign: { name: ' ', startsOn: null, endsOn: null } })).toMatchObject({
      refusal: { code: 'campaign.name-missing' },
    })
    expect(draftOf({ campaign: { name: '行动', startsOn: '2023-06-31', endsOn: null } })).toMatchObject({
      refusal: { code: 'campaign.date-invalid', path: 'campaign.startsOn' },
    })
    expect(draftOf({ campaign: { name: '行动', startsOn: '2023-06-30', endsOn: '2023-05-01' } })).toMatchObject({
      refusal: { code: 'campaign.dates-reversed' },
    })
  })

  it('a decision counts with a choice and a reason only', () => {
    const draft = draftOf()
    const questions = draft.ok ? draft.value.questions : []
    expect(openQuestions(questions, [{ key: 'conflicting-due#1', chosen: '每月28日', reason: '' }])).toHaveLength(2)
    expect(
      openQuestions(questions, [{ key: 'conflicting-due#1', chosen: '每月28日', reason: '以正文为准' }]).map(
        ({ key }) => key,
      ),
    ).toEqual(['conflicting-due#2'])
  })
})

describe('the lifecycle of a campaign', () => {
  const context: CampaignContext = { today, actor: { personId: 'p-1', name: '甲' }, identity: { id: 'c-1' } }
  const act = (state: Campaign | null, command: CampaignCommand, more: Partial<CampaignContext> = {}) =>
    decideCampaign(state, command, { ...context, ...more })
  const after = (state: Campaign | null, command: CampaignCommand, more: Partial<CampaignContext> = {}): Campaign => {
    const decision = act(state, command, more)
    if (!decision.ok) throw new Error(decision.refusal.message)
    return decision.value.next
  }
  const created = (overrides: Partial<Plan> = {}) => {
    const draft = draftOf(overrides)
    if (!draft.ok) throw new Error(draft.refusal.message)
    const { name, startsOn, endsOn, questions } = draft.value
    return after(null, { kind: 'create', unitId: 'u-1', name, startsOn, endsOn, questions })
  }
  const running = () => after(created({ warnings: [] }), { kind: 'start' })
  const refusalOf = (...question: Parameters<typeof act>) => {
    const decision = act(...question)
    return decision.ok ? 'ok' : decision.refusal.code
  }

  it('is a sound table', () => {
    expect(checkLifecycle(campaignLifecycle)).toEqual([])
    expect(drawCampaignLifecycle()).toContain('preparing --> running: 启动')
  })

  it('starts when every contradiction is decided with a reason, and keeps the decision', () => {
    const campaign = created()
    expect(refusalOf(campaign, { kind: 'start' })).toBe('campaign.questions-open')
    expect(
      refusalOf(campaign, { kind: 'decide-question', key: 'conflicting-due#1', chosen: '每月28日', reason: ' ' }),
    ).toBe('campaign.reason-missing')
    expect(refusalOf(campaign, { kind: 'decide-question', key: 'no-such#1', chosen: '甲', reason: '乙' })).toBe(
      'campaign.question-unknown',
    )
    const one = after(campaign, {
      kind: 'decide-question',
      key: 'conflicting-due#1',
      chosen: '每月28日',
      reason: '以正文为准',
    })
    const both = after(one, { kind: 'decide-question', key: 'conflicting-due#2', chosen: '自6月份', reason: '5月已过' })
    expect(both.decisions).toMatchObject([
      { code: 'conflicting-due', chosen: '每月28日', reason: '以正文为准', decidedBy: 'p-1', decidedOn: today },
      { chosen: '自6月份' },
    ])
    expect(after(both, { kind: 'start' })).toMatchObject({ status: 'running', startedOn: today, version: 4 })
  })

  it('does not start without a day to start on', () => {
    const campaign = created({ campaign: { name: '行动', startsOn: null, endsOn: null }, warnings: [] })
    expect(refusalOf(campaign, { kind: 'start' })).toBe('campaign.start-missing')
    const dated = after(campaign, { kind: 'set-dates', startsOn: '2023-06-01', endsOn: null, reason: '会议确定' })
    expect(refusalOf(dated, { kind: 'start' })).toBe('ok')
    expect(
      refusalOf(campaign, { kind: 'set-dates', startsOn: '2023-06-01', endsOn: '2023-05-01', reason: '会议确定' }),
    ).toBe('campaign.dates-reversed')
  })

  it('counts every sector until some are chosen, with a reason', () => {
    const campaign = running()
    expect(campaign.countedSectors).toBeNull()
    const chosen = after(campaign, { kind: 'set-sectors', sectors: [' 工贸', '燃气', '工贸'], reason: '局里的行动' })
    expect(chosen.countedSectors).toEqual(['工贸', '燃气'])
    expect(after(chosen, { kind: 'set-sectors', sectors: null, reason: '并入区里的行动' }).countedSectors).toBeNull()
    expect(refusalOf(campaign, { kind: 'set-sectors', sectors: [' '], reason: '局里的行动' })).toBe(
      'campaign.sectors-empty',
    )
    expect(refusalOf(campaign, { kind: 'set-sectors', sectors: null, reason: ' ' })).toBe('campaign.reason-missing')
  })

  it('closes when every open hazard has a running campaign to go to', () => {
    const openHazards = [
      { key: 'town-a', title: '甲镇', count: 3 },
      { key: 'town-b', title: '乙镇', count: 0 },
    ]
    const more = { openHazards, runningCampaignIds: ['c-2', 'c-1'] }
    const close = (...carryOvers: { setKey: string; toCampaignId: string }[]) =>
      ({ kind: 'close', carryOvers }) as const
    expect(refusalOf(running(), close(), more)).toBe('campaign.hazards-open')
    expect(refusalOf(running(), close({ setKey: 'town-a', toCampaignId: 'c-3' }), more)).toBe(
      'campaign.carry-over-target',
    )
    expect(refusalOf(running(), close({ setKey: 'town-a', toCampaignId: 'c-1' }), more)).toBe(
      'campaign.carry-over-target',
    )
    expect(
      refusalOf(
        running(),
        close({ setKey: 'town-a', toCampaignId: 'c-2' }, { setKey: 'town-c', toCampaignId: 'c-2' }),
        more,
      ),
    ).toBe('campaign.carry-over-unknown')
    const decision = act(running(), close({ setKey: 'town-a', toCampaignId: 'c-2' }), more)
    expect(decision).toMatchObject({
      ok: true,
      value: { next: { status: 'closed', closedOn: today }, carryOvers: [{ setKey: 'town-a', toCampaignId: 'c-2' }] },
    })
    expect(refusalOf(running(), close(), {})).toBe('ok')
    expect(refusalOf(created(), close())).toBe('campaign.wrong-state')
  })
})

describe('phases as of a day', () => {
  const states = (asOf: string) => phasesAsOf(buildPlan().phases, '2023-05-25', asOf).map(({ state }) => state)

  it('are known though the plan says only by when they end', () => {
    expect(states('2023-05-25')).toEqual(['current', 'future', 'future'])
    expect(states('2023-06-01')).toEqual(['past', 'current', 'future'])
    expect(states('2023-11-15')).toEqual(['past', 'past', 'future'])
    expect(
      phasesAsOf(buildPlan().phases, '2023-05-25', today).map(({ startsOn, startIsInferred }) => [
        startsOn,
        startIsInferred,
      ]),
    ).toEqual([
      ['2023-05-25', true],
      ['2023-06-01', true],
      ['2023-12-01', false],
    ])
  })

  it('without any date are undated', () => {
    expect(phasesAsOf([{ ordinal: 1, name: '长期', startsOn: null, endsOn: null }], null, today)).toMatchObject([
      { state: 'undated' },
    ])
  })
})
