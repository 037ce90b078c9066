import { describe, expect, it } from 'vitest'
import { creditCodeOf } from './credit-code.js'
import { diffEnterprise } from './difference.js'
import { noFlags, type Enterprise, type EnterpriseProfile } from './enterprise.js'
import { decideChange, decideRegister, examineProfile } from './registration.js'

const code = creditCodeOf('91', '360902', 7)
const buildProfile = (more: Partial<EnterpriseProfile> = {}): EnterpriseProfile => ({
  name: '青山区云岭机械有限公司',
  creditCode: code,
  alternativeKey: null,
  leadSector: '工贸',
  otherSectors: [],
  size: 'small-micro',
  employees: 26,
  flags: noFlags,
  principal: { name: '周某', phone: '13800001234' },
  safetyManager: null,
  address: '云岭镇工业大道8号',
  position: null,
  territoryUnitId: 'town',
  leadRegulatorId: 'bureau',
  otherRegulatorIds: [],
  landlordId: null,
  status: 'operating',
  ...more,
})
const nobody = { holderOfCode: () => null }
const codeOf = (answer: { ok: true } | { ok: false; refusal: { code: string; path?: string } }) =>
  answer.ok ? 'ok' : `${answer.refusal.code} ${answer.refusal.path ?? ''}`.trim()

describe('registering an enterprise', () => {
  it.each<[string, Partial<EnterpriseProfile>]>([
    ['ok', {}],
    ['enterprise.name-length name', { name: '厂' }],
    ['enterprise.credit-code-length creditCode', { creditCode: '123' }],
    ['enterprise.code-required creditCode', { creditCode: null }],
    ['ok', { creditCode: null, alternativeKey: { kind: 'project-permit', number: '360902202306010101' } }],
    ['enterprise.sector-required leadSector', { leadSector: ' ' }],
    ['enterprise.employees employees', { employees: -1 }],
    ['enterprise.phone principal.phone', { principal: { name: '周某', phone: '1380000' } }],
    ['enterprise.contact-name safetyManager.name', { safetyManager: { name: '', phone: '13800001234' } }],
    ['enterprise.contact-name principal.name', { principal: { name: '周某13800001234', phone: null } }],
    ['enterprise.address address', { address: '' }],
    ['enterprise.position position', { position: { longitude: 28.6, latitude: 115.9 } }],
    ['enterprise.territory-required territoryUnitId', { territoryUnitId: '' }],
    ['enterprise.lead-regulator-required leadRegulatorId', { leadRegulatorId: null, otherRegulatorIds: ['x'] }],
    ['enterprise.own-landlord landlordId', { landlordId: 'e1' }],
    ['enterprise.registered-gone status', { status: 'closed' }],
  ])('%s', (expected, more) => {
    expect(codeOf(decideRegister('e1', buildProfile(more), nobody))).toBe(expected)
  })

  it('brings what was written into one form', () => {
    const written = buildProfile({
      name: ' 青山区云岭机械（集团）有限公司 ',
      creditCode: code.toLowerCase(),
      otherSectors: ['燃气', '工贸安全', '燃气安全', ''],
      otherRegulatorIds: ['bureau', 'fire', 'fire'],
      principal: { name: '周 某', phone: '138 0000 1234' },
    })
    const answer = decideRegister('e1', written, nobody)
    expect(answer).toMatchObject({
      ok: true,
      value: {
        name: '青山区云岭机械(集团)有限公司',
        creditCode: code,
        otherSectors: ['燃气'],
        otherRegulatorIds: ['fire'],
        principal: { name: '周某', phone: '13800001234' },
      },
    })
  })

  it('refuses a code that another one has, by name, and tells an import everything at once', () => {
    const taken = { holderOfCode: (each: string) => (each === code ? { id: 'e9', name: '云岭机械厂' } : null) }
    const answer = decideRegister('e1', buildProfile(), taken)
    expect(codeOf(answer)).toBe('enterprise.code-taken creditCode')
    expect(answer.ok ? '' : answer.refusal.message).toContain('云岭机械厂')
    expect(decideRegister('e9', buildProfile(), taken).ok).toBe(true)
    expect(examineProfile(buildProfile({ name: '', address: '', employees: 0.5 }), null, taken).refusals).toHaveLength(
      4,
    )
  })
})

describe('changing an enterprise', () => {
  const existing: Enterprise = { ...buildProfile(), id: 'e1' }
  const change = (patch: Partial<EnterpriseProfile>, reason: string | null = null, from = existing) =>
    codeOf(decideChange(from, { patch, reason }, nobody))

  it('needs a reason where it changes identity or existence', () => {
    expect(change({ employees: 31 })).toBe('ok')
    expect(change({})).toBe('enterprise.nothing-changed')
    expect(change({ name: '青山区云岭机械有限公司 ' })).toBe('enterprise.nothing-changed')
    const other = creditCodeOf('91', '360902', 8)
    expect(change({ creditCode: other })).toBe('enterprise.reason-required reason')
    expect(change({ creditCode: other }, '改制')).toBe('ok')
    expect(change({ status: 'closed' })).toBe('enterprise.reason-required reason')
    expect(change({ status: 'closed' }, '注销')).toBe('ok')
  })

  it('leaves one that is gone as it was, until it is back', () => {
    const gone: Enterprise = { ...existing, status: 'closed' }
    expect(change({ employees: 31 }, null, gone)).toBe('enterprise.gone status')
    expect(change({ status: 'suspended' }, '复工', gone)).toBe('enterprise.status-transition status')
    expect(change({ status: 'operating', employees: 31 }, '复工', gone)).toBe('ok')
  })

  it('is told field by field', () => {
    const next = { ...existing, employees: null, flags: { ...noFlags, highRisk: true }, otherSectors: ['燃气', '消防'] }
    expect(diffEnterprise(existing, next)).toEqual([
      { field: 'otherSectors', label: '其他行业领域', from: null, to: '消防、燃气' },
      { field: 'employees', label: '从业人数', from: '26', to: null },
      { field: 'flags.highRisk', label: '高危', from: '否', to: '是' },
    ])
    expect(diffEnterprise(existing, {})).toEqual([])
  })
})
