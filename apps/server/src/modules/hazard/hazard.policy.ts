/**
 * Who may do what to which hazard. Two locks: the role's permission (here), and the rules of the closed loop itself, which ask how
 * the actor's unit stands to the hazard (`authorities`, answered here from the unit tree; judged in the domain).
 */
import type { Hazard, HazardAuthorities, HazardCommandKind, HazardDetails, HazardSide } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import type { HazardPlace, UnitStanding } from './hazard.repo.js'

const permissionFor: Readonly<Record<HazardCommandKind, string>> = {
  'save-draft': 'hazard.register',
  register: 'hazard.register',
  correct: 'hazard.register',
  judge: 'hazard.judge',
  'plan-rectification': 'hazard.plan',
  'report-progress': 'hazard.progress',
  'request-extension': 'hazard.extend',
  'approve-extension': 'hazard.approve-extension',
  'refuse-extension': 'hazard.approve-extension',
  'report-rectified': 'hazard.progress',
  'reinspect-passed': 'hazard.reinspect',
  'reinspect-failed': 'hazard.reinspect',
  'sign-off': 'hazard.sign-off',
  'send-back': 'hazard.send-back',
  reopen: 'hazard.reopen',
  'list-for-supervision': 'hazard.list',
  transfer: 'hazard.transfer',
  'accept-transfer': 'hazard.receive',
  'decline-transfer': 'hazard.receive',
  'withdraw-transfer': 'hazard.transfer',
  'carry-over': 'campaign.close',
  cancel: 'hazard.cancel',
}

export function mayRead(actor: Actor): boolean {
  return actor.permissions.has('hazard.read')
}

export function mayAct(actor: Actor, command: HazardCommandKind): boolean {
  return actor.permissions.has(permissionFor[command])
}

export function sideOf(actor: Actor): HazardSide {
  if (actor.unitKind === 'enterprise') return 'enterprise'
  return actor.reach.lines.length > 0 && actor.unitKind === 'department' ? 'department' : 'government'
}

/** Whether the actor's unit stands above a unit, or is it, on either axis. Enterprises stand above nobody. */
function covers(actor: Actor, unit: UnitStanding | undefined): boolean {
  if (unit === undefined || actor.unitKind === 'enterprise') return false
  const { path, scope, lines } = actor.reach
  return (
    [...(path === null ? [] : [path]), ...scope].some((own) => unit.territory_path.startsWith(own)) ||
    lines.some((own) => unit.line_path?.startsWith(own) === true)
  )
}

/** Whether a row that stands there would be seen by the actor: row security asks the same, and would answer with an error. */
export function reaches(actor: Actor, place: HazardPlace): boolean {
  const { path, scope, lines, parties } = actor.reach
  return (
    [...(path === null ? [] : [path]), ...scope].some((own) => place.territoryPath.startsWith(own)) ||
    lines.some((own) => place.linePath?.startsWith(own) === true) ||
    place.parties.some((id) => parties.includes(id))
  )
}

export function authoritiesOf(
  actor: Actor,
  hazard: Hazard | HazardDetails,
  units: ReadonlyMap<string, UnitStanding>,
  /** Where the row stands; a new hazard stands nowhere yet. */
  place: HazardPlace | null,
): HazardAuthorities {
  const mine = new Set(actor.reach.parties)
  const isMine = (id: string | null | undefined) => id !== null && id !== undefined && mine.has(id)
  const isMineOrBelow = (id: string | null | undefined) =>
    id !== null && id !== undefined && (mine.has(id) || covers(actor, units.get(id)))
  const full = 'status' in hazard ? hazard : null
  // A draft stands with its writer's unit, whoever it names as the finder: a clerk's draft of what a firm found is the clerk's.
  const isOwnDraft =
    full?.status === 'draft' && place !== null && [actor.reach.path, ...actor.reach.scope].includes(place.territoryPath)
  return {
    // 代填: who stands over a small firm writes down what it does; that person then counts as one who rectified.
    actorIsOfResponsibleUnit: isMineOrBelow(hazard.responsibleUnitId),
    actorIsOfAuthority: isMineOrBelow(hazard.authorityUnitId),
    actorIsOfListingAuthority: isMineOrBelow(full?.listing?.authorityUnitId ?? hazard.authorityUnitId),
    actorIsOfFinderUnit: isMine(hazard.finder?.unitId) || isOwnDraft,
    actorIsOfReceivingUnit: full?.transfer?.state === 'pending' && isMine(full.transfer.toUnitId),
    actorInsideEnterprise: actor.unitKind === 'enterprise',
  }
}

/** Units concerned with the hazard, who see it though it stands on neither of their axes. A draft concerns nobody but its writer. */
export function partiesOf(hazard: Hazard): string[] {
  if (hazard.status === 'draft') return []
  const { transfer } = hazard
  const ids = [
    hazard.subject?.kind === 'enterprise' ? hazard.subject.id : null,
    hazard.finder?.unitId,
    hazard.responsibleUnitId,
    hazard.authorityUnitId,
    hazard.listing?.authorityUnitId,
    // The sender keeps sight of what was handed over; the receiver sees it from the moment it is offered, unless it is taken back.
    transfer?.fromUnitId,
    transfer?.state === 'withdrawn' ? null : transfer?.toUnitId,
  ]
  return [...new Set(ids.filter((id) => id !== null && id !== undefined))]
}

/** Supervising is for government and its departments: an enterprise would be judge in its own cause. */
export function maySupervise(unit: UnitStanding | undefined): boolean {
  return unit?.kind !== 'enterprise'
}
