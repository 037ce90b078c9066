/** A file of browser tests: one server, seeded once; one browser; and after each test nothing may be left to complain of. */
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import type { TestApp } from '../../apps/server/test/builders.js'
import { openBrowser, type LogIn, type OpenBrowser, type Visit, type desk, type phone } from './browser.js'
import { startSeeded, type SeededServer } from './server.js'

export interface Visits<Seeded> {
  readonly seeded: Seeded
  readonly url: string
  open(who: LogIn | null, address: string, size?: typeof desk | typeof phone): Promise<Visit>
}

export function visitsTo<Seeded>(
  seed: (test: TestApp) => Promise<Seeded>,
  environment: Readonly<Record<string, string>> = {},
): Visits<Seeded> {
  let server: SeededServer<Seeded> | undefined
  let browser: OpenBrowser | undefined
  const started = () => {
    if (server === undefined || browser === undefined) throw new Error('only within a test')
    return { server, browser }
  }
  beforeAll(async () => {
    server = await startSeeded(seed, environment)
    browser = await openBrowser(server.url)
  })
  afterEach(async ({ task }) => {
    const faults = await started().browser.settle(task.name, task.result?.state === 'fail')
    expect(faults, 'what the pages complained of').toEqual([])
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })
  return {
    get seeded() {
      return started().server.seeded
    },
    get url() {
      return started().server.url
    },
    open: (who, address, size) => started().browser.open(who, address, size),
  }
}
