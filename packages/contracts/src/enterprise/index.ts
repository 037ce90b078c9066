export * from './enterprise.js'
export * from './enterprise-act.js'
export * from './enterprise-list.js'
