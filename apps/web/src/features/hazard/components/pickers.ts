import { chooseEnterprise, listUnits, showEnterprise, showUnit } from '@bihuan/contracts'
import { call } from '../../../shared/api/call.js'
import { ApiFailure } from '../../../shared/api/failure.js'
import type { Choice } from '../../../shared/list/conditions.js'

type Find = (text: string, signal: AbortSignal) => Promise<readonly Choice[]>
type NameOf = (value: string, signal: AbortSignal) => Promise<string>

function findUnitsOf(kinds: string | undefined): Find {
  return async (text, signal) => {
    const { items } = await call(listUnits, { query: { kinds, search: text || undefined, limit: 30 } }, { signal })
    return items.map(({ id, name, kindName, parentName }) => ({ value: id, label: name, note: parentName ?? kindName }))
  }
}

/** 属地: where it lies. */
export const findTerritory = findUnitsOf(
  'town,township,street,village,community,functional-area,area-committee,district',
)
/** Whoever may supervise: government and its departments. */
export const findAuthority = findUnitsOf(undefined)

export async function chooseEnterprises(text: string, signal: AbortSignal) {
  return (await call(chooseEnterprise, { query: { search: text } }, { signal })).items
}

export const findEnterprises: Find = async (text, signal) =>
  (await chooseEnterprises(text, signal)).map(({ id, name, code, territoryName }) => ({
    value: id,
    label: name,
    note: [code, territoryName].filter(Boolean).join(' '),
  }))

/** Who answers for rectification may be either: firms first, they mostly are. */
export const findResponsible: Find = async (text, signal) => {
  const [firms, offices] = await Promise.all([findEnterprises(text, signal), findAuthority(text, signal)])
  return [...firms.slice(0, 15), ...offices.slice(0, 15)]
}

export const nameOfEnterprise: NameOf = async (enterpriseId, signal) =>
  (await call(showEnterprise, { params: { enterpriseId } }, { signal })).enterprise.name

export const nameOfUnit: NameOf = async (unitId, signal) => {
  try {
    return (await call(showUnit, { params: { unitId } }, { signal })).name
  } catch (thrown) {
    // A firm has no page among the offices.
    if (thrown instanceof ApiFailure && thrown.status === 404) return nameOfEnterprise(unitId, signal)
    throw thrown
  }
}
