/** What is bound silently is right; what is offered mostly. The figures are those of docs/plan-reader.md. */
import { expect, it } from 'vitest'
import { scoreBinding } from './samples.js'

const score = scoreBinding()

it('every label of the table by hand stands in its sample', () => {
  expect(score.stray).toEqual([])
  expect(score.labelled).toBeGreaterThanOrEqual(120)
})

it('nothing is bound silently to a wrong metric', () => {
  expect(score.bound).toBeGreaterThanOrEqual(33)
  expect(score.boundRight).toBe(score.bound)
})

it('of what is offered nine in ten are right, and nine in ten of the known are bound or offered', () => {
  expect(score.offeredRight / score.offered).toBeGreaterThanOrEqual(0.9)
  expect((score.boundRight + score.offeredRight) / score.known).toBeGreaterThanOrEqual(0.85)
})
