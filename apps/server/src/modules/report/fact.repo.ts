import type { Handle } from '../../platform/db/scope.js'

/** Where a fact stands and who is concerned by it: copied from the record that puts it. */
export interface FactPlace {
  readonly territoryPath: string
  readonly linePath: string | null
  readonly parties: readonly string[]
}

export interface NewFact {
  readonly id: string
  readonly measure: string
  readonly unitId: string
  readonly doerUnitIds: readonly string[]
  readonly subjectId: string
  readonly recordKind: string
  readonly recordId: string
  readonly sector: string
  /** In the smallest unit of the measure: ones, and for money 分. */
  readonly amount: number
  readonly occurredOn: string
}

export interface NewReversal {
  readonly id: string
  readonly reverses: string
  readonly occurredOn: string
}

export async function insertFacts(
  handle: Handle,
  place: FactPlace,
  facts: readonly NewFact[],
  entryId: string,
  now: Date,
): Promise<void> {
  for (const fact of facts) {
    await handle.query(
      `insert into fact (tenant_id, id, territory_path, line_path, parties, entry_id, measure, unit_id, doer_unit_ids, subject_id,
         record_kind, record_id, sector, amount, occurred_on, recorded_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
      [
        handle.tenantId,
        fact.id,
        place.territoryPath,
        place.linePath,
        place.parties,
        entryId,
        fact.measure,
        fact.unitId,
        fact.doerUnitIds,
        fact.subjectId,
        fact.recordKind,
        fact.recordId,
        fact.sector,
        fact.amount,
        fact.occurredOn,
        now,
      ],
    )
  }
}

export interface PlacedFact {
  readonly place: FactPlace
  readonly fact: NewFact
  readonly entryId: string
}

/** The same for the facts of many records, in one statement. */
export async function insertManyFacts(handle: Handle, placed: readonly PlacedFact[], now: Date): Promise<void> {
  if (placed.length === 0) return
  await handle.query(
    `insert into fact (tenant_id, id, territory_path, line_path, parties, entry_id, measure, unit_id, doer_unit_ids, subject_id,
       record_kind, record_id, sector, amount, occurred_on, recorded_at)
     select $1, f.id, f.territory_path, f.line_path, f.parties::uuid[], f.entry_id, f.measure, f.unit_id, f.doer_unit_ids::uuid[],
       f.subject_id, f.record_kind, f.record_id, f.sector, f.amount, f.occurred_on, $2
     from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::text[], $9::uuid[], $10::text[], $11::uuid[],
         $12::text[], $13::uuid[], $14::text[], $15::bigint[], $16::date[])
       as f (id, territory_path, line_path, parties, entry_id, measure, unit_id, doer_unit_ids, subject_id, record_kind, record_id,
         sector, amount, occurred_on)`,
    [
      handle.tenantId,
      now,
      placed.map(({ fact }) => fact.id),
      placed.map(({ place }) => place.territoryPath),
      placed.map(({ place }) => place.linePath),
      placed.map(({ place }) => arrayLiteral(place.parties)),
      placed.map(({ entryId }) => entryId),
      placed.map(({ fact }) => fact.measure),
      placed.map(({ fact }) => fact.unitId),
      placed.map(({ fact }) => arrayLiteral(fact.doerUnitIds)),
      placed.map(({ fact }) => fact.subjectId),
      placed.map(({ fact }) => fact.recordKind),
      placed.map(({ fact }) => fact.recordId),
      placed.map(({ fact }) => fact.sector),
      placed.map(({ fact }) => fact.amount),
      placed.map(({ fact }) => fact.occurredOn),
    ],
  )
}

/** An array within an array: `unnest` would take the inner ones apart as well. Of ids only, which hold nothing to escape. */
function arrayLiteral(ids: readonly string[]): string {
  return `{${ids.join(',')}}`
}

/** A reversal is the original with the amount turned round, on a date of its own. */
export async function insertReversals(
  handle: Handle,
  reversals: readonly NewReversal[],
  entryId: string,
  now: Date,
): Promise<void> {
  for (const reversal of reversals) {
    await handle.query(
      `insert into fact (tenant_id, id, territory_path, line_path, parties, entry_id, measure, unit_id, doer_unit_ids, subject_id,
         record_kind, record_id, sector, amount, occurred_on, reverses, recorded_at)
       select tenant_id, $2, territory_path, line_path, parties, $4, measure, unit_id, doer_unit_ids, subject_id,
         record_kind, record_id, sector, -amount, $5, id, $6
       from fact where tenant_id = $1 and id = $3`,
      [handle.tenantId, reversal.id, reversal.reverses, entryId, reversal.occurredOn, now],
    )
  }
}

export interface RecordFactRow {
  readonly id: string
  readonly measure: string
  readonly amount: number
  readonly occurred_on: string
  readonly reverses: string | null
  readonly position: number | null
}

export async function factsOfRecord(handle: Handle, recordId: string): Promise<RecordFactRow[]> {
  return handle.query<RecordFactRow & Record<string, unknown>>(
    `select f.id, f.measure, f.amount, f.occurred_on, f.reverses, s.position
     from fact f left join audit_seal s on s.tenant_id = f.tenant_id and s.entry_id = f.entry_id
     where f.tenant_id = $1 and f.record_id = $2 order by f.recorded_at, f.id`,
    [handle.tenantId, recordId],
  )
}
