/** What every module stands on. Made once, at start; handed to each module. */
import type pg from 'pg'
import type { Clock } from './clock.js'
import { shiftedClock, systemClock } from './clock.js'
import { startCluster, type Cluster } from './db/cluster.js'
import { migrate } from './db/migrate.js'
import { createPool, deriveAppUrl, refuseMightyRole } from './db/pools.js'
import { createDatabase, type Database } from './db/scope.js'
import { createFileStore, type FileStore } from './files/store.js'
import { createLog, type Log } from './log.js'
import { createMetrics, type Metrics } from './metrics.js'
import { readSecret } from './secret.js'
import { startSealer, type Sealer } from './audit/seal.js'
import type { Settings } from './settings.js'

export interface Platform {
  readonly settings: Settings
  readonly clock: Clock
  readonly log: Log
  readonly database: Database
  readonly files: FileStore
  readonly sealer: Sealer
  readonly metrics: Metrics
  /** Encrypts what must be read back (the secrets of one-time codes); 32 bytes. */
  readonly secret: Buffer
  /** The owner's connection: for jobs, backup and verification only. */
  readonly ownerUrl: string
  readonly pool: pg.Pool
  healthy(): Promise<boolean>
  stop(): Promise<void>
}

export interface PlatformOptions {
  readonly clock?: Clock
  readonly log?: Log
}

export async function startPlatform(settings: Settings, options: PlatformOptions = {}): Promise<Platform> {
  const log = options.log ?? createLog(settings.logLevel)
  const clock = options.clock ?? (settings.now ? shiftedClock(settings.now) : systemClock)
  const cluster: Cluster | null = settings.databaseUrl ? null : await startCluster({ folder: settings.dataFolder, log })
  const ownerUrl = settings.databaseUrl ?? (cluster as Cluster).ownerUrl
  const app =
    settings.databaseAppUrl === null ? deriveAppUrl(ownerUrl) : { url: settings.databaseAppUrl, password: null }
  await migrate(ownerUrl, app.password)
  const pool = createPool(app.url, settings.databasePool, 'server', log)
  await refuseMightyRole(pool)
  const database = createDatabase(pool)
  const sealer = startSealer(database, clock, log)
  return {
    settings,
    clock,
    log,
    database,
    files: await createFileStore(settings),
    sealer,
    metrics: createMetrics(pool),
    secret: await readSecret(settings),
    ownerUrl,
    pool,
    async healthy() {
      return pool.query('select 1').then(
        () => true,
        () => false,
      )
    },
    async stop() {
      await sealer.stop()
      await pool.end()
      await cluster?.stop()
    },
  }
}
