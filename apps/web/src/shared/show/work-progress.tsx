import { useQuery } from '@tanstack/react-query'
import Button from 'antd/es/button'
import type { ReactNode } from 'react'
import { failureOf } from '../api/failure.js'
import { Failed } from '../states/failed.js'
import { amountText } from './figures.js'
import './show.css'

export interface WorkState {
  readonly stage: 'waiting' | 'running' | 'done' | 'failed'
  readonly done: number
  /** Null while it is not known how much there is. */
  readonly total: number | null
  /** 「正在核对企业」 */
  readonly step?: string
  /** When it failed: what is wrong and what to do. */
  readonly problem?: string
}

export interface WorkProgressProps {
  readonly work: string
  readonly look: (signal: AbortSignal) => Promise<WorkState>
  readonly title: string
  readonly unit?: string
  readonly onDone?: ReactNode
  readonly onLeave?: () => void
}

/** How far long work is. It runs on the server: this may be left, and looked at again. */
export function WorkProgress({ work, look, title, unit = '条', onDone, onLeave }: WorkProgressProps) {
  const answer = useQuery({
    queryKey: ['work', work],
    queryFn: ({ signal }) => look(signal),
    refetchInterval: (query) => (['done', 'failed'].includes(query.state.data?.stage ?? '') ? false : 1_000),
    staleTime: 0,
  })
  if (answer.error && !answer.data)
    return <Failed failure={failureOf(answer.error)} onRetry={() => void answer.refetch()} />
  const state = answer.data ?? { stage: 'waiting' as const, done: 0, total: null }
  if (state.stage === 'done') return <div role="status">{onDone ?? `${title}：已完成`}</div>
  if (state.stage === 'failed')
    return (
      <div className="problem" role="alert">
        {title}没有完成。{state.problem}
      </div>
    )
  return (
    <div className="work" role="status">
      <p>
        <strong>{title}</strong>
        <span className="quiet"> {state.stage === 'waiting' ? '排队等待' : (state.step ?? '进行中')}</span>
      </p>
      <progress
        aria-label={title}
        {...(state.total === null ? {} : { value: state.done, max: Math.max(1, state.total) })}
      />
      <p className="quiet">
        {amountText(state.done)}
        {state.total !== null && ` / ${amountText(state.total)}`} {unit}
        {answer.error && '　暂时连不上服务器，正在重试'}
      </p>
      <p className="quiet">可以离开本页，结果会在工作台等您。</p>
      {onLeave && <Button onClick={onLeave}>先做别的</Button>}
    </div>
  )
}
