/**
 * A page of new enterprises, written together: units, placements, enterprises, audit entries, each with one statement. Whatever is not
 * plainly in order goes the single way behind it, and gets its refusal there.
 */
import { decideRegister, type Enterprise, type EnterpriseContext, type EnterpriseProfile } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import { recordActs } from '../../platform/audit/record.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import type { Answer } from '../../platform/http/serve.js'
import { addUnits, saveManyUnitParties } from '../organization/index.js'
import { insertEnterprises, type PlacedEnterprise } from './enterprise-import.repo.js'
import { auditedChange } from './enterprise.audit.js'
import { refuseUnknownPlace, type PlaceUnits } from './enterprise.place.js'
import { covers, mayRegister, partiesOf } from './enterprise.policy.js'
import { findEnterprisesByCode, unlessCodeIsHeld } from './enterprise.repo.js'
import { holderLookup, registerEnterprise } from './enterprise.service.js'

interface Ready {
  readonly at: number
  readonly profile: EnterpriseProfile
  readonly place: PlaceUnits
}

/** One answer for each profile, in order: the enterprise's id. */
export async function registerMany(
  handle: Handle,
  actor: Actor,
  profiles: readonly EnterpriseProfile[],
  clock: Clock,
): Promise<readonly Answer<string>[]> {
  const ready = mayRegister(actor) ? await inOrder(handle, actor, profiles) : []
  // A code may be held out of sight, which only the unique key knows: then each goes its own way, and one of them is refused.
  const made =
    (await unlessCodeIsHeld(handle, () => writeTogether(handle, actor, ready, clock))) ?? new Map<number, string>()
  const answers: Answer<string>[] = []
  for (const [at, profile] of profiles.entries()) {
    const id = made.get(at)
    if (id !== undefined) {
      answers.push({ ok: true, value: id })
      continue
    }
    const done = await registerEnterprise(handle, actor, { profile, since: null }, clock)
    answers.push(done.ok ? { ok: true, value: done.value.enterprise.id } : done)
  }
  return answers
}

async function inOrder(handle: Handle, actor: Actor, profiles: readonly EnterpriseProfile[]): Promise<Ready[]> {
  const holders = await holdersOfAll(handle, profiles)
  const taken = new Set<string>()
  const places = new Map<string, Answer<PlaceUnits>>()
  const ready: Ready[] = []
  for (const [at, given] of profiles.entries()) {
    const decision = decideRegister('', given, holders)
    if (!decision.ok) continue
    const profile = decision.value
    const codes = codesOf(profile)
    if (codes.some((code) => taken.has(code))) continue
    const place = await placeOf(handle, profile, places)
    if (!place.ok) continue
    const { territory, regulator } = place.value
    if (!covers(actor, { territoryPath: territory.territory_path, linePath: regulator?.line_path ?? null })) continue
    for (const code of codes) taken.add(code)
    ready.push({ at, profile, place: place.value })
  }
  return ready
}

/** The rules normalise a code, so they are asked twice: for the codes that are looked up, and then with who holds them. */
async function holdersOfAll(handle: Handle, profiles: readonly EnterpriseProfile[]): Promise<EnterpriseContext> {
  const codes = profiles.flatMap((profile) => {
    const decision = decideRegister('', profile, { holderOfCode: () => null })
    return decision.ok ? codesOf(decision.value) : []
  })
  return holderLookup(await findEnterprisesByCode(handle, [...new Set(codes)]))
}

function codesOf({ creditCode, alternativeKey }: EnterpriseProfile): string[] {
  return [creditCode, alternativeKey?.number ?? null].filter((code) => code !== null)
}

/** Thousands of enterprises stand in some dozens of places. */
async function placeOf(
  handle: Handle,
  profile: EnterpriseProfile,
  known: Map<string, Answer<PlaceUnits>>,
): Promise<Answer<PlaceUnits>> {
  const { territoryUnitId, leadRegulatorId, otherRegulatorIds, landlordId } = profile
  const key = JSON.stringify([territoryUnitId, leadRegulatorId, otherRegulatorIds, landlordId])
  const place = known.get(key) ?? (await refuseUnknownPlace(handle, profile))
  known.set(key, place)
  return place
}

async function writeTogether(
  handle: Handle,
  actor: Actor,
  ready: readonly Ready[],
  clock: Clock,
): Promise<Map<number, string>> {
  const units = await addUnits(
    handle,
    actor,
    ready.map(({ profile, place: { territory, regulator } }) => ({
      kind: 'enterprise',
      name: profile.name,
      code: null,
      parentId: territory.id,
      lineParentId: regulator?.id ?? null,
      existsFrom: territory.exists_from,
    })),
    clock,
  )
  const made = new Map<number, string>()
  const placed: PlacedEnterprise[] = []
  for (const [index, { at, profile }] of ready.entries()) {
    const unit = units[index]
    if (unit === undefined || !unit.ok) continue
    const { id, territoryPath, linePath } = unit.value
    const enterprise: Enterprise = { ...profile, id }
    placed.push({ enterprise, place: { territoryPath, linePath, parties: partiesOf(enterprise) } })
    made.set(at, id)
  }
  const now = clock.now()
  await insertEnterprises(handle, placed, now)
  await saveManyUnitParties(
    handle,
    placed.flatMap(({ enterprise: { id }, place: { parties } }) => (parties.length === 0 ? [] : [{ id, parties }])),
  )
  const acts = placed.map(({ enterprise }) => ({
    action: 'enterprise.register',
    objectKind: 'enterprise',
    objectId: enterprise.id,
    ...auditedChange(null, enterprise),
  }))
  await recordActs(handle, actor, acts, now)
  return made
}
