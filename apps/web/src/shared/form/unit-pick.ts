import { listUnits, showUnit } from '@bihuan/contracts'
import { call } from '../api/call.js'
import type { Choice } from '../list/conditions.js'

/** Looks up units for a PickField; of certain kinds, or of all but enterprises. */
export function findUnitsOf(kinds?: readonly string[]) {
  return async (text: string, signal: AbortSignal): Promise<readonly Choice[]> => {
    const query = { search: text || undefined, limit: 30, ...(kinds === undefined ? {} : { kinds: kinds.join(',') }) }
    const { items } = await call(listUnits, { query }, { signal })
    return items.map(({ id, name, kindName, parentName }) => ({ value: id, label: name, note: parentName ?? kindName }))
  }
}

export async function nameOfUnit(unitId: string, signal: AbortSignal): Promise<string> {
  return (await call(showUnit, { params: { unitId } }, { signal })).name
}
