/** Where units stood and stand, against the chain: the tree decides whom a figure belongs to. */
import type { PlacementAssertion } from '@bihuan/domain'
import { firstDifference, verifyCoveredRows } from '../../platform/audit/covered-rows.js'
import type { Verifier } from '../../platform/audit/verification.js'
import { placementsOfEntries, type PlacementRow } from './placement-verify.repo.js'

export const placementVerifier: Verifier = {
  subject: '隶属关系',
  verify: (handle) =>
    verifyCoveredRows<PlacementAssertion, PlacementRow>(handle, {
      noun: '隶属关系',
      spokenOf: { keys: ['placements'] },
      saidBy: ({ detail }) =>
        ((detail?.['placements'] ?? []) as PlacementAssertion[]).map((one) => [one.id, one] as const),
      rows: placementsOfEntries,
      difference: (said, row) =>
        firstDifference([
          ['单位', said.unitId, row.unit_id],
          ['上级', said.parentId, row.parent_id],
          ['块或条', said.axis, row.axis],
          ['起始日期', said.validFrom, row.valid_from],
          ['撤销的关系', said.cancels, row.cancels],
        ]),
    }),
}
