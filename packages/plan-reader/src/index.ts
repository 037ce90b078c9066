/** A notice's text and tables to a Plan. Pure: no I/O, no clock, usable in a browser. */
export { readPlan } from './read-plan.js'
export { documentOfText } from './text-document.js'
