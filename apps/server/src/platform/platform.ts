/** What every module stands on. Made once, at start; handed to each module. */
import type pg from 'pg'
import type { Clock } from './clock.js'
import { shiftedClock, systemClock } from './clock.js'
import { startCluster, type Cluster } from './db/cluster.js'
import { migrate } from './db/migrate.js'
import { createPool, deriveAppUrl, refuseMightyRole } from './db/pools.js'
import { createDatabase, type Database } from './db/scope.js'
import { createFileStore } from './files/choose-store.js'
import type { FileStore } from './files/store.js'
import { createLog, type Log } from './log.js'
import { createMetrics, type Metrics } from './metrics.js'
import { readSecret } from './secret.js'
import { startSealer, type Sealer } from './audit/seal.js'
import type { Settings } from './settings.js'
import { refuseUnwritableFolder } from './start-failure.js'

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

/** Where the data lies: an embedded cluster that runs, or somebody's database. Nothing is made in it yet. */
export interface Ground {
  readonly ownerUrl: string
  /** The application role's; `password` is null when it is the operator's own affair. */
  readonly app: { readonly url: string; readonly password: string | null }
  stop(): Promise<void>
}

export async function openGround(settings: Settings, log: Log): Promise<Ground> {
  await refuseUnwritableFolder(settings)
  const cluster = settings.databaseUrl === null ? await startCluster({ folder: settings.dataFolder, log }) : null
  const ownerUrl = settings.databaseUrl ?? (cluster as Cluster).ownerUrl
  return {
    ownerUrl,
    app: settings.databaseAppUrl === null ? deriveAppUrl(ownerUrl) : { url: settings.databaseAppUrl, password: null },
    async stop() {
      await cluster?.stop()
    },
  }
}

export interface PlatformOptions {
  readonly clock?: Clock
  readonly log?: Log
  /** One that was opened already; the platform stops it. */
  readonly ground?: Ground
}

export async function startPlatform(settings: Settings, options: PlatformOptions = {}): Promise<Platform> {
  const log = options.log ?? createLog(settings.logLevel)
  const clock = options.clock ?? (settings.now ? shiftedClock(settings.now) : systemClock)
  const ground = options.ground ?? (await openGround(settings, log))
  const { ownerUrl, app } = ground
  const pool = createPool(app.url, settings.databasePool, 'server', log)
  try {
    await migrate(ownerUrl, app.password)
    await refuseMightyRole(pool)
    const database = createDatabase(pool)
    const files = await createFileStore(settings)
    const secret = await readSecret(settings)
    const sealer = startSealer(database, clock, log)
    return {
      settings,
      clock,
      log,
      database,
      files,
      sealer,
      metrics: createMetrics(pool),
      secret,
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
        await ground.stop()
      },
    }
  } catch (cause) {
    // What was started for it does not outlive a start that failed.
    await pool.end()
    await ground.stop()
    throw cause
  }
}
