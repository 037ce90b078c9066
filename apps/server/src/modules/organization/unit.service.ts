/** Units and where they stand: added, renamed, moved (from a day on), corrected, dissolved. The tree itself is a rule of the domain. */
import { v7 as uuidv7 } from 'uuid'
import {
  decideCorrection,
  decidePlacement,
  mayStandUnder,
  unitKindLabel,
  type PlacementAssertion,
  type TreeAxis,
  type UnitFacts,
  type UnitKind,
} from '@bihuan/domain'
import { recordAct, type ActingParty } from '../../platform/audit/record.js'
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
}

/** Returns the id of the new unit. The caller has authorized. */
export async function addUnit(handle: Handle, by: ActingParty, command: AddUnit, clock: Clock): Promise<Answer<{ id: string }>> {
  const parent = command.parentId === null ? null : await repo.findUnit(handle, command.parentId)
  if (command.parentId !== null && parent === null) return { ok: false, refusal: { ...notFound('上级单位'), path: 'parentId' } }
  const lineParent = command.lineParentId === null ? null : await repo.findUnit(handle, command.lineParentId)
  if (command.lineParentId !== null && lineParent === null) return { ok: false, refusal: { ...notFound('条线上级'), path: 'lineParentId' } }

  if (!mayStandUnder(command.kind, parent?.kind ?? null, 'territory')) {
    return refuse('organization.parent-kind', `${unitKindLabel(command.kind)}不能放在这里。请换一个上级单位。`, 'parentId')
  }
  if (!mayStandUnder(command.kind, lineParent?.kind ?? null, 'line')) {
    return refuse('organization.parent-kind', `${unitKindLabel(command.kind)}的条线上级不能是“${lineParent?.name ?? ''}”。请换一个。`, 'lineParentId')
  }
  if (parent && command.existsFrom < parent.exists_from) {
    return refuse('organization.before-parent-exists', `上级“${parent.name}”${parent.exists_from}才设立。请把设立日期改为当日或以后。`, 'existsFrom')
  }
  if (command.code !== null && (await repo.findUnitsCalled(handle, [command.code])).some((unit) => unit.code === command.code)) {
    return refuse('organization.already-exists', `代码 ${command.code} 已经有单位在用。请核对后改填。`, 'code')
  }

  const id = uuidv7()
  const label = repo.newLabel()
  const unit = {
    id,
    label,
    kind: command.kind,
    name: command.name,
    code: command.code,
    territory_path: `${parent?.territory_path ?? '/'}${label}/`,
    // Departments and offices are the nodes of the line; an enterprise's line is its lead regulator's.
    line_path: lineParent?.line_path ? `${lineParent.line_path}${label}/` : command.kind === 'enterprise' ? null : `/${label}/`,
    parent_id: command.parentId,
    line_parent_id: command.lineParentId,
    exists_from: command.existsFrom,
  }
  const now = clock.now()
  const placements: PlacementAssertion[] = (['territory', 'line'] as const).map((axis) => ({
    id: uuidv7(),
    unitId: id,
    parentId: axis === 'territory' ? command.parentId : command.lineParentId,
    axis,
    validFrom: command.existsFrom,
    position: null,
    cancels: null,
  }))
  await repo.insertUnit(handle, unit)
  const entryId = await recordAct(
    handle,
    by,
    { action: 'unit.add', objectKind: 'unit', objectId: id, after: unit, detail: { placements } },
    now,
  )
  for (const placement of placements) await repo.insertPlacement(handle, placement, entryId, now)
  await repo.insertUnitPaths(handle, 'territory', [{ id, path: unit.territory_path }], entryId)
  if (unit.line_path !== null) await repo.insertUnitPaths(handle, 'line', [{ id, path: unit.line_path }], entryId)
  return { ok: true, value: { id } }
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
  await repo.renameUnit(handle, unit.id, command.name, command.code)
  await recordAct(
    handle,
    by,
    {
      action: 'unit.change',
      objectKind: 'unit',
      objectId: unit.id,
      before: { name: unit.name, code: unit.code },
      after: { name: command.name, code: command.code },
    },
    clock.now(),
  )
  return { ok: true, value: { id: unit.id } }
}

export async function moveUnit(handle: Handle, by: ActingParty, command: MoveUnit, clock: Clock): Promise<Answer<{ id: string }>> {
  await repo.lockTree(handle)
  const unit = await repo.loadUnit(handle, command.unitId)
  if (unit === null) return { ok: false, refusal: notFound('单位') }
  const parent = command.parentId === null ? null : await repo.findUnit(handle, command.parentId)
  if (command.parentId !== null && parent === null) return { ok: false, refusal: { ...notFound('上级单位'), path: 'parentId' } }

  const existing = await repo.listPlacements(handle, command.axis)
  const placement = { id: uuidv7(), unitId: unit.id, parentId: command.parentId, axis: command.axis, validFrom: command.validFrom }
  const known = new Map([unit, ...(parent ? [parent] : [])].map((row) => [row.id, factsOf(handle, row)]))
  const decision =
    command.corrects === null
      ? decidePlacement(existing, placement, (id) => known.get(id))
      : decideCorrection(existing, { cancellationId: uuidv7(), cancels: command.corrects, placement }, (id) => known.get(id))
  if (!decision.ok) return { ok: false, refusal: decision.refusal }
  const appended = Array.isArray(decision.value) ? (decision.value as PlacementAssertion[]) : [decision.value as PlacementAssertion]

  const now = clock.now()
  const entryId = await recordAct(
    handle,
    by,
    {
      action: 'unit.move',
      objectKind: 'unit',
      objectId: unit.id,
      before: { parentId: command.axis === 'territory' ? unit.parent_id : unit.line_parent_id },
      after: { parentId: command.parentId, validFrom: command.validFrom },
      detail: { placements: appended },
    },
    now,
  )
  for (const assertion of appended) await repo.insertPlacement(handle, assertion, entryId, now)
  // The present path changes with the day: a move that begins later is carried out by the daily job.
  if (command.validFrom <= clock.today()) await settlePath(handle, command.axis, unit, parent, entryId)
  return { ok: true, value: { id: unit.id } }
}

/** Brings the present path in line with the tree of today. */
export async function settlePath(
  handle: Handle,
  axis: TreeAxis,
  unit: repo.UnitRow,
  parent: repo.UnitRow | null,
  entryId: string,
): Promise<void> {
  const from = axis === 'territory' ? unit.territory_path : unit.line_path
  const above = axis === 'territory' ? (parent?.territory_path ?? '/') : (parent?.line_path ?? '/')
  const to = `${above}${unit.label}/`
  if (from === to) return
  const moved = await repo.moveUnitPaths(handle, axis, unit.id, parent?.id ?? null, from, to)
  await repo.insertUnitPaths(handle, axis, moved, entryId)
}

export async function dissolveUnit(
  handle: Handle,
  by: ActingParty,
  command: { unitId: string; on: string; version: number },
  clock: Clock,
): Promise<Answer<{ id: string }>> {
  const unit = await repo.loadUnit(handle, command.unitId)
  if (unit === null) return { ok: false, refusal: notFound('单位') }
  if (unit.version !== command.version) return changedMeanwhile(unit)
  if (unit.dissolved_on !== null) return refuse('organization.already-dissolved', `“${unit.name}”已于 ${unit.dissolved_on} 撤销。`)
  const below = (await repo.listOffices(handle)).filter(
    (other) => other.dissolved_on === null && other.parent_id === unit.id && other.id !== unit.id,
  )
  if (below.length > 0) {
    return refuse(
      'organization.has-units-below',
      `“${unit.name}”下面还有 ${below.length} 个单位（如“${below[0]?.name ?? ''}”）。请先把它们移到别的单位或撤销。`,
    )
  }
  await repo.dissolveUnitRow(handle, unit.id, command.on)
  await recordAct(
    handle,
    by,
    { action: 'unit.dissolve', objectKind: 'unit', objectId: unit.id, before: { dissolvedOn: null }, after: { dissolvedOn: command.on } },
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
