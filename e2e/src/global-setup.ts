/** Builds the web and the server where their sources have changed: once, since the files of tests run beside each other. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'

export function setup(): Promise<void> {
  const build = join(import.meta.dirname, '../../scripts/build.mjs')
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [build], { stdio: ['ignore', 'ignore', 'inherit'] })
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error('the product does not build'))))
  })
}
