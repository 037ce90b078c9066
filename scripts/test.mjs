/**
 * `npm test`: every project on PostgreSQL 18, then the tests of SQL again on 15, the oldest that is supported. Arguments go to vitest:
 *
 *     npm test -- hazard                files whose path contains "hazard"
 *     npm test -- --project unit        no database
 *     npm test -- -t "is overdue"       tests by name
 */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readTestArguments, totalsLine, totalsOf } from './test-totals.mjs'

const root = join(import.meta.dirname, '..')
const asked = readTestArguments(process.argv.slice(2))

/** Shows what the program prints as it prints it. @returns {Promise<number>} its exit code */
function runLoudly(args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: 'inherit' })
    child.on('error', reject)
    child.on('close', (code) => resolve(code ?? 1))
  })
}

function browserTestsAsked() {
  const folder = join(root, 'e2e/src')
  if (!existsSync(folder) || !asked.projectAsked('browser')) return false
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.e2e.ts'))
    .some((path) => asked.fileAsked(`e2e/src/${path.replaceAll('\\', '/')}`))
}

/**
 * What the second run does not repeat unless it is named: tests that ask no PostgreSQL or only the packaged 18, and the matrix, in which the
 * server decides who may do what; the policies that it rests on are asked on 15 too (`catalogue.test.ts`), and so is each route's SQL.
 */
const leftOutAgain = [
  'apps/server/test/matrix.test.ts',
  'apps/server/test/start.test.ts',
  'apps/server/test/demo-command.test.ts',
  'apps/server/test/plan-read-command.test.ts',
  'apps/server/src/**/*-thread.test.ts',
]

// An interrupt reaches vitest as well; stay until it has put its database away.
process.on('SIGINT', () => {})

const scratch = await mkdtemp(join(tmpdir(), 'bihuan-test-'))
const totals = []

async function runTests(name, args, environment) {
  console.log(`\n${name}`)
  const report = join(scratch, `${totals.length}.json`)
  const env = { ...process.env, ...environment, BIHUAN_TEST_REPORT: report }
  if (!environment.BIHUAN_TEST_PG) delete env.BIHUAN_TEST_PG
  const code = await runLoudly(['node_modules/vitest/vitest.mjs', 'run', ...args], env)
  const written = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null
  totals.push(totalsOf(written, { code, byName: asked.byName }))
}

try {
  let built = true
  if (browserTestsAsked() && existsSync(join(root, 'scripts/build.mjs'))) {
    built = (await runLoudly(['scripts/build.mjs'], process.env)) === 0
  }
  if (built) {
    await runTests('Tests, on PostgreSQL 18', asked.all, {})
    if (asked.projectAsked('database')) {
      const left = asked.filesAsked ? [] : leftOutAgain.flatMap((path) => ['--exclude', path])
      const again = [...asked.withoutProjects, ...left, '--project', 'database', '--passWithNoTests']
      await runTests('Tests of the server again, on PostgreSQL 15', again, { BIHUAN_TEST_PG: '15' })
    }
  } else {
    console.error('The web could not be built, so nothing was tested.')
    totals.push({ passed: 0, failed: 1 })
  }
} finally {
  await rm(scratch, { recursive: true, force: true })
}

if (totals.some(({ failed }) => failed > 0)) process.exitCode = 1
console.log(`\n${totalsLine(totals)}`)
