export { enterpriseRoutes } from './enterprise.routes.js'
export { enterpriseImport } from './enterprise-import.js'
export {
  changeEnterprise,
  registerEnterprise,
  type ChangeEnterprise,
  type RegisterEnterprise,
} from './enterprise.service.js'
export {
  findEnterprise,
  findEnterprises,
  findEnterprisesByCode,
  findEnterprisesNamed,
  type StoredEnterprise,
} from './enterprise.repo.js'
export { listEnterpriseClasses, type EnterpriseStanding } from './enterprise-class.repo.js'
export { countSelected, type Selection } from './enterprise-selector.repo.js'
export type { HazardBriefOf } from './enterprise.present.js'
