/** The lists of a plan, each with what tells its entries apart and how their fields are said: what a corrected notice is compared by. */
import type { FieldWords } from './plan-field.js'
import { dueText, frequencyText, joined, listText, quotaText, reportDueText, yesNo } from './plan-field.js'
import type {
  Plan,
  PlanAnnex,
  PlanContact,
  PlanDuty,
  PlanLeader,
  PlanLedger,
  PlanMetricTable,
  PlanPhase,
  PlanProvenance,
  PlanReport,
  PlanResponsibility,
  PlanTarget,
  PlanTask,
} from './plan.js'

export interface PlanEntries {
  readonly phase: PlanPhase
  readonly duty: PlanDuty
  readonly report: PlanReport
  readonly task: PlanTask
  readonly table: PlanMetricTable
  readonly ledger: PlanLedger
  readonly leader: PlanLeader
  readonly responsibility: PlanResponsibility
  readonly target: PlanTarget
  readonly contact: PlanContact
}
export type PlanPartKind = keyof PlanEntries
export type PlanEntry = PlanEntries[PlanPartKind]

/** An entry of a revised list, and which of the list before it was. */
export interface Kept<T> {
  readonly entry: T
  readonly from: number | null
}

export interface PlanPart<T extends PlanProvenance> {
  readonly label: string
  readonly entries: (plan: Plan) => readonly T[]
  readonly withEntries: (plan: Plan, kept: readonly Kept<T>[]) => Plan
  /** Of two readings, entries with the same are the same entry. */
  readonly identity: (entry: T) => string
  readonly title: (entry: T) => string
  readonly fields: { readonly [K in keyof T]?: FieldWords<T[K]> }
}

const entriesOf = <T>(kept: readonly Kept<T>[]) => kept.map(({ entry }) => entry)
const plain = { words: (text: string | null) => text ?? '' }

function annexPart<T extends PlanMetricTable | PlanLedger>(kind: T['kind']) {
  const is = (annex: PlanAnnex): annex is T => annex.kind === kind
  return {
    entries: (plan: Plan): readonly T[] => plan.annexes.filter(is),
    withEntries: (plan: Plan, kept: readonly Kept<T>[]): Plan => ({
      ...plan,
      annexes: [...plan.annexes.filter((annex) => !is(annex)), ...entriesOf(kept)].sort(
        (a, b) => a.ordinal - b.ordinal,
      ),
    }),
    identity: ({ title }: T) => title,
    title: ({ title }: T) => title,
  }
}

const form = {
  head: { label: '表头', words: listText },
  notes: { label: '注', words: listText },
  foot: { label: '表尾', words: listText },
  signatures: { label: '签字', words: listText },
}

function tasksIn(plan: Plan): readonly PlanTask[] {
  return plan.annexes.flatMap((annex) => (annex.kind === 'task-list' ? annex.tasks : []))
}

/** Each stays in the list that it stood in; a new one goes to that of the one before it. */
function withTasks(plan: Plan, kept: readonly Kept<PlanTask>[]): Plan {
  const homes = plan.annexes.flatMap((annex, at) => (annex.kind === 'task-list' ? annex.tasks.map(() => at) : []))
  let home = homes[0] ?? plan.annexes.findIndex(({ kind }) => kind === 'task-list')
  const placed = kept.map(({ entry, from }) => {
    home = (from === null ? undefined : homes[from]) ?? home
    return { entry, home }
  })
  const ordinal = Math.max(0, ...plan.annexes.map((annex) => annex.ordinal)) + 1
  const homeless = placed.filter((one) => one.home === -1).map(({ entry }) => entry)
  return {
    ...plan,
    annexes: [
      ...plan.annexes.map((annex, at) =>
        annex.kind === 'task-list'
          ? { ...annex, tasks: placed.filter((one) => one.home === at).map(({ entry }) => entry) }
          : annex,
      ),
      ...(homeless.length === 0
        ? []
        : [{ ordinal, title: '工作任务', kind: 'task-list', tasks: homeless } satisfies PlanAnnex]),
    ],
  }
}

export const planParts: { readonly [K in PlanPartKind]: PlanPart<PlanEntries[K]> } = {
  phase: {
    label: '阶段',
    entries: ({ phases }) => phases,
    withEntries: (plan, kept) => ({
      ...plan,
      phases: entriesOf(kept).map((phase, at) => ({ ...phase, ordinal: at + 1 })),
    }),
    identity: ({ name }) => name,
    title: ({ name }) => name,
    fields: {
      name: { label: '名称', ...plain },
      startsOn: { label: '开始', ...plain },
      endsOn: { label: '结束', ...plain },
    },
  },
  duty: {
    label: '职责',
    entries: ({ duties }) => duties,
    withEntries: (plan, kept) => ({ ...plan, duties: entriesOf(kept) }),
    identity: ({ actor, action, condition }) => joined(actor, action, condition),
    title: ({ actor, action }) => `${actor ?? '（没有写明谁）'}：${action}`,
    fields: {
      level: {
        label: '层级',
        words: (level) => ({ enterprise: '企业', department: '部门', government: '党委政府' })[level],
      },
      actor: { label: '由谁', ...plain },
      action: { label: '做什么', ...plain },
      condition: { label: '限于', ...plain },
      frequency: { label: '频次', words: frequencyText },
      deadline: { label: '期限', ...plain },
      quota: { label: '数量', words: quotaText },
    },
  },
  report: {
    label: '报送',
    entries: ({ reports }) => reports,
    withEntries: (plan, kept) => ({ ...plan, reports: entriesOf(kept) }),
    // A report of several named days has an entry a day.
    identity: ({ name, from, due }) => joined(name, from, due !== null && 'date' in due ? due.date : null),
    title: ({ name }) => name,
    fields: {
      name: { label: '报什么', ...plain },
      from: { label: '由谁报', ...plain },
      to: { label: '报给谁', words: listText },
      annexes: { label: '附件', words: (ordinals) => ordinals.join('、') },
      cadence: {
        label: '频次',
        words: (cadence) =>
          cadence === null
            ? ''
            : { weekly: '每周', monthly: '每月', quarterly: '每季度', 'half-yearly': '每半年', once: '一次' }[cadence],
      },
      due: { label: '几时报', words: reportDueText },
      since: { label: '自何时起', ...plain },
      cumulative: { label: '累计数', words: yesNo },
      cutoff: {
        label: '截至',
        words: (cutoff) => (cutoff === null ? '' : { 'month-end': '本月末', 'previous-month-end': '上月末' }[cutoff]),
      },
      nilReport: { label: '零报告', words: yesNo },
      holidayShift: { label: '遇节假日顺延', words: (shift) => yesNo(shift !== null) },
      splitBy: {
        label: '分别报',
        words: (by) => (by === null ? '' : { sector: '分行业', area: '分地区' }[by]),
      },
      sections: {
        label: '各填哪些',
        words: (sections) => sections.map(({ respondent, groups }) => `${respondent}填${groups.join('、')}`).join('；'),
      },
      deliverables: { label: '要交什么', words: (asked) => asked.map((one) => joined(one.form, one.to)).join('；') },
      mustContain: { label: '必写要点', words: listText },
      notes: { label: '说明', ...plain },
    },
  },
  task: {
    label: '任务',
    entries: tasksIn,
    withEntries: withTasks,
    identity: ({ task, requirement }) => joined(task, requirement),
    title: ({ requirement }) => requirement,
    fields: {
      area: { label: '工作', ...plain },
      task: { label: '任务', ...plain },
      requirement: { label: '要求', ...plain },
      responsible: { label: '责任单位', words: listText },
      frequency: { label: '频次', words: frequencyText },
      quota: { label: '数量', words: quotaText },
      dueText: { label: '完成时限', ...plain },
      due: { label: '时限', words: dueText },
    },
  },
  table: {
    label: '调度表',
    ...annexPart<PlanMetricTable>('metric-table'),
    fields: {
      ordinal: { label: '附件序号', words: String },
      title: { label: '表名', ...plain },
      groups: {
        label: '指标',
        words: (groups) =>
          groups.map(({ name, metrics }) => `${name}：${metrics.map(({ cell }) => cell).join('、')}`).join('；'),
      },
      ...form,
    },
  },
  ledger: {
    label: '清单',
    ...annexPart<PlanLedger>('ledger'),
    fields: {
      ordinal: { label: '附件序号', words: String },
      title: { label: '名称', ...plain },
      columns: { label: '栏目', words: listText },
      ...form,
    },
  },
  leader: {
    label: '组织领导',
    entries: ({ leadership }) => leadership,
    withEntries: (plan, kept) => ({ ...plan, leadership: entriesOf(kept) }),
    identity: ({ role, name }) => joined(role, name),
    title: ({ role, name }) => `${role} ${name ?? ''}`.trim(),
    fields: {
      role: { label: '职责', ...plain },
      name: { label: '姓名', ...plain },
      post: { label: '职务', ...plain },
    },
  },
  responsibility: {
    label: '责任分工',
    entries: ({ responsibilities }) => responsibilities,
    withEntries: (plan, kept) => ({ ...plan, responsibilities: entriesOf(kept) }),
    identity: ({ unit, role }) => joined(unit, role),
    title: ({ unit }) => unit,
    fields: {
      unit: { label: '单位', ...plain },
      role: { label: '分工', words: (role) => ({ lead: '牵头', support: '配合' })[role] },
      sectors: { label: '行业', words: listText },
    },
  },
  target: {
    label: '重点对象',
    entries: ({ targets }) => targets,
    withEntries: (plan, kept) => ({ ...plan, targets: entriesOf(kept) }),
    identity: ({ name }) => name,
    title: ({ name }) => name,
    fields: { name: { label: '名称', ...plain }, type: { label: '类型', ...plain } },
  },
  contact: {
    label: '联系人',
    entries: ({ contacts }) => contacts,
    withEntries: (plan, kept) => ({ ...plan, contacts: entriesOf(kept) }),
    identity: ({ name, scope }) => joined(name, scope),
    title: ({ name, scope }) => name ?? scope ?? '',
    fields: {
      name: { label: '姓名', ...plain },
      phone: { label: '电话', ...plain },
      mail: { label: '邮箱', ...plain },
      scope: { label: '联系什么', ...plain },
    },
  },
}
export const planPartKinds = Object.keys(planParts) as [PlanPartKind, ...PlanPartKind[]]
