/** A notice in a file of this machine, read in a thread: the file may come from anywhere. */
import { basename } from 'node:path'
import type { NoticeDocument } from '@bihuan/domain'
import { readNoticeInThread } from '../platform/documents/notice-thread.js'
import { RefusedRequest } from '../platform/http/refusal.js'
import { CommandRefused } from './command-line.js'
import { bytesIn } from './local-file.js'

export async function noticeIn(file: string): Promise<NoticeDocument> {
  try {
    return await readNoticeInThread({ bytes: new Uint8Array(bytesIn(file)), name: basename(file) })
  } catch (cause) {
    if (cause instanceof RefusedRequest) throw new CommandRefused(`文件 ${file} 读不了：${cause.refusal.message}`)
    throw cause
  }
}
