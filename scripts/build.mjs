/** Builds the server (one bundle of our own sources, dependencies stay in node_modules) and the web. Skips what is up to date. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** A fingerprint of all sources below the folders: names, sizes and contents. */
function fingerprint(folders) {
  const hash = createHash('sha256')
  const visit = (path) => {
    const stat = statSync(path)
    if (stat.isDirectory()) {
      for (const name of readdirSync(path).sort()) {
        if (name !== 'node_modules' && name !== 'dist' && !/\.test\.tsx?$/.test(name)) visit(join(path, name))
      }
    } else {
      hash.update(path.slice(root.length)).update(readFileSync(path))
    }
  }
  for (const folder of folders) visit(join(root, folder))
  return hash.digest('hex')
}

async function buildWhenStale(name, stamp, folders, build) {
  const now = fingerprint(folders)
  const file = join(root, stamp)
  if (existsSync(file) && readFileSync(file, 'utf8') === now) return
  const began = Date.now()
  await build()
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, now)
  process.stdout.write(`built ${name} in ${((Date.now() - began) / 1000).toFixed(1)} s\n`)
}

export async function build() {
  await Promise.all([
    buildWhenStale('web', 'apps/web/dist/.stamp', ['apps/web', 'packages/contracts', 'packages/domain', 'package-lock.json'], async () => {
      const vite = join(root, 'node_modules/vite/bin/vite.js')
      const done = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: join(root, 'apps/web'), stdio: 'inherit' })
      if (done.status !== 0) throw new Error('the web did not build')
    }),
    buildWhenStale('server', 'apps/server/dist/.stamp', ['apps/server', 'packages', 'package-lock.json'], async () => {
      const { build: bundle } = await import('esbuild')
      await bundle({
        entryPoints: { main: join(root, 'apps/server/src/main.ts'), cli: join(root, 'apps/server/src/cli/cli.ts') },
        outdir: join(root, 'apps/server/dist'),
        outExtension: { '.js': '.mjs' },
        bundle: true,
        splitting: true,
        chunkNames: '[name]-[hash]',
        format: 'esm',
        platform: 'node',
        target: 'node20',
        sourcemap: true,
        // Our own workspaces are bundled; everything that npm installed is not.
        plugins: [
          {
            name: 'externals',
            setup(bundler) {
              bundler.onResolve({ filter: /^[^./]/ }, (found) =>
                found.kind === 'entry-point' || found.path.startsWith('@bihuan/') ? null : { path: found.path, external: true },
              )
            },
          },
        ],
      })
    }),
  ])
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build()
