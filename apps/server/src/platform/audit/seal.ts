/**
 * The sealer: gives committed entries their positions and links them into the tenant's chain, in batches.
 *
 * Inside the writer's transaction the chain's head would be one hot row for the whole district: 3,082 -> 1,037 transactions
 * a second at 32 clients (measured). So it follows after commit, one sealer a tenant, held by an advisory lock.
 */
import type { Database, Handle } from '../db/scope.js'
import type { Clock } from '../clock.js'
import type { Log } from '../log.js'
import { chainHash, entryColumns, entryHash, genesis, type EntryRow } from './chain.js'

const batchSize = 1000

export interface Sealer {
  /** Seals all that was committed before the call. */
  sealNow(tenantId: string): Promise<void>
  /**
   * Runs right behind the sealing, in a time of its own: for each tenant once after the start, and whenever something was sealed here.
   * What it throws is logged, and it is run again. Gives what ends it.
   */
  follow(work: (tenantId: string) => Promise<void>): () => Promise<void>
  stop(): Promise<void>
}

/** Sealing takes a batch five times a second; what follows it takes the batches of half a second at once. */
const followEveryMs = 500

/** Seals one batch. While another sealer is at it: waits for it, or leaves the batch to it and gives 0. */
export async function sealBatch(
  handle: Handle,
  tenantId: string,
  now: Date,
  whenBusy: 'wait' | 'leave',
): Promise<number> {
  if (whenBusy === 'wait') {
    await handle.query(`select pg_advisory_xact_lock(hashtextextended('seal ' || $1, 0))`, [tenantId])
  } else {
    const [lock] = await handle.query<{ held: boolean }>(
      `select pg_try_advisory_xact_lock(hashtextextended('seal ' || $1, 0)) as held`,
      [tenantId],
    )
    if (!lock?.held) return 0
  }
  const entries = await handle.query<EntryRow>(
    `select ${entryColumns} from audit_entry
     where tenant_id = $1 and id in (select entry_id from audit_pending where tenant_id = $1 order by entry_id limit ${batchSize})
     order by at, id`,
    [tenantId],
  )
  if (entries.length === 0) return 0
  const [head] = await handle.query<{ position: number; chain_hash: Buffer }>(
    'select position, chain_hash from audit_seal where tenant_id = $1 order by position desc limit 1',
    [tenantId],
  )
  let position = head?.position ?? 0
  let previous = head?.chain_hash ?? genesis(tenantId)
  const positions: number[] = []
  const hashes: Buffer[] = []
  const chain: Buffer[] = []
  for (const entry of entries) {
    position += 1
    const hash = entryHash(entry)
    previous = chainHash(previous, position, entry.id, hash)
    positions.push(position)
    hashes.push(hash)
    chain.push(previous)
  }
  const ids = entries.map((entry) => entry.id)
  await handle.query(
    `insert into audit_seal (tenant_id, position, entry_id, entry_hash, chain_hash, sealed_at)
     select $1, position, entry_id, entry_hash, chain_hash, $6
     from unnest($2::bigint[], $3::uuid[], $4::bytea[], $5::bytea[]) as sealed (position, entry_id, entry_hash, chain_hash)`,
    [tenantId, positions, ids, hashes, chain, now],
  )
  await handle.query('delete from audit_pending where tenant_id = $1 and entry_id = any($2::uuid[])', [tenantId, ids])
  return entries.length
}

export function startSealer(database: Database, clock: Clock, log: Log, everyMs = 200): Sealer {
  let stopped = false
  const followers = new Set<Follower>()
  const sealTenant = async (tenantId: string, whenBusy: 'wait' | 'leave'): Promise<void> => {
    for (;;) {
      const sealed = await database.withScope({ purpose: 'seal', tenantId }, (handle) =>
        sealBatch(handle, tenantId, clock.now(), whenBusy),
      )
      if (sealed > 0) for (const follower of followers) follower.due.add(tenantId)
      if (sealed < batchSize) return
    }
  }
  const round = async (): Promise<void> => {
    const tenants = await database.withScope({ purpose: 'seal', tenantId: null }, (handle) =>
      handle.query<{ id: string }>('select id from tenant'),
    )
    for (const { id } of tenants) {
      for (const { due, met } of followers) {
        if (met.has(id)) continue
        met.add(id)
        due.add(id)
      }
      await sealTenant(id, 'leave')
    }
  }
  // Hundreds who sign at once wait for the same sealing: the first that begins after they asked takes what they had committed.
  const awaited = new Map<string, { running: Promise<void>; next: Promise<void> | null }>()
  const sealTogether = (tenantId: string): Promise<void> => {
    const at = awaited.get(tenantId)
    if (at === undefined) return begin(tenantId)
    at.next ??= at.running.then(
      () => begin(tenantId),
      () => begin(tenantId),
    )
    return at.next
  }
  const begin = (tenantId: string): Promise<void> => {
    const running = sealTenant(tenantId, 'wait').finally(() => {
      if (awaited.get(tenantId) === mine && mine.next === null) awaited.delete(tenantId)
    })
    const mine = { running, next: null as Promise<void> | null }
    awaited.set(tenantId, mine)
    return running
  }
  let running: Promise<void> | null = null
  let failing = false
  const timer = setInterval(() => {
    // One round at a time, and none queued: after an outage of an hour there would be 18,000 of them.
    if (stopped || running !== null) return
    running = round()
      .then(
        () => {
          failing = false
        },
        (cause: unknown) => {
          // The database may be away for a while; what waits in audit_pending waits on. Said once, not five times a second.
          if (!failing) log.warn({ event: 'seal-failed', cause: String(cause) })
          failing = true
        },
      )
      .finally(() => {
        running = null
      })
  }, everyMs)
  timer.unref()
  return {
    sealNow: sealTogether,
    follow(work) {
      const follower = followBehind(work, log, Math.max(everyMs, followEveryMs))
      followers.add(follower)
      return async () => {
        followers.delete(follower)
        await follower.end()
      }
    },
    async stop() {
      stopped = true
      clearInterval(timer)
      await running
      for (const follower of followers) await follower.end()
    },
  }
}

interface Follower {
  /** Tenants of which something waits for it. */
  readonly due: Set<string>
  readonly met: Set<string>
  end(): Promise<void>
}

function followBehind(work: (tenantId: string) => Promise<void>, log: Log, everyMs: number): Follower {
  const due = new Set<string>()
  let running: Promise<void> | null = null
  let failing = false
  const round = async (): Promise<void> => {
    for (const tenantId of [...due]) {
      // Taken first: what is sealed meanwhile is due again.
      due.delete(tenantId)
      try {
        await work(tenantId)
        failing = false
      } catch (cause) {
        due.add(tenantId)
        if (!failing) log.warn({ event: 'behind-sealing-failed', cause: String(cause) })
        failing = true
      }
    }
  }
  const timer = setInterval(() => {
    if (due.size === 0) return
    running ??= round().finally(() => {
      running = null
    })
  }, everyMs)
  timer.unref()
  return {
    due,
    met: new Set(),
    async end() {
      clearInterval(timer)
      await running
    },
  }
}
