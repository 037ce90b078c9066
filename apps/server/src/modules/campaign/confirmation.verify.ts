/** What was confirmed, against the chain: who had read which notice, and when, is read from these rows. */
import { firstDifference, verifyCoveredRows, type SayingEntry } from '../../platform/audit/covered-rows.js'
import type { Verifier } from '../../platform/audit/verification.js'
import { confirmationsOfEntries, type ConfirmationAsStored } from './confirmation-verify.repo.js'

export const confirmationVerifier: Verifier = {
  subject: '阅读确认',
  verify: (handle) =>
    verifyCoveredRows<SayingEntry, ConfirmationAsStored>(handle, {
      noun: '阅读确认',
      spokenOf: { actions: ['campaign.confirm'] },
      saidBy: (entry) => [[String(entry.after?.['id']), entry]],
      rows: confirmationsOfEntries,
      difference: ({ object_id, account_id, person_name, after }, row) =>
        firstDifference([
          ['行动', object_id, row.campaign_id],
          ['单位', after?.['unitId'], row.unit_id],
          ['通知', after?.['noticeFileId'], row.notice_file_id],
          ['账户', account_id, row.account_id],
          ['姓名', person_name, row.person_name],
        ]),
    }),
}
