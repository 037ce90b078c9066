import type { Fact } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'

/** Tables of campaigns that are running, the latest first: those in which somebody might look for a record now. */
export async function listRunningTableIds(handle: Handle, limit: number): Promise<string[]> {
  const rows = await handle.query<{ id: string }>(
    `select t.id from report_table t join campaign c on c.tenant_id = t.tenant_id and c.id = t.campaign_id
     where t.tenant_id = $1 and c.state = 'running' order by c.starts_on desc, c.id, t.ordinal, t.id limit $2`,
    [handle.tenantId, limit],
  )
  return rows.map((row) => row.id)
}

interface FactRow {
  readonly id: string
  readonly position: number | null
  readonly measure: string
  readonly unit_id: string
  readonly doer_unit_ids: string[]
  readonly subject_id: string | null
  readonly record_id: string
  readonly sector: string | null
  readonly amount: number
  readonly occurred_on: string
  readonly reverses: string | null
}

/** All that a record has put, as the definition of a figure takes it. */
export async function readRecordFacts(handle: Handle, recordId: string): Promise<Fact[]> {
  const rows = await handle.query<FactRow & Record<string, unknown>>(
    `select f.id, s.position, f.measure, f.unit_id, f.doer_unit_ids, f.subject_id, f.record_id, f.sector, f.amount, f.occurred_on, f.reverses
     from fact f left join audit_seal s on s.tenant_id = f.tenant_id and s.entry_id = f.entry_id
     where f.tenant_id = $1 and f.record_id = $2 order by f.recorded_at, f.id`,
    [handle.tenantId, recordId],
  )
  return rows.map((row) => ({
    id: row.id,
    position: row.position,
    measure: row.measure,
    unitId: row.unit_id,
    doerUnitIds: row.doer_unit_ids,
    subjectId: row.subject_id,
    recordId: row.record_id,
    sector: row.sector,
    amount: row.amount,
    occurredOn: row.occurred_on,
    reverses: row.reverses,
  }))
}
