import * as contracts from '@bihuan/contracts'
import type { FastifyReply } from 'fastify'
import { giveFile } from '../../platform/http/file-answer.js'
import { notAllowed, notFound } from '../../platform/http/refusal.js'
import { serveRead, serveUpload, type Answer, type Served } from '../../platform/http/serve.js'
import type { Platform } from '../../platform/platform.js'
import { fileToGive, keepUploads, storeUploads, type FoundFile } from './document.service.js'

export function documentRoutes(served: Served, { clock, files }: Platform): void {
  serveUpload(
    served,
    contracts.uploadFiles,
    async ({ actor, upload }) =>
      actor.permissions.has('file.upload') && actor.reach.path !== null
        ? storeUploads(files, upload.files)
        : { ok: false, refusal: notAllowed('上传文件') },
    (handle, { actor }, stored) => keepUploads(handle, actor, stored, clock),
  )

  serveRead(served, contracts.downloadFile, async ({ params, read, reply }) => {
    const found = await read((handle) => fileToGive(handle, params.fileId))
    return found.ok ? giveStored({ files }, reply, found.value) : found
  })
}

/** The bytes of a file whose row the asker was allowed to read. */
export async function giveStored(
  { files }: Pick<Platform, 'files'>,
  reply: FastifyReply,
  file: FoundFile,
): Promise<Answer<undefined>> {
  const content = await files.get(file.sha256)
  if (content === null) {
    return {
      ok: false,
      refusal: {
        ...notFound('文件'),
        code: 'document.lost.not-found',
        message: '这个文件的内容不在存储里了。请联系系统管理员从备份恢复。',
      },
    }
  }
  return giveFile(reply, file, content)
}
