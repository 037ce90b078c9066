/** `npm start`: builds what is stale, then becomes the server. What follows `--` goes to it: `npm start -- --empty`. */
import { build } from './build.mjs'

await build()
process.setSourceMapsEnabled(true)
// Not a literal: import checkers look for what is not there before the first build.
await import(new URL('../apps/server/dist/main.mjs', import.meta.url).href)
