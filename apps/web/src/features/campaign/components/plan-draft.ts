/** A plan while it is read over and put right: what the notice says besides is carried along untouched. */
import type { BodyOf, createCampaign, WordChoiceJson } from '@bihuan/contracts'
import type { PlanMetricTable } from '@bihuan/domain'
import { draftOf, formOf, newTable, type TableDraft } from '../../../shared/official-form/table-draft.js'
import { settledDue } from './due-field.js'
import { dueWords } from './words.js'

export type PlanBody = BodyOf<typeof createCampaign>['plan']
export type AnnexBody = PlanBody['annexes'][number]
export type TaskBody = Extract<AnnexBody, { kind: 'task-list' }>['tasks'][number]
export type LedgerBody = Extract<AnnexBody, { kind: 'ledger' }>

export type AnnexDraft =
  | { readonly id: string; readonly kind: 'metric-table'; readonly table: TableDraft }
  | { readonly id: string; readonly kind: 'ledger'; readonly ledger: LedgerBody }
  | {
      readonly id: string
      readonly kind: 'task-list'
      readonly ordinal: number
      readonly title: string
      readonly tasks: readonly TaskBody[]
    }
  | { readonly id: string; readonly kind: 'other'; readonly annex: AnnexBody }

export interface PlanDraft {
  readonly plan: Omit<PlanBody, 'annexes'>
  readonly annexes: readonly AnnexDraft[]
  readonly unitId: string | null
  readonly parentId: string | null
  /** The notice that it was read from. */
  readonly notice?: { readonly fileId: string; readonly name: string }
  /** Items that were looked at and found right, by their keys. */
  readonly reviewed?: readonly string[]
  /** What words of its duties mean, as far as nothing else told it. */
  readonly choices?: readonly WordChoiceJson[]
  /** What was decided of its questions beside the text; a message that changed is another question. */
  readonly decisions?: readonly DecidedHere[]
}

export interface DecidedHere {
  readonly message: string
  readonly chosen: string
  readonly reason: string
}

/** By the keys that the questions bear in the plan as it stands. */
export function decisionsFor(
  { decisions = [] }: PlanDraft,
  questions: readonly { readonly key: string; readonly message: string }[],
): BodyOf<typeof createCampaign>['decisions'] {
  return questions.flatMap(({ key, message }) =>
    decisions.filter((one) => one.message === message).map(({ chosen, reason }) => ({ key, chosen, reason })),
  )
}

export function blankDraft(unitId: string | null, issuer: string, today: string): PlanDraft {
  return {
    unitId,
    parentId: null,
    plan: {
      title: '',
      issuer,
      docNo: null,
      issuedOn: today,
      campaign: { name: '', startsOn: today, endsOn: null },
      basis: [],
      parentPlan: null,
      recipients: [],
      leadership: [],
      sectors: [],
      responsibilities: [],
      criteria: [],
      phases: [],
      duties: [],
      reports: [],
      targets: [],
      contacts: [],
      warnings: [],
    },
    annexes: [{ id: crypto.randomUUID(), kind: 'task-list', ordinal: 1, title: '工作任务清单', tasks: [] }],
  }
}

/** The plan must have been accepted by the server: its shape is taken as given. */
export function draftFrom({ annexes, ...plan }: PlanBody, unitId: string | null): PlanDraft {
  return {
    plan,
    unitId,
    parentId: null,
    annexes: annexes.map((annex): AnnexDraft => {
      const id = crypto.randomUUID()
      if (annex.kind === 'metric-table')
        return { id, kind: annex.kind, table: draftOf(annex as PlanMetricTable, 2, {}) }
      if (annex.kind === 'ledger') return { id, kind: annex.kind, ledger: annex }
      if (annex.kind === 'task-list')
        return { id, kind: annex.kind, ordinal: annex.ordinal, title: annex.title, tasks: annex.tasks }
      return { id, kind: 'other', annex }
    }),
  }
}

const text = (value: string | null) => (value === null || value.trim() === '' ? null : value.trim())

export function planOf({ plan, annexes }: PlanDraft): PlanBody {
  return {
    ...plan,
    // What is made by hand has no notice of its own: it is called what the campaign is called.
    title: text(plan.title) ?? plan.campaign.name.trim(),
    docNo: text(plan.docNo),
    leadership: plan.leadership
      .filter((leader) => leader.role.trim() !== '')
      .map((leader) => ({ ...leader, name: text(leader.name), post: text(leader.post) })),
    phases: plan.phases.map((phase, index) => ({ ...phase, ordinal: index + 1 })),
    targets: plan.targets
      .filter((target) => target.name.trim() !== '')
      .map((target) => ({ ...target, type: text(target.type) })),
    annexes: annexes.flatMap((annex): AnnexBody[] => {
      switch (annex.kind) {
        case 'metric-table':
          return [structuredClone(formOf(annex.table)) as unknown as AnnexBody]
        case 'ledger':
          return [
            {
              ...annex.ledger,
              columns: annex.ledger.columns.map((title) => title.trim()).filter((title) => title !== ''),
            },
          ]
        case 'task-list': {
          const { ordinal, title, tasks } = annex
          return tasks.length === 0 ? [] : [{ kind: 'task-list', ordinal, title, tasks: tasks.map(settledTask) }]
        }
        case 'other':
          return [annex.annex]
      }
    }),
  }
}

function settledTask(task: TaskBody): TaskBody {
  const due = settledDue(task.due)
  return {
    ...task,
    due: structuredClone(due) as TaskBody['due'],
    dueText: task.dueText.trim() === '' ? dueWords(due) : task.dueText,
  }
}

/** The last choice for the same words holds. */
export function withChoice(choices: readonly WordChoiceJson[], made: WordChoiceJson): readonly WordChoiceJson[] {
  return [...choices.filter(({ subject, words }) => made.subject !== subject || made.words !== words), made]
}

export function withChoices(draft: PlanDraft, made: readonly WordChoiceJson[]): PlanDraft {
  return { ...draft, choices: made.reduce(withChoice, draft.choices ?? []) }
}

export function nextOrdinal(annexes: readonly AnnexDraft[]): number {
  return 1 + Math.max(0, ...annexes.map(ordinalOf))
}

function ordinalOf(annex: AnnexDraft): number {
  switch (annex.kind) {
    case 'metric-table':
      return annex.table.ordinal
    case 'ledger':
      return annex.ledger.ordinal
    case 'task-list':
      return annex.ordinal
    case 'other':
      return annex.annex.ordinal
  }
}

export function newTableAnnex(draft: PlanDraft): AnnexDraft {
  const name = draft.plan.campaign.name.trim()
  return {
    id: crypto.randomUUID(),
    kind: 'metric-table',
    table: newTable(nextOrdinal(draft.annexes), name === '' ? '' : `${name}进展情况调度表`),
  }
}

export function newLedgerAnnex(draft: PlanDraft): AnnexDraft {
  return {
    id: crypto.randomUUID(),
    kind: 'ledger',
    ledger: {
      ordinal: nextOrdinal(draft.annexes),
      title: '重大事故隐患清单',
      kind: 'ledger',
      columns: [
        '序号',
        '企业名称',
        '所属行业领域',
        '重大事故隐患描述',
        '检查日期',
        '整改措施',
        '责任单位',
        '整改时限',
        '整改进展',
        '备注',
      ],
      head: ['填报单位：'],
      notes: [],
      foot: ['审核人： 填表人： 填报时间：    年 月'],
      signatures: ['审核人', '填表人'],
    },
  }
}

export const blankTask: TaskBody = {
  area: '',
  task: '',
  requirement: '',
  responsible: [],
  frequency: null,
  quota: null,
  dueText: '',
  due: null,
}

/** With a blank task at the end of the last list, or in a list of its own. */
export function withBlankTask(draft: PlanDraft): PlanDraft {
  const last = draft.annexes.findLast((annex) => annex.kind === 'task-list')
  if (last === undefined) {
    const ordinal = nextOrdinal(draft.annexes)
    const list: AnnexDraft = {
      id: crypto.randomUUID(),
      kind: 'task-list',
      ordinal,
      title: '工作任务清单',
      tasks: [blankTask],
    }
    return { ...draft, annexes: [...draft.annexes, list] }
  }
  const annexes = draft.annexes.map((annex) =>
    annex === last ? { ...last, tasks: [...last.tasks, blankTask] } : annex,
  )
  return { ...draft, annexes }
}

/** What is missing before the server need be asked. */
export function draftFaults({ plan, annexes, unitId }: PlanDraft): string[] {
  const faults: string[] = []
  if (plan.campaign.name.trim() === '') faults.push('还没有行动名称。')
  if (plan.issuer.trim() === '') faults.push('还没有部署单位。')
  if (unitId === null) faults.push('还没有选择实施单位。')
  if (plan.phases.some((phase) => phase.name.trim() === '')) faults.push('有阶段没有名称。')
  if (plan.duties.some((duty) => duty.action.trim() === '')) faults.push('有职责没有写做什么。')
  if (plan.reports.some((report) => report.name.trim() === '')) faults.push('有报送没有写报什么。')
  for (const annex of annexes) {
    if (annex.kind === 'task-list' && annex.tasks.some((task) => task.requirement.trim() === ''))
      faults.push('有任务没有写要求。')
    if (annex.kind === 'metric-table' && annex.table.title.trim() === '') faults.push('有调度表没有表名。')
    if (annex.kind === 'ledger' && annex.ledger.title.trim() === '') faults.push('有清单没有名称。')
  }
  return faults
}

const words: Readonly<Record<string, string>> = {
  title: '方案标题',
  issuer: '部署单位',
  docNo: '文号',
  issuedOn: '印发日期',
  campaign: '行动',
  name: '名称',
  startsOn: '开始日期',
  endsOn: '结束日期',
  leadership: '组织领导',
  sectors: '重点行业',
  responsibilities: '责任分工',
  phases: '阶段',
  duties: '职责',
  reports: '报送',
  targets: '重点对象',
  contacts: '联系人',
  annexes: '附件',
  tasks: '任务',
  groups: '组',
  metrics: '指标',
  columns: '栏',
  due: '时限',
  requirement: '要求',
  warnings: '疑点',
  basis: '依据',
  criteria: '判定标准',
  recipients: '主送',
  parentPlan: '上级方案',
  unit: '单位',
  label: '名称',
  parts: '格内各数',
}

/** plan.phases.0.startsOn as 阶段第1个·开始日期. */
export function placeWords(path: string): string {
  const parts = path.replace(/^plan\.?/, '').split('.')
  return parts.reduce((said, part) => {
    if (/^\d+$/.test(part)) return `${said}第${Number(part) + 1}个`
    return `${said}${said === '' ? '' : '·'}${words[part] ?? part}`
  }, '')
}
