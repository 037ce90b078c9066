/** Runs in the thread: knows nothing of the server, and begins the next batch only when the last one was taken. */
import { parentPort } from 'node:worker_threads'
import { identifyUpload, OfficeRefusal, readWorkbook, type SheetRow, type UploadVerdict } from '@bihuan/office'

export type ThreadTask =
  | { readonly task: 'identify'; readonly bytes: Uint8Array; readonly name: string; readonly maxBytes: number }
  | { readonly task: 'parse'; readonly bytes: Uint8Array }

export type FromThread =
  | { readonly verdict: UploadVerdict }
  | { readonly rows: readonly SheetRow[] }
  | { readonly refusal: { readonly code: string; readonly message: string } }
  | { readonly end: true }

const rowsABatch = 250

let taken: () => void = () => undefined

parentPort?.on('message', (message: ThreadTask | 'next') => {
  if (message === 'next') taken()
  else void take(message)
})

async function take(task: ThreadTask): Promise<void> {
  try {
    await work(task)
    say({ end: true })
  } catch (cause) {
    // Thrown on, a bug ends the thread, and whoever waits is told.
    if (!(cause instanceof OfficeRefusal)) setImmediate(() => rethrow(cause))
    else say({ refusal: { code: cause.code, message: cause.message } })
  }
}

async function work(task: ThreadTask): Promise<void> {
  if (task.task === 'identify')
    return give({ verdict: identifyUpload(task.bytes, task.name, { maxBytes: task.maxBytes }) })
  let rows: SheetRow[] = []
  for await (const row of readWorkbook(task.bytes)) {
    rows.push(row)
    if (rows.length < rowsABatch) continue
    await give({ rows })
    rows = []
  }
  if (rows.length > 0) await give({ rows })
}

function give(message: FromThread): Promise<void> {
  return new Promise((resolve) => {
    taken = resolve
    say(message)
  })
}

function say(message: FromThread): void {
  parentPort?.postMessage(message)
}

function rethrow(cause: unknown): never {
  throw cause
}
