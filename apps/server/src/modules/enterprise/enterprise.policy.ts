/** Who may do what to which enterprise. Those above it on either axis keep its record; it keeps what concerns itself. */
import type { Enterprise, EnterpriseProfile } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import type { EnterprisePlace } from './enterprise.repo.js'

type Paths = Pick<EnterprisePlace, 'territoryPath' | 'linePath'>

export function mayRead(actor: Actor): boolean {
  return actor.permissions.has('enterprise.read')
}

export function mayRegister(actor: Actor): boolean {
  return actor.permissions.has('enterprise.register') && actor.unitKind !== 'enterprise'
}

export function mayExport(actor: Actor): boolean {
  return actor.permissions.has('enterprise.export')
}

/** Whether the actor's unit stands above a place on either axis. A party (another regulator, the landlord) only sees. */
export function covers(actor: Actor, { territoryPath, linePath }: Paths): boolean {
  const { path, scope, lines } = actor.reach
  return (
    [...(path === null ? [] : [path]), ...scope].some((own) => territoryPath.startsWith(own)) ||
    lines.some((own) => linePath?.startsWith(own) === true)
  )
}

export function mayChange(actor: Actor, id: string, place: Paths): boolean {
  if (!actor.permissions.has('enterprise.change')) return false
  return actor.unitKind === 'enterprise' ? actor.unitId === id : covers(actor, place)
}

/** What an enterprise is, and whose it is, is for those above it to say. */
export function mayPlace(actor: Actor, id: string, place: Paths): boolean {
  return actor.unitKind !== 'enterprise' && mayChange(actor, id, place)
}

export function mayReveal(actor: Actor): boolean {
  return actor.permissions.has('personal-data.reveal')
}

const fieldsForThoseAbove: readonly (keyof EnterpriseProfile)[] = [
  'name',
  'creditCode',
  'alternativeKey',
  'leadSector',
  'flags',
  'territoryUnitId',
  'leadRegulatorId',
  'otherRegulatorIds',
  'status',
]

/** Whether a change touches what an enterprise may not say of itself. */
export function isForThoseAbove(before: Enterprise, changes: Partial<EnterpriseProfile>): boolean {
  return fieldsForThoseAbove.some(
    (field) => changes[field] !== undefined && JSON.stringify(changes[field]) !== JSON.stringify(before[field]),
  )
}

/** The other regulators and the landlord see it on neither axis. */
export function partiesOf(enterprise: Enterprise): string[] {
  const { otherRegulatorIds, landlordId } = enterprise
  return [...new Set([...otherRegulatorIds, ...(landlordId === null ? [] : [landlordId])])]
}
