import type { Hazard } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'

export interface HazardAsStored extends Record<string, unknown> {
  readonly id: string
  readonly detail: Hazard
  readonly version: number
  readonly parties: string[]
}

/** The next hazards in the order of their ids: the aggregate, and every column that is drawn from it. */
export async function hazardsAfter(handle: Handle, after: string, limit: number): Promise<HazardAsStored[]> {
  return handle.query<HazardAsStored>(
    `select id, detail, version, parties, campaign_id, code, subject_id, subject_name, territory_unit_id, responsible_unit_id,
       authority_unit_id, sector, source, grade, state, found_on, deadline, closed_on, listed, description
     from hazard where tenant_id = $1 and id > $2 order by id limit $3`,
    [handle.tenantId, after, limit],
  )
}

export interface ActOnHazard extends Record<string, unknown> {
  readonly id: string
  readonly object_id: string
  readonly action: string
  readonly account_id: string | null
  readonly person_name: string
  readonly unit_id: string | null
  /** What the act changed: of the first one, everything. */
  readonly after: Partial<Hazard> & { readonly version: number }
  readonly events:
    | readonly {
        readonly kind: string
        readonly on: string
        readonly sentence: string
        readonly fileIds?: readonly string[]
      }[]
    | null
}

/** By version and not by time: of two servers one may be slow, and the version is given under the row's lock. */
export async function actsOnHazards(handle: Handle, ids: readonly string[]): Promise<ActOnHazard[]> {
  return handle.query<ActOnHazard>(
    `select id, object_id, action, account_id, person_name, unit_id, after, detail -> 'events' as events from audit_entry
     where tenant_id = $1 and object_kind = 'hazard' and object_id = any($2::uuid[]) and after ? 'version'
     order by object_id, (after ->> 'version')::int, at, id`,
    [handle.tenantId, ids],
  )
}

export interface EventAsStored extends Record<string, unknown> {
  readonly hazard_id: string
  readonly ordinal: number
  readonly type: string
  readonly payload: {
    readonly sentence: string
    readonly from: string | null
    readonly to: string
    readonly fileIds?: readonly string[]
  }
  readonly occurred_on: string
  readonly account_id: string | null
  readonly person_name: string
  readonly unit_id: string | null
  readonly entry_id: string
}

export async function eventsOfHazards(handle: Handle, ids: readonly string[]): Promise<EventAsStored[]> {
  return handle.query<EventAsStored>(
    `select hazard_id, ordinal, type, payload, occurred_on, account_id, person_name, unit_id, entry_id from hazard_event
     where tenant_id = $1 and hazard_id = any($2::uuid[]) order by hazard_id, ordinal`,
    [handle.tenantId, ids],
  )
}

/** A hazard that the trail knows and the ledger does not. */
export async function findLostHazard(
  handle: Handle,
): Promise<{ readonly id: string; readonly entryId: string } | null> {
  const [row] = await handle.query<{ id: string; entryId: string }>(
    `select e.object_id as id, e.id as "entryId" from audit_entry e
     where e.tenant_id = $1 and e.object_kind = 'hazard' and (e.after ->> 'version') = '1'
       and not exists (select 1 from hazard h where h.tenant_id = e.tenant_id and h.id = e.object_id) order by e.id limit 1`,
    [handle.tenantId],
  )
  return row ?? null
}
