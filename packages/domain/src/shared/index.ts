export * from './civil-date.js'
export * from './decision.js'
export * from './lifecycle-check.js'
export * from './mail-address.js'
