import type { EnterprisePage, EnterpriseView, HazardBrief } from '@bihuan/contracts'
import type { EnterpriseStatus } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import { findUnits } from '../organization/index.js'
import { maskedContact } from './enterprise.audit.js'
import { mayChange, mayPlace, mayReveal } from './enterprise.policy.js'
import { findEnterprise, listTenantsOf, type StoredEnterprise } from './enterprise.repo.js'

/** Told by the hazard module; put in by `modules.ts`, since the two would otherwise import each other. */
export type HazardBriefOf = (handle: Handle, actor: Actor, enterpriseId: string) => Promise<HazardBrief | null>

const tenantsShown = 50

export async function presentEnterprise(
  handle: Handle,
  actor: Actor,
  stored: StoredEnterprise,
  around: { readonly clock: Clock; readonly hazardBriefOf: HazardBriefOf },
): Promise<EnterprisePage> {
  const { enterprise } = stored
  const tenants = await listTenantsOf(handle, enterprise.id, tenantsShown + 1)
  const change = mayChange(actor, enterprise.id, stored)
  return {
    enterprise: await viewOf(handle, stored),
    tenants: {
      items: tenants
        .slice(0, tenantsShown)
        .map(({ id, name, sector, status }) => ({ id, name, leadSector: sector, status: status as EnterpriseStatus })),
      more: tenants.length > tenantsShown,
    },
    hazards: await around.hazardBriefOf(handle, actor, enterprise.id),
    abilities: {
      change,
      place: mayPlace(actor, enterprise.id, stored),
      reveal: mayReveal(actor),
      registerHazard: actor.permissions.has('hazard.register'),
    },
  }
}

async function viewOf(handle: Handle, { enterprise, version, changedAt }: StoredEnterprise): Promise<EnterpriseView> {
  const { territoryUnitId, leadRegulatorId, otherRegulatorIds, landlordId } = enterprise
  const units = await findUnits(handle, [
    territoryUnitId,
    ...otherRegulatorIds,
    ...(leadRegulatorId === null ? [] : [leadRegulatorId]),
  ])
  const names = new Map(units.map((unit) => [unit.id, unit.name]))
  const named = (id: string) => ({ id, name: names.get(id) ?? null })
  const landlord = landlordId === null ? null : await findEnterprise(handle, landlordId)
  return {
    id: enterprise.id,
    version,
    name: enterprise.name,
    creditCode: enterprise.creditCode,
    alternativeKey: enterprise.alternativeKey,
    leadSector: enterprise.leadSector,
    otherSectors: [...enterprise.otherSectors],
    size: enterprise.size,
    employees: enterprise.employees,
    flags: { ...enterprise.flags },
    principal: maskedContact(enterprise.principal),
    safetyManager: maskedContact(enterprise.safetyManager),
    address: enterprise.address,
    position: enterprise.position,
    status: enterprise.status,
    territory: named(territoryUnitId),
    leadRegulator: leadRegulatorId === null ? null : named(leadRegulatorId),
    otherRegulators: otherRegulatorIds.map(named),
    landlord: landlordId === null ? null : { id: landlordId, name: landlord?.enterprise.name ?? null },
    changedAt: changedAt.toISOString(),
  }
}
