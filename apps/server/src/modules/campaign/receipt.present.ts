/** What was sent to the units that the asker works for, and what they confirmed of it. */
import type { CampaignReceipt } from '@bihuan/contracts'
import type { Actor } from '../../platform/actor.js'
import type { Handle } from '../../platform/db/scope.js'
import { noPlan, plansOf } from './own-plan.present.js'
import * as repo from './sending.repo.js'

export async function ownReceipts(
  handle: Handle,
  actor: Actor,
  campaignId: string,
  today: string,
): Promise<CampaignReceipt[]> {
  const rows = await repo.receiptsOf(handle, campaignId, actor.reach.parties, today)
  const plans = await plansOf(
    handle,
    campaignId,
    rows.map((row) => row.unit_id),
  )
  return rows.map((row) => ({
    unitId: row.unit_id,
    unitName: row.unit_name ?? '',
    sentAt: row.sent_at.toISOString(),
    state: row.state,
    confirmedBy: row.confirmed_by,
    confirmedAt: row.confirmed_at?.toISOString() ?? null,
    plan: plans.get(row.unit_id) ?? noPlan,
  }))
}
