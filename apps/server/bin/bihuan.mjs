#!/usr/bin/env node
/** `npx bihuan`: builds the server's bundle when it is stale, then runs the command from it. Standard output is the command's own. */
import { build } from '../../../scripts/build.mjs'

await build({ only: ['server'], say: (line) => process.stderr.write(`${line}\n`) })
process.setSourceMapsEnabled(true)
await import('../dist/cli.mjs')
