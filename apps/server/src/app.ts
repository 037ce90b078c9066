/** Puts the product together: the ground, the modules on it, and the HTTP server in front. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { createHttpServer } from './platform/http/server.js'
import type { Served } from './platform/http/serve.js'
import { startJobs, type JobRunner } from './platform/jobs/queue.js'
import { startPlatform, type Platform, type PlatformOptions } from './platform/platform.js'
import type { Settings } from './platform/settings.js'
import { refuseTakenPort } from './platform/start-failure.js'
import { createModules, type Modules } from './modules.js'

export const version = '0.1.0'

/** The built web: beside the sources in a checkout, beside the bundle in a build. */
export const webFolder = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../web/dist' : '../../web/dist', import.meta.url),
)

export interface RunningServer {
  readonly platform: Platform
  readonly modules: Modules
  readonly app: FastifyInstance
  /** Where it answers: `http://127.0.0.1:8080`. */
  readonly url: string
  stop(): Promise<void>
}

export async function createApp(platform: Platform, modules: Modules): Promise<FastifyInstance> {
  const app = await createHttpServer({
    settings: platform.settings,
    log: platform.log,
    metrics: platform.metrics,
    authenticate: (request) => modules.sessions.authenticate(request),
    healthy: () => platform.healthy(),
    webFolder: existsSync(webFolder) ? webFolder : null,
    version,
  })
  const served: Served = { app, database: platform.database, clock: platform.clock }
  // Registered after the hooks above have taken hold.
  await app.register(async (scoped) => {
    modules.routes({ ...served, app: scoped })
  })
  return app
}

export async function startServer(settings: Settings, options: PlatformOptions = {}): Promise<RunningServer> {
  await refuseTakenPort(settings)
  const platform = await startPlatform(settings, options)
  const begun: (() => Promise<unknown>)[] = [() => platform.stop()]
  // New requests are refused, running ones finish, then jobs, then the sealer, then the database: the last begun first.
  const stopAll = async () => {
    for (const stop of begun.splice(0).reverse()) await stop()
  }
  try {
    const modules = createModules(platform)
    const app = await createApp(platform, modules)
    const jobs: JobRunner = await startJobs(platform.ownerUrl, modules.jobs, platform.log)
    begun.push(
      () => jobs.stop(),
      () => app.close(),
    )
    await modules.atStart()
    await app.listen({ port: settings.port, host: settings.host })
    const address = app.server.address()
    const port = typeof address === 'object' && address !== null ? address.port : settings.port
    let stopping: Promise<void> | null = null
    return {
      platform,
      modules,
      app,
      url: `http://${settings.host}:${port}`,
      stop() {
        stopping ??= stopAll()
        return stopping
      },
    }
  } catch (cause) {
    await stopAll().catch(() => undefined)
    throw cause
  }
}
