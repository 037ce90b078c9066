export { hazardRoutes } from './hazard.routes.js'
export { hazardJobs } from './hazard.jobs.js'
export { beginHazard, continueHazard } from './hazard.service.js'
