/** A route that gives a file: bytes or a stream, under a Chinese name. */
import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { Answer } from './serve.js'

export const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Sends the file and says so to `serveRead`. A stream that fails midway breaks the connection: half a workbook must not look whole. */
export async function giveFile(
  reply: FastifyReply,
  file: { readonly name: string; readonly mediaType: string; readonly inline?: boolean },
  content: Uint8Array | AsyncIterable<Uint8Array>,
): Promise<Answer<undefined>> {
  const ascii = file.name.replace(/[^\w.-]+/g, '_')
  reply
    .type(file.mediaType)
    .header(
      'content-disposition',
      `${file.inline === true ? 'inline' : 'attachment'}; filename="${ascii}"; filename*=UTF-8''${rfc5987(file.name)}`,
    )
    .header('cache-control', 'private, no-store')
  await reply.send(
    content instanceof Uint8Array
      ? Buffer.from(content.buffer, content.byteOffset, content.length)
      : Readable.from(content),
  )
  return { ok: true, value: undefined }
}

function rfc5987(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}
