/** What a hazard and an act upon it speak of by id: units, people, files. What an act newly mentions must be within its actor's reach. */
import type { Hazard, HazardCommand, HazardDetails, HazardPerson } from '@bihuan/domain'

export interface Mentions {
  readonly unitIds: readonly string[]
  readonly people: readonly HazardPerson[]
  readonly fileIds: readonly string[]
}

type Id = string | null | undefined

function present(ids: readonly Id[]): string[] {
  return [...new Set(ids.filter((id) => id !== null && id !== undefined))]
}

function peopleIn(people: readonly (HazardPerson | null | undefined)[]): HazardPerson[] {
  return people.filter((person) => person !== null && person !== undefined)
}

function detailMentions(details: Partial<HazardDetails>): Mentions {
  const { finder, named } = details
  return {
    unitIds: present([
      details.subject?.id,
      details.territoryUnitId,
      finder?.unitId,
      details.responsibleUnitId,
      details.authorityUnitId,
    ]),
    people: peopleIn([finder, named?.finding, named?.rectifying, named?.controlling]),
    fileIds: details.evidenceFileIds ?? [],
  }
}

export function hazardMentions(hazard: Hazard): Mentions {
  const details = detailMentions(hazard)
  const { rectification } = hazard
  return {
    unitIds: present([
      ...details.unitIds,
      hazard.listing?.authorityUnitId,
      hazard.transfer?.fromUnitId,
      hazard.transfer?.toUnitId,
      hazard.reinspection?.unitId,
    ]),
    people: peopleIn([
      ...details.people,
      rectification?.mode === 'planned' ? rectification.responsible : null,
      hazard.rectifiedBy,
      hazard.rectifiedReportedBy,
    ]),
    fileIds: [
      ...details.fileIds,
      ...hazard.progress.flatMap((entry) => entry.evidenceFileIds),
      ...(hazard.reinspection?.evidenceFileIds ?? []),
    ],
  }
}

const nothing: Mentions = { unitIds: [], people: [], fileIds: [] }

export function actMentions(act: HazardCommand): Mentions {
  switch (act.kind) {
    case 'save-draft':
    case 'register':
      return act.details === null ? nothing : detailMentions(act.details)
    case 'correct':
      return detailMentions(act.changes)
    case 'plan-rectification': {
      const { rectification, named } = act
      return {
        ...nothing,
        people: peopleIn([
          rectification.mode === 'planned' ? rectification.responsible : null,
          named?.finding,
          named?.rectifying,
          named?.controlling,
        ]),
      }
    }
    case 'report-rectified':
      return { ...nothing, people: peopleIn([act.rectifiedBy]), fileIds: act.evidenceFileIds }
    case 'report-progress':
    case 'reinspect-passed':
    case 'reinspect-failed':
      return { ...nothing, fileIds: act.evidenceFileIds }
    case 'list-for-supervision':
      return { ...nothing, unitIds: present([act.authorityUnitId]) }
    case 'transfer':
      return { ...nothing, unitIds: [act.toUnitId] }
    default:
      return nothing
  }
}

/** What the act mentions and the hazard did not. */
export function newMentions(act: HazardCommand, before: Hazard | null): Mentions {
  const asked = actMentions(act)
  const known = before === null ? nothing : hazardMentions(before)
  const knownPeople = new Set(known.people.map(({ personId }) => personId))
  return {
    unitIds: asked.unitIds.filter((id) => !known.unitIds.includes(id)),
    people: asked.people.filter(({ personId }) => personId !== null && !knownPeople.has(personId)),
    fileIds: asked.fileIds.filter((id) => !known.fileIds.includes(id)),
  }
}
