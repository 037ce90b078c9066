import type { Handle } from '../../platform/db/scope.js'

export interface FactBesideOriginal extends Record<string, unknown> {
  readonly id: string
  readonly entry_id: string
  readonly measure: string
  readonly unit_id: string
  readonly doer_unit_ids: string[]
  readonly subject_id: string
  readonly record_kind: string
  readonly record_id: string
  readonly sector: string
  readonly amount: number
  readonly occurred_on: string
  readonly reverses: string | null
  /** Of a reversal: whether it is its original in all but sign and day; null when the original is not there. */
  readonly turned_round: boolean | null
}

/** Facts by the entry that put them, those of a range of entries, with what a reversal reverses. */
export async function factsOfEntries(handle: Handle, after: string, upTo: string): Promise<FactBesideOriginal[]> {
  return handle.query<FactBesideOriginal>(
    `select f.id, f.entry_id, f.measure, f.unit_id, f.doer_unit_ids, f.subject_id, f.record_kind, f.record_id, f.sector, f.amount,
       f.occurred_on, f.reverses,
       o.reverses is null and f.amount = -o.amount
         and (f.measure, f.unit_id, f.doer_unit_ids, f.subject_id, f.record_kind, f.record_id, f.sector)
           is not distinct from (o.measure, o.unit_id, o.doer_unit_ids, o.subject_id, o.record_kind, o.record_id, o.sector)
         as turned_round
     from fact f left join fact o on o.tenant_id = f.tenant_id and o.id = f.reverses
     where f.tenant_id = $1 and f.entry_id > $2 and f.entry_id <= $3 order by f.entry_id, f.id`,
    [handle.tenantId, after, upTo],
  )
}
