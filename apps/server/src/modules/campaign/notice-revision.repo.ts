/** Corrected notices that a campaign was brought in line with, and what stands in the way of a change. */
import type { Campaign, Plan, PlanChange } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'
import type { CampaignPaths } from './campaign.repo.js'

export interface Correction {
  readonly id: string
  readonly name: string
  readonly changes: readonly (PlanChange & { readonly applied: boolean })[]
  readonly reason: string
  readonly person_name: string
  readonly recorded_at: Date
}

export async function listCorrections(handle: Handle, campaignId: string): Promise<Correction[]> {
  return handle.query<Correction & Record<string, unknown>>(
    `select id, name, changes, reason, person_name, recorded_at from campaign_notice
     where tenant_id = $1 and campaign_id = $2 order by recorded_at desc, id desc`,
    [handle.tenantId, campaignId],
  )
}

export async function insertCorrection(
  handle: Handle,
  row: CampaignPaths & {
    readonly id: string
    readonly campaignId: string
    readonly fileId: string
    readonly name: string
    readonly correctsFileId: string | null
    readonly changes: Correction['changes']
    readonly reason: string
    readonly accountId: string
    readonly personName: string
    readonly entryId: string
    readonly now: Date
  },
): Promise<void> {
  await handle.query(
    `insert into campaign_notice (tenant_id, id, campaign_id, territory_path, bound_path, file_id, name, corrects_file_id, changes, reason,
       account_id, person_name, entry_id, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      handle.tenantId,
      row.id,
      row.campaignId,
      row.territoryPath,
      row.boundPath,
      row.fileId,
      row.name,
      row.correctsFileId,
      JSON.stringify(row.changes),
      row.reason,
      row.accountId,
      row.personName,
      row.entryId,
      row.now,
    ],
  )
}

/** The plan with what stands in columns of its own, and the aggregate that decided on it. */
export async function saveRevision(
  handle: Handle,
  { id, plan, campaign }: { readonly id: string; readonly plan: Plan; readonly campaign: Campaign },
): Promise<void> {
  await handle.query(
    `update campaign set plan = $3, title = $4, issuer = $5, doc_no = $6, issued_on = $7, sectors = $8, starts_on = $9, ends_on = $10,
       detail = $11, version = $12 where tenant_id = $1 and id = $2`,
    [
      handle.tenantId,
      id,
      JSON.stringify(plan),
      plan.title,
      plan.issuer,
      plan.docNo,
      plan.issuedOn,
      plan.sectors,
      campaign.startsOn,
      campaign.endsOn,
      JSON.stringify(campaign),
      campaign.version,
    ],
  )
}

export async function deleteTask(handle: Handle, id: string): Promise<void> {
  await handle.query('delete from campaign_task where tenant_id = $1 and id = $2', [handle.tenantId, id])
}

/** The duty stays on record with the day on which it ended. */
export async function endDuty(handle: Handle, id: string, endedOn: string): Promise<void> {
  await handle.query('update campaign_duty set ended_on = $3, version = version + 1 where tenant_id = $1 and id = $2', [
    handle.tenantId,
    id,
    endedOn,
  ])
}
