/**
 * In the web `@bihuan/contracts` is a table, not zod.
 *
 * The web needs of a route only how to call it; the schemas are wanted for their types. Bundled as they are, the
 * contracts brought zod and every schema into the first chunk: 33.9 KB gzip with the routes of six modules (zod 4.6.7,
 * vite 8.3.8), more with every route, against 1.4 KB for the table. So the package is read once at
 * build time, and the browser gets a module of the same names in which every route is a small literal and every plain
 * constant (lists of kinds, caps) is kept. A schema is not in it: importing one at run time fails the build, by name,
 * which is meant. Types still come from the real package, because TypeScript never sees this.
 *
 * Rejected: a generated file in the repository (stale until somebody remembers), and type-only imports with the paths
 * written again by hand (two truths).
 */
import { fileURLToPath } from 'node:url'
import { runnerImport, type Plugin } from 'vite'

const entry = fileURLToPath(new URL('../../../packages/contracts/src/index.ts', import.meta.url))
const virtual = '\0bihuan:contracts'
const kept = ['name', 'method', 'path', 'access', 'takes', 'gives', 'idempotent'] as const

export function contractsTable(): Plugin {
  return {
    name: 'bihuan-contracts-table',
    enforce: 'pre',
    resolveId: (id) => (id === '@bihuan/contracts' ? virtual : null),
    async load(id) {
      if (id !== virtual) return null
      // `configFile: false`, or this very plugin would be loaded again, for ever.
      const read = await runnerImport<Record<string, unknown>>(entry, { configFile: false, logLevel: 'error' })
      for (const file of [entry, ...read.dependencies.map((path) => fileURLToPath(new URL(path, `file://${entry}`)))]) {
        this.addWatchFile(file)
      }
      return { code: tableOf(read.module), moduleSideEffects: false }
    },
  }
}

export function tableOf(exported: Record<string, unknown>): string {
  return Object.entries(exported)
    .flatMap(([name, value]) => {
      if (isRoute(value))
        return [`export const ${name} = ${JSON.stringify(Object.fromEntries(kept.map((k) => [k, value[k]])))}`]
      return isPlain(value) ? [`export const ${name} = ${JSON.stringify(value)}`] : []
    })
    .join('\n')
}

function isRoute(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'idempotent' in value
}

/** Only what JSON gives back unchanged: a zod schema has a prototype and functions, and is left out. */
function isPlain(value: unknown): boolean {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return true
  if (Array.isArray(value)) return value.every(isPlain)
  if (typeof value !== 'object') return false
  return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isPlain)
}
