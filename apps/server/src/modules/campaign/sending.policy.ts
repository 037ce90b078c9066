/** Who sends a campaign out, who confirms it, and who sees who has. */
import type { UnitKind } from '@bihuan/domain'
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

/** Whoever confirms for a unit makes its plan: both say what the unit will do. */
export function mayMakePlans(actor: Actor): boolean {
  return actor.permissions.has('campaign.confirm') && actor.permissions.has('file.upload')
}

export function mayKeepPlan(actor: Actor, unitId: string): boolean {
  return mayMakePlans(actor) && mayConfirm(actor, unitId)
}

const offices: readonly UnitKind[] = ['office', 'safety-committee-office', 'area-committee']

/** A campaign under this one is of a town or a department; an office makes that of the unit it works for, and an enterprise makes none. */
export function mayStandUnder(
  actor: Actor,
  campaign: { readonly unit_id: string; readonly bound_path: string },
  unit: { readonly id: string; readonly kind: UnitKind; readonly territory_path: string },
): boolean {
  const isOwn = actor.reach.parties.includes(unit.id) && mayManage(actor, unit)
  const isBound = unit.territory_path.startsWith(campaign.bound_path)
  return isOwn && isBound && unit.id !== campaign.unit_id && unit.kind !== 'enterprise' && !offices.includes(unit.kind)
}
