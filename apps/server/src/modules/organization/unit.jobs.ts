/** Moves that were recorded ahead are carried out on their day: shortly after midnight in Shanghai, and whenever a server starts. */
import { addDays } from '@bihuan/domain'
import { recordAct } from '../../platform/audit/record.js'
import type { Clock } from '../../platform/clock.js'
import { enqueue, type Job } from '../../platform/jobs/queue.js'
import type { Platform } from '../../platform/platform.js'
import * as repo from './unit.repo.js'
import { settleUnits } from './unit.service.js'

export const settleJob = 'unit.settle-paths'

export function unitJobs(platform: Platform): readonly Job<Record<string, never>>[] {
  return [
    {
      name: settleJob,
      async run() {
        await settlePaths(platform)
        await settleAt(platform, nextMidnight(platform.clock))
      },
    },
  ]
}

/** One key: several servers that start at once make one job, and the next midnight's is the same one. */
export async function settleAt({ database }: Platform, runAt: Date): Promise<void> {
  await database.withScope({ purpose: 'tenant', tenantId: null }, (handle) =>
    enqueue(handle, settleJob, {}, { runAt, key: settleJob }),
  )
}

export async function settlePaths({ database, clock }: Platform): Promise<void> {
  const tenants = await database.withScope({ purpose: 'log-in', tenantId: null }, (handle) =>
    repo.listTenantIds(handle),
  )
  for (const tenantId of tenants) {
    await database.withScope({ purpose: 'tenant', tenantId }, async (handle) => {
      const today = clock.today()
      await repo.lockTree(handle)
      for (const axis of ['territory', 'line'] as const) {
        const strays = await repo.listStrayUnits(handle, axis, today, null)
        if (strays.length === 0) continue
        const by = { tenantId, via: 'job', personName: '系统', address: 'local' } as const
        const entryId = await recordAct(
          handle,
          by,
          { action: 'unit.settle', objectKind: 'tenant', objectId: tenantId, detail: { axis, today, units: strays } },
          clock.now(),
        )
        await settleUnits(handle, axis, today, entryId, null)
      }
    })
  }
}

/** By the clock of the product, which in a demonstration is not that of the queue: the same time from now. */
function nextMidnight(clock: Clock): Date {
  const midnight = new Date(`${addDays(clock.today(), 1)}T00:00:05+08:00`)
  return new Date(Date.now() + (midnight.getTime() - clock.now().getTime()))
}
