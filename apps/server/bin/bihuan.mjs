#!/usr/bin/env node
/** `npx bihuan`: builds the server's bundle when it is stale, then runs the command from it. Standard output is the command's own. */
import { build } from '../../../scripts/build.mjs'

await build({ only: ['server'], say: (line) => process.stderr.write(`${line}\n`) })
process.setSourceMapsEnabled(true)
// Not a literal: import checkers look for what is not there before the first build.
await import(new URL('../dist/cli.mjs', import.meta.url).href)
