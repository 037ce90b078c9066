export * from './hazard.js'
export * from './hazard-list.js'
export * from './hazard-act.js'
export * from './hazard-view.js'
