/** Runs in the thread: reads one notice, tells of each page, and ends. */
import { parentPort } from 'node:worker_threads'
import type { NoticeDocument } from '@bihuan/domain'
import { OfficeRefusal, readNotice } from '@bihuan/office'

export interface NoticeTask {
  readonly bytes: Uint8Array
  readonly name: string
  readonly maxBytes?: number
}

export type FromNoticeThread =
  | { readonly page: number }
  | { readonly notice: NoticeDocument }
  | { readonly refusal: { readonly code: string; readonly message: string } }

// pdf.js leaves promises behind that nobody waits for: of a broken object the page that needs it is told besides.
process.on('unhandledRejection', (cause) => {
  if (!isOfPdf(cause)) rethrow(cause)
})

parentPort?.once('message', ({ bytes, name, maxBytes }: NoticeTask) => {
  readNotice(bytes, name, maxBytes === undefined ? {} : { maxBytes }, (page) => say({ page }))
    .then((notice) => say({ notice }))
    .catch((cause: unknown) => {
      // Thrown on, a bug ends the thread, and whoever waits is told.
      if (!(cause instanceof OfficeRefusal)) setImmediate(() => rethrow(cause))
      else say({ refusal: { code: cause.code, message: cause.message } })
    })
})

function say(message: FromNoticeThread): void {
  parentPort?.postMessage(message)
}

function rethrow(cause: unknown): never {
  throw cause
}

function isOfPdf(cause: unknown): boolean {
  return cause instanceof Error && /Exception$/.test(cause.name)
}
