/** Circulars as they were drafted and issued, and what is asked for one besides figures. */
import type { CircularContent } from '@bihuan/contracts'
import type { Plan, ReturnState } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'
import type { CountedSpan } from './table-question.js'

export interface CircularCampaign {
  readonly id: string
  readonly name: string
  readonly issuer: string
  readonly unit_id: string
  readonly territory_path: string
  readonly bound_path: string
  readonly starts_on: string | null
  readonly ends_on: string | null
  readonly counted_sectors: string[] | null
  readonly recipients: Plan['recipients']
}

const campaignColumns = `id, name, issuer, unit_id, territory_path, bound_path, starts_on, ends_on, counted_sectors, plan -> 'recipients' as recipients`

export async function findCircularCampaign(handle: Handle, id: string): Promise<CircularCampaign | null> {
  const rows = await handle.query<CircularCampaign & Record<string, unknown>>(
    `select ${campaignColumns} from campaign where tenant_id = $1 and id = $2`,
    [handle.tenantId, id],
  )
  return rows[0] ?? null
}

/** Those that have begun, the newest first. */
export async function listCircularCampaigns(handle: Handle, campaignId: string | null): Promise<CircularCampaign[]> {
  return handle.query<CircularCampaign & Record<string, unknown>>(
    `select ${campaignColumns} from campaign
     where tenant_id = $1 and state <> 'preparing' and ($2::uuid is null or id = $2) order by starts_on desc nulls last, id limit 200`,
    [handle.tenantId, campaignId],
  )
}

export interface CircularRecord {
  readonly id: string
  readonly campaign_id: string
  readonly campaign_name: string
  readonly territory_path: string
  readonly bound_path: string
  readonly title: string
  readonly from_day: string
  readonly to_day: string
  readonly position: number
  readonly counted_span: CountedSpan | null
  readonly content: CircularContent
  readonly person_name: string
  readonly drafted_at: Date
  readonly state: 'draft' | 'issued'
  readonly number: number | null
  readonly doc_no: string | null
  readonly issued_on: string | null
  readonly file_id: string | null
  readonly version: number
}

const columns = `i.id, i.campaign_id, c.name as campaign_name, i.territory_path, i.bound_path, i.title, i.from_day, i.to_day, i.position, i.counted_span,
  i.person_name, i.drafted_at, i.state, i.number, i.doc_no, i.issued_on, i.file_id, i.version`
const joined = 'circular i join campaign c on c.tenant_id = i.tenant_id and c.id = i.campaign_id'

/** Null also of a draft that was put aside: only the trail still speaks of it. */
export async function findCircular(handle: Handle, id: string): Promise<CircularRecord | null> {
  const rows = await handle.query<CircularRecord & Record<string, unknown>>(
    `select ${columns}, i.content from ${joined} where i.tenant_id = $1 and i.id = $2 and i.state <> 'discarded'`,
    [handle.tenantId, id],
  )
  return rows[0] ?? null
}

/** Locks the row: of two who issue it at once the second is told of the first. */
export async function loadCircular(handle: Handle, id: string): Promise<CircularRecord | null> {
  const rows = await handle.query<CircularRecord & Record<string, unknown>>(
    `select ${columns}, i.content from ${joined} where i.tenant_id = $1 and i.id = $2 and i.state <> 'discarded' for update of i`,
    [handle.tenantId, id],
  )
  return rows[0] ?? null
}

/** Newest first, without their figures. */
export async function listCirculars(
  handle: Handle,
  campaignId: string | null,
): Promise<Omit<CircularRecord, 'content'>[]> {
  return handle.query<CircularRecord & Record<string, unknown>>(
    `select ${columns} from ${joined} where i.tenant_id = $1 and i.state <> 'discarded' and ($2::uuid is null or i.campaign_id = $2)
     order by i.drafted_at desc, i.id limit 500`,
    [handle.tenantId, campaignId],
  )
}

export async function insertCircular(
  handle: Handle,
  campaign: Pick<CircularCampaign, 'id' | 'territory_path' | 'bound_path'>,
  row: {
    readonly id: string
    readonly title: string
    readonly from: string
    readonly to: string
    readonly position: number
    readonly span: CountedSpan
    readonly content: CircularContent
    readonly accountId: string
    readonly personName: string
    readonly now: Date
    readonly entryId: string
  },
): Promise<void> {
  await handle.query(
    `insert into circular (tenant_id, id, campaign_id, territory_path, bound_path, title, from_day, to_day, position, content, drafted_by,
       person_name, drafted_at, entry_id, counted_span, state)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 'draft')`,
    [
      handle.tenantId,
      row.id,
      campaign.id,
      campaign.territory_path,
      campaign.bound_path,
      row.title,
      row.from,
      row.to,
      row.position,
      JSON.stringify(row.content),
      row.accountId,
      row.personName,
      row.now,
      row.entryId,
      JSON.stringify(row.span),
    ],
  )
}

/** 第几期, of the campaign's issued ones. */
export async function nextNumber(handle: Handle, campaignId: string): Promise<number> {
  const [row] = await handle.query<{ next: number }>(
    'select coalesce(max(number), 0)::int + 1 as next from circular where tenant_id = $1 and campaign_id = $2',
    [handle.tenantId, campaignId],
  )
  return row?.next ?? 1
}

export async function saveIssue(
  handle: Handle,
  id: string,
  issue: {
    readonly number: number
    readonly docNo: string
    readonly issuedOn: string
    readonly fileId: string
    readonly sha256: string
  },
): Promise<void> {
  await handle.query(
    `update circular set state = 'issued', number = $3, doc_no = $4, issued_on = $5, file_id = $6, file_sha256 = $7, version = version + 1
     where tenant_id = $1 and id = $2`,
    [handle.tenantId, id, issue.number, issue.docNo, issue.issuedOn, issue.fileId, issue.sha256],
  )
}

export async function saveDiscard(handle: Handle, id: string): Promise<void> {
  await handle.query(
    `update circular set state = 'discarded', version = version + 1 where tenant_id = $1 and id = $2`,
    [handle.tenantId, id],
  )
}

export interface DueReturn {
  readonly return_id: string
  readonly unit_id: string
  readonly title: string
  readonly period_title: string
  readonly detail: ReturnState
  readonly dissolved_on: string | null
  readonly reopened: number
}

/** Returns of the campaign that were due in the days, of these units. */
export async function listDueReturns(
  handle: Handle,
  question: {
    readonly campaignId: string
    readonly unitIds: readonly string[]
    readonly from: string
    readonly to: string
  },
): Promise<DueReturn[]> {
  return handle.query<DueReturn & Record<string, unknown>>(
    `select r.id as return_id, r.unit_id, s.title, r.period_title || case when r.sector = '' then '' else '，' || r.sector end as period_title, r.detail, u.dissolved_on,
       (select count(*)::int from return_event e where e.tenant_id = r.tenant_id and e.return_id = r.id and e.kind = 'reopen') as reopened
     from report_return r join report_schedule s on s.tenant_id = r.tenant_id and s.id = r.schedule_id
     join unit u on u.tenant_id = r.tenant_id and u.id = r.unit_id
     where r.tenant_id = $1 and r.campaign_id = $2 and r.unit_id = any($3::uuid[]) and r.due_on >= $4::date and r.due_on <= $5::date
     order by r.due_on, s.title, r.id`,
    [handle.tenantId, question.campaignId, question.unitIds, question.from, question.to],
  )
}
