/**
 * Large packages are read in a thread of their own: with 50,000 rows (62 MB) the server answered nobody for 1.9 s while it parsed, checked
 * and hashed one; with the thread it is 0.1 s. One at a time, since each takes up to 500 MB.
 */
import type { Worker } from 'node:worker_threads'
import { startThread } from '../../platform/documents/source-thread.js'
import type { HttpRefusal } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { readPackage, type ReadPackage } from './package-reading.js'

export interface PackageThreadLimits {
  /** The heap of the thread; the bytes that came stand outside it. */
  readonly heapMb: number
  readonly wholeMs: number
  /** Up to here it is read where it is: a thread takes longer to start. */
  readonly hereBytes: number
}

const usualLimits: PackageThreadLimits = { heapMb: 768, wholeMs: 100_000, hereBytes: 512 * 1024 }

let last: Promise<unknown> = Promise.resolve()

export async function readPackageAside(
  bytes: Uint8Array,
  limits: Partial<PackageThreadLimits> = {},
): Promise<Answer<ReadPackage>> {
  const { heapMb, wholeMs, hereBytes } = { ...usualLimits, ...limits }
  if (bytes.length <= hereBytes) return readPackage(bytes)
  const mine = last.then(() => readInThread(bytes, heapMb, wholeMs))
  last = mine.catch(() => undefined)
  return mine
}

async function readInThread(bytes: Uint8Array, heapMb: number, wholeMs: number): Promise<Answer<ReadPackage>> {
  const files = { bundled: './package-thread.mjs', source: './package-thread-entry.ts' }
  const thread = startThread(import.meta.url, files, { maxOldGenerationSizeMb: heapMb })
  try {
    return await answerOf(thread, bytes, wholeMs)
  } finally {
    await thread.terminate()
  }
}

function answerOf(thread: Worker, bytes: Uint8Array, wholeMs: number): Promise<Answer<ReadPackage>> {
  return new Promise((resolve, reject) => {
    const patience = setTimeout(() => resolve(refused(tooLong)), wholeMs)
    const end = (settle: () => void) => {
      clearTimeout(patience)
      settle()
    }
    thread.on('message', (read: Answer<ReadPackage>) => end(() => resolve(read)))
    thread.on('error', (cause: Error & { code?: string }) =>
      end(() => (cause.code === 'ERR_WORKER_OUT_OF_MEMORY' ? resolve(refused(tooMuch)) : reject(cause))),
    )
    thread.on('exit', () => end(() => reject(new Error('the thread ended before its work was done'))))
    thread.postMessage(bytes)
  })
}

const tooMuch = {
  code: 'package.too-large',
  message: '这个数据包太大或结构太复杂，系统没能读完，没有收下。请发送方核对后重新导出。',
}
/** Of a machine that is busy, most of the time: the sender tries again by itself. */
const tooLong = { code: 'package.unavailable', message: '系统正忙，没能读完这个数据包，没有收下。请稍后再发。' }

const refused = (refusal: HttpRefusal): Extract<Answer<never>, { ok: false }> => ({ ok: false, refusal })
