/** A return that was sent back is told of to its respondent: by a job, since a receiver on neither axis may write nothing at their place. */
import { v7 as uuidv7 } from 'uuid'
import type { Handle } from '../../platform/db/scope.js'
import { enqueue, type Job } from '../../platform/jobs/queue.js'
import { giveNotice } from '../../platform/notices/notices.js'
import type { Platform } from '../../platform/platform.js'
import { findReturn } from './return.repo.js'

export const sentBackJob = 'report.tell-sent-back'

export async function tellSentBack(handle: Handle, returnId: string): Promise<void> {
  const { tenantId } = handle
  await enqueue(handle, sentBackJob, { tenantId, returnId })
}

export function sentBackJobs({ database, clock }: Platform): Job<{ tenantId: string; returnId: string }>[] {
  return [
    {
      name: sentBackJob,
      run: ({ tenantId, returnId }) =>
        database.withScope({ purpose: 'tenant', tenantId }, async (handle) => {
          const row = await findReturn(handle, returnId)
          // Filed again in the meantime.
          if (row === null || row.detail.status !== 'sent-back') return
          const { round, remarks, timesSentBack } = row.detail
          const said = remarks.filter((one) => one.round === round && one.finding === undefined).length
          await giveNotice(handle, {
            id: uuidv7(),
            territoryPath: row.territory_path,
            linePath: row.line_path,
            unitIds: [row.unit_id],
            kind: 'return-sent-back',
            text: `${row.title}（${row.unit_name}，${row.period_title}）被退回，有 ${said} 处意见，请改正后重新签名上报。`,
            link: `/returns/${row.id}`,
            dedupeKey: `return-sent-back:${row.id}:${round}:${timesSentBack}`,
            now: clock.now(),
          })
        }),
    },
  ]
}
