/** A corrected version of a campaign's notice: what it changes, and the act that takes it over. Mirrors `PlanChange` of @bihuan/domain. */
import { z } from 'zod'
import { planPartKinds } from '@bihuan/domain'
import { route } from '../shared/route.js'
import { uuid, version } from '../shared/scalars.js'
import { campaignPage } from './campaign.js'
import { plan } from './plan.js'
import { metricCell, wordChoices, wordReading } from './word.js'

const tag = '行动'
/** The corrected notice as an officer put its reading right; null: as it was read. */
const putRight = plan.nullable().default(null)
const part = z.enum(['basics', ...planPartKinds])

export const planChangeView = z.object({
  key: z.string(),
  part,
  kind: z.enum(['added', 'changed', 'dropped']),
  title: z.string(),
  fields: z.array(z.object({ name: z.string(), label: z.string(), before: z.string(), after: z.string() })),
  /** Its place among the entries of the corrected reading; null of what is gone. */
  is: z.number().int().nullable(),
  /** In the text of the corrected notice. */
  source: z.object({ start: z.number().int(), end: z.number().int() }).nullable(),
  /** Why it cannot be taken over, and what to do instead. */
  hold: z.string().nullable(),
})
export type PlanChangeView = z.output<typeof planChangeView>

export const compareNotice = route({
  name: 'compareNotice',
  method: 'POST',
  path: '/api/campaigns/:campaignId/notices/compare',
  summary: '更正后的通知与现在的相比，改了什么；不保存',
  tag,
  idempotent: false,
  params: z.object({ campaignId: uuid }),
  body: z.object({ noticeFileId: uuid, plan: putRight, choices: wordChoices.default([]) }),
  answer: z.object({
    changes: z.array(planChangeView),
    /** Words of added and changed duties and tasks, those that need a decision first. */
    words: z.array(wordReading),
    /** Added and changed tables, figure by figure. */
    tables: z.array(z.object({ title: z.string(), cells: z.array(metricCell) })),
    version: z.number().int(),
  }),
})

export const applyNotice = route({
  name: 'applyNotice',
  method: 'POST',
  path: '/api/campaigns/:campaignId/notices',
  summary: '应用更正后的通知：只改选定的各项，原来的通知和改动一起留存',
  tag,
  params: z.object({ campaignId: uuid }),
  body: z.object({
    version,
    noticeFileId: uuid,
    plan: putRight,
    /** Keys of the changes that are taken over. */
    accepted: z.array(z.string().max(40)).max(5000),
    reason: z.string().trim().min(1, '请写明为什么更正').max(500),
    choices: wordChoices.default([]),
  }),
  answer: campaignPage,
})
