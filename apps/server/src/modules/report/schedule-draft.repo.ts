/** What a draft of a schedule stands on: the campaign's plan with its decisions, its forms, and what is set up already. */
import type { Campaign, Plan, Who } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'

export interface PlannedCampaign {
  readonly id: string
  readonly unit_id: string
  readonly territory_path: string
  readonly bound_path: string
  readonly issuer: string
  readonly sectors: readonly string[]
  readonly starts_on: string | null
  readonly ends_on: string | null
  readonly state: 'preparing' | 'running' | 'closed'
  readonly plan: Plan
  readonly detail: Campaign
}

export async function findPlanned(handle: Handle, campaignId: string): Promise<PlannedCampaign | null> {
  const rows = await handle.query<PlannedCampaign & Record<string, unknown>>(
    `select id, unit_id, territory_path, bound_path, issuer, sectors, starts_on, ends_on, state, plan, detail
     from campaign where tenant_id = $1 and id = $2`,
    [handle.tenantId, campaignId],
  )
  return rows[0] ?? null
}

/** Whom officers of the unit took words to name, in the order in which they said so. Null: kept as words. */
export async function listNamed(
  handle: Handle,
  unitId: string,
): Promise<{ readonly words: string; readonly meaning: Who | null }[]> {
  return handle.query(
    `select words, meaning from word_choice where tenant_id = $1 and unit_id = $2 and subject = 'actor' order by recorded_at, id`,
    [handle.tenantId, unitId],
  )
}

/** Held to the end of the transaction. */
export async function holdSchedules(handle: Handle, campaignId: string): Promise<void> {
  await handle.query(`select pg_advisory_xact_lock(hashtextextended('schedules ' || $1 || $2, 0))`, [
    handle.tenantId,
    campaignId,
  ])
}

export interface PlannedForms {
  readonly tables: readonly { readonly id: string; readonly annex: number }[]
  readonly ledgers: readonly { readonly id: string; readonly annex: number }[]
  readonly schedules: readonly {
    readonly id: string
    readonly report: number
    readonly tableId: string
    readonly ledgerId: string | null
    readonly isNarrative: boolean
  }[]
}

/** By the number of the annex that the notice gives them. */
export async function listForms(handle: Handle, campaignId: string): Promise<PlannedForms> {
  const of = (table: 'report_table' | 'ledger_form') =>
    handle.query<{ id: string; annex: number }>(
      `select id, (form ->> 'ordinal')::int as annex from ${table} where tenant_id = $1 and campaign_id = $2 order by ordinal`,
      [handle.tenantId, campaignId],
    )
  return {
    tables: await of('report_table'),
    ledgers: await of('ledger_form'),
    schedules: await handle.query(
      `select id, plan_report as report, table_id as "tableId", ledger_id as "ledgerId", narrative_id is not null as "isNarrative"
       from report_schedule where tenant_id = $1 and campaign_id = $2 and plan_report is not null order by created_at`,
      [handle.tenantId, campaignId],
    ),
  }
}
