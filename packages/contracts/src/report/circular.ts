import { z } from 'zod'
import { fileView } from '../document/file.js'
import { route } from '../shared/route.js'
import { abilities, civilDate, instant, uuid, version } from '../shared/scalars.js'

const tag = '通报'

const counted = z.object({
  found: z.number().int(),
  rectified: z.number().int(),
  listed: z.number().int(),
})

const knownFigure = z.object({ label: z.string(), unit: z.string().nullable(), text: z.string() })

export const circularUnit = z.object({
  unitId: uuid,
  unitName: z.string(),
  /** By the territory on which things lie, or (departments) by whose doing they are. */
  side: z.enum(['territory', 'department']),
  /** Of the days of the circular. */
  period: counted,
  /** From the campaign's first day. */
  total: counted,
  overdue: z.number().int(),
  /** As typed into filed tables, by label: 行政处罚（次）. */
  known: z.array(knownFigure),
  returns: z.object({
    onTime: z.number().int(),
    late: z.number().int(),
    missing: z.number().int(),
    sentBack: z.number().int(),
    score: z.number().nullable(),
    rows: z.array(
      z.object({
        returnId: uuid,
        title: z.string(),
        periodTitle: z.string(),
        state: z.enum(['on-time', 'late', 'overdue', 'due', 'not-due', 'dissolved']),
        daysLate: z.number().int(),
        timesSentBack: z.number().int(),
      }),
    ),
  }),
})
export type CircularUnit = z.output<typeof circularUnit>

export const circularContent = z.object({
  /** 2023年第二季度. */
  periodTitle: z.string(),
  /** Of the whole territory. */
  whole: z.object({ period: counted, total: counted, overdue: z.number().int(), known: z.array(knownFigure) }),
  /** The day on which what is overdue, and what was filed, was looked at. */
  overdueOn: civilDate,
  units: z.array(circularUnit),
  leads: z.array(z.object({ unitId: uuid, unitName: z.string(), reason: z.string() })),
  lags: z.array(z.object({ unitId: uuid, unitName: z.string(), reason: z.string() })),
  overdue: z.array(
    z.object({
      hazardId: uuid,
      unitId: uuid,
      unitName: z.string(),
      code: z.string(),
      subjectName: z.string(),
      description: z.string(),
      deadline: civilDate,
      days: z.number().int(),
    }),
  ),
  /** Overdue ones beyond those that are listed. */
  overdueMore: z.number().int(),
})
export type CircularContent = z.output<typeof circularContent>

export const circularRow = z.object({
  id: uuid,
  campaignId: uuid,
  campaignName: z.string(),
  title: z.string(),
  from: civilDate,
  to: civilDate,
  position: z.number().int(),
  personName: z.string(),
  draftedAt: instant,
  state: z.enum(['draft', 'issued']),
  /** 第几期. */
  number: z.number().int().nullable(),
  docNo: z.string().nullable(),
  issuedOn: civilDate.nullable(),
  version,
})
export type CircularRow = z.output<typeof circularRow>

const circularPage = circularRow.extend({
  content: circularContent,
  /** What was issued. */
  file: fileView.nullable(),
  abilities,
})
export type CircularPage = z.output<typeof circularPage>

export const listCirculars = route({
  name: 'listCirculars',
  method: 'GET',
  path: '/api/circulars',
  summary: '各行动的通报：印发的，和本单位起草的',
  tag,
  query: z.object({ campaign: uuid.optional() }),
  answer: z.object({
    items: z.array(circularRow),
    /** Campaigns for which one may be drafted. */
    campaigns: z.array(
      z.object({ id: uuid, name: z.string(), startsOn: civilDate.nullable(), endsOn: civilDate.nullable() }),
    ),
  }),
})

export const draftCircular = route({
  name: 'draftCircular',
  method: 'POST',
  path: '/api/campaigns/:campaignId/circulars',
  summary: '按数字起草一期通报：一个季度，或任意起止日期',
  tag,
  // Repeated, it is a second draft, of a later position.
  idempotent: false,
  params: z.object({ campaignId: uuid }),
  body: z.object({ from: civilDate, to: civilDate }),
  answer: circularPage,
})

export const showCircular = route({
  name: 'showCircular',
  method: 'GET',
  path: '/api/circulars/:circularId',
  summary: '一期通报：起草时的数字，印发的文件',
  tag,
  params: z.object({ circularId: uuid }),
  answer: circularPage,
})

export const circularRecords = route({
  name: 'circularRecords',
  method: 'GET',
  path: '/api/circulars/:circularId/units/:unitId/records',
  summary: '通报中一个数字后面的记录',
  tag,
  params: z.object({ circularId: uuid, unitId: uuid }),
  query: z.object({ figure: z.enum(['found', 'rectified', 'listed']), span: z.enum(['period', 'total']) }),
  answer: z.object({
    items: z.array(
      z.object({
        recordId: uuid,
        code: z.string(),
        subjectName: z.string(),
        description: z.string(),
        state: z.string(),
        foundOn: civilDate.nullable(),
      }),
    ),
    /** Of which the asker may not see the record itself. */
    hidden: z.number().int(),
  }),
})

export const writeCircular = route({
  name: 'writeCircular',
  method: 'GET',
  path: '/api/circulars/:circularId/draft.docx',
  summary: '通报草稿（Word），由承办人修改定稿',
  tag,
  gives: 'file',
  params: z.object({ circularId: uuid }),
})

export const issueCircular = route({
  name: 'issueCircular',
  method: 'POST',
  path: '/api/circulars/:circularId/issue',
  summary: '标为已印发：文号、日期和印发的文件；所辖单位随即可以看到',
  tag,
  params: z.object({ circularId: uuid }),
  body: z.object({ version, docNo: z.string().trim().max(60), issuedOn: civilDate, fileId: uuid }),
  answer: circularPage,
})

export const discardCircular = route({
  name: 'discardCircular',
  method: 'DELETE',
  path: '/api/circulars/:circularId',
  summary: '删除一份没有印发的通报草稿（审计里留有记录）',
  tag,
  params: z.object({ circularId: uuid }),
})

export const downloadCircularFile = route({
  name: 'downloadCircularFile',
  method: 'GET',
  path: '/api/circulars/:circularId/file',
  summary: '取回印发的通报',
  tag,
  gives: 'file',
  params: z.object({ circularId: uuid }),
})
