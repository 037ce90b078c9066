import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'

export type Patch = Readonly<Record<string, string | null | undefined>>

/** Blank and null take a key away, so that two addresses of the same state are the same text. */
export function patched(search: URLSearchParams, patch: Patch): URLSearchParams {
  const next = new URLSearchParams(search)
  for (const [key, value] of Object.entries(patch)) {
    if (value === null || value === undefined || value === '') next.delete(key)
    else next.set(key, value)
  }
  return next
}

export interface ChangeOptions {
  /** True for what nobody would go back to: letters typed into a search box, the row under the arrow keys. */
  readonly replace?: boolean
  /** Travels with the history entry, unseen in the address. */
  readonly state?: unknown
}

/** The address as state. `const [get, change] = useAddressState(); get('tab'); change({ tab: 'done' })`. */
export function useAddressState(): [
  get: (key: string) => string | null,
  change: (patch: Patch, options?: ChangeOptions) => void,
  search: URLSearchParams,
] {
  const [search, setSearch] = useSearchParams()
  const get = useCallback((key: string) => search.get(key), [search])
  const change = useCallback(
    (patch: Patch, options: ChangeOptions = {}) => {
      // React-router does not queue these: what belongs together goes into one patch.
      setSearch((now) => patched(now, patch), {
        replace: options.replace ?? false,
        state: options.state,
        preventScrollReset: true,
      })
    },
    [setSearch],
  )
  return useMemo(() => [get, change, search], [get, change, search])
}
