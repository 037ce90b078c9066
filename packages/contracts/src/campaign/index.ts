export * from './plan.js'
export * from './campaign.js'
export * from './notice.js'
export * from './sending.js'
