import type { CellRemark } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'
import type { CountedSpan } from './table-question.js'
import type { ReturnRecord } from './return.repo.js'

export interface RemarkBelow {
  readonly return_id: string
  readonly unit_id: string
  readonly unit_name: string
  readonly table_version: number
  readonly remark: CellRemark
}

/** More than a person reads beside a table. */
const MOST_REMARKS = 200

/** What was answered to findings in the filed returns that go to this one, and in those that go to them: all that it sums. */
export async function listRemarksBelow(
  handle: Handle,
  of: Pick<ReturnRecord, 'schedule_id' | 'period_key' | 'unit_id' | 'sector'>,
): Promise<RemarkBelow[]> {
  const filed = `r.tenant_id = $1 and r.schedule_id = $2 and r.period_key = $3 and r.sector = $4
    and r.status in ('submitted', 'accepted')`
  return handle.query<RemarkBelow & Record<string, unknown>>(
    `with recursive below as (
       select r.id, r.unit_id from report_return r where ${filed} and r.receiver_ids @> array[$5::uuid] and r.unit_id <> $5
       union
       select r.id, r.unit_id from below b join report_return r on ${filed} and r.receiver_ids @> array[b.unit_id] and r.unit_id <> $5)
     select r.id as return_id, r.unit_id, u.name as unit_name, r.table_version, said.remark
     from below b join report_return r on r.tenant_id = $1 and r.id = b.id
     join unit u on u.tenant_id = r.tenant_id and u.id = r.unit_id
     cross join lateral jsonb_array_elements(r.detail -> 'remarks') with ordinality as said (remark, at)
     where said.remark ? 'finding' and said.remark ->> 'contentHash' = r.detail -> 'signatures' -> 0 ->> 'contentHash'
     order by r.territory_path, r.unit_id, said.at limit ${MOST_REMARKS}`,
    [handle.tenantId, of.schedule_id, of.period_key, of.sector, of.unit_id],
  )
}

export interface FiledBelow<Figure> {
  readonly return_id: string
  readonly table_version: number
  readonly position: number
  readonly counted_to: string
  readonly span: CountedSpan | null
  readonly figures: readonly Figure[]
}

/** The figures of these returns as they were filed last. */
export async function readFiledBelow<Figure>(
  handle: Handle,
  returnIds: readonly string[],
): Promise<FiledBelow<Figure>[]> {
  return handle.query<FiledBelow<Figure> & Record<string, unknown>>(
    `select distinct on (e.return_id) e.return_id, (e.content ->> 'tableVersion')::int as table_version,
       (e.content ->> 'position')::bigint as position, e.content ->> 'countedTo' as counted_to,
       e.content -> 'span' as span, e.content -> 'figures' as figures
     from return_event e where e.tenant_id = $1 and e.return_id = any($2::uuid[]) and e.kind in ('submit', 'receive')
     order by e.return_id, e.round desc`,
    [handle.tenantId, returnIds],
  )
}
