/** Figures that people typed, against the chain: who typed what into which cell. */
import { firstDifference, verifyCoveredRows, type SayingEntry } from '../../platform/audit/covered-rows.js'
import type { Verifier } from '../../platform/audit/verification.js'
import { typedFiguresOfEntries, type TypedFigureRow } from './typed-verify.repo.js'

interface Typed {
  readonly id: string
  readonly cell: string
  readonly amount: number | null
}

export const typedFigureVerifier: Verifier = {
  subject: '手填数字',
  verify: (handle) =>
    verifyCoveredRows<{ readonly typed: Typed; readonly entry: SayingEntry }, TypedFigureRow>(handle, {
      noun: '手填数字',
      spokenOf: { keys: ['typed'] },
      saidBy: (entry) =>
        ((entry.detail?.['typed'] ?? []) as Typed[]).map((typed) => [typed.id, { typed, entry }] as const),
      rows: typedFiguresOfEntries,
      difference: ({ typed, entry }, row) =>
        firstDifference([
          ['表', entry.object_id, row.table_id],
          ['单位', entry.after?.['unitId'], row.unit_id],
          ['格', typed.cell, row.cell],
          ['截止日期', entry.after?.['asOf'], row.as_of],
          ['数字', typed.amount, row.amount],
          ['账户', entry.account_id, row.account_id],
          ['姓名', entry.person_name, row.person_name],
        ]),
    }),
}
