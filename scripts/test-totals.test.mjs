import { describe, expect, test } from 'vitest'
import { readTestArguments, totalsLine, totalsOf } from './test-totals.mjs'

const buildReport = (overrides = {}) => ({
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [],
  ...overrides,
})
const wholeRun = (code) => ({ code, byName: false })

describe('the totals of a run', () => {
  test('the last line adds up the runs', () => {
    const first = totalsOf(buildReport(), wholeRun(0))
    const second = totalsOf(buildReport({ numPassedTests: 2, numFailedTests: 1 }), wholeRun(1))
    expect(totalsLine([first, second])).toBe('5 passed, 1 failed')
  })

  test('a skipped test and a test that is still to be written count as failed', () => {
    expect(totalsOf(buildReport({ numPendingTests: 1, numTodoTests: 1 }), wholeRun(1))).toEqual({
      passed: 3,
      failed: 2,
    })
  })

  test('tests that were left out because another was asked for by name do not count', () => {
    expect(totalsOf(buildReport({ numPendingTests: 40 }), { code: 0, byName: true })).toEqual({ passed: 3, failed: 0 })
  })

  test('a file that could not be loaded counts as one failure', () => {
    const report = buildReport({ testResults: [{ status: 'failed', assertionResults: [] }] })
    expect(totalsOf(report, wholeRun(1))).toEqual({ passed: 3, failed: 1 })
  })

  test('a file with a failed test is counted by its tests alone', () => {
    const report = buildReport({
      numFailedTests: 1,
      testResults: [{ status: 'failed', assertionResults: [{ status: 'failed' }] }],
    })
    expect(totalsOf(report, wholeRun(1))).toEqual({ passed: 3, failed: 1 })
  })

  test('a run that failed outside of every test is never said to have 0 failed', () => {
    expect(totalsOf(buildReport(), wholeRun(1))).toEqual({ passed: 3, failed: 1 })
    expect(totalsOf(null, wholeRun(1))).toEqual({ passed: 0, failed: 1 })
  })
})

describe('the arguments of npm test', () => {
  test('a part of a path narrows the run to files that contain it', () => {
    const asked = readTestArguments(['hazard'])
    expect([asked.fileAsked('e2e/src/hazard.e2e.ts'), asked.fileAsked('e2e/src/report.e2e.ts')]).toEqual([true, false])
    expect(asked.projectAsked('browser')).toBe(true)
  })

  test('a project is taken out of the arguments for the second run, which has its own', () => {
    for (const given of [
      ['--project', 'unit', 'hazard'],
      ['--project=unit', 'hazard'],
    ]) {
      const asked = readTestArguments(given)
      expect([asked.projectAsked('unit'), asked.projectAsked('database')]).toEqual([true, false])
      expect(asked.withoutProjects).toEqual(['hazard'])
    }
  })

  test('the name of a test is not taken for a path', () => {
    const asked = readTestArguments(['-t', 'is overdue'])
    expect(asked.byName).toBe(true)
    expect(asked.fileAsked('e2e/src/report.e2e.ts')).toBe(true)
    expect(asked.withoutProjects).toEqual(['-t', 'is overdue'])
  })

  test('a switch without a value takes nothing that follows it', () => {
    expect(readTestArguments(['--silent', 'hazard']).fileAsked('hazard.e2e.ts')).toBe(true)
    expect([readTestArguments(['--silent', 'hazard']).filesAsked, readTestArguments(['-t', 'x']).filesAsked]).toEqual([
      true,
      false,
    ])
    expect(readTestArguments(['--silent', 'hazard']).withoutProjects).toEqual(['--silent', 'hazard'])
  })
})
