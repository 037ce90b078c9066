import type { ReactElement, ReactNode } from 'react'
import type { ApiFailure } from '../api/failure.js'
import { failureOf } from '../api/failure.js'
import { Empty, type EmptyProps } from './empty.js'
import { Failed } from './failed.js'
import { Loading, type LoadingShape } from './loading.js'
import { Refused } from './refused.js'

/** The little of react-query's result that a page needs, so that a test or a story can make one by hand. */
export interface Answer<T> {
  readonly data: T | undefined
  readonly error: ApiFailure | null
  readonly isFetching?: boolean
  readonly refetch?: () => unknown
}

export interface AnsweredProps<T> {
  readonly answer: Answer<T>
  /** A shape, or bones of one's own. */
  readonly loading?: LoadingShape | ReactElement
  readonly isEmpty?: (data: T) => boolean
  readonly empty?: EmptyProps
  /** Whom to ask when it is refused. */
  readonly ask?: string
  readonly children: (data: T) => ReactNode
}

export type Standing = 'loading' | 'failed' | 'refused' | 'empty' | 'here'

/** What was shown stays while it is asked again, even if the second asking fails: a page must not vanish under a reader. */
export function standingOf<T>(answer: Answer<T>, isEmpty?: (data: T) => boolean): Standing {
  if (answer.data !== undefined) return isEmpty?.(answer.data) ? 'empty' : 'here'
  if (!answer.error) return 'loading'
  return answer.error.status === 403 || answer.error.status === 404 ? 'refused' : 'failed'
}

export function Answered<T>({ answer, loading = 'page', isEmpty, empty, ask, children }: AnsweredProps<T>) {
  const standing = standingOf(answer, empty ? isEmpty : undefined)
  switch (standing) {
    case 'loading':
      return typeof loading === 'string' ? <Loading shape={loading} /> : loading
    case 'failed': {
      const { refetch } = answer
      return <Failed failure={failureOf(answer.error)} {...(refetch ? { onRetry: () => void refetch() } : {})} />
    }
    case 'refused':
      return <Refused failure={failureOf(answer.error)} {...(ask === undefined ? {} : { ask })} />
    case 'empty':
      return empty ? <Empty {...empty} /> : null
    case 'here':
      return children(answer.data as T)
  }
}
