export * from './unit.js'
