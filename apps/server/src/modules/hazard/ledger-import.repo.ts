import { createHash } from 'node:crypto'
import { openRecords } from '../../platform/db/opened.js'
import type { Handle } from '../../platform/db/scope.js'
import { recordColumns, storedOf, type HazardRecord } from './hazard-batch.repo.js'
import type { StoredHazard } from './hazard.repo.js'

export interface LedgerEnterprise {
  readonly id: string
  readonly name: string
  readonly creditCode: string | null
  readonly territoryUnitId: string
  readonly leadRegulatorId: string | null
  readonly sector: string
}

/** All that the importer sees: names are looked up 50,000 times. */
export async function listLedgerEnterprises(handle: Handle): Promise<LedgerEnterprise[]> {
  return handle.query<LedgerEnterprise & Record<string, unknown>>(
    `select id, name, credit_code as "creditCode", territory_unit_id as "territoryUnitId", lead_regulator_id as "leadRegulatorId", sector
     from enterprise where tenant_id = $1 order by id`,
    [handle.tenantId],
  )
}

/** What a row typed by hand is known again by, besides its campaign and its 检查日期; as the column `wording` is made. */
export function wordingOf(subjectName: string, description: string): string {
  return createHash('md5').update(`${subjectName}\n${description}`).digest('hex')
}

/**
 * Looked up one by one, and the campaign outside: a table that has just been filled has no statistics, and by whatever else could
 * choose an index the planner read the whole campaign for each page (10,000 hazards: 170 ms a page, asked so 2 ms). Not named, so that
 * it is planned for the size that the table has by now.
 */
async function askWorded<Row extends Record<string, unknown>>(
  handle: Handle,
  columns: string,
  campaignId: string,
  wordings: readonly string[],
): Promise<(Row & { wording: string })[]> {
  const { rows } = await handle.client.query<Row & { wording: string }>(
    `select h.* from unnest($3::text[]) as asked (wording) cross join lateral (
       select campaign_id, code, wording, ${columns} from hazard where tenant_id = $1 and wording = asked.wording offset 0) h
     where h.campaign_id = $2 order by h.code`,
    [handle.tenantId, campaignId, [...new Set(wordings)]],
  )
  return rows
}

/** Hazards of the campaign that are worded so, by wording; oldest first. */
export async function findByWording(
  handle: Handle,
  campaignId: string,
  wordings: readonly string[],
): Promise<Map<string, StoredHazard[]>> {
  const found = new Map<string, StoredHazard[]>()
  if (wordings.length === 0) return found
  for (const row of await askWorded<HazardRecord & Record<string, unknown>>(
    handle,
    recordColumns,
    campaignId,
    wordings,
  )) {
    const same = found.get(row.wording)
    if (same === undefined) found.set(row.wording, [storedOf(row)])
    else same.push(storedOf(row))
  }
  return found
}

export interface WordedHazard extends Record<string, unknown> {
  readonly id: string
  readonly wording: string
  readonly found_on: string | null
  readonly state: string
}

/** Of the same hazards only what tells whether a row is there already. */
export async function listWorded(
  handle: Handle,
  campaignId: string,
  wordings: readonly string[],
): Promise<WordedHazard[]> {
  if (wordings.length === 0) return []
  return askWorded(handle, 'id, found_on, state', campaignId, wordings)
}

export interface SinceThen {
  readonly hazard_id: string
  readonly ordinal: number
  readonly sentence: string
  readonly person_name: string
  readonly occurred_on: string
}

/** What was done to hazards that have just been read, from a version on. */
export async function listEventsSince(
  handle: Handle,
  since: ReadonlyMap<string, number>,
): Promise<readonly SinceThen[]> {
  if (since.size === 0) return []
  await openRecords(handle, [...since.keys()])
  return handle.query<SinceThen & Record<string, unknown>>(
    `select e.hazard_id, e.ordinal, e.payload->>'sentence' as sentence, e.person_name, e.occurred_on
     from hazard_event e join unnest($2::uuid[], $3::int[]) as s (id, version) on s.id = e.hazard_id
     where e.tenant_id = $1 and e.hazard_id = any($2::uuid[]) and e.ordinal > s.version order by e.hazard_id, e.ordinal`,
    [handle.tenantId, [...since.keys()], [...since.values()]],
  )
}

/** Two imports into one campaign write in turns: otherwise the same file, uploaded twice at once, would stand there twice. */
export async function takeTurns(handle: Handle, campaignId: string): Promise<void> {
  await handle.query(`select pg_advisory_xact_lock(hashtextextended('ledger ' || $1, 0))`, [campaignId])
}
