/** Packages that receivers outside took, against the chain: what was handed over, and that they said so. */
import { canonical } from '../../platform/audit/chain.js'
import { firstDifference, verifyCoveredRows, type SayingEntry } from '../../platform/audit/covered-rows.js'
import type { Verifier } from '../../platform/audit/verification.js'
import { deliveredAction, type DeliveredPush } from './package-push.js'
import { pushesOfEntries, type PushFull } from './package-push-verify.repo.js'

export const pushVerifier: Verifier = {
  subject: '发出的数据包',
  verify: (handle) =>
    verifyCoveredRows<{ readonly said: DeliveredPush; readonly entry: SayingEntry }, PushFull>(handle, {
      noun: '数据包',
      spokenOf: { actions: [deliveredAction] },
      saidBy: (entry) => {
        const said = entry.detail?.['push'] as DeliveredPush
        return [[said.id, { said, entry }] as const]
      },
      rows: pushesOfEntries,
      difference: ({ said, entry }, row) =>
        firstDifference([
          ['报表', entry.object_id, row.return_id],
          ['第几次上报', said.round, row.round],
          ['接收方', said.receiverId, row.receiver_id],
          ['状态', 'delivered', row.state],
          ['数据包的摘要', said.packageHash, row.package_hash],
          ['回执', canonical(said.receipt), canonical(row.receipt)],
        ]),
    }),
}
