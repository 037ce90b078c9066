// Breaks every rule once, in a copy of the layout outside the tree, and asserts that the rule says so: a rule that a rename has put to sleep passes everything.
import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, readdir, realpath, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { projectRules } from './lint/project-rules.mjs'
import { cleanFiles } from './planted/clean.mjs'
import { brokenImports } from './planted/imports.mjs'
import { brokenLint, lintRulesRelied } from './planted/lint.mjs'

const CONFIGURATION = [
  ...['package.json', 'tsconfig.json', 'tsconfig.base.json', 'apps/web/tsconfig.json'],
  ...['.dependency-cruiser.cjs', 'eslint.config.mjs'],
]
const SOURCE_FOLDERS = ['packages', 'apps', 'e2e', 'bench', 'scripts']

/** The repository's own configuration and packages around the planted files; nothing is written into the repository. */
async function layOut(root, mirror, samples) {
  const workspaces = ['e2e', 'bench']
  for (const parent of ['packages', 'apps']) {
    for (const name of await readdir(join(root, parent))) workspaces.push(`${parent}/${name}`)
  }
  const manifests = []
  for (const workspace of workspaces) {
    const text = await readFile(join(root, workspace, 'package.json'), 'utf8').catch(() => null)
    if (text !== null) manifests.push({ workspace, text, name: JSON.parse(text).name })
  }
  const rules = (await readdir(join(root, 'scripts/lint'))).map((name) => `scripts/lint/${name}`)

  const write = async (path, text) => {
    await mkdir(dirname(join(mirror, path)), { recursive: true })
    await writeFile(join(mirror, path), text)
  }
  for (const path of [...CONFIGURATION, ...rules]) await write(path, await readFile(join(root, path)))
  for (const { workspace, text } of manifests) await write(`${workspace}/package.json`, text)
  for (const { path, text } of samples) await write(path, text)

  const ours = new Map(manifests.map(({ workspace, name }) => [name, join(mirror, workspace)]))
  const modules = join(root, 'node_modules')
  for (const entry of await readdir(modules)) {
    if (entry.startsWith('.') || entry === '@bihuan') continue
    await mkdir(join(mirror, 'node_modules'), { recursive: true })
    await symlink(join(modules, entry), join(mirror, 'node_modules', entry), 'junction')
  }
  for (const [name, target] of ours) {
    const link = join(mirror, 'node_modules', name)
    await mkdir(dirname(link), { recursive: true })
    await symlink(target, link, 'junction')
  }
  // A version that npm could not hoist stands under its workspace.
  for (const { workspace } of manifests) {
    const own = join(root, workspace, 'node_modules')
    const there = await readdir(own).catch(() => [])
    if (there.length > 0) await symlink(own, join(mirror, workspace, 'node_modules'), 'junction')
  }
}

/** file -> names of the rules that fired in it */
function collect(pairs) {
  const fired = new Map()
  for (const [path, rule] of pairs) {
    if (!fired.has(path)) fired.set(path, new Set())
    fired.get(path).add(rule)
  }
  return fired
}

const run = promisify(execFile)

/** Both tools answer with an exit code when they find something, which is what they are here for. */
async function toolOutput(mirror, args) {
  const result = await run(process.execPath, args, { cwd: mirror, maxBuffer: 64 * 1024 * 1024 }).catch((error) => error)
  if (!result.stdout?.startsWith('{') && !result.stdout?.startsWith('[')) {
    throw new Error(`${args[0]} did not answer:\n${result.stdout}\n${result.stderr}`)
  }
  return JSON.parse(result.stdout)
}

async function importViolations(root, mirror) {
  const { summary } = await toolOutput(mirror, [
    join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
    ...['--config', '.dependency-cruiser.cjs', '--output-type', 'json'],
    ...SOURCE_FOLDERS,
  ])
  return collect(summary.violations.map(({ from, rule }) => [from, rule.name]))
}

async function lintViolations(root, mirror) {
  const results = await toolOutput(mirror, [
    join(root, 'node_modules/eslint/bin/eslint.js'),
    ...['--format', 'json', '--no-cache', '.'],
  ])
  return collect(
    results.flatMap(({ filePath, messages }) =>
      messages.map(({ ruleId, message }) => [
        relative(mirror, filePath).replaceAll('\\', '/'),
        ruleId ?? `not linted: ${message}`,
      ]),
    ),
  )
}

const list = (names) => [...names].sort().join(', ') || 'nothing'

/** @returns {string[]} one sentence for everything that is not as planted */
export function judge({ tool, samples, fired, rules }) {
  const complaints = []
  for (const { path, expected } of samples) {
    const seen = fired.get(path) ?? new Set()
    if (list(seen) !== list(expected))
      complaints.push(`${tool}: ${path} should raise ${list(expected)}; it raises ${list(seen)}.`)
  }
  const planted = new Set(samples.flatMap(({ expected }) => expected))
  for (const rule of rules) {
    if (!planted.has(rule))
      complaints.push(`${tool}: nothing is planted for the rule ${rule}. Add a sample in scripts/planted/.`)
  }
  return complaints
}

export async function checkPlanted(root) {
  const mirror = await realpath(await mkdtemp(join(tmpdir(), 'bihuan-planted-')))
  const cleanUp = () => rmSync(mirror, { recursive: true, force: true })
  const leave = (signal) => {
    cleanUp()
    process.exit(signal === 'SIGINT' ? 130 : 143)
  }
  process.once('SIGINT', leave).once('SIGTERM', leave)
  try {
    const samplesOf = (broken) => [
      ...cleanFiles.map((file) => ({ ...file, expected: [] })),
      ...broken.map(({ rule, path, text }) => ({ path, text, expected: rule === null ? [] : [rule] })),
    ]
    const imports = samplesOf(brokenImports)
    const lint = samplesOf(brokenLint)
    await layOut(root, mirror, [...imports, ...lint])

    const importRules = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')).forbidden.map(
      ({ name }) => name,
    )
    const lintRules = [...Object.keys(projectRules.rules).map((name) => `bihuan/${name}`), ...lintRulesRelied]
    const [importsFired, lintFired] = await Promise.all([importViolations(root, mirror), lintViolations(root, mirror)])
    return {
      count: importRules.length + lintRules.length,
      complaints: [
        ...judge({ tool: 'imports', samples: imports, fired: importsFired, rules: importRules }),
        ...judge({ tool: 'lint', samples: lint, fired: lintFired, rules: lintRules }),
      ],
    }
  } finally {
    cleanUp()
    process.removeListener('SIGINT', leave).removeListener('SIGTERM', leave)
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { count, complaints } = await checkPlanted(join(import.meta.dirname, '..'))
  for (const complaint of complaints) console.error(complaint)
  if (complaints.length === 0)
    console.log(`${count} rules, each broken once: every one fired, and the clean files passed.`)
  process.exitCode = complaints.length === 0 ? 0 : 1
}
