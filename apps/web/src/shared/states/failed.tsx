import Button from 'antd/es/button'
import type { ReactNode } from 'react'
import type { ApiFailure } from '../api/failure.js'
import './states.css'

/** It should have worked: says what to try, and gives the number by which the server's log is found. */
export function Failed({ failure, onRetry, act }: { failure: ApiFailure; onRetry?: () => void; act?: ReactNode }) {
  return (
    <div className="state state--failed" role="alert">
      <p className="state-title">没有载入</p>
      <p>{failure.message}</p>
      <div className="state-acts">
        {onRetry && (
          <Button type="primary" onClick={onRetry}>
            重试
          </Button>
        )}
        {act}
      </div>
      {failure.requestId && <p className="state-id">请求编号 {failure.requestId}（找管理员时请一并告知）</p>}
    </div>
  )
}
