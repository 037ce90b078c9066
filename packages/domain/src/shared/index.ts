export type * from './civil-date.js'
export * from './decision.js'
