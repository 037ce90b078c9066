import { z } from 'zod'
import { campaignRow } from '../campaign/campaign.js'
import { hazardGrade, hazardState } from '../hazard/hazard.js'
import { total } from '../shared/paging.js'
import { route } from '../shared/route.js'
import { civilDate, instant, uuid } from '../shared/scalars.js'

const tag = '工作台'

/** What waits for me or my unit, in the order in which one works it off. */
export const workKinds = [
  'sent-back',
  'overdue',
  'due',
  'plan',
  'extension',
  'reinspect',
  'sign-off',
  'transfer',
  'draft',
  'supervised-overdue',
] as const
export const workKindLabels = {
  'sent-back': '被退回、重新打开的',
  overdue: '整改超期的',
  due: '7 天内到期的',
  plan: '待制定整改措施的',
  extension: '待审批的延期',
  reinspect: '待复查的',
  'sign-off': '待销号的',
  transfer: '待签收的移送',
  draft: '待补全的草稿',
  'supervised-overdue': '我单位监管、已超期的',
} as const
export const workKind = z.enum(workKinds)

export const workItem = z.object({
  id: uuid,
  code: z.string(),
  what: z.string(),
  subjectName: z.string(),
  territoryName: z.string().nullable(),
  grade: hazardGrade.nullable(),
  state: hazardState,
  due: civilDate.nullable(),
  /** The one act that moves it, as a command of the hazard's lifecycle, and its name; null where looking is all. */
  act: z.object({ kind: z.string(), label: z.string() }).nullable(),
})
export type WorkItem = z.output<typeof workItem>

/** A task of a campaign that is my unit's, late or due within seven days. */
export const workTask = z.object({
  id: uuid,
  campaignId: uuid,
  campaignName: z.string(),
  task: z.string(),
  area: z.string(),
  state: z.enum(['late', 'due-soon']),
  /** The day that was missed first, or that comes next. */
  due: civilDate,
  /** Of a recurring task: how many periods went by unmet. */
  missed: z.number().int(),
  mayReport: z.boolean(),
})
export type WorkTask = z.output<typeof workTask>

export const workbench = z.object({
  today: civilDate,
  groups: z.array(
    z.object({
      kind: workKind,
      total,
      items: z.array(workItem),
      /** The ledger, asked for all of them; null where the ledger has no such question. */
      more: z.string().nullable(),
    }),
  ),
  /** For a leader and for whoever runs campaigns: what is late, where, and whose. */
  overview: z
    .object({
      overdueByUnit: z.array(
        z.object({ unitId: uuid, unitName: z.string(), open: z.number().int(), overdue: z.number().int() }),
      ),
      oldestMajor: z.array(workItem.extend({ foundOn: civilDate.nullable() })),
    })
    .nullable(),
  /** Campaigns that are running, as far as they bind me: my unit's tasks in them, and the tables they ask for. Null: none of my business. */
  campaigns: z
    .object({
      tasks: z.array(workTask),
      /** Sent out to a unit for which I work, to be read and confirmed; `isAgain`: an earlier version of its notice was. */
      toConfirm: z.array(
        z.object({
          campaignId: uuid,
          campaignName: z.string(),
          unitId: uuid,
          unitName: z.string(),
          issuer: z.string(),
          sentAt: instant,
          isAgain: z.boolean(),
        }),
      ),
      late: z.number().int(),
      dueSoon: z.number().int(),
      running: z.array(
        z.object({
          id: uuid,
          name: z.string(),
          unitName: z.string(),
          phase: z.string().nullable(),
          endsOn: civilDate.nullable(),
          tasks: campaignRow.shape.tasks,
          tables: z.array(z.object({ id: uuid, title: z.string() })),
        }),
      ),
      /** How many run in all, `running` being the first of them. */
      runningInAll: z.number().int(),
    })
    .nullable(),
  notices: z.object({
    unread: total,
    items: z.array(z.object({ id: uuid, kind: z.string(), text: z.string(), link: z.string(), at: instant })),
  }),
})
export type Workbench = z.output<typeof workbench>

export const showWorkbench = route({
  name: 'showWorkbench',
  method: 'GET',
  path: '/api/workbench',
  summary: '工作台：到期、超期、被退回、等我办理的',
  tag,
  answer: workbench,
})

export const noticeView = z.object({
  id: uuid,
  kind: z.string(),
  text: z.string(),
  link: z.string(),
  at: instant,
  read: z.boolean(),
})
export type NoticeView = z.output<typeof noticeView>

export const listNotices = route({
  name: 'listNotices',
  method: 'GET',
  path: '/api/notices',
  summary: '给我和我单位的提醒，新的在前',
  tag,
  query: z.object({ unread: z.enum(['yes', 'no']).optional(), after: z.string().max(100).optional() }),
  answer: z.object({ items: z.array(noticeView), next: z.string().nullable() }),
})

export const readNotices = route({
  name: 'readNotices',
  method: 'POST',
  path: '/api/notices/read',
  summary: '标为已读；不指明哪几条就是全部',
  tag,
  body: z.object({ noticeIds: z.array(uuid).max(200).nullable() }),
  answer: z.object({ unread: total }),
})
