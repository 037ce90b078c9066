/** A workbook brought in by the server in a process of its own, and what that took. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { BenchDistrict } from '../district.js'
import { bundleServer, type Bundle } from './bundle.js'

export interface Import {
  readonly counts: Readonly<Record<string, number>>
  readonly written: { readonly new: number }
  readonly reading: number
  readonly writing: number
  readonly processor: number
  readonly atRest: number
  readonly peak: number
}

export function bundleImportServer(): Promise<Bundle> {
  return bundleServer(fileURLToPath(new URL('./server.ts', import.meta.url)))
}

export async function importByServer(
  server: Bundle,
  district: BenchDistrict,
  workbook: { readonly kind: string; readonly file: string; readonly options: unknown },
): Promise<Import> {
  const given = [workbook.kind, workbook.file, JSON.stringify(workbook.options)]
  const child = spawn(process.execPath, ['--enable-source-maps', server.entry, ...given], {
    env: { ...process.env, ...district.settings, BIHUAN_NOW: '2025-11-03T09:00:00+08:00' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
  if (said === '') throw new Error(`the server ended with ${String(code ?? signal)} and said nothing`)
  return JSON.parse(said.trim().split('\n').at(-1) ?? '{}') as Import
}
