/** What was delivered for narrative reports, against the chain and against the files as they were kept. */
import { canonical } from '../../platform/audit/chain.js'
import { firstDifference, verifyCoveredRows, type SayingEntry } from '../../platform/audit/covered-rows.js'
import type { Verifier } from '../../platform/audit/verification.js'
import { deliveriesOfEntries, findStrangeFile, type DeliveryFull } from './delivery-verify.repo.js'

type Said = Pick<DeliveryFull, 'id' | 'form' | 'files' | 'sections' | 'draft'>

export const deliveryVerifier: Verifier = {
  subject: '报送的文件',
  async verify(handle) {
    const covered = await verifyCoveredRows<{ readonly said: Said; readonly entry: SayingEntry }, DeliveryFull>(
      handle,
      {
        noun: '所交文件',
        spokenOf: { keys: ['delivery'] },
        saidBy: (entry) => {
          const said = entry.detail?.['delivery'] as Said | undefined
          return said === undefined ? [] : [[said.id, { said, entry }] as const]
        },
        rows: deliveriesOfEntries,
        difference: ({ said, entry }, row) =>
          firstDifference([
            ['报表', entry.object_id, row.return_id],
            ['形式', said.form, row.form],
            ['文件', canonical(said.files), canonical(row.files)],
            ['要点核对', canonical(said.sections), canonical(row.sections)],
            ['草稿', canonical(said.draft), canonical(row.draft)],
            ['账户', entry.account_id, row.account_id],
            ['姓名', entry.person_name, row.person_name],
          ]),
      },
    )
    if (!covered.ok) return covered
    const strange = await findStrangeFile(handle)
    return strange === null
      ? covered
      : {
          ok: false,
          message: `报表 ${strange.return_id} 所交的文件 ${strange.file_id} 与存下的文件不符：摘要被改过，或文件不见了。`,
        }
  },
}
