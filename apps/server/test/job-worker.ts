/** A server's jobs in a process of their own, to be killed: `node --import tsx test/job-worker.ts` with the settings of the test. */
import { createModules } from '../src/modules.js'
import { startJobs } from '../src/platform/jobs/queue.js'
import { startPlatform } from '../src/platform/platform.js'
import { readSettings } from '../src/platform/settings.js'

const platform = await startPlatform(readSettings(process.env))
await startJobs(platform.ownerUrl, createModules(platform).jobs, platform.log, 100)
