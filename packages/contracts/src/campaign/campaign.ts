import { z } from 'zod'
import { fileView } from '../document/file.js'
import { route } from '../shared/route.js'
import { abilities, civilDate, instant, uuid, version } from '../shared/scalars.js'
import { noticeStretch } from './notice.js'
import { plan, planTask } from './plan.js'
import { metricCell, wordChoices, wordReading } from './word.js'

const tag = '行动'
const short = z.string().trim().max(500)

export const campaignState = z.enum(['preparing', 'running', 'closed'])

/** What the plan leaves open: a contradiction, a date that cannot be. A campaign starts only when each blocking one is decided. */
export const campaignQuestion = z.object({
  key: z.string(),
  code: z.string(),
  message: z.string(),
  quotes: z.array(z.string()),
  blocking: z.boolean(),
  decision: z.object({ chosen: z.string(), reason: z.string(), decidedOn: civilDate }).nullable(),
})

export const campaignRow = z.object({
  id: uuid,
  name: z.string(),
  title: z.string(),
  issuer: z.string(),
  docNo: z.string().nullable(),
  unitId: uuid,
  unitName: z.string(),
  parentId: uuid.nullable(),
  startsOn: civilDate.nullable(),
  endsOn: civilDate.nullable(),
  state: campaignState,
  /** The phase of today, if there is one. */
  phase: z.string().nullable(),
  tasks: z.object({ total: z.number().int(), late: z.number().int(), dueSoon: z.number().int() }),
  version: z.number().int(),
})
export type CampaignRow = z.output<typeof campaignRow>

export const taskDue = planTask.shape.due

export const taskView = z.object({
  id: uuid,
  ordinal: z.number().int(),
  area: z.string(),
  task: z.string(),
  requirement: z.string(),
  responsible: z.array(z.string()),
  responsibleUnitIds: z.array(uuid),
  /** Those of `responsibleUnitIds` that the asker may know of, by name. */
  responsibleUnits: z.array(z.object({ id: uuid, name: z.string() })),
  frequency: planTask.shape.frequency,
  quota: planTask.shape.quota,
  dueText: z.string(),
  due: taskDue,
  /** Where it stands in the campaign's notice; null of one that the office added, and where no notice is kept. */
  source: noticeStretch.nullable(),
  version: z.number().int(),
  lateness: z.object({
    state: z.enum(['done', 'late', 'due-soon', 'open', 'standing', 'not-started']),
    lateSince: civilDate.nullable(),
    nextDue: civilDate.nullable(),
    missedPeriods: z.array(z.object({ from: civilDate, to: civilDate })),
  }),
  /** Those that the asker may see; `lateness` knows of all. */
  updates: z.array(
    z.object({
      id: uuid,
      doneOn: civilDate,
      finishes: z.boolean(),
      note: z.string(),
      files: z.array(fileView),
      personName: z.string(),
      unitName: z.string().nullable(),
      recordedAt: instant,
      withdrawn: z.boolean(),
    }),
  ),
  abilities,
})
export type TaskView = z.output<typeof taskView>

/** A duty as a rule: what the plan says, and what was understood of it. */
export const dutyView = z.object({
  id: uuid,
  level: z.enum(['enterprise', 'department', 'government']),
  actor: z.string().nullable(),
  action: z.string(),
  condition: z.string().nullable(),
  frequency: planTask.shape.frequency,
  deadline: civilDate.nullable(),
  quota: planTask.shape.quota,
  sentence: z.string().nullable(),
  /** Where it stands in the campaign's notice. */
  source: z.object({ start: z.number().int(), end: z.number().int() }).nullable(),
  /** `wording`: kept as words, nothing is asked of anybody. `open`: to be decided before the campaign starts. */
  standing: z.enum(['rule', 'wording', 'open']),
  who: z.string(),
  record: z.string(),
  enterprises: z.string(),
  readings: z.array(wordReading),
})
export type DutyView = z.output<typeof dutyView>
export const receiptState = z.enum(['waiting', 'outdated', 'confirmed', 'gone'])

/** The plan of its own that a unit made under a campaign: the last that it kept, or the return that puts it on record. */
export const ownPlan = z.object({
  kept: z.object({ fileId: uuid, name: z.string(), personName: z.string(), keptAt: instant }).nullable(),
  filing: z
    .object({ returnId: uuid, title: z.string(), dueOn: civilDate, status: z.string(), statusLabel: z.string() })
    .nullable(),
})
export type OwnPlan = z.output<typeof ownPlan>

/** That a campaign was sent out to a unit for which the asker works, and what was confirmed of it. */
export const campaignReceipt = z.object({
  unitId: uuid,
  unitName: z.string(),
  sentAt: instant,
  state: receiptState,
  confirmedBy: z.string().nullable(),
  confirmedAt: instant.nullable(),
  plan: ownPlan,
})
export type CampaignReceipt = z.output<typeof campaignReceipt>

export const campaignPage = campaignRow.extend({
  parent: z.object({ id: uuid, name: z.string() }).nullable(),
  receipts: z.array(campaignReceipt),
  /** Campaigns under this one, as far as the asker sees them. */
  below: z.array(z.object({ id: uuid, name: z.string(), unitId: uuid, unitName: z.string() })),
  /** For which of the asker's units, if it has none yet, a campaign may be made under this one. */
  mayStandUnder: z.object({ id: uuid, name: z.string() }).nullable(),
  /** The notice that it was made from, as it holds now; null of a campaign that was made without one. */
  noticeFileId: uuid.nullable(),
  /** What the plan stresses. */
  sectors: z.array(z.string()),
  /** Whose facts the tables count; null: of every sector. */
  countedSectors: z.array(z.string()).nullable(),
  plan,
  questions: z.array(campaignQuestion),
  phases: z.array(
    z.object({
      ordinal: z.number().int(),
      name: z.string(),
      startsOn: civilDate.nullable(),
      endsOn: civilDate.nullable(),
      startIsInferred: z.boolean(),
      state: z.enum(['past', 'current', 'future', 'undated']),
    }),
  ),
  tasks: z.array(taskView),
  duties: z.array(dutyView),
  /** Corrected notices that were taken over, the latest first. */
  corrections: z.array(
    z.object({
      id: uuid,
      name: z.string(),
      reason: z.string(),
      personName: z.string(),
      recordedAt: instant,
      changes: z.array(
        z.object({
          part: z.string(),
          kind: z.enum(['added', 'changed', 'dropped']),
          title: z.string(),
          applied: z.boolean(),
        }),
      ),
    }),
  ),
  targets: z.array(
    z.object({ id: uuid, name: z.string(), type: z.string().nullable(), enterpriseId: uuid.nullable() }),
  ),
  /** `from`: the superior campaign whose table it is; null for its own. */
  tables: z.array(
    z.object({
      id: uuid,
      title: z.string(),
      version: z.number().int(),
      from: z.string().nullable(),
      /** Figures that are likely a known metric, which nobody decided yet. */
      open: z.array(metricCell),
    }),
  ),
  ledgers: z.array(z.object({ id: uuid, title: z.string(), columns: z.array(z.string()) })),
  /** For whoever may close it: what is to be carried over, and drafts that must be finished first. */
  openHazards: z.object({ registered: z.number().int(), drafts: z.number().int() }).nullable(),
  asOf: civilDate,
  abilities,
})
export type CampaignPage = z.output<typeof campaignPage>

export const listCampaigns = route({
  name: 'listCampaigns',
  method: 'GET',
  path: '/api/campaigns',
  summary: '我所在范围内的行动',
  tag,
  query: z.object({ state: campaignState.optional() }),
  answer: z.object({ items: z.array(campaignRow), abilities }),
})

export const showCampaign = route({
  name: 'showCampaign',
  method: 'GET',
  path: '/api/campaigns/:campaignId',
  summary: '行动：阶段、任务、超期、目标、表格',
  tag,
  params: z.object({ campaignId: uuid }),
  query: z.object({ asOf: civilDate.optional() }),
  answer: campaignPage,
})

export const checkPlan = route({
  name: 'checkPlan',
  method: 'POST',
  path: '/api/plans/check',
  summary: '核对方案：能否建立行动、有哪些疑点、各格由什么来源',
  tag,
  idempotent: false,
  body: z.object({
    plan,
    /** Whose campaign it will be: what was chosen for its earlier notices counts. */
    unitId: uuid.nullable().default(null),
    choices: wordChoices.default([]),
  }),
  answer: z.object({
    questions: z.array(campaignQuestion.omit({ decision: true })),
    /** Of the plan's tables, in its order: how many figures each has, and which are counted from records. */
    tables: z.array(
      z.object({
        title: z.string(),
        figures: z.number().int(),
        derived: z.array(z.string()),
        cells: z.array(metricCell),
      }),
    ),
    /** Responsible units that the plan names, and whether exactly one unit is called so. */
    units: z.array(z.object({ word: z.string(), known: z.boolean() })),
    /** The words of its duties, and those that name units for its tasks and reports; those that need a decision first. */
    words: z.array(wordReading),
  }),
})
export type PlanCheck = z.output<(typeof checkPlan)['answer']>

export const createCampaign = route({
  name: 'createCampaign',
  method: 'POST',
  path: '/api/campaigns',
  summary: '由方案建立行动',
  tag,
  body: z.object({
    unitId: uuid,
    parentId: uuid.nullable().default(null),
    plan,
    /** The notice that it was read from. */
    noticeFileId: uuid.nullable().default(null),
    /** What words of its duties mean; remembered for the unit's next notice. */
    choices: wordChoices.default([]),
    /** Of the plan's questions, those that were decided beside its text; keys as `checkPlan` gives them. */
    decisions: z
      .array(z.object({ key: z.string().max(60), chosen: short, reason: short }))
      .max(2000)
      .default([]),
  }),
  answer: campaignPage,
})

export const decideWords = route({
  name: 'decideWords',
  method: 'POST',
  path: '/api/campaigns/:campaignId/words',
  summary: '选定职责里的词语、表中的指标指什么，或者只留文字、人工填写',
  tag,
  params: z.object({ campaignId: uuid }),
  body: z.object({ version, choices: wordChoices.min(1, '没有要选定的词语') }),
  answer: campaignPage,
})

export const decideQuestion = route({
  name: 'decideQuestion',
  method: 'POST',
  path: '/api/campaigns/:campaignId/questions',
  summary: '裁定方案中的疑点',
  tag,
  params: z.object({ campaignId: uuid }),
  body: z.object({ version, key: z.string().max(60), chosen: short, reason: short }),
  answer: campaignPage,
})

export const setCampaignDates = route({
  name: 'setCampaignDates',
  method: 'PUT',
  path: '/api/campaigns/:campaignId/dates',
  summary: '确定或调整起止日期',
  tag,
  params: z.object({ campaignId: uuid }),
  body: z.object({ version, startsOn: civilDate, endsOn: civilDate.nullable(), reason: short }),
  answer: campaignPage,
})

export const setCampaignSectors = route({
  name: 'setCampaignSectors',
  method: 'PUT',
  path: '/api/campaigns/:campaignId/sectors',
  summary: '确定统计哪些行业领域的数字；null 为全部',
  tag,
  params: z.object({ campaignId: uuid }),
  body: z.object({ version, sectors: z.array(z.string().trim().min(1).max(40)).max(100).nullable(), reason: short }),
  answer: campaignPage,
})

export const startCampaign = route({
  name: 'startCampaign',
  method: 'POST',
  path: '/api/campaigns/:campaignId/start',
  summary: '启动行动',
  tag,
  params: z.object({ campaignId: uuid }),
  body: z.object({ version }),
  answer: campaignPage,
})

export const closeCampaign = route({
  name: 'closeCampaign',
  method: 'POST',
  path: '/api/campaigns/:campaignId/close',
  summary: '结束行动，未销号的隐患结转到另一个行动',
  tag,
  params: z.object({ campaignId: uuid }),
  body: z.object({ version, carryOverTo: uuid.nullable() }),
  answer: z.object({ campaign: campaignPage, carriedOver: z.number().int() }),
})

export const revisePhases = route({
  name: 'revisePhases',
  method: 'PUT',
  path: '/api/campaigns/:campaignId/phases',
  summary: '修改阶段',
  tag,
  params: z.object({ campaignId: uuid }),
  body: z.object({
    version,
    phases: z
      .array(z.object({ name: short.min(1), startsOn: civilDate.nullable(), endsOn: civilDate.nullable() }))
      .max(30),
  }),
  answer: campaignPage,
})

export const reviseLeadership = route({
  name: 'reviseLeadership',
  method: 'PUT',
  path: '/api/campaigns/:campaignId/leadership',
  summary: '修改组织领导',
  tag,
  params: z.object({ campaignId: uuid }),
  body: z.object({
    version,
    leadership: z
      .array(
        z.object({
          role: short.min(1, '请填写职务，如组长'),
          name: short.min(1).nullable(),
          post: short.min(1).nullable(),
        }),
      )
      .max(200),
  }),
  answer: campaignPage,
})

/** Those that are not named any more are taken away; one without an id is new. */
export const reviseTargets = route({
  name: 'reviseTargets',
  method: 'PUT',
  path: '/api/campaigns/:campaignId/targets',
  summary: '修改重点对象',
  tag,
  params: z.object({ campaignId: uuid }),
  body: z.object({
    version,
    targets: z
      .array(
        z.object({
          id: uuid.nullable(),
          name: short.min(1, '请填写企业或场所的名称'),
          type: short.min(1).nullable(),
        }),
      )
      .max(2000),
  }),
  answer: campaignPage,
})

/** Every ledger that stands is named by its id, because none can be taken away; one without an id is new. */
export const reviseLedgers = route({
  name: 'reviseLedgers',
  method: 'PUT',
  path: '/api/campaigns/:campaignId/ledgers',
  summary: '修改隐患清单的名称和栏目，或增加一张',
  tag,
  params: z.object({ campaignId: uuid }),
  body: z.object({
    version,
    ledgers: z
      .array(
        z.object({
          id: uuid.nullable(),
          title: short.min(1, '请填写清单名称'),
          columns: z.array(short.min(1, '栏目名称不能空')).min(1, '清单至少要有一栏').max(60),
        }),
      )
      .max(30),
  }),
  answer: campaignPage,
})

const taskInput = z.object({
  area: short,
  task: z.string().trim().max(4000),
  requirement: z.string().trim().min(1).max(4000),
  responsible: z.array(short).max(50),
  responsibleUnitIds: z.array(uuid).max(2000),
  frequency: planTask.shape.frequency,
  quota: planTask.shape.quota,
  dueText: short,
  due: taskDue,
})
export type TaskInput = z.output<typeof taskInput>

export const addTask = route({
  name: 'addTask',
  method: 'POST',
  path: '/api/campaigns/:campaignId/tasks',
  summary: '增加任务',
  tag,
  params: z.object({ campaignId: uuid }),
  body: taskInput,
  answer: campaignPage,
})

export const changeTask = route({
  name: 'changeTask',
  method: 'PUT',
  path: '/api/campaigns/:campaignId/tasks/:taskId',
  summary: '修改任务',
  tag,
  params: z.object({ campaignId: uuid, taskId: uuid }),
  body: taskInput.extend({ version }),
  answer: campaignPage,
})

export const updateTask = route({
  name: 'updateTask',
  method: 'POST',
  path: '/api/campaigns/:campaignId/tasks/:taskId/updates',
  summary: '填报任务进展，附证据；或撤回填错的一条',
  tag,
  params: z.object({ campaignId: uuid, taskId: uuid }),
  body: z.object({
    doneOn: civilDate,
    finishes: z.boolean(),
    note: z.string().trim().min(1).max(2000),
    fileIds: z.array(uuid).max(30),
    withdraws: uuid.nullable().default(null),
  }),
  answer: campaignPage,
})

/** Whoever sees the report sees what is attached to it, though a file stands where its sender does. */
export const downloadTaskFile = route({
  name: 'downloadTaskFile',
  method: 'GET',
  path: '/api/campaigns/:campaignId/tasks/:taskId/files/:fileId',
  summary: '任务填报所附的证明材料',
  tag,
  params: z.object({ campaignId: uuid, taskId: uuid, fileId: uuid }),
  gives: 'file',
})
