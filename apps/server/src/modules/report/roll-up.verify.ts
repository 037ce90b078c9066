/** The roll-up against the facts: made again from nothing, up to the position that it says. */
import { hazardMetrics } from '@bihuan/domain'
import type { Checked, Verifier } from '../../platform/audit/verification.js'
import type { Handle } from '../../platform/db/scope.js'
import { chainsOf, productRollUp, type RollUpDefinition } from './roll-up.js'
import { placesAt } from './roll-up-fold.js'
import { findState, headPosition, listPlaces, listSpans } from './roll-up-fold.repo.js'
import * as repo from './roll-up-verify.repo.js'

export const rollUpVerifier: Verifier = {
  subject: '汇总底数',
  verify: (handle) => verifyRollUp(handle, productRollUp),
}

export async function verifyRollUp(handle: Handle, definition: RollUpDefinition): Promise<Checked> {
  const state = await findState(handle)
  // Of another version of the program: nobody reads it, and the next fold makes it anew.
  if (state === null || state.definition !== definition.signature) return { ok: true, count: 0 }
  const upTo = state.folded_to
  const head = await headPosition(handle)
  if (upTo > head) return { ok: false, message: `汇总底数记到账本第 ${upTo} 号，而账本只到第 ${head} 号。${remedy}` }
  const strayed = await strayedPlace(handle, definition, state.tree)
  if (strayed !== null) return { ok: false, message: `单位 ${strayed} 在汇总底数中的上下级与账本不符。${remedy}` }
  const chains = chainsOf(definition)
  const loose = await repo.findLooseApart(handle, [...new Set(chains.map((link) => link.measure))], upTo)
  if (loose !== null) return { ok: false, message: `记录 ${loose} 在汇总底数中的归类与事实不符。${remedy}` }
  const question = { chains, spans: await listSpans(handle), upTo, recordIds: null }
  const idsOf = (isDistinct: boolean) =>
    definition.metrics.filter(({ kind }) => (kind === 'distinct') === isDistinct).map(({ id }) => id)
  const [additive, distinct] = [idsOf(false), idsOf(true)]
  const apart =
    (await repo.findMonthApart(handle, question, additive)) ??
    (await repo.findStandingApart(handle, question, distinct)) ??
    (await repo.findSeenApart(handle, question, distinct))
  if (apart === null) return { ok: true, count: await repo.countMonths(handle) }
  const label = hazardMetrics.find(({ id }) => id === apart.metric)?.label ?? apart.metric
  const sector = apart.sector === '*' ? '全部行业' : apart.sector
  return {
    ok: false,
    message: `${apart.unit_name}“${label}”（${sector}，自 ${apart.starts_on} 起，${apart.from_on}）的汇总底数与事实不符：所存 ${apart.kept ?? '空'}，重算 ${apart.computed ?? '空'}。${remedy}`,
  }
}

const remedy = '请先查明原因；汇总底数可以随时按事实重做。'

async function strayedPlace(handle: Handle, definition: RollUpDefinition, tree: number): Promise<string | null> {
  const kept = await listPlaces(handle)
  const computed = new Map(
    (await placesAt(handle, definition.wideFrom, tree)).map(({ unit_id, above }) => [unit_id, above.join(',')]),
  )
  for (const { unit_id, above } of kept) {
    if ((computed.get(unit_id) ?? '') !== above.join(',')) return unit_id
    computed.delete(unit_id)
  }
  const [missing] = computed.keys()
  return missing ?? null
}
