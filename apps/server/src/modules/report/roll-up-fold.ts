/**
 * Folding: facts that have their position go into the roll-up, in batches, each in one transaction with the position it reaches.
 * So a fold that was cut off never was, and one that comes twice finds nothing left to do.
 */
import { treeAt } from '@bihuan/domain'
import type { Database, Handle } from '../../platform/db/scope.js'
import { listPlacements } from '../organization/index.js'
import type { Sealer } from '../../platform/audit/seal.js'
import { chainsOf, productRollUp, type RollUpDefinition } from './roll-up.js'
import * as repo from './roll-up-fold.repo.js'

/** Entries of one fold: a second or two of work when a whole ledger is rolled up anew. */
const batchSize = 20_000
/** Of all placements whatever their day: a move that is planned counts as made. */
const endOfTime = '9999-12-31'

/** Right behind the sealer, for as long as the server runs or until what it gives is called. */
export function rollUpBehind(platform: { readonly database: Database; readonly sealer: Sealer }): () => Promise<void> {
  return platform.sealer.follow((tenantId) => foldTenant(platform.database, tenantId, productRollUp, 'leave'))
}

/** From nothing, in the running transaction: after a restore, whose backup holds none of it. */
export async function rollUpAfresh(handle: Handle, definition: RollUpDefinition = productRollUp): Promise<void> {
  await repo.holdFold(handle, 'wait')
  await repo.beginAnew(handle, definition.signature)
  while (await foldBatch(handle, definition)) continue
}

/** Folds all that is sealed. While another server is at it: waits for it, or leaves it to it. */
export async function foldTenant(
  database: Database,
  tenantId: string,
  definition: RollUpDefinition,
  whenBusy: 'wait' | 'leave' = 'wait',
): Promise<void> {
  for (;;) {
    const more = await database.withScope({ purpose: 'tenant', tenantId }, (handle) =>
      foldBatch(handle, definition, whenBusy),
    )
    if (!more) return
  }
}

/** One batch. Says whether there is more. */
export async function foldBatch(
  handle: Handle,
  definition: RollUpDefinition,
  whenBusy: 'wait' | 'leave' = 'wait',
): Promise<boolean> {
  if (!(await repo.holdFold(handle, whenBusy))) return false
  const found = await repo.findState(handle)
  const isSame = found?.definition === definition.signature
  const from = isSame ? found.folded_to : 0
  const [head, spans] = [await repo.headPosition(handle), await definition.spans(handle)]
  const known = isSame ? await repo.listSpans(handle) : []
  const begun = spans.filter((span) => !known.includes(span))
  const ended = known.filter((span) => !spans.includes(span))
  const upTo = Math.min(head, from + batchSize)
  if (isSame && upTo === from && begun.length === 0 && ended.length === 0) return false
  if (!isSame) await repo.clearRollUp(handle)
  if (ended.length > 0) await repo.deleteSpans(handle, ended)
  if (begun.length > 0) await repo.insertSpans(handle, begun)
  const kept = isSame ? known.filter((span) => spans.includes(span)) : spans
  const tree = await foldFacts(handle, definition, { from, upTo, spans: kept, tree: isSame ? found.tree : 0 })
  // A campaign that begins while its facts are there already is rolled up by itself.
  if (isSame && begun.length > 0) await addRecords(handle, definition, { upTo, spans: begun, recordIds: null })
  await repo.saveState(handle, { folded_to: upTo, tree, definition: definition.signature })
  return upTo < head
}

interface Fold {
  readonly from: number
  readonly upTo: number
  readonly spans: readonly string[]
  readonly tree: number
}

async function foldFacts(handle: Handle, definition: RollUpDefinition, fold: Fold): Promise<number> {
  const { from, upTo, spans } = fold
  const chains = chainsOf(definition)
  const measures = [...new Set(chains.map((link) => link.measure))]
  const touched = await repo.listTouched(handle, measures, from, upTo)
  const places = (await repo.hasPlacementsBetween(handle, from, upTo))
    ? await changedPlaces(handle, definition, upTo)
    : []
  const moved =
    places.length === 0 || from === 0
      ? []
      : await repo.listRecordsAt(
          handle,
          measures,
          places.map((place) => place.unit_id),
          from,
        )
  const recordIds = [...new Set([...touched.map((one) => one.record_id), ...moved])]
  const wereThere = [...new Set([...touched.filter((one) => one.was_there).map((one) => one.record_id), ...moved])]
  // With the tree and the loose records of before: what was put in is what is taken out.
  if (wereThere.length > 0) await takeOut(handle, definition, { upTo: from, spans, recordIds: wereThere })
  if (places.length > 0) await repo.savePlaces(handle, places)
  if (recordIds.length > 0) {
    const loosened = await repo.addLoose(handle, measures, upTo, recordIds)
    const said = new Set(touched.flatMap((one) => one.measures))
    const all = moved.length > 0 || loosened.length > 0
    await addRecords(handle, definition, {
      upTo,
      spans,
      recordIds,
      ...(all ? {} : { metrics: new Set(chains.filter((link) => said.has(link.measure)).map((link) => link.metric)) }),
    })
  }
  return places.length > 0 ? upTo : fold.tree
}

interface Share {
  readonly upTo: number
  readonly spans: readonly string[]
  readonly recordIds: readonly string[] | null
  /** The metrics that the new facts are of, where no other's subjects can have changed. */
  readonly metrics?: ReadonlySet<string>
}

async function takeOut(handle: Handle, definition: RollUpDefinition, share: Share): Promise<void> {
  if (share.spans.length === 0) return
  const chains = chainsOf(definition).filter((link) => !link.isDistinct)
  await repo.addMonths(handle, { chains, ...share }, metricsOf(definition, false), -1)
}

async function addRecords(handle: Handle, definition: RollUpDefinition, share: Share): Promise<void> {
  const { spans, recordIds } = share
  if (spans.length === 0) return
  const chains = chainsOf(definition)
  const additive = metricsOf(definition, false)
  const distinct = metricsOf(definition, true)
  if (additive.length > 0)
    await repo.addMonths(handle, { chains: chains.filter((link) => !link.isDistinct), ...share }, additive, 1)
  if (distinct.length === 0) return
  await repo.replaceStanding(handle, { chains: chains.filter((link) => link.isDistinct), ...share }, distinct)
  const concerned = distinct.filter((metric) => share.metrics?.has(metric) ?? true)
  if (concerned.length === 0) return
  const subjectIds = recordIds === null ? null : await repo.subjectsOf(handle, recordIds)
  await repo.replaceSeen(handle, spans, concerned, subjectIds)
}

function metricsOf(definition: RollUpDefinition, isDistinct: boolean): readonly string[] {
  return definition.metrics.filter((metric) => (metric.kind === 'distinct') === isDistinct).map(({ id }) => id)
}

/** Units whose place in the tree is not the one that was folded with. */
async function changedPlaces(handle: Handle, definition: RollUpDefinition, upTo: number): Promise<repo.PlaceRow[]> {
  const before = new Map((await repo.listPlaces(handle)).map((place) => [place.unit_id, place.above.join(',')]))
  const places = await placesAt(handle, definition.wideFrom, upTo)
  const now = new Set(places.map((place) => place.unit_id))
  const gone = [...before.keys()].filter((unitId) => !now.has(unitId)).map((unit_id) => ({ unit_id, above: [] }))
  return [...places, ...gone].filter((place) => before.get(place.unit_id) !== place.above.join(','))
}

/** Of each unit the wide units whose subtree it is in, as known at a position. */
export async function placesAt(handle: Handle, wideFrom: number, upTo: number): Promise<repo.PlaceRow[]> {
  const tree = treeAt(await listPlacements(handle, 'territory'), 'territory', endOfTime, upTo)
  const lines = tree.units.map((unit_id) => ({ unit_id, line: [unit_id, ...tree.ancestorsOf(unit_id)] }))
  const sizes = new Map<string, number>()
  for (const { line } of lines) for (const unitId of line) sizes.set(unitId, (sizes.get(unitId) ?? 0) + 1)
  return lines.map(({ unit_id, line }) => ({
    unit_id,
    above: line.filter((unitId) => (sizes.get(unitId) ?? 0) >= wideFrom),
  }))
}
