import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const repository = join(import.meta.dirname, '../..')
const MINUTE = 60_000

/** Each file is a test run of its own idea; together they are one run of vitest under the repository's own configuration. */
const FILES = {
  'passes.test.ts': `test('passes', () => {})`,
  'says-error.test.ts': `test('says', () => console.error('a key is missing in the list'))`,
  'says-warning-outside.test.ts': `console.warn('said while loading')\ntest('is not to blame', () => {})`,
  'expects-error.test.ts': `test('expects', () => { vi.spyOn(console, 'error').mockImplementation(() => {}); console.error('x') })`,
  'is-skipped.test.ts': `test.skip('waits', () => {})`,
  'skips-itself.test.ts': `test('gives up', ({ skip }) => skip())`,
  'is-to-be-written.test.ts': `test.todo('some day')`,
  'alone.test.ts': `test.only('alone', () => {})\ntest('beside', () => {})`,
}

let folder
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bihuan-guards-'))
  for (const name of ['node_modules', 'scripts', 'vitest.config.ts', 'package.json']) {
    symlinkSync(join(repository, name), join(folder, name), 'junction')
  }
  mkdirSync(join(folder, 'packages/domain/src'), { recursive: true })
  for (const [name, text] of Object.entries(FILES)) {
    writeFileSync(join(folder, 'packages/domain/src', name), `import { test, vi } from 'vitest'\nvoid vi\n${text}\n`)
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** @returns {Promise<{ code: number, output: string }>} */
function runVitest(...files) {
  const { VITEST, VITEST_POOL_ID, VITEST_WORKER_ID, BIHUAN_TEST_REPORT, ...env } = process.env
  void [VITEST, VITEST_POOL_ID, VITEST_WORKER_ID, BIHUAN_TEST_REPORT]
  const args = [join(repository, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'unit', ...files]
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: folder, env: { ...env, NO_COLOR: '1' } }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, output: stdout + stderr }),
    )
  })
}

test('what a test says on the console fails it, unless it expected to', { timeout: MINUTE }, async () => {
  const expected = await runVitest('packages/domain/src/passes', 'packages/domain/src/expects-error')
  expect(expected).toMatchObject({ code: 0 })

  const { code, output } = await runVitest('packages/domain/src/says-')
  expect(code).toBe(1)
  expect(output).toContain('console.error: a key is missing in the list')
  expect(output).toContain('console.warn: said while loading')
})

test('a skipped test fails the run, however it was skipped', { timeout: MINUTE }, async () => {
  const { code, output } = await runVitest('packages/domain/src/is-', 'packages/domain/src/skips-itself')
  expect(code).toBe(1)
  expect(output).toContain('is-skipped.test.ts > waits')
  expect(output).toContain('skips-itself.test.ts > gives up')
  expect(output).toContain('is-to-be-written.test.ts > some day')

  const byName = await runVitest('packages/domain/src/passes', 'packages/domain/src/is-skipped', '-t', 'passes')
  expect(byName).toMatchObject({ code: 0 })
})

test('a test that runs alone fails the run', { timeout: MINUTE }, async () => {
  expect((await runVitest('packages/domain/src/alone')).code).toBe(1)
})
