/**
 * The server in a process of its own, so that its memory can be weighed: takes the workbook over HTTP, judges and writes it by its
 * jobs, as it does for a person. Says what it took as one line of JSON.
 */
import { readFileSync } from 'node:fs'
import { bringIn, logIn, readImport, startImport, type ImportView } from '@bihuan/contracts'
import { createApp } from '../../../apps/server/src/app.js'
import { createModules } from '../../../apps/server/src/modules.js'
import { startJobs } from '../../../apps/server/src/platform/jobs/queue.js'
import { startPlatform } from '../../../apps/server/src/platform/platform.js'
import { readSettings } from '../../../apps/server/src/platform/settings.js'
import { benchPassword } from '../district.js'

const [kind = '', file = '', options = '{}'] = process.argv.slice(2)
const platform = await startPlatform(readSettings(process.env))
const modules = createModules(platform)
const app = await createApp(platform, modules)
await app.ready()
const jobs = await startJobs(platform.ownerUrl, modules.jobs, platform.log)

const loggedIn = await app.inject({
  method: 'POST',
  url: logIn.path,
  headers: { 'x-requested-with': 'bihuan' },
  payload: { loginName: 'anban', password: benchPassword, tenant: 'bench' },
})
const session = loggedIn.cookies.find(({ name }) => name === 'bihuan_session')
const headers = { 'x-requested-with': 'bihuan', cookie: `bihuan_session=${session?.value ?? ''}` }

const atRest = process.memoryUsage().rss
let peak = atRest
const scales = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage().rss)
}, 20)

async function until(id: string, state: ImportView['state']): Promise<ImportView> {
  for (;;) {
    const answer = await app.inject({ method: 'GET', url: readImport.path.replace(':importId', id), headers })
    const run = answer.json<ImportView>()
    if (run.state === state) return run
    if (run.state === 'failed') throw new Error(run.failure?.message)
    // As often as the page asks.
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
}

const boundary = '----bihuan-bench'
const began = performance.now()
const used = process.cpuUsage()
const uploaded = await app.inject({
  method: 'POST',
  url: startImport.path.replace(':kind', kind),
  headers: { ...headers, 'content-type': `multipart/form-data; boundary=${boundary}` },
  payload: Buffer.concat([
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="options"\r\n\r\n${options}\r\n` +
        `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="rows.xlsx"\r\n\r\n`,
    ),
    readFileSync(file),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]),
})
const { id } = uploaded.json<ImportView>()
const preview = await until(id, 'preview')
const read = performance.now()
await app.inject({ method: 'POST', url: bringIn.path.replace(':importId', id), headers })
const done = await until(id, 'done')
const written = performance.now()
clearInterval(scales)
const { user, system } = process.cpuUsage(used)

process.stdout.write(
  `${JSON.stringify({ counts: preview.counts, written: done.written, reading: (read - began) / 1000, writing: (written - read) / 1000, processor: (user + system) / 1e6, atRest: atRest / 2 ** 20, peak: peak / 2 ** 20 })}\n`,
)
await jobs.stop()
await app.close()
process.exit(0)
