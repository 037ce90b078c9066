/** How long a session lives: until nothing was done for a while, and never longer than a working day. */

export interface SessionRule {
  readonly idleMinutes: number
  readonly absoluteHours: number
}

export const defaultSessionRule: SessionRule = { idleMinutes: 30, absoluteHours: 12 }

export interface SessionTimes {
  readonly startedAt: Date
  readonly lastSeenAt: Date
}

export type SessionState =
  | { readonly alive: true; readonly endsAt: Date }
  | { readonly alive: false; readonly reason: 'idle' | 'absolute'; readonly endedAt: Date; readonly message: string }

/** `endsAt` is when the session ends if nothing more is done. The end itself is no longer alive. */
export function sessionState(session: SessionTimes, now: Date, rule: SessionRule = defaultSessionRule): SessionState {
  const idleEnd = session.lastSeenAt.getTime() + rule.idleMinutes * 60_000
  const absoluteEnd = session.startedAt.getTime() + rule.absoluteHours * 3_600_000
  const endsAt = new Date(Math.min(idleEnd, absoluteEnd))
  if (now.getTime() < endsAt.getTime()) return { alive: true, endsAt }
  return idleEnd < absoluteEnd
    ? { alive: false, reason: 'idle', endedAt: endsAt, message: `已超过${rule.idleMinutes}分钟没有操作，请重新登录。` }
    : { alive: false, reason: 'absolute', endedAt: endsAt, message: `登录已满${rule.absoluteHours}小时，请重新登录。` }
}
