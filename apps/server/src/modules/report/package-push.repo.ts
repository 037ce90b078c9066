import type { Handle } from '../../platform/db/scope.js'

export interface PushReceipt {
  readonly returnId: string
  readonly packageHash: string
  readonly already: boolean
}

export interface PushRow {
  readonly id: string
  readonly return_id: string
  readonly round: number
  readonly receiver_id: string
  readonly receiver_name: string
  readonly title: string
  readonly unit_id: string
  readonly unit_name: string
  readonly territory_path: string
  readonly period_title: string
  readonly state: 'queued' | 'delivered' | 'refused' | 'given-up' | 'superseded'
  readonly package_hash: string | null
  readonly receipt: PushReceipt | null
  readonly reason: string | null
  readonly sentence: string | null
  readonly tries: number
  readonly queued_at: Date
  readonly since: Date
}

// Without the package itself: a list of them would be megabytes.
const columns = `p.id, p.return_id, p.round, p.receiver_id, o.name as receiver_name, s.title, r.unit_id, u.name as unit_name, p.territory_path,
  r.period_title, p.state, p.package_hash, p.receipt, p.reason, p.sentence, p.tries, p.queued_at, p.since`
const joined = `package_push p join package_receiver o on o.tenant_id = p.tenant_id and o.id = p.receiver_id
  join report_return r on r.tenant_id = p.tenant_id and r.id = p.return_id
  join report_schedule s on s.tenant_id = r.tenant_id and s.id = r.schedule_id
  join unit u on u.tenant_id = r.tenant_id and u.id = r.unit_id`

export async function listPushes(
  handle: Handle,
  asked: { readonly returnId: string | null; readonly openOnly: boolean; readonly limit: number },
): Promise<PushRow[]> {
  return handle.query<PushRow & Record<string, unknown>>(
    `select ${columns} from ${joined} where p.tenant_id = $1 and ($2::uuid is null or p.return_id = $2)
       and (not $3 or p.state in ('queued', 'refused', 'given-up'))
     order by p.queued_at desc, p.id limit $4`,
    [handle.tenantId, asked.returnId, asked.openOnly, asked.limit],
  )
}

export async function findPush(handle: Handle, id: string): Promise<PushRow | null> {
  const rows = await handle.query<PushRow & Record<string, unknown>>(
    `select ${columns} from ${joined} where p.tenant_id = $1 and p.id = $2`,
    [handle.tenantId, id],
  )
  return rows[0] ?? null
}

/** Locks the row: of two who act on it the second sees what the first did. */
export async function lockPush(handle: Handle, id: string): Promise<void> {
  await handle.query('select 1 from package_push where tenant_id = $1 and id = $2 for update', [handle.tenantId, id])
}

/** One for each receiver of the schedule that is in use; what waited of an earlier round goes no more. */
export async function insertPushes(
  handle: Handle,
  of: {
    readonly id: string
    readonly territory_path: string
    readonly line_path: string | null
    readonly parties: readonly string[]
  },
  round: number,
  pushes: readonly { readonly id: string; readonly receiverId: string }[],
  now: Date,
): Promise<void> {
  await handle.query(
    `update package_push set state = 'superseded', package = null, since = $4
     where tenant_id = $1 and return_id = $2 and round < $3 and state in ('queued', 'refused', 'given-up')`,
    [handle.tenantId, of.id, round, now],
  )
  await handle.query(
    `insert into package_push (tenant_id, id, territory_path, line_path, parties, return_id, round, receiver_id, state, queued_at, since)
     select $1, n.id, $2, $3, $4, $5, $6, n.receiver_id, 'queued', $9, $9 from unnest($7::uuid[], $8::uuid[]) as n (id, receiver_id)`,
    [
      handle.tenantId,
      of.territory_path,
      of.line_path,
      of.parties,
      of.id,
      round,
      pushes.map(({ id }) => id),
      pushes.map(({ receiverId }) => receiverId),
      now,
    ],
  )
}

export interface ReadyPush {
  readonly package: Buffer
  readonly package_hash: string
}

export async function findPackage(handle: Handle, id: string): Promise<ReadyPush | null> {
  const rows = await handle.query<ReadyPush & Record<string, unknown>>(
    'select package, package_hash from package_push where tenant_id = $1 and id = $2 and package is not null',
    [handle.tenantId, id],
  )
  return rows[0] ?? null
}

export async function savePackage(handle: Handle, id: string, bytes: Buffer, hash: string): Promise<void> {
  await handle.query('update package_push set package = $3, package_hash = $4 where tenant_id = $1 and id = $2', [
    handle.tenantId,
    id,
    bytes,
    hash,
  ])
}

export interface Settled {
  readonly state: PushRow['state']
  readonly reason: string | null
  readonly sentence: string | null
  readonly receipt: PushReceipt | null
  readonly tried: boolean
  /** Of the trail, that it was taken. */
  readonly entryId?: string | null
}

/** The bytes are kept while they may be sent again. */
export async function savePush(handle: Handle, id: string, to: Settled, now: Date): Promise<void> {
  await handle.query(
    `update package_push set state = $3, reason = $4, sentence = $5, receipt = $6, tries = tries + $7, since = $8, entry_id = coalesce($9, entry_id),
       package = case when $3 in ('delivered', 'superseded') then null else package end
     where tenant_id = $1 and id = $2`,
    [
      handle.tenantId,
      id,
      to.state,
      to.reason,
      to.sentence,
      to.receipt === null ? null : JSON.stringify(to.receipt),
      to.tried ? 1 : 0,
      now,
      to.entryId ?? null,
    ],
  )
}

/** Its week begins anew. */
export async function restartPush(handle: Handle, id: string, now: Date): Promise<void> {
  await handle.query('update package_push set tries = 0, queued_at = $3 where tenant_id = $1 and id = $2', [
    handle.tenantId,
    id,
    now,
  ])
}
