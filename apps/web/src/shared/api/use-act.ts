import type { AnswerOf, Route } from '@bihuan/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import { call, type CallArgs } from './call.js'
import { worthRepeating, type ApiFailure } from './failure.js'
import { RepeatKey } from './repeat-key.js'
import { askAgain } from './use-route.js'

export interface ActOptions<R extends Route> {
  /** Routes whose answers this act makes old. */
  readonly refreshes?: readonly Route[]
  readonly onDone?: (answer: AnswerOf<R>, args: CallArgs<R>) => void | Promise<void>
  readonly onFailed?: (failure: ApiFailure, args: CallArgs<R>) => void
}

export interface Act<R extends Route> {
  /** Resolves to the answer, or to `null` when it failed (then `failure` says why): no page needs a try. */
  readonly act: (args: CallArgs<R>) => Promise<AnswerOf<R> | null>
  readonly pending: boolean
  readonly failure: ApiFailure | null
  /** 0 to 1 while an upload runs. */
  readonly progress: number | null
  readonly reset: () => void
}

/** A write. While one runs a second press does nothing; a repeat after a broken line carries the same idempotency key. */
export function useAct<R extends Route>(route: R, options: ActOptions<R> = {}): Act<R> {
  const client = useQueryClient()
  const keys = useRef<RepeatKey>(null)
  const running = useRef(false)
  const [progress, setProgress] = useState<number | null>(null)

  const mutation = useMutation<AnswerOf<R>, ApiFailure, CallArgs<R>>({
    meta: { access: route.access },
    mutationFn: async (args) => {
      keys.current ??= new RepeatKey()
      const idempotencyKey = keys.current.for(args)
      return call(route, args, { idempotencyKey, ...(route.takes === 'upload' ? { onProgress: setProgress } : {}) })
    },
    // Only what the server knows how to answer twice is sent twice by itself.
    retry: (count, failure) => route.idempotent && count < 2 && worthRepeating(failure),
    retryDelay: (count) => 600 * 3 ** count,
    onSettled: (_answer, failure) => {
      keys.current?.settled(failure ?? undefined)
      setProgress(null)
    },
    onSuccess: async (answer, args) => {
      await askAgain(client, options.refreshes ?? [])
      await options.onDone?.(answer, args)
    },
    onError: (failure, args) => options.onFailed?.(failure, args),
  })

  const { mutateAsync } = mutation
  const act = useCallback(
    async (args: CallArgs<R>): Promise<AnswerOf<R> | null> => {
      if (running.current) return null
      running.current = true
      try {
        return await mutateAsync(args)
      } catch {
        return null
      } finally {
        running.current = false
      }
    },
    [mutateAsync],
  )
  return { act, pending: mutation.isPending, failure: mutation.error, progress, reset: mutation.reset }
}
