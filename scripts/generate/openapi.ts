/** docs/openapi.json: the application is put together as it is for serving, on a database that is never asked. */
import { writeFileSync } from 'node:fs'
import { createApp } from '../../apps/server/src/app.js'
import { createModules } from '../../apps/server/src/modules.js'
import { systemClock } from '../../apps/server/src/platform/clock.js'
import { createPool } from '../../apps/server/src/platform/db/pools.js'
import { createDatabase } from '../../apps/server/src/platform/db/scope.js'
import { createFolderStore } from '../../apps/server/src/platform/files/store.js'
import { createLog } from '../../apps/server/src/platform/log.js'
import { createMetrics } from '../../apps/server/src/platform/metrics.js'
import type { Platform } from '../../apps/server/src/platform/platform.js'
import { readSettings } from '../../apps/server/src/platform/settings.js'

const settings = readSettings({})
const log = createLog('silent')
// A pool connects when it is first asked; nothing here asks it.
const pool = createPool('postgres://nobody@127.0.0.1:1/none', 1, 'openapi', log)
const platform: Platform = {
  settings,
  clock: systemClock,
  log,
  database: createDatabase(pool),
  files: createFolderStore('/nowhere'),
  sealer: { sealNow: async () => undefined, follow: () => async () => undefined, stop: async () => undefined },
  metrics: createMetrics(pool),
  secret: Buffer.alloc(32),
  ownerUrl: '',
  pool,
  healthy: async () => true,
  stop: async () => undefined,
}

const app = await createApp(platform, createModules(platform))
await app.ready()
writeFileSync(process.argv[2] ?? 'docs/openapi.json', `${JSON.stringify(app.swagger(), null, 2)}\n`)
await app.close()
await pool.end()
