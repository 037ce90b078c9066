/** A server that starts its database, as a process of its own: `tsx cluster-starter.ts <folder>`. Says when it has it, and stays. */
import { startCluster } from '../src/platform/db/cluster.js'
import { createLog } from '../src/platform/log.js'

const cluster = await startCluster({ folder: process.argv[2] ?? '', log: createLog('silent') })
process.stdout.write(`${cluster.ownerUrl}\n`)
setInterval(() => undefined, 1000)
