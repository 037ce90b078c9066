import { z } from 'zod'
import { unitKind } from '../organization/unit.js'
import { route } from '../shared/route.js'
import { abilities, instant, uuid } from '../shared/scalars.js'
import { campaignPage, ownPlan, receiptState } from './campaign.js'

const tag = '行动'

export const receiverRule = z.object({
  /** Every unit of these kinds in the territory that the campaign binds. */
  kinds: z.array(unitKind).max(20),
  /** Of enterprises those of this class alone; left out: all. */
  enterprises: z.enum(['above-designated', 'high-risk', 'key-supervised']).optional(),
  /** And these, one by one. */
  unitIds: z.array(uuid).max(500),
})
export type ReceiverRuleInput = z.output<typeof receiverRule>

export const previewSending = route({
  name: 'previewSending',
  method: 'POST',
  path: '/api/campaigns/:campaignId/sendings/preview',
  summary: '下发前看一看：会发给多少个单位，哪些已经发过',
  tag,
  idempotent: false,
  params: z.object({ campaignId: uuid }),
  body: z.object({ rule: receiverRule }),
  answer: z.object({
    added: z.number().int(),
    passed: z.number().int(),
    /** Names of the first of them. */
    names: z.array(z.string()),
  }),
})

/** `null` in place of a rule: those that joined since, by the rules of the sendings before. */
export const sendOutCampaign = route({
  name: 'sendOutCampaign',
  method: 'POST',
  path: '/api/campaigns/:campaignId/sendings',
  summary: '下发行动，由各单位、企业阅读并确认',
  tag,
  params: z.object({ campaignId: uuid }),
  body: z.object({ rule: receiverRule.nullable() }),
  answer: z.object({ added: z.number().int(), passed: z.number().int() }),
})

export const receiverRow = z.object({
  unitId: uuid,
  /** Null of an enterprise that has left the asker's reach since. */
  unitName: z.string().nullable(),
  unitKind: unitKind.nullable(),
  /** What it stands under. */
  placeName: z.string().nullable(),
  sentAt: instant,
  state: receiptState,
  /** Of the last confirmation; of a unit whose state is `outdated`, of an earlier version of the notice. */
  confirmedBy: z.string().nullable(),
  confirmedAt: instant.nullable(),
  remindedOn: z.string().nullable(),
  reminders: z.number().int(),
  plan: ownPlan,
})
export type ReceiverRow = z.output<typeof receiverRow>

const shows = z.object({
  state: receiptState.optional(),
  /** Of enterprises alone, or of the others. */
  side: z.enum(['units', 'enterprises']).optional(),
  q: z.string().trim().max(100).optional(),
})

export const listReceivers = route({
  name: 'listReceivers',
  method: 'GET',
  path: '/api/campaigns/:campaignId/receivers',
  summary: '下发情况：谁确认了，谁没有，从何时起',
  tag,
  params: z.object({ campaignId: uuid }),
  query: shows.extend({
    after: z.string().max(2000).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(100),
  }),
  answer: z.object({
    items: z.array(receiverRow),
    next: z.string().nullable(),
    /** Of all that the asker sees, whatever is shown of them. */
    summary: z.record(receiptState, z.number().int()),
    /** The last first. */
    sendings: z.array(
      z.object({
        number: z.number().int(),
        sentAt: instant,
        personName: z.string(),
        receivers: z.number().int(),
        kinds: receiverRule.shape.kinds,
        enterprises: receiverRule.shape.enterprises,
        /** How many were named one by one. */
        named: z.number().int(),
      }),
    ),
    /** Units that joined since and have not been sent it; for whoever may send. */
    later: z.number().int(),
    abilities,
  }),
})
export type ReceiverBoard = z.output<(typeof listReceivers)['answer']>

export const exportReceivers = route({
  name: 'exportReceivers',
  method: 'GET',
  path: '/api/campaigns/:campaignId/receivers/file',
  summary: '导出下发情况（Excel）',
  tag,
  gives: 'file',
  params: z.object({ campaignId: uuid }),
  query: shows,
})

export const remindReceivers = route({
  name: 'remindReceivers',
  method: 'POST',
  path: '/api/campaigns/:campaignId/receivers/remind',
  summary: '催办没有确认的，每个单位一天一次',
  tag,
  params: z.object({ campaignId: uuid }),
  body: z.object({ text: z.string().trim().max(200) }),
  answer: z.object({ reminded: z.number().int(), passed: z.number().int() }),
})

export const confirmCampaign = route({
  name: 'confirmCampaign',
  method: 'POST',
  path: '/api/campaigns/:campaignId/confirmations',
  summary: '阅读并确认下发给本单位的行动',
  tag,
  params: z.object({ campaignId: uuid }),
  body: z.object({
    /** For which of the units that the person works for. */
    unitId: uuid,
    /** The notice that was read, as `showCampaign` named it. */
    noticeFileId: uuid.nullable(),
  }),
  answer: campaignPage,
})
