import { z } from 'zod'
import { unitKind } from '../organization/unit.js'
import { route } from '../shared/route.js'
import { abilities, civilDate, uuid, version } from '../shared/scalars.js'

const tag = '报送安排'

const after = z.number().int().min(0).max(12)

export const dueRule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('day-of-month'), day: z.number().int(), after }),
  z.object({ kind: z.literal('last-day'), after }),
  /** 1 is Monday. */
  z.object({ kind: z.literal('weekday'), weekday: z.number().int(), after }),
  z.object({ kind: z.literal('working-days'), days: z.number().int() }),
  z.object({ kind: z.literal('on-date') }),
])

export const scheduleRule = z.object({
  cadence: z.enum(['weekly', 'monthly', 'quarterly', 'half-yearly', 'yearly', 'named']),
  due: dueRule,
  shift: z.enum(['none', 'next', 'previous']),
  cutOff: z.enum(['period-end', 'previous-period-end', 'due-day']),
  counts: z.enum(['cumulative', 'period']),
  firstDay: civilDate,
  lastDay: civilDate.nullable(),
  dates: z.array(civilDate).max(200),
})
export type ScheduleRule = z.output<typeof scheduleRule>

export const respondentRule = z.object({
  kinds: z.array(unitKind).max(20),
  unitIds: z.array(uuid).max(5000),
  groups: z.array(z.string().max(200)).max(40).nullable(),
  /** Of enterprises those of this class alone: 规上, 高危, 重点监管. */
  enterprises: z.enum(['above-designated', 'high-risk', 'key-supervised']).optional(),
})

export const deliverableForm = z.enum(['editable', 'signed-scan', 'electronic', 'paper'])
export const narrativeKind = z.enum(['report', 'plan-for-record'])

/** What a narrative schedule asks for; what cannot be asked is refused by its rules, with the place. */
export const narrativeInput = z.object({
  kind: narrativeKind,
  name: z.string().trim().max(100),
  mustContain: z.array(z.string().trim().max(300)).max(30),
  deliverables: z.array(z.object({ form: deliverableForm, receiverId: uuid.nullable() })).max(20),
  /** Labels of those who sign on the screen, in order. */
  signatures: z.array(z.string().trim().min(1).max(40)).max(2),
  tableIds: z.array(uuid).max(5),
})
export type NarrativeInput = z.output<typeof narrativeInput>

const scheduleInput = z.object({
  title: z.string().trim().min(1, '请填写名称').max(200),
  rule: scheduleRule,
  respondents: z.array(respondentRule).max(20),
  receiverIds: z.array(uuid).max(10),
  /** Other servers that each return is sent to once it is filed. Left out: none, or as they are. */
  outsideReceiverIds: z.array(uuid).max(10).optional(),
  splitSectors: z.array(z.string().trim().min(1).max(40)).max(60),
  /** Where the notice says two things: what was decided, and why. */
  note: z.string().trim().max(4000),
  /** Which of the plan's reports it is set up from: its place among them. */
  planReport: z.number().int().min(0).max(10_000).nullable().optional(),
})
export type ScheduleInput = z.output<typeof scheduleInput>

export const duePeriodView = z.object({
  key: z.string(),
  title: z.string(),
  from: civilDate,
  to: civilDate,
  cutOff: civilDate,
  nominalDueOn: civilDate,
  dueOn: civilDate,
  /** The holidays of that year are not published yet. */
  provisional: z.boolean(),
})

export const scheduleView = scheduleInput.extend({
  id: uuid,
  campaignId: uuid,
  campaignName: z.string(),
  tableId: uuid,
  tableTitle: z.string(),
  /** The ledger that is filed instead of a table form. */
  ledgerId: uuid.nullable(),
  /** Or the report, or plan for the record, that is. */
  narrative: narrativeInput.nullable(),
  active: z.boolean(),
  /** The campaign's notice has the sentence that asks for it. */
  hasBasis: z.boolean(),
  version,
  receivers: z.array(z.object({ id: uuid, name: z.string() })),
  outsideReceivers: z.array(z.object({ id: uuid, name: z.string() })),
  next: z.array(duePeriodView),
  abilities,
})
export type ScheduleView = z.output<typeof scheduleView>

export const listSchedules = route({
  name: 'listSchedules',
  method: 'GET',
  path: '/api/schedules',
  summary: '各行动的报送安排',
  tag,
  query: z.object({ campaign: uuid.optional() }),
  answer: z.object({ items: z.array(scheduleView), abilities }),
})

export const scheduleDraftView = z.object({
  /** Its place among the plan's reports, and the annex that it sends. */
  report: z.number().int(),
  annex: z.number().int().nullable(),
  files: z.enum(['table', 'ledger', 'narrative']),
  /** As the plan names them. */
  from: z.string().nullable(),
  to: z.array(z.string()),
  tableId: uuid.nullable(),
  ledgerId: uuid.nullable(),
  /** The schedule that was set up from it. */
  scheduleId: uuid.nullable(),
  /** What is to be handed in, of a report in words. */
  narrative: narrativeInput.nullable(),
  input: scheduleInput,
  /** What is to be decided or filled in first; of one that has none, nothing. */
  open: z.array(z.string()),
})
export type ScheduleDraftView = z.output<typeof scheduleDraftView>

export const listScheduleDrafts = route({
  name: 'listScheduleDrafts',
  method: 'GET',
  path: '/api/campaigns/:campaignId/schedule-drafts',
  summary: '方案要求报送的，按方案拟好的报送安排',
  tag,
  params: z.object({ campaignId: uuid }),
  answer: z.object({ items: z.array(scheduleDraftView), abilities }),
})

export const setUpSchedules = route({
  name: 'setUpSchedules',
  method: 'POST',
  path: '/api/campaigns/:campaignId/schedule-drafts',
  summary: '按方案设置报送安排：方案写明的都设好，写得不明的列出来',
  tag,
  params: z.object({ campaignId: uuid }),
  body: z.object({}),
  answer: z.object({ added: z.array(scheduleView), left: z.array(scheduleDraftView) }),
})

export const previewSchedule = route({
  name: 'previewSchedule',
  method: 'POST',
  path: '/api/schedules/preview',
  summary: '按一个安排，接下来六次何时到期',
  tag,
  idempotent: false,
  body: z.object({ rule: scheduleRule }),
  answer: z.object({ next: z.array(duePeriodView) }),
})

export const addSchedule = route({
  name: 'addSchedule',
  method: 'POST',
  path: '/api/tables/:tableId/schedules',
  summary: '为一张调度表设置报送安排',
  tag,
  params: z.object({ tableId: uuid }),
  body: scheduleInput,
  answer: scheduleView,
})

export const addLedgerSchedule = route({
  name: 'addLedgerSchedule',
  method: 'POST',
  path: '/api/ledgers/:ledgerId/schedules',
  summary: '为一张隐患清单设置报送安排：只报清单，不填表',
  tag,
  params: z.object({ ledgerId: uuid }),
  body: scheduleInput,
  answer: scheduleView,
})

export const addNarrativeSchedule = route({
  name: 'addNarrativeSchedule',
  method: 'POST',
  path: '/api/campaigns/:campaignId/narratives',
  summary: '设置一份叙述性报告或方案备案的报送安排',
  tag,
  params: z.object({ campaignId: uuid }),
  body: scheduleInput.extend({ narrative: narrativeInput }),
  answer: scheduleView,
})

export const changeSchedule = route({
  name: 'changeSchedule',
  method: 'PUT',
  path: '/api/schedules/:scheduleId',
  summary: '修改报送安排；已开启的报表不变',
  tag,
  params: z.object({ scheduleId: uuid }),
  body: scheduleInput.extend({
    version,
    active: z.boolean(),
    /** Of a narrative schedule: as it shall be for returns that are opened from now on. */
    narrative: narrativeInput.nullable().default(null),
  }),
  answer: scheduleView,
})
