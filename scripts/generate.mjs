// `npm run generate` writes the committed files that are made from code; `npm run generate -- --check` says which are stale.
import { existsSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { runQuietly } from './steps.mjs'

/**
 * A generator is a script that is given one argument, the path to write its file to. It must write the same bytes from the same code:
 * no time, no host, no order of a hash.
 */
export const generators = [
  { name: 'API description', output: 'docs/openapi.json', script: 'scripts/generate/openapi.ts' },
  {
    name: 'database schema',
    output: 'apps/server/src/platform/db/schema.sql',
    script: 'scripts/generate/schema-sql.ts',
  },
  { name: 'who may do what', output: 'docs/roles.md', script: 'scripts/generate/role-table.ts' },
  { name: 'lifecycle of a hazard', output: 'docs/hazard-lifecycle.md', script: 'scripts/generate/lifecycle.ts' },
  { name: 'scores of returns', output: 'docs/return-score.md', script: 'scripts/generate/return-score.ts' },
  { name: 'settings', output: 'docs/settings.md', script: 'scripts/generate/settings.ts' },
]

/** The first line in which two texts differ, for a reader who wants to know whether it is the one he changed. */
export function firstDifference(committed, fresh) {
  const before = committed.split('\n')
  const after = fresh.split('\n')
  const at = before.findIndex((line, index) => line !== after[index])
  const line = at === -1 ? before.length : at
  return { line: line + 1, committed: before[line] ?? null, fresh: after[line] ?? null }
}

async function readIfThere(path) {
  return existsSync(path) ? readFile(path, 'utf8') : null
}

/**
 * @param {string} root the repository
 * @param {{ check: boolean, generators: typeof generators, say: (line: string) => void }} options
 * @returns {Promise<boolean>} whether all is as it should be
 */
export async function generate(root, { check, generators, say }) {
  const scratch = await mkdtemp(join(tmpdir(), 'bihuan-generate-'))
  try {
    let good = true
    for (const { name, output, script } of generators) {
      const target = join(root, output)
      if (!existsSync(join(root, script))) {
        if (!existsSync(target)) continue
        say(
          `${output} (${name}): ${script} is gone, so nothing keeps this file true. Bring the script back, or delete both.`,
        )
        good = false
        continue
      }

      const written = join(scratch, output)
      await mkdir(dirname(written), { recursive: true })
      const run = await runQuietly([join(root, 'node_modules/tsx/dist/cli.mjs'), script, written], root)
      const fresh = await readIfThere(written)
      if (run.code !== 0 || fresh === null) {
        say(`${output} (${name}): ${script} ${run.code === 0 ? 'wrote nothing' : 'failed'}.\n${run.output}`)
        good = false
        continue
      }

      const committed = await readIfThere(target)
      if (committed === fresh) {
        if (!check) say(`same    ${output}`)
      } else if (!check) {
        await mkdir(dirname(target), { recursive: true })
        await copyFile(written, target)
        say(`written ${output}`)
      } else {
        good = false
        say(
          `${output} (${name}) is ${committed === null ? 'missing' : 'stale'}. \`npm run generate\` writes it; commit the result.`,
        )
        if (committed !== null) {
          const difference = firstDifference(committed, fresh)
          say(`  line ${difference.line}, committed: ${difference.committed ?? '(end of file)'}`)
          say(`  line ${difference.line}, now:       ${difference.fresh ?? '(end of file)'}`)
        }
      }
    }
    return good
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const good = await generate(join(import.meta.dirname, '..'), {
    check: process.argv.includes('--check'),
    generators,
    say: (line) => console.log(line),
  })
  process.exitCode = good ? 0 : 1
}
