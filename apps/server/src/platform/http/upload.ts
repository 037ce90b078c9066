/** What came with a multipart request: text fields, and files with all their bytes. */
import type { FastifyRequest } from 'fastify'
import { RefusedRequest } from './refusal.js'

export interface UploadedFile {
  /** As the sender called it, without folders; at most 200 characters. */
  readonly name: string
  readonly bytes: Buffer
}

export interface Upload {
  readonly fields: Readonly<Record<string, string>>
  readonly files: readonly UploadedFile[]
}

export async function readUpload(request: FastifyRequest): Promise<Upload> {
  if (!request.isMultipart()) {
    throw new RefusedRequest({ code: 'upload.invalid', message: '没有收到文件。请选择文件后再上传。' })
  }
  const fields: Record<string, string> = {}
  const files: UploadedFile[] = []
  for await (const part of request.parts()) {
    if (part.type === 'file') files.push({ name: bareName(part.filename), bytes: await part.toBuffer() })
    else if (typeof part.value === 'string') fields[part.fieldname] = part.value
  }
  return { fields, files }
}

/** The one file of an upload that takes one. */
export function onlyFile({ files }: Upload): UploadedFile {
  const [file] = files
  if (file === undefined || files.length > 1) {
    throw new RefusedRequest({ code: 'upload.invalid', message: '请选择一个文件，每次只传一个。' })
  }
  return file
}

/** JSON in a text field; `{}` when it is not there. */
export function jsonField({ fields }: Upload, name: string): unknown {
  const text = fields[name]
  if (text === undefined || text.trim() === '') return {}
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new RefusedRequest({
      code: 'upload.invalid',
      message: '请求的格式不对，服务器读不懂。请刷新页面后再试。',
      path: name,
    })
  }
}

/** Without folders and control characters; at most 200 characters. */
export function bareName(name: string): string {
  const bare = (name.split(/[/\\]/).at(-1) ?? '').replace(/[\u0000-\u001f\u007f]|\p{Surrogate}/gu, '').trim()
  return [...bare].slice(-200).join('') || '未命名'
}
