export * from './table.js'
