/** The roll-up against the facts: made again from nothing, up to the position that it says. */
import type { Checked, Verifier } from '../../platform/audit/verification.js'
import type { Handle } from '../../platform/db/scope.js'
import { productRollUp, type RollUpDefinition } from './roll-up.js'
import { faultsOf } from './roll-up-comparison.js'
import { findState } from './roll-up-fold.repo.js'
import { countMonths } from './roll-up-verify.repo.js'

export const rollUpVerifier: Verifier = {
  subject: '汇总底数',
  verify: (handle) => verifyRollUp(handle, productRollUp),
}

export async function verifyRollUp(handle: Handle, definition: RollUpDefinition): Promise<Checked> {
  for await (const { first } of faultsOf(handle, definition)) return { ok: false, message: `${first}${remedy}` }
  const state = await findState(handle)
  // Of another version of the program: nobody reads it, and the next fold makes it anew.
  const isRead = state !== null && state.definition === definition.signature
  return { ok: true, count: isRead ? await countMonths(handle) : 0 }
}

const remedy = '请先查明原因；汇总底数可以随时用 bihuan roll-ups rebuild 按事实重做。'
