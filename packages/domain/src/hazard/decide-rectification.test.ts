import { describe, expect, it } from 'vitest'
import { failed, HazardStory, listed, planned, rectified } from './test-builders.js'

const general = { grade: 'general', gradeReason: '能立即整改' } as const

describe('planning the rectification', () => {
  const plan = (changes: object) => ({ kind: 'plan-rectification', rectification: { ...planned, ...changes } }) as const

  it.each([
    ['责任人', { responsible: null }, 'rectification.responsible'],
    ['措施', { measures: ' ' }, 'rectification.measures'],
    ['资金', { funds: null }, 'rectification.funds'],
    ['时限', { deadline: null }, 'rectification.deadline'],
    ['预案', { contingency: '' }, 'rectification.contingency'],
  ])('the missing element %s is named', (name, changes, path) => {
    const answer = HazardStory.registered().asks('manager', plan(changes))
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'hazard.element-missing', path } })
    expect(answer.ok ? '' : answer.refusal.message).toMatch(new RegExp(`缺“[^”]*${name}[^”]*”`))
  })

  it('no money needed is zero, and zero is an answer', () => {
    expect(HazardStory.registered().answer('manager', plan({ funds: 0 }))).toBe('ok')
    expect(HazardStory.registered().answer('manager', plan({ funds: -1 }))).toBe('hazard.funds-invalid')
    expect(HazardStory.registered().answer('manager', plan({ funds: Number.NaN }))).toBe('hazard.funds-invalid')
  })

  it('计划整改时限 is not before 检查日期', () => {
    expect(HazardStory.registered().answer('manager', plan({ deadline: '2023-06-15' }))).toBe('hazard.date-too-early')
  })

  it('another plan does not move the time limit later: that is what extensions are for', () => {
    const story = HazardStory.rectifying()
    expect(story.answer('manager', plan({ deadline: '2023-08-01' }))).toBe('hazard.plan-past-deadline')
    expect(story.answer('manager', plan({ deadline: '2023-07-01' }))).toBe('ok')
    expect(HazardStory.registered({ deadline: '2023-07-01' }).answer('manager', plan({}))).toBe(
      'hazard.plan-past-deadline',
    )
  })

  it('a major hazard that was put right on the spot needs no plan', () => {
    const immediate = { kind: 'plan-rectification', rectification: { mode: 'immediate' } } as const
    const story = HazardStory.registered().does('manager', immediate)
    expect(story.answer('manager', rectified('2023-06-16'))).toBe('ok')
    expect(story.answer('manager', rectified('2023-06-19'))).toBe('hazard.plan-needed')
    expect(story.does('manager', plan({})).answer('manager', rectified('2023-06-19'))).toBe('ok')
    expect(HazardStory.registered(general).does('manager', immediate).answer('manager', rectified('2023-06-19'))).toBe(
      'ok',
    )
  })

  it('is nobody else’s to plan', () => {
    expect(HazardStory.registered().answer('other', plan({}))).toBe('hazard.not-yours')
  })
})

describe('progress', () => {
  const progress = (on: string, text = '正在更换') =>
    ({ kind: 'report-progress', on, text, evidenceFileIds: [] }) as const

  it('is dated between 检查日期 and today', () => {
    const story = HazardStory.rectifying()
    expect(story.answer('manager', progress('2023-06-15'))).toBe('hazard.date-too-early')
    expect(story.answer('manager', progress('2023-06-21'))).toBe('hazard.date-in-future')
    expect(story.answer('manager', progress('2023-06-16', ' '))).toBe('hazard.text-missing')
  })

  it('stands in the order of its dates, however late it is told', () => {
    const { state } = HazardStory.rectifying()
      .does('manager', progress('2023-06-19', '乙'))
      .does('manager', progress('2023-06-17', '甲'))
      .does('manager', progress('2023-06-19', '丙'))
    expect(state.progress.map(({ text }) => text)).toEqual(['甲', '乙', '丙'])
  })
})

describe('extensions', () => {
  const ask = (deadline = '2023-08-15', reason = '配件未到货') =>
    ({ kind: 'request-extension', deadline, reason }) as const
  const approve = { kind: 'approve-extension' } as const

  it('is asked before the deadline passes, with a reason and a later date', () => {
    const story = HazardStory.rectifying()
    expect(story.answer('manager', ask(), { today: '2023-07-15' })).toBe('ok')
    expect(story.answer('manager', ask(), { today: '2023-07-16' })).toBe('hazard.deadline-passed')
    expect(story.answer('manager', ask('2023-08-15', ''))).toBe('hazard.reason-missing')
    expect(story.answer('manager', ask('2023-07-15'))).toBe('hazard.extension-not-later')
    expect(story.answer('manager', ask('2023-08-32'))).toBe('hazard.extension-not-later')
    expect(HazardStory.registered().answer('manager', ask())).toBe('hazard.no-deadline')
  })

  it('is approved by the authority and moves the time limit of the plan too', () => {
    const story = HazardStory.rectifying().does('manager', ask())
    expect(story.answer('manager', ask())).toBe('hazard.extension-pending')
    expect(story.answer('worker', approve)).toBe('hazard.inside-enterprise')
    expect(story.answer('other', approve)).toBe('hazard.not-yours')
    story.does('officer', approve)
    expect(story.state).toMatchObject({ deadline: '2023-08-15', rectification: { deadline: '2023-08-15' } })
    expect(story.answer('officer', approve)).toBe('hazard.no-extension-asked')
  })

  it('is not approved by the person who asked', () => {
    expect(HazardStory.rectifying().does('officer', ask()).answer('officer', approve)).toBe('hazard.own-extension')
    expect(HazardStory.rectifying().does('officer', ask()).answer('inspector', approve)).toBe('ok')
  })

  it('of a listed hazard is the listing authority’s to approve', () => {
    const story = HazardStory.rectifying().does('officer', listed()).does('manager', ask())
    expect(story.answer('officer', approve)).toBe('hazard.not-yours')
    expect(story.answer('government', approve)).toBe('ok')
  })

  it('is refused with a reason, and may be asked again', () => {
    const story = HazardStory.rectifying().does('manager', ask())
    expect(story.answer('officer', { kind: 'refuse-extension', reason: '' })).toBe('hazard.reason-missing')
    story.does('officer', { kind: 'refuse-extension', reason: '工期充足' })
    expect(story.state.deadline).toBe('2023-07-15')
    expect(story.answer('manager', ask())).toBe('ok')
  })

  it('asked against a time limit that has moved since is not approved', () => {
    const story = HazardStory.rectifying()
      .does('manager', ask())
      .does('manager', rectified())
      .does('officer', failed('2023-06-20', '2023-09-01'))
    expect(story.answer('officer', approve)).toBe('hazard.extension-stale')
    expect(story.state.deadline).toBe('2023-09-01')
  })
})
