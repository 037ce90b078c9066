import type { PlacementView, ResponsibilityView, UnitBrief, UnitPage } from '@bihuan/contracts'
import { addDays, kindsAbove, unitKindLabel } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import type { Handle } from '../../platform/db/scope.js'
import * as responsibilities from './responsibility.repo.js'
import { mayKeepResponsibility, unitAbilities } from './unit.policy.js'
import * as repo from './unit.repo.js'

export function briefOf(unit: repo.UnitRow): UnitBrief {
  return {
    id: unit.id,
    name: unit.name,
    kind: unit.kind,
    kindName: unitKindLabel(unit.kind),
    code: unit.code,
    dissolvedOn: unit.dissolved_on,
  }
}

export async function presentUnit(handle: Handle, actor: Actor, unit: repo.UnitRow, today: string): Promise<UnitPage> {
  const placements = await repo.listPlacementsOf(handle, unit.id)
  const lines = (await responsibilities.listResponsibilities(handle)).filter((line) => line.unit_id === unit.id)
  const below = await repo.listUnitsBelow(handle, unit.id)
  const above = await repo.listUnitsAbove(handle, unit.territory_path)
  const named = await repo.findUnits(handle, [
    ...new Set(
      [unit.parent_id, unit.line_parent_id, ...placements.map((one) => one.parentId)].flatMap((id) => id ?? []),
    ),
  ])
  const briefs = new Map(named.map((row) => [row.id, briefOf(row)]))
  const briefAt = (id: string | null) => (id === null ? null : (briefs.get(id) ?? null))
  return {
    ...briefOf(unit),
    existsFrom: unit.exists_from,
    version: unit.version,
    parent: briefAt(unit.parent_id),
    lineParent: briefAt(unit.line_parent_id),
    above: above.filter(({ id }) => id !== unit.id).map(briefOf),
    below: below.map(briefOf),
    placements: presentPlacements(placements, briefAt, today),
    responsibilities: lines.map((line) => presentResponsibility(actor, line, unit)),
    parentKinds: { territory: [...kindsAbove(unit.kind, 'territory')], line: [...kindsAbove(unit.kind, 'line')] },
    abilities: unitAbilities(actor, unit),
  }
}

/** The latest first; one that was taken back stands where it stood, and says so. */
function presentPlacements(
  all: readonly repo.RecordedPlacement[],
  briefAt: (id: string | null) => UnitBrief | null,
  today: string,
): PlacementView[] {
  const withdrawals = new Map(all.flatMap((one) => (one.cancels === null ? [] : [[one.cancels, one] as const])))
  const said = all.filter((one) => one.cancels === null)
  return said
    .map((placement): PlacementView => {
      const withdrawal = withdrawals.get(placement.id)
      const next = said
        .filter((one) => one.axis === placement.axis && !withdrawals.has(one.id) && one.validFrom > placement.validFrom)
        .map((one) => one.validFrom)
        .sort()[0]
      const state =
        withdrawal !== undefined
          ? 'cancelled'
          : placement.validFrom > today
            ? 'future'
            : next !== undefined && next <= today
              ? 'past'
              : 'present'
      return {
        id: placement.id,
        axis: placement.axis,
        parent: briefAt(placement.parentId),
        validFrom: placement.validFrom,
        validUntil: withdrawal !== undefined || next === undefined ? null : addDays(next, -1),
        recordedAt: placement.recordedAt.toISOString(),
        recordedBy: placement.recordedBy,
        position: placement.position,
        state,
        cancelled:
          withdrawal === undefined
            ? null
            : { at: withdrawal.recordedAt.toISOString(), by: withdrawal.recordedBy, position: withdrawal.position },
      }
    })
    .sort((a, b) =>
      a.validFrom === b.validFrom ? (a.recordedAt < b.recordedAt ? 1 : -1) : a.validFrom < b.validFrom ? 1 : -1,
    )
}

export function presentResponsibility(
  actor: Actor,
  line: responsibilities.ResponsibilityRow,
  unit: repo.UnitRow,
): ResponsibilityView {
  return {
    id: line.id,
    unit: briefOf(unit),
    sector: line.sector,
    role: line.role,
    validFrom: line.valid_from,
    validUntil: line.valid_to,
    version: line.version,
    abilities: { end: mayKeepResponsibility(actor, unit) },
  }
}
