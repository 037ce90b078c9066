// `npm run check`: all that can be said about the tree without running the product. `npm run check -- lint types` runs those steps alone.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { runSteps } from './steps.mjs'

const root = join(import.meta.dirname, '..')
const cache = (name) => join('node_modules', '.cache', name)
const bin = (path) => join('node_modules', path)

/** eslint's cache does not know the code of our own rules, nor the compiler's settings: what they are is part of its name. */
function lintFingerprint() {
  const hash = createHash('sha256')
  const rules = readdirSync(join(root, 'scripts/lint')).map((name) => `scripts/lint/${name}`)
  const settings = [
    'eslint.config.mjs',
    'tsconfig.json',
    'tsconfig.base.json',
    'apps/web/tsconfig.json',
    'package-lock.json',
  ]
  for (const file of [...rules.sort(), ...settings]) hash.update(file).update(readFileSync(join(root, file)))
  return hash.digest('hex').slice(0, 12)
}

const typescript = (project, name) => [
  bin('typescript/bin/tsc'),
  ...['-p', project, '--pretty', 'false', '--incremental', '--tsBuildInfoFile', cache(`tsc/${name}.tsbuildinfo`)],
]

// The longest first: with two at a time they set how long the whole takes.
const steps = [
  {
    name: 'lint',
    args: [
      bin('eslint/bin/eslint.js'),
      ...['--max-warnings', '0', '--cache', '--cache-strategy', 'content'],
      ...['--cache-location', `${cache(`eslint/${lintFingerprint()}`)}/`, '.'],
    ],
  },
  {
    name: 'planted',
    args: ['scripts/planted.mjs'],
  },
  {
    name: 'generated',
    args: ['scripts/generate.mjs', '--check'],
  },
  {
    name: 'types',
    args: typescript('tsconfig.json', 'root'),
  },
  {
    name: 'types-web',
    args: typescript('apps/web/tsconfig.json', 'web'),
  },
  {
    name: 'imports',
    args: [
      bin('dependency-cruiser/bin/dependency-cruise.mjs'),
      ...['--config', '.dependency-cruiser.cjs'],
      ...['packages', 'apps', 'e2e', 'bench', 'scripts'].filter((folder) => existsSync(join(root, folder))),
    ],
    hint: 'What each rule is for stands in .dependency-cruiser.cjs.',
  },
  {
    name: 'format',
    args: [
      bin('prettier/bin/prettier.cjs'),
      ...['--check', '--log-level', 'warn', '--cache', '--cache-location', cache('prettier/cache.json'), '.'],
    ],
    hint: '`npm run format` writes them.',
  },
]

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !steps.some((step) => step.name === name))
if (unknown.length > 0) {
  console.error(`No such step: ${unknown.join(', ')}. There are: ${steps.map((step) => step.name).join(', ')}.`)
  process.exit(2)
}

const failed = await runSteps(
  steps.filter((step) => wanted.length === 0 || wanted.includes(step.name)),
  { concurrency: 2, cwd: root },
)
if (failed.length > 0) {
  console.error(`check failed: ${failed.join(', ')}`)
  process.exitCode = 1
}
