/** Starts a thread of ours: from its bundle where the server runs from one, from its source in a checkout. */
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker, type ResourceLimits } from 'node:worker_threads'

/** `bundled` and `source` are the two files of the thread, both relative to the file that asks, whose address is `base`. */
export function startThread(
  base: string,
  { bundled, source }: { readonly bundled: string; readonly source: string },
  resourceLimits: ResourceLimits,
): Worker {
  if (!base.endsWith('.ts')) return new Worker(new URL(bundled, base), { resourceLimits })
  // In a checkout the sources run as they are, through tsx, which does not reach into threads by itself.
  const tsx = pathToFileURL(createRequire(base).resolve('tsx/esm/api')).href.replace(/\.cjs$/, '.mjs')
  const entry = new URL(source, base).href
  const boot = `import(${JSON.stringify(tsx)}).then(({ register }) => (register(), import(${JSON.stringify(entry)})))`
  return new Worker(boot, { resourceLimits, eval: true, execArgv: [] })
}
