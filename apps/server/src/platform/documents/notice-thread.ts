/**
 * Notices of strangers are read in a thread of their own: a PDF or an old Word file that was written to make its reader slow, or to take
 * all memory, ends the thread and not the server.
 */
import type { Worker } from 'node:worker_threads'
import type { NoticeDocument } from '@bihuan/domain'
import { RefusedRequest } from '../http/refusal.js'
import type { FromNoticeThread, NoticeTask } from './notice-thread-entry.js'
import { startThread } from './source-thread.js'

export interface NoticeThreadLimits {
  /** The heap of the thread; the file's own bytes stand outside it. 500 pages of a PDF take some 200 MB. */
  readonly heapMb: number
  /** The longest that the thread may be silent: over a whole Word file, or one page of a PDF. */
  readonly silenceMs: number
}

const usualLimits: NoticeThreadLimits = { heapMb: 320, silenceMs: 10_000 }

/** The notice in a file. Throws `RefusedRequest` with `upload.…` and a sentence for the sender: also when reading took too much. */
export async function readNoticeInThread(
  task: NoticeTask,
  limits: Partial<NoticeThreadLimits> = {},
): Promise<NoticeDocument> {
  const { heapMb, silenceMs } = { ...usualLimits, ...limits }
  const files = { bundled: './notice-thread.mjs', source: './notice-thread-entry.ts' }
  const thread = startThread(import.meta.url, files, { maxOldGenerationSizeMb: heapMb })
  try {
    return await answerOf(thread, task, silenceMs)
  } finally {
    await thread.terminate()
  }
}

function answerOf(thread: Worker, task: NoticeTask, silenceMs: number): Promise<NoticeDocument> {
  return new Promise((resolve, reject) => {
    const tooLong = () => reject(tooMuch())
    let silence = setTimeout(tooLong, silenceMs)
    const end = (settle: () => void) => {
      clearTimeout(silence)
      settle()
    }
    thread.on('message', (said: FromNoticeThread) => {
      if ('notice' in said) end(() => resolve(said.notice))
      else if ('refusal' in said) end(() => reject(refusedUpload(said.refusal)))
      else {
        clearTimeout(silence)
        silence = setTimeout(tooLong, silenceMs)
      }
    })
    thread.on('error', (cause: Error & { code?: string }) =>
      end(() => reject(cause.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooMuch() : cause)),
    )
    thread.on('exit', () => end(() => reject(new Error('the thread ended before its work was done'))))
    thread.postMessage(task)
  })
}

function refusedUpload({ code, message }: { readonly code: string; readonly message: string }): RefusedRequest {
  return new RefusedRequest({ code: `upload.${code}`, message })
}

function tooMuch(): RefusedRequest {
  return refusedUpload({
    code: 'too-heavy',
    message: '这个文件太大或结构太复杂，系统没能读完。请另存为 .docx，只保留通知正文和附件后再上传。',
  })
}
