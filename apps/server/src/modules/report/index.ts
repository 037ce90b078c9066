export { insertFacts, insertReversals, factsOfRecord, type FactPlace, type NewFact, type NewReversal } from './fact.repo.js'
