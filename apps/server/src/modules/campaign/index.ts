export { campaignRoutes } from './campaign.routes.js'
export { campaignForRules, campaignName, findCampaign, findLedgerForm, listLedgerForms } from './campaign.repo.js'
export {
  actOnCampaign,
  checkPlan,
  closeCampaign,
  createCampaign,
  showCampaign,
  type CarryOver,
} from './campaign.service.js'
export { confirmationVerifier } from './confirmation.verify.js'
export { confirmCampaign } from './receipt.service.js'
export { remindReceivers, sendOut } from './sending.service.js'
export { updateTask } from './task.service.js'
export { taskWork } from './task-work.service.js'
export { taskVerifier } from './task.verify.js'
