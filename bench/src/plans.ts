/**
 * `npm run bench:plans -- FOLDER`: how well plans are read. For every `<name>.expected.json` (a Plan made by hand) in the folder, each
 * `<name>.docx`, `<name>.pdf`, `<name>.html` and `<name>.txt` beside it is read and compared; precision, recall and F1 of each kind of
 * item are those of all documents together. Without a folder, the samples of the project.
 *
 *     npm run bench:plans -- FOLDER --quiet      the figures alone
 *     npm run bench:plans -- FOLDER --only duties
 *     npm run bench:plans -- FOLDER --as pdf
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plan } from '@bihuan/domain'
import { readNotice } from '@bihuan/office'
import { documentOfText, readPlan } from '@bihuan/plan-reader'
import { f1, KINDS, pool, precision, recall, scorePlan, type PlanScore } from './plan-score/score.js'

/** Text is read as the schema's own, tables flattened into lines; the others as the intake of files takes them in. */
const FORMS = ['docx', 'pdf', 'html', 'txt'] as const
const documentOf = (bytes: Uint8Array, file: string) =>
  file.endsWith('.txt') ? documentOfText(new TextDecoder().decode(bytes)) : readNotice(bytes, file)

const args = process.argv.slice(2)
const quiet = args.includes('--quiet')
const option = (name: string) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined)
const only = option('--only')
const form = option('--as')
const folder =
  args.find((arg, at) => !arg.startsWith('--') && !['--only', '--as'].includes(args[at - 1] ?? '')) ??
  join(import.meta.dirname, '../../packages/plan-reader/samples')

const names = existsSync(folder)
  ? readdirSync(folder)
      .filter((name) => name.endsWith('.expected.json'))
      .map((name) => name.slice(0, -'.expected.json'.length))
  : []
if (names.length === 0) {
  console.error(`${folder} holds no *.expected.json.`)
  process.exit(2)
}

const scores: PlanScore[] = []
for (const name of names.sort()) {
  const expected = JSON.parse(readFileSync(join(folder, `${name}.expected.json`), 'utf8')) as Plan
  for (const extension of FORMS) {
    if (form !== undefined && form !== extension) continue
    const file = join(folder, `${name}.${extension}`)
    if (!existsSync(file)) continue
    const document = await documentOf(readFileSync(file), `${name}.${extension}`)
    const started = performance.now()
    const found = readPlan(document)
    const took = performance.now() - started
    const score = scorePlan(expected, found)
    scores.push(score)
    console.log(`${name}.${extension}: ${score.wrong.length} wrong, ${took.toFixed(0)} ms`)
    if (quiet) continue
    for (const { kind, what, text } of score.wrong) {
      if (only === undefined || only === kind) console.log(`    ${kind} ${what}: ${text}`)
    }
  }
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`
console.log(
  '\n| kind | expected | found | right | precision | recall | F1 |\n| --- | --- | --- | --- | --- | --- | --- |',
)
for (const [kind, tally] of KINDS.map((one) => [one, pool(scores)[one]] as const)) {
  const shares = [precision(tally), recall(tally), f1(tally)].map(percent)
  console.log(`| ${[kind, tally.expected, tally.found, tally.right, ...shares].join(' | ')} |`)
}
process.exitCode = scores.every(({ wrong }) => wrong.length === 0) ? 0 : 1
