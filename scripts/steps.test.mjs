import { expect, test } from 'vitest'
import { runSteps } from './steps.mjs'

const script = (text) => ['--eval', text]

test('a step that passes says one line, and one that fails says all it printed; the rest run all the same', async () => {
  const said = []
  const failed = await runSteps(
    [
      { name: 'broken', args: script('console.log("out"); console.error("err"); process.exit(3)'), hint: 'mend it so' },
      { name: 'whole', args: script('console.log("not shown")') },
    ],
    { concurrency: 1, cwd: import.meta.dirname, say: (line) => said.push(line) },
  )
  expect(failed).toEqual(['broken'])
  expect(said[0]).toMatch(/^FAILED broken +\d+\.\d s$/)
  expect(said[1]).toBe('\nout\nerr\n')
  expect(said[2]).toBe('mend it so\n')
  expect(said[3]).toMatch(/^ok {5}whole +\d+\.\d s$/)
  expect(said).toHaveLength(4)
})
