/**
 * The ledger page. One state at a time is read by index and the states are merged, since no index gives several states in the
 * order of the deadline. Figures and plans: docs/performance.md.
 */
import { countCap } from '@bihuan/contracts'
import type { Handle } from '../../platform/db/scope.js'

export interface HazardListFilter {
  readonly states: readonly string[]
  /** Range of the axis that is read; null for what concerns my unit on neither axis. */
  readonly axis: { readonly column: 'territory_path' | 'line_path'; readonly path: string } | null
  readonly parties: readonly string[]
  readonly campaignId: string | null
  readonly grades: readonly string[] | null
  readonly sources: readonly string[] | null
  readonly sector: string | null
  readonly subjectId: string | null
  readonly listed: boolean | null
  readonly overdueOn: string | null
  readonly foundFrom: string | null
  readonly foundTo: string | null
  readonly deadlineFrom: string | null
  readonly deadlineTo: string | null
  readonly fragment: string | null
}

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
  readonly territory_unit_id: string
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
function conditions(tenantId: string, filter: HazardListFilter): Built {
  const values: unknown[] = [tenantId]
  const parts = ['h.tenant_id = $1']
  const add = (text: (place: string) => string, value: unknown) => {
    values.push(value)
    parts.push(text(`$${values.length}`))
  }
  if (filter.axis !== null) {
    const { column, path } = filter.axis
    add((at) => `h.${column} >= ${at}`, path)
    add((at) => `h.${column} < ${at}`, path.slice(0, -1) + '0')
  } else {
    add((at) => `h.parties && ${at}::uuid[]`, filter.parties)
  }
  if (filter.campaignId !== null) add((at) => `h.campaign_id = ${at}`, filter.campaignId)
  if (filter.grades !== null) add((at) => `h.grade = any(${at}::text[])`, filter.grades)
  if (filter.sources !== null) add((at) => `h.source = any(${at}::text[])`, filter.sources)
  if (filter.sector !== null) add((at) => `h.sector = ${at}`, filter.sector)
  if (filter.subjectId !== null) add((at) => `h.subject_id = ${at}`, filter.subjectId)
  if (filter.listed !== null) add((at) => `h.listed = ${at}`, filter.listed)
  if (filter.overdueOn !== null) add((at) => `coalesce(h.deadline, 'infinity'::date) < ${at}::date`, filter.overdueOn)
  if (filter.foundFrom !== null) add((at) => `h.found_on >= ${at}::date`, filter.foundFrom)
  if (filter.foundTo !== null) add((at) => `h.found_on <= ${at}::date`, filter.foundTo)
  if (filter.deadlineFrom !== null) add((at) => `coalesce(h.deadline, 'infinity'::date) >= ${at}::date`, filter.deadlineFrom)
  if (filter.deadlineTo !== null) add((at) => `coalesce(h.deadline, 'infinity'::date) <= ${at}::date`, filter.deadlineTo)
  if (filter.fragment !== null) {
    values.push(`%${filter.fragment.replaceAll(/[\\%_]/g, '\\$&')}%`)
    const at = `$${values.length}`
    parts.push(`(h.description like ${at} or h.subject_name like ${at} or h.code like ${at})`)
  }
  return { where: parts.join(' and '), values }
}

const keys: Readonly<Record<HazardSort, { readonly key: string; readonly order: string; readonly after: string; readonly merged: string }>> = {
  deadline: {
    key: `coalesce(h.deadline, 'infinity'::date)`,
    order: `coalesce(h.deadline, 'infinity'::date), h.id`,
    after: '>',
    merged: 'page.sort_key, page.id',
  },
  found: {
    key: `coalesce(h.found_on, '-infinity'::date)`,
    order: 'h.found_on desc, h.id desc',
    after: '<',
    merged: 'page.sort_key desc, page.id desc',
  },
}

export async function listHazardRows(
  handle: Handle,
  filter: HazardListFilter,
  sort: HazardSort,
  after: HazardCursor | null,
  limit: number,
): Promise<HazardListRow[]> {
  const { where, values } = conditions(handle.tenantId, filter)
  const { key, order, after: than, merged } = keys[sort]
  let cursor = ''
  if (after !== null) {
    values.push(after.key, after.id)
    const column = sort === 'found' ? 'h.found_on' : key
    cursor = ` and (${column}, h.id) ${than} ($${values.length - 1}::date, $${values.length}::uuid)`
  }
  values.push(limit)
  const limitAt = `$${values.length}`
  const branches = filter.states.map((state) => {
    values.push(state)
    return `(select ${columns}, ${key} as sort_key from hazard h
      where ${where} and h.state = $${values.length}${cursor} order by ${order} limit ${limitAt})`
  })
  return handle.query<HazardListRow & Record<string, unknown>>(
    `select page.*, t.name as territory_name, a.name as authority_name, page.sort_key::text as sort_key
     from (${branches.join(' union all ')}) page
     left join unit t on t.tenant_id = $1 and t.id = page.territory_unit_id
     left join unit a on a.tenant_id = $1 and a.id = page.authority_unit_id
     order by ${merged} limit ${limitAt}`,
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
