import { spawn } from 'node:child_process'
import { performance } from 'node:perf_hooks'

/**
 * Runs commands, at most `concurrency` at a time, and says one line for each: quiet when it passes, everything it printed when
 * it does not. Later steps run even when an earlier one failed, so that one run shows all there is to mend.
 *
 * @param {{ name: string, args: string[], hint?: string }[]} steps `args` are given to this same Node
 * @param {{ concurrency: number, cwd: string, say?: (line: string) => void }} options
 * @returns {Promise<string[]>} the names of the steps that failed
 */
export async function runSteps(steps, { concurrency, cwd, say = console.log }) {
  const failed = []
  const waiting = [...steps]
  const width = Math.max(...steps.map((step) => step.name.length))

  const worker = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const { code, output, seconds } = await runQuietly(step.args, cwd)
      say(`${code === 0 ? 'ok    ' : 'FAILED'} ${step.name.padEnd(width)} ${seconds.toFixed(1).padStart(6)} s`)
      if (code === 0) continue
      failed.push(step.name)
      say(`\n${output.trimEnd()}\n`)
      if (step.hint) say(`${step.hint}\n`)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
  return failed
}

/** @returns {Promise<{ code: number, output: string, seconds: number }>} */
export function runQuietly(args, cwd) {
  return new Promise((resolve) => {
    const started = performance.now()
    const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    const chunks = []
    child.stdout.on('data', (chunk) => chunks.push(chunk))
    child.stderr.on('data', (chunk) => chunks.push(chunk))
    const finish = (code, trailer = '') =>
      resolve({
        code,
        output: Buffer.concat(chunks).toString('utf8') + trailer,
        seconds: (performance.now() - started) / 1000,
      })
    child.on('error', (error) => finish(1, String(error)))
    child.on('close', (code, signal) => finish(code ?? 1, signal ? `\nended by ${signal}` : ''))
  })
}
