/** What narrative schedules ask for, version by version, and what was delivered for their returns. */
import type { DeliveredFile, Delivery, DraftMark, Narrative, SectionReading, UploadedForm } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'

/** A row of `report_narrative` as the rules see it; null where a left join found none. */
export const narrativeColumn = (name: string): string =>
  `case when ${name}.id is null then null else jsonb_build_object('kind', ${name}.kind, 'name', ${name}.name, 'mustContain', ${name}.must_contain,
    'deliverables', ${name}.deliverables, 'signatures', ${name}.signatures, 'tableIds', ${name}.table_ids) end`

export interface CampaignPlace {
  readonly campaign_id: string
  readonly territory_path: string
  readonly bound_path: string
  /** Its tables that have a form. */
  readonly table_ids: string[]
}

export async function findCampaignPlace(handle: Handle, campaignId: string): Promise<CampaignPlace | null> {
  const rows = await handle.query<CampaignPlace & Record<string, unknown>>(
    `select c.id as campaign_id, c.territory_path, c.bound_path, array(select t.id from report_table t
       where t.tenant_id = c.tenant_id and t.campaign_id = c.id and jsonb_array_length(t.form -> 'groups') > 0) as table_ids
     from campaign c where c.tenant_id = $1 and c.id = $2`,
    [handle.tenantId, campaignId],
  )
  return rows[0] ?? null
}

export interface NarrativeWrite {
  readonly id: string
  readonly version: number
  readonly place: Pick<CampaignPlace, 'campaign_id' | 'territory_path' | 'bound_path'>
  readonly narrative: Narrative
  readonly entryId: string
  readonly now: Date
}

/** Of two who write the same version the second is told so by the schedule's own version. */
export async function insertNarrative(
  handle: Handle,
  { id, version, place, narrative, entryId, now }: NarrativeWrite,
): Promise<void> {
  await handle.query(
    `insert into report_narrative (tenant_id, id, version, territory_path, bound_path, campaign_id, kind, name, must_contain, deliverables,
       signatures, table_ids, entry_id, made_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) on conflict do nothing`,
    [
      handle.tenantId,
      id,
      version,
      place.territory_path,
      place.bound_path,
      place.campaign_id,
      narrative.kind,
      narrative.name,
      narrative.mustContain,
      JSON.stringify(narrative.deliverables),
      narrative.signatures,
      narrative.tableIds,
      entryId,
      now,
    ],
  )
}

/** The titles of tables, in the order asked. */
export async function titlesOfTables(
  handle: Handle,
  ids: readonly string[],
): Promise<{ readonly id: string; readonly title: string }[]> {
  const rows = await handle.query<{ id: string; title: string }>(
    'select id, title from report_table where tenant_id = $1 and id = any($2::uuid[])',
    [handle.tenantId, ids],
  )
  return ids.flatMap((id) => rows.filter((row) => row.id === id))
}

export interface StoredDelivery extends Delivery {
  readonly personName: string
  readonly deliveredAt: Date
}

interface DeliveryRow {
  readonly id: string
  readonly form: UploadedForm
  readonly files: readonly DeliveredFile[]
  readonly sections: SectionReading | null
  readonly draft: DraftMark | null
  readonly person_name: string
  readonly delivered_at: Date
}

/** Oldest first; those that were there at the position, or (null) all. */
export async function listDeliveries(
  handle: Handle,
  returnId: string,
  position: number | null,
): Promise<StoredDelivery[]> {
  const rows = await handle.query<DeliveryRow & Record<string, unknown>>(
    `select d.id, d.form, d.files, d.sections, d.draft, d.person_name, d.delivered_at from return_delivery d
     where d.tenant_id = $1 and d.return_id = $2 and ($3::bigint is null or exists (
       select 1 from audit_seal s where s.tenant_id = d.tenant_id and s.entry_id = d.entry_id and s.position <= $3::bigint))
     order by d.delivered_at, d.id`,
    [handle.tenantId, returnId, position],
  )
  return rows.map(({ person_name, delivered_at, ...row }) => ({
    ...row,
    personName: person_name,
    deliveredAt: delivered_at,
  }))
}

export async function insertDelivery(
  handle: Handle,
  of: {
    readonly id: string
    readonly territory_path: string
    readonly line_path: string | null
    readonly parties: readonly string[]
  },
  delivery: Delivery & {
    readonly entryId: string
    readonly accountId: string
    readonly personName: string
    readonly now: Date
  },
): Promise<void> {
  await handle.query(
    `insert into return_delivery (tenant_id, id, territory_path, line_path, parties, return_id, entry_id, form, files, sections, draft,
       account_id, person_name, delivered_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      handle.tenantId,
      delivery.id,
      of.territory_path,
      of.line_path,
      of.parties,
      of.id,
      delivery.entryId,
      delivery.form,
      JSON.stringify(delivery.files),
      delivery.sections === null ? null : JSON.stringify(delivery.sections),
      delivery.draft === null ? null : JSON.stringify(delivery.draft),
      delivery.accountId,
      delivery.personName,
      delivery.now,
    ],
  )
}
