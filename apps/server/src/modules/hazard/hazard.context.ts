/** What the rules are told about a hazard's surroundings when somebody acts on it, or asks what they might do. */
import type { HazardContext } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import { campaignForRules } from '../campaign/index.js'
import { authoritiesOf, sideOf } from './hazard.policy.js'
import { listPutFacts, type StoredHazard, type UnitStanding } from './hazard.repo.js'

export async function contextFor(
  handle: Handle,
  actor: Actor,
  stored: StoredHazard,
  units: ReadonlyMap<string, UnitStanding>,
  clock: Clock,
): Promise<HazardContext> {
  const { hazard } = stored
  const campaign = hazard.campaignId === null ? null : await campaignForRules(handle, hazard.campaignId)
  return {
    today: clock.today(),
    actor: { personId: actor.accountId, name: actor.personName, unitId: actor.unitId, side: sideOf(actor) },
    authorities: authoritiesOf(actor, hazard, units, stored),
    // The campaign of another line may be out of sight; its hazard then lives on under the campaign's own dates.
    campaign: campaign ?? {
      id: hazard.campaignId ?? '',
      startsOn: hazard.foundOn ?? clock.today(),
      endsOn: null,
      closed: false,
    },
    putFacts: await listPutFacts(handle, hazard.id),
  }
}
