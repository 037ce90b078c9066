export * from './file.js'
export * from './import.js'
