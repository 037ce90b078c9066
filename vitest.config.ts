import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { IdleTestsFail } from './scripts/vitest/idle-tests-fail.ts'

const databases = 'apps/server/test/global-setup.ts'
const killing = 'apps/server/test/crash.test.ts'
const SECOND = 1000

const crash = {
  extends: true as const,
  test: {
    // Kills servers and databases of its own and waits for them to come back: alone, or it measures its neighbours.
    name: 'crash',
    include: [killing],
    fileParallelism: false,
    hookTimeout: 120 * SECOND,
    sequence: { groupOrder: 2 },
  },
}

// One after the other (`groupOrder`): the cheapest first, and the browser never beside the database's load.
export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{packages,bench}/**/*.test.ts', 'apps/web/src/**/*.test.{ts,tsx}', 'scripts/**/*.test.{ts,mjs}'],
          // A test may read a style sheet (`?raw`); by default vitest hands it an empty one.
          css: true,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'database',
          include: ['apps/server/**/*.test.ts'],
          exclude: [killing],
          globalSetup: existsSync(join(import.meta.dirname, databases)) ? [databases] : [],
          testTimeout: 30 * SECOND,
          hookTimeout: 120 * SECOND,
          sequence: { groupOrder: 1 },
        },
      },
      crash,
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['e2e/src/**/*.e2e.ts'],
          globalSetup: ['e2e/src/global-setup.ts'],
          testTimeout: 120 * SECOND,
          hookTimeout: 300 * SECOND,
          sequence: { groupOrder: 3 },
        },
      },
    ],
    pool: 'forks',
    maxWorkers: 2,
    allowOnly: false,
    setupFiles: ['scripts/vitest/console-guard.ts'],
    // `scripts/test.mjs` asks for the report, to add up its runs.
    reporters: [
      'default',
      new IdleTestsFail(),
      ...(process.env.BIHUAN_TEST_REPORT
        ? [['json', { outputFile: process.env.BIHUAN_TEST_REPORT }] as ['json', object]]
        : []),
    ],
  },
})
