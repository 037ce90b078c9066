import { describe, expect, it } from 'vitest'
import { HazardStory, listed } from './test-builders.js'

describe('facts', () => {
  it('signing off counts as rectified on the day of sign-off, of a listed one for both', () => {
    const story = HazardStory.awaitingSignOff()
      .does('officer', listed('2023-06-18'))
      .does('officer', { kind: 'sign-off' }, { today: '2023-06-25' })
    expect(story.counts('2023-06-24')).toEqual({
      'hazard/found/major/department': 1,
      'hazard/listed/major/department': 1,
    })
    expect(story.counts('2023-06-25')).toEqual({
      'hazard/found/major/department': 1,
      'hazard/listed/major/department': 1,
      'hazard/rectified/major/department': 1,
      'hazard/listed-rectified/major/department': 1,
    })
  })

  it('belong to the enterprise’s unit, or to the territory of a place', () => {
    expect(HazardStory.registered().last?.facts).toEqual([
      {
        measure: 'hazard/found/major/department',
        occurredOn: '2023-06-16',
        amount: 1,
        sector: '工贸',
        unitId: 'u-enterprise',
        doerUnitIds: ['u-department'],
        subjectId: 'u-enterprise',
        recordId: 'h-1',
      },
    ])
    const place = HazardStory.registered({ subject: { kind: 'place', id: null, name: '文化广场' } })
    expect(place.last?.facts).toMatchObject([{ unitId: 'u-town', subjectId: 'h-1' }])
  })

  it('reopening takes the rectification back on the day of reopening, not before', () => {
    const story = HazardStory.closed().does(
      'officer',
      { kind: 'reopen', reason: 'superficial', text: '水封是假的', deadline: '2023-08-31' },
      { today: '2023-07-10' },
    )
    expect(story.state).toMatchObject({
      status: 'rectifying',
      signedOffOn: null,
      deadline: '2023-08-31',
      reopenings: [{ on: '2023-07-10', reason: 'superficial' }],
    })
    expect(story.counts('2023-07-09')).toEqual({
      'hazard/found/major/department': 1,
      'hazard/rectified/major/department': 1,
    })
    expect(story.counts('2023-07-10')).toEqual({ 'hazard/found/major/department': 1 })
  })

  it('cancelling needs a reason and leaves no trace in the counts', () => {
    const story = HazardStory.closed()
    expect(story.answer('officer', { kind: 'cancel', reason: '' })).toBe('hazard.reason-missing')
    story.does('officer', { kind: 'cancel', reason: '重复登记' })
    for (const day of ['2023-06-16', '2023-06-20', '2024-01-01']) expect(story.counts(day)).toEqual({})
  })

  it('cancelling what was once signed off and reopened leaves what was reported before the reopening', () => {
    const story = HazardStory.closed()
      .does('officer', { kind: 'reopen', reason: 'false', text: '虚假', deadline: null }, { today: '2023-07-10' })
      .does('officer', { kind: 'cancel', reason: '重复登记' }, { today: '2023-07-12' })
    expect(story.counts('2023-07-09')).toEqual({
      'hazard/found/major/department': 1,
      'hazard/rectified/major/department': 1,
    })
    expect(story.counts('2023-07-10')).toEqual({})
  })

  it('correcting the date moves the fact, correcting a word does not', () => {
    const story = HazardStory.registered().does('officer', {
      kind: 'correct',
      changes: { description: '排水器水封不足' },
      reason: '笔误',
    })
    expect(story.last).toMatchObject({ facts: [], reversals: [] })
    story.does('officer', { kind: 'correct', changes: { foundOn: '2023-06-10' }, reason: '日期录错' })
    expect(story.counts('2023-06-10')).toEqual({ 'hazard/found/major/department': 1 })
    expect(story.counts('2023-06-16')).toEqual({ 'hazard/found/major/department': 1 })
  })

  it('transferring supervision leaves the facts where they are', () => {
    const story = HazardStory.registered()
      .does('officer', { kind: 'transfer', of: 'supervision', toUnitId: 'u-other', reason: '属燃气领域' })
      .does('other', { kind: 'accept-transfer' })
    expect(story.state.authorityUnitId).toBe('u-other')
    expect(story.last).toMatchObject({ facts: [], reversals: [] })
  })
})
