/** Who may do what with a campaign: it is managed by its own unit and those above it, and seen by everybody whom it binds. */
import type { Actor } from '../../platform/actor.js'

function standsUnder(actor: Actor, path: string): boolean {
  return [...(actor.reach.path === null ? [] : [actor.reach.path]), ...actor.reach.scope].some((own) =>
    path.startsWith(own),
  )
}

export function mayReadCampaigns(actor: Actor): boolean {
  return actor.permissions.has('campaign.read')
}

/** For the unit that issues it: one's own, or one below. */
export function mayManage(actor: Actor, unit: { readonly territory_path: string }): boolean {
  return actor.permissions.has('campaign.manage') && standsUnder(actor, unit.territory_path)
}

export function mayClose(actor: Actor, unit: { readonly territory_path: string }): boolean {
  return actor.permissions.has('campaign.close') && standsUnder(actor, unit.territory_path)
}

/** Whoever reads a notice sees by what it is read. */
export function mayReadPhrases(actor: Actor): boolean {
  return actor.permissions.has('campaign.manage') || mayKeepPhrases(actor)
}

/** The permission is held at the district alone (identity/actor-of.ts): there is one phrase table for all who read notices. */
export function mayKeepPhrases(actor: Actor): boolean {
  return actor.permissions.has('phrase.manage')
}

/** A responsible unit reports on its own task; whoever manages the campaign reports for those that have no account. */
export function mayUpdateTask(
  actor: Actor,
  campaign: { readonly territory_path: string },
  task: { readonly responsible_unit_ids: readonly string[] },
): boolean {
  if (!actor.permissions.has('task.update')) return false
  return mayManage(actor, campaign) || task.responsible_unit_ids.some((id) => actor.reach.parties.includes(id))
}
