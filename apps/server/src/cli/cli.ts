/** `npx bihuan`: the entry of the command line, bundled by scripts/build.mjs. */
import { runCommand } from './program.js'

process.exitCode = await runCommand(process.argv.slice(2), {
  environment: process.env,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
})
