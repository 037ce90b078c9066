export { foundTenant, isFounded, firstPassword, type FoundTenant } from './found.js'
export { addUnit, moveUnit, changeUnit, dissolveUnit, type AddUnit, type MoveUnit } from './unit.service.js'
export {
  findUnit,
  findUnits,
  findUnitsCalled,
  listOffices,
  listOfficePlacements,
  listPlacements,
  listTenantIds,
  saveUnitParties,
  unitsDownTo,
  unitsUnder,
  type UnitRow,
} from './unit.repo.js'
export { addUnits } from './unit-batch.service.js'
export { saveManyUnitParties } from './unit-batch.repo.js'
export { recordResponsibility, sectorResponsibilities, type AddResponsibility } from './responsibility.service.js'
export { briefOf } from './unit.present.js'
export { covers } from './unit.policy.js'
export { readTree } from './unit-tree.js'
export { settleAt, settlePaths, unitJobs } from './unit.jobs.js'
export { unitImport } from './unit-import.js'
export { unitRoutes } from './unit.routes.js'
export { placementVerifier } from './placement.verify.js'
