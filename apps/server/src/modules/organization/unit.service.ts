/** Units and where they stand: added, renamed, moved (from a day on), corrected, dissolved. The tree itself is a rule of the domain. */
import { v7 as uuidv7 } from 'uuid'
import {
  decideCorrection,
  decidePlacement,
  decideUnitCode,
  isCivilDate,
  mayStandUnder,
  unitKindLabel,
  type PlacementAssertion,
  type TreeAxis,
  type UnitFacts,
  type UnitKind,
} from '@bihuan/domain'
import { recordAct, type Act, type ActingParty } from '../../platform/audit/record.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import { notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import * as repo from './unit.repo.js'

export interface AddUnit {
  readonly kind: UnitKind
  readonly name: string
  readonly code: string | null
  readonly parentId: string | null
  readonly lineParentId: string | null
  readonly existsFrom: string
}

export interface MoveUnit {
  readonly unitId: string
  readonly axis: TreeAxis
  readonly parentId: string | null
  readonly validFrom: string
  /** The placement that was wrong and that this one replaces. */
  readonly corrects: string | null
  /** What the person was looking at; of a move that a program makes, none. */
  readonly version?: number
}

/** Returns the id of the new unit. The caller has authorized. */
export async function addUnit(
  handle: Handle,
  by: ActingParty,
  command: AddUnit,
  clock: Clock,
): Promise<Answer<{ id: string }>> {
  const parent = command.parentId === null ? null : await repo.findUnit(handle, command.parentId)
  if (command.parentId !== null && parent === null)
    return { ok: false, refusal: { ...notFound('上级单位'), path: 'parentId' } }
  const lineParent = command.lineParentId === null ? null : await repo.findUnit(handle, command.lineParentId)
  if (command.lineParentId !== null && lineParent === null)
    return { ok: false, refusal: { ...notFound('条线上级'), path: 'lineParentId' } }

  const wrong = refuseNewUnit(command, parent, lineParent)
  if (wrong !== null) return wrong
  const code = await freeCode(handle, command.kind, command.code, null)
  if (!code.ok) return code

  const { unit, placements } = newUnit(command, code.value, parent, lineParent)
  const { id } = unit
  const now = clock.now()
  await repo.insertUnit(handle, unit)
  const entryId = await recordAct(handle, by, addedUnit({ unit, placements }), now)
  for (const placement of placements)
    await repo.insertPlacement(handle, placement, { id: entryId, now, by: by.personName })
  await repo.insertUnitPaths(handle, 'territory', [{ id, path: unit.territory_path }], entryId)
  await repo.insertUnitPaths(handle, 'line', [{ id, path: unit.line_path }], entryId)
  return { ok: true, value: { id } }
}

/** Why the unit cannot stand where it is put; null when it can. Its code is asked about apart. */
export function refuseNewUnit(
  command: AddUnit,
  parent: repo.UnitRow | null,
  lineParent: repo.UnitRow | null,
): Answer<never> | null {
  if (!isCivilDate(command.existsFrom))
    return refuse('organization.no-such-day', `没有 ${command.existsFrom} 这一天。请核对设立日期。`, 'existsFrom')
  if (!mayStandUnder(command.kind, parent?.kind ?? null, 'territory')) {
    return refuse(
      'organization.parent-kind',
      `${unitKindLabel(command.kind)}不能放在这里。请换一个上级单位。`,
      'parentId',
    )
  }
  if (!mayStandUnder(command.kind, lineParent?.kind ?? null, 'line')) {
    return refuse(
      'organization.parent-kind',
      `${unitKindLabel(command.kind)}的条线上级不能是“${lineParent?.name ?? ''}”。请换一个。`,
      'lineParentId',
    )
  }
  for (const [above, path] of [
    [parent, 'parentId'],
    [lineParent, 'lineParentId'],
  ] as const) {
    if (above === null) continue
    if (command.existsFrom < above.exists_from) {
      return refuse(
        'organization.before-parent-exists',
        `上级“${above.name}”${above.exists_from}才设立。请把设立日期改为当日或以后。`,
        'existsFrom',
      )
    }
    if (above.dissolved_on !== null) {
      return refuse(
        'organization.parent-dissolved',
        `“${above.name}”已于 ${above.dissolved_on} 撤销，不能再做上级。请换一个。`,
        path,
      )
    }
  }
  return null
}

export interface NewUnit {
  readonly unit: Omit<repo.UnitRow, 'version' | 'dissolved_on'>
  /** Its first places, one on each axis. */
  readonly placements: readonly PlacementAssertion[]
}

export function newUnit(
  command: AddUnit,
  code: string | null,
  parent: repo.UnitRow | null,
  lineParent: repo.UnitRow | null,
): NewUnit {
  const id = uuidv7()
  const label = repo.newLabel()
  const { kind, name, parentId, lineParentId, existsFrom } = command
  return {
    unit: {
      id,
      label,
      kind,
      name,
      code,
      territory_path: `${parent?.territory_path ?? '/'}${label}/`,
      line_path: linePathUnder(kind, lineParent, label),
      parent_id: parentId,
      line_parent_id: lineParentId,
      exists_from: existsFrom,
    },
    placements: (['territory', 'line'] as const).map((axis) => ({
      id: uuidv7(),
      unitId: id,
      parentId: axis === 'territory' ? parentId : lineParentId,
      axis,
      validFrom: existsFrom,
      position: null,
      cancels: null,
    })),
  }
}

/** What the trail says of it: that the chain covers its placements as well. */
export function addedUnit({ unit, placements }: NewUnit): Act {
  return { action: 'unit.add', objectKind: 'unit', objectId: unit.id, after: unit, detail: { placements } }
}

/** Departments and offices are the nodes of the line; an enterprise's line is its lead regulator's, and without one it has none. */
function linePathUnder(kind: UnitKind, lineParent: repo.UnitRow | null, label: string): string | null {
  if (lineParent?.line_path) return `${lineParent.line_path}${label}/`
  return kind === 'enterprise' ? null : `/${label}/`
}

/** The code as it is kept, or why it cannot be. An enterprise's own code is the enterprise module's. */
export async function freeCode(
  handle: Handle,
  kind: UnitKind,
  written: string | null,
  own: string | null,
): Promise<Answer<string | null>> {
  if (written === null || written.trim() === '') return { ok: true, value: null }
  const code = decideUnitCode(kind, written)
  if (!code.ok) return code
  const holder = (await repo.findUnitsCalled(handle, [code.value])).find(
    (unit) => unit.code === code.value && unit.id !== own,
  )
  return holder === undefined
    ? code
    : refuse('organization.already-exists', `代码 ${code.value} 已经是“${holder.name}”的。请核对后改填。`, 'code')
}

export async function changeUnit(
  handle: Handle,
  by: ActingParty,
  command: { unitId: string; name: string; code: string | null; version: number },
  clock: Clock,
): Promise<Answer<{ id: string }>> {
  const unit = await repo.loadUnit(handle, command.unitId)
  if (unit === null) return { ok: false, refusal: notFound('单位') }
  if (unit.version !== command.version) return changedMeanwhile(unit)
  const code = await freeCode(handle, unit.kind, command.code, unit.id)
  if (!code.ok) return code
  await repo.renameUnit(handle, unit.id, command.name, code.value)
  await recordAct(
    handle,
    by,
    {
      action: 'unit.change',
      objectKind: 'unit',
      objectId: unit.id,
      before: { name: unit.name, code: unit.code },
      after: { name: command.name, code: code.value },
    },
    clock.now(),
  )
  return { ok: true, value: { id: unit.id } }
}

export async function moveUnit(
  handle: Handle,
  by: ActingParty,
  command: MoveUnit,
  clock: Clock,
): Promise<Answer<{ id: string }>> {
  await repo.lockTree(handle)
  const unit = await repo.loadUnit(handle, command.unitId)
  if (unit === null) return { ok: false, refusal: notFound('单位') }
  if (command.version !== undefined && unit.version !== command.version) return changedMeanwhile(unit)
  if (!isCivilDate(command.validFrom))
    return refuse('organization.no-such-day', `没有 ${command.validFrom} 这一天。请核对起始日期。`, 'validFrom')
  const parent = command.parentId === null ? null : await repo.findUnit(handle, command.parentId)
  if (command.parentId !== null && parent === null)
    return { ok: false, refusal: { ...notFound('上级单位'), path: 'parentId' } }
  if (parent?.dissolved_on && parent.dissolved_on <= command.validFrom) {
    return refuse(
      'organization.parent-dissolved',
      `“${parent.name}”已于 ${parent.dissolved_on} 撤销，不能从 ${command.validFrom} 起做上级。请换一个。`,
      'parentId',
    )
  }

  const existing = await repo.listOfficePlacements(handle, command.axis, unit.id)
  const placement = {
    id: uuidv7(),
    unitId: unit.id,
    parentId: command.parentId,
    axis: command.axis,
    validFrom: command.validFrom,
  }
  const known = new Map([unit, ...(parent ? [parent] : [])].map((row) => [row.id, factsOf(handle, row)]))
  const decision =
    command.corrects === null
      ? decidePlacement(existing, placement, (id) => known.get(id))
      : decideCorrection(existing, { cancellationId: uuidv7(), cancels: command.corrects, placement }, (id) =>
          known.get(id),
        )
  if (!decision.ok) return { ok: false, refusal: decision.refusal }
  const appended = Array.isArray(decision.value)
    ? (decision.value as PlacementAssertion[])
    : [decision.value as PlacementAssertion]

  const now = clock.now()
  const entryId = await recordAct(
    handle,
    by,
    {
      action: command.corrects === null ? 'unit.move' : 'unit.correct-placement',
      objectKind: 'unit',
      objectId: unit.id,
      before: { parentId: command.axis === 'territory' ? unit.parent_id : unit.line_parent_id },
      after: {
        axis: command.axis,
        parentId: command.parentId,
        validFrom: command.validFrom,
        corrects: command.corrects,
      },
      detail: { placements: appended },
    },
    now,
  )
  for (const assertion of appended)
    await repo.insertPlacement(handle, assertion, { id: entryId, now, by: by.personName })
  await repo.touchUnit(handle, unit.id)
  // The present place is that of today, whatever day the move is from: one that begins later is carried out by the daily job.
  await settleUnits(handle, command.axis, clock.today(), entryId, unit.id)
  return { ok: true, value: { id: unit.id } }
}

/** Brings the present paths in line with the tree of the day; answers how many units had stood elsewhere. */
export async function settleUnits(
  handle: Handle,
  axis: TreeAxis,
  today: string,
  entryId: string,
  only: string | null,
): Promise<number> {
  let settled = 0
  // Those further up first: what stands below is carried along, and is read again where it moves by itself as well.
  for (const stray of await repo.listStrayUnits(handle, axis, today, only)) {
    const unit = await repo.loadUnit(handle, stray.id)
    const parent = stray.parentId === null ? null : await repo.findUnit(handle, stray.parentId)
    if (unit === null || (stray.parentId !== null && parent === null)) continue
    const from = axis === 'territory' ? unit.territory_path : unit.line_path
    const to =
      axis === 'territory'
        ? `${parent?.territory_path ?? '/'}${unit.label}/`
        : linePathUnder(unit.kind, parent, unit.label)
    // Two moves that crossed would hang a unit below itself: it stays where it is until somebody corrects one of them.
    if (from !== null && to !== null && to !== from && to.startsWith(from)) continue
    await repo.insertUnitPaths(
      handle,
      axis,
      await repo.moveUnitPaths(handle, axis, unit.id, stray.parentId, from, to),
      entryId,
    )
    settled += 1
  }
  return settled
}

export async function dissolveUnit(
  handle: Handle,
  by: ActingParty,
  command: { unitId: string; on: string; version: number },
  clock: Clock,
): Promise<Answer<{ id: string }>> {
  await repo.lockTree(handle)
  const unit = await repo.loadUnit(handle, command.unitId)
  if (unit === null) return { ok: false, refusal: notFound('单位') }
  if (unit.version !== command.version) return changedMeanwhile(unit)
  if (unit.dissolved_on !== null)
    return refuse('organization.already-dissolved', `“${unit.name}”已于 ${unit.dissolved_on} 撤销。`)
  if (!isCivilDate(command.on) || command.on < unit.exists_from) {
    return refuse(
      'organization.before-unit-exists',
      `“${unit.name}”${unit.exists_from}才设立，撤销日期不能更早。请核对。`,
      'on',
    )
  }
  const below = await repo.findStandingBelow(handle, unit.id, command.on)
  if (below.count > 0) {
    return refuse(
      'organization.has-units-below',
      `“${unit.name}”下面还有 ${below.count} 个单位或企业（如“${below.name ?? ''}”）。请先把它们移到别的单位或撤销。`,
    )
  }
  await repo.dissolveUnitRow(handle, unit.id, command.on)
  await recordAct(
    handle,
    by,
    {
      action: 'unit.dissolve',
      objectKind: 'unit',
      objectId: unit.id,
      before: { dissolvedOn: null },
      after: { dissolvedOn: command.on },
    },
    clock.now(),
  )
  return { ok: true, value: { id: unit.id } }
}

function factsOf(handle: Handle, row: repo.UnitRow): UnitFacts {
  return { id: row.id, name: row.name, kind: row.kind, tenantId: handle.tenantId, establishedOn: row.exists_from }
}

function refuse(code: string, message: string, path?: string): Answer<never> {
  return { ok: false, refusal: path === undefined ? { code, message } : { code, message, path } }
}

function changedMeanwhile(unit: repo.UnitRow): Answer<never> {
  return {
    ok: false,
    refusal: {
      code: 'organization.changed-meanwhile',
      message: `“${unit.name}”刚被别人改过，您的修改没有保存。请刷新后看看再改。`,
      current: { version: unit.version, name: unit.name },
    },
  }
}
