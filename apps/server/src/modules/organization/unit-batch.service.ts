/** Many new units at once, for imports: each is decided by the rules of a single one, all are saved together. */
import { recordActs, type ActingParty } from '../../platform/audit/record.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import { notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import * as batch from './unit-batch.repo.js'
import { findUnits, type UnitRow } from './unit.repo.js'
import { addedUnit, freeCode, newUnit, refuseNewUnit, type AddUnit, type NewUnit } from './unit.service.js'

export interface AddedUnit {
  readonly id: string
  readonly territoryPath: string
  readonly linePath: string | null
}

/** One answer for each command, in order. None may stand under another of them. The caller has authorized. */
export async function addUnits(
  handle: Handle,
  by: ActingParty,
  commands: readonly AddUnit[],
  clock: Clock,
): Promise<readonly Answer<AddedUnit>[]> {
  const above = commands.flatMap(({ parentId, lineParentId }) => [parentId, lineParentId]).filter((id) => id !== null)
  const parents = new Map((await findUnits(handle, [...new Set(above)])).map((unit) => [unit.id, unit]))
  const added: NewUnit[] = []
  const answers: Answer<AddedUnit>[] = []
  for (const command of commands) {
    const decided = await decide(handle, command, parents)
    if (decided.ok) added.push(decided.value)
    answers.push(decided.ok ? { ok: true, value: standing(decided.value) } : decided)
  }
  const now = clock.now()
  await batch.insertUnits(
    handle,
    added.map(({ unit }) => unit),
  )
  const entryIds = await recordActs(handle, by, added.map(addedUnit), now)
  const entered = added.map((each, at) => ({ ...each, entryId: entryIds[at] ?? '' }))
  const placed = entered.flatMap(({ placements, entryId }) => placements.map((placement) => ({ placement, entryId })))
  await batch.insertPlacements(handle, placed, now, by.personName)
  await batch.insertFirstPaths(handle, entered)
  return answers
}

async function decide(
  handle: Handle,
  command: AddUnit,
  parents: ReadonlyMap<string, UnitRow>,
): Promise<Answer<NewUnit>> {
  const { parentId, lineParentId } = command
  const parent = parentId === null ? null : parents.get(parentId)
  if (parent === undefined) return { ok: false, refusal: { ...notFound('上级单位'), path: 'parentId' } }
  const lineParent = lineParentId === null ? null : parents.get(lineParentId)
  if (lineParent === undefined) return { ok: false, refusal: { ...notFound('条线上级'), path: 'lineParentId' } }
  const wrong = refuseNewUnit(command, parent, lineParent)
  if (wrong !== null) return wrong
  const code = await freeCode(handle, command.kind, command.code, null)
  return code.ok ? { ok: true, value: newUnit(command, code.value, parent, lineParent) } : code
}

function standing({ unit }: NewUnit): AddedUnit {
  return { id: unit.id, territoryPath: unit.territory_path, linePath: unit.line_path }
}
