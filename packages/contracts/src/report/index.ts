export * from './table.js'
export * from './schedule.js'
export * from './return.js'
