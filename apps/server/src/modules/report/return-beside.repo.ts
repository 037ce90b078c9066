import type { CivilDate } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'
import type { FiledContent } from './return-filed.js'
import type { ReturnRecord } from './return.repo.js'

export interface FiledBeside {
  readonly title: string
  readonly period_title: string
  readonly table_id: string
  readonly content: FiledContent
}

/** What the same unit filed for the same days and sector: of a table its ledger, of a ledger its table; the one filed last. */
export async function findFiledBeside(
  handle: Handle,
  of: ReturnRecord,
  countedTo: CivilDate,
): Promise<FiledBeside | null> {
  const rows = await handle.query<FiledBeside & Record<string, unknown>>(
    `select s.title, r.period_title, r.table_id, e.content
     from report_return r
     join report_schedule s on s.tenant_id = r.tenant_id and s.id = r.schedule_id and (s.ledger_id is null) <> $7::boolean
     join return_event e on e.tenant_id = r.tenant_id and e.return_id = r.id and e.kind in ('submit', 'receive')
       and e.round = (r.detail ->> 'round')::int
     where r.tenant_id = $1 and r.campaign_id = $2 and r.unit_id = $3 and r.sector = $4 and r.status in ('submitted', 'accepted')
       and r.counts_from is not distinct from $5::date and (r.cut_off = $6::date or e.content ->> 'countedTo' = $8)
     order by e.recorded_at desc limit 1`,
    [
      handle.tenantId,
      of.campaign_id,
      of.unit_id,
      of.sector,
      of.counts_from,
      of.cut_off,
      of.ledger_id === null,
      countedTo,
    ],
  )
  return rows[0] ?? null
}
