export {
  insertFacts,
  insertManyFacts,
  insertReversals,
  factsOfRecord,
  type FactPlace,
  type NewFact,
  type NewReversal,
  type PlacedFact,
} from './fact.repo.js'
export { tableRoutes } from './table.routes.js'
export { addTable, listTables, openFigure, showTable, typeFigures } from './table.service.js'
export type { TableContext } from './table-question.js'
export { writeTable, type TableFile, type TableFormat } from './table-export.service.js'
export { listTableRows } from './table.repo.js'
export { factVerifier } from './fact.verify.js'
export { decideMetrics, listOpenFigures, strayMetricChoice } from './metric-decision.service.js'
export { bindingOf, metricCells, openCells } from './table-cells.js'
export { typedFigureVerifier } from './typed.verify.js'
export { openAt, openSchedule, returnJobs } from './return-opening.js'
export { listReturns, showReturn } from './return-page.service.js'
export { actOnReturn, signReturn, submitReturn, typeIntoReturn } from './return.service.js'
export { pushJobs } from './package-push.js'
export { pushVerifier } from './package-push.verify.js'
export { redatingJobs } from './return-redating.js'
export { sentBackJobs } from './return-sent-back.js'
export { returnRoutes } from './return.routes.js'
export { readFigures, type FigureQuestion } from './figure.repo.js'
export { defineRollUp, productRollUp, type RollUpDefinition } from './roll-up.js'
export { foldTenant, rollUpAfresh, rollUpBehind } from './roll-up-fold.js'
export { beginRollUpAnew, compareKeptRollUp, foldOn } from './roll-up-rebuild.js'
export type { RollUpComparison } from './roll-up-comparison.js'
export { listSpanStarts } from './roll-up-fold.repo.js'
export { askFigures, askRollUp } from './roll-up-question.js'
export { rollUpVerifier, verifyRollUp } from './roll-up.verify.js'
export { returnVerifier } from './return.verify.js'
export { lookAtReturns } from './return-look.js'
export { showBoard } from './board.service.js'
export { ownPartOf, type OwnPartFound, type PartOwner } from './own-part.js'
export { listPlanFilings, type PlanFiling } from './plan-filing.repo.js'
export { calendarVerifier } from './calendar.verify.js'
export { circularRoutes } from './circular.routes.js'
export { draft as draftCircular, issue as issueCircular } from './circular.service.js'
export { circularVerifier } from './circular.verify.js'
export { deliverFiles } from './delivery.service.js'
export { deliveryVerifier } from './delivery.verify.js'
export { listActiveSchedules, type ScheduleRow } from './schedule.repo.js'
export { countFiled, draftsBefore, followReports, reviseTable } from './schedule-revision.service.js'
export { addNarrativeSchedule, addSchedule } from './schedule.service.js'
