import type { ReactNode } from 'react'
import './states.css'

export interface EmptyProps {
  /** What will stand here: 「这里将列出本行动登记的隐患」. */
  readonly what: string
  /** How it comes: 「检查中发现的、企业自查上报的、导入台账的都会进来」. */
  readonly how?: string
  /** The act that brings the first one. */
  readonly act?: ReactNode
}

export function Empty({ what, how, act }: EmptyProps) {
  return (
    <div className="state">
      <p className="state-title">{what}</p>
      {how && <p className="quiet">{how}</p>}
      {act && <div className="state-acts">{act}</div>}
    </div>
  )
}
