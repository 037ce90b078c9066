import { listUnits, showUnit } from '@bihuan/contracts'
import { call } from '../../../shared/api/call.js'
import type { Choice } from '../../../shared/list/conditions.js'

export async function findUnits(text: string, signal: AbortSignal): Promise<readonly Choice[]> {
  const { items } = await call(listUnits, { query: { search: text || undefined, limit: 30 } }, { signal })
  return items.map(({ id, name, kindName, parentName }) => ({ value: id, label: name, note: parentName ?? kindName }))
}

export async function nameOfUnit(unitId: string, signal: AbortSignal): Promise<string> {
  return (await call(showUnit, { params: { unitId } }, { signal })).name
}
