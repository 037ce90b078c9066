import { z } from 'zod'
import { fileView } from '../document/file.js'
import { abilities, civilDate, instant, uuid, version } from '../shared/scalars.js'

export const hazardTag = '隐患'

export const hazardState = z.enum([
  'draft',
  'registered',
  'rectifying',
  'awaiting-reinspection',
  'awaiting-sign-off',
  'transferring',
  'closed',
  'cancelled',
])
export const hazardGrade = z.enum(['major', 'key', 'general'])
export const hazardSource = z.enum(['self-check', 'inspection', 'third-party', 'tip', 'assigned'])
export const hazardSide = z.enum(['enterprise', 'department', 'government'])

export const hazardPerson = z.object({ personId: uuid.nullable(), name: z.string().trim().max(40) })
export const place = z.object({ lng: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) })

/** What is described of a hazard; a draft may leave any of it empty. */
export const hazardDetails = z.object({
  campaignId: uuid.nullable(),
  subject: z
    .object({ kind: z.enum(['enterprise', 'place']), id: uuid.nullable(), name: z.string().trim().max(100) })
    .nullable(),
  territoryUnitId: uuid.nullable(),
  sector: z.string().trim().max(60).nullable(),
  source: hazardSource.nullable(),
  finder: hazardPerson.extend({ unitId: uuid.nullable(), side: hazardSide }).nullable(),
  foundOn: civilDate.nullable(),
  description: z.string().trim().max(2000),
  placeText: z.string().trim().max(200),
  position: place.nullable(),
  level: z.string().trim().max(40),
  remark: z.string().trim().max(1000),
  evidenceFileIds: z.array(uuid).max(30),
  grade: hazardGrade.nullable(),
  gradeReason: z.string().trim().max(1000),
  criteriaItem: z.object({ standard: z.string().max(60), item: z.string().max(60) }).nullable(),
  named: z.object({
    finding: hazardPerson.nullable(),
    rectifying: hazardPerson.nullable(),
    controlling: hazardPerson.nullable(),
  }),
  deadline: civilDate.nullable(),
  responsibleUnitId: uuid.nullable(),
  authorityUnitId: uuid.nullable(),
})

const answered = z.object({ on: civilDate, by: hazardPerson, reason: z.string() })

export const hazardView = hazardDetails.extend({
  id: uuid,
  code: z.string(),
  status: hazardState,
  version,
  gradeJudgedBy: hazardPerson.nullable(),
  rectification: z
    .discriminatedUnion('mode', [
      z.object({ mode: z.literal('immediate'), measures: z.string() }),
      z.object({
        mode: z.literal('planned'),
        responsible: hazardPerson,
        measures: z.string(),
        funds: z.number(),
        deadline: civilDate,
        contingency: z.string(),
      }),
    ])
    .nullable(),
  extensions: z.array(
    z.object({
      askedOn: civilDate,
      askedBy: hazardPerson,
      reason: z.string(),
      from: civilDate,
      to: civilDate,
      answer: answered.extend({ approved: z.boolean() }).nullable(),
    }),
  ),
  progress: z.array(
    z.object({ on: civilDate, text: z.string(), byPersonId: uuid.nullable(), evidenceFileIds: z.array(uuid) }),
  ),
  rectifiedOn: civilDate.nullable(),
  rectifiedBy: hazardPerson.nullable(),
  rectifiedReportedBy: hazardPerson.nullable(),
  reinspection: z
    .object({
      on: civilDate,
      by: hazardPerson,
      unitId: uuid,
      byAuthority: z.boolean(),
      passed: z.boolean(),
      text: z.string(),
      evidenceFileIds: z.array(uuid),
    })
    .nullable(),
  listing: z
    .object({ documentName: z.string(), documentNumber: z.string(), on: civilDate, authorityUnitId: uuid })
    .nullable(),
  transfer: z
    .object({
      of: z.enum(['supervision', 'rectification']),
      fromUnitId: uuid,
      toUnitId: uuid,
      reason: z.string(),
      on: civilDate,
      state: z.enum(['pending', 'accepted', 'declined', 'withdrawn']),
      cameFrom: hazardState,
      answer: answered.nullable(),
    })
    .nullable(),
  signedOffOn: civilDate.nullable(),
  signedOffBy: hazardPerson.nullable(),
  reopenings: z.array(z.object({ on: civilDate, by: hazardPerson, reason: z.string(), text: z.string() })),
  cancelReason: z.string().nullable(),
  factsFrom: civilDate.nullable(),
})

export const hazardPage = z.object({
  hazard: hazardView,
  /** Names of the units that the hazard speaks of, by id. */
  unitNames: z.record(z.string(), z.string()),
  campaignName: z.string(),
  /** What happened, oldest first: one sentence each, as the domain wrote it. */
  events: z.array(
    z.object({
      ordinal: z.number().int(),
      type: z.string(),
      sentence: z.string(),
      on: civilDate,
      recordedAt: instant,
      personName: z.string(),
      unitName: z.string().nullable(),
      from: hazardState.nullable(),
      to: hazardState,
      /** Photos and papers that came with it, in `files`. */
      fileIds: z.array(uuid),
      /** Its place in the sealed chain; null for the second or two until the sealer has come by. */
      position: z.number().int().nullable(),
    }),
  ),
  /** Fetched with `downloadHazardFile`, whoever uploaded them. */
  files: z.array(fileView),
  turn: z
    .object({
      side: z.string(),
      unitId: uuid.nullable(),
      unitName: z.string().nullable(),
      what: z.string(),
      until: civilDate.nullable(),
    })
    .nullable(),
  /** Facts that this hazard has put: where it counts. */
  facts: z.array(
    z.object({
      id: uuid,
      measure: z.string(),
      amount: z.number().int(),
      occurredOn: civilDate,
      position: z.number().int().nullable(),
      reverses: uuid.nullable(),
    }),
  ),
  abilities,
})
export type HazardPage = z.output<typeof hazardPage>
