import type { AnswerOf, Route } from '@bihuan/contracts'
import {
  keepPreviousData,
  useQuery,
  useQueryClient,
  type QueryClient,
  type UseQueryResult,
} from '@tanstack/react-query'
import { useCallback } from 'react'
import { call, type CallArgs } from './call.js'
import type { ApiFailure } from './failure.js'

export interface AskOptions {
  /** False: not asked yet, because something it depends on is not known. */
  readonly when?: boolean
  /** Lists keep the page that is shown while the next one comes. */
  readonly keep?: boolean
  /** Milliseconds between two looks, for work that runs on the server. */
  readonly every?: number | false
  readonly staleMs?: number
}

export type Asked<T> = UseQueryResult<T, ApiFailure>

export function routeKey<R extends Route>(route: R, args?: CallArgs<R>): readonly unknown[] {
  return args ? [route.name, args.params ?? null, args.query ?? null] : [route.name]
}

/** Reads a route: `const hazards = useRoute(listHazards, { query: list.query }, { keep: true })`. */
export function useRoute<R extends Route>(route: R, args: CallArgs<R>, options: AskOptions = {}): Asked<AnswerOf<R>> {
  return useQuery<AnswerOf<R>, ApiFailure>({
    queryKey: routeKey(route, args),
    queryFn: ({ signal }) => call(route, args, { signal }),
    enabled: options.when ?? true,
    ...(options.keep ? { placeholderData: keepPreviousData } : {}),
    ...(options.every === undefined ? {} : { refetchInterval: options.every }),
    ...(options.staleMs === undefined ? {} : { staleTime: options.staleMs }),
  })
}

/** What these routes had answered is old, and so is what they are just being asked: the library lets a first question run on. */
export async function askAgain(client: QueryClient, routes: readonly Route[]): Promise<void> {
  await Promise.all(
    routes.map(async (route) => {
      const asked = { queryKey: routeKey(route) }
      await client.cancelQueries(asked)
      await client.invalidateQueries(asked)
    }),
  )
}

/** After a write that goes round `useAct`: what these routes had answered is asked again. */
export function useRefresh(): (...routes: readonly Route[]) => Promise<void> {
  const client = useQueryClient()
  return useCallback((...routes) => askAgain(client, routes), [client])
}
