import type { Hazard, HazardEvent } from '@bihuan/domain'
import { openRecords } from '../../platform/db/opened.js'
import type { Handle } from '../../platform/db/scope.js'

/** Where a hazard stands on both axes, and the units concerned with it on neither. */
export interface HazardPlace {
  readonly territoryPath: string
  readonly linePath: string | null
  readonly parties: readonly string[]
}

export interface StoredHazard extends HazardPlace {
  readonly hazard: Hazard
  readonly createdAt: Date
}

interface HazardRecord {
  readonly detail: Hazard
  readonly version: number
  readonly territory_path: string
  readonly line_path: string | null
  readonly parties: string[]
  readonly created_at: Date
}

function stored(row: HazardRecord | undefined): StoredHazard | null {
  if (row === undefined) return null
  return {
    hazard: row.detail,
    territoryPath: row.territory_path,
    linePath: row.line_path,
    parties: row.parties,
    createdAt: row.created_at,
  }
}

const columns = 'detail, version, territory_path, line_path, parties, created_at'

/** Whoever sees a hazard sees what hangs on it: its history, the facts that it put. */
export async function findHazard(handle: Handle, id: string): Promise<StoredHazard | null> {
  const rows = await handle.query<HazardRecord & Record<string, unknown>>(
    `select ${columns} from hazard where tenant_id = $1 and id = $2`,
    [handle.tenantId, id],
  )
  if (rows.length > 0) await openRecords(handle, [id])
  return stored(rows[0])
}

/** Locks the row: of two who act at once, the second waits and then sees what the first did. */
export async function loadHazard(handle: Handle, id: string): Promise<StoredHazard | null> {
  const rows = await handle.query<HazardRecord & Record<string, unknown>>(
    `select ${columns} from hazard where tenant_id = $1 and id = $2 for update`,
    [handle.tenantId, id],
  )
  if (rows.length > 0) await openRecords(handle, [id])
  return stored(rows[0])
}

export async function nextHazardCode(handle: Handle): Promise<string> {
  const [row] = await handle.query<{ number: number }>(`select nextval('hazard_number') as number`)
  return `YH${String(row?.number ?? 0).padStart(8, '0')}`
}

/** What lists filter and sort by, drawn from the aggregate. In the order of the two statements below; `hazard.verify.ts` compares them. */
export function filterColumnsOf(hazard: Hazard) {
  return {
    campaign_id: hazard.campaignId,
    code: hazard.code,
    subject_id: hazard.subject?.id ?? null,
    subject_name: hazard.subject?.name ?? '',
    territory_unit_id: hazard.territoryUnitId,
    responsible_unit_id: hazard.responsibleUnitId,
    authority_unit_id: hazard.authorityUnitId,
    sector: hazard.sector ?? '',
    // Blank, not a guess: a draft that nobody has judged is of no grade.
    source: hazard.source ?? '',
    grade: hazard.grade ?? '',
    state: hazard.status,
    found_on: hazard.foundOn,
    deadline: hazard.deadline,
    closed_on: hazard.signedOffOn,
    listed: hazard.listing !== null,
    description: hazard.description,
  }
}

function columnsOf(hazard: Hazard): unknown[] {
  return [...Object.values(filterColumnsOf(hazard)), JSON.stringify(hazard), hazard.version]
}

export async function insertHazard(handle: Handle, place: HazardPlace, hazard: Hazard, now: Date): Promise<void> {
  await handle.query(
    `insert into hazard (tenant_id, id, territory_path, line_path, parties, created_at, changed_at,
       campaign_id, code, subject_id, subject_name, territory_unit_id, responsible_unit_id, authority_unit_id, sector, source, grade,
       state, found_on, deadline, closed_on, listed, description, detail, version)
     values ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)`,
    [handle.tenantId, hazard.id, place.territoryPath, place.linePath, place.parties, now, ...columnsOf(hazard)],
  )
}

export async function saveHazard(handle: Handle, place: HazardPlace, hazard: Hazard, now: Date): Promise<void> {
  await handle.query(
    `update hazard set territory_path = $3, line_path = $4, parties = $5, changed_at = $6,
       campaign_id = $7, code = $8, subject_id = $9, subject_name = $10, territory_unit_id = $11, responsible_unit_id = $12,
       authority_unit_id = $13, sector = $14, source = $15, grade = $16, state = $17, found_on = $18, deadline = $19, closed_on = $20,
       listed = $21, description = $22, detail = $23, version = $24
     where tenant_id = $1 and id = $2`,
    [handle.tenantId, hazard.id, place.territoryPath, place.linePath, place.parties, now, ...columnsOf(hazard)],
  )
}

export async function insertEvent(
  handle: Handle,
  place: HazardPlace,
  row: {
    readonly id: string
    readonly ordinal: number
    readonly event: HazardEvent
    readonly payload: unknown
    readonly accountId: string | null
    readonly entryId: string
    readonly now: Date
  },
): Promise<void> {
  const { event } = row
  await handle.query(
    `insert into hazard_event (tenant_id, id, hazard_id, ordinal, territory_path, line_path, parties, type, payload, occurred_on,
       recorded_at, account_id, person_name, unit_id, entry_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      handle.tenantId,
      row.id,
      event.hazardId,
      row.ordinal,
      place.territoryPath,
      place.linePath,
      place.parties,
      event.kind,
      JSON.stringify(row.payload),
      event.on,
      row.now,
      row.accountId,
      event.by.name,
      event.by.unitId,
      row.entryId,
    ],
  )
}

export interface EventRow {
  readonly ordinal: number
  readonly type: string
  readonly payload: {
    readonly sentence: string
    readonly from: string | null
    readonly to: string
    readonly fileIds?: readonly string[]
  }
  readonly occurred_on: string
  readonly recorded_at: Date
  readonly person_name: string
  readonly unit_id: string | null
  readonly position: number | null
}

export async function listEvents(handle: Handle, hazardId: string): Promise<EventRow[]> {
  return handle.query<EventRow & Record<string, unknown>>(
    `select e.ordinal, e.type, e.payload, e.occurred_on, e.recorded_at, e.person_name, e.unit_id, s.position
     from hazard_event e left join audit_seal s on s.tenant_id = e.tenant_id and s.entry_id = e.entry_id
     where e.tenant_id = $1 and e.hazard_id = $2 order by e.ordinal`,
    [handle.tenantId, hazardId],
  )
}

export interface PutFactRow {
  readonly id: string
  readonly measure: string
  readonly occurredOn: string
  readonly reversedBy: string | null
}

/** The facts that the hazard put, reversals told as such. */
export async function listPutFacts(handle: Handle, hazardId: string): Promise<PutFactRow[]> {
  return handle.query<PutFactRow & Record<string, unknown>>(
    `select f.id, f.measure, f.occurred_on as "occurredOn", r.id as "reversedBy"
     from fact f left join fact r on r.tenant_id = f.tenant_id and r.reverses = f.id
     where f.tenant_id = $1 and f.record_id = $2 and f.reverses is null order by f.recorded_at, f.id`,
    [handle.tenantId, hazardId],
  )
}

/** What the rules must know of the units that a hazard speaks of. */
export interface UnitStanding {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly territory_path: string
  readonly line_path: string | null
}

export async function unitStandings(handle: Handle, ids: readonly string[]): Promise<Map<string, UnitStanding>> {
  if (ids.length === 0) return new Map()
  // An enterprise's line is that of its lead regulator, kept with the enterprise.
  const rows = await handle.query<UnitStanding & Record<string, unknown>>(
    `select u.id, u.name, u.kind, u.territory_path, coalesce(e.line_path, u.line_path) as line_path
     from unit u left join enterprise e on e.tenant_id = u.tenant_id and e.id = u.id
     where u.tenant_id = $1 and u.id = any($2::uuid[])`,
    [handle.tenantId, [...new Set(ids)]],
  )
  return new Map(rows.map((row) => [row.id, row]))
}
