/** What was sent out of a campaign: acts of sending, who received, and what each confirmed. */
import {
  civilDateOf,
  type Receipt,
  type ReceiptState,
  type ReceiverRule,
  type UnitKind,
  type WaitingReceiver,
} from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'
import type { CampaignRecord } from './campaign.repo.js'

export interface SendingRow {
  readonly id: string
  readonly number: number
  readonly rule: ReceiverRule
  readonly receivers: number
  readonly person_name: string
  readonly sent_at: Date
}

/** The last first. */
export async function listSendings(handle: Handle, campaignId: string): Promise<SendingRow[]> {
  return handle.query<SendingRow & Record<string, unknown>>(
    `select id, number, rule, receivers, person_name, sent_at from campaign_sending
     where tenant_id = $1 and campaign_id = $2 order by number desc`,
    [handle.tenantId, campaignId],
  )
}

export async function insertSending(
  handle: Handle,
  campaign: Pick<CampaignRecord, 'id' | 'territory_path' | 'bound_path'>,
  row: {
    readonly id: string
    readonly number: number
    readonly rule: ReceiverRule
    readonly receivers: number
    readonly accountId: string
    readonly personName: string
    readonly now: Date
    readonly entryId: string
  },
): Promise<void> {
  await handle.query(
    `insert into campaign_sending (tenant_id, id, campaign_id, territory_path, bound_path, number, rule, receivers, account_id, person_name,
       sent_at, entry_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      handle.tenantId,
      row.id,
      campaign.id,
      campaign.territory_path,
      campaign.bound_path,
      row.number,
      JSON.stringify(row.rule),
      row.receivers,
      row.accountId,
      row.personName,
      row.now,
      row.entryId,
    ],
  )
}

export interface NewReceiver {
  readonly unitId: string
  readonly territoryPath: string
  readonly linePath: string | null
}

/** All of them in one statement: 3,000 are no other than three. */
export async function insertReceivers(
  handle: Handle,
  campaign: Pick<CampaignRecord, 'id' | 'unit_id'>,
  sendingId: string,
  receivers: readonly NewReceiver[],
  now: Date,
): Promise<void> {
  await handle.query(
    `insert into campaign_receiver (tenant_id, campaign_id, unit_id, territory_path, line_path, parties, sending_id, sent_at)
     select $1, $2, r.unit_id, r.territory_path, r.line_path, array[r.unit_id, $3::uuid], $4, $5
     from unnest($6::uuid[], $7::text[], $8::text[]) as r (unit_id, territory_path, line_path)`,
    [
      handle.tenantId,
      campaign.id,
      campaign.unit_id,
      sendingId,
      now,
      receivers.map(({ unitId }) => unitId),
      receivers.map(({ territoryPath }) => territoryPath),
      receivers.map(({ linePath }) => linePath),
    ],
  )
}

export async function listSentTo(handle: Handle, campaignId: string): Promise<string[]> {
  const rows = await handle.query<{ unit_id: string }>(
    'select unit_id from campaign_receiver where tenant_id = $1 and campaign_id = $2',
    [handle.tenantId, campaignId],
  )
  return rows.map(({ unit_id }) => unit_id)
}

/**
 * The receipts of a campaign with their state on the day $2: the one place that says what the state is. A unit that is out of sight by
 * now has no name, and counts as standing.
 */
const receipts = `select r.campaign_id, r.unit_id, r.territory_path, u.name as unit_name, u.kind as unit_kind, p.name as place_name, r.sent_at,
    r.reminded_on, r.reminders, l.person_name as confirmed_by, l.confirmed_at,
    case when u.dissolved_on <= $2::date or e.status <> 'operating' then 'gone' when l.id is null then 'waiting'
      when l.notice_file_id is not distinct from c.notice_file_id then 'confirmed' else 'outdated' end as state
  from campaign_receiver r join campaign c on c.tenant_id = r.tenant_id and c.id = r.campaign_id
  left join unit u on u.tenant_id = r.tenant_id and u.id = r.unit_id
  left join unit p on p.tenant_id = u.tenant_id and p.id = u.parent_id
  left join enterprise e on e.tenant_id = r.tenant_id and e.id = r.unit_id
  left join lateral (select f.id, f.person_name, f.confirmed_at, f.notice_file_id from campaign_confirmation f
    where f.tenant_id = r.tenant_id and f.campaign_id = r.campaign_id and f.unit_id = r.unit_id
    order by f.confirmed_at desc, f.id desc limit 1) l on true
  where r.tenant_id = $1`

export interface ReceiverRecord {
  readonly unit_id: string
  readonly territory_path: string
  readonly unit_name: string | null
  readonly unit_kind: UnitKind | null
  readonly place_name: string | null
  readonly sent_at: Date
  readonly reminded_on: string | null
  readonly reminders: number
  readonly confirmed_by: string | null
  readonly confirmed_at: Date | null
  readonly state: ReceiptState
}

export interface ReceiverQuestion {
  readonly campaignId: string
  readonly today: string
  readonly state: ReceiptState | null
  readonly side: 'units' | 'enterprises' | null
  readonly text: string | null
}

/** By place, so that a town stands over its enterprises; a page begins after the place and unit where the one before ended. */
export async function listReceiverRows(
  handle: Handle,
  question: ReceiverQuestion,
  after: readonly [path: string, unitId: string] | null,
  limit: number,
): Promise<ReceiverRecord[]> {
  return handle.query<ReceiverRecord & Record<string, unknown>>(
    `select * from (${receipts} and r.campaign_id = $3
       and ($7::text is null or (r.territory_path, r.unit_id) > ($7::text collate "C", $8::uuid))) found
     where ($4::text is null or state = $4) and ($5::text is null or (unit_kind = 'enterprise') = ($5 = 'enterprises'))
       and ($6::text is null or strpos(unit_name, $6) > 0)
     order by territory_path, unit_id limit $9`,
    [
      handle.tenantId,
      question.today,
      question.campaignId,
      question.state,
      question.side,
      question.text,
      after?.[0] ?? null,
      after?.[1] ?? null,
      limit,
    ],
  )
}

export async function countReceipts(
  handle: Handle,
  campaignId: string,
  today: string,
): Promise<Record<ReceiptState, number>> {
  const rows = await handle.query<{ state: ReceiptState; count: number }>(
    `select state, count(*)::int as count from (${receipts} and r.campaign_id = $3) found group by state`,
    [handle.tenantId, today, campaignId],
  )
  return {
    waiting: 0,
    outdated: 0,
    confirmed: 0,
    gone: 0,
    ...Object.fromEntries(rows.map((row) => [row.state, row.count])),
  }
}

export async function listWaiting(handle: Handle, campaignId: string, today: string): Promise<WaitingReceiver[]> {
  return handle.query<WaitingReceiver & Record<string, unknown>>(
    `select unit_id as "unitId", state, reminded_on as "remindedOn" from (${receipts} and r.campaign_id = $3) found
     where state in ('waiting', 'outdated') order by territory_path, unit_id`,
    [handle.tenantId, today, campaignId],
  )
}

export async function saveReminded(
  handle: Handle,
  campaignId: string,
  unitIds: readonly string[],
  today: string,
): Promise<void> {
  await handle.query(
    `update campaign_receiver set reminded_on = $4, reminders = reminders + 1
     where tenant_id = $1 and campaign_id = $2 and unit_id = any($3::uuid[])`,
    [handle.tenantId, campaignId, unitIds, today],
  )
}

/** Of these units, those that were sent the campaign. */
export async function receiptsOf(
  handle: Handle,
  campaignId: string,
  unitIds: readonly string[],
  today: string,
): Promise<ReceiverRecord[]> {
  return handle.query<ReceiverRecord & Record<string, unknown>>(
    `${receipts} and r.campaign_id = $3 and r.unit_id = any($4::uuid[]) order by r.sent_at, r.unit_id`,
    [handle.tenantId, today, campaignId, unitIds],
  )
}

export interface ReceivedBy {
  readonly territory_path: string
  readonly line_path: string | null
  readonly parties: string[]
}

/** Locks the receipt: of two people who confirm for one unit at once the second is told of the first. */
export async function loadReceipt(
  handle: Handle,
  campaignId: string,
  unitId: string,
  today: string,
): Promise<(ReceivedBy & Receipt) | null> {
  const [place] = await handle.query<ReceivedBy & Record<string, unknown>>(
    `select territory_path, line_path, parties from campaign_receiver
     where tenant_id = $1 and campaign_id = $2 and unit_id = $3 for update`,
    [handle.tenantId, campaignId, unitId],
  )
  const [row] = place === undefined ? [] : await receiptsOf(handle, campaignId, [unitId], today)
  if (place === undefined || row === undefined) return null
  const { state, confirmed_by: confirmedBy, confirmed_at: at } = row
  return { ...place, state, confirmedBy, confirmedOn: at === null ? null : civilDateOf(at) }
}

export async function insertConfirmation(
  handle: Handle,
  row: ReceivedBy & {
    readonly id: string
    readonly campaignId: string
    readonly unitId: string
    readonly noticeFileId: string | null
    readonly accountId: string
    readonly personName: string
    readonly now: Date
    readonly entryId: string
  },
): Promise<void> {
  await handle.query(
    `insert into campaign_confirmation (tenant_id, id, campaign_id, unit_id, territory_path, line_path, parties, notice_file_id, account_id,
       person_name, confirmed_at, entry_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      handle.tenantId,
      row.id,
      row.campaignId,
      row.unitId,
      row.territory_path,
      row.line_path,
      row.parties,
      row.noticeFileId,
      row.accountId,
      row.personName,
      row.now,
      row.entryId,
    ],
  )
}

export interface ToConfirm {
  readonly campaign_id: string
  readonly unit_id: string
  readonly unit_name: string | null
  readonly campaign_name: string
  readonly issuer: string
  readonly sent_at: Date
  readonly state: 'waiting' | 'outdated'
}

/** What running campaigns wait for from these units, the longest waiting first. */
export async function listToConfirm(handle: Handle, unitIds: readonly string[], today: string): Promise<ToConfirm[]> {
  return handle.query<ToConfirm & Record<string, unknown>>(
    `select found.campaign_id, found.unit_id, found.unit_name, c.name as campaign_name, c.issuer, found.sent_at, found.state
     from (${receipts} and r.unit_id = any($3::uuid[])) found
     join campaign c on c.tenant_id = $1 and c.id = found.campaign_id and c.state = 'running'
     where found.state in ('waiting', 'outdated') order by found.sent_at, found.campaign_id limit 20`,
    [handle.tenantId, today, unitIds],
  )
}
