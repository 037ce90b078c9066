import { expect, test } from 'vitest'
import { judge } from './planted.mjs'

const sample = { path: 'packages/domain/src/clock.ts', expected: ['no-clock'] }
const fired = (...names) => new Map([[sample.path, new Set(names)]])

test('a rule that fires on its planted violation raises no complaint', () => {
  expect(judge({ tool: 'lint', samples: [sample], fired: fired('no-clock'), rules: ['no-clock'] })).toEqual([])
})

test('a rule that has fallen asleep is named', () => {
  expect(judge({ tool: 'lint', samples: [sample], fired: new Map(), rules: ['no-clock'] })).toEqual([
    'lint: packages/domain/src/clock.ts should raise no-clock; it raises nothing.',
  ])
})

test('a rule that fires on a clean file is named', () => {
  const clean = { ...sample, expected: [] }
  expect(judge({ tool: 'lint', samples: [clean], fired: fired('no-clock'), rules: [] })).toEqual([
    'lint: packages/domain/src/clock.ts should raise nothing; it raises no-clock.',
  ])
})

test('a rule for which nothing is planted is named', () => {
  expect(judge({ tool: 'lint', samples: [], fired: new Map(), rules: ['no-clock'] })).toHaveLength(1)
})
