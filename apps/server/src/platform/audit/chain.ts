/** The arithmetic of the chain: what an entry's hash covers, and how one link holds the next. No I/O. */
import { createHash } from 'node:crypto'

/** An entry as it stands in the database. */
export interface EntryRow {
  readonly id: string
  readonly at: Date
  readonly account_id: string | null
  readonly person_name: string
  readonly unit_id: string | null
  readonly via: string
  readonly address: string
  readonly action: string
  readonly object_kind: string
  readonly object_id: string | null
  readonly before: unknown
  readonly after: unknown
  readonly detail: unknown
}

export const entryColumns =
  'id, at, account_id, person_name, unit_id, via, address, action, object_kind, object_id, before, after, detail'

/** The chain's beginning differs from tenant to tenant, so that one tenant's chain cannot stand in for another's. */
export function genesis(tenantId: string): Buffer {
  return createHash('sha256').update(`bihuan chain ${tenantId}`).digest()
}

export function entryHash(entry: EntryRow): Buffer {
  return createHash('sha256')
    .update(
      canonical([
        entry.id,
        entry.at.toISOString(),
        entry.account_id,
        entry.person_name,
        entry.unit_id,
        entry.via,
        entry.address,
        entry.action,
        entry.object_kind,
        entry.object_id,
        entry.before,
        entry.after,
        entry.detail,
      ]),
    )
    .digest()
}

export function chainHash(previous: Buffer, position: number, entryId: string, hash: Buffer): Buffer {
  return createHash('sha256').update(previous).update(`${position} ${entryId} `).update(hash).digest()
}

/** JSON with sorted keys: jsonb keeps no order, and the hash must not depend on one. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value as Record<string, unknown>)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`)
    return `{${members.join(',')}}`
  }
  return JSON.stringify(value ?? null)
}
