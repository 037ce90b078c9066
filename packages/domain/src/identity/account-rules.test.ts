import { describe, expect, it } from 'vitest'
import { afterFailure, afterSuccess, attemptsLeft, decideAttempt, unlocked, type LockoutState } from './lockout.js'
import { maskIdCard, maskPersonalData, maskPersonName, maskPhone } from './mask.js'
import { decidePassword, passwordDaysLeft } from './password.js'
import { permissionsOf } from './roles.js'
import { sessionState } from './session-rule.js'
import { decideToken, tokenPermissions } from './token.js'

const at = (time: string) => new Date(`2023-06-01T${time}Z`)
const codeOf = (answer: { ok: true } | { ok: false; refusal: { code: string } }) =>
  answer.ok ? 'ok' : answer.refusal.code

describe('passwords', () => {
  const context = { loginName: 'zhangsan', usedBefore: (text: string) => text === 'Mountain-Tea-77' }
  it.each([
    ['Short1!', 'identity.password-short'],
    ['alllowercase1', 'identity.password-classes'],
    ['Zhangsan-2023x', 'identity.password-login-name'],
    ['9-nasgnahZ-xx', 'identity.password-login-name'],
    ['Admin@123456', 'identity.password-common'],
    ['P@ssw0rd2023!', 'identity.password-common'],
    ['1qaz@WSX3edc', 'identity.password-common'],
    ['Aa11111111!!', 'identity.password-common'],
    ['Aa123456789!', 'identity.password-common'],
    ['Mountain-Tea-77', 'identity.password-used'],
    [' Mountain-Tea-78', 'identity.password-blank-ends'],
    [`A1${'b'.repeat(200)}`, 'identity.password-long'],
    ['Mountain-Tea-78', 'ok'],
    ['青山绿水Aa1码头边', 'ok'],
    ['A3!a9#82$1%0', 'ok'],
  ])('%s: %s', (password, code) => {
    expect(codeOf(decidePassword(password, context))).toBe(code)
  })

  it('age', () => {
    expect(passwordDaysLeft(new Date('2023-03-03T00:00:00Z'), at('00:00:00'))).toBe(0)
    expect(passwordDaysLeft(new Date('2023-05-31T12:00:00Z'), at('00:00:00'))).toBe(90)
  })
})

describe('lockout', () => {
  const fail = (times: number, state: LockoutState = unlocked) =>
    Array.from({ length: times }).reduce<LockoutState>((each) => afterFailure(each, at('08:00:00')), state)

  it('locks at the fifth failure for twenty minutes, and says how long', () => {
    expect(decideAttempt(fail(4), at('08:00:00')).ok).toBe(true)
    expect(attemptsLeft(fail(4), at('08:00:00'))).toBe(1)
    const answer = decideAttempt(fail(5), at('08:05:30'))
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'identity.locked' } })
    expect(answer.ok ? '' : answer.refusal.message).toContain('15分钟')
    expect(decideAttempt(fail(5), at('08:20:00')).ok).toBe(true)
  })

  it('a failure while locked does not prolong it, and after it counting begins anew', () => {
    expect(afterFailure(fail(5), at('08:10:00'))).toEqual(fail(5))
    expect(afterFailure(fail(5), at('08:20:00'))).toEqual({ failures: 1, lockedUntil: null })
    expect(afterSuccess()).toEqual(unlocked)
  })
})

describe('sessions', () => {
  it('end after half an hour without an act, and after twelve hours whatever is done', () => {
    const session = { startedAt: at('00:00:00'), lastSeenAt: at('08:00:00') }
    expect(sessionState(session, at('08:29:59'))).toEqual({ alive: true, endsAt: at('08:30:00') })
    expect(sessionState(session, at('08:30:00'))).toMatchObject({ alive: false, reason: 'idle' })
    const busy = { startedAt: at('00:00:00'), lastSeenAt: at('11:59:00') }
    expect(sessionState(busy, at('11:59:59'))).toEqual({ alive: true, endsAt: at('12:00:00') })
    expect(sessionState(busy, at('12:00:00'))).toMatchObject({ alive: false, reason: 'absolute' })
  })
})

describe('masks', () => {
  it('show no more than is usual', () => {
    expect(['13800001234', '+86 138 0000 1234', '0791-88661234', '12350', ''].map(maskPhone)).toEqual([
      '138****1234',
      '138****1234',
      '0791-****1234',
      '****',
      '****',
    ])
    expect(maskIdCard('360102199001011234')).toBe('360102********1234')
    expect(['张三', '欧阳小明', ''].map(maskPersonName)).toEqual(['张*', '欧*', ''])
    expect(maskPersonalData('联系13800001234或zhang@qq.com，证号360102199001011234')).toBe(
      '联系138****1234或z****@qq.com，证号360102********1234',
    )
  })
})

describe('tokens', () => {
  const context = { permissions: permissionsOf(['leader']), otherNames: ['报表'], now: at('00:00:00') }
  const token = { name: '大屏', scopes: ['hazard.read'], expiresAt: new Date('2024-05-31T00:00:00Z') }
  it.each([
    ['ok', {}],
    ['identity.token-name', { name: ' ' }],
    ['identity.token-name-taken', { name: '报表' }],
    ['identity.token-scopes', { scopes: [] }],
    ['identity.token-scope-unknown', { scopes: ['hazard.everything'] }],
    ['identity.token-scope-not-own', { scopes: ['hazard.register'] }],
    ['identity.token-makes-tokens', { scopes: ['token.own'] }],
    ['identity.token-expired', { expiresAt: at('00:00:00') }],
    ['identity.token-too-long', { expiresAt: new Date('2024-05-31T00:00:01Z') }],
  ])('%s', (code, more) => {
    expect(codeOf(decideToken({ ...token, ...more }, context))).toBe(code)
  })

  it('do nothing that their person may not do any more, and nothing after their time', () => {
    const terms = { name: '大屏', scopes: ['hazard.read', 'table.read'] as const, expiresAt: at('12:00:00') }
    expect([...tokenPermissions(terms, permissionsOf(['leader']), at('11:00:00'))]).toEqual([
      'hazard.read',
      'table.read',
    ])
    expect(tokenPermissions(terms, permissionsOf(['audit-admin']), at('11:00:00')).size).toBe(0)
    expect(tokenPermissions(terms, permissionsOf(['leader']), at('12:00:00')).size).toBe(0)
  })
})
