/** The plans that units handed in, against the chain: which file, by whom. */
import { firstDifference, verifyCoveredRows, type SayingEntry } from '../../platform/audit/covered-rows.js'
import type { Verifier } from '../../platform/audit/verification.js'
import { subPlansOfEntries, type SubPlanAsStored } from './sub-plan-verify.repo.js'

export const subPlanVerifier: Verifier = {
  subject: '实施方案',
  verify: (handle) =>
    verifyCoveredRows<SayingEntry, SubPlanAsStored>(handle, {
      noun: '实施方案',
      spokenOf: { actions: ['campaign.keep-sub-plan'] },
      saidBy: (entry) => [[String(entry.after?.['id']), entry]],
      rows: subPlansOfEntries,
      difference: ({ object_id, account_id, person_name, after }, row) =>
        firstDifference([
          ['行动', object_id, row.campaign_id],
          ['单位', after?.['unitId'], row.unit_id],
          ['文件', after?.['fileId'], row.file_id],
          ['文件名', after?.['fileName'], row.file_name],
          ['账户', account_id, row.account_id],
          ['姓名', person_name, row.person_name],
        ]),
    }),
}
