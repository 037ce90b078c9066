import type { HazardCampaign } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'

/** What the hazard rules ask of a campaign; null when it is out of sight. */
export async function campaignForRules(handle: Handle, id: string): Promise<HazardCampaign | null> {
  const [row] = await handle.query<{ id: string; starts_on: string; ends_on: string | null; state: string }>(
    'select id, starts_on, ends_on, state from campaign where tenant_id = $1 and id = $2',
    [handle.tenantId, id],
  )
  return row === undefined ? null : { id: row.id, startsOn: row.starts_on, endsOn: row.ends_on, closed: row.state === 'closed' }
}

export async function campaignName(handle: Handle, id: string): Promise<string> {
  const [row] = await handle.query<{ name: string }>('select name from campaign where tenant_id = $1 and id = $2', [handle.tenantId, id])
  return row?.name ?? ''
}
