import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { ApiFailure } from '../api/failure.js'
import './states.css'

export interface RefusedProps {
  readonly failure: ApiFailure
  /** Whom to ask, when the page knows better than 「本单位的系统管理员」. */
  readonly ask?: string
  readonly act?: ReactNode
}

/** The rule says no, in its own sentence, and who can change it. Trying again does not help, so nothing offers it. */
export function Refused({ failure, ask, act }: RefusedProps) {
  const missing = failure.status === 404
  return (
    <div className="state state--refused" role="alert">
      <p className="state-title">{missing ? '没有找到' : '不能查看'}</p>
      <p>{failure.message}</p>
      <p className="quiet">
        {ask ??
          (missing
            ? '它可能已移送、已并入，或不在您的管辖范围。可请发来链接的人核对。'
            : '需要权限时，请联系本单位的系统管理员。')}
      </p>
      <div className="state-acts">{act ?? <Link to="/">回到工作台</Link>}</div>
      {failure.requestId && (
        <p className="state-id" title={failure.code}>
          请求编号 {failure.requestId}（找管理员时请一并告知）
        </p>
      )}
    </div>
  )
}
