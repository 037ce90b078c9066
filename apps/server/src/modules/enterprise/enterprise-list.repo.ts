/**
 * The list of enterprises, and the picker. Read under the narrow roles, whose policy is one range of one axis: `like` may not be
 * asked of rows before the policy has let them through, so neither the trigram index nor any other index on the name helps a
 * search (nor could trigrams find a word of two characters). A range of 50,000 is read and compared in some 30 ms: enough.
 */
import { countCap } from '@bihuan/contracts'
import type { Handle } from '../../platform/db/scope.js'

export interface EnterpriseListFilter {
  /** Range of the axis that is read; null for what concerns my unit on neither axis. */
  readonly axis: { readonly column: 'territory_path' | 'line_path'; readonly path: string } | null
  readonly parties: readonly string[]
  readonly sectors: readonly string[] | null
  readonly sizes: readonly string[] | null
  readonly flags: readonly string[] | null
  readonly statuses: readonly string[] | null
  readonly regulatorId: string | null
  readonly fragment: string | null
}

export type EnterpriseSort = 'name' | 'newest'

export interface EnterpriseCursor {
  readonly name: string
  readonly id: string
}

export interface EnterpriseListRow {
  readonly id: string
  readonly name: string
  readonly credit_code: string | null
  readonly local_code: string | null
  readonly sector: string
  readonly size: string
  readonly employees: number | null
  readonly high_risk: boolean
  readonly crowded: boolean
  readonly labour_intensive: boolean
  readonly key_supervised: boolean
  readonly state_owned: boolean
  readonly status: string
  readonly territory_unit_id: string
  readonly territory_name: string | null
  readonly lead_regulator_id: string | null
  readonly regulator_name: string | null
  readonly principal_name: string | null
  readonly principal_phone: string | null
  readonly address: string
}

const columns = `e.id, e.name, e.credit_code, e.local_code, e.sector, e.size, e.employees, e.high_risk, e.crowded, e.labour_intensive,
  e.key_supervised, e.state_owned, e.status, e.territory_unit_id, e.lead_regulator_id, e.principal_name, e.principal_phone, e.address`

const flagColumns: Readonly<Record<string, string>> = {
  highRisk: 'high_risk',
  crowded: 'crowded',
  labourIntensive: 'labour_intensive',
  keySupervised: 'key_supervised',
  stateOwned: 'state_owned',
}

/** The text depends on which filters are there, and only on that. */
function conditions(tenantId: string, filter: EnterpriseListFilter): { where: string; values: unknown[] } {
  const values: unknown[] = [tenantId]
  const parts = ['e.tenant_id = $1']
  const add = (text: (place: string) => string, value: unknown) => {
    values.push(value)
    parts.push(text(`$${values.length}`))
  }
  if (filter.axis !== null) {
    const { column, path } = filter.axis
    add((at) => `e.${column} >= ${at}`, path)
    add((at) => `e.${column} < ${at}`, path.slice(0, -1) + '0')
  } else {
    add((at) => `e.parties && ${at}::uuid[]`, filter.parties)
  }
  if (filter.sectors !== null)
    add((at) => `(e.sector = any(${at}::text[]) or e.other_sectors && ${at}::text[])`, filter.sectors)
  if (filter.sizes !== null) add((at) => `e.size = any(${at}::text[])`, filter.sizes)
  if (filter.statuses !== null) add((at) => `e.status = any(${at}::text[])`, filter.statuses)
  for (const flag of filter.flags ?? []) parts.push(`e.${flagColumns[flag] ?? 'high_risk'}`)
  if (filter.regulatorId !== null) {
    add(
      (at) => `(e.lead_regulator_id = ${at}::uuid or e.other_regulator_ids @> array[${at}::uuid])`,
      filter.regulatorId,
    )
  }
  if (filter.fragment !== null) {
    values.push(likePart(filter.fragment), likePart(filter.fragment.toUpperCase()))
    const [name, code] = [`$${values.length - 1}`, `$${values.length}`]
    parts.push(`(e.name like ${name} or e.credit_code like ${code} or e.local_code like ${code})`)
  }
  return { where: parts.join(' and '), values }
}

function likePart(fragment: string): string {
  return `%${fragment.replaceAll(/[\\%_]/g, '\\$&')}%`
}

const orders: Readonly<Record<EnterpriseSort, { readonly order: string; readonly merged: string }>> = {
  name: { order: 'e.name, e.id', merged: 'page.name, page.id' },
  // Ids are made in the order of time.
  newest: { order: 'e.id desc', merged: 'page.id desc' },
}

export async function listEnterpriseRows(
  handle: Handle,
  filter: EnterpriseListFilter,
  sort: EnterpriseSort,
  after: EnterpriseCursor | null,
  limit: number,
): Promise<EnterpriseListRow[]> {
  const { where, values } = conditions(handle.tenantId, filter)
  const { order, merged } = orders[sort]
  let cursor = ''
  if (after !== null && sort === 'name') {
    values.push(after.name, after.id)
    cursor = ` and (e.name, e.id) > ($${values.length - 1}, $${values.length}::uuid)`
  } else if (after !== null) {
    values.push(after.id)
    cursor = ` and e.id < $${values.length}::uuid`
  }
  values.push(limit)
  return handle.query<EnterpriseListRow & Record<string, unknown>>(
    `select page.*, t.name as territory_name, r.name as regulator_name
     from (select ${columns} from enterprise e where ${where}${cursor} order by ${order} limit $${values.length}) page
     left join unit t on t.tenant_id = $1 and t.id = page.territory_unit_id
     left join unit r on r.tenant_id = $1 and r.id = page.lead_regulator_id
     order by ${merged}`,
    values,
  )
}

/** Counts to one more than is shown; 1万+ says enough. */
export async function countEnterprises(handle: Handle, filter: EnterpriseListFilter): Promise<number> {
  const { where, values } = conditions(handle.tenantId, filter)
  const [row] = await handle.query<{ count: number }>(
    `select count(*)::int as count from (select 1 from enterprise e where ${where} limit ${countCap + 1}) capped`,
    values,
  )
  return row?.count ?? 0
}

export interface EnterpriseChoice {
  readonly id: string
  readonly name: string
  readonly credit_code: string | null
  readonly local_code: string | null
  readonly sector: string
  readonly status: string
  readonly territory_unit_id: string
  readonly territory_name: string | null
  readonly lead_regulator_id: string | null
}

/** Everything in reach, on both axes and as a party; names that begin with the word first, then the shorter ones. */
export async function chooseAmongEnterprises(
  handle: Handle,
  asked: { readonly search: string; readonly path: string | null; readonly gone: boolean; readonly limit: number },
): Promise<EnterpriseChoice[]> {
  const values: unknown[] = [handle.tenantId, asked.limit]
  const parts = ['e.tenant_id = $1']
  const place = (value: unknown) => `$${values.push(value)}`
  if (!asked.gone) parts.push(`e.status in ('operating', 'suspended')`)
  if (asked.path !== null) {
    parts.push(`e.territory_path >= ${place(asked.path)}`, `e.territory_path < ${place(asked.path.slice(0, -1) + '0')}`)
  }
  let order = 'e.name, e.id'
  if (asked.search !== '') {
    const code = place(likePart(asked.search.toUpperCase()))
    parts.push(
      `(e.name like ${place(likePart(asked.search))} or e.credit_code like ${code} or e.local_code like ${code})`,
    )
    order = `not e.name like ${place(likePart(asked.search).slice(1))}, length(e.name), e.name, e.id`
  }
  return handle.query<EnterpriseChoice & Record<string, unknown>>(
    `select e.id, e.name, e.credit_code, e.local_code, e.sector, e.status, e.territory_unit_id, t.name as territory_name, e.lead_regulator_id
     from enterprise e left join unit t on t.tenant_id = e.tenant_id and t.id = e.territory_unit_id
     where ${parts.join(' and ')} order by ${order} limit $2`,
    values,
  )
}

export async function countBySector(handle: Handle): Promise<{ sector: string; count: number }[]> {
  return handle.query(
    `select sector, count(*)::int as count from enterprise where tenant_id = $1 group by sector order by count desc, sector limit 200`,
    [handle.tenantId],
  )
}
