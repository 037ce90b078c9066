import type { Handle } from '../../platform/db/scope.js'

export interface DeliveryFull extends Record<string, unknown> {
  readonly id: string
  readonly entry_id: string
  readonly return_id: string
  readonly form: string
  readonly files: unknown
  readonly sections: unknown
  readonly draft: unknown
  readonly account_id: string
  readonly person_name: string
}

/** By the entry that each came with, those of a range of entries. */
export async function deliveriesOfEntries(handle: Handle, after: string, upTo: string): Promise<DeliveryFull[]> {
  return handle.query<DeliveryFull>(
    `select id, entry_id, return_id, form, files, sections, draft, account_id, person_name from return_delivery
     where tenant_id = $1 and entry_id > $2 and entry_id <= $3 order by entry_id, id`,
    [handle.tenantId, after, upTo],
  )
}

/** Files of deliveries that bear another hash there than the file itself was kept under. */
export async function findStrangeFile(handle: Handle): Promise<{ return_id: string; file_id: string } | null> {
  const [row] = await handle.query<{ return_id: string; file_id: string }>(
    `select d.return_id, one ->> 'fileId' as file_id from return_delivery d, jsonb_array_elements(d.files) one
     left join file f on f.tenant_id = $1 and f.id = (one ->> 'fileId')::uuid
     where d.tenant_id = $1 and f.sha256 is distinct from one ->> 'sha256' order by d.id limit 1`,
    [handle.tenantId],
  )
  return row ?? null
}
