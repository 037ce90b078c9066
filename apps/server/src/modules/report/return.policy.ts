/** Who may do what with a return: whoever works for the respondent fills and signs it, whoever works for a receiver takes or sends it back. */
import type { Actor } from '../../platform/actor.js'
import type { ReturnRecord } from './return.repo.js'

type Sides = Pick<ReturnRecord, 'unit_id' | 'receiver_ids'>

/** The units that a person works for: an office works for the unit that it stands under. */
export const worksFor = (actor: Actor, unitId: string): boolean =>
  actor.unitId === unitId || actor.reach.parties.includes(unitId)

export function isRespondent(actor: Actor, { unit_id: unitId }: Sides): boolean {
  return actor.permissions.has('return.file') && worksFor(actor, unitId)
}

export function mayFill(actor: Actor, of: Sides): boolean {
  return actor.permissions.has('table.type') && isRespondent(actor, of)
}

/** Files of a narrative report, for the unit that files it. */
export function mayDeliver(actor: Actor, of: Sides): boolean {
  return actor.permissions.has('file.upload') && isRespondent(actor, of)
}

export function isReceiver(actor: Actor, { receiver_ids: receiverIds }: Sides): boolean {
  return actor.permissions.has('return.review') && receiverIds.some((id) => worksFor(actor, id))
}

/** The whole notice, as it is read with its campaign; whoever sees a return is bound by that, or stands above it. */
export function mayReadNotice(actor: Actor): boolean {
  return actor.permissions.has('campaign.read')
}

/**
 * The one sentence that asks for a return is also read by both its sides, whatever else they may read (a token for filing holds nothing
 * of campaigns): nobody files or takes a return without knowing on what grounds.
 */
export function mayReadBasis(actor: Actor, of: Sides): boolean {
  return mayReadNotice(actor) || [of.unit_id, ...of.receiver_ids].some((id) => worksFor(actor, id))
}

export function mayManageSchedules(actor: Actor, campaign: { readonly territory_path: string }): boolean {
  const { path, scope } = actor.reach
  return (
    actor.permissions.has('schedule.manage') &&
    [...(path === null ? [] : [path]), ...scope].some((own) => campaign.territory_path.startsWith(own))
  )
}
