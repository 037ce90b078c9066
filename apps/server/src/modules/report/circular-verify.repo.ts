import type { CircularContent } from '@bihuan/contracts'
import type { Handle } from '../../platform/db/scope.js'
import type { CountedSpan } from './table-question.js'

export interface CircularFull extends Record<string, unknown> {
  readonly id: string
  readonly entry_id: string
  readonly campaign_id: string
  readonly title: string
  readonly from_day: string
  readonly to_day: string
  readonly position: number
  /** Null of what was drafted before spans were kept. */
  readonly counted_span: CountedSpan | null
  readonly content: CircularContent
  readonly person_name: string
  readonly state: 'draft' | 'issued' | 'discarded'
  readonly number: number | null
  readonly doc_no: string | null
  readonly issued_on: string | null
  readonly file_id: string | null
  readonly file_sha256: string | null
}

const columns = `id, entry_id, campaign_id, title, from_day, to_day, position, counted_span, content, person_name, state, number, doc_no, issued_on, file_id, file_sha256`

export async function circularsOfEntries(handle: Handle, after: string, upTo: string): Promise<CircularFull[]> {
  return handle.query<CircularFull>(
    `select ${columns} from circular where tenant_id = $1 and entry_id > $2 and entry_id <= $3 order by entry_id, id`,
    [handle.tenantId, after, upTo],
  )
}

export async function listCircularPage(handle: Handle, after: string): Promise<CircularFull[]> {
  return handle.query<CircularFull>(
    `select ${columns} from circular where tenant_id = $1 and id > $2 order by id limit 100`,
    [handle.tenantId, after],
  )
}

/** What the trail says of its end: issued, or put aside; null: nothing. */
export async function findEndOf(handle: Handle, id: string): Promise<Readonly<Record<string, unknown>> | null> {
  const [row] = await handle.query<{ after: Readonly<Record<string, unknown>> }>(
    `select after from audit_entry where tenant_id = $1 and object_kind = 'circular' and object_id = $2
       and action in ('circular.issue', 'circular.discard')
     order by at desc, id desc limit 1`,
    [handle.tenantId, id],
  )
  return row?.after ?? null
}
