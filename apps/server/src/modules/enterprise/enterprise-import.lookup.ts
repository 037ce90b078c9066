/** What the words in a workbook stand for: units by code or name, enterprises by code or name. Read once for an import. */
import {
  mayStandUnder,
  unitKindLabel,
  type ComparableEnterprise,
  type EnterpriseProfile,
  type Reference,
  type Refusal,
} from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'
import { listOffices, type UnitRow } from '../organization/index.js'
import { listComparable } from './enterprise.repo.js'

export interface Lookup {
  readonly comparable: readonly ComparableEnterprise[]
  unitCalled(text: string): Reference
  enterpriseCalled(text: string): Reference
  unit(id: string): UnitRow | undefined
  /** Of a unit or an enterprise; the id itself when it is neither. */
  nameOf(id: string): string
  /** Whether the units named may be what they are named as. */
  refuseKinds(profile: EnterpriseProfile): Refusal | null
}

export async function openLookup(handle: Handle): Promise<Lookup> {
  const offices = (await listOffices(handle)).filter((unit) => unit.dissolved_on === null)
  const comparable = await listComparable(handle)
  const units = new Map(offices.map((unit) => [unit.id, unit]))
  const unitWords = wordsOf(offices.map(({ id, name, code }) => ({ id, words: [name, code] })))
  const enterpriseWords = wordsOf(comparable.map(({ id, name, creditCode }) => ({ id, words: [name, creditCode] })))
  const enterpriseNames = new Map(comparable.map(({ id, name }) => [id, name]))
  return {
    comparable,
    unitCalled: (text) => referenceTo(unitWords, text),
    enterpriseCalled: (text) => referenceTo(enterpriseWords, text),
    unit: (id) => units.get(id),
    nameOf: (id) => units.get(id)?.name ?? enterpriseNames.get(id) ?? id,
    refuseKinds({ territoryUnitId, leadRegulatorId }) {
      const territory = units.get(territoryUnitId)
      if (territory !== undefined && !mayStandUnder('enterprise', territory.kind, 'territory')) {
        const message = `企业的属地不能是${unitKindLabel(territory.kind)}“${territory.name}”；请填镇街、村社区或园区。`
        return { code: 'enterprise.wrong-unit', message, path: 'territoryUnitId' }
      }
      const regulator = leadRegulatorId === null ? undefined : units.get(leadRegulatorId)
      if (regulator !== undefined && !mayStandUnder('enterprise', regulator.kind, 'line')) {
        const message = `行业主管部门不能是${unitKindLabel(regulator.kind)}“${regulator.name}”；请填部门、内设机构或管委会。`
        return { code: 'enterprise.wrong-unit', message, path: 'leadRegulatorId' }
      }
      return null
    },
  }
}

function wordsOf(
  things: readonly { id: string; words: readonly (string | null)[] }[],
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const { id, words } of things) {
    for (const word of words) {
      if (word === null) continue
      const key = wordKey(word)
      const ids = found.get(key)
      if (ids === undefined) found.set(key, [id])
      else if (!ids.includes(id)) ids.push(id)
    }
  }
  return found
}

function referenceTo(words: ReadonlyMap<string, readonly string[]>, text: string): Reference {
  const ids = words.get(wordKey(text)) ?? []
  const [id] = ids
  if (id === undefined) return 'unknown'
  return ids.length > 1 ? 'ambiguous' : { id }
}

function wordKey(word: string): string {
  return word.normalize('NFKC').replace(/\s/g, '').toUpperCase()
}
