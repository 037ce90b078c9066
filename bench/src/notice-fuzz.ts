/**
 * Notices that are broken or mean harm, thousands of them, read in a process of their own with little memory. A case comes again from
 * its number: `npm run bench -- notice-fuzz --minutes 15`; one that ends the process is kept in bench/output.
 */
import { fork, type ChildProcess } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { setPriority } from 'node:os'
import { join } from 'node:path'
import type { Figure } from './figure.js'
import { mutated } from './notice-fuzz/mutations.js'
import { Random } from './notice-fuzz/random.js'
import type { FuzzAnswer, FuzzCase } from './notice-fuzz/reader-process.js'
import { seeds, type Form } from './notice-fuzz/seeds.js'

export const name = 'notice-fuzz'
export const setting =
  'Mutated .docx (bytes, XML, archive), .doc, .pdf, .html and .txt, one after the other, read in a process with 320 MB of heap; processor time.'

const heapMb = 320
/** Processes are made new after so many files: memory that the last one left behind is not the next one's. */
const filesAProcess = 400
const longestMs = 240_000
const limits = { millisecondsAPage: 2_000, megabytes: 500 }

interface Tally {
  read: number
  refused: number
  crashed: number
  slowest: number
  slowestCase: number
}

export async function run(smoke: boolean, minutes = 1): Promise<readonly Figure[]> {
  const deadline = Date.now() + (smoke ? 5_000 : minutes * 60_000)
  const all = seeds()
  const tallies = new Map<Form, Tally>()
  let peak = 0
  let reader = startReader()
  let number = 0
  for (; Date.now() < deadline; number++) {
    const random = new Random(number + 1)
    const seed = random.of(all)
    const bytes = mutated(seed, random)
    if (number > 0 && number % filesAProcess === 0) {
      reader.kill()
      reader = startReader()
    }
    const said = await ask(reader, { bytes, name: `通知.${seed.form}` })
    if (said.outcome === 'crashed') {
      keep(number, seed.form, bytes, said.why)
      reader.kill()
      reader = startReader()
    }
    const tally = tallies.get(seed.form) ?? { read: 0, refused: 0, crashed: 0, slowest: 0, slowestCase: 0 }
    tallies.set(seed.form, tally)
    tally[said.outcome]++
    // The first file of a process pays for loading it.
    const aPage = number % filesAProcess === 0 ? 0 : said.milliseconds / said.pages
    if (aPage > tally.slowest) Object.assign(tally, { slowest: aPage, slowestCase: number })
    peak = Math.max(peak, said.peakMegabytes)
  }
  reader.kill()
  return [
    ...[...tallies].sort().flatMap(([form, tally]) => figuresOf(form, tally)),
    ...wholeFigures(tallies, number, peak),
  ]
}

function startReader(): ChildProcess {
  const entry = new URL('./notice-fuzz/reader-process.ts', import.meta.url)
  const reader = fork(entry, {
    execArgv: [`--max-old-space-size=${heapMb}`, '--import', 'tsx'],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  if (reader.pid !== undefined) setPriority(reader.pid, 15)
  return reader
}

function ask(reader: ChildProcess, given: FuzzCase): Promise<FuzzAnswer> {
  return new Promise((resolve) => {
    const failed = (why: string) => settle({ outcome: 'crashed', why, milliseconds: 0, pages: 1, peakMegabytes: 0 })
    const onExit = (code: number | null, signal: string | null) => failed(`the process ended: ${signal ?? code ?? ''}`)
    const late = setTimeout(() => failed(`no answer in ${longestMs} ms`), longestMs)
    const settle = (answer: FuzzAnswer) => {
      clearTimeout(late)
      reader.off('message', settle).off('exit', onExit)
      resolve(answer)
    }
    reader.once('message', settle).once('exit', onExit)
    reader.send(given)
  })
}

function keep(number: number, form: Form, bytes: Uint8Array, why: string): void {
  const folder = join(import.meta.dirname, '../output')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `notice-fuzz-${number}.${form}`), bytes)
  console.log(`case ${number} (${form}): ${why}`)
}

function figuresOf(form: Form, { read, refused, crashed, slowest, slowestCase }: Tally): Figure[] {
  const kept = slowest <= limits.millisecondsAPage && crashed === 0
  const counts = `${read} read, ${refused} refused, ${crashed} crashed`
  const slow = `${Math.round(slowest)} ms a page (case ${slowestCase})`
  return [{ what: `.${form}`, value: `${counts}; slowest ${slow}`, limit: '0 crashed, ≤ 2,000 ms a page', kept }]
}

function wholeFigures(tallies: ReadonlyMap<Form, Tally>, cases: number, peak: number): Figure[] {
  const crashed = [...tallies.values()].reduce((sum, tally) => sum + tally.crashed, 0)
  return [
    { what: 'files', value: String(cases), limit: 'none crashes the reader', kept: crashed === 0 },
    {
      what: 'the most memory of the process',
      value: `${Math.round(peak)} MB`,
      limit: '≤ 500 MB',
      kept: peak <= limits.megabytes,
    },
  ]
}
