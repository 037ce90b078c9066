import type { CivilDate, Narrative, ReturnState, Schedule, UnitKind } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'
import { narrativeColumn } from './narrative.repo.js'
import type { CountedSpan } from './table-question.js'
import type { ReturnLook } from './return-look.repo.js'

export interface ReturnRecord {
  readonly id: string
  readonly schedule_id: string
  readonly title: string
  readonly campaign_id: string
  readonly campaign_name: string
  readonly campaign_starts_on: string | null
  readonly campaign_ends_on: string | null
  readonly table_id: string
  readonly table_version: number
  readonly ledger_id: string | null
  readonly narrative_id: string | null
  readonly narrative_version: number | null
  /** As it was when this return was opened. */
  readonly narrative: Narrative | null
  readonly outside_receiver_ids: string[]
  readonly unit_id: string
  readonly unit_name: string
  readonly unit_kind: UnitKind
  readonly unit_dissolved_on: string | null
  readonly territory_path: string
  readonly line_path: string | null
  readonly parties: string[]
  readonly receiver_ids: string[]
  readonly groups: string[] | null
  readonly sector: string
  readonly period_key: string
  readonly period_title: string
  readonly period_from: string
  readonly counts_from: string | null
  readonly cut_off: string
  readonly due_on: string
  readonly provisional: boolean
  /** The named day itself is the due day: what is asked for by it is filed before it. */
  readonly is_due_on_date: boolean
  readonly detail: ReturnState
  readonly position: number | null
  readonly counted_to: string | null
  readonly counted_span: CountedSpan | null
  readonly look: ReturnLook | null
  readonly version: number
}

const columns = `r.id, r.schedule_id, s.title, r.campaign_id, c.name as campaign_name, c.starts_on as campaign_starts_on,
  c.ends_on as campaign_ends_on, r.table_id, r.table_version, s.ledger_id, s.narrative_id, r.narrative_version, ${narrativeColumn('n')} as narrative,
  s.outside_receiver_ids, r.unit_id, u.name as unit_name, u.kind as unit_kind, u.dissolved_on as unit_dissolved_on, r.territory_path, r.line_path, r.parties,
  r.receiver_ids, r.groups, r.sector, r.period_key, r.period_title, r.period_from, r.counts_from, r.cut_off, r.due_on, r.provisional,
  coalesce(s.rule -> 'due' ->> 'kind' = 'on-date', false) as is_due_on_date, r.detail, r.position, r.counted_to, r.counted_span, r.look, r.version`
const joined = `report_return r join report_schedule s on s.tenant_id = r.tenant_id and s.id = r.schedule_id
  join campaign c on c.tenant_id = r.tenant_id and c.id = r.campaign_id
  join unit u on u.tenant_id = r.tenant_id and u.id = r.unit_id
  left join report_narrative n on n.tenant_id = s.tenant_id and n.id = s.narrative_id and n.version = r.narrative_version`

export async function findReturn(handle: Handle, id: string): Promise<ReturnRecord | null> {
  const rows = await handle.query<ReturnRecord & Record<string, unknown>>(
    `select ${columns} from ${joined} where r.tenant_id = $1 and r.id = $2`,
    [handle.tenantId, id],
  )
  return rows[0] ?? null
}

export async function findReturns(handle: Handle, ids: readonly string[]): Promise<ReturnRecord[]> {
  return handle.query<ReturnRecord & Record<string, unknown>>(
    `select ${columns} from ${joined} where r.tenant_id = $1 and r.id = any($2::uuid[]) order by r.id`,
    [handle.tenantId, ids],
  )
}

/** Locks the row: of two who sign at once the second is told of the first. */
export async function loadReturn(handle: Handle, id: string): Promise<ReturnRecord | null> {
  const rows = await handle.query<ReturnRecord & Record<string, unknown>>(
    `select ${columns} from ${joined} where r.tenant_id = $1 and r.id = $2 for update of r`,
    [handle.tenantId, id],
  )
  return rows[0] ?? null
}

export interface NewReturn {
  readonly id: string
  readonly unitId: string
  readonly territoryPath: string
  readonly linePath: string | null
  readonly receiverIds: readonly string[]
  readonly groups: readonly string[] | null
  readonly sector: string
  readonly state: ReturnState
}

export interface OpenedPeriod {
  readonly key: string
  readonly title: string
  readonly from: CivilDate
  readonly to: CivilDate
  readonly countsFrom: CivilDate | null
  readonly cutOff: CivilDate
  readonly dueOn: CivilDate
  readonly provisional: boolean
}

/** Those that are not there yet, in one statement; gives the ids of those that were made. */
export async function insertReturns(
  handle: Handle,
  schedule: {
    readonly id: string
    readonly campaign_id: string
    readonly table_id: string
    readonly table_version: number
    readonly narrative_version: number | null
    readonly rule: Schedule
  },
  period: OpenedPeriod,
  rows: readonly NewReturn[],
  now: Date,
): Promise<string[]> {
  const made = await handle.query<{ id: string }>(
    `insert into report_return (tenant_id, id, territory_path, line_path, parties, schedule_id, campaign_id, table_id, table_version,
       unit_id, receiver_ids, groups, sector, period_key, period_title, period_from, period_to, counts_from, cut_off, due_on, provisional,
       status, detail, version, opened_at, narrative_version, rule)
     select $1, n.id, n.territory_path, n.line_path, array[n.unit_id] || n.receiver_ids::uuid[], $2, $3, $4, $5,
       n.unit_id, n.receiver_ids::uuid[], n.groups, n.sector, $6, $7, $8, $9, $10, $11, $12, $13, 'open', n.detail, 1, $14, $23, $24
     from unnest($15::uuid[], $16::text[], $17::text[], $18::uuid[], $19::text[], $20::jsonb[], $21::text[], $22::jsonb[])
       as raw (id, territory_path, line_path, unit_id, receiver_ids, group_names, sector, detail),
     lateral (select raw.id, raw.territory_path, raw.line_path, raw.unit_id, raw.receiver_ids, raw.sector, raw.detail,
       case when raw.group_names is null then null else array(select jsonb_array_elements_text(raw.group_names)) end as groups) n
     on conflict (tenant_id, schedule_id, unit_id, period_key, sector) do nothing returning id`,
    [
      handle.tenantId,
      schedule.id,
      schedule.campaign_id,
      schedule.table_id,
      schedule.table_version,
      period.key,
      period.title,
      period.from,
      period.to,
      period.countsFrom,
      period.cutOff,
      period.dueOn,
      period.provisional,
      now,
      rows.map(({ id }) => id),
      rows.map(({ territoryPath }) => territoryPath),
      rows.map(({ linePath }) => linePath),
      rows.map(({ unitId }) => unitId),
      // An array within an array would be taken apart as well.
      rows.map(({ receiverIds }) => `{${receiverIds.join(',')}}`),
      rows.map(({ groups }) => (groups === null ? null : JSON.stringify(groups))),
      rows.map(({ sector }) => sector),
      rows.map(({ state }) => JSON.stringify(state)),
      schedule.narrative_version,
      JSON.stringify(schedule.rule),
    ],
  )
  return made.map(({ id }) => id)
}

/** Where its figures stop, once a signature has fixed it. The span is said when it is fixed, and stays while the position does. */
export interface CountedUpTo {
  readonly position: number | null
  readonly countedTo: CivilDate | null
  readonly span?: CountedSpan | undefined
}

export async function saveReturn(handle: Handle, state: ReturnState, counted: CountedUpTo): Promise<void> {
  await handle.query(
    `update report_return set status = $3, detail = $4, version = $5, position = $6, counted_to = $7,
       counted_span = case when $6::bigint is null then null else coalesce($8::jsonb, counted_span) end
     where tenant_id = $1 and id = $2`,
    [
      handle.tenantId,
      state.id,
      state.status,
      JSON.stringify(state),
      state.version,
      counted.position,
      counted.countedTo,
      counted.span === undefined ? null : JSON.stringify(counted.span),
    ],
  )
}

export interface ReturnEventRow {
  readonly id: string
  readonly kind: string
  readonly round: number
  readonly sentence: string
  readonly person_name: string
  readonly recorded_at: Date
  readonly filed: boolean
}

export async function insertReturnEvent(
  handle: Handle,
  of: Pick<ReturnRecord, 'id' | 'territory_path' | 'line_path' | 'parties'>,
  event: {
    readonly id: string
    readonly entryId: string
    readonly kind: string
    readonly status: string
    readonly round: number
    readonly sentence: string
    readonly accountId: string | null
    readonly personName: string
    readonly unitId: string | null
    readonly on: CivilDate
    readonly now: Date
    readonly content: unknown
    readonly contentHash: string | null
  },
): Promise<void> {
  await handle.query(
    `insert into return_event (tenant_id, id, territory_path, line_path, parties, return_id, entry_id, kind, status, round, sentence,
       account_id, person_name, unit_id, on_day, recorded_at, content, content_hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    [
      handle.tenantId,
      event.id,
      of.territory_path,
      of.line_path,
      of.parties,
      of.id,
      event.entryId,
      event.kind,
      event.status,
      event.round,
      event.sentence,
      event.accountId,
      event.personName,
      event.unitId,
      event.on,
      event.now,
      event.content === null ? null : JSON.stringify(event.content),
      event.contentHash,
    ],
  )
}

export async function listReturnEvents(handle: Handle, returnId: string): Promise<ReturnEventRow[]> {
  return handle.query<ReturnEventRow & Record<string, unknown>>(
    `select id, kind, round, sentence, person_name, recorded_at, content is not null as filed from return_event
     where tenant_id = $1 and return_id = $2 order by recorded_at, id`,
    [handle.tenantId, returnId],
  )
}

export interface FiledRow<Content> {
  readonly return_id: string
  readonly round: number
  readonly content: Content
  readonly content_hash: string
  readonly person_name: string
  readonly recorded_at: Date
  readonly period_title: string
}

/** What was filed the n-th time. */
export async function findFiled<Content>(
  handle: Handle,
  returnId: string,
  round: number,
): Promise<FiledRow<Content> | null> {
  const rows = await handle.query<FiledRow<Content> & Record<string, unknown>>(
    `select e.return_id, e.round, e.content, e.content_hash, e.person_name, e.recorded_at, r.period_title
     from return_event e join report_return r on r.tenant_id = e.tenant_id and r.id = e.return_id
     where e.tenant_id = $1 and e.return_id = $2 and e.round = $3 and e.kind in ('submit', 'receive')`,
    [handle.tenantId, returnId, round],
  )
  return rows[0] ?? null
}

/** The last filed return of the same schedule and unit before this period. */
export async function findPrevious<Content>(
  handle: Handle,
  of: Pick<ReturnRecord, 'schedule_id' | 'unit_id' | 'sector' | 'period_from'>,
): Promise<FiledRow<Content> | null> {
  const rows = await handle.query<FiledRow<Content> & Record<string, unknown>>(
    `select e.return_id, e.round, e.content, e.content_hash, e.person_name, e.recorded_at, r.period_title
     from report_return r join return_event e on e.tenant_id = r.tenant_id and e.return_id = r.id and e.kind in ('submit', 'receive')
     where r.tenant_id = $1 and r.schedule_id = $2 and r.unit_id = $3 and r.sector = $4 and r.period_from < $5
       and r.status in ('submitted', 'accepted')
     order by r.period_from desc, e.round desc limit 1`,
    [handle.tenantId, of.schedule_id, of.unit_id, of.sector, of.period_from],
  )
  return rows[0] ?? null
}

/** The last day that the unit's report before this one told of; null for the first. */
export async function findToldUntil(
  handle: Handle,
  of: Pick<ReturnRecord, 'schedule_id' | 'unit_id' | 'sector' | 'period_from'>,
): Promise<CivilDate | null> {
  const [row] = await handle.query<{ until: string | null }>(
    `select max(coalesce(counted_to, cut_off))::text as until from report_return
     where tenant_id = $1 and schedule_id = $2 and unit_id = $3 and sector = $4 and period_from < $5`,
    [handle.tenantId, of.schedule_id, of.unit_id, of.sector, of.period_from],
  )
  return row?.until ?? null
}

export interface BelowRow {
  readonly id: string
  readonly unit_id: string
  readonly unit_name: string
  readonly unit_kind: string
  readonly dissolved_on: string | null
  readonly status: string
}

/** Returns that go to this unit in the same schedule and period. */
export async function listBelow(
  handle: Handle,
  of: Pick<ReturnRecord, 'schedule_id' | 'period_key' | 'unit_id' | 'sector'>,
): Promise<BelowRow[]> {
  return handle.query<BelowRow & Record<string, unknown>>(
    `select r.id, r.unit_id, u.name as unit_name, u.kind as unit_kind, u.dissolved_on, r.status from report_return r
     join unit u on u.tenant_id = r.tenant_id and u.id = r.unit_id
     where r.tenant_id = $1 and r.schedule_id = $2 and r.period_key = $3 and r.sector = $4 and r.receiver_ids @> array[$5::uuid]
     order by u.name, r.id`,
    [handle.tenantId, of.schedule_id, of.period_key, of.sector, of.unit_id],
  )
}

export interface ListedReturn extends ReturnRecord {
  readonly status: string
}

/** `waiting`: the states in which it waits for this side; null for all. Newest due day last among those that wait. */
export async function listReturnRows(
  handle: Handle,
  question: {
    readonly side: 'mine' | 'received'
    readonly unitIds: readonly string[]
    readonly waiting: readonly string[] | null
    readonly after: { readonly dueOn: CivilDate; readonly id: string } | null
    readonly limit: number
  },
): Promise<ListedReturn[]> {
  const whose = question.side === 'mine' ? 'r.unit_id = any($2::uuid[])' : 'r.receiver_ids && $2::uuid[]'
  const [than, way] = question.waiting === null ? ['<', 'desc'] : ['>', 'asc']
  return handle.query<ListedReturn & Record<string, unknown>>(
    `select ${columns}, r.status from ${joined}
     where r.tenant_id = $1 and ${whose} and ($3::text[] is null or r.status = any($3::text[]))
       and ($4::date is null or (r.due_on, r.id) ${than} ($4::date, $5::uuid))
     order by r.due_on ${way}, r.id ${way} limit $6`,
    [
      handle.tenantId,
      question.unitIds,
      question.waiting,
      question.after?.dueOn ?? null,
      question.after?.id ?? null,
      question.limit,
    ],
  )
}

export async function countReturns(
  handle: Handle,
  side: 'mine' | 'received',
  unitIds: readonly string[],
  waiting: readonly string[],
): Promise<number> {
  const whose = side === 'mine' ? 'unit_id = any($2::uuid[])' : 'receiver_ids && $2::uuid[]'
  const [row] = await handle.query<{ count: number }>(
    `select count(*)::int as count from report_return where tenant_id = $1 and ${whose} and status = any($3::text[])`,
    [handle.tenantId, unitIds, waiting],
  )
  return row?.count ?? 0
}

/** Not filed, and due by the day or past. Of a unit that is no more nobody is reminded, nor of what falls due after its last day. */
export async function listToRemind(handle: Handle, until: CivilDate, today: CivilDate): Promise<ReturnRecord[]> {
  return handle.query<ReturnRecord & Record<string, unknown>>(
    `select ${columns} from ${joined}
     where r.tenant_id = $1 and r.status in ('open', 'signing', 'signed', 'sent-back') and r.due_on <= $2 and c.state = 'running'
       and (u.dissolved_on is null or u.dissolved_on > greatest($3::date, coalesce((r.detail ->> 'excusedUntil')::date, r.due_on)))
     order by r.due_on, r.id limit 20000`,
    [handle.tenantId, until, today],
  )
}
