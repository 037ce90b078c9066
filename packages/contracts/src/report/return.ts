import { z } from 'zod'
import { route } from '../shared/route.js'
import { abilities, civilDate, instant, uuid, version } from '../shared/scalars.js'
import { narrativeKind } from './schedule.js'
import { deliveryView, narrativeContent, uploadedForm } from './narrative.js'
import { figureView, tableDesign } from './table.js'

const tag = '报表'

export const returnStatus = z.enum(['open', 'signing', 'signed', 'submitted', 'sent-back', 'accepted'])
export const timeliness = z.enum(['not-due', 'due', 'overdue', 'on-time', 'late', 'dissolved'])

export const returnRow = z.object({
  id: uuid,
  scheduleId: uuid,
  title: z.string(),
  /** Of words and not of figures. */
  narrative: narrativeKind.nullable(),
  campaignId: uuid,
  campaignName: z.string(),
  unitId: uuid,
  unitName: z.string(),
  /** Of a table filed sector by sector; empty for all. */
  sector: z.string(),
  periodKey: z.string(),
  periodTitle: z.string(),
  cutOff: civilDate,
  dueOn: civilDate,
  excusedUntil: civilDate.nullable(),
  provisional: z.boolean(),
  status: returnStatus,
  nil: z.boolean(),
  timeliness,
  daysLate: z.number().int(),
  timesSentBack: z.number().int(),
  submittedOn: civilDate.nullable(),
  /** What this morning's look found in it, while nothing was done with it since. */
  look: z
    .object({
      blocking: z.number().int(),
      asked: z.number().int(),
      blank: z.number().int(),
      isNil: z.boolean(),
    })
    .nullable(),
  version,
})
export type ReturnRow = z.output<typeof returnRow>

export const listReturns = route({
  name: 'listReturns',
  method: 'GET',
  path: '/api/returns',
  summary: '我单位要报的，或报给我单位的',
  tag,
  query: z.object({
    side: z.enum(['mine', 'received']).default('mine'),
    /** `todo`: what waits for this side. */
    show: z.enum(['todo', 'all']).default('todo'),
    after: z.string().max(80).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  answer: z.object({
    items: z.array(returnRow),
    next: z.string().nullable(),
    counts: z.object({ mine: z.number().int(), received: z.number().int() }),
  }),
})

export const returnRemark = z.object({
  cell: z.string().nullable(),
  text: z.string(),
  byName: z.string(),
  on: civilDate,
  round: z.number().int(),
  /** The key of the finding that it answers; null: a receiver's remark. */
  finding: z.string().nullable(),
})

export const returnFinding = z.object({
  key: z.string(),
  code: z.string(),
  /** Stops a signature; otherwise it asks for a sentence, which travels up with the return. */
  blocking: z.boolean(),
  message: z.string(),
  cells: z.array(z.string()),
})

export const returnPage = returnRow.extend({
  tableId: uuid,
  /** What in the campaign's notice asks for it; null where no notice is kept, or nothing in it does. */
  basis: z
    .object({
      sentence: z.string(),
      /** Where the whole notice is opened at it (`report:3`), for whoever may read that. */
      place: z.string().nullable(),
    })
    .nullable(),
  design: tableDesign,
  groups: z.array(z.string()).nullable(),
  receivers: z.array(
    z.object({
      id: uuid,
      name: z.string(),
      /** Of what was filed last: the day on which this receiver took it. */
      takenOn: civilDate.nullable(),
      takenBy: z.string().nullable(),
      /** How many there may take it or send it back: with none it waits for nobody. */
      reviewers: z.number().int(),
    }),
  ),
  /** How often it was filed; 0 before the first time. */
  round: z.number().int(),
  /** The day on which the respondent was dissolved. */
  unitDissolvedOn: civilDate.nullable(),
  campaign: z.object({ startsOn: civilDate, endsOn: civilDate.nullable() }),
  /** Up to which day the figures count: the cut-off, or today while that has not come. */
  countedTo: civilDate,
  /** Up to which position they count; null while it is a draft that goes with the ledger. */
  position: z.number().int().nullable(),
  figures: z.array(figureView),
  /** Of a return that is filed by ledger, without a table form: the records that it names. */
  ledger: z
    .array(
      z.object({
        recordId: uuid,
        code: z.string(),
        subjectName: z.string(),
        description: z.string(),
        state: z.string(),
        foundOn: civilDate.nullable(),
      }),
    )
    .nullable(),
  /** Of a narrative report: what is asked for and what stands delivered. */
  content: narrativeContent.nullable(),
  /** Of the unit's last filed return of this schedule, by cell. */
  previous: z.object({ periodTitle: z.string(), texts: z.record(z.string(), z.string()) }).nullable(),
  /** What a signature binds. */
  contentHash: z.string(),
  isNil: z.boolean(),
  findings: z.array(returnFinding),
  remarks: z.array(returnRemark),
  signatures: z.array(z.object({ label: z.string(), name: z.string(), on: civilDate })),
  /** The signature that is wanted next, whoever asks; null: none, or all are there. Who may give it has the ability `sign`. */
  wants: z.string().nullable(),
  /** Whom that signature waits for: people of the respondent who may sign and have not, the first few of them. */
  signatories: z.object({ names: z.array(z.string()), more: z.number().int() }),
  /** Units below whose return of the same table is not here yet; kept with what is filed, shown, and not printed. */
  missing: z.array(
    z.object({
      unitId: uuid,
      unitName: z.string(),
      returnId: uuid.nullable(),
      /** Nobody need be waited for. */
      dissolvedOn: civilDate.nullable(),
    }),
  ),
  /** What respondents below said to findings of returns that this one sums, level by level. */
  remarksBelow: z.array(
    z.object({
      returnId: uuid,
      unitId: uuid,
      unitName: z.string(),
      cell: z.string().nullable(),
      label: z.string(),
      text: z.string(),
      byName: z.string(),
      on: civilDate,
    }),
  ),
  /** Cells in which a return below was filed with another derived figure than this one counts there, and the records that make it. */
  differences: z.array(
    z.object({
      cell: z.string(),
      returnId: uuid,
      unitId: uuid,
      unitName: z.string(),
      filed: z.string(),
      now: z.string(),
      records: z.array(z.object({ recordId: uuid, change: z.enum(['added', 'removed']), occurredOn: civilDate })),
      /** Records beyond those that are listed. */
      more: z.number().int(),
    }),
  ),
  events: z.array(
    z.object({
      id: uuid,
      sentence: z.string(),
      personName: z.string(),
      recordedAt: instant,
      round: z.number().int(),
      /** What was filed can be opened as it was filed. */
      filed: z.boolean(),
    }),
  ),
  abilities,
})
export type ReturnPage = z.output<typeof returnPage>

export const showReturn = route({
  name: 'showReturn',
  method: 'GET',
  path: '/api/returns/:returnId',
  summary: '报表：已按记录填好，附检查、上期数和退回意见',
  tag,
  params: z.object({ returnId: uuid }),
  answer: returnPage,
})

export const showFiledReturn = route({
  name: 'showFiledReturn',
  method: 'GET',
  path: '/api/returns/:returnId/rounds/:round',
  summary: '第几次上报的原样，和同一张表现在会是什么',
  tag,
  params: z.object({ returnId: uuid, round: z.coerce.number().int().min(1) }),
  answer: z.object({
    round: z.number().int(),
    submittedAt: instant,
    personName: z.string(),
    position: z.number().int(),
    countedTo: civilDate,
    contentHash: z.string(),
    nil: z.boolean(),
    figures: z.array(figureView),
    /** Of a narrative report: the files as they were filed. */
    deliveries: z.array(deliveryView),
    /** The same table for the same day, of all that is known now; by cell, where it differs. */
    now: z.record(z.string(), z.string()),
    /** Records that make the difference: entered late, corrected or taken back since. */
    differences: z.array(
      z.object({
        cell: z.string(),
        recordId: uuid,
        change: z.enum(['added', 'removed']),
        occurredOn: civilDate,
      }),
    ),
  }),
})
export type FiledReturn = z.output<(typeof showFiledReturn)['answer']>

export const returnCellHistory = route({
  name: 'returnCellHistory',
  method: 'GET',
  path: '/api/returns/:returnId/cells/:key/history',
  summary: '一个数的来历：各期各次上报的是多少，谁报的',
  tag,
  params: z.object({ returnId: uuid, key: z.string().max(40) }),
  answer: z.object({
    label: z.string(),
    unit: z.string().nullable(),
    /** The latest period first, and in it the latest filing: as each was filed. */
    items: z.array(
      z.object({
        returnId: uuid,
        periodTitle: z.string(),
        round: z.number().int(),
        text: z.string(),
        /** Of a figure that records give, what people typed beside them; null where nobody has. */
        typed: z.string().nullable(),
        personName: z.string(),
        submittedAt: instant,
        /** Whether it stands: the last filing of a return that was not sent back. */
        stands: z.boolean(),
      }),
    ),
  }),
})
export type ReturnCellHistory = z.output<(typeof returnCellHistory)['answer']>

export const typeIntoReturn = route({
  name: 'typeIntoReturn',
  method: 'PUT',
  path: '/api/returns/:returnId/figures',
  summary: '填写没有记录来源的格；已有的签名随之失效',
  tag,
  // Repeated, it meets another version.
  idempotent: false,
  params: z.object({ returnId: uuid }),
  body: z.object({ version, values: z.record(z.string().max(40), z.string().max(40)) }),
  answer: returnPage,
})

export const deliverFiles = route({
  name: 'deliverFiles',
  method: 'POST',
  path: '/api/returns/:returnId/deliveries',
  summary: '交上一种材料的文件；替换此前交的，已有的签名随之失效',
  tag,
  // Repeated, it meets another version.
  idempotent: false,
  params: z.object({ returnId: uuid }),
  body: z.object({ version, form: uploadedForm, fileIds: z.array(uuid).max(60) }),
  answer: returnPage,
})

export const signReturn = route({
  name: 'signReturn',
  method: 'POST',
  path: '/api/returns/:returnId/signatures',
  summary: '签名；签名即认可所见的数字，零报告须由人说明',
  tag,
  // It holds a password.
  idempotent: false,
  params: z.object({ returnId: uuid }),
  body: z.object({
    version,
    label: z.string().max(40),
    nil: z.boolean().default(false),
    contentHash: z.string().max(100),
    answers: z.record(z.string().max(200), z.string().max(500)).default({}),
    password: z.string().max(200),
    /** Sends it on in the same breath when this was the last signature. */
    submit: z.boolean().default(false),
  }),
  answer: returnPage,
})

const returnAct = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('submit'),
    contentHash: z.string().max(100),
    /** Where nobody signs on the screen: sentences to soft findings, by their keys. */
    answers: z.record(z.string().max(200), z.string().max(500)).default({}),
  }),
  z.object({ kind: z.literal('accept') }),
  z.object({
    kind: z.literal('send-back'),
    remarks: z.array(z.object({ cell: z.string().max(40).nullable(), text: z.string().max(500) })).max(200),
  }),
  z.object({ kind: z.literal('reopen'), reason: z.string().max(500) }),
  z.object({ kind: z.literal('excuse'), until: civilDate, reason: z.string().max(500) }),
])

export const actOnReturn = route({
  name: 'actOnReturn',
  method: 'POST',
  path: '/api/returns/:returnId/acts',
  summary: '上报、接收、退回、重新开启、准予延期',
  tag,
  // Repeated, it meets another version.
  idempotent: false,
  params: z.object({ returnId: uuid }),
  body: z.object({ version, act: returnAct }),
  answer: returnPage,
})

export const exportReturn = route({
  name: 'exportReturn',
  method: 'GET',
  path: '/api/returns/:returnId/file',
  summary: '按附件格式导出报表：Word、Excel 或 JSON',
  tag,
  gives: 'file',
  params: z.object({ returnId: uuid }),
  query: z.object({ format: z.enum(['docx', 'xlsx', 'json']) }),
})

export const returnReceipt = route({
  name: 'returnReceipt',
  method: 'GET',
  path: '/api/returns/:returnId/receipt',
  summary: '上报回执：内容摘要、账本位置和链头，校验时用',
  tag,
  params: z.object({ returnId: uuid }),
  answer: z.object({
    title: z.string(),
    unitName: z.string(),
    periodTitle: z.string(),
    round: z.number().int(),
    submittedAt: instant,
    personName: z.string(),
    signatures: z.array(z.object({ label: z.string(), name: z.string(), on: civilDate })),
    contentHash: z.string(),
    countedAt: z.number().int(),
    /** The chain when the receipt was written: keep it, and `bihuan verify --head` proves that nothing before it was rewritten. */
    head: z.object({ position: z.number().int(), chainHash: z.string() }),
  }),
})
export type ReturnReceipt = z.output<(typeof returnReceipt)['answer']>

export const returnBoard = route({
  name: 'returnBoard',
  method: 'GET',
  path: '/api/schedules/:scheduleId/board',
  summary: '谁报了、谁迟了：填报单位 × 各期',
  tag,
  params: z.object({ scheduleId: uuid }),
  query: z.object({
    /** The unit whose subordinates are asked for. */
    below: uuid.optional(),
    periods: z.coerce.number().int().min(1).max(24).default(12),
    after: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  answer: z.object({
    title: z.string(),
    periods: z.array(z.object({ key: z.string(), title: z.string(), dueOn: civilDate })),
    rows: z.array(
      z.object({
        unitId: uuid,
        unitName: z.string(),
        sector: z.string(),
        cells: z.array(
          z
            .object({
              returnId: uuid,
              status: returnStatus,
              nil: z.boolean(),
              timeliness,
              daysLate: z.number().int(),
              timesSentBack: z.number().int(),
            })
            .nullable(),
        ),
      }),
    ),
    next: z.string().nullable(),
    /** Of the latest period whose day has come. */
    summary: z.object({
      respondents: z.number().int(),
      filed: z.number().int(),
      late: z.number().int(),
      overdue: z.number().int(),
      sentBack: z.number().int(),
      nil: z.number().int(),
      /** Not filed, of units that are no more: no longer among the respondents. */
      dissolved: z.number().int(),
      /** Of those that are not filed: how many there are, and how many the morning's job has filled and checked. */
      waiting: z.number().int(),
      looked: z.number().int(),
    }),
  }),
})
export type ReturnBoard = z.output<(typeof returnBoard)['answer']>
