export * from './workbench.js'
