/** The modules, made on the ground and wired to each other. The only place that knows all of them. */
import { hazardJobs, hazardRoutes } from './modules/hazard/index.js'
import { createSessions, sessionRoutes, type Sessions } from './modules/identity/index.js'
import type { Served } from './platform/http/serve.js'
import type { Job } from './platform/jobs/queue.js'
import type { Platform } from './platform/platform.js'

export interface Modules {
  readonly sessions: Sessions
  readonly jobs: readonly Job<never>[]
  routes(served: Served): void
}

export function createModules(platform: Platform): Modules {
  const sessions = createSessions(platform)
  return {
    sessions,
    jobs: [...hazardJobs(platform)] as unknown as Job<never>[],
    routes(served) {
      sessionRoutes(served, platform, sessions)
      hazardRoutes(served, platform)
    },
  }
}
