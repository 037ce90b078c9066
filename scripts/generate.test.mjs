import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { firstDifference, generate } from './generate.mjs'

const TABLE = { name: 'a table', output: 'docs/table.md', script: 'scripts/generate/table.ts' }
const WRITES = `import { writeFileSync } from 'node:fs'\nwriteFileSync(process.argv[2]!, 'one\\ntwo\\n')\n`

// Every generator is a process of its own.
vi.setConfig({ testTimeout: 60_000 })

let root
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'bihuan-generate-test-'))
  symlinkSync(join(import.meta.dirname, '../node_modules'), join(root, 'node_modules'), 'junction')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function put(path, text) {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

async function run(check) {
  const said = []
  const good = await generate(root, { check, generators: [TABLE], say: (line) => said.push(line) })
  return { good, said: said.join('\n') }
}

test('a generated file is written, and then found to be up to date', async () => {
  put(TABLE.script, WRITES)
  expect((await run(false)).good).toBe(true)
  expect(readFileSync(join(root, TABLE.output), 'utf8')).toBe('one\ntwo\n')
  expect(await run(true)).toEqual({ good: true, said: '' })
})

test('a stale file fails the check, which shows the line and the command, and leaves the file alone', async () => {
  put(TABLE.script, WRITES)
  put(TABLE.output, 'one\n2\n')
  const { good, said } = await run(true)
  expect(good).toBe(false)
  expect(said).toContain('`npm run generate`')
  expect(said).toContain('line 2, committed: 2')
  expect(readFileSync(join(root, TABLE.output), 'utf8')).toBe('one\n2\n')
})

test('a file that was never committed fails the check', async () => {
  put(TABLE.script, WRITES)
  expect((await run(true)).said).toContain('docs/table.md (a table) is missing')
})

test('a generator that does not exist yet is passed over, unless its file is there', async () => {
  expect(await run(true)).toEqual({ good: true, said: '' })
  put(TABLE.output, 'one\n')
  expect((await run(true)).good).toBe(false)
})

test('a generator that fails, or writes nothing, fails the check with what it said', async () => {
  put(TABLE.script, `throw new Error('no such table')\n`)
  expect((await run(true)).said).toContain('no such table')
  put(TABLE.script, '')
  expect((await run(true)).said).toContain('wrote nothing')
})

test('a text that only ends earlier differs where it ends', () => {
  expect(firstDifference('one', 'one\ntwo')).toEqual({ line: 2, committed: null, fresh: 'two' })
})
