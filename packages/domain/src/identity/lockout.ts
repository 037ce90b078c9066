/** Locking an account after repeated failures (GB/T 22239-2019, 8.1.4.1 b). A state machine over what the caller keeps. */
import { decided, refused, type Decision } from '../shared/decision.js'

export interface LockoutRule {
  readonly maxFailures: number
  readonly lockMinutes: number
}

export const defaultLockoutRule: LockoutRule = { maxFailures: 5, lockMinutes: 20 }

export interface LockoutState {
  /** Failures in a row since the last success or lock. */
  readonly failures: number
  readonly lockedUntil: Date | null
}

export const unlocked: LockoutState = { failures: 0, lockedUntil: null }

export function isLocked(state: LockoutState, now: Date): boolean {
  return state.lockedUntil !== null && now.getTime() < state.lockedUntil.getTime()
}

/** Asked before the password is looked at: a locked account does not say whether it was right. */
export function decideAttempt(state: LockoutState, now: Date): Decision<LockoutState> {
  if (state.lockedUntil === null || !isLocked(state, now)) return decided(state)
  const minutes = Math.ceil((state.lockedUntil.getTime() - now.getTime()) / 60_000)
  return refused('identity.locked', `登录失败次数过多，账户已锁定；请${minutes}分钟后再试，或请系统管理员重置口令。`)
}

export function afterFailure(state: LockoutState, now: Date, rule: LockoutRule = defaultLockoutRule): LockoutState {
  if (isLocked(state, now)) return state
  // A lock that has run out has been paid for: counting begins anew.
  const failures = (state.lockedUntil === null ? state.failures : 0) + 1
  if (failures < rule.maxFailures) return { failures, lockedUntil: null }
  return { failures, lockedUntil: new Date(now.getTime() + rule.lockMinutes * 60_000) }
}

export function afterSuccess(): LockoutState {
  return unlocked
}

export function attemptsLeft(state: LockoutState, now: Date, rule: LockoutRule = defaultLockoutRule): number {
  if (isLocked(state, now)) return 0
  return rule.maxFailures - (state.lockedUntil === null ? state.failures : 0)
}
