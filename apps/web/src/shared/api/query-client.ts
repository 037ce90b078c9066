import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiFailure, worthRepeating } from './failure.js'

/** `onLoggedOut` hears of every 401 of a call that needed a session, whoever made it. */
export function makeQueryClient(onLoggedOut: () => void): QueryClient {
  const watch = (failure: unknown): void => {
    if (failure instanceof ApiFailure && failure.status === 401) onLoggedOut()
  }
  return new QueryClient({
    queryCache: new QueryCache({ onError: watch }),
    mutationCache: new MutationCache({
      // Log-in itself answers 401 to a wrong password; its form says so.
      onError: (failure, _variables, _context, mutation) => {
        if (mutation.meta?.['access'] !== 'public') watch(failure)
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (count, failure) => count < 2 && worthRepeating(failure),
        retryDelay: (count) => 500 * 3 ** count,
        // The browser's word on being offline is often wrong behind an office proxy: ask, and say what came.
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  })
}
