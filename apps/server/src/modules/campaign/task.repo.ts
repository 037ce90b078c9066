import type { PlanFrequency, PlanQuota, PlanTaskDue } from '@bihuan/domain'
import { openRecords } from '../../platform/db/opened.js'
import type { Handle } from '../../platform/db/scope.js'
import type { CampaignPaths } from './campaign.repo.js'

export interface TaskRow {
  readonly id: string
  readonly campaign_id: string
  readonly ordinal: number
  readonly area: string
  readonly task: string
  readonly requirement: string
  readonly responsible: string[]
  readonly responsible_unit_ids: string[]
  readonly frequency: PlanFrequency | null
  readonly quota: PlanQuota | null
  readonly due_text: string
  readonly due: PlanTaskDue | null
  readonly version: number
}

export interface TaskWrite {
  readonly area: string
  readonly task: string
  readonly requirement: string
  readonly responsible: readonly string[]
  readonly responsibleUnitIds: readonly string[]
  readonly frequency: PlanFrequency | null
  readonly quota: PlanQuota | null
  readonly dueText: string
  readonly due: PlanTaskDue | null
}

const columns =
  'id, campaign_id, ordinal, area, task, requirement, responsible, responsible_unit_ids, frequency, quota, due_text, due, version'

function json(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value)
}

export async function listTasks(handle: Handle, campaignId: string): Promise<TaskRow[]> {
  return handle.query<TaskRow & Record<string, unknown>>(
    `select ${columns} from campaign_task where tenant_id = $1 and campaign_id = $2 order by ordinal, id`,
    [handle.tenantId, campaignId],
  )
}

/** Tasks of several campaigns, as far as lateness asks for them. */
export async function listTaskTimings(
  handle: Handle,
  campaignIds: readonly string[],
): Promise<Pick<TaskRow, 'id' | 'campaign_id' | 'due' | 'frequency'>[]> {
  return handle.query<Pick<TaskRow, 'id' | 'campaign_id' | 'due' | 'frequency'> & Record<string, unknown>>(
    'select id, campaign_id, due, frequency from campaign_task where tenant_id = $1 and campaign_id = any($2::uuid[])',
    [handle.tenantId, campaignIds],
  )
}

/** Of these campaigns, the tasks that one of these units answers for. */
export async function listTasksOfUnits(
  handle: Handle,
  campaignIds: readonly string[],
  unitIds: readonly string[],
): Promise<TaskRow[]> {
  return handle.query<TaskRow & Record<string, unknown>>(
    `select ${columns} from campaign_task
     where tenant_id = $1 and campaign_id = any($2::uuid[]) and responsible_unit_ids && $3::uuid[] order by campaign_id, ordinal, id`,
    [handle.tenantId, campaignIds, unitIds],
  )
}

export async function findTask(handle: Handle, campaignId: string, id: string): Promise<TaskRow | null> {
  const rows = await handle.query<TaskRow & Record<string, unknown>>(
    `select ${columns} from campaign_task where tenant_id = $1 and campaign_id = $2 and id = $3`,
    [handle.tenantId, campaignId, id],
  )
  return rows[0] ?? null
}

export async function insertTask(
  handle: Handle,
  row: TaskWrite &
    CampaignPaths & {
      readonly id: string
      readonly campaignId: string
      readonly ordinal: number
    },
): Promise<void> {
  await handle.query(
    `insert into campaign_task (tenant_id, id, campaign_id, territory_path, bound_path, ordinal, area, task, requirement, responsible,
       responsible_unit_ids, frequency, quota, due_text, due)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      handle.tenantId,
      row.id,
      row.campaignId,
      row.territoryPath,
      row.boundPath,
      row.ordinal,
      row.area,
      row.task,
      row.requirement,
      row.responsible,
      row.responsibleUnitIds,
      json(row.frequency),
      json(row.quota),
      row.dueText,
      json(row.due),
    ],
  )
}

/** False when somebody else changed it first. */
export async function saveTask(handle: Handle, id: string, version: number, row: TaskWrite): Promise<boolean> {
  const rows = await handle.query(
    `update campaign_task set area = $4, task = $5, requirement = $6, responsible = $7, responsible_unit_ids = $8, frequency = $9,
       quota = $10, due_text = $11, due = $12, version = version + 1
     where tenant_id = $1 and id = $2 and version = $3 returning id`,
    [
      handle.tenantId,
      id,
      version,
      row.area,
      row.task,
      row.requirement,
      row.responsible,
      row.responsibleUnitIds,
      json(row.frequency),
      json(row.quota),
      row.dueText,
      json(row.due),
    ],
  )
  return rows.length > 0
}

export interface TaskReport {
  readonly id: string
  readonly task_id: string
  readonly done_on: string
  readonly finishes: boolean
  readonly withdraws: string | null
}

/** When something was done on the tasks of these campaigns, by whomever: the campaigns must have been seen in this transaction. */
export async function listTaskReports(handle: Handle, seenCampaignIds: readonly string[]): Promise<TaskReport[]> {
  await openRecords(handle, seenCampaignIds)
  const rows = await handle.query<TaskReport & Record<string, unknown>>(
    `select id, task_id, done_on, finishes, withdraws from task_update where tenant_id = $1 and campaign_id = any($2::uuid[])
     order by recorded_at, id`,
    [handle.tenantId, seenCampaignIds],
  )
  await openRecords(handle, [])
  return rows
}

export interface TaskUpdateRow {
  readonly id: string
  readonly task_id: string
  readonly done_on: string
  readonly finishes: boolean
  readonly note: string
  readonly file_ids: string[]
  readonly withdraws: string | null
  readonly person_name: string
  readonly unit_id: string
  readonly unit_name: string | null
  readonly recorded_at: Date
}

export async function listTaskUpdates(handle: Handle, campaignId: string): Promise<TaskUpdateRow[]> {
  return handle.query<TaskUpdateRow & Record<string, unknown>>(
    `select t.id, t.task_id, t.done_on, t.finishes, t.note, t.file_ids, t.withdraws, t.person_name, t.unit_id, u.name as unit_name, t.recorded_at
     from task_update t left join unit u on u.tenant_id = t.tenant_id and u.id = t.unit_id
     where t.tenant_id = $1 and t.campaign_id = $2 order by t.recorded_at, t.id`,
    [handle.tenantId, campaignId],
  )
}

export async function insertTaskUpdate(
  handle: Handle,
  row: {
    readonly id: string
    readonly taskId: string
    readonly campaignId: string
    readonly territoryPath: string
    readonly linePath: string | null
    readonly parties: readonly string[]
    readonly doneOn: string
    readonly finishes: boolean
    readonly note: string
    readonly fileIds: readonly string[]
    readonly withdraws: string | null
    readonly accountId: string
    readonly personName: string
    readonly unitId: string
    readonly entryId: string
    readonly now: Date
  },
): Promise<void> {
  await handle.query(
    `insert into task_update (tenant_id, id, task_id, campaign_id, territory_path, line_path, parties, done_on, finishes, note, file_ids,
       withdraws, account_id, person_name, unit_id, recorded_at, entry_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
    [
      handle.tenantId,
      row.id,
      row.taskId,
      row.campaignId,
      row.territoryPath,
      row.linePath,
      row.parties,
      row.doneOn,
      row.finishes,
      row.note,
      row.fileIds,
      row.withdraws,
      row.accountId,
      row.personName,
      row.unitId,
      row.now,
      row.entryId,
    ],
  )
}
