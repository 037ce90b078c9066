export { campaignForRules, campaignName } from './campaign.repo.js'
