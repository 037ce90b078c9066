/** A deadline is called to mind on its morning: a notice to the unit whose turn it is, and to the one that supervises. */
import { v7 as uuidv7 } from 'uuid'
import { whoseTurn } from '@bihuan/domain'
import type { Clock } from '../../platform/clock.js'
import type { Job } from '../../platform/jobs/queue.js'
import { giveNotice } from '../../platform/notices/notices.js'
import type { Platform } from '../../platform/platform.js'
import { findHazard } from './hazard.repo.js'

export const reminderJob = 'hazard.remind'

/**
 * Eight in the morning of the day, Asia/Shanghai. The queue runs by the real clock: on a server whose clock was set for a
 * demonstration, the day is as far away for the one as for the other.
 */
export function remindAt(deadline: string, clock: Clock): Date {
  const away = new Date(`${deadline}T08:00:00+08:00`).getTime() - clock.now().getTime()
  return new Date(Date.now() + away)
}

export const sentBackJob = 'hazard.tell-sent-back'

export function hazardJobs({ database, clock }: Platform): Job<{ tenantId: string; hazardId: string }>[] {
  return [
    {
      name: reminderJob,
      async run({ tenantId, hazardId }) {
        await database.withScope({ purpose: 'tenant', tenantId }, async (handle) => {
          const found = await findHazard(handle, hazardId)
          if (found === null || found.hazard.deadline === null || found.hazard.deadline > clock.today()) return
          const { code, subject, deadline, authorityUnitId } = found.hazard
          const turn = whoseTurn(found.hazard)
          // Signed off, or cancelled, in the meantime; a draft has no deadline to keep.
          if (turn === null || found.hazard.status === 'draft') return
          const to = [turn.unitId, authorityUnitId].filter((id) => id !== null && id !== undefined)
          const past = deadline < clock.today() ? '已过' : '到期'
          await giveNotice(handle, {
            id: uuidv7(),
            territoryPath: found.territoryPath,
            linePath: found.linePath,
            unitIds: to,
            kind: 'hazard-due',
            text: `隐患 ${code}（${subject?.name ?? ''}）整改时限 ${deadline} ${past}，现在该${turn.what}。`,
            link: `/hazards/${hazardId}`,
            // Once a deadline: an extension is called to mind again.
            dedupeKey: `hazard-due:${hazardId}:${deadline}`,
            now: clock.now(),
          })
        })
      },
    },
    {
      name: sentBackJob,
      run: ({ tenantId, hazardId }) =>
        database.withScope({ purpose: 'tenant', tenantId }, async (handle) => {
          const found = await findHazard(handle, hazardId)
          const turn = found === null ? null : whoseTurn(found.hazard)
          // By now somebody has gone on with it.
          if (found === null || turn === null || turn.unitId === null || turn.side !== 'responsible') return
          const { code, subject, version } = found.hazard
          const until = turn.until === null ? '' : `，时限 ${turn.until}`
          await giveNotice(handle, {
            id: uuidv7(),
            territoryPath: found.territoryPath,
            linePath: found.linePath,
            unitIds: [turn.unitId],
            kind: 'hazard-sent-back',
            text: `隐患 ${code}（${subject?.name ?? ''}）被退回，请${turn.what}${until}。`,
            link: `/hazards/${hazardId}`,
            dedupeKey: `hazard-sent-back:${hazardId}:${version}`,
            now: clock.now(),
          })
        }),
    },
  ]
}
