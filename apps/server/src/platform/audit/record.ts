/** The one writer of the audit trail. Every write calls it once, inside its own transaction. */
import { v7 as uuidv7 } from 'uuid'
import type { Actor } from '../actor.js'
import type { Handle } from '../db/scope.js'

export interface Act {
  /** `<module>.<verb>`, as in the permissions: `hazard.sign-off`. */
  readonly action: string
  readonly objectKind: string
  readonly objectId: string | null
  readonly before?: unknown
  readonly after?: unknown
  /** Rows of other append-only tables that went with it, so that the chain covers them: `{ facts: [...] }`. */
  readonly detail?: unknown
}

/** Whoever acts: a person, or a purpose of the server's own (`job`, `maintenance`). */
export type ActingParty =
  | Actor
  | {
      readonly tenantId: string
      readonly via: 'job' | 'maintenance' | 'web'
      readonly personName: string
      readonly address: string
      readonly accountId?: string | null
      readonly unitId?: string | null
    }

/** Returns the entry's id; facts and placements point to it and take their position from it. */
export async function recordAct(handle: Handle, by: ActingParty, act: Act, now: Date): Promise<string> {
  const id = uuidv7()
  // Two rows in one statement: the entry, and its place in the queue of the sealer.
  await handle.query(
    `with entry as (
       insert into audit_entry (tenant_id, id, at, account_id, person_name, unit_id, via, address, action, object_kind, object_id, before, after, detail)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14))
     insert into audit_pending (tenant_id, entry_id) values ($1, $2)`,
    [
      by.tenantId,
      id,
      now,
      by.accountId ?? null,
      by.personName,
      by.unitId ?? null,
      by.via,
      by.address,
      act.action,
      act.objectKind,
      act.objectId,
      json(act.before),
      json(act.after),
      json(act.detail),
    ],
  )
  return id
}

/** The same for many acts of one party: one entry an act, and one statement for all. The ids are in the order of the acts. */
export async function recordActs(handle: Handle, by: ActingParty, acts: readonly Act[], now: Date): Promise<string[]> {
  if (acts.length === 0) return []
  const ids = acts.map(() => uuidv7())
  await handle.query(
    `with entry as (
       insert into audit_entry (tenant_id, id, at, account_id, person_name, unit_id, via, address, action, object_kind, object_id, before, after, detail)
       select $1, a.id, $2, $3, $4, $5, $6, $7, a.action, a.object_kind, a.object_id, a.before, a.after, a.detail
       from unnest($8::uuid[], $9::text[], $10::text[], $11::uuid[], $12::jsonb[], $13::jsonb[], $14::jsonb[])
         as a (id, action, object_kind, object_id, before, after, detail))
     insert into audit_pending (tenant_id, entry_id) select $1, unnest($8::uuid[])`,
    [
      by.tenantId,
      now,
      by.accountId ?? null,
      by.personName,
      by.unitId ?? null,
      by.via,
      by.address,
      ids,
      acts.map(({ action }) => action),
      acts.map(({ objectKind }) => objectKind),
      acts.map(({ objectId }) => objectId),
      acts.map(({ before }) => json(before)),
      acts.map(({ after }) => json(after)),
      acts.map(({ detail }) => json(detail)),
    ],
  )
  return ids
}

function json(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value)
}
