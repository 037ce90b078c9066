/** Rules for passwords. The defaults are those of 等保三级 in practice (GB/T 22239-2019, 8.1.4.1 a). */
import { decided, refused, type Decision } from '../shared/decision.js'

export interface PasswordPolicy {
  readonly minLength: number
  /** Of the four classes: upper case, lower case, figures, other characters. */
  readonly minClasses: number
  /** How many former passwords may not be used again. */
  readonly historyLength: number
  /** Days after which a password must be changed; null for never. */
  readonly maxAgeDays: number | null
}

export const defaultPasswordPolicy: PasswordPolicy = {
  minLength: 10,
  minClasses: 3,
  historyLength: 5,
  maxAgeDays: 90,
}

/** Longer ones only cost the server time to hash. */
const MAX_LENGTH = 128

/** What a password comes down to without its case, its look-alikes and the figures and signs at its end. */
const WEAK_STEMS = new Set([
  ...[
    'password',
    'passwd',
    'admin',
    'administrator',
    'root',
    'qwerty',
    'qwertyuiop',
    'qwer',
    'asdfgh',
    'asdf',
    'zxcvbn',
  ],
  ...['welcome', 'letmein', 'iloveyou', 'abc', 'abcd', 'abcdef', 'aa', 'test', 'guest', 'user', 'woaini', 'changeme'],
  ...['anquan', 'yingji', 'anjian', 'anweiban', 'bihuan', 'zhongguo', 'china', 'mima'],
])

const WEAK_WALKS = [
  '1qaz2wsx',
  '1q2w3e4r',
  'qazwsx',
  'zaq12wsx',
  '!qaz@wsx',
  '1qaz@wsx',
  'q1w2e3r4',
  'abc123',
  'qwe123',
]

export interface PasswordContext {
  readonly loginName: string
  /** Whether it is one of the last `historyLength`. Asked last, since the answer costs hashes. */
  readonly usedBefore: (candidate: string) => boolean
}

export function decidePassword(
  candidate: string,
  context: PasswordContext,
  policy: PasswordPolicy = defaultPasswordPolicy,
): Decision<string> {
  const length = [...candidate].length
  if (length < policy.minLength) {
    return refused('identity.password-short', `口令至少${policy.minLength}位，现在是${length}位；请加长。`, 'password')
  }
  if (length > MAX_LENGTH) {
    return refused('identity.password-long', `口令最多${MAX_LENGTH}位；请缩短。`, 'password')
  }
  if (/^\s|\s$|[\p{Cc}]/u.test(candidate)) {
    return refused(
      'identity.password-blank-ends',
      '口令首尾不能有空格，也不能有换行等控制字符；请重新输入。',
      'password',
    )
  }
  const classes = [/\p{Lu}/u, /\p{Ll}/u, /\p{Nd}/u, /[^\p{Lu}\p{Ll}\p{Nd}]/u].filter((each) =>
    each.test(candidate),
  ).length
  if (classes < policy.minClasses) {
    return refused(
      'identity.password-classes',
      `口令须包含大写字母、小写字母、数字、符号中的至少${policy.minClasses}类，现在有${classes}类；请补充。`,
      'password',
    )
  }
  if (containsLoginName(candidate, context.loginName)) {
    return refused('identity.password-login-name', '口令不能包含登录名（正写或倒写）；请更换。', 'password')
  }
  if (isCommon(candidate)) {
    return refused('identity.password-common', '这是常见的弱口令，容易被猜到；请换一个不常见的组合。', 'password')
  }
  if (policy.historyLength > 0 && context.usedBefore(candidate)) {
    return refused(
      'identity.password-used',
      `不能使用最近${policy.historyLength}次用过的口令；请换一个新的。`,
      'password',
    )
  }
  return decided(candidate)
}

/** Days that a password may still be used: 0 and less when it must be changed now; null when it does not age. */
export function passwordDaysLeft(
  changedAt: Date,
  now: Date,
  policy: PasswordPolicy = defaultPasswordPolicy,
): number | null {
  if (policy.maxAgeDays === null) return null
  const age = (now.getTime() - changedAt.getTime()) / 86_400_000
  return Math.ceil(policy.maxAgeDays - age)
}

function containsLoginName(candidate: string, loginName: string): boolean {
  const name = loginName.toLowerCase()
  if (name.length < 3) return false
  const text = candidate.toLowerCase()
  return text.includes(name) || text.includes([...name].reverse().join(''))
}

function isCommon(candidate: string): boolean {
  const text = candidate.toLowerCase()
  if (new Set(text).size < 5) return true
  if (WEAK_WALKS.some((walk) => text.includes(walk) && text.length - walk.length <= 4)) return true
  // Admin@2023! and P@ssw0rd123 are "admin" and "password" with what everybody adds before and behind.
  const stem = /^[^a-z\u0080-\uffff]*(.*?)[^a-z\u0080-\uffff]*$/.exec(text)?.[1] ?? ''
  return WEAK_STEMS.has(stem.replace(/@/g, 'a').replace(/\$/g, 's').replace(/0/g, 'o').replace(/1/g, 'l'))
}
