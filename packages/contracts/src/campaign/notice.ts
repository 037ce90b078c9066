import { z } from 'zod'
import { route } from '../shared/route.js'
import { uuid } from '../shared/scalars.js'
import { plan } from './plan.js'

const tag = '行动'

/** UTF-16 units of the text, end exclusive. */
const stretch = { start: z.number().int(), end: z.number().int() }
export const noticeStretch = z.object(stretch)

export const noticeDocument = z.object({
  form: z.enum(['docx', 'doc', 'pdf', 'html', 'text']),
  text: z.string(),
  blocks: z.array(
    z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('paragraph'),
        ...stretch,
        level: z.number().int().nullable(),
        align: z.enum(['left', 'center', 'right']).nullable(),
        pageBreakBefore: z.boolean(),
      }),
      z.object({
        kind: z.literal('table'),
        ...stretch,
        rows: z.array(
          z.array(
            z.object({
              ...stretch,
              column: z.number().int(),
              colSpan: z.number().int(),
              rowSpan: z.number().int(),
            }),
          ),
        ),
      }),
    ]),
  ),
})

export const importedNotice = z.object({
  fileId: uuid,
  name: z.string(),
  document: noticeDocument,
  /** As it was read: what the notice does not say is empty. What the officer made of it is the campaign's. */
  plan: plan.extend({
    title: z.string(),
    issuer: z.string(),
    campaign: plan.shape.campaign.extend({ name: z.string() }),
  }),
})
export type ImportedNotice = z.output<typeof importedNotice>

export const importNotice = route({
  name: 'importNotice',
  method: 'POST',
  path: '/api/notices',
  summary: '读通知：Word、PDF、网页或文本，读成方案，每一项注明在原文何处',
  tag,
  takes: 'upload',
  answer: importedNotice,
})

export const showImportedNotice = route({
  name: 'showImportedNotice',
  method: 'GET',
  path: '/api/notices/:fileId',
  summary: '读过的通知',
  tag,
  params: z.object({ fileId: uuid }),
  answer: importedNotice,
})

export const showCampaignNotice = route({
  name: 'showCampaignNotice',
  method: 'GET',
  path: '/api/campaigns/:campaignId/notice',
  summary: '行动所依据的通知',
  tag,
  params: z.object({ campaignId: uuid }),
  answer: importedNotice,
})

export const downloadCampaignNotice = route({
  name: 'downloadCampaignNotice',
  method: 'GET',
  path: '/api/campaigns/:campaignId/notice/file',
  summary: '取回通知原件',
  tag,
  params: z.object({ campaignId: uuid }),
  gives: 'file',
})
