/**
 * Workbooks of strangers are opened in a thread of their own: one that inflates without end, or that is written to make a parser
 * slow, ends the thread and not the server.
 */
import type { Worker } from 'node:worker_threads'
import type { SheetRow, UploadVerdict } from '@bihuan/office'
import { startThread } from '../documents/source-thread.js'
import { RefusedRequest } from '../http/refusal.js'
import type { FromThread, ThreadTask } from './workbook-thread-entry.js'

/** The heap of the thread; the workbook's own bytes stand outside it. 50,000 rows of a ledger take 60 MB (docs/performance.md). */
const heapMb = 192
/** The longest that the thread may be silent: between two batches, not over the whole. */
const silenceMs = 30_000

/** What the file is by its content. */
export async function identify(bytes: Uint8Array, name: string, maxBytes: number): Promise<UploadVerdict> {
  let verdict: UploadVerdict | null = null
  for await (const said of speakWith({ task: 'identify', bytes, name, maxBytes })) {
    if ('verdict' in said) ({ verdict } = said)
  }
  if (verdict === null) throw new Error('the thread ended without a verdict')
  return verdict
}

/** The rows of a workbook in batches. While one is worked on, the thread parses the next, and no more than that. */
export async function* parse(bytes: Uint8Array): AsyncGenerator<readonly SheetRow[], void, undefined> {
  for await (const said of speakWith({ task: 'parse', bytes })) {
    if ('rows' in said) yield said.rows
  }
}

async function* speakWith(task: ThreadTask): AsyncGenerator<FromThread, void, undefined> {
  const thread = takeThread()
  const said: FromThread[] = []
  let failure: unknown = null
  let wake: () => void = () => undefined
  const onMessage = (message: FromThread) => {
    said.push(message)
    wake()
  }
  const onFailure = (cause: unknown) => {
    failure ??= cause
    wake()
  }
  const onExit = () => onFailure(new Error('the thread ended before its work was done'))
  thread.on('message', onMessage).on('error', onFailure).on('exit', onExit)
  let finished = false
  try {
    thread.postMessage(task)
    for (;;) {
      const message = said.shift()
      if (message === undefined) {
        if (failure !== null) throw refusalOfThread(failure)
        await new Promise<void>((resolve, reject) => {
          const silence = setTimeout(() => reject(tooMuch()), silenceMs)
          wake = () => {
            clearTimeout(silence)
            resolve()
          }
        })
        continue
      }
      finished = 'end' in message || 'refusal' in message
      if ('refusal' in message)
        throw new RefusedRequest({ code: `upload.${message.refusal.code}`, message: message.refusal.message })
      if ('end' in message) return
      thread.postMessage('next')
      yield message
    }
  } finally {
    thread.off('message', onMessage).off('error', onFailure).off('exit', onExit)
    // One that was left in the middle, or that fell silent, is not used again.
    if (finished) keepThread(thread)
    else await thread.terminate()
  }
}

function refusalOfThread(cause: unknown): unknown {
  return (cause as { code?: string }).code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooMuch() : cause
}

function tooMuch(): RefusedRequest {
  return new RefusedRequest({
    code: 'upload.too-heavy',
    message: '这个文件太大或结构太复杂，系统没能读完。请删去用不到的工作表和空白行列，或分成几个文件后再上传。',
  })
}

/** One import asks for two or three threads, one after the other; starting each takes longer than reading most workbooks. */
let idle: { readonly thread: Worker; readonly dismissal: NodeJS.Timeout; readonly dismiss: () => void } | null = null
const idleMs = 20_000

function takeThread(): Worker {
  if (idle === null) return newThread()
  const { thread, dismissal, dismiss } = idle
  idle = null
  clearTimeout(dismissal)
  thread.off('error', dismiss).off('exit', dismiss).ref()
  return thread
}

function keepThread(thread: Worker): void {
  if (idle !== null) {
    void thread.terminate()
    return
  }
  const dismiss = () => {
    if (idle?.thread === thread) idle = null
    void thread.terminate()
  }
  idle = { thread, dismissal: setTimeout(dismiss, idleMs).unref(), dismiss }
  thread.once('error', dismiss).once('exit', dismiss)
  // It does not hold up the end of the server.
  thread.unref()
}

function newThread(): Worker {
  const files = { bundled: './workbook-thread.mjs', source: './workbook-thread-entry.ts' }
  return startThread(import.meta.url, files, { maxOldGenerationSizeMb: heapMb })
}
