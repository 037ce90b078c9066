import { z } from 'zod'
import { noticeKinds } from '@bihuan/domain'
import { route } from '../shared/route.js'
import { instant } from '../shared/scalars.js'

const tag = '我的账户'
const noticeKind = z.enum(noticeKinds)

export const myMail = z.object({
  /** Whether this server sends mail at all. */
  isSetUp: z.boolean(),
  /** Confirmed; null: no mail is sent. */
  address: z.string().nullable(),
  confirmedAt: instant.nullable(),
  /** A code is on its way there, good until then. */
  asked: z
    .object({
      address: z.string(),
      until: instant,
      state: z.enum(['waiting', 'sent', 'refused']),
      /** `smtp-550`: what the mail server said. */
      reason: z.string().nullable(),
    })
    .nullable(),
  kinds: z.array(z.object({ kind: noticeKind, label: z.string(), wanted: z.boolean() })),
})
export type MyMail = z.output<typeof myMail>

export const showMyMail = route({
  name: 'showMyMail',
  method: 'GET',
  path: '/api/me/mail',
  summary: '我的邮箱，和哪些提醒发到邮箱',
  tag,
  answer: myMail,
})

export const askMailCode = route({
  name: 'askMailCode',
  method: 'PUT',
  path: '/api/me/mail',
  summary: '填写邮箱，确认码发到那里；确认之前用原来的',
  tag,
  body: z.object({ address: z.string().max(300) }),
  answer: myMail,
})

export const confirmMail = route({
  name: 'confirmMail',
  method: 'POST',
  path: '/api/me/mail/confirmation',
  summary: '填写邮件里的确认码，从此提醒发到这个邮箱',
  tag,
  idempotent: false,
  body: z.object({ code: z.string().max(20) }),
  answer: myMail,
})

export const removeMail = route({
  name: 'removeMail',
  method: 'DELETE',
  path: '/api/me/mail',
  summary: '去掉邮箱，不再发邮件',
  tag,
  answer: myMail,
})

export const chooseMailKinds = route({
  name: 'chooseMailKinds',
  method: 'PUT',
  path: '/api/me/mail/kinds',
  summary: '选择哪些提醒发到邮箱',
  tag,
  body: z.object({ wanted: z.array(noticeKind).max(noticeKinds.length) }),
  answer: myMail,
})
