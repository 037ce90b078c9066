import { describe, expect, it } from 'vitest'
import { hazardAbilities, whoseTurn } from './abilities.js'
import { hazardCommandKinds } from './lifecycle.js'
import { buildContext, failed, HazardStory, listed, passed, planned, selfFound, type people } from './test-builders.js'

function may(story: HazardStory, who: keyof typeof people): readonly string[] {
  const abilities = hazardAbilities(story.hazard, buildContext(who))
  return hazardCommandKinds.filter((kind) => abilities[kind])
}

describe('abilities', () => {
  it('a new hazard may be drafted and registered', () => {
    expect(may(new HazardStory(), 'inspector')).toEqual(['save-draft', 'register'])
  })

  it('the enterprise may plan and report, the authority re-inspect', () => {
    expect(may(HazardStory.registered(), 'manager')).toEqual(['judge', 'plan-rectification', 'transfer'])
    expect(may(HazardStory.awaitingReinspection(), 'officer')).toEqual([
      'correct',
      'judge',
      'reinspect-passed',
      'reinspect-failed',
      'send-back',
      'list-for-supervision',
      'transfer',
      'cancel',
    ])
    expect(may(HazardStory.awaitingReinspection(), 'manager')).not.toContain('reinspect-passed')
  })

  it('a bystander may do nothing', () => {
    for (const story of [
      HazardStory.registered(),
      HazardStory.rectifying(),
      HazardStory.awaitingSignOff(),
      HazardStory.closed(),
    ]) {
      expect(may(story, 'other')).toEqual([])
    }
  })

  it('what is said to be possible is possible', () => {
    const story = HazardStory.awaitingReinspection()
    expect(may(story, 'officer')).toContain('reinspect-failed')
    expect(story.answer('officer', failed())).toBe('ok')
    expect(may(story, 'worker')).not.toContain('reinspect-passed')
    expect(story.answer('worker', passed())).not.toBe('ok')
  })
})

describe('whose turn it is', () => {
  it('follows the hazard round the loop', () => {
    const turn = (story: HazardStory) => whoseTurn(story.state)
    expect(turn(HazardStory.registered())).toEqual({
      side: 'responsible',
      unitId: 'u-enterprise',
      what: '制定整改措施',
      until: null,
    })
    expect(turn(HazardStory.rectifying())).toMatchObject({
      side: 'responsible',
      what: '完成整改并申请复查',
      until: planned.deadline,
    })
    expect(turn(HazardStory.awaitingReinspection())).toMatchObject({
      side: 'authority',
      unitId: 'u-department',
      what: '复查',
    })
    expect(turn(HazardStory.awaitingSignOff())).toMatchObject({ side: 'authority', what: '销号' })
    expect(turn(HazardStory.closed())).toBeNull()
  })

  it('is the receiver’s during a transfer, and the listing authority’s for an extension of a listed hazard', () => {
    const sent = HazardStory.rectifying().does('officer', {
      kind: 'transfer',
      of: 'supervision',
      toUnitId: 'u-other',
      reason: '不属本部门',
    })
    expect(whoseTurn(sent.state)).toMatchObject({ side: 'receiver', unitId: 'u-other' })
    const asked = HazardStory.rectifying()
      .does('officer', listed())
      .does('manager', { kind: 'request-extension', deadline: '2023-08-15', reason: '缺料' })
    expect(whoseTurn(asked.state)).toMatchObject({
      side: 'listing-authority',
      unitId: 'u-government',
      what: '审批延期申请',
    })
  })

  it('is the enterprise’s own for a general hazard that it found itself', () => {
    const story = HazardStory.awaitingReinspection({ ...selfFound, grade: 'general' })
    expect(whoseTurn(story.state)).toMatchObject({ side: 'responsible', unitId: 'u-enterprise' })
  })
})
