import type { HazardPage } from '@bihuan/contracts'
import { hazardAbilities, whoseTurn, type Hazard, type HazardCommandKind } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import type { Clock } from '../../platform/clock.js'
import { openRecords } from '../../platform/db/opened.js'
import type { Handle } from '../../platform/db/scope.js'
import { campaignName } from '../campaign/index.js'
import { fileViewOf, findFiles } from '../document/index.js'
import { factsOfRecord } from '../report/index.js'
import { contextFor } from './hazard.context.js'
import { hazardMentions } from './hazard.mentions.js'
import { mayAct } from './hazard.policy.js'
import { listEvents, unitStandings, type EventRow, type StoredHazard } from './hazard.repo.js'

export async function presentHazard(
  handle: Handle,
  actor: Actor,
  stored: StoredHazard,
  clock: Clock,
): Promise<HazardPage> {
  const { hazard } = stored
  const events = await listEvents(handle, hazard.id)
  const fileIds = filesOf(hazard, events)
  await openRecords(handle, [hazard.id, ...fileIds])
  const units = await unitStandings(handle, [
    ...hazardMentions(hazard).unitIds,
    ...events.flatMap((event) => (event.unit_id === null ? [] : [event.unit_id])),
  ])
  const unitNames = Object.fromEntries([...units.values()].map((unit) => [unit.id, unit.name]))
  const context = await contextFor(handle, actor, stored, units, clock)
  const allowed = Object.entries(hazardAbilities(hazard, context)) as [HazardCommandKind, boolean][]
  const turn = whoseTurn(hazard)
  const facts = await factsOfRecord(handle, hazard.id)
  return {
    hazard: viewOf(hazard),
    unitNames,
    campaignName: hazard.campaignId === null ? '' : await campaignName(handle, hazard.campaignId),
    events: events.map((event) => eventView(event, unitNames)),
    files: (await findFiles(handle, fileIds)).map(fileViewOf),
    turn: turn === null ? null : { ...turn, unitName: turn.unitId === null ? null : (unitNames[turn.unitId] ?? null) },
    facts: facts.map((fact) => ({
      id: fact.id,
      measure: fact.measure,
      amount: fact.amount,
      occurredOn: fact.occurred_on,
      position: fact.position,
      reverses: fact.reverses,
    })),
    abilities: Object.fromEntries(allowed.map(([command, may]) => [command, may && mayAct(actor, command)])),
  }
}

/** All that it ever mentioned, those of a re-inspection that was followed by another one included. */
export function filesOf(hazard: Hazard, events: readonly EventRow[]): string[] {
  return [...new Set([...hazardMentions(hazard).fileIds, ...events.flatMap(({ payload }) => payload.fileIds ?? [])])]
}

function eventView(event: EventRow, unitNames: Readonly<Record<string, string>>): HazardPage['events'][number] {
  return {
    ordinal: event.ordinal,
    type: event.type,
    sentence: event.payload.sentence,
    on: event.occurred_on,
    recordedAt: event.recorded_at.toISOString(),
    personName: event.person_name,
    unitName: event.unit_id === null ? null : (unitNames[event.unit_id] ?? null),
    from: event.payload.from as Hazard['status'] | null,
    to: event.payload.to as Hazard['status'],
    fileIds: [...(event.payload.fileIds ?? [])],
    position: event.position,
  }
}

/** The aggregate is the view; only the lists are copied, since a contract's lists are not read-only. */
function viewOf(hazard: Hazard): HazardPage['hazard'] {
  return structuredClone(hazard) as unknown as HazardPage['hazard']
}
