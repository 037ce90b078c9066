/** A deadline is called to mind on its morning: a notice to the units whose turn it is. */
import { v7 as uuidv7 } from 'uuid'
import { isOpen } from '@bihuan/domain'
import type { Job } from '../../platform/jobs/queue.js'
import type { Platform } from '../../platform/platform.js'
import { findHazard, insertNotice } from './hazard.repo.js'

export const reminderJob = 'hazard.remind'

/** Eight in the morning of the day, Asia/Shanghai. */
export function remindAt(deadline: string): Date {
  return new Date(`${deadline}T08:00:00+08:00`)
}

export function hazardJobs({ database, clock }: Platform): Job<{ tenantId: string; hazardId: string }>[] {
  return [
    {
      name: reminderJob,
      async run({ tenantId, hazardId }) {
        await database.withScope({ purpose: 'tenant', tenantId }, async (handle) => {
          const found = await findHazard(handle, hazardId)
          if (found === null || !isOpen(found.hazard.status) || found.hazard.deadline === null) return
          await insertNotice(handle, found, {
            id: uuidv7(),
            kind: 'hazard-due',
            text: `隐患 ${found.hazard.code}（${found.hazard.subject?.name ?? ''}）整改时限 ${found.hazard.deadline} 到期。`,
            link: `/hazards/${hazardId}`,
            // Once a deadline: an extension is called to mind again.
            dedupeKey: `hazard-due:${hazardId}:${found.hazard.deadline}`,
            now: clock.now(),
          })
        })
      },
    },
  ]
}
