import type { Handle } from '../../platform/db/scope.js'
import type { FiledContent } from './return-filed.js'

export interface ReturnEventFull extends Record<string, unknown> {
  readonly id: string
  readonly entry_id: string
  readonly return_id: string
  readonly round: number
  readonly status: string
  readonly person_name: string
  readonly content: FiledContent | null
  readonly content_hash: string | null
}

/** By the entry of each act, those of a range of entries. */
export async function returnEventsOfEntries(handle: Handle, after: string, upTo: string): Promise<ReturnEventFull[]> {
  return handle.query<ReturnEventFull>(
    `select id, entry_id, return_id, round, status, person_name, content, content_hash from return_event
     where tenant_id = $1 and entry_id > $2 and entry_id <= $3 order by entry_id, id`,
    [handle.tenantId, after, upTo],
  )
}

export interface FiledEvent {
  readonly id: string
  readonly return_id: string
  readonly round: number
  readonly recorded_at: Date
  readonly content: FiledContent
  readonly content_hash: string
}

export async function listFiledPage(
  handle: Handle,
  after: { readonly at: Date; readonly id: string } | null,
): Promise<FiledEvent[]> {
  return handle.query<FiledEvent & Record<string, unknown>>(
    `select id, return_id, round, recorded_at, content, content_hash from return_event
     where tenant_id = $1 and kind in ('submit', 'receive') and (recorded_at, id) > (coalesce($2, '-infinity'::timestamptz), coalesce($3, '00000000-0000-0000-0000-000000000000'::uuid))
     order by recorded_at, id limit 200`,
    [handle.tenantId, after?.at ?? null, after?.id ?? null],
  )
}
