export * from './account.js'
export * from './own-account.js'
export * from './session.js'
