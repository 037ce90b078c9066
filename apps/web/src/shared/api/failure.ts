import type { ErrorAnswer } from '@bihuan/contracts'

export type Place = NonNullable<ErrorAnswer['error']['places']>[number]

/** Codes that the web itself gives, when no answer of the server came or it could not be read. */
export const unreachable = 'web.unreachable'
export const unreadable = 'web.unreadable'

/** Every refusal and failure, in the one shape of the contracts. `status` is 0 when nothing came back. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure'
  readonly code: string
  readonly status: number
  readonly places: readonly Place[]
  readonly current: unknown
  readonly requestId: string | null

  constructor(given: {
    code: string
    message: string
    status: number
    places?: readonly Place[] | undefined
    current?: unknown
    requestId?: string | null
  }) {
    super(given.message)
    this.code = given.code
    this.status = given.status
    this.places = given.places ?? []
    this.current = given.current
    this.requestId = given.requestId ?? null
  }
}

/** Whatever was thrown, as one shape, so that a page need not ask what it caught. */
export function failureOf(thrown: unknown): ApiFailure {
  if (thrown instanceof ApiFailure) return thrown
  return new ApiFailure({
    code: unreadable,
    message: '页面出了差错。请刷新后再试；若仍然如此，请把出现的时间和正在做的事告诉系统管理员。',
    status: 0,
  })
}

export function failureFromAnswer(status: number, body: unknown, requestId: string | null): ApiFailure {
  if (isErrorAnswer(body)) {
    const { code, message, places, current, requestId: named } = body.error
    return new ApiFailure({ code, message, status, places, current, requestId: named })
  }
  const message =
    status >= 500 ? '服务器暂时没有办成。请稍后重试；已填的内容还在。' : '请求没有被接受。请刷新页面后再试。'
  return new ApiFailure({ code: unreadable, message, status, requestId })
}

export function failureFromNetwork(): ApiFailure {
  const message = '连不上服务器。请检查网络后重试；已填的内容还在，没有丢失。'
  return new ApiFailure({ code: unreachable, message, status: 0 })
}

/** Worth sending again unchanged: nothing came back, or the server said it was busy. A refusal never is. */
export function worthRepeating(thrown: unknown): boolean {
  if (!(thrown instanceof ApiFailure)) return false
  return thrown.code === unreachable || [429, 502, 503, 504].includes(thrown.status)
}

function isErrorAnswer(body: unknown): body is ErrorAnswer {
  if (typeof body !== 'object' || body === null || !('error' in body)) return false
  const { error } = body
  return typeof error === 'object' && error !== null && 'code' in error && 'message' in error
}
