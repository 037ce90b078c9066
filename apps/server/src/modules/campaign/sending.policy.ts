/** Who sends a campaign out, who confirms it, and who sees who has. */
import type { Actor } from '../../platform/actor.js'
import { mayManage, mayReadCampaigns } from './campaign.policy.js'

/** Whoever manages the campaign sends it, and reminds those that have not confirmed. */
export const maySendOut = mayManage

/** For the units that one works for: an office confirms for the town that it stands under. */
export function mayConfirm(actor: Actor, unitId: string): boolean {
  return actor.permissions.has('campaign.confirm') && actor.reach.parties.includes(unitId)
}

/** The rows are those of one's own reach: a town sees who of its own has confirmed. An enterprise has nobody below it. */
export function mayReadReceivers(actor: Actor): boolean {
  return mayReadCampaigns(actor) && actor.unitKind !== 'enterprise'
}
