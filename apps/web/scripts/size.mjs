/**
 * What /login and /hazards load before they can be used, gzip, from the build's manifest: the entry, and the chunks of the
 * route's page (and, inside the frame, of the shell), with everything that these import statically. Prints JSON; exits 1 above a budget.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const dist = fileURLToPath(new URL('../dist/', import.meta.url))
const manifest = JSON.parse(readFileSync(`${dist}.vite/manifest.json`, 'utf8'))
const entry = 'index.html'
const shell = 'src/app/shell.tsx'
const pages = {
  '/login': { budget: 250, chunks: [entry, 'src/features/identity/pages/login-page.tsx'] },
  '/hazards': { budget: 450, chunks: [entry, shell, 'src/features/hazard/pages/ledger-page.tsx'] },
}

/** Every file that comes with a chunk, static imports of imports included. */
function reach(key, seen = new Set()) {
  const chunk = manifest[key]
  if (!chunk || seen.has(key)) return seen
  seen.add(key)
  for (const next of chunk.imports ?? []) reach(next, seen)
  return seen
}

const kb = (bytes) => Math.round(bytes / 102.4) / 10
let over = false
const report = Object.fromEntries(
  Object.entries(pages).map(([address, { budget, chunks }]) => {
    const missing = chunks.filter((key) => !manifest[key])
    const keys = new Set(chunks.flatMap((key) => [...reach(key)]))
    const files = [...keys].map((key) => manifest[key].file).filter((file) => file.endsWith('.js'))
    const sizes = Object.fromEntries(
      files.map((file) => [file, kb(gzipSync(readFileSync(dist + file), { level: 9 }).length)]),
    )
    const scriptKb = kb(files.reduce((sum, file) => sum + gzipSync(readFileSync(dist + file), { level: 9 }).length, 0))
    if (scriptKb > budget) over = true
    return [address, { scriptKb, budgetKb: budget, ...(missing.length > 0 ? { missing } : {}), files: sizes }]
  }),
)
console.log(JSON.stringify(report, null, 2))
process.exit(over ? 1 : 0)
