/** `npm start`: builds what is stale, then becomes the server. What follows `--` goes to it: `npm start -- --empty`. */
import { build } from './build.mjs'

await build()
process.setSourceMapsEnabled(true)
await import('../apps/server/dist/main.mjs')
