/** Looking at units: the tree of a day as it was known, one unit's page, and finding one by a fragment of its name. */
import type { UnitChoice, UnitPage } from '@bihuan/contracts'
import { treeAt, type TreeAxis, type UnitKind } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import { readHead } from '../../platform/audit/verify.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import { notAllowed, notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { mayAddUnder, mayExport, mayImport, mayRead } from './unit.policy.js'
import { briefOf, presentUnit } from './unit.present.js'
import * as repo from './unit.repo.js'

export async function showUnit(handle: Handle, actor: Actor, unitId: string, clock: Clock): Promise<Answer<UnitPage>> {
  const unit = mayRead(actor) ? await repo.findUnit(handle, unitId) : null
  if (unit === null) return { ok: false, refusal: notFound('单位', { objectKind: 'unit', objectId: unitId }) }
  return { ok: true, value: await presentUnit(handle, actor, unit, clock.today()) }
}

export async function showTree(
  handle: Handle,
  actor: Actor,
  asked: { readonly axis: TreeAxis; readonly on?: string | undefined; readonly knownAt?: number | undefined },
  clock: Clock,
) {
  if (!mayRead(actor)) return { ok: false as const, refusal: notAllowed('查看单位') }
  const on = asked.on ?? clock.today()
  const knownAt = asked.knownAt ?? null
  const units = await repo.listOffices(handle)
  const tree = treeAt(await repo.listOfficePlacements(handle, asked.axis, null), asked.axis, on, knownAt)
  const severed = new Set(tree.severed)
  const shown = units.filter((unit) => tree.has(unit.id) && (asked.axis === 'territory' || isOnLine(unit, tree)))
  const root = shown.find((unit) => unit.parent_id === null)
  return {
    ok: true as const,
    value: {
      axis: asked.axis,
      on,
      knownAt,
      head: (await readHead(handle)).position,
      units: shown.map((unit) => ({
        ...briefOf(unit),
        parentId: tree.parentOf(unit.id),
        severed: severed.has(unit.id),
      })),
      abilities: {
        add: root !== undefined && units.some((unit) => mayAddUnder(actor, unit)),
        import: mayImport(actor),
        export: mayExport(actor),
      },
    },
  }
}

/** A village that answers to no department and that nobody answers to has no place on the line. */
function isOnLine(unit: repo.UnitRow, tree: ReturnType<typeof treeAt>): boolean {
  return tree.parentOf(unit.id) !== null || tree.childrenOf(unit.id).length > 0 || unit.kind === 'department'
}

export interface ListUnitsAsked {
  readonly search?: string | undefined
  readonly kinds?: readonly UnitKind[] | undefined
  readonly within?: string | undefined
  readonly dissolved: 'yes' | 'no'
  readonly after?: string | undefined
  readonly limit: number
}

export async function listUnits(
  handle: Handle,
  actor: Actor,
  asked: ListUnitsAsked,
): Promise<Answer<{ items: UnitChoice[]; next: string | null; total: null }>> {
  if (!mayRead(actor)) return { ok: false, refusal: notAllowed('查看单位') }
  const within = asked.within === undefined ? null : await repo.findUnit(handle, asked.within)
  if (asked.within !== undefined && within === null) {
    return { ok: false, refusal: notFound('单位', { objectKind: 'unit', objectId: asked.within }) }
  }
  const found = await repo.searchUnits(handle, {
    text: asked.search === undefined || asked.search === '' ? null : asked.search.normalize('NFKC'),
    kinds: asked.kinds ?? null,
    within: within?.territory_path ?? null,
    dissolved: asked.dissolved === 'yes',
    after: readCursor(asked.after),
    limit: asked.limit + 1,
  })
  const shown = found.slice(0, asked.limit)
  const last = found.length > asked.limit ? shown.at(-1) : undefined
  return {
    ok: true,
    value: {
      items: shown.map((unit) => ({ ...briefOf(unit), parentName: unit.parent_name })),
      next: last === undefined ? null : JSON.stringify([last.rank, last.name, last.id]),
      total: null,
    },
  }
}

function readCursor(cursor: string | undefined): repo.UnitSearch['after'] {
  if (cursor === undefined) return null
  try {
    const [rank, name, id] = JSON.parse(cursor) as unknown[]
    if (typeof rank === 'number' && typeof name === 'string' && typeof id === 'string' && /^[0-9a-f-]{36}$/.test(id))
      return { rank, name, id }
  } catch {
    return null
  }
  return null
}
