/** The statements of hazard.repo.ts for many hazards at once: 500 rows go in with one statement, not with 500. */
import type { Hazard, HazardEvent, PutFact } from '@bihuan/domain'
import { idArray, jsonArray } from '../../platform/db/array-literal.js'
import { openRecords } from '../../platform/db/opened.js'
import type { Handle } from '../../platform/db/scope.js'
import { filterColumnsOf, type HazardPlace, type StoredHazard } from './hazard.repo.js'

export interface PlacedHazard {
  readonly place: HazardPlace
  readonly hazard: Hazard
}

/** In the order of the columns of `filterColumnsOf`, with the aggregate and its version behind them. */
const filterTypes = `uuid[], text[], uuid[], text[], uuid[], uuid[], uuid[], text[], text[], text[], text[], date[], date[], date[], boolean[],
  text[], jsonb[], int[]`
const filterNames = `campaign_id, code, subject_id, subject_name, territory_unit_id, responsible_unit_id, authority_unit_id, sector, source,
  grade, state, found_on, deadline, closed_on, listed, description, detail, version`

/** `unnest` of all arrays, the first of which is parameter `from`. */
function unnestFrom(from: number): string {
  const types = ['uuid[]', 'text[]', 'text[]', 'text[]', ...filterTypes.split(',').map((type) => type.trim())]
  const parameters = types.map((type, at) => `$${from + at}::${type}`)
  return `unnest(${parameters.join(', ')}) as r (id, territory_path, line_path, parties, ${filterNames})`
}

function arraysOf(placed: readonly PlacedHazard[]): unknown[] {
  const columns = placed.map(({ hazard }) => Object.values(filterColumnsOf(hazard)))
  return [
    idArray(placed.map(({ hazard }) => hazard.id)),
    placed.map(({ place }) => place.territoryPath),
    placed.map(({ place }) => place.linePath),
    placed.map(({ place }) => idArray(place.parties)),
    ...(columns[0] ?? []).map((_, at) => columns.map((values) => values[at])),
    jsonArray(placed.map(({ hazard }) => hazard)),
    placed.map(({ hazard }) => hazard.version),
  ]
}

const insertMany = `insert into hazard (tenant_id, id, territory_path, line_path, parties, created_at, changed_at, ${filterNames})
  select $1, r.id, r.territory_path, r.line_path, r.parties::uuid[], $2, $2, ${prefixed('r')} from ${unnestFrom(3)}`

const saveMany = `update hazard h set territory_path = r.territory_path, line_path = r.line_path, parties = r.parties::uuid[], changed_at = $2,
    ${filterNames
      .split(',')
      .map((name) => `${name.trim()} = r.${name.trim()}`)
      .join(', ')}
  from ${unnestFrom(3)} where h.tenant_id = $1 and h.id = r.id`

function prefixed(table: string): string {
  return filterNames
    .split(',')
    .map((name) => `${table}.${name.trim()}`)
    .join(', ')
}

export async function insertHazards(handle: Handle, placed: readonly PlacedHazard[], now: Date): Promise<void> {
  if (placed.length > 0) await handle.query(insertMany, [handle.tenantId, now, ...arraysOf(placed)])
}

export async function saveHazards(handle: Handle, placed: readonly PlacedHazard[], now: Date): Promise<void> {
  if (placed.length > 0) await handle.query(saveMany, [handle.tenantId, now, ...arraysOf(placed)])
}

export interface NewEvent {
  readonly id: string
  readonly place: HazardPlace
  readonly ordinal: number
  readonly event: HazardEvent
  readonly payload: unknown
  readonly entryId: string
}

export async function insertEvents(
  handle: Handle,
  accountId: string,
  events: readonly NewEvent[],
  now: Date,
): Promise<void> {
  if (events.length === 0) return
  await handle.query(
    `insert into hazard_event (tenant_id, id, hazard_id, ordinal, territory_path, line_path, parties, type, payload, occurred_on,
       recorded_at, account_id, person_name, unit_id, entry_id)
     select $1, e.id, e.hazard_id, e.ordinal, e.territory_path, e.line_path, e.parties::uuid[], e.type, e.payload, e.occurred_on,
       $2, $3, e.person_name, e.unit_id, e.entry_id
     from unnest($4::uuid[], $5::uuid[], $6::int[], $7::text[], $8::text[], $9::text[], $10::text[], $11::jsonb[], $12::date[],
         $13::text[], $14::uuid[], $15::uuid[])
       as e (id, hazard_id, ordinal, territory_path, line_path, parties, type, payload, occurred_on, person_name, unit_id, entry_id)`,
    [
      handle.tenantId,
      now,
      accountId,
      idArray(events.map(({ id }) => id)),
      idArray(events.map(({ event }) => event.hazardId)),
      events.map(({ ordinal }) => ordinal),
      events.map(({ place }) => place.territoryPath),
      events.map(({ place }) => place.linePath),
      events.map(({ place }) => idArray(place.parties)),
      events.map(({ event }) => event.kind),
      jsonArray(events.map(({ payload }) => payload)),
      events.map(({ event }) => event.on),
      events.map(({ event }) => event.by.name),
      idArray(events.map(({ event }) => event.by.unitId)),
      idArray(events.map(({ entryId }) => entryId)),
    ],
  )
}

export interface HazardRecord {
  readonly detail: Hazard
  readonly territory_path: string
  readonly line_path: string | null
  readonly parties: string[]
  readonly created_at: Date
}

export const recordColumns = 'detail, territory_path, line_path, parties, created_at'

export function storedOf(row: HazardRecord): StoredHazard {
  return {
    hazard: row.detail,
    territoryPath: row.territory_path,
    linePath: row.line_path,
    parties: row.parties,
    createdAt: row.created_at,
  }
}

function storedById(rows: readonly HazardRecord[]): Map<string, StoredHazard> {
  return new Map(rows.map((row) => [row.detail.id, storedOf(row)]))
}

/** Locks them, in the order of their ids: two batches that share some wait for each other instead of dying together. */
export async function loadHazards(handle: Handle, ids: readonly string[]): Promise<Map<string, StoredHazard>> {
  if (ids.length === 0) return new Map()
  const rows = await handle.query<HazardRecord & Record<string, unknown>>(
    `select ${recordColumns} from hazard where tenant_id = $1 and id = any($2::uuid[]) order by id for update`,
    [handle.tenantId, [...new Set(ids)]],
  )
  const found = storedById(rows)
  await openRecords(handle, [...found.keys()])
  return found
}

export async function findHazards(handle: Handle, ids: readonly string[]): Promise<Map<string, StoredHazard>> {
  if (ids.length === 0) return new Map()
  const rows = await handle.query<HazardRecord & Record<string, unknown>>(
    `select ${recordColumns} from hazard where tenant_id = $1 and id = any($2::uuid[])`,
    [handle.tenantId, [...new Set(ids)]],
  )
  return storedById(rows)
}

/** Of hazards that are opened (`loadHazards`). */
export async function listPutFactsOf(handle: Handle, hazardIds: readonly string[]): Promise<Map<string, PutFact[]>> {
  const facts = new Map<string, PutFact[]>(hazardIds.map((id) => [id, []]))
  if (hazardIds.length === 0) return facts
  const rows = await handle.query<PutFact & { record_id: string }>(
    `select f.record_id, f.id, f.measure, f.occurred_on as "occurredOn", r.id as "reversedBy"
     from fact f left join fact r on r.tenant_id = f.tenant_id and r.reverses = f.id
     where f.tenant_id = $1 and f.record_id = any($2::uuid[]) and f.reverses is null order by f.recorded_at, f.id`,
    [handle.tenantId, hazardIds],
  )
  for (const { record_id: hazardId, ...fact } of rows) facts.get(hazardId)?.push(fact)
  return facts
}

export async function nextHazardCodes(handle: Handle, count: number): Promise<string[]> {
  if (count === 0) return []
  const rows = await handle.query<{ number: number }>(
    `select nextval('hazard_number') as number from generate_series(1, $1)`,
    [count],
  )
  return rows.map(({ number }) => `YH${String(number).padStart(8, '0')}`)
}
