import { decidePassword, defaultPasswordPolicy } from '@bihuan/domain'

/** What a password needs, as it is shown while one types. The server judges, by its own settings; this saves a round trip. */
export interface PasswordRule {
  readonly text: string
  readonly kept: boolean
}

export interface PasswordAbout {
  readonly loginName: string
  readonly current: string
  readonly again: string
}

export function passwordRules(next: string, { loginName, current, again }: PasswordAbout): PasswordRule[] {
  const { minLength, minClasses } = defaultPasswordPolicy
  const typed = next !== ''
  // The domain's rule says the first thing that is wrong; asked with the rules before it switched off, it says each by itself.
  const breaks = (code: string, policy = { ...defaultPasswordPolicy, minLength: 0, minClasses: 0 }) => {
    const decision = decidePassword(next, { loginName, usedBefore: () => false }, policy)
    return !decision.ok && decision.refusal.code === code
  }
  return [
    { text: `至少${minLength}位`, kept: [...next].length >= minLength },
    {
      text: `大写字母、小写字母、数字、符号中至少${minClasses}类`,
      kept: typed && !breaks('identity.password-classes', { ...defaultPasswordPolicy, minLength: 0 }),
    },
    { text: '不含登录名（正写或倒写）', kept: typed && !breaks('identity.password-login-name') },
    { text: '不是常见的弱口令', kept: typed && !breaks('identity.password-common') },
    { text: '与现在的口令不同', kept: typed && next !== current },
    { text: '两次输入一致', kept: typed && next === again },
  ]
}
