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

function json(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value)
}
