/**
 * Rows of append-only tables that the chain covers: the entry they came with says what they are. Compared both ways, entry by entry and row by row, so that a row that was changed, added or taken away is found.
 */
import type { Handle } from '../db/scope.js'
import type { Checked } from './verification.js'

export interface CoveredRow {
  readonly id: string
  readonly entry_id: string
}

/** What an entry says. */
export interface SayingEntry extends Record<string, unknown> {
  readonly id: string
  readonly object_id: string | null
  readonly account_id: string | null
  readonly person_name: string
  readonly after: Readonly<Record<string, unknown>> | null
  readonly detail: Readonly<Record<string, unknown>> | null
}

export interface Covered<Said, Row extends CoveredRow> {
  /** What one row is called: 事实. */
  readonly noun: string
  /** Which entries speak of such rows: by keys of their detail, or by what was done. */
  readonly spokenOf: { readonly keys: readonly string[] } | { readonly actions: readonly string[] }
  /** What one entry says, by the id of the row. */
  saidBy(entry: SayingEntry): Iterable<readonly [id: string, said: Said]>
  /** The rows whose `entry_id` lies in (after, upTo]. */
  rows(handle: Handle, after: string, upTo: string): Promise<readonly Row[]>
  /** The first field that differs, or null. */
  difference(said: Said, row: Row): string | null
}

const entriesAtOnce = 500
// Bounds, and not null for none: a condition that has to ask whether there is a bound cannot use the index (plans are kept).
export const firstId = '00000000-0000-0000-0000-000000000000'
const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

export async function verifyCoveredRows<Said, Row extends CoveredRow>(
  handle: Handle,
  covered: Covered<Said, Row>,
): Promise<Checked> {
  const { spokenOf } = covered
  const [condition, words] =
    'keys' in spokenOf ? ['detail ?| $3::text[]', spokenOf.keys] : ['action = any($3::text[])', spokenOf.actions]
  let count = 0
  let after = firstId
  for (;;) {
    const entries = await handle.query<SayingEntry>(
      `select id, object_id, account_id, person_name, after, detail from audit_entry
       where tenant_id = $1 and id > $2 and ${condition} order by id limit ${entriesAtOnce}`,
      [handle.tenantId, after, words],
    )
    const upTo = entries.length < entriesAtOnce ? lastId : (entries.at(-1)?.id ?? lastId)
    const awaited = new Map<string, { entryId: string; said: Said }>()
    for (const entry of entries) {
      for (const [id, said] of covered.saidBy(entry)) awaited.set(id, { entryId: entry.id, said })
    }
    for (const row of await covered.rows(handle, after, upTo)) {
      const found = awaited.get(row.id)
      if (found === undefined || found.entryId !== row.entry_id) {
        return differs(`${covered.noun} ${row.id} 没有来历：${await entryName(handle, row.entry_id)}里没有说到它。`)
      }
      const difference = covered.difference(found.said, row)
      if (difference !== null) {
        return differs(`${covered.noun} ${row.id} 与${await entryName(handle, row.entry_id)}不符：${difference}。`)
      }
      awaited.delete(row.id)
      count += 1
    }
    for (const [id, { entryId }] of awaited) {
      return differs(`${covered.noun} ${id} 不见了：${await entryName(handle, entryId)}里记着它。`)
    }
    if (upTo === lastId) return { ok: true, count }
    after = upTo
  }
}

/** Where an entry stands, for a sentence. */
export async function entryName(handle: Handle, entryId: string): Promise<string> {
  const [seal] = await handle.query<{ position: number }>(
    'select position from audit_seal where tenant_id = $1 and entry_id = $2',
    [handle.tenantId, entryId],
  )
  return seal === undefined ? `尚未封存的记录 ${entryId} ` : `第 ${seal.position} 号记录`
}

/** 金额应为 1，现为 2 */
export function firstDifference(
  fields: readonly (readonly [name: string, said: unknown, is: unknown])[],
): string | null {
  const found = fields.find(([, said, is]) => written(said) !== written(is))
  return found === undefined ? null : `${found[0]}应为 ${written(found[1])}，现为 ${written(found[2])}`
}

function written(value: unknown): string {
  if (value === null || value === undefined) return '空'
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function differs(message: string): Checked {
  return { ok: false, message }
}
