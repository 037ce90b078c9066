/** A runner in the middle of a job without an end, to be killed: `node --import tsx endless-job.ts <owner url>`. Says when it began. */
import { startJobs } from '../src/platform/jobs/queue.js'
import { createLog } from '../src/platform/log.js'

const endless = {
  name: 'test.slow',
  run: async ({ name }: { name: string }) => {
    process.stdout.write(`began ${name}\n`)
    await new Promise(() => undefined)
  },
}
await startJobs(process.argv[2] ?? '', [endless], createLog('silent'), 100)
