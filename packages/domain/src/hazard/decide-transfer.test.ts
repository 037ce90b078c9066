import { describe, expect, it } from 'vitest'
import { HazardStory, passed } from './test-builders.js'

describe('transfer', () => {
  const send = (toUnitId = 'u-other', of: 'supervision' | 'rectification' = 'supervision') =>
    ({ kind: 'transfer', of, toUnitId, reason: '不属本部门监管' }) as const

  it('waits for the receipt, and meanwhile nobody else changes the hazard', () => {
    const story = HazardStory.awaitingReinspection().does('officer', send())
    expect(story.state.status).toBe('transferring')
    for (const who of ['officer', 'manager', 'other'] as const)
      expect(story.answer(who, passed())).toBe('hazard.in-transfer')
    expect(story.answer('officer', { kind: 'cancel', reason: '误登' })).toBe('hazard.in-transfer')
    expect(story.answer('officer', { kind: 'accept-transfer' })).toBe('hazard.not-yours')
    story.does('other', { kind: 'accept-transfer' })
    expect(story.state).toMatchObject({
      status: 'awaiting-reinspection',
      authorityUnitId: 'u-other',
      transfer: { state: 'accepted' },
    })
  })

  it('is declined with a reason, and the hazard stands where it stood', () => {
    const story = HazardStory.rectifying().does('officer', send())
    expect(story.answer('other', { kind: 'decline-transfer', reason: '' })).toBe('hazard.reason-missing')
    story.does('other', { kind: 'decline-transfer', reason: '属贵单位监管' })
    expect(story.state).toMatchObject({
      status: 'rectifying',
      authorityUnitId: 'u-department',
      transfer: { state: 'declined' },
    })
  })

  it('is taken back by the sender when no answer comes', () => {
    const story = HazardStory.rectifying().does('officer', send())
    expect(story.answer('manager', { kind: 'withdraw-transfer', reason: '久未签收' })).toBe('hazard.not-yours')
    expect(story.does('inspector', { kind: 'withdraw-transfer', reason: '久未签收' }).state.status).toBe('rectifying')
  })

  it('of supervision is not the enterprise’s to start, and does not go to who has it', () => {
    expect(HazardStory.registered().answer('manager', send())).toBe('hazard.not-yours')
    expect(HazardStory.registered().answer('manager', send('u-landlord', 'rectification'))).toBe('ok')
    expect(HazardStory.registered().answer('officer', send('u-department'))).toBe('hazard.transfer-to-holder')
  })
})

describe('carrying over', () => {
  const next = { id: 'c-2024', startsOn: '2024-01-01', endsOn: null, closed: false }
  const carry = { kind: 'carry-over', toCampaignId: 'c-2024' } as const

  it('only when the campaign is closing, only open hazards, only to a running campaign', () => {
    const story = HazardStory.rectifying()
    const campaign = { id: 'c-2023', startsOn: '2023-05-01', endsOn: '2023-12-31', closed: false }
    expect(story.answer('officer', carry, { carryOverTo: next })).toBe('hazard.campaign-running')
    expect(story.answer('officer', carry, { carryOverTo: next, today: '2023-12-31' })).toBe('ok')
    const closing = { campaign: { ...campaign, closing: true } }
    expect(story.answer('officer', carry, closing)).toBe('hazard.campaign-unknown')
    expect(story.answer('officer', carry, { ...closing, carryOverTo: { ...next, closed: true } })).toBe(
      'hazard.carry-over-target',
    )
    expect(HazardStory.closed().answer('officer', carry, { ...closing, carryOverTo: next })).toBe('hazard.wrong-state')
    story.does('officer', carry, { ...closing, carryOverTo: next })
    expect(story.state).toMatchObject({ campaignId: 'c-2024', status: 'rectifying' })
    expect(story.last).toMatchObject({ facts: [], reversals: [] })
  })
})
