import { Link } from 'react-router'

/** `phase:0`, `duty:3`, `report:2` are places in the plan's lists; `task:<id>` is a task of the campaign. */
export type BasisPlace = `${'phase' | 'duty' | 'report' | 'task'}:${string}`

export function basisAddress(campaignId: string, place: string): string {
  return `/campaigns/${campaignId}/notice?at=${place}`
}

/** To the sentence of the notice on which a thing of the campaign rests. */
export function BasisLink({ campaignId, place, of }: { campaignId: string; place: string; of: string }) {
  return (
    <Link to={basisAddress(campaignId, place)} title="看通知里的这一句" aria-label={`${of}的依据`}>
      依据
    </Link>
  )
}
