import { describe, expect, it } from 'vitest'
import { checkRespondents, respondentsOf, type ReportingUnit, type RespondentRule } from './respondents.js'

const unit = (id: string, kind: ReportingUnit['kind'], ...ancestorIds: string[]): ReportingUnit => ({
  id,
  kind,
  ancestorIds,
})
const units = [
  unit('district', 'district'),
  unit('bureau', 'department', 'district'),
  unit('street', 'street', 'district'),
  unit('community', 'community', 'street', 'district'),
  unit('hamlet', 'village', 'district'),
  unit('firm', 'enterprise', 'community', 'street', 'district'),
]
const rule = (changes: Partial<RespondentRule>): RespondentRule => ({
  kinds: [],
  unitIds: [],
  groups: null,
  ...changes,
})
const of = (rules: readonly RespondentRule[], receivers: readonly string[] = []) =>
  respondentsOf(rules, receivers, units, 'district').map(({ unitId, receiverIds }) => [unitId, ...receiverIds])

describe('respondents', () => {
  it('file to the nearest superior that files the same table, and at last to the campaign’s own unit', () => {
    expect(of([rule({ kinds: ['street', 'community', 'village'] })])).toEqual([
      ['street', 'district'],
      ['community', 'street'],
      ['hamlet', 'district'],
    ])
  })

  it('are of kinds and by name, and fill what the first rule that names them says', () => {
    const rules = [
      rule({ kinds: ['department'], groups: ['执法情况'] }),
      rule({ kinds: ['street', 'department'], unitIds: ['firm'] }),
    ]
    expect(respondentsOf(rules, [], units, 'district')).toEqual([
      { unitId: 'bureau', groups: ['执法情况'], receiverIds: ['district'] },
      { unitId: 'street', groups: null, receiverIds: ['district'] },
      { unitId: 'firm', groups: null, receiverIds: ['street'] },
    ])
  })

  it('file to two receivers at once, and never to themselves', () => {
    expect(of([rule({ kinds: ['street', 'district'] })], ['bureau', 'district'])).toEqual([
      ['district', 'bureau'],
      ['street', 'bureau', 'district'],
    ])
  })

  it.each([
    ['schedule.no-respondent', [rule({})]],
    ['schedule.group-unknown', [rule({ kinds: ['street'], groups: ['没有的组'] })]],
    ['schedule.group-missing', [rule({ kinds: ['street'], groups: [] })]],
    ['schedule.kind-unknown', [rule({ kinds: ['castle' as 'street'] })]],
  ])('that cannot be are refused: %s', (code, rules) => {
    const answer = checkRespondents(rules, ['总体情况'])
    expect(answer.ok ? 'ok' : answer.refusal.code).toBe(code)
  })
})
