import type { Handle } from '../../platform/db/scope.js'

export interface AuditSearch {
  readonly account: string | null
  readonly personText: string | null
  /** Whole, or the beginning of it. */
  readonly action: string | null
  readonly objectKind: string | null
  readonly object: string | null
  readonly via: string | null
  readonly from: Date | null
  readonly before: Date | null
}

export interface AuditEntryRow {
  readonly id: string
  readonly at: Date
  readonly position: number | null
  readonly person_name: string
  readonly account_id: string | null
  readonly unit_name: string | null
  readonly via: string
  readonly address: string
  readonly action: string
  readonly object_kind: string
  readonly object_id: string | null
}

const columns = `e.id, e.at, s.position, e.person_name, e.account_id, u.name as unit_name, e.via, e.address, e.action, e.object_kind, e.object_id`
const tables = `audit_entry e left join audit_seal s on s.tenant_id = e.tenant_id and s.entry_id = e.id
  left join unit u on u.tenant_id = e.tenant_id and u.id = e.unit_id`

/** The conditions that were asked for, and no others: with all of them in one statement, no index would be planned for any. */
function conditions(search: AuditSearch): { text: string; values: unknown[] } {
  const values: unknown[] = []
  const texts: string[] = []
  const when = (value: unknown, condition: (place: string) => string): void => {
    if (value === null) return
    values.push(value)
    texts.push(condition(`$${values.length + 1}`))
  }
  when(search.account, (p) => `e.account_id = ${p}`)
  when(search.object, (p) => `e.object_id = ${p}`)
  when(search.objectKind, (p) => `e.object_kind = ${p}`)
  when(search.action, (p) => `starts_with(e.action, ${p})`)
  when(search.via, (p) => `e.via = ${p}`)
  when(search.personText, (p) => `strpos(e.person_name, ${p}) > 0`)
  when(search.from, (p) => `e.at >= ${p}`)
  when(search.before, (p) => `e.at < ${p}`)
  return { text: ['e.tenant_id = $1', ...texts].join(' and '), values }
}

/** The newest first. */
export async function listEntries(
  handle: Handle,
  search: AuditSearch,
  after: { readonly at: Date; readonly id: string } | null,
  limit: number,
): Promise<AuditEntryRow[]> {
  const { text, values } = conditions(search)
  const all: unknown[] = [handle.tenantId, ...values]
  const key = after === null ? '' : ` and (e.at, e.id) < ($${all.push(after.at)}, $${all.push(after.id)}::uuid)`
  return handle.query<AuditEntryRow & Record<string, unknown>>(
    `select ${columns} from ${tables} where ${text}${key} order by e.at desc, e.id desc limit $${all.push(limit)}`,
    all,
  )
}

export async function countEntries(handle: Handle, search: AuditSearch, cap: number): Promise<number> {
  const { text, values } = conditions(search)
  const all: unknown[] = [handle.tenantId, ...values]
  const [row] = await handle.query<{ count: number }>(
    `select count(*)::int as count from (select 1 from audit_entry e where ${text} limit $${all.push(cap)}) capped`,
    all,
  )
  return row?.count ?? 0
}

export interface AuditEntryDetail extends AuditEntryRow {
  readonly before: unknown
  readonly after: unknown
  readonly detail: unknown
  readonly entry_hash: Buffer | null
  readonly chain_hash: Buffer | null
  readonly sealed_at: Date | null
}

export async function findEntry(handle: Handle, id: string): Promise<AuditEntryDetail | null> {
  const [row] = await handle.query<AuditEntryDetail & Record<string, unknown>>(
    `select ${columns}, e.before, e.after, e.detail, s.entry_hash, s.chain_hash, s.sealed_at from ${tables} where e.tenant_id = $1 and e.id = $2`,
    [handle.tenantId, id],
  )
  return row ?? null
}

/** Entries of the last moments, that have no position yet; the sealer works in the order of time, give or take a transaction. */
export async function countWaiting(handle: Handle): Promise<number> {
  const [row] = await handle.query<{ count: number }>(
    `select count(*)::int as count from audit_entry e
     where e.tenant_id = $1 and not exists (select 1 from audit_seal s where s.tenant_id = e.tenant_id and s.entry_id = e.id)
       and e.at > coalesce((select l.at - interval '1 hour' from audit_entry l where l.tenant_id = $1 and l.id =
         (select s.entry_id from audit_seal s where s.tenant_id = $1 order by s.position desc limit 1)), '-infinity')`,
    [handle.tenantId],
  )
  return row?.count ?? 0
}
