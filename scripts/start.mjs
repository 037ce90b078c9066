/** `npm start`: builds what is stale, then becomes the server. */
import { build } from './build.mjs'

await build()
process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --enable-source-maps`.trim()
await import('../apps/server/dist/main.mjs')
