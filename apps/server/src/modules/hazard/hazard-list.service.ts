import type { z } from 'zod'
import { countCap, type hazardFilters, type hazardListQuery, type HazardRow, type Total } from '@bihuan/contracts'
import { hazardStatuses, isCivilDate, isOpenHazard } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle, Narrowing } from '../../platform/db/scope.js'
import { notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { findUnit, type UnitRow } from '../organization/index.js'
import * as repo from './hazard-list.repo.js'

type Query = z.output<typeof hazardListQuery>
export type HazardQuestion = z.output<typeof hazardFilters>
export type Reader = <T>(work: (handle: Handle) => Promise<T>, narrowing?: Narrowing) => Promise<T>

export const openStates = hazardStatuses.filter(isOpenHazard)
/** Drafts and what was entered in error stay out of the ledger unless asked for. */
const ledgerStates = hazardStatuses.filter((state) => state !== 'cancelled' && state !== 'draft')

export async function listHazards(
  actor: Actor,
  query: Query,
  read: Reader,
  clock: Clock,
): Promise<Answer<{ items: HazardRow[]; next: string | null; total: Total | null }>> {
  const after = query.after === undefined ? null : readCursor(query.after)
  if (query.after !== undefined && after === null) {
    return {
      ok: false,
      refusal: { code: 'request.invalid', message: '翻页位置不对。请回到第一页重新查询。', path: 'after' },
    }
  }
  const found = await read((handle) =>
    narrowed(handle, actor, query, clock, async (filter) => ({
      rows: await rowsOf(handle, filter, query.sort, after, query.limit + 1),
      total: query.total === 'yes' ? await countAsked(handle, filter) : null,
    })),
  )
  if (!found.ok) return found
  const { rows, total } = found.value
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  return {
    ok: true,
    value: {
      items: page.map(rowOf),
      next: rows.length > query.limit && last ? `${last.sort_key}_${last.id}` : null,
      total,
    },
  }
}

/** The same question, counted four times more: what stands in the foot of the list. */
export async function sumHazards(
  actor: Actor,
  query: HazardQuestion,
  read: Reader,
  clock: Clock,
): Promise<Answer<{ open: Total; overdue: Total; major: Total; closed: Total }>> {
  return read((handle) =>
    narrowed(handle, actor, query, clock, async (filter) => {
      const inStates = (states: readonly string[]) => filter.states.filter((state) => states.includes(state))
      return {
        open: await countAsked(handle, { ...filter, states: inStates(openStates) }),
        overdue: await countAsked(handle, { ...filter, states: inStates(openStates), overdueOn: clock.today() }),
        major: await countAsked(handle, {
          ...filter,
          grades: filter.grades === null || filter.grades.includes('major') ? ['major'] : [],
        }),
        closed: await countAsked(handle, { ...filter, states: inStates(['closed']) }),
      }
    }),
  )
}

/** Finds the range, narrows the transaction to it, and asks: one transaction, since each costs as much as a page. */
export async function narrowed<T>(
  handle: Handle,
  actor: Actor,
  query: HazardQuestion,
  clock: Clock,
  ask: (filter: repo.HazardListFilter) => Promise<T>,
): Promise<Answer<T>> {
  const asked = await askable(actor, query, (unitId) => findUnit(handle, unitId), clock)
  if (!asked.ok) return asked
  const { filter, narrowing } = asked.value
  if (narrowing !== undefined) await handle.narrow(narrowing)
  return { ok: true, value: await ask(filter) }
}

export interface Askable {
  readonly filter: repo.HazardListFilter
  readonly narrowing: Narrowing | undefined
}

/** What a question comes to for this actor: the ranges that are theirs, and the conditions within. */
export async function askable(
  actor: Actor,
  query: HazardQuestion,
  unitById: (unitId: string) => Promise<UnitRow | null>,
  clock: Clock,
): Promise<Answer<Askable>> {
  const axis = query.axis ?? (actor.unitKind === 'department' && actor.reach.lines.length > 0 ? 'line' : 'territory')
  const { path, scope, lines, parties } = actor.reach
  const own = shortest(axis === 'line' ? lines : [...(path === null ? [] : [path]), ...scope])
  let below: repo.HazardListFilter['below'] = null
  if (query.unit !== undefined) {
    const unitId = query.unit
    const unit = await unitById(unitId)
    if (unit === null) {
      return { ok: false, refusal: { ...notFound('单位', { objectKind: 'unit', objectId: unitId }), path: 'unit' } }
    }
    // A department is asked for what it supervises, a town for what lies in it.
    below =
      unit.kind === 'department' && unit.line_path !== null
        ? { column: 'line_path', paths: [unit.line_path] }
        : { column: 'territory_path', paths: [unit.territory_path] }
  }
  const column = axis === 'line' ? 'line_path' : 'territory_path'
  let paths = own
  if (axis !== 'party' && below?.column === column) {
    // On the same axis the unit's range takes the place of the actor's, where it lies inside: one range is one range of an index.
    const [narrower] = below.paths
    if (narrower !== undefined && own.some((mine) => narrower.startsWith(mine))) {
      paths = [narrower]
      below = null
    }
  }
  const filter: repo.HazardListFilter = {
    states: query.overdue === 'yes' ? (query.state ?? openStates).filter(isOpenHazard) : (query.state ?? ledgerStates),
    within: axis === 'party' ? { parties } : { column, paths },
    below,
    campaignId: query.campaign ?? null,
    grades: query.grade ?? null,
    sources: query.source ?? null,
    sectors: query.sector ?? null,
    subjectId: query.subject ?? null,
    listed: query.listed === undefined ? null : query.listed === 'yes',
    overdueOn: query.overdue === 'yes' ? clock.today() : null,
    foundFrom: query.foundFrom ?? null,
    foundTo: query.foundTo ?? null,
    deadlineFrom: query.deadlineFrom ?? null,
    deadlineTo: query.deadlineTo ?? null,
    fragment: query.q || null,
  }
  const [only] = paths
  // The narrow roles know one range. After a move there are two, and the list is read under the wide policy.
  const narrowing: Narrowing | undefined =
    axis === 'party' || paths.length !== 1 || only === undefined ? undefined : { axis, path: only }
  return { ok: true, value: { filter, narrowing } }
}

/** Those that stand under none of the others. */
function shortest(paths: readonly string[]): string[] {
  return [...new Set(paths)].filter((path, _, all) => !all.some((other) => other !== path && path.startsWith(other)))
}

function asksNothing({ states, within }: repo.HazardListFilter): boolean {
  return states.length === 0 || ('parties' in within ? within.parties : within.paths).length === 0
}

async function rowsOf(
  handle: Handle,
  filter: repo.HazardListFilter,
  sort: repo.HazardSort,
  after: repo.HazardCursor | null,
  limit: number,
): Promise<repo.HazardListRow[]> {
  return asksNothing(filter) ? [] : repo.listHazardRows(handle, filter, sort, after, limit)
}

export async function countAsked(handle: Handle, filter: repo.HazardListFilter): Promise<Total> {
  const count = asksNothing(filter) ? 0 : await repo.countHazards(handle, filter)
  return { count: Math.min(count, countCap), capped: count > countCap }
}

/** The key may be infinite; what comes from a request is a day that exists, and an id. */
function readCursor(text: string): repo.HazardCursor | null {
  const match = /^(-?infinity|\d{4}-\d{2}-\d{2})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(text)
  const [, key, id] = match ?? []
  if (key === undefined || id === undefined) return null
  return key.endsWith('infinity') || (isCivilDate(key) && key > '0001') ? { key, id } : null
}

function rowOf(row: repo.HazardListRow): HazardRow {
  return {
    id: row.id,
    code: row.code,
    campaignId: row.campaign_id,
    subjectId: row.subject_id,
    subjectName: row.subject_name,
    territoryUnitId: row.territory_unit_id,
    territoryName: row.territory_name,
    authorityName: row.authority_name,
    sector: row.sector,
    source: row.source === '' ? null : (row.source as HazardRow['source']),
    grade: row.grade === '' ? null : (row.grade as HazardRow['grade']),
    state: row.state as HazardRow['state'],
    foundOn: row.found_on,
    deadline: row.deadline,
    closedOn: row.closed_on,
    listed: row.listed,
    description: row.description,
    version: row.version,
    changedAt: row.changed_at.toISOString(),
  }
}
