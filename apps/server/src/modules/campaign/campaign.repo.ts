import type { Campaign, HazardCampaign, Plan, PlanLedger } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'

/** Where the rows of a campaign stand: at its issuer, who manages it, and in the territory that it binds, where it is seen. */
export interface CampaignPaths {
  readonly territoryPath: string
  readonly boundPath: string
}

export interface CampaignRecord {
  readonly id: string
  readonly unit_id: string
  readonly unit_name: string
  readonly territory_path: string
  readonly bound_path: string
  readonly parent_id: string | null
  readonly name: string
  readonly title: string
  readonly issuer: string
  readonly doc_no: string | null
  readonly issued_on: string | null
  readonly starts_on: string | null
  readonly ends_on: string | null
  readonly sectors: string[]
  readonly counted_sectors: string[] | null
  readonly state: 'preparing' | 'running' | 'closed'
  /** Null of a campaign that was made without a notice. */
  readonly notice_file_id: string | null
  readonly plan: Plan
  readonly detail: Campaign
  readonly version: number
}

const lineColumns = `c.id, c.unit_id, u.name as unit_name, c.territory_path, c.bound_path, c.parent_id, c.name, c.title, c.issuer, c.doc_no, c.issued_on,
  c.starts_on, c.ends_on, c.sectors, c.counted_sectors, c.state, c.notice_file_id, c.version`
const columns = `${lineColumns}, c.plan, c.detail`
const joined = 'campaign c join unit u on u.tenant_id = c.tenant_id and u.id = c.unit_id'

/** What the hazard rules ask of a campaign; null when it is out of sight. */
export async function campaignForRules(handle: Handle, id: string): Promise<HazardCampaign | null> {
  const [row] = await handle.query<{ id: string; starts_on: string | null; ends_on: string | null; state: string }>(
    'select id, starts_on, ends_on, state from campaign where tenant_id = $1 and id = $2',
    [handle.tenantId, id],
  )
  // A campaign without a first day has not begun, and takes no hazards.
  return row === undefined || row.starts_on === null
    ? null
    : { id: row.id, startsOn: row.starts_on, endsOn: row.ends_on, closed: row.state === 'closed' }
}

export async function campaignName(handle: Handle, id: string): Promise<string> {
  const [row] = await handle.query<{ name: string }>('select name from campaign where tenant_id = $1 and id = $2', [
    handle.tenantId,
    id,
  ])
  return row?.name ?? ''
}

export async function findCampaign(handle: Handle, id: string): Promise<CampaignRecord | null> {
  const rows = await handle.query<CampaignRecord & Record<string, unknown>>(
    `select ${columns} from ${joined} where c.tenant_id = $1 and c.id = $2`,
    [handle.tenantId, id],
  )
  return rows[0] ?? null
}

export async function loadCampaign(handle: Handle, id: string): Promise<CampaignRecord | null> {
  const rows = await handle.query<CampaignRecord & Record<string, unknown>>(
    `select ${columns} from ${joined} where c.tenant_id = $1 and c.id = $2 for update of c`,
    [handle.tenantId, id],
  )
  return rows[0] ?? null
}

export function pathsOf(campaign: Pick<CampaignRecord, 'territory_path' | 'bound_path'>): CampaignPaths {
  return { territoryPath: campaign.territory_path, boundPath: campaign.bound_path }
}

/** As a list shows it: without the plan and the aggregate, which are long. */
export type CampaignLine = Omit<CampaignRecord, 'plan' | 'detail'>

export async function listCampaignLines(handle: Handle, state: string | null): Promise<CampaignLine[]> {
  return handle.query<CampaignLine & Record<string, unknown>>(
    `select ${lineColumns} from ${joined} where c.tenant_id = $1 and ($2::text is null or c.state = $2) order by c.starts_on desc, c.id limit 500`,
    [handle.tenantId, state],
  )
}

export interface NewCampaign {
  readonly campaign: Campaign
  readonly paths: CampaignPaths
  readonly parentId: string | null
  readonly plan: Plan
  readonly now: Date
}

export async function insertCampaign(
  handle: Handle,
  { campaign, paths, parentId, plan, now }: NewCampaign,
): Promise<void> {
  await handle.query(
    `insert into campaign (tenant_id, id, unit_id, territory_path, parent_id, name, title, issuer, doc_no, issued_on, starts_on, ends_on,
       sectors, state, plan, detail, version, created_at, bound_path)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
    [
      handle.tenantId,
      campaign.id,
      campaign.unitId,
      paths.territoryPath,
      parentId,
      campaign.name,
      plan.title,
      plan.issuer,
      plan.docNo,
      plan.issuedOn,
      campaign.startsOn,
      campaign.endsOn,
      plan.sectors,
      campaign.status,
      JSON.stringify(plan),
      JSON.stringify(campaign),
      campaign.version,
      now,
      paths.boundPath,
    ],
  )
}

export async function saveCampaign(handle: Handle, campaign: Campaign): Promise<void> {
  await handle.query(
    'update campaign set state = $3, starts_on = $4, ends_on = $5, detail = $6, version = $7, counted_sectors = $8 where tenant_id = $1 and id = $2',
    [
      handle.tenantId,
      campaign.id,
      campaign.status,
      campaign.startsOn,
      campaign.endsOn,
      JSON.stringify(campaign),
      campaign.version,
      campaign.countedSectors,
    ],
  )
}

export interface PhaseRow {
  readonly ordinal: number
  readonly name: string
  readonly starts_on: string | null
  readonly ends_on: string | null
}

export async function replacePhases(
  handle: Handle,
  campaign: CampaignPaths & { readonly id: string },
  phases: readonly { readonly name: string; readonly startsOn: string | null; readonly endsOn: string | null }[],
): Promise<void> {
  await handle.query('delete from campaign_phase where tenant_id = $1 and campaign_id = $2', [
    handle.tenantId,
    campaign.id,
  ])
  for (const [index, phase] of phases.entries()) {
    await handle.query(
      `insert into campaign_phase (tenant_id, campaign_id, ordinal, territory_path, bound_path, name, starts_on, ends_on)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        handle.tenantId,
        campaign.id,
        index + 1,
        campaign.territoryPath,
        campaign.boundPath,
        phase.name,
        phase.startsOn,
        phase.endsOn,
      ],
    )
  }
}

export async function listPhases(
  handle: Handle,
  campaignIds: readonly string[],
): Promise<(PhaseRow & { campaign_id: string })[]> {
  return handle.query(
    `select campaign_id, ordinal, name, starts_on, ends_on from campaign_phase
     where tenant_id = $1 and campaign_id = any($2::uuid[]) order by campaign_id, ordinal`,
    [handle.tenantId, campaignIds],
  )
}

export interface TargetRow {
  readonly id: string
  readonly name: string
  readonly type: string | null
  readonly enterprise_id: string | null
}

export async function insertTarget(
  handle: Handle,
  row: CampaignPaths & {
    id: string
    campaignId: string
    ordinal: number
    name: string
    type: string | null
    enterpriseId: string | null
  },
): Promise<void> {
  await handle.query(
    `insert into campaign_target (tenant_id, id, campaign_id, territory_path, bound_path, ordinal, name, type, enterprise_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      handle.tenantId,
      row.id,
      row.campaignId,
      row.territoryPath,
      row.boundPath,
      row.ordinal,
      row.name,
      row.type,
      row.enterpriseId,
    ],
  )
}

export async function listTargets(handle: Handle, campaignId: string): Promise<TargetRow[]> {
  return handle.query<TargetRow & Record<string, unknown>>(
    'select id, name, type, enterprise_id from campaign_target where tenant_id = $1 and campaign_id = $2 order by ordinal, id',
    [handle.tenantId, campaignId],
  )
}

/** Counts of what is neither signed off nor cancelled, as far as the asker sees it. */
export async function countOpenHazards(
  handle: Handle,
  campaignId: string,
): Promise<{ registered: number; drafts: number }> {
  const [row] = await handle.query<{ registered: number; drafts: number }>(
    `select count(*) filter (where state <> 'draft')::int as registered, count(*) filter (where state = 'draft')::int as drafts
     from hazard where tenant_id = $1 and campaign_id = $2 and state not in ('closed', 'cancelled')`,
    [handle.tenantId, campaignId],
  )
  return row ?? { registered: 0, drafts: 0 }
}

/** Enterprises whose name is exactly the target's; a name that two bear is nobody's. */
export async function enterprisesNamed(handle: Handle, names: readonly string[]): Promise<Map<string, string>> {
  const rows = await handle.query<{ name: string; id: string }>(
    `select name, min(id::text)::uuid as id from enterprise where tenant_id = $1 and name = any($2::text[]) group by name having count(*) = 1`,
    [handle.tenantId, names],
  )
  return new Map(rows.map((row) => [row.name, row.id]))
}

export interface LedgerFormRow {
  readonly id: string
  readonly campaign_id: string
  readonly title: string
  readonly form: PlanLedger
}

export async function insertLedgerForm(
  handle: Handle,
  row: CampaignPaths & { id: string; campaignId: string; ordinal: number; form: PlanLedger },
): Promise<void> {
  await handle.query(
    'insert into ledger_form (tenant_id, id, campaign_id, territory_path, bound_path, ordinal, title, form) values ($1, $2, $3, $4, $5, $6, $7, $8)',
    [
      handle.tenantId,
      row.id,
      row.campaignId,
      row.territoryPath,
      row.boundPath,
      row.ordinal,
      row.form.title,
      JSON.stringify(row.form),
    ],
  )
}

export async function listLedgerForms(handle: Handle, campaignId: string): Promise<LedgerFormRow[]> {
  return handle.query<LedgerFormRow & Record<string, unknown>>(
    'select id, campaign_id, title, form from ledger_form where tenant_id = $1 and campaign_id = $2 order by ordinal, id',
    [handle.tenantId, campaignId],
  )
}

export async function findLedgerForm(handle: Handle, id: string): Promise<LedgerFormRow | null> {
  const rows = await handle.query<LedgerFormRow & Record<string, unknown>>(
    'select id, campaign_id, title, form from ledger_form where tenant_id = $1 and id = $2',
    [handle.tenantId, id],
  )
  return rows[0] ?? null
}

/** Hazards of the campaign that are not finished, with the version that the closing act expects. */
export async function openHazardsOf(
  handle: Handle,
  campaignId: string,
): Promise<{ id: string; version: number; state: string }[]> {
  return handle.query(
    `select id, version, state from hazard where tenant_id = $1 and campaign_id = $2 and state not in ('closed', 'cancelled') order by id`,
    [handle.tenantId, campaignId],
  )
}

/** Campaigns under this one. */
export async function listBelow(handle: Handle, id: string): Promise<{ id: string; name: string; unitName: string }[]> {
  return handle.query(
    `select c.id, c.name, u.name as "unitName" from campaign c join unit u on u.tenant_id = c.tenant_id and u.id = c.unit_id
     where c.tenant_id = $1 and c.parent_id = $2 order by c.territory_path, c.id limit 200`,
    [handle.tenantId, id],
  )
}
