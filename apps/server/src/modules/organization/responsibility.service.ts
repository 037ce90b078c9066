/** 责任分工: which unit leads, and which support, in a sector. */
import { v7 as uuidv7 } from 'uuid'
import type { ResponsibilityView } from '@bihuan/contracts'
import { decideResponsibility, isCivilDate, sectorKey, type SectorResponsibility } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import { recordAct, type ActingParty } from '../../platform/audit/record.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import { notAllowed, notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import * as repo from './responsibility.repo.js'
import { mayKeepResponsibility, mayRead } from './unit.policy.js'
import { presentResponsibility } from './unit.present.js'
import { findUnit, findUnits } from './unit.repo.js'

export interface AddResponsibility {
  readonly unitId: string
  readonly sector: string
  readonly role: 'lead' | 'support'
  readonly validFrom: string
  readonly validUntil: string | null
}

export async function listResponsibilities(
  handle: Handle,
  actor: Actor,
  asked: { readonly unit?: string | undefined; readonly sector?: string | undefined; readonly on?: string | undefined },
): Promise<Answer<{ items: ResponsibilityView[] }>> {
  if (!mayRead(actor)) return { ok: false, refusal: notAllowed('查看责任分工') }
  const { unit, sector, on } = asked
  const lines = (await repo.listResponsibilities(handle)).filter(
    (line) =>
      (unit === undefined || line.unit_id === unit) &&
      (sector === undefined || sectorKey(line.sector) === sectorKey(sector)) &&
      (on === undefined || (line.valid_from <= on && (line.valid_to === null || on <= line.valid_to))),
  )
  const units = new Map(
    (await findUnits(handle, [...new Set(lines.map((line) => line.unit_id))])).map((row) => [row.id, row]),
  )
  return {
    ok: true,
    value: {
      items: lines.flatMap((line) => {
        const at = units.get(line.unit_id)
        return at === undefined ? [] : [presentResponsibility(actor, line, at)]
      }),
    },
  }
}

/** The lines of the tenant as the rules of the domain ask for them: who leads a sector on a day. */
export async function sectorResponsibilities(handle: Handle): Promise<SectorResponsibility[]> {
  return (await repo.listResponsibilities(handle)).map(asRule)
}

/** Returns the id of the new line. The caller has authorized. */
export async function recordResponsibility(
  handle: Handle,
  by: ActingParty,
  command: AddResponsibility,
  clock: Clock,
): Promise<Answer<{ id: string }>> {
  for (const [day, path] of [
    [command.validFrom, 'validFrom'],
    [command.validUntil, 'validUntil'],
  ] as const) {
    if (day !== null && !isCivilDate(day)) {
      return {
        ok: false,
        refusal: { code: 'organization.no-such-day', message: `没有 ${day} 这一天。请核对日期。`, path },
      }
    }
  }
  await repo.lockResponsibilities(handle)
  const decision = decideResponsibility((await repo.listResponsibilities(handle)).map(asRule), {
    id: uuidv7(),
    basis: null,
    ...command,
  })
  if (!decision.ok) return decision
  const { id, sector } = decision.value
  await repo.insertResponsibility(handle, {
    id,
    unit_id: command.unitId,
    sector,
    role: command.role,
    valid_from: command.validFrom,
    valid_to: command.validUntil,
  })
  await recordAct(
    handle,
    by,
    { action: 'responsibility.add', objectKind: 'unit', objectId: command.unitId, after: { id, ...command, sector } },
    clock.now(),
  )
  return { ok: true, value: { id } }
}

export async function addResponsibility(
  handle: Handle,
  actor: Actor,
  command: AddResponsibility,
  clock: Clock,
): Promise<Answer<ResponsibilityView>> {
  const unit = await findUnit(handle, command.unitId)
  if (unit === null)
    return {
      ok: false,
      refusal: { ...notFound('单位', { objectKind: 'unit', objectId: command.unitId }), path: 'unitId' },
    }
  if (!mayKeepResponsibility(actor, unit)) return { ok: false, refusal: notAllowed('登记这个单位的责任分工') }
  if (unit.kind === 'enterprise') {
    return {
      ok: false,
      refusal: {
        code: 'organization.not-an-office',
        message: '企业不承担监管分工。请选择部门、镇街等单位。',
        path: 'unitId',
      },
    }
  }
  const added = await recordResponsibility(handle, actor, command, clock)
  if (!added.ok) return added
  const line = await repo.loadResponsibility(handle, added.value.id)
  if (line === null) throw new Error('a responsibility that was just added is gone')
  return { ok: true, value: presentResponsibility(actor, line, unit) }
}

export async function endResponsibility(
  handle: Handle,
  actor: Actor,
  command: { readonly id: string; readonly validUntil: string; readonly version: number },
  clock: Clock,
): Promise<Answer<ResponsibilityView>> {
  const line = mayRead(actor) ? await repo.loadResponsibility(handle, command.id) : null
  const unit = line === null ? null : await findUnit(handle, line.unit_id)
  if (line === null || unit === null) {
    return { ok: false, refusal: notFound('责任分工', { objectKind: 'responsibility', objectId: command.id }) }
  }
  if (!mayKeepResponsibility(actor, unit)) return { ok: false, refusal: notAllowed('终止这个单位的责任分工') }
  if (line.version !== command.version) {
    return {
      ok: false,
      refusal: {
        code: 'organization.changed-meanwhile',
        message: '这项分工刚被别人改过，您的修改没有保存。请刷新后看看再改。',
        current: { version: line.version, validUntil: line.valid_to },
      },
    }
  }
  if (!isCivilDate(command.validUntil) || command.validUntil < line.valid_from) {
    const message = `终止日期不能早于起始日期 ${line.valid_from}。请改正。`
    return {
      ok: false,
      refusal: { code: 'organization.responsibility-ends-before-it-begins', message, path: 'validUntil' },
    }
  }
  await repo.endResponsibilityRow(handle, line.id, command.validUntil)
  await recordAct(
    handle,
    actor,
    {
      action: 'responsibility.end',
      objectKind: 'unit',
      objectId: unit.id,
      before: { id: line.id, sector: line.sector, role: line.role, validUntil: line.valid_to },
      after: { id: line.id, validUntil: command.validUntil },
    },
    clock.now(),
  )
  const ended = { ...line, valid_to: command.validUntil, version: line.version + 1 }
  return { ok: true, value: presentResponsibility(actor, ended, unit) }
}

function asRule(line: repo.ResponsibilityRow): SectorResponsibility {
  return {
    id: line.id,
    unitId: line.unit_id,
    sector: line.sector,
    role: line.role,
    validFrom: line.valid_from,
    validUntil: line.valid_to,
    basis: null,
  }
}
