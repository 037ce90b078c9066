/** What was reported on tasks, against the chain: whether a task was done in time is read from these rows. */
import { firstDifference, verifyCoveredRows, type SayingEntry } from '../../platform/audit/covered-rows.js'
import type { Verifier } from '../../platform/audit/verification.js'
import { taskUpdatesOfEntries, type TaskUpdateAsStored } from './task-verify.repo.js'

export const taskVerifier: Verifier = {
  subject: '任务填报',
  verify: (handle) =>
    verifyCoveredRows<SayingEntry, TaskUpdateAsStored>(handle, {
      noun: '任务填报',
      spokenOf: { actions: ['task.update', 'task.withdraw'] },
      saidBy: (entry) => [[String(entry.after?.['id']), entry]],
      rows: taskUpdatesOfEntries,
      difference: ({ object_id, account_id, person_name, after }, row) =>
        firstDifference([
          ['任务', object_id, row.task_id],
          ['日期', after?.['doneOn'], row.done_on],
          ['是否办结', after?.['finishes'], row.finishes],
          ['内容', after?.['note'], row.note],
          ['附件', after?.['fileIds'], row.file_ids],
          ['撤回的填报', after?.['withdraws'], row.withdraws],
          ['账户', account_id, row.account_id],
          ['姓名', person_name, row.person_name],
        ]),
    }),
}
