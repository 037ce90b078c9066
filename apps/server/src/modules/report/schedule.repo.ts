import type { Narrative, RespondentRule, Schedule } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'
import { narrativeColumn } from './narrative.repo.js'

export interface ScheduleRow {
  readonly id: string
  readonly campaign_id: string
  readonly campaign_name: string
  readonly campaign_state: 'preparing' | 'running' | 'closed'
  readonly unit_id: string
  readonly territory_path: string
  readonly bound_path: string
  readonly table_id: string
  readonly table_title: string
  readonly ledger_id: string | null
  readonly narrative_id: string | null
  readonly narrative_version: number | null
  /** As returns are opened with it from now on. */
  readonly narrative: Narrative | null
  readonly table_version: number
  readonly form: { readonly groups: readonly { readonly name: string }[]; readonly signatures: readonly string[] }
  readonly title: string
  readonly rule: Schedule
  readonly respondents: readonly RespondentRule[]
  readonly receiver_ids: string[]
  readonly outside_receiver_ids: string[]
  readonly split_sectors: string[]
  readonly note: string
  readonly plan_report: number | null
  readonly has_basis: boolean
  readonly active: boolean
  readonly version: number
}

const columns = `s.id, s.campaign_id, c.name as campaign_name, c.state as campaign_state, c.unit_id, s.territory_path, s.bound_path, s.table_id,
  t.title as table_title, s.ledger_id, s.narrative_id, s.narrative_version, ${narrativeColumn('n')} as narrative, t.version as table_version, t.form, s.title, s.rule, s.respondents, s.receiver_ids, s.outside_receiver_ids, s.split_sectors, s.note,
  s.plan_report, coalesce(c.notice_file_id is not null and c.plan -> 'reports' -> s.plan_report ? 'source', false) as has_basis, s.active, s.version`
const joined = `report_schedule s join campaign c on c.tenant_id = s.tenant_id and c.id = s.campaign_id
  join report_table t on t.tenant_id = s.tenant_id and t.id = s.table_id
  left join report_narrative n on n.tenant_id = s.tenant_id and n.id = s.narrative_id and n.version = s.narrative_version`

export async function findSchedule(handle: Handle, id: string): Promise<ScheduleRow | null> {
  const rows = await handle.query<ScheduleRow & Record<string, unknown>>(
    `select ${columns} from ${joined} where s.tenant_id = $1 and s.id = $2`,
    [handle.tenantId, id],
  )
  return rows[0] ?? null
}

export async function listSchedules(handle: Handle, campaignId: string | null): Promise<ScheduleRow[]> {
  return handle.query<ScheduleRow & Record<string, unknown>>(
    `select ${columns} from ${joined} where s.tenant_id = $1 and ($2::uuid is null or s.campaign_id = $2)
     order by c.starts_on desc nulls last, c.id, s.created_at, s.id limit 500`,
    [handle.tenantId, campaignId],
  )
}

/** Of running campaigns, and not stopped. */
export async function listActiveSchedules(handle: Handle): Promise<ScheduleRow[]> {
  return handle.query<ScheduleRow & Record<string, unknown>>(
    `select ${columns} from ${joined} where s.tenant_id = $1 and s.active and c.state = 'running' order by s.id`,
    [handle.tenantId],
  )
}

export interface LedgerPlace {
  readonly id: string
  readonly campaign_id: string
  readonly territory_path: string
  readonly bound_path: string
  readonly title: string
  readonly signatures: readonly string[]
}

/** The ledger form of a campaign, as a schedule needs to know it. */
export async function findLedgerPlace(handle: Handle, id: string): Promise<LedgerPlace | null> {
  const rows = await handle.query<LedgerPlace & Record<string, unknown>>(
    `select id, campaign_id, territory_path, bound_path, title, coalesce(form -> 'signatures', '[]'::jsonb) as signatures
     from ledger_form where tenant_id = $1 and id = $2`,
    [handle.tenantId, id],
  )
  return rows[0] ?? null
}

export interface ScheduleWrite {
  readonly title: string
  readonly rule: Schedule
  readonly respondents: readonly RespondentRule[]
  readonly receiverIds: readonly string[]
  readonly outsideReceiverIds: readonly string[]
  readonly splitSectors: readonly string[]
  readonly note: string
  readonly planReport?: number | null | undefined
}

export async function insertSchedule(
  handle: Handle,
  row: ScheduleWrite & {
    readonly id: string
    readonly campaignId: string
    readonly territoryPath: string
    readonly boundPath: string
    readonly tableId: string
    readonly ledgerId: string | null
    readonly narrativeId: string | null
    readonly now: Date
  },
): Promise<void> {
  await handle.query(
    `insert into report_schedule (tenant_id, id, campaign_id, territory_path, bound_path, table_id, title, rule, respondents, receiver_ids,
       split_sectors, note, active, created_at, ledger_id, plan_report, narrative_id, narrative_version, outside_receiver_ids)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, true, $13, $14, $15, $16, $17, $18)`,
    [
      handle.tenantId,
      row.id,
      row.campaignId,
      row.territoryPath,
      row.boundPath,
      row.tableId,
      row.title,
      JSON.stringify(row.rule),
      JSON.stringify(row.respondents),
      row.receiverIds,
      row.splitSectors,
      row.note,
      row.now,
      row.ledgerId,
      row.planReport ?? null,
      row.narrativeId,
      row.narrativeId === null ? null : 1,
      row.outsideReceiverIds,
    ],
  )
}

/** False when somebody else changed it first. */
export async function saveSchedule(
  handle: Handle,
  id: string,
  version: number,
  row: ScheduleWrite & { readonly active: boolean; readonly narrativeVersion: number | null },
): Promise<boolean> {
  const rows = await handle.query(
    `update report_schedule set title = $4, rule = $5, respondents = $6, receiver_ids = $7, split_sectors = $8, note = $9, active = $10, narrative_version = $11,
       outside_receiver_ids = $12, version = version + 1 where tenant_id = $1 and id = $2 and version = $3 returning id`,
    [
      handle.tenantId,
      id,
      version,
      row.title,
      JSON.stringify(row.rule),
      JSON.stringify(row.respondents),
      row.receiverIds,
      row.splitSectors,
      row.note,
      row.active,
      row.narrativeVersion,
      row.outsideReceiverIds,
    ],
  )
  return rows.length > 0
}
