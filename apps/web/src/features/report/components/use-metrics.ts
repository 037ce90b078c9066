import { listTables } from '@bihuan/contracts'
import { useRoute } from '../../../shared/api/use-route.js'

/** What each metric is called. */
export function useMetrics(): readonly { readonly id: string; readonly label: string }[] {
  return useRoute(listTables, { query: {} }, { staleMs: 600_000 }).data?.metrics ?? []
}
