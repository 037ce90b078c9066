/**
 * The ledger page. One state at a time is read by index and the states are merged, since no index gives several states in the
 * order of the deadline. Figures and plans: docs/performance.md.
 */
import { countCap } from '@bihuan/contracts'
import type { Handle } from '../../platform/db/scope.js'

export interface HazardListFilter {
  readonly states: readonly string[]
  /** What may be read: the ranges of one axis (several after a move: present and former paths), or the units named as parties. */
  readonly within:
    { readonly column: PathColumn; readonly paths: readonly string[] } | { readonly parties: readonly string[] }
  /** Narrower still: one unit's subtree. */
  readonly below: { readonly column: PathColumn; readonly paths: readonly string[] } | null
  readonly campaignId: string | null
  readonly grades: readonly string[] | null
  readonly sources: readonly string[] | null
  readonly sectors: readonly string[] | null
  readonly subjectId: string | null
  readonly listed: boolean | null
  readonly overdueOn: string | null
  readonly foundFrom: string | null
  readonly foundTo: string | null
  readonly deadlineFrom: string | null
  readonly deadlineTo: string | null
  readonly fragment: string | null
}

export type PathColumn = 'territory_path' | 'line_path'

export type HazardSort = 'deadline' | 'found'

export interface HazardCursor {
  readonly key: string
  readonly id: string
}

export interface HazardListRow {
  readonly id: string
  readonly code: string
  readonly campaign_id: string
  readonly subject_id: string | null
  readonly subject_name: string
  readonly territory_unit_id: string | null
  readonly territory_name: string | null
  readonly authority_name: string | null
  readonly sector: string
  readonly source: string
  readonly grade: string
  readonly state: string
  readonly found_on: string | null
  readonly deadline: string | null
  readonly closed_on: string | null
  readonly listed: boolean
  readonly description: string
  readonly version: number
  readonly changed_at: Date
  readonly sort_key: string
}

const columns = `h.id, h.code, h.campaign_id, h.subject_id, h.subject_name, h.territory_unit_id, h.authority_unit_id, h.sector, h.source,
  h.grade, h.state, h.found_on, h.deadline, h.closed_on, h.listed, h.description, h.version, h.changed_at`

interface Built {
  readonly where: string
  readonly values: unknown[]
}

/** Conditions besides the state, with their values; the text depends on which filters are there, and only on that. */
export function conditions(tenantId: string, filter: HazardListFilter): Built {
  const values: unknown[] = [tenantId]
  const parts = ['h.tenant_id = $1']
  const add = (text: (place: string) => string, value: unknown) => {
    values.push(value)
    parts.push(text(`$${values.length}`))
  }
  const inRanges = (column: PathColumn, paths: readonly string[]) => {
    const ranges = paths.map((path) => {
      // '0' is the character after '/': the range of everything below the path.
      values.push(path, `${path.slice(0, -1)}0`)
      return `h.${column} >= $${values.length - 1} and h.${column} < $${values.length}`
    })
    parts.push(
      ranges.length === 1 ? (ranges[0] as string) : `(${ranges.map((range) => `(${range})`).join(' or ') || 'false'})`,
    )
  }
  if ('parties' in filter.within) add((at) => `h.parties && ${at}::uuid[]`, filter.within.parties)
  else inRanges(filter.within.column, filter.within.paths)
  if (filter.below !== null) inRanges(filter.below.column, filter.below.paths)
  if (filter.campaignId !== null) add((at) => `h.campaign_id = ${at}`, filter.campaignId)
  if (filter.grades !== null) add((at) => `h.grade = any(${at}::text[])`, filter.grades)
  if (filter.sources !== null) add((at) => `h.source = any(${at}::text[])`, filter.sources)
  if (filter.sectors !== null) add((at) => `h.sector = any(${at}::text[])`, filter.sectors)
  if (filter.subjectId !== null) add((at) => `h.subject_id = ${at}`, filter.subjectId)
  if (filter.listed !== null) add((at) => `h.listed = ${at}`, filter.listed)
  if (filter.overdueOn !== null) add((at) => `coalesce(h.deadline, 'infinity'::date) < ${at}::date`, filter.overdueOn)
  if (filter.foundFrom !== null) add((at) => `h.found_on >= ${at}::date`, filter.foundFrom)
  if (filter.foundTo !== null) add((at) => `h.found_on <= ${at}::date`, filter.foundTo)
  if (filter.deadlineFrom !== null)
    add((at) => `coalesce(h.deadline, 'infinity'::date) >= ${at}::date`, filter.deadlineFrom)
  if (filter.deadlineTo !== null)
    add((at) => `coalesce(h.deadline, 'infinity'::date) <= ${at}::date`, filter.deadlineTo)
  if (filter.fragment !== null) {
    values.push(`%${filter.fragment.replaceAll(/[\\%_]/g, '\\$&')}%`)
    const at = `$${values.length}`
    parts.push(`(h.description like ${at} or h.subject_name like ${at} or h.code like ${at})`)
  }
  return { where: parts.join(' and '), values }
}

/** The key of an order, in which nothing is null, and the way it runs. */
const orders: Readonly<Record<HazardSort, { readonly key: string; readonly way: string; readonly after: string }>> = {
  deadline: { key: `coalesce(h.deadline, 'infinity'::date)`, way: '', after: '>' },
  found: { key: `coalesce(h.found_on, '-infinity'::date)`, way: ' desc', after: '<' },
}

export async function listHazardRows(
  handle: Handle,
  filter: HazardListFilter,
  sort: HazardSort,
  after: HazardCursor | null,
  limit: number,
): Promise<HazardListRow[]> {
  const { where, values } = conditions(handle.tenantId, filter)
  const { key, way, after: than } = orders[sort]
  let cursor = ''
  if (after !== null) {
    values.push(after.key, after.id)
    cursor = ` and (${key}, h.id) ${than} ($${values.length - 1}::date, $${values.length}::uuid)`
  }
  values.push(limit)
  const limitAt = `$${values.length}`
  const branches = filter.states.map((state) => {
    values.push(state)
    return `(select ${columns}, ${key} as place from hazard h
      where ${where} and h.state = $${values.length}${cursor} order by ${key}${way}, h.id${way} limit ${limitAt})`
  })
  return handle.query<HazardListRow & Record<string, unknown>>(
    `select page.*, page.place::text as sort_key, t.name as territory_name, a.name as authority_name
     from (select * from (${branches.join(' union all ')}) each order by place${way}, id${way} limit ${limitAt}) page
     left join unit t on t.tenant_id = $1 and t.id = page.territory_unit_id
     left join unit a on a.tenant_id = $1 and a.id = page.authority_unit_id
     order by page.place${way}, page.id${way}`,
    values,
  )
}

/** Counts to one more than is shown; 1万+ says enough. */
export async function countHazards(handle: Handle, filter: HazardListFilter): Promise<number> {
  const { where, values } = conditions(handle.tenantId, filter)
  const branches = filter.states.map((state) => {
    values.push(state)
    return `(select 1 from hazard h where ${where} and h.state = $${values.length} limit ${countCap + 1})`
  })
  const [row] = await handle.query<{ count: number }>(
    `select count(*)::int as count from (select 1 from (${branches.join(' union all ')}) each limit ${countCap + 1}) capped`,
    values,
  )
  return row?.count ?? 0
}
