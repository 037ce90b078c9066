/** Days that the tenant entered itself, against the chain: they decide who was late. */
import { firstDifference, verifyCoveredRows, type SayingEntry } from '../../platform/audit/covered-rows.js'
import type { Verifier } from '../../platform/audit/verification.js'
import { overridesOfEntries, type OverrideFull } from './calendar-verify.repo.js'

type Said = Pick<OverrideFull, 'id' | 'day' | 'kind'>

export const calendarVerifier: Verifier = {
  subject: '节假日安排',
  verify: (handle) =>
    verifyCoveredRows<{ readonly said: Said; readonly entry: SayingEntry }, OverrideFull>(handle, {
      noun: '节假日安排',
      spokenOf: { actions: ['calendar.change'] },
      saidBy: (entry) => ((entry.detail?.['rows'] ?? []) as Said[]).map((said) => [said.id, { said, entry }] as const),
      rows: overridesOfEntries,
      difference: ({ said, entry }, row) =>
        firstDifference([
          ['日期', said.day, row.day],
          ['安排', said.kind, row.kind],
          ['依据', entry.after?.['reason'], row.reason],
          ['账户', entry.account_id, row.account_id],
          ['姓名', entry.person_name, row.person_name],
        ]),
    }),
}
