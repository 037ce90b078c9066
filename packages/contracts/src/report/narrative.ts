import { z } from 'zod'
import { route } from '../shared/route.js'
import { civilDate, instant, uuid } from '../shared/scalars.js'
import { deliverableForm } from './schedule.js'

const tag = '报表'

export const uploadedForm = z.enum(['editable', 'signed-scan', 'electronic'])

export const deliveryView = z.object({
  form: uploadedForm,
  files: z.array(
    z.object({
      fileId: uuid,
      name: z.string(),
      mediaType: z.string(),
      size: z.number().int(),
      sha256: z.string(),
      pages: z.number().int().nullable(),
    }),
  ),
  personName: z.string(),
  deliveredAt: instant,
  /** Of an editable document: the draft that it was written from. */
  draft: z.object({ position: z.number().int(), countedTo: civilDate, ownReturn: z.boolean() }).nullable(),
})
export type DeliveryView = z.output<typeof deliveryView>

export const narrativeContent = z.object({
  /** Its name within its title: 阶段工作总结. */
  name: z.string(),
  /** By the keys that remarks and findings stand at. */
  mustContain: z.array(z.object({ key: z.string(), heading: z.string() })),
  asked: z.array(
    z.object({
      form: deliverableForm,
      /** Whom it is for; empty: every receiver. */
      receivers: z.array(z.object({ id: uuid, name: z.string() })),
      /** What stands delivered; null: nothing yet, or paper. */
      delivery: deliveryView.nullable(),
    }),
  ),
  /** What stood delivered before, the last first. */
  earlier: z.array(deliveryView),
  tables: z.array(z.object({ id: uuid, title: z.string() })),
  /** Somebody signs on the screen before it is filed. */
  signed: z.boolean(),
})
export type NarrativeContent = z.output<typeof narrativeContent>

export const draftNarrative = route({
  name: 'draftNarrative',
  method: 'GET',
  path: '/api/returns/:returnId/draft.docx',
  summary: '报告草稿（Word）：必写要点为标题，填入本期和累计数字，附调度表',
  tag,
  gives: 'file',
  params: z.object({ returnId: uuid }),
})

export const downloadReturnFile = route({
  name: 'downloadReturnFile',
  method: 'GET',
  path: '/api/returns/:returnId/files/:fileId',
  summary: '取回所交的一个文件，被替换的也在',
  tag,
  gives: 'file',
  params: z.object({ returnId: uuid, fileId: uuid }),
})
