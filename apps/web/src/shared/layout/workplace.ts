import { useCallback } from 'react'
import { useSearchParams } from 'react-router'

/** The campaign I work in stands in the address, so that a link sent to a colleague opens the same one. */
export function useCampaignId(): [string | null, (id: string | null) => void] {
  const [search, setSearch] = useSearchParams()
  const choose = useCallback(
    (id: string | null) => {
      setSearch(() => {
        const next = new URLSearchParams()
        // Filters, cursor and open record were another campaign's: they go.
        if (id) next.set('campaign', id)
        return next
      })
    },
    [setSearch],
  )
  return [search.get('campaign'), choose]
}

/** An address of ours that stays in the campaign of the present one. */
export function inCampaign(to: string, campaignId: string | null): string {
  if (!campaignId || /[?&]campaign=/.test(to)) return to
  return `${to}${to.includes('?') ? '&' : '?'}campaign=${encodeURIComponent(campaignId)}`
}

/** `const to = useKeepCampaign(); <Link to={to('/hazards')}>` */
export function useKeepCampaign(): (to: string) => string {
  const [search] = useSearchParams()
  const campaignId = search.get('campaign')
  return useCallback((to: string) => inCampaign(to, campaignId), [campaignId])
}
