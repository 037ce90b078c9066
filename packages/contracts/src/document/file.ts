import { z } from 'zod'
import { route } from '../shared/route.js'
import { uuid } from '../shared/scalars.js'

const tag = '文件'

export const fileView = z.object({
  id: uuid,
  name: z.string(),
  mediaType: z.string(),
  /** Bytes. */
  size: z.number().int(),
})
export type FileView = z.output<typeof fileView>

export const uploadFiles = route({
  name: 'uploadFiles',
  method: 'POST',
  path: '/api/files',
  summary: '上传照片和证明材料（图片、PDF、Word、Excel），一次可传多个',
  tag,
  takes: 'upload',
  answer: z.object({ items: z.array(fileView) }),
})

export const downloadFile = route({
  name: 'downloadFile',
  method: 'GET',
  path: '/api/files/:fileId',
  summary: '取回一个文件',
  tag,
  params: z.object({ fileId: uuid }),
  gives: 'file',
})
