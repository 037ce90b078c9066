export * from './plan.js'
export * from './campaign.js'
