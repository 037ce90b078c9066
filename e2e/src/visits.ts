/** A file of browser tests: one server, seeded once; one browser; and after each test nothing may be left to complain of. */
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import type { TestApp } from '../../apps/server/test/builders.js'
import { openBrowser, type LogIn, type OpenBrowser, type Visit, type desk, type phone } from './browser.js'
import { startSeeded, type SeededServer } from './server.js'

export interface Visits<Seeded> {
  readonly seeded: Seeded
  readonly url: string
  /** To a later day: the pages that are open are closed, and may have complained of nothing. */
  moveTo(instant: string): Promise<void>
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
  const settle = async (name: string, failed: boolean) => {
    const faults = await started().browser.settle(name, failed)
    expect(faults, 'what the pages complained of').toEqual([])
  }
  afterEach(({ task }) => settle(task.name, task.result?.state === 'fail'))
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
    async moveTo(instant) {
      await settle(`before ${instant}`, false)
      await started().server.moveTo(instant)
    },
    open: (who, address, size) => started().browser.open(who, address, size),
  }
}
