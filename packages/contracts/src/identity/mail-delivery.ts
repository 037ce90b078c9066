import { z } from 'zod'
import { route } from '../shared/route.js'
import { abilities, instant, uuid } from '../shared/scalars.js'

export const mailDeliveryState = z.enum(['waiting', 'sending', 'sent', 'unknown', 'refused', 'expired'])

export const mailDeliveryRow = z.object({
  noticeId: uuid,
  accountId: uuid,
  personName: z.string(),
  unitName: z.string(),
  /** Masked. */
  address: z.string().nullable(),
  kindLabel: z.string(),
  state: mailDeliveryState,
  reason: z.string().nullable(),
  tries: z.number().int(),
  since: instant,
  abilities,
})
export type MailDeliveryRow = z.output<typeof mailDeliveryRow>

export const listMailDeliveries = route({
  name: 'listMailDeliveries',
  method: 'GET',
  path: '/api/mail-deliveries',
  summary: '邮件提醒的发送情况：发出的、等待的和没有发出的',
  tag: '邮件提醒',
  query: z.object({ show: z.enum(['failed', 'all']).default('failed') }),
  answer: z.object({
    /** Null: no mail server is set up. */
    server: z.object({ host: z.string(), port: z.number().int(), from: z.string() }).nullable(),
    /** By state, of the last thirty days. */
    counts: z.record(z.string(), z.number().int()),
    items: z.array(mailDeliveryRow),
    abilities,
  }),
})

export const sendMailAgain = route({
  name: 'sendMailAgain',
  method: 'POST',
  path: '/api/mail-deliveries/:noticeId/:accountId/again',
  summary: '再发一封没有发出的邮件提醒；不知是否送到的，对方可能收到两次',
  tag: '邮件提醒',
  params: z.object({ noticeId: uuid, accountId: uuid }),
  answer: mailDeliveryRow,
})
