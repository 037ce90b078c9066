/**
 * The server of the measurement as the product runs: bundled, with source maps on. Under tsx it weighs some 50 MB more, and starts a
 * thread in half a second instead of a twentieth.
 */
import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../../..', import.meta.url))

export interface Bundle {
  readonly entry: string
  remove(): void
}

/** Laid out as `apps/server` is: the migrations stand beside the folder of the bundle. */
export async function bundleServer(source: string): Promise<Bundle> {
  const folder = join(root, 'bench/output', `server-${process.pid}`)
  mkdirSync(folder, { recursive: true })
  symlinkSync(join(root, 'apps/server/migrations'), join(folder, 'migrations'))
  await build({
    entryPoints: {
      server: source,
      'workbook-thread': join(root, 'apps/server/src/platform/imports/workbook-thread-entry.ts'),
    },
    outdir: join(folder, 'dist'),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: true,
    logLevel: 'warning',
    // As in scripts/build.mjs: our own workspaces are bundled, what npm installed is not.
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
  return {
    entry: join(folder, 'dist/server.mjs'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
