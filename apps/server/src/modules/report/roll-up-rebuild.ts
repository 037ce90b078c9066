/**
 * Roll-ups made anew while the server works on. Not in one transaction, as a restore does it: a million facts take minutes, and
 * what is found to be wrong must not be shown for so long. Thrown away it is not asked any more, the facts are; from there on it is
 * an ordinary fold, which goes on where it was cut off, whoever runs it.
 */
import { recordAct, type ActingParty } from '../../platform/audit/record.js'
import { atMaintenance } from '../../platform/db/maintenance.js'
import type { Platform } from '../../platform/platform.js'
import { productRollUp, type RollUpDefinition } from './roll-up.js'
import { compareRollUp, type RollUpComparison } from './roll-up-comparison.js'
import { foldBatch } from './roll-up-fold.js'
import { beginAnew, findState, headPosition, holdFold } from './roll-up-fold.repo.js'

type Ground = Pick<Platform, 'ownerUrl' | 'log' | 'database' | 'sealer' | 'clock'>

export function compareKeptRollUp(
  { ownerUrl, log }: Ground,
  tenantId: string,
  definition: RollUpDefinition = productRollUp,
): Promise<RollUpComparison> {
  return atMaintenance(ownerUrl, log, 'read', ({ forTenant }) => compareRollUp(forTenant(tenantId), definition))
}

/** Throws it away, and says on record why. */
export async function beginRollUpAnew(
  { database, sealer, clock }: Ground,
  by: ActingParty,
  found: RollUpComparison,
  definition: RollUpDefinition = productRollUp,
): Promise<void> {
  const { tenantId } = by
  await database.withScope({ purpose: 'tenant', tenantId }, async (handle) => {
    await holdFold(handle, 'wait')
    await beginAnew(handle, definition.signature)
    const act = { action: 'roll-up.rebuild', objectKind: 'tenant', objectId: tenantId, before: found }
    await recordAct(handle, by, act, clock.now())
  })
  await sealer.sealNow(tenantId)
}

/** Folds what is sealed, from wherever it stands. Says after each batch how far it is. */
export async function foldOn(
  { database }: Ground,
  tenantId: string,
  say: (foldedTo: number, head: number) => void,
  definition: RollUpDefinition = productRollUp,
): Promise<void> {
  for (;;) {
    const { more, foldedTo, head } = await database.withScope({ purpose: 'tenant', tenantId }, async (handle) => ({
      more: await foldBatch(handle, definition),
      foldedTo: (await findState(handle))?.folded_to ?? 0,
      head: await headPosition(handle),
    }))
    say(foldedTo, head)
    if (!more) return
  }
}
