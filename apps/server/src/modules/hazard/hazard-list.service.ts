import type { z } from 'zod'
import { countCap, type hazardListQuery, type HazardRow } from '@bihuan/contracts'
import { hazardStatuses } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle, Narrowing } from '../../platform/db/scope.js'
import { notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { findUnit } from '../organization/index.js'
import * as repo from './hazard-list.repo.js'

type Query = z.output<typeof hazardListQuery>
type Reader = <T>(work: (handle: Handle) => Promise<T>, narrowing?: Narrowing) => Promise<T>

const openStates = ['registered', 'rectifying', 'awaiting-reinspection', 'awaiting-sign-off', 'transferring']
/** Drafts and what was entered in error stay out of the ledger unless asked for. */
const ledgerStates = hazardStatuses.filter((state) => state !== 'cancelled' && state !== 'draft')

export async function listHazards(
  actor: Actor,
  query: Query,
  read: Reader,
  clock: Clock,
): Promise<Answer<{ items: HazardRow[]; next: string | null; total: { count: number; capped: boolean } | null }>> {
  const axis = query.axis ?? (actor.unitKind === 'department' && actor.reach.lines.length > 0 ? 'line' : 'territory')
  const own = axis === 'territory' ? actor.reach.path : axis === 'line' ? (actor.reach.lines[0] ?? null) : null
  let path = own
  if (axis !== 'party') {
    if (own === null) return { ok: true, value: { items: [], next: null, total: { count: 0, capped: false } } }
    if (query.unit !== undefined) {
      const unitId = query.unit
      const unit = await read((handle) => findUnit(handle, unitId))
      path = (axis === 'territory' ? unit?.territory_path : unit?.line_path) ?? null
      const reachable = axis === 'territory' ? [own, ...actor.reach.scope] : actor.reach.lines
      if (path === null || !reachable.some((mine) => path?.startsWith(mine) === true)) {
        return { ok: false, refusal: { ...notFound('单位'), path: 'unit' } }
      }
    }
  }
  const filter: repo.HazardListFilter = {
    states: query.overdue === 'yes' ? (query.state ?? openStates) : (query.state ?? ledgerStates),
    axis: path === null ? null : { column: axis === 'line' ? 'line_path' : 'territory_path', path },
    parties: actor.reach.parties,
    campaignId: query.campaign ?? null,
    grades: query.grade ?? null,
    sources: query.source ?? null,
    sector: query.sector ?? null,
    subjectId: query.subject ?? null,
    listed: query.listed === undefined ? null : query.listed === 'yes',
    overdueOn: query.overdue === 'yes' ? clock.today() : null,
    foundFrom: query.foundFrom ?? null,
    foundTo: query.foundTo ?? null,
    deadlineFrom: query.deadlineFrom ?? null,
    deadlineTo: query.deadlineTo ?? null,
    fragment: query.q || null,
  }
  if (filter.states.length === 0) return { ok: true, value: { items: [], next: null, total: { count: 0, capped: false } } }
  const after = query.after === undefined ? null : readCursor(query.after)
  if (query.after !== undefined && after === null) {
    return { ok: false, refusal: { code: 'request.invalid', message: '翻页位置不对。请回到第一页重新查询。', path: 'after' } }
  }
  const narrowing: Narrowing | undefined = path === null ? undefined : { axis: axis === 'line' ? 'line' : 'territory', path }
  const { rows, count } = await read(
    async (handle) => ({
      rows: await repo.listHazardRows(handle, filter, query.sort, after, query.limit + 1),
      count: query.total === 'yes' ? await repo.countHazards(handle, filter) : null,
    }),
    narrowing,
  )
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  return {
    ok: true,
    value: {
      items: page.map(rowOf),
      next: rows.length > query.limit && last ? `${last.sort_key}_${last.id}` : null,
      total: count === null ? null : { count: Math.min(count, countCap), capped: count > countCap },
    },
  }
}

function readCursor(text: string): repo.HazardCursor | null {
  const match = /^(-?infinity|\d{4}-\d{2}-\d{2})_([0-9a-f-]{36})$/.exec(text)
  return match ? { key: match[1] as string, id: match[2] as string } : null
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
    source: row.source as HazardRow['source'],
    grade: row.grade as HazardRow['grade'],
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
