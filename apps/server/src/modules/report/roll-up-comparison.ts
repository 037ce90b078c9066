/** The roll-up beside what follows from the facts up to the position that it says. What is at fault comes kind by kind, the ground first. */
import { hazardMetrics } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'
import { chainsOf, type RollUpDefinition } from './roll-up.js'
import { placesAt } from './roll-up-fold.js'
import { findState, headPosition, listPlaces, listSpans } from './roll-up-fold.repo.js'
import * as repo from './roll-up-verify.repo.js'

export interface RollUpFault {
  /** What of it is wrong, in Chinese: 每月累计. */
  readonly part: string
  readonly rows: number
  /** The first of the rows, in one Chinese sentence. */
  readonly first: string
}

export interface RollUpComparison {
  /** `superseded`: of another version of the program. Nobody reads it, and the next fold makes it anew. */
  readonly state: 'missing' | 'superseded' | 'kept'
  readonly foldedTo: number
  readonly head: number
  readonly faults: readonly RollUpFault[]
}

/** One snapshot (`atMaintenance`), or a fold between two statements looks like a fault. */
export async function compareRollUp(handle: Handle, definition: RollUpDefinition): Promise<RollUpComparison> {
  const [state, head] = [await findState(handle), await headPosition(handle)]
  if (state === null) return { state: 'missing', foldedTo: 0, head, faults: [] }
  const foldedTo = state.folded_to
  if (state.definition !== definition.signature) return { state: 'superseded', foldedTo, head, faults: [] }
  const faults: RollUpFault[] = []
  for await (const fault of faultsOf(handle, definition)) faults.push(fault)
  return { state: 'kept', foldedTo, head, faults }
}

/** Of a roll-up of this definition. Each kind is looked for when it is asked for: `verify` needs the first alone. */
export async function* faultsOf(handle: Handle, definition: RollUpDefinition): AsyncGenerator<RollUpFault, void> {
  const [state, head] = [await findState(handle), await headPosition(handle)]
  if (state?.definition !== definition.signature) return
  const upTo = state.folded_to
  if (upTo > head) {
    // Nothing can be computed up to there.
    yield { part: '位置', rows: 1, first: `汇总底数记到账本第 ${upTo} 号，而账本只到第 ${head} 号。` }
    return
  }
  const strayed = await strayedPlaces(handle, definition, state.tree)
  if (strayed.length > 0)
    yield { part: '上下级', rows: strayed.length, first: `单位 ${strayed[0]} 在汇总底数中的上下级与账本不符。` }
  const chains = chainsOf(definition)
  const loose = await repo.findLooseApart(handle, [...new Set(chains.map((link) => link.measure))], upTo)
  if (loose !== null)
    yield { part: '归类', rows: loose.rows, first: `记录 ${loose.record_id} 在汇总底数中的归类与事实不符。` }
  const question = { chains, spans: await listSpans(handle), upTo, recordIds: null }
  const idsOf = (isDistinct: boolean) =>
    definition.metrics.filter(({ kind }) => (kind === 'distinct') === isDistinct).map(({ id }) => id)
  for (const [part, find] of [
    ['每月累计', () => repo.findMonthApart(handle, question, idsOf(false))],
    ['计入的记录', () => repo.findStandingApart(handle, question, idsOf(true))],
    ['计入的对象', () => repo.findSeenApart(handle, question, idsOf(true))],
  ] as const) {
    const apart = await find()
    if (apart !== null) yield { part, rows: apart.rows, first: sentenceOf(apart) }
  }
}

function sentenceOf(apart: repo.RollUpDifference): string {
  const label = hazardMetrics.find(({ id }) => id === apart.metric)?.label ?? apart.metric
  const sector = apart.sector === '*' ? '全部行业' : apart.sector
  return `${apart.unit_name}“${label}”（${sector}，自 ${apart.starts_on} 起，${apart.from_on}）的汇总底数与事实不符：所存 ${apart.kept ?? '空'}，重算 ${apart.computed ?? '空'}。`
}

async function strayedPlaces(handle: Handle, definition: RollUpDefinition, tree: number): Promise<string[]> {
  const kept = await listPlaces(handle)
  const computed = new Map(
    (await placesAt(handle, definition.wideFrom, tree)).map(({ unit_id, above }) => [unit_id, above.join(',')]),
  )
  const strayed: string[] = []
  for (const { unit_id, above } of kept) {
    if ((computed.get(unit_id) ?? '') !== above.join(',')) strayed.push(unit_id)
    computed.delete(unit_id)
  }
  return [...strayed, ...computed.keys()]
}
