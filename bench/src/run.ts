/**
 * `npm run bench`: every measurement of docs/performance.md, or those that are named, one after the other.
 *
 *     npm run bench                    all
 *     npm run bench -- start ledger    these
 *     npm run bench -- --smoke         smallest sizes: that they run, not what they measure
 *     npm run bench -- notice-fuzz --minutes 15    those that go on as long as they are let
 *
 * A measurement is a file of this folder that exports `name`, `setting` (what is measured on what, in one line) and
 * `run(smoke, minutes)`, which gives its figures. Nothing has to be entered anywhere.
 */
import { readdir } from 'node:fs/promises'
import { availableParallelism, totalmem } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import type { Bench, Figure } from './figure.js'

// `plans.ts` scores answers and is a program of its own: `npm run bench:plans`.
const notBenches = ['run.ts', 'figure.ts', 'plans.ts']

async function benches(): Promise<Bench[]> {
  const files = (await readdir(import.meta.dirname)).filter(
    (name) => name.endsWith('.ts') && !notBenches.includes(name),
  )
  const found: Bench[] = []
  for (const file of files.sort()) {
    const exported = (await import(pathToFileURL(join(import.meta.dirname, file)).href)) as Partial<Bench>
    // A file that measures nothing by itself is a part of one that does.
    if (exported.name !== undefined && exported.setting !== undefined && exported.run !== undefined) {
      found.push({ name: exported.name, setting: exported.setting, run: exported.run })
    }
  }
  return found
}

function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map(({ what, value, limit }) => `| ${what} | ${value} | ${limit ?? ''} |`)
  return ['| what | measured | limit |', '| --- | --- | --- |', ...rows].join('\n')
}

const { values, positionals: names } = parseArgs({
  options: { smoke: { type: 'boolean', default: false }, minutes: { type: 'string' } },
  allowPositionals: true,
})
const { smoke } = values
const minutes = values.minutes === undefined ? undefined : Number(values.minutes)
if (minutes !== undefined && !(minutes > 0)) {
  console.error('--minutes takes a number above zero.')
  process.exit(2)
}
const all = await benches()
const unknown = names.filter((name) => !all.some((bench) => bench.name === name))
if (unknown.length > 0) {
  console.error(`No such measurement: ${unknown.join(', ')}. There are: ${all.map(({ name }) => name).join(', ')}.`)
  process.exit(2)
}

console.log(
  `Node ${process.version}, ${process.platform} ${process.arch}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GB${smoke ? ', smoke' : ''}`,
)
let over = false
for (const { name, setting, run } of all) {
  if (names.length > 0 && !names.includes(name)) continue
  console.log(`\n## ${name}\n${setting}\n`)
  const figures = await run(smoke, minutes)
  if (!figures) continue
  console.log(tableOf(figures))
  over ||= figures.some((figure) => figure.kept === false)
}
// Sizes of a smoke run measure nothing.
if (over && !smoke) process.exitCode = 1
