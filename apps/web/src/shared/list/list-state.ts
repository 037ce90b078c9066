import { useMemo } from 'react'
import { useLocation } from 'react-router'
import { patched, useAddressState } from './address-state.js'
import { conditionsQuery, valuesFrom, type Condition, type ConditionValues } from './conditions.js'

export interface Sort {
  readonly key: string
  readonly direction: 'asc' | 'desc'
}

export interface ListStateGiven {
  readonly conditions?: readonly Condition[]
  /** In the address and in the query `deadline` is ascending and `-deadline` descending. */
  readonly sort?: string
  readonly limit?: number
  /** The server knows one direction for each key: a heading is pressed on and off, without a turn. */
  readonly oneWay?: boolean
  /** Always part of the question, never of the address: the enterprise whose page this list is on. */
  readonly fixed?: Readonly<Record<string, unknown>>
  /** Of a list that opens with a view of somebody's choice: the view that asks nothing. Its key stands in the address, which would be bare. */
  readonly whole?: string
}

export interface ListState<Query = unknown> {
  readonly conditions: readonly Condition[]
  readonly values: ConditionValues
  /** What stands in the list's own search box. */
  readonly q: string
  readonly sort: Sort | null
  readonly limit: number
  readonly after: string | null
  /** Which page this is, or null when it was opened by a link into the middle. */
  readonly page: number | null
  readonly open: string | null
  /** What the list's route is asked: conditions, q, sort, after, limit, campaign. */
  readonly query: Query
  /** Without page and cursor: what an export, or an act on everything found, is asked. */
  readonly question: Query
  /** Conditions, q and sort as text: the identity of a saved view. */
  readonly view: string
  /** The view that was pressed. */
  readonly viewKey: string | null
  /** The address asks nothing and opens nothing: somebody has just come. */
  readonly bare: boolean
  readonly ask: (patch: Readonly<Record<string, string | null>>, replace?: boolean) => void
  readonly clear: () => void
  readonly sortBy: (key: string) => void
  readonly showView: (view: { readonly key: string; readonly view: string }, replace?: boolean) => void
  readonly openRow: (id: string | null, replace?: boolean) => void
  readonly nextPage: (cursor: string) => void
  readonly previousPage: () => void
  readonly setLimit: (limit: number) => void
}

export const pageSizes = [20, 50, 100, 200] as const

export function sortOf(text: string | null): Sort | null {
  if (!text) return null
  return text.startsWith('-') ? { key: text.slice(1), direction: 'desc' } : { key: text, direction: 'asc' }
}

/** Ascending, descending, and back to the list's own order. */
export function nextSort(now: Sort | null, key: string, oneWay = false): string | null {
  if (now?.key !== key) return key
  if (oneWay) return null
  return now.direction === 'asc' ? `-${key}` : null
}

/** The cursors of the pages before this one: '' is the first page. Kept with the history entry, for 上一页. */
export function trailFrom(state: unknown, after: string | null): readonly string[] | null {
  if (!after) return []
  if (typeof state !== 'object' || state === null || !('trail' in state) || !Array.isArray(state.trail)) return null
  return state.trail.filter((one): one is string => typeof one === 'string')
}

/**
 * A list's whole state, read from and written to the address; nothing of it lives anywhere else.
 * `useListState<QueryOf<typeof listHazards>>({ conditions })`: that the keys of the conditions are those of the query is the
 * page's word, because an address holds only text; the server refuses what it does not know.
 */
export function useListState<Query = Record<string, unknown>>(given: ListStateGiven = {}): ListState<Query> {
  const [get, change, search] = useAddressState()
  const { state: carried } = useLocation() as { state: unknown }
  const { conditions = [], sort: ownSort = null, limit: ownLimit = 50, oneWay = false, fixed, whole } = given

  return useMemo(() => {
    const values = valuesFrom(conditions, search)
    const q = get('q') ?? ''
    const sort = sortOf(get('sort') ?? ownSort)
    const after = get('after')
    const asked = Number(get('limit'))
    const limit = (pageSizes as readonly number[]).includes(asked) ? asked : ownLimit
    const trail = trailFrom(carried, after)

    const sortText = sort ? `${sort.direction === 'desc' ? '-' : ''}${sort.key}` : undefined
    const question = {
      ...conditionsQuery(conditions, values),
      q: q || undefined,
      sort: sortText,
      campaign: get('campaign') ?? undefined,
      ...fixed,
    }
    // Another question starts at its first page.
    const ask: ListState['ask'] = (patch, replace = false) => {
      const view = whole !== undefined && viewText(conditions, patched(search, patch)) === '' ? whole : undefined
      change({ ...(view !== undefined && !get('view') ? { view } : {}), ...patch, after: null }, { replace })
    }

    return {
      conditions,
      values,
      q,
      sort,
      limit,
      after,
      page: after === null ? 1 : trail?.[0] === '' ? trail.length + 1 : null,
      open: get('open'),
      query: { ...question, after: after ?? undefined, limit } as Query,
      question: question as Query,
      view: viewText(conditions, search),
      viewKey: get('view'),
      bare: viewText(conditions, search) === '' && ['view', 'after', 'open'].every((key) => !get(key)),
      ask,
      clear: () => ask({ ...Object.fromEntries(conditions.map(({ key }) => [key, null])), q: null }),
      sortBy: (key) => ask({ sort: nextSort(sort, key, oneWay) }),
      showView: ({ key: viewKey, view }, replace) => {
        const wanted = new URLSearchParams(view)
        const keys = [...conditions.map(({ key }) => key), 'q', 'sort']
        ask({ ...Object.fromEntries(keys.map((key) => [key, wanted.get(key)])), view: viewKey }, replace)
      },
      openRow: (id, replace = false) => change({ open: id }, { replace, state: carried }),
      nextPage: (cursor) =>
        change({ after: cursor, open: null }, { state: { trail: [...(trail ?? []), after ?? ''] } }),
      previousPage: () => {
        const before = trail?.at(-1) ?? ''
        change({ after: before, open: null }, { state: { trail: trail?.slice(0, -1) ?? [] } })
      },
      setLimit: (size) => ask({ limit: size === ownLimit ? null : String(size) }),
    }
  }, [conditions, search, get, change, carried, ownSort, ownLimit, oneWay, fixed, whole])
}

function viewText(conditions: readonly Condition[], search: URLSearchParams): string {
  const view = new URLSearchParams()
  for (const key of [...conditions.map((condition) => condition.key), 'q', 'sort'].sort()) {
    const value = search.get(key)
    if (value) view.set(key, value)
  }
  return view.toString()
}
