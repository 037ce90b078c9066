import { maskPhone, type EnterpriseDifference } from '@bihuan/domain'
import type { RowChange } from '../../platform/imports/import-kind.js'

const ofUnits = new Set(['territoryUnitId', 'leadRegulatorId', 'otherRegulatorIds', 'landlordId'])

/** As a person reads them: names for ids, and telephones masked, since what is kept is not the importer's to see. */
export function shownChanges(
  changes: readonly EnterpriseDifference[],
  names: { nameOf(id: string): string },
): RowChange[] {
  return changes.map(({ field, label, from, to }) => {
    const shown = (value: string | null): string | null => {
      if (value === null) return null
      if (field.endsWith('.phone')) return maskPhone(value)
      return ofUnits.has(field)
        ? value
            .split('、')
            .map((id) => names.nameOf(id))
            .join('、')
        : value
    }
    return { title: label, before: shown(from), after: shown(to) }
  })
}
