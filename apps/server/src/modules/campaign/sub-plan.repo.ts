/** Plans that units made under a campaign, as they were kept: the last of each holds. */
import type { Handle } from '../../platform/db/scope.js'
import type { ReceivedBy } from './sending.repo.js'

export interface KeptPlan {
  readonly unit_id: string
  readonly file_id: string
  readonly file_name: string
  readonly person_name: string
  readonly kept_at: Date
}

/** With the name of the file: the file itself is its unit's, and may be out of the reader's sight. */
export async function listKeptPlans(
  handle: Handle,
  campaignId: string,
  unitIds: readonly string[],
): Promise<KeptPlan[]> {
  return handle.query<KeptPlan & Record<string, unknown>>(
    `select distinct on (unit_id) unit_id, file_id, file_name, person_name, kept_at from campaign_sub_plan
     where tenant_id = $1 and campaign_id = $2 and unit_id = any($3::uuid[]) order by unit_id, kept_at desc, id desc`,
    [handle.tenantId, campaignId, unitIds],
  )
}

/** Whether the unit kept this file, now or before. */
export async function isKeptPlan(
  handle: Handle,
  asked: { readonly campaignId: string; readonly unitId: string; readonly fileId: string },
): Promise<boolean> {
  const rows = await handle.query(
    'select 1 from campaign_sub_plan where tenant_id = $1 and campaign_id = $2 and unit_id = $3 and file_id = $4 limit 1',
    [handle.tenantId, asked.campaignId, asked.unitId, asked.fileId],
  )
  return rows.length > 0
}

export async function insertSubPlan(
  handle: Handle,
  row: ReceivedBy & {
    readonly id: string
    readonly campaignId: string
    readonly unitId: string
    readonly fileId: string
    readonly fileName: string
    readonly accountId: string
    readonly personName: string
    readonly now: Date
    readonly entryId: string
  },
): Promise<void> {
  await handle.query(
    `insert into campaign_sub_plan (tenant_id, id, campaign_id, unit_id, territory_path, line_path, parties, file_id, file_name, account_id,
       person_name, kept_at, entry_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      handle.tenantId,
      row.id,
      row.campaignId,
      row.unitId,
      row.territory_path,
      row.line_path,
      row.parties,
      row.fileId,
      row.fileName,
      row.accountId,
      row.personName,
      row.now,
      row.entryId,
    ],
  )
}
