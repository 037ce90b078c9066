/** Personal access tokens: a program acts as a person, with part of what the person may do, for a time. */
import { decided, refused, type Decision } from '../shared/decision.js'
import { isPermission, permissionLabel, type Permission } from './roles.js'

export const MAX_TOKEN_DAYS = 365

export interface NewToken {
  readonly name: string
  readonly scopes: readonly string[]
  readonly expiresAt: Date
}

export interface TokenTerms {
  readonly name: string
  readonly scopes: readonly Permission[]
  readonly expiresAt: Date
}

export interface TokenContext {
  /** What the person may do. */
  readonly permissions: ReadonlySet<Permission>
  /** Names of the person's living tokens. */
  readonly otherNames: readonly string[]
  readonly now: Date
}

export function decideToken(token: NewToken, context: TokenContext): Decision<TokenTerms> {
  const name = token.name.normalize('NFKC').trim()
  if (name === '' || [...name].length > 40) {
    return refused('identity.token-name', '请给令牌起一个1至40字的名称，写明给哪个程序用。', 'name')
  }
  if (context.otherNames.includes(name)) {
    return refused('identity.token-name-taken', `您已有名为“${name}”的令牌；请换一个名称，或先作废原令牌。`, 'name')
  }
  if (token.scopes.length === 0) {
    return refused('identity.token-scopes', '请至少选择一项权限；令牌只能做选中的事。', 'scopes')
  }
  const scopes: Permission[] = []
  for (const scope of new Set(token.scopes)) {
    if (!isPermission(scope))
      return refused('identity.token-scope-unknown', `没有“${scope}”这项权限；请重新选择。`, 'scopes')
    if (!context.permissions.has(scope)) {
      return refused(
        'identity.token-scope-not-own',
        `您没有“${permissionLabel(scope)}”的权限，令牌也不能有；请去掉这一项。`,
        'scopes',
      )
    }
    if (scope === 'token.own') {
      return refused('identity.token-makes-tokens', '令牌不能用来管理令牌；请去掉“管理本人的访问令牌”。', 'scopes')
    }
    scopes.push(scope)
  }
  const lives = token.expiresAt.getTime() - context.now.getTime()
  if (Number.isNaN(lives) || lives <= 0) {
    return refused('identity.token-expired', '令牌的到期时间已过；请选择今天以后的日期。', 'expiresAt')
  }
  if (lives > MAX_TOKEN_DAYS * 86_400_000) {
    return refused('identity.token-too-long', `令牌有效期最长${MAX_TOKEN_DAYS}天；请选择更早的到期日。`, 'expiresAt')
  }
  return decided({ name, scopes, expiresAt: token.expiresAt })
}

/** What a token may do now: what it was given, and its person still may. A person who loses a role takes it from the token. */
export function tokenPermissions(
  token: TokenTerms,
  permissions: ReadonlySet<Permission>,
  now: Date,
): ReadonlySet<Permission> {
  if (now.getTime() >= token.expiresAt.getTime()) return new Set()
  return new Set(token.scopes.filter((scope) => permissions.has(scope)))
}
