/** Enterprises: registered, changed, moved, revealed. Load, authorize, decide, save, present. */
import { v7 as uuidv7 } from 'uuid'
import type { EnterprisePage } from '@bihuan/contracts'
import {
  decideChange,
  decideRegister,
  type Enterprise,
  type EnterpriseContext,
  type EnterpriseProfile,
} from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import { recordAct } from '../../platform/audit/record.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import { notAllowed, notFound, type HttpRefusal } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { addUnit, findUnit, saveUnitParties } from '../organization/index.js'
import { auditedChange } from './enterprise.audit.js'
import { refuseUnknownPlace, standWhere } from './enterprise.place.js'
import { patchOf, type EnterpriseChanges } from './enterprise.input.js'
import {
  covers,
  isForThoseAbove,
  mayChange,
  mayPlace,
  mayRead,
  mayRegister,
  mayReveal,
  partiesOf,
} from './enterprise.policy.js'
import { presentEnterprise, type HazardBriefOf } from './enterprise.present.js'
import * as repo from './enterprise.repo.js'

export interface EnterpriseSurroundings {
  readonly clock: Clock
  readonly hazardBriefOf: HazardBriefOf
}

const sought = (id: string) => ({ objectKind: 'enterprise', objectId: id })

export async function showEnterprise(
  handle: Handle,
  actor: Actor,
  id: string,
  around: EnterpriseSurroundings,
): Promise<Answer<EnterprisePage>> {
  const stored = mayRead(actor) ? await repo.findEnterprise(handle, id) : null
  if (stored === null) return { ok: false, refusal: notFound('企业', sought(id)) }
  return { ok: true, value: await presentEnterprise(handle, actor, stored, around) }
}

export async function registerAndShow(
  handle: Handle,
  actor: Actor,
  command: RegisterEnterprise,
  around: EnterpriseSurroundings,
): Promise<Answer<EnterprisePage>> {
  const done = await registerEnterprise(handle, actor, command, around.clock)
  return done.ok ? { ok: true, value: await presentEnterprise(handle, actor, done.value, around) } : done
}

export async function changeAndShow(
  handle: Handle,
  actor: Actor,
  command: ChangeEnterprise,
  around: EnterpriseSurroundings,
): Promise<Answer<EnterprisePage>> {
  const done = await changeEnterprise(handle, actor, command, around.clock)
  return done.ok ? { ok: true, value: await presentEnterprise(handle, actor, done.value, around) } : done
}

export interface RegisterEnterprise {
  readonly profile: EnterpriseProfile
  /** Null: as long as its territory unit stands. */
  readonly since: string | null
}

/** Makes the unit and the enterprise on it, with one id. Returns what stands then; for imports and example data too. */
export async function registerEnterprise(
  handle: Handle,
  actor: Actor,
  command: RegisterEnterprise,
  clock: Clock,
): Promise<Answer<repo.StoredEnterprise>> {
  if (!mayRegister(actor)) return { ok: false, refusal: notAllowed('登记企业') }
  const decision = decideRegister(uuidv7(), command.profile, await holdersOf(handle, command.profile))
  if (!decision.ok) return decision
  const profile = decision.value

  const place = await refuseUnknownPlace(handle, profile)
  if (!place.ok) return place
  const { territory, regulator } = place.value
  const beyond = beyondReach(actor, { territoryPath: territory.territory_path, linePath: regulator?.line_path ?? null })
  if (beyond !== null) return { ok: false, refusal: beyond }

  const made = await repo.unlessCodeIsHeld(handle, async (): Promise<Answer<repo.StoredEnterprise>> => {
    const unit = await addUnit(
      handle,
      actor,
      {
        kind: 'enterprise',
        name: profile.name,
        code: null,
        parentId: territory.id,
        lineParentId: regulator?.id ?? null,
        existsFrom: command.since ?? territory.exists_from,
      },
      clock,
    )
    if (!unit.ok) return { ok: false, refusal: { ...unit.refusal, path: 'since' } }
    const standing = await findUnit(handle, unit.value.id)
    if (standing === null) throw new Error('a unit that was just added is out of sight')
    const enterprise: Enterprise = { ...profile, id: standing.id }
    const stands = {
      territoryPath: standing.territory_path,
      linePath: standing.line_path,
      parties: partiesOf(enterprise),
    }
    const now = clock.now()
    await repo.insertEnterprise(handle, stands, enterprise, now)
    if (stands.parties.length > 0) await saveUnitParties(handle, standing.id, stands.parties)
    await recordAct(
      handle,
      actor,
      {
        action: 'enterprise.register',
        objectKind: 'enterprise',
        objectId: standing.id,
        ...auditedChange(null, enterprise),
      },
      now,
    )
    return { ok: true, value: { ...stands, enterprise, version: 1, changedAt: now } }
  })
  return made ?? codeHeldOutOfSight(profile)
}

export interface ChangeEnterprise {
  readonly id: string
  /** The version that the person was looking at. */
  readonly version: number
  readonly changes: EnterpriseChanges
  readonly reason: string | null
  /** From when another territory or lead regulator holds; null: from today. */
  readonly from: string | null
}

export async function changeEnterprise(
  handle: Handle,
  actor: Actor,
  command: ChangeEnterprise,
  clock: Clock,
): Promise<Answer<repo.StoredEnterprise>> {
  const before = mayRead(actor) ? await repo.loadEnterprise(handle, command.id) : null
  if (before === null) return { ok: false, refusal: notFound('企业', sought(command.id)) }
  if (!mayChange(actor, command.id, before)) return { ok: false, refusal: notAllowed('修改这家企业的信息') }
  const patch = patchOf(command.changes, before.enterprise)
  if (isForThoseAbove(before.enterprise, patch) && !mayPlace(actor, command.id, before)) {
    return {
      ok: false,
      refusal: notAllowed('修改企业名称、代码、行业、标记、属地、监管部门和经营状态，这些由属地或主管部门维护'),
    }
  }
  if (before.version !== command.version) return changedMeanwhile(before)

  const decision = decideChange(
    before.enterprise,
    { patch, reason: command.reason },
    await holdersOf(handle, { ...before.enterprise, ...patch }),
  )
  if (!decision.ok) return decision
  const next = decision.value
  const place = await refuseUnknownPlace(handle, next, before.enterprise)
  if (!place.ok) return place
  const { territory, regulator } = place.value
  const parties = partiesOf(next)
  if (
    next.territoryUnitId !== before.enterprise.territoryUnitId ||
    next.leadRegulatorId !== before.enterprise.leadRegulatorId
  ) {
    // Handed to where the actor sees nothing of it, it could not be taken back: that is for somebody above both.
    const beyond = beyondReach(actor, {
      territoryPath: territory.territory_path,
      linePath: regulator?.line_path ?? null,
    })
    if (beyond !== null) return { ok: false, refusal: beyond }
  }

  const saved = await repo.unlessCodeIsHeld(handle, async (): Promise<Answer<repo.StoredEnterprise>> => {
    const stands = await standWhere(handle, actor, before.enterprise, next, command.from, clock)
    if (!stands.ok) return stands
    const now = clock.now()
    const placed = { ...stands.value, parties }
    await repo.saveEnterprise(handle, placed, next, now)
    if (JSON.stringify(parties) !== JSON.stringify(before.parties)) await saveUnitParties(handle, next.id, parties)
    await recordAct(
      handle,
      actor,
      {
        action: 'enterprise.change',
        objectKind: 'enterprise',
        objectId: next.id,
        ...auditedChange(before.enterprise, next),
        ...(command.reason === null ? {} : { detail: { reason: command.reason } }),
      },
      now,
    )
    return { ok: true, value: { ...placed, enterprise: next, version: before.version + 1, changedAt: now } }
  })
  return saved ?? codeHeldOutOfSight(next)
}

/** The whole telephone number of one person; that it was looked at is an act on record. */
export async function revealPhone(
  handle: Handle,
  actor: Actor,
  id: string,
  of: 'principal' | 'safetyManager',
  clock: Clock,
): Promise<Answer<{ phone: string | null }>> {
  const stored = mayRead(actor) ? await repo.findEnterprise(handle, id) : null
  if (stored === null) return { ok: false, refusal: notFound('企业', sought(id)) }
  if (!mayReveal(actor)) return { ok: false, refusal: notAllowed('查看完整电话') }
  await recordAct(
    handle,
    actor,
    { action: 'personal-data.reveal', objectKind: 'enterprise', objectId: id, detail: { field: `${of}.phone` } },
    clock.now(),
  )
  return { ok: true, value: { phone: stored.enterprise[of]?.phone ?? null } }
}

async function holdersOf(handle: Handle, profile: EnterpriseProfile): Promise<EnterpriseContext> {
  const codes = [profile.creditCode, profile.alternativeKey?.number ?? null].filter((code) => code !== null)
  const spelled = codes.map((code) =>
    code
      .normalize('NFKC')
      .replace(/[\s\-–—_.·]/g, '')
      .toUpperCase(),
  )
  return holderLookup(await repo.findEnterprisesByCode(handle, [...new Set([...codes, ...spelled])]))
}

export function holderLookup(found: readonly repo.StoredEnterprise[]): EnterpriseContext {
  const holders = new Map<string, { id: string; name: string }>()
  for (const { enterprise } of found) {
    const holder = { id: enterprise.id, name: enterprise.name }
    if (enterprise.creditCode !== null) holders.set(enterprise.creditCode, holder)
    if (enterprise.alternativeKey !== null) holders.set(enterprise.alternativeKey.number, holder)
  }
  return { holderOfCode: (code) => holders.get(code) ?? null }
}

function beyondReach(actor: Actor, place: Parameters<typeof covers>[1]): HttpRefusal | null {
  if (covers(actor, place)) return null
  return {
    code: 'enterprise.beyond-reach',
    message: '所选的属地单位和主管部门都不在您的管辖范围内。请改选本单位管辖的，或请上级（如区安委办）办理。',
    path: 'territoryUnitId',
  }
}

function codeHeldOutOfSight(profile: EnterpriseProfile): Answer<never> {
  const code = profile.creditCode ?? profile.alternativeKey?.number ?? ''
  return {
    ok: false,
    refusal: {
      code: 'enterprise.already-exists',
      message: `代码 ${code} 已在本辖区登记，但那家企业不归您管。请向区安委办核对：是迁入的请其变更属地，不要重复登记。`,
      path: profile.creditCode === null ? 'alternativeKey.number' : 'creditCode',
    },
  }
}

function changedMeanwhile(before: repo.StoredEnterprise): Answer<never> {
  return {
    ok: false,
    refusal: {
      code: 'enterprise.changed-meanwhile',
      message: `“${before.enterprise.name}”刚被别人改过，您的修改没有保存。请刷新后看看现在的内容，再决定是否修改。`,
      current: { version: before.version },
    },
  }
}
