/** Administrators at their desk: the writes of unit.service.ts, authorized, answered with the unit's page. */
import type { UnitPage } from '@bihuan/contracts'
import { mayRead } from './unit.policy.js'
import type { Actor } from '../../platform/actor.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import { notAllowed, notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { mayAddUnder, mayChange, mayDissolve, mayMove } from './unit.policy.js'
import { presentUnit } from './unit.present.js'
import { findUnit, type UnitRow } from './unit.repo.js'
import * as units from './unit.service.js'

const unknownUnit = (id: string): Answer<never> => ({
  ok: false,
  refusal: notFound('单位', { objectKind: 'unit', objectId: id }),
})
const enterpriseElsewhere: Answer<never> = {
  ok: false,
  refusal: { code: 'organization.enterprise-elsewhere', message: '企业的登记和变更请在“企业”里办理。' },
}

export async function addUnitBelow(
  handle: Handle,
  actor: Actor,
  command: units.AddUnit & { parentId: string },
  clock: Clock,
) {
  const parent = mayRead(actor) ? await findUnit(handle, command.parentId) : null
  if (parent === null) return unknownUnit(command.parentId)
  if (!mayAddUnder(actor, parent)) return { ok: false as const, refusal: notAllowed(`在“${parent.name}”下登记单位`) }
  if (command.kind === 'enterprise') return enterpriseElsewhere
  return shown(handle, actor, await units.addUnit(handle, actor, command, clock), clock)
}

export async function changeUnit(
  handle: Handle,
  actor: Actor,
  command: { unitId: string; name: string; code: string | null; version: number },
  clock: Clock,
) {
  return withUnit(handle, actor, command.unitId, mayChange, '更改这个单位', async () =>
    shown(handle, actor, await units.changeUnit(handle, actor, command, clock), clock),
  )
}

export async function moveUnit(handle: Handle, actor: Actor, command: units.MoveUnit, clock: Clock) {
  return withUnit(handle, actor, command.unitId, mayMove, '调整这个单位的隶属关系', async () => {
    const parent = command.parentId === null ? null : await findUnit(handle, command.parentId)
    if (command.parentId !== null && parent === null) return unknownUnit(command.parentId)
    // On the line a superior may stand elsewhere: a village's trade office is the street's, a bureau's is the city's.
    if (command.axis === 'territory' && parent !== null && !mayAddUnder(actor, parent)) {
      return { ok: false, refusal: notAllowed(`把单位移到“${parent.name}”下`) }
    }
    return shown(handle, actor, await units.moveUnit(handle, actor, command, clock), clock)
  })
}

export async function dissolveUnit(
  handle: Handle,
  actor: Actor,
  command: { unitId: string; on: string; version: number },
  clock: Clock,
) {
  return withUnit(handle, actor, command.unitId, mayDissolve, '撤销这个单位', async () =>
    shown(handle, actor, await units.dissolveUnit(handle, actor, command, clock), clock),
  )
}

async function withUnit(
  handle: Handle,
  actor: Actor,
  unitId: string,
  may: (actor: Actor, unit: UnitRow) => boolean,
  what: string,
  act: () => Promise<Answer<UnitPage>>,
): Promise<Answer<UnitPage>> {
  const unit = mayRead(actor) ? await findUnit(handle, unitId) : null
  if (unit === null) return unknownUnit(unitId)
  if (!may(actor, unit)) return { ok: false, refusal: notAllowed(what) }
  return unit.kind === 'enterprise' ? enterpriseElsewhere : act()
}

async function shown(
  handle: Handle,
  actor: Actor,
  done: Answer<{ id: string }>,
  clock: Clock,
): Promise<Answer<UnitPage>> {
  if (!done.ok) return done
  const unit = await findUnit(handle, done.value.id)
  if (unit === null) throw new Error('a unit that was just written is gone')
  return { ok: true, value: await presentUnit(handle, actor, unit, clock.today()) }
}
