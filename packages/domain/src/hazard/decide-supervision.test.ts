import { describe, expect, it } from 'vitest'
import { bareTitle, type HazardDetails } from './hazard.js'
import { failed, HazardStory, listed, passed, planned, rectified, selfFound } from './test-builders.js'

const general = { grade: 'general', gradeReason: '能立即整改' } as const

describe('re-inspection and sign-off', () => {
  it('nobody re-inspects or signs off what they rectified themselves', () => {
    const own = HazardStory.rectifying().does('officer', rectified())
    expect(own.answer('officer', passed())).toBe('hazard.same-person')
    expect(own.answer('inspector', passed())).toBe('ok')
    expect(own.does('inspector', passed()).answer('officer', { kind: 'sign-off' })).toBe('hazard.same-person')
    const small = HazardStory.awaitingReinspection({ ...general, ...selfFound })
    expect(small.answer('manager', passed())).toBe('hazard.same-person')
    expect(small.answer('worker', passed())).toBe('ok')
  })

  it('a rectifier who is known by name only is still the same person', () => {
    const plan = { ...planned, responsible: { personId: null, name: '班长丁' } }
    const story = HazardStory.registered({ ...general, ...selfFound })
      .does('manager', { kind: 'plan-rectification', rectification: plan })
      .does('manager', rectified())
    expect(story.answer('worker', passed())).toBe('hazard.same-person')
  })

  it.each<[string, Partial<HazardDetails>]>([
    ['major', selfFound],
    ['found by the department', general],
    ['a tip', { ...general, source: 'tip' }],
    ['assigned from above', { ...general, source: 'assigned' }],
  ])('a hazard that is %s is never re-inspected inside the enterprise', (_, overrides) => {
    const story = HazardStory.awaitingReinspection(overrides)
    expect(story.answer('worker', passed())).toBe('hazard.inside-enterprise')
    expect(story.answer('other', passed())).toBe('hazard.not-yours')
    expect(story.answer('officer', passed(), {}, { actorInsideEnterprise: true })).toBe('hazard.inside-enterprise')
    story.does('officer', passed())
    expect(story.answer('worker', { kind: 'sign-off' })).toBe('hazard.inside-enterprise')
    expect(story.answer('officer', { kind: 'sign-off' })).toBe('ok')
  })

  it('a general hazard that the enterprise found is closed inside it, by another person', () => {
    const story = HazardStory.awaitingReinspection({ ...general, ...selfFound })
      .does('worker', passed())
      .does('worker', { kind: 'sign-off' })
    expect(story.state).toMatchObject({
      status: 'closed',
      signedOffOn: '2023-06-20',
      signedOffBy: { personId: 'p-worker' },
    })
  })

  it('a hazard listed after an inside re-inspection must be re-inspected from outside', () => {
    const story = HazardStory.awaitingReinspection({ ...selfFound, grade: 'key' })
      .does('worker', passed())
      .does('officer', listed())
    expect(story.answer('officer', { kind: 'sign-off' })).toBe('hazard.reinspected-inside')
    story
      .does('officer', { kind: 'send-back', reason: '须由监管部门复查', deadline: null })
      .does('manager', rectified())
      .does('officer', passed())
    expect(story.answer('officer', { kind: 'sign-off' })).toBe('ok')
  })

  it('nothing is signed off before a passed re-inspection', () => {
    expect(HazardStory.awaitingReinspection().answer('officer', { kind: 'sign-off' })).toBe('hazard.wrong-state')
    expect(HazardStory.rectifying().answer('officer', { kind: 'sign-off' })).toBe('hazard.wrong-state')
  })

  it('re-inspection lies between completion and today', () => {
    const story = HazardStory.awaitingReinspection()
    expect(story.answer('officer', passed('2023-06-18'))).toBe('hazard.date-too-early')
    expect(story.answer('officer', passed('2023-06-21'))).toBe('hazard.date-in-future')
  })

  it('实际完成 lies between 检查日期 and today, and after a failed re-inspection', () => {
    const story = HazardStory.rectifying()
    expect(story.answer('manager', rectified('2023-06-15'))).toBe('hazard.date-too-early')
    expect(story.answer('manager', rectified('2023-06-21'))).toBe('hazard.date-in-future')
    story.does('manager', rectified('2023-06-17')).does('officer', failed('2023-06-19'))
    expect(story.state).toMatchObject({ status: 'rectifying', rectifiedOn: null })
    expect(story.answer('manager', rectified('2023-06-18'))).toBe('hazard.date-too-early')
    expect(story.answer('manager', rectified('2023-06-19'))).toBe('ok')
  })

  it('sending back needs a reason', () => {
    const story = HazardStory.awaitingSignOff()
    expect(story.answer('officer', { kind: 'send-back', reason: ' ', deadline: null })).toBe('hazard.reason-missing')
    expect(story.answer('officer', { kind: 'send-back', reason: '缺照片', deadline: '2023-06-19' })).toBe(
      'hazard.date-too-early',
    )
    story.does('officer', { kind: 'send-back', reason: '缺照片', deadline: '2023-07-30' })
    expect(story.state).toMatchObject({
      status: 'rectifying',
      rectifiedOn: null,
      deadline: '2023-07-30',
      reinspection: null,
    })
  })
})

describe('supervision listing', () => {
  it('names the document and its number', () => {
    const story = HazardStory.registered()
    expect(story.answer('officer', { ...listed(), documentNumber: '' } as never)).toBe('hazard.text-missing')
    story.does('officer', listed())
    expect(story.state.listing).toEqual({
      documentName: '关于挂牌督办重大事故隐患的通知',
      documentNumber: '某安委〔2023〕5号',
      on: '2023-06-18',
      authorityUnitId: 'u-government',
    })
    expect(story.answer('officer', listed())).toBe('hazard.already-listed')
  })

  it('is for major and key hazards that are open, and not by the enterprise', () => {
    expect(HazardStory.registered(general).answer('officer', listed())).toBe('hazard.listing-grade')
    expect(HazardStory.registered({ grade: 'key' }).answer('government', listed())).toBe('ok')
    expect(HazardStory.closed().answer('officer', listed())).toBe('hazard.wrong-state')
    expect(HazardStory.registered().answer('manager', listed())).toBe('hazard.inside-enterprise')
  })

  it('keeps titles inside the title', () => {
    expect(bareTitle('《关于《某标准》的通知》')).toBe('关于《某标准》的通知')
    expect(bareTitle('《甲》和《乙》')).toBe('《甲》和《乙》')
    expect(bareTitle('通知')).toBe('通知')
  })
})
