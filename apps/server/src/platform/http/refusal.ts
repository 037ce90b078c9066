/** The one place that turns refusal codes into HTTP, and the failures of the ground into Chinese. */
import type { Refusal } from '@bihuan/domain'
import type { ErrorAnswer } from '@bihuan/contracts'
import { FileStoreFull } from '../files/store.js'

export interface Place {
  readonly path?: string
  readonly sheet?: string
  readonly row?: number
  readonly column?: string
  readonly message: string
}

/** What a handler may refuse with: a rule's refusal, with the places of a workbook or the present state of the thing. */
export interface HttpRefusal extends Refusal {
  readonly places?: readonly Place[]
  readonly current?: unknown
  /** What was reached for and is not the asker's to know of: recorded as a refused access, never answered. */
  readonly sought?: { readonly objectKind: string; readonly objectId: string }
}

/** A refusal from where no value can be returned (hooks, parsing). Caught in one place, and nowhere else. */
export class RefusedRequest extends Error {
  constructor(readonly refusal: HttpRefusal) {
    super(refusal.code)
  }
}

/** By the code's ending; the rest are 422: the request was understood and a rule of the field says no. */
const statusByEnding: readonly (readonly [ending: string, status: number])[] = [
  ['not-logged-in', 401],
  ['wrong-credentials', 401],
  ['locked', 423],
  ['one-time-code-wanted', 401],
  ['not-found', 404],
  ['not-allowed', 403],
  ['must-change-password', 403],
  ['changed-meanwhile', 409],
  ['conflict', 409],
  ['already-exists', 409],
  ['too-large', 413],
  ['too-many', 429],
  ['invalid', 400],
  ['unavailable', 503],
  ['storage-full', 507],
]

export function statusOf(code: string): number {
  return statusByEnding.find(([ending]) => code.endsWith(`.${ending}`))?.[1] ?? 422
}

export function errorAnswerOf(refusal: HttpRefusal, requestId: string): ErrorAnswer {
  const places =
    refusal.places ?? (refusal.path === undefined ? undefined : [{ path: refusal.path, message: refusal.message }])
  return {
    error: {
      code: refusal.code,
      message: refusal.message,
      ...(places === undefined ? {} : { places: [...places] }),
      ...(refusal.current === undefined ? {} : { current: refusal.current }),
      requestId,
    },
  }
}

/**
 * Never says whether a thing exists that the asker may not see. With `sought`, the id that was asked for, the attempt is
 * recorded (`access.refused`) by `serveRead` and `serveWrite`.
 */
export const notFound = (what: string, sought?: HttpRefusal['sought']): HttpRefusal => ({
  code: 'request.not-found',
  message: `没有找到这个${what}，或者它不在您的管辖范围内。请从列表重新打开。`,
  ...(sought === undefined ? {} : { sought }),
})

export const notAllowed = (what: string): HttpRefusal => ({
  code: 'request.not-allowed',
  message: `您的角色不能${what}。如确需办理，请联系本单位的安全保密管理员调整权限。`,
})

const postgresOutage = new Set(['57P01', '57P02', '57P03', '08000', '08001', '08003', '08006', '53300'])
const nodeOutage = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT'])

/** A thrown error is a bug or an outage; an outage that will pass is said so. */
export function outageOf(cause: unknown): HttpRefusal | null {
  const { code, message, syscall } = cause as { code?: string; message?: string; syscall?: string }
  const away =
    (code !== undefined && postgresOutage.has(code)) ||
    (code !== undefined &&
      nodeOutage.has(code) &&
      (syscall === 'connect' || syscall === 'read' || syscall === 'write')) ||
    /Connection terminated|timeout exceeded when trying to connect|connection error|not queryable/i.test(message ?? '')
  if (away) {
    return {
      code: 'server.unavailable',
      message: '数据库暂时连不上，刚才的操作可能没有保存。请过几秒钟再试一次，重试不会重复登记。',
    }
  }
  if (code === '53100' || code === 'ENOSPC' || cause instanceof FileStoreFull) {
    return {
      code: 'server.storage-full',
      message: '服务器磁盘已满，刚才的操作没有保存。请联系系统管理员清理空间后再试。',
    }
  }
  return null
}
