/** What stands delivered for a narrative return, and how it is looked at. */
import type { DeliveryView, NarrativeContent } from '@bihuan/contracts'
import { askedForms, headingKey, type DeliveredFile, type DraftMark, type UploadedForm } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'
import { findUnits } from '../organization/index.js'
import { listDeliveries, titlesOfTables, type StoredDelivery } from './narrative.repo.js'
import type { ReturnRecord } from './return.repo.js'

/** As it is kept with a submission. */
export interface FiledDelivery {
  readonly form: UploadedForm
  readonly files: readonly DeliveredFile[]
  readonly draft: DraftMark | null
  readonly personName: string
  readonly deliveredAt: string
}

/** The last in each form, by form; as they were known at the position, or (null) as they are. */
export async function standingDeliveries(
  handle: Handle,
  returnId: string,
  position: number | null,
): Promise<StoredDelivery[]> {
  return lastOfEach(await listDeliveries(handle, returnId, position))
}

function lastOfEach(deliveries: readonly StoredDelivery[]): StoredDelivery[] {
  const last = new Map(deliveries.map((delivery) => [delivery.form, delivery]))
  return [...last.values()].sort((a, b) => (a.form < b.form ? -1 : 1))
}

export function filedDeliveries(deliveries: readonly StoredDelivery[]): FiledDelivery[] {
  return deliveries.map(({ form, files, draft, personName, deliveredAt }) => ({
    form,
    files,
    draft,
    personName,
    deliveredAt: deliveredAt.toISOString(),
  }))
}

export function deliveryViewOf(delivery: FiledDelivery, returnId: string): DeliveryView {
  const { form, files, draft, personName, deliveredAt } = delivery
  return {
    form,
    files: files.map((file) => ({ ...file })),
    personName,
    deliveredAt,
    draft:
      draft === null
        ? null
        : { position: draft.position, countedTo: draft.countedTo, ownReturn: draft.returnId === returnId },
  }
}

/** Null where the return is none of words. Shown is what counts: at the position from the first signature on. */
export async function narrativeContentOf(
  handle: Handle,
  { id, narrative }: Pick<ReturnRecord, 'id' | 'narrative'>,
  standing: readonly StoredDelivery[] | null,
): Promise<NarrativeContent | null> {
  if (narrative === null || standing === null) return null
  const all = await listDeliveries(handle, id, null)
  const shown = new Set(standing.map((delivery) => delivery.id))
  const named = narrative.deliverables.flatMap(({ receiverId }) => receiverId ?? [])
  const units = new Map((await findUnits(handle, named)).map((unit) => [unit.id, unit.name]))
  const viewOf = (delivery: StoredDelivery) => deliveryViewOf(filedDeliveries([delivery])[0] as FiledDelivery, id)
  return {
    name: narrative.name,
    mustContain: narrative.mustContain.map((heading, at) => ({ key: headingKey(at), heading })),
    asked: askedForms(narrative).map((form) => {
      const delivery = standing.find((one) => one.form === form)
      const receivers = narrative.deliverables.flatMap((one) => (one.form === form ? [one.receiverId] : []))
      return {
        form,
        receivers: receivers.includes(null)
          ? []
          : receivers.flatMap((unitId) => (unitId === null ? [] : [{ id: unitId, name: units.get(unitId) ?? '' }])),
        delivery: delivery === undefined ? null : viewOf(delivery),
      }
    }),
    earlier: all
      .filter((delivery) => !shown.has(delivery.id))
      .map(viewOf)
      .reverse(),
    tables: await titlesOfTables(handle, narrative.tableIds),
    signed: narrative.signatures.length > 0,
  }
}
