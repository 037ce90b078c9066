import { z } from 'zod'
import { route } from '../shared/route.js'
import { civilDate, uuid, version } from '../shared/scalars.js'
import { hazardDetails, hazardGrade, hazardPage, hazardPerson, hazardTag } from './hazard.js'

const text = z.string().trim().max(1000)
const files = z.array(uuid).max(30)

export const rectificationInput = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('immediate'), measures: text.optional() }),
  z.object({
    mode: z.literal('planned'),
    responsible: hazardPerson.nullable(),
    measures: text,
    /** 万元 */
    funds: z.number().min(0).max(1_000_000).nullable(),
    deadline: civilDate.nullable(),
    contingency: text,
  }),
])

const correctable = hazardDetails
  .pick({
    subject: true,
    territoryUnitId: true,
    sector: true,
    source: true,
    finder: true,
    foundOn: true,
    description: true,
    placeText: true,
    position: true,
    level: true,
    remark: true,
    evidenceFileIds: true,
    named: true,
  })
  .partial()

/** One act on a hazard: the commands of the lifecycle, with what each asks for. */
export const hazardAct = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('save-draft'), details: hazardDetails }),
  z.object({ kind: z.literal('register'), details: hazardDetails.nullable() }),
  z.object({ kind: z.literal('correct'), changes: correctable, reason: text }),
  z.object({
    kind: z.literal('judge'),
    grade: hazardGrade,
    reason: text,
    criteriaItem: z.object({ standard: z.string().max(60), item: z.string().max(60) }).nullable(),
  }),
  z.object({
    kind: z.literal('plan-rectification'),
    rectification: rectificationInput,
    named: z
      .object({
        finding: hazardPerson.nullable(),
        rectifying: hazardPerson.nullable(),
        controlling: hazardPerson.nullable(),
      })
      .partial()
      .optional(),
  }),
  z.object({ kind: z.literal('report-progress'), on: civilDate, text, evidenceFileIds: files }),
  z.object({ kind: z.literal('request-extension'), deadline: civilDate, reason: text }),
  z.object({ kind: z.literal('approve-extension'), reason: text.optional() }),
  z.object({ kind: z.literal('refuse-extension'), reason: text }),
  z.object({
    kind: z.literal('report-rectified'),
    rectifiedOn: civilDate,
    rectifiedBy: hazardPerson.nullable(),
    text,
    evidenceFileIds: files,
  }),
  z.object({ kind: z.literal('reinspect-passed'), on: civilDate, text, evidenceFileIds: files }),
  z.object({
    kind: z.literal('reinspect-failed'),
    on: civilDate,
    text,
    evidenceFileIds: files,
    deadline: civilDate.nullable(),
  }),
  z.object({ kind: z.literal('sign-off'), text: text.optional() }),
  z.object({ kind: z.literal('send-back'), reason: text, deadline: civilDate.nullable() }),
  z.object({
    kind: z.literal('reopen'),
    reason: z.enum(['superficial', 'false', 'paper', 'recurred', 'other']),
    text,
    deadline: civilDate.nullable(),
  }),
  z.object({
    kind: z.literal('list-for-supervision'),
    documentName: z.string().trim().max(200),
    documentNumber: z.string().trim().max(80),
    on: civilDate,
    authorityUnitId: uuid.nullable(),
  }),
  z.object({ kind: z.literal('transfer'), of: z.enum(['supervision', 'rectification']), toUnitId: uuid, reason: text }),
  z.object({ kind: z.literal('accept-transfer') }),
  z.object({ kind: z.literal('decline-transfer'), reason: text }),
  z.object({ kind: z.literal('withdraw-transfer'), reason: text }),
  z.object({ kind: z.literal('cancel'), reason: text }),
])
export type HazardAct = z.output<typeof hazardAct>

export const registerHazard = route({
  name: 'registerHazard',
  method: 'POST',
  path: '/api/hazards',
  summary: '登记隐患，或存为草稿',
  tag: hazardTag,
  body: z.object({ details: hazardDetails, draft: z.boolean().default(false) }),
  answer: hazardPage,
})

export const actOnHazard = route({
  name: 'actOnHazard',
  method: 'POST',
  path: '/api/hazards/:hazardId/acts',
  summary: '办理一步：判定、整改、复查、销号、移送……',
  tag: hazardTag,
  params: z.object({ hazardId: uuid }),
  body: z.object({
    /** The version that the person was looking at; another one means that somebody was faster. */
    version,
    act: hazardAct,
  }),
  answer: hazardPage,
})

/** Whoever sees the hazard sees what is attached to it, though a file stands where its sender does. */
export const downloadHazardFile = route({
  name: 'downloadHazardFile',
  method: 'GET',
  path: '/api/hazards/:hazardId/files/:fileId',
  summary: '隐患所附的照片或文件',
  tag: hazardTag,
  params: z.object({ hazardId: uuid, fileId: uuid }),
  gives: 'file',
})

/** 催办: a notice to the unit whose turn it is; once a day for each hazard. */
export const remindHazards = route({
  name: 'remindHazards',
  method: 'POST',
  path: '/api/hazards/reminders',
  summary: '催办：提醒轮到的单位',
  tag: hazardTag,
  body: z.object({ hazardIds: z.array(uuid).min(1).max(200), text: z.string().trim().max(200).default('') }),
  /** `passed`: signed off or cancelled meanwhile, or waiting for the asking unit itself. */
  answer: z.object({ reminded: z.number().int(), passed: z.number().int() }),
})
