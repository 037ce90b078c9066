import type { Handle } from '../../platform/db/scope.js'
import type { FiledFigure } from './return-filed.js'
import type { ReturnRecord } from './return.repo.js'

export interface FiledCellRow {
  readonly return_id: string
  readonly period_title: string
  readonly round: number
  readonly figure: FiledFigure
  readonly person_name: string
  readonly recorded_at: Date
  readonly stands: boolean
}

/** Ten years of months, or two of weeks: beyond that nobody looks here. */
const MOST_FILINGS = 120

/**
 * Each filing of one cell by the same respondent under the same schedule and sector, the latest first. `keys`: where the cell stands in
 * each version of the form that has it.
 */
export async function listFiledCell(
  handle: Handle,
  of: Pick<ReturnRecord, 'schedule_id' | 'unit_id' | 'sector'>,
  keys: ReadonlyMap<number, string>,
): Promise<FiledCellRow[]> {
  return handle.query<FiledCellRow & Record<string, unknown>>(
    `select r.id as return_id, r.period_title, e.round, filed.figure, e.person_name, e.recorded_at,
       r.status in ('submitted', 'accepted') and e.round = (r.detail ->> 'round')::int as stands
     from report_return r
     join return_event e on e.tenant_id = r.tenant_id and e.return_id = r.id and e.kind in ('submit', 'receive')
     join unnest($5::int[], $6::text[]) as place (version, key) on place.version = r.table_version
     cross join lateral jsonb_array_elements(e.content -> 'figures') as filed (figure)
     where r.tenant_id = $1 and r.schedule_id = $2 and r.unit_id = $3 and r.sector = $4 and filed.figure ->> 'key' = place.key
     order by r.period_from desc, r.id, e.round desc limit ${MOST_FILINGS}`,
    [handle.tenantId, of.schedule_id, of.unit_id, of.sector, [...keys.keys()], [...keys.values()]],
  )
}
