/** What waits for one unit: open hazards by whose turn it is. The partial indexes of 0020 hold open ones only. */
import type { Hazard } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'
import type { StoredHazard } from './hazard.repo.js'

export interface WorkRow extends StoredHazard {
  readonly territoryName: string | null
}

interface WorkRecord extends Record<string, unknown> {
  readonly detail: Hazard
  readonly territory_path: string
  readonly line_path: string | null
  readonly parties: string[]
  readonly created_at: Date
  readonly territory_name: string | null
}

export interface WorkWhere {
  /** SQL over `h`, with the values from `$3` on; `$2` are my units. */
  readonly text: string
  readonly values: readonly unknown[]
}

/** SQL of needsOutsideSupervision (packages/domain): re-inspection and sign-off are the authority's. */
const outside = `(h.grade = 'major' or h.listed or h.source in ('inspection', 'tip', 'assigned'))`
const supervisedByMine = `(case when ${outside} then h.authority_unit_id = any($2::uuid[])
  else h.responsible_unit_id = any($2::uuid[]) or h.authority_unit_id = any($2::uuid[]) end)`
const due = `coalesce(h.deadline, 'infinity'::date)`
/** The last of those that matter: who was sent back and has reported again is no longer sent back. */
const isSentBack = `coalesce((select e.type from hazard_event e where e.tenant_id = h.tenant_id and e.hazard_id = h.id
  and e.type in ('reinspect-failed', 'send-back', 'reopen', 'report-rectified') order by e.ordinal desc limit 1)
  in ('reinspect-failed', 'send-back', 'reopen'), false)`
const toRectify = `h.responsible_unit_id = any($2::uuid[]) and h.state in ('registered', 'rectifying')`
const extensionAsked = `jsonb_typeof(h.detail #> '{extensions,-1,answer}') = 'null'`

/** The kinds that exclude each other are told so here, and nowhere else. */
export const workQuestions = {
  'sent-back': () => ({ text: `${toRectify} and h.state = 'rectifying' and ${isSentBack}`, values: [] }),
  overdue: (today) => ({
    text: `${toRectify} and ${due} < $3::date and not (h.state = 'rectifying' and ${isSentBack})`,
    values: [today],
  }),
  due: (today, soon) => ({
    text: `${toRectify} and ${due} between $3::date and $4::date and not (h.state = 'rectifying' and ${isSentBack})`,
    values: [today, soon],
  }),
  plan: (_, soon) => ({
    text: `h.responsible_unit_id = any($2::uuid[]) and h.state = 'registered' and ${due} > $3::date`,
    values: [soon],
  }),
  extension: () => ({
    text: `${extensionAsked} and h.state in ('registered', 'rectifying')
      and coalesce((h.detail #>> '{listing,authorityUnitId}')::uuid, h.authority_unit_id) = any($2::uuid[])`,
    values: [],
  }),
  reinspect: () => ({ text: `h.state = 'awaiting-reinspection' and ${supervisedByMine}`, values: [] }),
  'sign-off': () => ({ text: `h.state = 'awaiting-sign-off' and ${supervisedByMine}`, values: [] }),
  transfer: () => ({
    text: `h.state = 'transferring' and (h.detail #>> '{transfer,toUnitId}')::uuid = any($2::uuid[])`,
    values: [],
  }),
  'supervised-overdue': (today) => ({
    text: `h.authority_unit_id = any($2::uuid[]) and not coalesce(h.responsible_unit_id = any($2::uuid[]), false)
      and h.state in ('registered', 'rectifying') and ${due} < $3::date`,
    values: [today],
  }),
} as const satisfies Readonly<Record<string, (today: string, soon: string) => WorkWhere>>

const columns = `h.detail, h.territory_path, h.line_path, h.parties, h.created_at`

export async function listWork(
  handle: Handle,
  unitIds: readonly string[],
  where: WorkWhere,
  limit: number,
): Promise<WorkRow[]> {
  const rows = await handle.query<WorkRecord>(
    `select ${columns}, u.name as territory_name from hazard h
     left join unit u on u.tenant_id = h.tenant_id and u.id = h.territory_unit_id
     where h.tenant_id = $1 and ${where.text} order by ${due}, h.id limit ${limit}`,
    [handle.tenantId, unitIds, ...where.values],
  )
  return rows.map(workRow)
}

export async function countWork(
  handle: Handle,
  unitIds: readonly string[],
  where: WorkWhere,
  cap: number,
): Promise<number> {
  const [row] = await handle.query<{ count: number }>(
    `select count(*)::int as count from (select 1 from hazard h where h.tenant_id = $1 and ${where.text} limit ${cap + 1}) capped`,
    [handle.tenantId, unitIds, ...where.values],
  )
  return row?.count ?? 0
}

/** Drafts stand with the unit of their writer, under its own path. */
export async function listOwnDrafts(handle: Handle, path: string, limit: number): Promise<WorkRow[]> {
  const rows = await handle.query<WorkRecord>(
    `select ${columns}, u.name as territory_name from hazard h
     left join unit u on u.tenant_id = h.tenant_id and u.id = h.territory_unit_id
     where h.tenant_id = $1 and h.state = 'draft' and h.territory_path = $2 order by h.changed_at desc, h.id limit ${limit}`,
    [handle.tenantId, path],
  )
  return rows.map(workRow)
}

export async function countOwnDrafts(handle: Handle, path: string, cap: number): Promise<number> {
  const [row] = await handle.query<{ count: number }>(
    `select count(*)::int as count from
       (select 1 from hazard h where h.tenant_id = $1 and h.state = 'draft' and h.territory_path = $2 limit ${cap + 1}) capped`,
    [handle.tenantId, path],
  )
  return row?.count ?? 0
}

export interface OpenByPlace {
  readonly unit_id: string
  readonly unit_name: string
  readonly open: number
  readonly overdue: number
}

const openStates = `('registered', 'rectifying', 'awaiting-reinspection', 'awaiting-sign-off', 'transferring')`

/** Open and overdue by the units that stand directly under a path; read under the narrow role of one range. */
export async function openByPlace(
  handle: Handle,
  range: { readonly column: 'territory_path' | 'line_path'; readonly path: string },
  base: string,
  today: string,
  limit: number,
): Promise<OpenByPlace[]> {
  // A step of a path is seven characters: its label and the stroke behind it.
  return handle.query<OpenByPlace & Record<string, unknown>>(
    `select u.id as unit_id, u.name as unit_name, sum(each.open)::int as open, sum(each.overdue)::int as overdue
     from (select substr(h.territory_path, 1, length($4) + 7) as place, count(*) as open,
             count(*) filter (where h.deadline < $5::date) as overdue
           from hazard h where h.tenant_id = $1 and h.${range.column} >= $2 and h.${range.column} < $3 and h.state in ${openStates}
           group by 1) each
     join unit u on u.tenant_id = $1 and u.territory_path = each.place
     group by u.id, u.name having sum(each.overdue) > 0 order by overdue desc, u.name limit ${limit}`,
    [handle.tenantId, range.path, `${range.path.slice(0, -1)}0`, base, today],
  )
}

export async function oldestMajor(
  handle: Handle,
  range: { readonly column: 'territory_path' | 'line_path'; readonly path: string },
  limit: number,
): Promise<WorkRow[]> {
  const rows = await handle.query<WorkRecord>(
    `select ${columns}, u.name as territory_name from hazard h
     left join unit u on u.tenant_id = h.tenant_id and u.id = h.territory_unit_id
     where h.tenant_id = $1 and h.${range.column} >= $2 and h.${range.column} < $3 and h.grade = 'major' and h.state in ${openStates}
     order by coalesce(h.found_on, '-infinity'::date), h.id limit ${limit}`,
    [handle.tenantId, range.path, `${range.path.slice(0, -1)}0`],
  )
  return rows.map(workRow)
}

function workRow(row: WorkRecord): WorkRow {
  return {
    hazard: row.detail,
    territoryPath: row.territory_path,
    linePath: row.line_path,
    parties: row.parties,
    createdAt: row.created_at,
    territoryName: row.territory_name,
  }
}
