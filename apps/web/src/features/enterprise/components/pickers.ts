import { chooseEnterprise, listUnits, showEnterprise, showUnit } from '@bihuan/contracts'
import { call } from '../../../shared/api/call.js'
import type { Choice } from '../../../shared/list/conditions.js'

type Find = (text: string, signal: AbortSignal) => Promise<readonly Choice[]>
type NameOf = (value: string, signal: AbortSignal) => Promise<string>

export const nameOfUnit: NameOf = async (unitId, signal) =>
  (await call(showUnit, { params: { unitId } }, { signal })).name

function findUnitsOf(kinds: string): Find {
  return async (text, signal) => {
    const { items } = await call(listUnits, { query: { kinds, search: text || undefined, limit: 30 } }, { signal })
    return items.map(({ id, name, kindName, parentName }) => ({ value: id, label: name, note: parentName ?? kindName }))
  }
}

/** 属地: where an enterprise may stand. */
export const findTerritory = findUnitsOf(
  'town,township,street,village,community,functional-area,area-committee,district',
)
/** 行业主管部门 and 共管部门. */
export const findRegulator = findUnitsOf('department,office,safety-committee-office,functional-area,area-committee')

export const findEnterprises: Find = async (text, signal) => {
  const { items } = await call(chooseEnterprise, { query: { search: text } }, { signal })
  return items.map(({ id, name, code, territoryName }) => ({
    value: id,
    label: name,
    note: [code, territoryName].filter(Boolean).join(' '),
  }))
}

export const nameOfEnterprise: NameOf = async (enterpriseId, signal) =>
  (await call(showEnterprise, { params: { enterpriseId } }, { signal })).enterprise.name
