import type { TableDesign } from '@bihuan/contracts'
import type { Handle } from '../../platform/db/scope.js'
import type { MetricOfferRow } from './table-cells.js'

export interface TableRow {
  readonly id: string
  readonly campaign_id: string
  readonly campaign_name: string
  readonly campaign_starts_on: string | null
  readonly campaign_ends_on: string | null
  readonly campaign_sectors: string[] | null
  readonly territory_path: string
  readonly bound_path: string
  readonly unit_id: string
  readonly title: string
  readonly form: TableDesign['form']
  readonly layout: TableDesign['layout']
  readonly bindings: TableDesign['bindings']
  readonly checks: TableDesign['checks']
  readonly offers: readonly MetricOfferRow[]
  readonly version: number
}

const ownColumns = `t.id, t.campaign_id, c.name as campaign_name, c.starts_on as campaign_starts_on, c.ends_on as campaign_ends_on,
  c.counted_sectors as campaign_sectors, t.territory_path, t.bound_path, c.unit_id`
const columns = `${ownColumns}, t.title, t.form, t.layout, t.bindings, t.checks, t.offers, t.version`
const joined = 'report_table t join campaign c on c.tenant_id = t.tenant_id and c.id = t.campaign_id'

export async function findTable(handle: Handle, id: string): Promise<TableRow | null> {
  const rows = await handle.query<TableRow & Record<string, unknown>>(
    `select ${columns} from ${joined} where t.tenant_id = $1 and t.id = $2`,
    [handle.tenantId, id],
  )
  return rows[0] ?? null
}

/** Those that have a form: a table of no groups only carries the returns of a ledger. */
export async function listTableRows(handle: Handle, campaignId: string | null): Promise<TableRow[]> {
  return handle.query<TableRow & Record<string, unknown>>(
    `select ${columns} from ${joined} where t.tenant_id = $1 and ($2::uuid is null or t.campaign_id = $2) and jsonb_array_length(t.form -> 'groups') > 0 order by c.starts_on desc, c.id, t.ordinal, t.id`,
    [handle.tenantId, campaignId],
  )
}

export async function insertTable(
  handle: Handle,
  row: {
    id: string
    campaignId: string
    territoryPath: string
    boundPath: string
    ordinal: number
    offers?: readonly MetricOfferRow[]
  } & TableDesign,
): Promise<void> {
  await handle.query(
    `insert into report_table (tenant_id, id, campaign_id, territory_path, bound_path, ordinal, title, form, layout, bindings, checks, offers)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      handle.tenantId,
      row.id,
      row.campaignId,
      row.territoryPath,
      row.boundPath,
      row.ordinal,
      row.form.title,
      JSON.stringify(row.form),
      JSON.stringify(row.layout),
      JSON.stringify(row.bindings),
      JSON.stringify(row.checks),
      JSON.stringify(row.offers ?? []),
    ],
  )
  await keepVersion(handle, row.id)
}

/** Kept beside the table, version by version: what was filed under one is read with it. */
async function keepVersion(handle: Handle, tableId: string): Promise<void> {
  await handle.query(
    `insert into report_table_version (tenant_id, table_id, version, territory_path, bound_path, form, layout, bindings, checks)
     select tenant_id, id, version, territory_path, bound_path, form, layout, bindings, checks from report_table where tenant_id = $1 and id = $2`,
    [handle.tenantId, tableId],
  )
}

/** The table with the design that it had in that version. */
export async function findTableAt(handle: Handle, id: string, version: number): Promise<TableRow | null> {
  const rows = await handle.query<TableRow & Record<string, unknown>>(
    `select ${ownColumns}, v.form ->> 'title' as title, v.form, v.layout, v.bindings, v.checks, t.offers, v.version
     from ${joined} join report_table_version v on v.tenant_id = t.tenant_id and v.table_id = t.id and v.version = $3
     where t.tenant_id = $1 and t.id = $2`,
    [handle.tenantId, id, version],
  )
  return rows[0] ?? null
}

/** Null: all that there were. */
export async function listTableVersions(
  handle: Handle,
  id: string,
  versions: readonly number[] | null,
): Promise<Pick<TableRow, 'version' | 'form' | 'bindings'>[]> {
  return handle.query<Pick<TableRow, 'version' | 'form' | 'bindings'> & Record<string, unknown>>(
    `select version, form, bindings from report_table_version
     where tenant_id = $1 and table_id = $2 and ($3::int[] is null or version = any($3::int[]))`,
    [handle.tenantId, id, versions],
  )
}

/** False when somebody else changed it first. What is designed is decided, but for `offers`. */
export async function saveTableDesign(
  handle: Handle,
  id: string,
  version: number,
  design: TableDesign,
  offers: readonly MetricOfferRow[],
): Promise<boolean> {
  const rows = await handle.query(
    `update report_table set title = $4, form = $5, layout = $6, bindings = $7, checks = $8, offers = $9, version = version + 1
     where tenant_id = $1 and id = $2 and version = $3 returning id`,
    [
      handle.tenantId,
      id,
      version,
      design.form.title,
      JSON.stringify(design.form),
      JSON.stringify(design.layout),
      JSON.stringify(design.bindings),
      JSON.stringify(design.checks),
      JSON.stringify(offers),
    ],
  )
  if (rows.length > 0) await keepVersion(handle, id)
  return rows.length > 0
}

/** Of the campaign's own tables those in which a metric is offered for a cell. */
export async function listOffers(
  handle: Handle,
  campaignId: string,
): Promise<{ readonly id: string; readonly offers: readonly MetricOfferRow[] }[]> {
  return handle.query<{ id: string; offers: MetricOfferRow[] }>(
    `select id, offers from report_table where tenant_id = $1 and campaign_id = $2 and offers <> '[]' order by ordinal, id`,
    [handle.tenantId, campaignId],
  )
}

/** Keys of the cells into which somebody typed, emptied ones too. */
export async function listTypedCells(handle: Handle, tableId: string): Promise<string[]> {
  const rows = await handle.query<{ cell: string }>(
    'select distinct cell from typed_figure where tenant_id = $1 and table_id = $2',
    [handle.tenantId, tableId],
  )
  return rows.map((row) => row.cell)
}

export interface HazardLine {
  readonly code: string
  readonly subjectName: string
  readonly description: string
  readonly state: string
  readonly foundOn: string | null
}

/** What the asker may see of the records behind a figure. */
export async function findHazardLines(handle: Handle, ids: readonly string[]): Promise<Map<string, HazardLine>> {
  if (ids.length === 0) return new Map()
  const rows = await handle.query<HazardLine & { id: string } & Record<string, unknown>>(
    `select id, code, subject_name as "subjectName", description, state, found_on as "foundOn" from hazard where tenant_id = $1 and id = any($2::uuid[])`,
    [handle.tenantId, ids],
  )
  return new Map(rows.map(({ id, ...line }) => [id, line]))
}
