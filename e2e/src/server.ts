/**
 * The built server as `npm start` runs it, on a PostgreSQL of its own that is thrown away. Its clock begins at `BIHUAN_NOW`; what
 * stands in it is made by the builders of the server's tests, that is by the same services as people use. To come to a later day it is
 * ended and started again: it opens what falls due as after any night.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runJobs, startTestApp, type TestApp } from '../../apps/server/test/builders.js'
import { startServerProcess } from '../../apps/server/test/server-process.js'
import { openDatabase } from '../../apps/server/test/test-database.js'
import { startCluster } from '../../apps/server/src/platform/db/cluster.js'
import { migrate } from '../../apps/server/src/platform/db/migrate.js'
import { deriveAppUrl } from '../../apps/server/src/platform/db/pools.js'
import { createLog } from '../../apps/server/src/platform/log.js'

export const now = '2023-06-16T09:00:00+08:00'

export interface SeededServer<Seeded> {
  readonly url: string
  readonly seeded: Seeded
  /** Starts anew on the same address, with its clock at that instant. */
  moveTo(instant: string): Promise<void>
  stop(): Promise<void>
}

export async function startSeeded<Seeded>(
  seed: (test: TestApp) => Promise<Seeded>,
  environment: Readonly<Record<string, string>> = {},
): Promise<SeededServer<Seeded>> {
  const folder = await mkdtemp(join(tmpdir(), 'bihuan-e2e-'))
  // The cluster is started by an account of its own when this runs as root.
  await chmod(folder, 0o755)
  const cluster = await startCluster({ folder, log: createLog('silent'), throwAway: true })
  const begun: (() => Promise<unknown>)[] = [
    async () => {
      await cluster.stop()
      await rm(folder, { recursive: true, force: true })
    },
  ]
  const stop = async () => {
    for (const end of begun.splice(0).reverse()) await end()
  }
  try {
    await migrate(cluster.ownerUrl, deriveAppUrl(cluster.ownerUrl).password)
    const settings = {
      BIHUAN_DATA: join(folder, 'data'),
      BIHUAN_PASSWORD_DAYS: '36500',
      BIHUAN_NOW: now,
      ...environment,
    }
    const db = openDatabase(cluster.ownerUrl, async () => undefined)
    const test = await startTestApp({ db, now: settings.BIHUAN_NOW, environment: settings })
    const seeded = await seed(test)
    await runJobs(test)
    for (const { id } of await db.asOwner<{ id: string }>('select id from tenant'))
      await test.platform.sealer.sealNow(id)
    await test.stop()
    const startAt = (instant: string, port: number) =>
      startServerProcess({
        dataFolder: settings.BIHUAN_DATA,
        port,
        environment: { DATABASE_URL: cluster.ownerUrl, ...settings, BIHUAN_NOW: instant },
      })
    let server = await startAt(settings.BIHUAN_NOW, 0)
    const { url } = server
    begun.push(() => server.end('SIGTERM'))
    const moveTo = async (instant: string) => {
      await server.end('SIGTERM')
      server = await startAt(instant, Number(new URL(url).port))
    }
    return { url, seeded, moveTo, stop }
  } catch (cause) {
    await stop()
    throw cause
  }
}
