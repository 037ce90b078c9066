import { findUnitsOf } from '../../../shared/form/unit-pick.js'

/** People of enterprises have accounts as well. */
export const anyUnitOrEnterprise = findUnitsOf([
  ...['district', 'functional-area', 'area-committee', 'town', 'township', 'street', 'village', 'community'],
  ...['department', 'office', 'safety-committee-office', 'enterprise'],
])
