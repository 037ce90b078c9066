/**
 * A test fails when something says `console.error` or `console.warn` while it runs: React's warnings, a rejected promise that someone
 * only logged. A test that expects one says so: `vi.spyOn(console, 'error').mockImplementation(() => {})`.
 */
import { format } from 'node:util'
import { afterAll, afterEach } from 'vitest'

let unexpected: string[] = []

for (const level of ['error', 'warn'] as const) {
  console[level] = (...values: unknown[]) => {
    unexpected.push(`console.${level}: ${format(...values)}`)
  }
}

function failOnUnexpected(when: string): void {
  const said = unexpected
  unexpected = []
  if (said.length > 0) throw new Error(`Nothing may be said on the console ${when}, but this was:\n${said.join('\n')}`)
}

afterEach(() => failOnUnexpected('in a test'))
afterAll(() => failOnUnexpected('around the tests'))
