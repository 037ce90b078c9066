/** The fact ledger against the chain: every fact and every reversal is what its entry says, and none is missing or without one. */
import { firstDifference, verifyCoveredRows } from '../../platform/audit/covered-rows.js'
import type { Verifier } from '../../platform/audit/verification.js'
import type { NewFact, NewReversal } from './fact.repo.js'
import { factsOfEntries, type FactBesideOriginal } from './fact-verify.repo.js'

type Said = { readonly fact: NewFact } | { readonly reversal: NewReversal }

export const factVerifier: Verifier = {
  subject: '事实账',
  verify: (handle) =>
    verifyCoveredRows<Said, FactBesideOriginal>(handle, {
      noun: '事实',
      spokenOf: { keys: ['facts', 'reversals'] },
      saidBy: ({ detail }) => [
        ...((detail?.['facts'] ?? []) as NewFact[]).map((fact) => [fact.id, { fact }] as const),
        ...((detail?.['reversals'] ?? []) as NewReversal[]).map((reversal) => [reversal.id, { reversal }] as const),
      ],
      rows: factsOfEntries,
      difference: (said, row) =>
        'fact' in said ? factDifference(said.fact, row) : reversalDifference(said.reversal, row),
    }),
}

function factDifference(fact: NewFact, row: FactBesideOriginal): string | null {
  return firstDifference([
    ['指标', fact.measure, row.measure],
    ['属地单位', fact.unitId, row.unit_id],
    ['办理单位', fact.doerUnitIds, row.doer_unit_ids],
    ['对象', fact.subjectId, row.subject_id],
    ['来源种类', fact.recordKind, row.record_kind],
    ['来源', fact.recordId, row.record_id],
    ['行业', fact.sector, row.sector],
    ['数量', fact.amount, row.amount],
    ['日期', fact.occurredOn, row.occurred_on],
    ['冲减的事实', null, row.reverses],
  ])
}

function reversalDifference(reversal: NewReversal, row: FactBesideOriginal): string | null {
  const difference = firstDifference([
    ['冲减的事实', reversal.reverses, row.reverses],
    ['日期', reversal.occurredOn, row.occurred_on],
  ])
  if (difference !== null) return difference
  if (row.turned_round === null) return `它冲减的事实 ${row.reverses ?? ''} 不见了`
  return row.turned_round ? null : `它与所冲减的事实 ${row.reverses ?? ''} 不是一正一负的同一件事`
}
