export { foundTenant, isFounded, firstPassword, type FoundTenant } from './found.js'
export { addUnit, moveUnit, changeUnit, dissolveUnit, type AddUnit, type MoveUnit } from './unit.service.js'
export { findUnit, findUnits, findUnitsCalled, listOffices, listPlacements, type UnitRow } from './unit.repo.js'
