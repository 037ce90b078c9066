/** What was read of a notice as a list to go through: each item with its words, and where in the text it stands. */
import type { ImportedNotice } from '@bihuan/contracts'
import { blankTask, withBlankTask, type PlanDraft, type TaskBody } from './plan-draft.js'
import { dueWords, periods } from './words.js'

export interface Stretch {
  readonly start: number
  readonly end: number
}

export const itemKinds = {
  warning: '疑点',
  phase: '阶段',
  duty: '职责',
  report: '报送',
  table: '附表',
  task: '任务',
  leader: '组织领导',
  responsibility: '责任分工',
  target: '重点对象',
  contact: '联系人',
} as const
export type ItemKind = keyof typeof itemKinds

/** Who leads, and who helps. */
const shares = { lead: '牵头', support: '配合' } as const

export interface PlanItem {
  /** Stays while others are dropped: the kind, where it stands, and which of those that stand there. */
  readonly key: string
  readonly kind: ItemKind
  /** Its place in its list. */
  readonly at: number
  readonly title: string
  readonly detail: string
  readonly source: Stretch | null
  readonly confidence: number | null
}

const joined = (...parts: readonly (string | null | undefined | false)[]) =>
  parts.filter((part): part is string => typeof part === 'string' && part !== '').join('；')

const span = (from: string | null, to: string | null) =>
  from === null && to === null ? '没有写明起止' : `${from ?? ''}至${to ?? ''}`

type Report = PlanDraft['plan']['reports'][number]
const cadences = {
  weekly: '每周',
  monthly: '每月',
  quarterly: '每季度',
  'half-yearly': '每半年',
  once: '一次',
} as const
const weekdays = '一二三四五六日'

export function reportWords({ cadence, due, from, to, cumulative, cutoff, nilReport, holidayShift }: Report): string {
  const day =
    due === null
      ? '没有写明何时报'
      : 'date' in due
        ? due.date
        : 'weekday' in due
          ? `周${weekdays[due.weekday - 1] ?? ''}`
          : due.day === 'last'
            ? '月底'
            : `${due.day}日`
  return joined(
    `${cadence === null ? '频次没有写明' : cadences[cadence]} ${day}`,
    from !== null && `${from}报`,
    to.length > 0 && `报至${to.join('、')}`,
    cumulative && '累计数',
    cutoff === 'month-end' && '截至本月末',
    cutoff === 'previous-month-end' && '截至上月末',
    nilReport && '零报告',
    holidayShift !== null && '遇节假日顺延',
  )
}

export function frequencyWords(frequency: TaskBody['frequency']): string {
  if (frequency === null) return ''
  const label = periods.find(({ value }) => value === frequency.per)?.label ?? ''
  return `${label}${frequency.times}次`
}

export function itemsOf({ plan, annexes }: PlanDraft, text: string): readonly PlanItem[] {
  const items: PlanItem[] = []
  const seen = new Map<string, number>()
  const add = (
    kind: ItemKind,
    at: number,
    of: { readonly source?: Stretch | undefined; readonly confidence?: number | undefined },
    title: string,
    detail: string,
  ) => {
    // One that was added by hand is named while it is written: its place tells it apart.
    const named = isEntryKind(kind) ? `+${at}` : title
    const place = `${kind}:${of.source === undefined ? named : `${of.source.start}-${of.source.end}`}`
    const count = seen.get(place) ?? 0
    seen.set(place, count + 1)
    items.push({
      key: `${place}#${count}`,
      kind,
      at,
      title,
      detail,
      source: of.source ?? null,
      confidence: of.confidence ?? null,
    })
  }
  plan.warnings.forEach((warning, at) => {
    const source = warning.quotes.map((quote) => findQuote(text, quote)).find((found) => found !== null) ?? null
    add(
      'warning',
      at,
      source === null ? {} : { source },
      warning.message,
      warning.quotes.map((one) => `“${one}”`).join(' '),
    )
  })
  plan.phases.forEach((phase, at) => add('phase', at, phase, phase.name, span(phase.startsOn, phase.endsOn)))
  plan.duties.forEach((duty, at) =>
    add(
      'duty',
      at,
      duty,
      `${duty.actor ?? '（没有写明谁）'}：${duty.action}`,
      joined(
        frequencyWords(duty.frequency),
        duty.deadline !== null && `${duty.deadline}前`,
        duty.quota !== null && `不少于${duty.quota.atLeast}${duty.quota.unit}`,
        duty.condition !== null && `限${duty.condition}`,
      ),
    ),
  )
  plan.reports.forEach((report, at) => add('report', at, report, report.name, reportWords(report)))
  let row = 0
  annexes.forEach((annex, at) => {
    if (annex.kind === 'task-list') {
      annex.tasks.forEach((task) =>
        add(
          'task',
          row++,
          task,
          task.requirement,
          joined(task.responsible.join('、'), task.dueText || dueWords(task.due)),
        ),
      )
    } else if (annex.kind === 'metric-table') {
      const figures = annex.table.groups.reduce((count, group) => count + group.metrics.length, 0)
      add('table', at, {}, annex.table.title, `调度表，${annex.table.groups.length} 组 ${figures} 项`)
    } else if (annex.kind === 'ledger') {
      add('table', at, annex.ledger, annex.ledger.title, `清单，${annex.ledger.columns.length} 栏`)
    } else if (annex.annex.kind === 'other') {
      add(
        'table',
        at,
        annex.annex,
        annex.annex.title,
        annex.annex.attached === false ? '正文提到，没有附上' : '其他附件',
      )
    }
  })
  plan.leadership.forEach((one, at) => add('leader', at, one, `${one.role} ${one.name ?? ''}`, one.post ?? ''))
  plan.responsibilities.forEach((one, at) =>
    add('responsibility', at, one, one.unit, `${shares[one.role]}：${one.sectors.join('、')}`),
  )
  plan.targets.forEach((one, at) => add('target', at, one, one.name, one.type ?? ''))
  plan.contacts.forEach((one, at) =>
    add('contact', at, one, one.name ?? one.scope ?? '', joined(one.phone, one.mail, one.scope)),
  )
  return items
}

/** Quotes have no white space; the text has. */
export function findQuote(text: string, quote: string): Stretch | null {
  const wanted = quote.replace(/\s/gu, '')
  if (wanted === '') return null
  const kept: number[] = []
  let packed = ''
  for (let at = 0; at < text.length; at++) {
    if (/\s/u.test(text[at] ?? '')) continue
    packed += text[at]
    kept.push(at)
  }
  const found = packed.indexOf(wanted)
  return found === -1 ? null : { start: kept[found] ?? 0, end: (kept[found + wanted.length - 1] ?? 0) + 1 }
}

type Lists = PlanDraft['plan']

/** What is gone through with a form of its own beside the text. */
export interface PlanEntryBodies {
  readonly phase: Lists['phases'][number]
  readonly duty: Lists['duties'][number]
  readonly report: Lists['reports'][number]
  readonly task: TaskBody
  readonly leader: Lists['leadership'][number]
  readonly responsibility: Lists['responsibilities'][number]
  readonly target: Lists['targets'][number]
  readonly contact: Lists['contacts'][number]
}
export type EntryKind = keyof PlanEntryBodies

const listNames = {
  phase: 'phases',
  duty: 'duties',
  report: 'reports',
  leader: 'leadership',
  responsibility: 'responsibilities',
  target: 'targets',
  contact: 'contacts',
} as const satisfies Record<Exclude<EntryKind, 'task'>, keyof Lists>

/** Null: tasks stand in lists of their own. */
const listOf = (kind: EntryKind) => (kind === 'task' ? null : listNames[kind])

export function isEntryKind(kind: string): kind is EntryKind {
  return kind === 'task' || kind in listNames
}

export function entriesOf<K extends EntryKind>({ plan, annexes }: PlanDraft, kind: K): readonly PlanEntryBodies[K][] {
  const name = listOf(kind)
  const list: readonly unknown[] =
    name === null ? annexes.flatMap((annex) => (annex.kind === 'task-list' ? annex.tasks : [])) : plan[name]
  return list as readonly PlanEntryBodies[K][]
}

/** The entry at a place of its list as something else, or as nothing. Tasks are counted through all their lists. */
export function withEntryAt<K extends EntryKind>(
  draft: PlanDraft,
  kind: K,
  at: number,
  entry: PlanEntryBodies[K] | null,
): PlanDraft {
  const replaced = <T>(list: readonly T[], place: number) =>
    list.flatMap((one, index) => (index !== place ? [one] : entry === null ? [] : [entry as unknown as T]))
  const name = listOf(kind)
  if (name !== null) return { ...draft, plan: { ...draft.plan, [name]: replaced<unknown>(draft.plan[name], at) } }
  let before = 0
  const annexes = draft.annexes.map((annex) => {
    if (annex.kind !== 'task-list') return annex
    const place = at - before
    before += annex.tasks.length
    return { ...annex, tasks: replaced(annex.tasks, place) }
  })
  return { ...draft, annexes }
}

/** Without it. What a list of the plan holds goes by its place; a question is decided and not dropped. */
export function withoutItem(draft: PlanDraft, { kind, at }: PlanItem): PlanDraft {
  if (isEntryKind(kind)) return withEntryAt(draft, kind, at, null)
  return kind === 'table' ? { ...draft, annexes: draft.annexes.filter((_, place) => place !== at) } : draft
}

const blankDuty: PlanDraft['plan']['duties'][number] = {
  level: 'enterprise',
  actor: null,
  action: '',
  frequency: null,
  deadline: null,
  condition: null,
  quota: null,
}

const blankReport: Report = {
  name: '',
  from: null,
  to: [],
  annexes: [],
  cadence: 'monthly',
  due: null,
  since: null,
  cumulative: false,
  cutoff: null,
  nilReport: false,
  holidayShift: null,
  splitBy: null,
  sections: [],
  deliverables: [],
  mustContain: [],
  notes: null,
}

export const addedKinds = { phase: '阶段', duty: '职责', report: '报送', task: '任务' } as const
export type AddedKind = keyof typeof addedKinds

type AddedBodies = Pick<PlanEntryBodies, AddedKind>

export function blankEntry<K extends AddedKind>(kind: K): AddedBodies[K] {
  const blank: AddedBodies = {
    phase: { ordinal: 1, name: '', startsOn: null, endsOn: null },
    duty: blankDuty,
    report: blankReport,
    task: blankTask,
  }
  return blank[kind]
}

/** With a blank one at the end of its list, to be written beside the text; other kinds are added among the fields. */
export function withBlankItem(draft: PlanDraft, kind: AddedKind): PlanDraft {
  if (kind === 'task') return withBlankTask(draft)
  const { plan } = draft
  const name = listNames[kind]
  return { ...draft, plan: { ...plan, [name]: [...plan[name], blankEntry(kind)] } }
}

export type NoticeBlock = ImportedNotice['document']['blocks'][number]

export interface Segment extends Stretch {
  readonly keys: readonly string[]
}

/** A stretch of the text, cut where an item begins or ends; each piece with the items that it belongs to, the shortest first. */
export function segmentsOf(stretch: Stretch, items: readonly PlanItem[]): readonly Segment[] {
  const inside = items.filter(
    ({ source }) => source !== null && source.start < stretch.end && source.end > stretch.start,
  )
  const cuts = new Set([stretch.start, stretch.end])
  for (const { source } of inside) {
    if (source === null) continue
    if (source.start > stretch.start) cuts.add(source.start)
    if (source.end < stretch.end) cuts.add(source.end)
  }
  const at = [...cuts].sort((a, b) => a - b)
  const length = ({ source }: PlanItem) => (source === null ? 0 : source.end - source.start)
  return at.slice(0, -1).map((start, index) => {
    const end = at[index + 1] ?? stretch.end
    const keys = inside
      .filter(({ source }) => source !== null && source.start <= start && source.end >= end)
      .sort((a, b) => length(a) - length(b))
      .map(({ key }) => key)
    return { start, end, keys }
  })
}
