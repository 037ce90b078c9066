import { describe, expect, it } from 'vitest'
import { decideHazard } from './decide.js'
import { blankHazardDetails, type HazardDetails } from './hazard.js'
import { buildContext, buildDetails, HazardStory, listed, selfFound } from './test-builders.js'

const register = (overrides: Partial<HazardDetails> = {}) =>
  ({ kind: 'register', details: buildDetails(overrides) }) as const
const nothing = () => new HazardStory()

describe('registering', () => {
  it('a complete hazard is registered, with its grade judged by who registers it', () => {
    const { state, last } = nothing().does('inspector', register())
    expect(state).toMatchObject({ id: 'h-1', code: 'YH-0001', status: 'registered', version: 1 })
    expect(state.gradeJudgedBy).toEqual({ personId: 'p-inspector', name: '检查员甲' })
    expect(state.named.finding).toEqual({ personId: 'p-inspector', name: '检查员甲' })
    expect(last?.events).toMatchObject([
      { kind: 'register', from: null, to: 'registered', sentence: '登记：重大隐患，2023年6月16日发现' },
    ])
  })

  it.each<[string, Partial<HazardDetails>, string, string]>([
    ['检查日期 in the future', { foundOn: '2023-06-21' }, 'hazard.date-in-future', 'foundOn'],
    ['a day that does not exist', { foundOn: '2023-02-30' }, 'hazard.date-invalid', 'foundOn'],
    ['no 检查日期', { foundOn: null }, 'hazard.field-missing', 'foundOn'],
    ['a grade without its reason', { gradeReason: ' ' }, 'hazard.reason-missing', 'gradeReason'],
    ['no grade', { grade: null }, 'hazard.field-missing', 'grade'],
    ['a time limit before 检查日期', { deadline: '2023-06-15' }, 'hazard.date-too-early', 'deadline'],
    ['no description', { description: '' }, 'hazard.text-missing', 'description'],
    ['no source', { source: null }, 'hazard.field-missing', 'source'],
    ['no enterprise', { subject: null }, 'hazard.field-missing', 'subject'],
    ['a department as the finder of 企业自查', { source: 'self-check' }, 'hazard.source-finder', 'finder'],
    ['nobody who answers for it', { responsibleUnitId: null }, 'hazard.field-missing', 'responsibleUnitId'],
    ['nobody who supervises it', { authorityUnitId: null }, 'hazard.field-missing', 'authorityUnitId'],
    ['another campaign than the one looked up', { campaignId: 'c-other' }, 'hazard.campaign-unknown', 'campaignId'],
  ])('is refused with %s', (_, overrides, code, path) => {
    expect(nothing().asks('inspector', register(overrides))).toMatchObject({ ok: false, refusal: { code, path } })
  })

  it('an enterprise cannot register a hazard as found by the department', () => {
    expect(nothing().answer('manager', register())).toBe('hazard.source-not-yours')
    expect(nothing().answer('manager', register(selfFound))).toBe('ok')
  })

  it('nothing is registered in a campaign that is closed', () => {
    const campaign = { id: 'c-2023', startsOn: '2023-05-01', endsOn: '2023-12-31', closed: true }
    expect(nothing().answer('inspector', register(), { campaign })).toBe('hazard.campaign-closed')
  })

  it('a draft may lack everything, puts no facts, and is registered when it is complete', () => {
    const story = nothing().does('inspector', {
      kind: 'save-draft',
      details: { ...blankHazardDetails, description: '排水器' },
    })
    expect(story.counts()).toEqual({})
    expect(story.answer('inspector', { kind: 'register', details: null })).toBe('hazard.field-missing')
    story
      .does('inspector', { kind: 'save-draft', details: buildDetails() })
      .does('inspector', { kind: 'register', details: null })
    expect(story.state).toMatchObject({ status: 'registered', version: 3 })
    expect(story.counts()).toEqual({ 'hazard/found/major/department': 1 })
  })

  it('takes the details and nothing else from what a caller sends', () => {
    const forged = { ...buildDetails(), id: 'h-forged', status: 'closed', signedOffOn: '2023-06-20' }
    const { state } = nothing().does('inspector', { kind: 'register', details: forged })
    expect(state).toMatchObject({ id: 'h-1', status: 'registered', signedOffOn: null })
  })
})

describe('judging', () => {
  const judge = (grade: 'major' | 'key' | 'general', reason = '复核判定') =>
    ({ kind: 'judge', grade, reason, criteriaItem: null }) as const

  it('a grade needs a reason', () => {
    expect(HazardStory.registered().answer('officer', judge('key', ''))).toBe('hazard.reason-missing')
  })

  it('an enterprise may raise the grade of its hazard but not lower it', () => {
    const story = HazardStory.registered({ grade: 'key' })
    expect(story.answer('manager', judge('major'))).toBe('ok')
    expect(story.answer('manager', judge('general'))).toBe('hazard.lowering')
    expect(story.answer('officer', judge('general'))).toBe('ok')
  })

  it('a listed hazard does not become a general one', () => {
    expect(HazardStory.registered().does('officer', listed()).answer('officer', judge('general'))).toBe(
      'hazard.listing-grade',
    )
  })

  it('moves the facts to the new grade on their own dates', () => {
    const story = HazardStory.registered().does('officer', listed('2023-06-18')).does('officer', judge('key'))
    expect(story.counts('2023-06-17')).toEqual({ 'hazard/found/key/department': 1 })
    expect(story.counts('2023-06-18')).toEqual({ 'hazard/found/key/department': 1, 'hazard/listed/key/department': 1 })
  })
})

describe('correcting', () => {
  const correct = (changes: object, reason = '录入错误') => ({ kind: 'correct', changes, reason }) as const

  it('needs a reason and a change', () => {
    expect(HazardStory.registered().answer('officer', correct({ sector: '消防' }, ''))).toBe('hazard.reason-missing')
    expect(HazardStory.registered().answer('officer', correct({ sector: '工贸' }))).toBe('hazard.nothing-corrected')
    expect(
      HazardStory.registered().answer(
        'officer',
        correct({ subject: { name: '某某机械厂', kind: 'enterprise', id: 'u-enterprise' } }),
      ),
    ).toBe('hazard.nothing-corrected')
  })

  it('does not touch what has commands of its own', () => {
    expect(HazardStory.registered().answer('officer', correct({ status: 'closed', grade: 'general' }))).toBe(
      'hazard.nothing-corrected',
    )
  })

  it('检查日期 does not move past what was done', () => {
    expect(HazardStory.awaitingReinspection().answer('officer', correct({ foundOn: '2023-06-20' }))).toBe(
      'hazard.found-too-late',
    )
    const reopened = HazardStory.closed().does(
      'officer',
      { kind: 'reopen', reason: 'recurred', text: '复发', deadline: null },
      { today: '2023-07-10' },
    )
    expect(reopened.answer('officer', correct({ foundOn: '2023-06-21' }), { today: '2023-07-10' })).toBe(
      'hazard.found-too-late',
    )
  })

  it('of a closed hazard is the authority’s alone', () => {
    const closed = HazardStory.closed(selfFound)
    expect(closed.answer('manager', correct({ sector: '消防' }), {}, { actorIsOfFinderUnit: true })).toBe(
      'hazard.inside-enterprise',
    )
    closed.does('officer', correct({ sector: '消防' }))
    expect(closed.last?.facts.map(({ sector }) => sector)).toEqual(['消防', '消防'])
  })
})

describe('the caller', () => {
  it('who gives no civil date as today, or no identity to a new hazard, has a bug', () => {
    expect(() => decideHazard(null, register(), buildContext('inspector', { today: '20230620' }))).toThrow(RangeError)
    const { identity: _, ...context } = buildContext()
    expect(() => decideHazard(null, register(), context)).toThrow('identity')
  })
})
