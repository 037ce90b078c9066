/** What is remembered of log-ins that belong to no account. In memory: a restart forgives, and several servers each count their own. */
import {
  afterFailure,
  decideAttempt,
  unlocked,
  type Decision,
  type LockoutRule,
  type LockoutState,
} from '@bihuan/domain'

/** Failures that an address may have at once, and how many it gets back a minute. An office of a hundred shares one address. */
const burst = 30
const perMinute = 6
const remembered = 10_000

export class AddressLimit {
  private readonly buckets = new Map<string, { left: number; at: number }>()

  /** Whether another attempt may be made; only failures take from the bucket. */
  mayTry(address: string, now: Date): boolean {
    return this.leftAt(address, now) >= 1
  }

  failed(address: string, now: Date): void {
    const left = this.leftAt(address, now) - 1
    this.buckets.delete(address)
    this.buckets.set(address, { left, at: now.getTime() })
    forgetOldest(this.buckets)
  }

  private leftAt(address: string, now: Date): number {
    const bucket = this.buckets.get(address)
    if (bucket === undefined) return burst
    return Math.min(burst, bucket.left + (Math.max(0, now.getTime() - bucket.at) / 60_000) * perMinute)
  }
}

/** A name that is no account locks as an account would: otherwise the lock itself would tell which names there are. */
export class UnknownNames {
  private readonly states = new Map<string, LockoutState>()

  attempt(key: string, now: Date, rule: LockoutRule): Decision<LockoutState> {
    const state = this.states.get(key) ?? unlocked
    const before = decideAttempt(state, now)
    if (!before.ok) return before
    const next = afterFailure(state, now, rule)
    this.states.delete(key)
    this.states.set(key, next)
    forgetOldest(this.states)
    return decideAttempt(next, now)
  }
}

function forgetOldest(map: Map<string, unknown>): void {
  const [oldest] = map.keys()
  if (map.size > remembered && oldest !== undefined) map.delete(oldest)
}
