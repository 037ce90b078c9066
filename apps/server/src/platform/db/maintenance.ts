/**
 * Local administration: verification, backup, restore. The owner, saying that it is at maintenance, in one transaction.
 *
 * Not a purpose of `withScope`: one that may read every row of a tenant would open every table's policy to the application role,
 * whose second lock those policies are, for the sake of work that is done on the machine itself by who has the owner's connection
 * anyway. So the application role keeps its policies, and whoever verifies does not trust them.
 */
import type pg from 'pg'
import type { Log } from '../log.js'
import { createPool } from './pools.js'
import { handleOn, type Handle } from './scope.js'

export interface Maintenance {
  readonly client: pg.PoolClient
  /** All tenants lie open; the handle only says which one is asked about. */
  forTenant(tenantId: string): Handle
}

/**
 * `read`: one snapshot, read only; others write meanwhile and are not held up. `write`: committed when `work` returns, undone when
 * it throws.
 */
export async function atMaintenance<T>(
  ownerUrl: string,
  log: Log,
  mode: 'read' | 'write',
  work: (maintenance: Maintenance) => Promise<T>,
): Promise<T> {
  const pool = createPool(ownerUrl, 1, 'maintenance', log)
  const client = await pool.connect().catch(async (cause: unknown) => {
    await pool.end()
    throw cause
  })
  const ends: (() => void)[] = []
  let broken = false
  try {
    const kind = mode === 'read' ? 'isolation level repeatable read, read only' : 'isolation level read committed'
    await client.query(`begin transaction ${kind}; set local app.purpose = 'maintenance'; set local statement_timeout = 0;
      set local idle_in_transaction_session_timeout = 0; set local datestyle = 'ISO, YMD';
      set local max_parallel_workers_per_gather = 0`)
    const result = await work({
      client,
      forTenant(tenantId) {
        const { handle, end } = handleOn(client, tenantId, { purpose: 'verify', tenantId })
        ends.push(end)
        return handle
      },
    })
    const { command } = await client.query('commit')
    // See withScope: of a transaction in which a statement failed, a commit is a rollback.
    if (command !== 'COMMIT') throw new Error('a statement failed, the work went on, and nothing was saved')
    return result
  } catch (cause) {
    await client.query('rollback').catch(() => {
      broken = true
    })
    throw cause
  } finally {
    for (const end of ends) end()
    client.release(broken)
    await pool.end()
  }
}
