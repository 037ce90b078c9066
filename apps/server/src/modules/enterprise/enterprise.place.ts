/** Where an enterprise stands: under its 属地 unit (块) and its lead regulator (条). The tree itself is the organization module's. */
import { mayStandUnder, unitKindLabel, type Enterprise, type EnterpriseProfile } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import { notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { changeUnit, findUnit, findUnits, moveUnit, type UnitRow } from '../organization/index.js'
import { findEnterprise, type EnterprisePlace } from './enterprise.repo.js'

export interface PlaceUnits {
  readonly territory: UnitRow
  readonly regulator: UnitRow | null
}

/** The units that a profile names, if they are what they are named as. What stood before is not asked about again. */
export async function refuseUnknownPlace(
  handle: Handle,
  profile: EnterpriseProfile,
  before: EnterpriseProfile | null = null,
): Promise<Answer<PlaceUnits>> {
  const { territoryUnitId, leadRegulatorId, otherRegulatorIds, landlordId } = profile
  const asked = [territoryUnitId, ...(leadRegulatorId === null ? [] : [leadRegulatorId]), ...otherRegulatorIds]
  const units = new Map((await findUnits(handle, asked)).map((unit) => [unit.id, unit]))
  const territory = units.get(territoryUnitId)
  const regulator = leadRegulatorId === null ? null : units.get(leadRegulatorId)

  if (territory === undefined)
    return {
      ok: false,
      refusal: { ...notFound('属地单位', { objectKind: 'unit', objectId: territoryUnitId }), path: 'territoryUnitId' },
    }
  if (territoryUnitId !== before?.territoryUnitId) {
    if (!mayStandUnder('enterprise', territory.kind, 'territory') || territory.kind === 'enterprise') {
      return refuse(
        `企业的属地不能是${unitKindLabel(territory.kind)}“${territory.name}”。请选镇街、村社区或园区。`,
        'territoryUnitId',
      )
    }
    if (territory.dissolved_on !== null)
      return refuse(`“${territory.name}”已于 ${territory.dissolved_on} 撤销。请改选现在的属地。`, 'territoryUnitId')
  }
  if (regulator === undefined) {
    return {
      ok: false,
      refusal: {
        ...notFound('行业主管部门', { objectKind: 'unit', objectId: leadRegulatorId ?? '' }),
        path: 'leadRegulatorId',
      },
    }
  }
  if (regulator !== null && leadRegulatorId !== before?.leadRegulatorId) {
    if (!mayStandUnder('enterprise', regulator.kind, 'line')) {
      return refuse(
        `行业主管部门不能是${unitKindLabel(regulator.kind)}“${regulator.name}”。请选部门、内设机构或管委会。`,
        'leadRegulatorId',
      )
    }
    if (regulator.dissolved_on !== null)
      return refuse(`“${regulator.name}”已于 ${regulator.dissolved_on} 撤销。请改选现在的主管部门。`, 'leadRegulatorId')
  }
  for (const id of otherRegulatorIds) {
    const unit = units.get(id)
    if (unit === undefined)
      return {
        ok: false,
        refusal: { ...notFound('共管部门', { objectKind: 'unit', objectId: id }), path: 'otherRegulatorIds' },
      }
    if (unit.kind === 'enterprise')
      return refuse(`“${unit.name}”是企业，不能作共管部门。请重新选择。`, 'otherRegulatorIds')
  }
  if (landlordId !== null && landlordId !== before?.landlordId && (await findEnterprise(handle, landlordId)) === null) {
    return {
      ok: false,
      refusal: { ...notFound('出租方', { objectKind: 'enterprise', objectId: landlordId }), path: 'landlordId' },
    }
  }
  return { ok: true, value: { territory, regulator } }
}

/** Carries out in the tree what changed: name, territory, lead regulator. Answers where the enterprise stands then. */
export async function standWhere(
  handle: Handle,
  actor: Actor,
  before: Enterprise,
  next: Enterprise,
  from: string | null,
  clock: Clock,
): Promise<Answer<Omit<EnterprisePlace, 'parties'>>> {
  const today = clock.today()
  if (from !== null && from > today) {
    // Its row tells where it stands today; one that stands elsewhere from tomorrow on is changed tomorrow.
    return refuse(
      `变更日期 ${from} 还没有到。请到当日再办理，或把日期改为今天及以前。`,
      'from',
      'enterprise.move-in-future',
    )
  }
  const moves = [
    { axis: 'territory', parentId: next.territoryUnitId, moved: next.territoryUnitId !== before.territoryUnitId },
    { axis: 'line', parentId: next.leadRegulatorId, moved: next.leadRegulatorId !== before.leadRegulatorId },
  ] as const
  for (const { axis, parentId, moved } of moves) {
    if (!moved) continue
    const done = await moveUnit(
      handle,
      actor,
      { unitId: next.id, axis, parentId, validFrom: from ?? today, corrects: null },
      clock,
    )
    if (!done.ok) return { ok: false, refusal: { ...done.refusal, path: 'from' } }
  }
  const unit = await findUnit(handle, next.id)
  if (unit === null) throw new Error('an enterprise without its unit')
  if (next.name !== before.name) {
    const renamed = await changeUnit(
      handle,
      actor,
      { unitId: unit.id, name: next.name, code: unit.code, version: unit.version },
      clock,
    )
    if (!renamed.ok) return renamed
  }
  return { ok: true, value: { territoryPath: unit.territory_path, linePath: unit.line_path } }
}

function refuse(message: string, path: string, code = 'enterprise.wrong-unit'): Answer<never> {
  return { ok: false, refusal: { code, message, path } }
}
