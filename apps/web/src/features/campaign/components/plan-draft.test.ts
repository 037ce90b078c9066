import { describe, expect, it } from 'vitest'
import {
  blankDraft,
  draftFaults,
  draftFrom,
  newLedgerAnnex,
  newTableAnnex,
  placeWords,
  planOf,
  type PlanBody,
} from './plan-draft.js'

const read: PlanBody = {
  ...blankDraft('u', '青榆区安委办', '2023-05-20').plan,
  title: '排查整治方案',
  campaign: { name: '排查整治行动', startsOn: '2023-05-20', endsOn: null },
  phases: [{ ordinal: 1, name: '动员部署', startsOn: null, endsOn: '2023-05-31' }],
  annexes: [
    {
      ordinal: 1,
      title: '工作清单',
      kind: 'task-list',
      tasks: [
        {
          area: '',
          task: '',
          requirement: '召开会议',
          responsible: [],
          frequency: null,
          quota: null,
          dueText: '5月31日前',
          due: { kind: 'date', date: '2023-05-31' },
        },
      ],
    },
    {
      ordinal: 2,
      title: '调度表',
      kind: 'metric-table',
      head: [],
      notes: [],
      foot: [],
      signatures: [],
      groups: [
        {
          name: '总体情况',
          metrics: [{ ordinal: 1, cell: '企业总数（家）', label: '企业总数', unit: '家', parts: [] }],
        },
      ],
    },
    { ordinal: 3, title: '方案文本', kind: 'other', attached: false },
  ],
}

describe('a plan that is read over', () => {
  it('comes out as it went in when nothing is changed', () => {
    expect(planOf(draftFrom(read, 'u'))).toEqual(read)
  })

  it('made by hand takes the name of the campaign for its title, and leaves out what was begun and not filled in', () => {
    const draft = blankDraft('u', '青榆区安委办', '2023-05-20')
    const filled = {
      ...draft,
      plan: {
        ...draft.plan,
        campaign: { ...draft.plan.campaign, name: ' 夏季攻坚 ' },
        targets: [{ name: '', type: null }],
        leadership: [{ role: '', name: null, post: null }],
      },
    }
    expect(planOf(filled)).toMatchObject({ title: '夏季攻坚', targets: [], leadership: [], annexes: [] })
    expect(draftFaults(draft)).toContain('还没有行动名称。')
  })

  it('numbers what is added after what is there', () => {
    const draft = draftFrom(read, 'u')
    const more = { ...draft, annexes: [...draft.annexes, newTableAnnex(draft)] }
    expect(
      planOf({ ...more, annexes: [...more.annexes, newLedgerAnnex(more)] }).annexes.map(({ ordinal }) => ordinal),
    ).toEqual([1, 2, 3, 4, 5])
  })

  it('says in words where the server found something', () => {
    expect(placeWords('plan.phases.0.startsOn')).toBe('阶段第1个·开始日期')
  })
})
