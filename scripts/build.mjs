/** Builds the server (one bundle of our own sources, dependencies stay in node_modules) and the web. Skips what is up to date. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'

const root = fileURLToPath(new URL('..', import.meta.url))

/** A fingerprint of all sources below the folders: names and contents. */
function fingerprint(folders) {
  const hash = createHash('sha256')
  const visit = (path) => {
    if (statSync(path).isDirectory()) {
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

/** Beside each asset its brotli: what a browser takes in three times less, whether or not a proxy stands before the server. */
function compressAll(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    if (!/\.(js|css|svg)$/.test(name) || statSync(path).size < 1024) continue
    const params = { [constants.BROTLI_PARAM_QUALITY]: 9 }
    writeFileSync(`${path}.br`, brotliCompressSync(readFileSync(path), { params }))
  }
}

const parts = [
  {
    name: 'web',
    stamp: 'apps/web/dist/.stamp',
    sources: ['apps/web', 'packages/contracts', 'packages/domain', 'scripts/build.mjs', 'package-lock.json'],
    build: () =>
      new Promise((resolve, reject) => {
        const vite = join(root, 'node_modules/vite/bin/vite.js')
        const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
          cwd: join(root, 'apps/web'),
          stdio: ['ignore', process.stderr, process.stderr],
        })
        child.once('error', reject)
        child.once('close', (code) => (code === 0 ? resolve() : reject(new Error('the web did not build'))))
      }).then(() => compressAll(join(root, 'apps/web/dist/assets'))),
  },
  {
    name: 'server',
    stamp: 'apps/server/dist/.stamp',
    sources: ['apps/server/src', 'apps/server/package.json', 'packages', 'scripts/build.mjs', 'package-lock.json'],
    build: async () => {
      const { build: bundle } = await import('esbuild')
      const { outputFiles } = await bundle({
        entryPoints: {
          main: join(root, 'apps/server/src/main.ts'),
          cli: join(root, 'apps/server/src/cli/cli.ts'),
          'workbook-thread': join(root, 'apps/server/src/platform/imports/workbook-thread-entry.ts'),
          'notice-thread': join(root, 'apps/server/src/platform/documents/notice-thread-entry.ts'),
          'package-thread': join(root, 'apps/server/src/modules/report/package-thread-entry.ts'),
        },
        outdir: join(root, 'apps/server/dist'),
        outExtension: { '.js': '.mjs' },
        bundle: true,
        splitting: true,
        chunkNames: '[name]-[hash]',
        format: 'esm',
        platform: 'node',
        target: 'node20',
        sourcemap: true,
        write: false,
        // Our own workspaces are bundled; everything that npm installed is not.
        plugins: [
          {
            name: 'externals',
            setup(bundler) {
              bundler.onResolve({ filter: /^[^./]/ }, (found) =>
                found.kind === 'entry-point' || found.path.startsWith('@bihuan/')
                  ? null
                  : { path: found.path, external: true },
              )
            },
          },
        ],
      })
      // Each file under its name at once, the entries last: a server and a command that build at the same moment, or one that
      // starts meanwhile, read the old bundle or the new one.
      const isEntry = ({ path }) => ['main.mjs', 'cli.mjs'].includes(basename(path))
      for (const file of outputFiles.sort((a, b) => Number(isEntry(a)) - Number(isEntry(b))))
        replaceFile(file.path, file.contents)
    },
  },
]

function replaceFile(path, contents) {
  mkdirSync(dirname(path), { recursive: true })
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, contents)
  renameSync(draft, path)
}

/**
 * @param {{ only?: string[], say?: (line: string) => void }} options `only`: the parts to build, `web` and `server`
 */
export async function build({ only = ['web', 'server'], say = (line) => process.stdout.write(`${line}\n`) } = {}) {
  await Promise.all(
    parts
      .filter(({ name }) => only.includes(name))
      .map(async (part) => {
        const now = fingerprint(part.sources)
        const stamp = join(root, part.stamp)
        if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return
        const began = Date.now()
        await part.build()
        replaceFile(stamp, now)
        say(`built ${part.name} in ${((Date.now() - began) / 1000).toFixed(1)} s`)
      }),
  )
}

// `node scripts/build.mjs server`: that part alone.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const only = process.argv.slice(2)
  await build(only.length > 0 ? { only } : {})
}
